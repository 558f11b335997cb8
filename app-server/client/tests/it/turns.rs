//! Turns as streams.

use codex_app_server_client::{Client, ClientOptions, TurnEvent, TurnStream};
use codex_app_server_protocol::v2::{ThreadItem, ThreadItemKind, TurnStatus, UserInput};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::fake::Fake;

pub fn turn(id: &str, status: &str) -> Value {
    json!({"id": id, "items": [], "itemsView": "full", "status": status, "error": null, "startedAt": null,
        "completedAt": null, "durationMs": null, "rootTurnId": null})
}

pub fn delta(thread: &str, turn: &str, text: &str) -> Value {
    let params = json!({"threadId": thread, "turnId": turn, "itemId": "i", "delta": text});
    json!({"method": "item/agentMessage/delta", "params": params, "emittedAtMs": 1})
}

pub fn completed(thread: &str, id: &str, status: &str) -> Value {
    let params = json!({"threadId": thread, "turn": turn(id, status)});
    json!({"method": "turn/completed", "params": params, "emittedAtMs": 2})
}

pub fn say(text: &str) -> Vec<UserInput> {
    vec![UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }]
}

/// Starts a turn, with these messages before the answer.
pub async fn start(client: &Client, fake: &mut Fake, thread: &str, id: &str, early: &[Value]) -> TurnStream {
    let (stream, ()) = tokio::join!(client.turn(thread, say("go")), async {
        let asked = fake.receive().await;
        assert_eq!((&asked["method"], &asked["params"]["threadId"]), (&json!("turn/start"), &json!(thread)));
        for message in early {
            fake.send(message.clone()).await;
        }
        fake.send(json!({"id": asked["id"], "result": {"turn": turn(id, "inProgress")}})).await;
    });
    stream.unwrap()
}

/// The events up to the end, in short.
pub async fn told(stream: &mut TurnStream) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(event) = stream.next().await {
        told.push(short(&event));
    }
    told
}

pub fn short(event: &TurnEvent) -> String {
    match event {
        TurnEvent::Delta(delta) => delta.text.clone(),
        TurnEvent::ItemStarted(item) | TurnEvent::ItemCompleted(item) => format!("{:?}", item.kind),
        TurnEvent::Notice(notice) => notice.method().to_owned(),
        TurnEvent::Lagged { skipped } => format!("lagged {skipped}"),
        TurnEvent::Disconnected { .. } => "disconnected".to_owned(),
        TurnEvent::Rejoined(turn) => format!("rejoined {}", turn.id),
        TurnEvent::Snapshot(turn) => format!("snapshot {}", turn.id),
        TurnEvent::Completed(turn) => format!("{:?} {}", turn.status, turn.id),
        TurnEvent::Lost { reason } => format!("lost: {reason}"),
    }
}

#[tokio::test]
async fn turns_of_several_threads_do_not_mix() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut one = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut other = start(&client, &mut fake, "b", "b1", &[]).await;
    for message in [
        delta("a", "a1", "A"),
        delta("b", "b1", "B"),
        delta("c", "c1", "nobody's"),
        json!({"method": "thread/name/updated", "params": {"threadId": "a", "threadName": "n"}, "emittedAtMs": 1}),
        delta("b", "b1", "BB"),
        completed("b", "b1", "completed"),
        delta("a", "a1", "AA"),
        completed("a", "a1", "failed"),
        delta("a", "a1", "behind the end"),
    ] {
        fake.send(message).await;
    }
    assert_eq!(told(&mut other).await, ["B", "BB", "Completed b1"]);
    assert_eq!(told(&mut one).await, ["A", "AA", "Failed a1"]);
    for method in ["item/agentMessage/delta", "thread/name/updated", "item/agentMessage/delta"] {
        assert_eq!(notifications.next().await.unwrap().method(), method);
    }
    assert!(notifications.try_next().is_none());
}

