//! What is told of turns whose streams nobody has, not yet or not any more.

use std::time::Duration;

use codex_app_server_client::{ClientOptions, Notice, Notifications, TURN_LIMIT, Update};
use futures_util::FutureExt;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::fake::Fake;
use crate::on_the_way::calls_next;
use crate::reconnect::{Harbour, join, steady};
use crate::turns::{completed, delta, say, short, start, told, turn};

/// The next notifications, as the text of a piece or the name of another one. They come without anything else happening.
async fn next(notifications: &mut Notifications, count: usize) -> Vec<String> {
    let mut told = Vec::new();
    for _ in 0..count {
        let notice = timeout(Duration::from_secs(60), notifications.next()).await.expect("nothing is stuck");
        told.push(text(&notice.unwrap()));
    }
    told
}

fn text(notice: &Notice) -> String {
    match notice.body().and_then(|body| body.text_delta()) {
        Some((_, text)) => text.to_owned(),
        None => notice.method().to_owned(),
    }
}

fn note() -> Value {
    json!({"method": "n", "params": {}, "emittedAtMs": 1})
}

#[tokio::test(start_paused = true)]
async fn what_was_held_for_a_turn_that_does_not_start_is_told_at_once() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let (refused, ()) = tokio::join!(client.turn("a", say("go")), async {
        let id = fake.receive().await["id"].clone();
        fake.send(delta("a", "a0", "one")).await;
        fake.send(delta("a", "a0", "two")).await;
        fake.send(json!({"id": id, "error": {"code": -32600, "message": "no"}})).await;
    });
    refused.unwrap_err();
    assert_eq!(next(&mut notifications, 2).await, ["one", "two"]);
    // Nor need the caller look at an answer that says which turn it is.
    let mut turning = Box::pin(client.turn("a", say("go")));
    assert!((&mut turning).now_or_never().is_none());
    let id = fake.receive().await["id"].clone();
    fake.send(delta("a", "a0", "three")).await;
    fake.send(json!({"id": id, "result": {"turn": turn("a1", "inProgress")}})).await;
    assert_eq!(next(&mut notifications, 1).await, ["three"]);
    fake.send(completed("a", "a1", "completed")).await;
    assert_eq!(told(&mut turning.await.unwrap()).await, ["Completed a1"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_held_is_told_before_the_end_of_the_connection() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let (lost, ()) = tokio::join!(client.turn("a", say("go")), async {
        fake.receive().await;
        fake.send(delta("a", "a0", "one")).await;
        drop(fake);
    });
    lost.unwrap_err();
    assert_eq!(next(&mut notifications, 1).await, ["one"]);
    assert!(notifications.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn what_was_held_is_told_while_there_is_no_connection() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    join(&client, &mut fake, "a").await;
    harbour.nobody(1000);
    let (lost, ()) = tokio::join!(client.turn("a", say("go")), async {
        fake.receive().await;
        fake.send(delta("a", "a0", "one")).await;
        drop(fake);
    });
    lost.unwrap_err();
    let mut tries = 0;
    while !matches!(updates.next().await, Some(Update::Notice(notice)) if text(&notice) == "one") {
        tries += 1;
        assert!(tries < 10, "it is stuck");
    }
}

#[tokio::test(start_paused = true)]
async fn a_turn_whose_stream_nobody_takes_is_told_with_everything_else() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    for answered in [true, false] {
        let mut turning = Box::pin(client.turn("a", say("go")));
        assert!((&mut turning).now_or_never().is_none());
        let id = fake.receive().await["id"].clone();
        fake.send(delta("a", "a1", "one")).await;
        if answered {
            fake.send(json!({"id": id, "result": {"turn": turn("a1", "inProgress")}})).await;
            fake.send(delta("a", "a1", "two")).await;
        }
        fake.send(note()).await;
        assert_eq!(next(&mut notifications, 1).await, ["n"], "the reader has seen what comes before");
        drop(turning);
        if !answered {
            fake.send(json!({"id": id, "result": {"turn": turn("a1", "inProgress")}})).await;
            fake.send(delta("a", "a1", "two")).await;
        }
        fake.send(delta("a", "a1", "three")).await;
        fake.send(completed("a", "a1", "completed")).await;
        assert_eq!(next(&mut notifications, 4).await, ["one", "two", "three", "turn/completed"]);
    }
    // The server runs it on, as every call that is given up.
    calls_next(&client, &mut fake).await;
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_another_stream_tells_of_is_not_told_twice() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut joining = Box::pin(client.turn("a", say("more")));
    assert!((&mut joining).now_or_never().is_none());
    let id = fake.receive().await["id"].clone();
    fake.send(json!({"id": id, "result": {"turn": turn("a1", "inProgress")}})).await;
    fake.send(delta("a", "a1", "one")).await;
    fake.send(note()).await;
    assert_eq!(next(&mut notifications, 1).await, ["n"]);
    drop(joining);
    fake.send(completed("a", "a1", "completed")).await;
    fake.send(note()).await;
    assert_eq!(next(&mut notifications, 1).await, ["n"]);
    assert_eq!(told(&mut stream).await, ["one", "Completed a1"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_with_its_thread() {
    let (client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut left = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut closed = start(&client, &mut fake, "b", "b1", &[]).await;
    let mut goes_on = start(&client, &mut fake, "c", "c1", &[]).await;
    let params = to_raw_value(&json!({"threadId": "a"})).unwrap();
    let (answer, ()) = tokio::join!(client.call_raw("thread/unsubscribe", Some(&params)), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": {"status": "unsubscribed"}})).await;
    });
    answer.unwrap();
    fake.send(json!({"method": "thread/closed", "params": {"threadId": "b"}, "emittedAtMs": 1})).await;
    fake.send(delta("c", "c1", "on")).await;
    for (stream, why) in [(&mut left, "has left"), (&mut closed, "thread/closed")] {
        let ended = timeout(Duration::from_secs(60), told(stream)).await.expect("it ends");
        assert!(ended.len() == 1 && ended[0].starts_with("lost: ") && ended[0].contains(why), "{ended:?}");
    }
    assert_eq!(short(&goes_on.next().await.unwrap()), "on");
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_turn_is_told_however_much_comes_before_its_answer() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let mut early = vec![delta("a", "a1", "x"); TURN_LIMIT + 5];
    early.push(completed("a", "a1", "completed"));
    let mut stream = start(&client, &mut fake, "a", "a1", &early).await;
    let told = timeout(Duration::from_secs(60), told(&mut stream)).await.expect("it ends");
    assert_eq!((told.len(), told.last().unwrap().as_str()), (TURN_LIMIT + 1, "Completed a1"));
    assert_eq!(next(&mut notifications, 5).await, ["x"; 5]);
}