#[tokio::test]
async fn what_comes_before_the_answer_belongs_to_the_turn_too() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let early = [delta("a", "a0", "an older one"), delta("a", "a1", "first"), delta("b", "b1", "elsewhere")];
    let mut stream = start(&client, &mut fake, "a", "a1", &early).await;
    fake.send(delta("a", "a1", "second")).await;
    fake.send(completed("a", "a1", "completed")).await;
    assert_eq!(told(&mut stream).await, ["first", "second", "Completed a1"]);
    fake.send(delta("a", "a0", "last")).await;
    let mut rest = Vec::new();
    for _ in 0..3 {
        rest.push(notifications.next().await.unwrap().turn().unwrap().1.to_owned());
    }
    assert_eq!(rest, ["b1", "a0", "a0"]);
}

#[tokio::test]
async fn items_and_the_rest_of_a_turn_are_typed() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    let item = json!({"type": "agentMessage", "id": "i", "text": "Hello", "phase": null});
    for (method, at) in [("item/started", "startedAtMs"), ("item/completed", "completedAtMs")] {
        let params = json!({"threadId": "a", "turnId": "a1", "item": item, at: 1});
        fake.send(json!({"method": method, "params": params, "emittedAtMs": 1})).await;
    }
    let diff = json!({"threadId": "a", "turnId": "a1", "diff": "d"});
    fake.send(json!({"method": "turn/diff/updated", "params": diff, "emittedAtMs": 1})).await;
    let is_hello =
        |item: &ThreadItem| matches!(&item.kind, ThreadItemKind::AgentMessage { text, .. } if text == "Hello");
    assert!(matches!(stream.next().await, Some(TurnEvent::ItemStarted(item)) if is_hello(&item)));
    assert!(matches!(stream.next().await, Some(TurnEvent::ItemCompleted(item)) if is_hello(&item)));
    assert!(matches!(StreamExt::next(&mut stream).await, Some(TurnEvent::Notice(notice)) if notice.turn().is_some()));
}

#[tokio::test]
async fn a_stream_that_is_dropped_interrupts_its_turn_unless_told_otherwise() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    drop(start(&client, &mut fake, "a", "a1", &[]).await.keep_running());
    let mut ended = start(&client, &mut fake, "a", "a2", &[]).await;
    fake.send(completed("a", "a2", "completed")).await;
    assert_eq!(told(&mut ended).await.len(), 1);
    drop(ended);
    drop(start(&client, &mut fake, "a", "a3", &[]).await);
    let asked = fake.receive().await;
    assert_eq!(asked["method"], "turn/interrupt", "neither of those before was interrupted");
    assert_eq!(asked["params"], json!({"threadId": "a", "turnId": "a3"}));
}

#[tokio::test]
async fn a_turn_is_cancelled_and_its_end_is_waited_for() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let stream = start(&client, &mut fake, "a", "a1", &[delta("a", "a1", "x")]).await;
    let (turn, ()) = tokio::join!(stream.cancel(), async {
        let asked = fake.receive().await;
        assert_eq!(asked["method"], "turn/interrupt");
        fake.send(json!({"id": asked["id"], "result": {}})).await;
        fake.send(completed("a", "a1", "interrupted")).await;
    });
    assert_eq!(turn.unwrap().status, TurnStatus::Interrupted);
}

#[tokio::test]
async fn a_turn_that_ends_before_it_is_cancelled_is_told_as_it_ended() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let stream = start(&client, &mut fake, "a", "a1", &[]).await;
    let (turn, ()) = tokio::join!(stream.cancel(), async {
        let asked = fake.receive().await;
        fake.send(completed("a", "a1", "completed")).await;
        fake.send(json!({"id": asked["id"], "error": {"code": -32600, "message": "no active turn"}})).await;
    });
    assert_eq!(turn.unwrap().status, TurnStatus::Completed);
}

#[tokio::test]
async fn the_end_of_the_connection_is_the_end_of_the_stream() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    fake.send(delta("a", "a1", "x")).await;
    drop(fake);
    let told = told(&mut stream).await;
    assert!(told.len() == 2 && told[0] == "x" && told[1].starts_with("lost: "), "{told:?}");
}
