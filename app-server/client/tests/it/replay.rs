//! The way back on servers that keep what was missed and know requests again, and on those that do not.

use codex_app_server_client::{Client, ClientError, ClientOptions, LinkEvent, Rejoined, TurnEvent, TurnStream, Update};
use codex_app_server_protocol::v2::TurnStartParams;
use codex_app_server_protocol::{methods, v2};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::fake::{Fake, granting, greeting};
use crate::reconnect::{Harbour, greet, handshake, join, link, resumed, steady};
use crate::turns::{completed, delta, say, short, start, told, turn};

/// A notification at this place of its thread.
fn at(cursor: &str, mut notification: Value) -> Value {
    notification["cursor"] = json!(cursor);
    notification
}

/// The next request, which is of this method.
async fn asked(fake: &mut Fake, method: &str) -> Value {
    let asked = fake.receive().await;
    assert_eq!(asked["method"], method, "{asked}");
    asked
}

/// Answers the replay of a thread after this cursor: what was missed follows.
async fn replay(fake: &mut Fake, thread: &str, after: Option<&str>, missed: &[Value]) {
    let request = asked(fake, "ext/thread/replay").await;
    let expected = match after {
        Some(after) => json!({"threadId": thread, "after": after}),
        None => json!({"threadId": thread}),
    };
    assert_eq!(request["params"], expected);
    let result = json!({"outcome": "replayed", "missed": missed.len(), "snapshot": null});
    fake.send(json!({"id": request["id"], "result": result})).await;
    for notification in missed {
        fake.send(notification.clone()).await;
    }
}

async fn snapshot(fake: &mut Fake, turns: &[Value]) {
    let request = asked(fake, "ext/thread/replay").await;
    let thread = request["params"]["threadId"].as_str().unwrap().to_owned();
    let result = json!({"outcome": "snapshot", "missed": 0, "snapshot": resumed(&thread, turns)});
    fake.send(json!({"id": request["id"], "result": result})).await;
}

/// A turn that is being started.
fn starting(client: &Client, thread: &'static str) -> JoinHandle<Result<TurnStream, ClientError>> {
    let client = client.clone();
    tokio::spawn(async move { client.turn(thread, say("go")).await })
}

#[tokio::test(start_paused = true)]
async fn what_was_missed_is_asked_for_after_the_last_that_was_told() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    join(&client, &mut fake, "a").await;
    join(&client, &mut fake, "b").await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[at("7", delta("a", "a1", "one "))]).await;
    fake.send(at("8", delta("a", "a1", "two "))).await;
    assert_eq!(short(&stream.next().await.unwrap()), "one ");
    assert_eq!(short(&stream.next().await.unwrap()), "two ");
    let mut next = harbour.add();
    drop(fake);
    let initialize = greet(&mut next, granting()).await;
    let listed = json!({"open-app-server/idempotency": {}, "open-app-server/replay": {}});
    assert_eq!(initialize["params"]["capabilities"]["extensions"], listed);
    let missed = [at("9", delta("a", "a1", "three ")), at("10", delta("a", "a1", "four "))];
    replay(&mut next, "a", Some("8"), &missed).await;
    // It breaks again before the client is in all of its threads: what is known of the others goes on from there.
    let mut last = harbour.add();
    asked(&mut next, "ext/thread/replay").await;
    drop(next);
    greet(&mut last, granting()).await;
    replay(&mut last, "a", Some("10"), &[at("11", completed("a", "a1", "completed"))]).await;
    replay(&mut last, "b", None, &[]).await;
    assert_eq!(told(&mut stream).await, ["disconnected", "three ", "four ", "disconnected", "Completed a1"]);
    let mut seen_to = Vec::new();
    while seen_to.len() < 2 {
        if let Some(Update::Link(LinkEvent::Reconnected { threads, .. })) = updates.next().await {
            assert!(threads.iter().all(|left| matches!(left.outcome, Ok(Rejoined::Replayed))), "{threads:?}");
            seen_to.push(threads.len());
        }
    }
    assert_eq!(seen_to, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_stands_in_the_stream_for_what_was_missed() {
    let harbour = Harbour::default();
    let (client, _updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    for thread in ["a", "b"] {
        join(&client, &mut fake, thread).await;
    }
    let mut runs = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut ended = start(&client, &mut fake, "b", "b1", &[]).await;
    fake.send(at("3", delta("a", "a1", "old"))).await;
    assert_eq!(short(&runs.next().await.unwrap()), "old");
    let mut next = harbour.add();
    drop(fake);
    greet(&mut next, granting()).await;
    snapshot(&mut next, &[turn("a1", "inProgress")]).await;
    next.send(at("90", delta("a", "a1", "new"))).await;
    snapshot(&mut next, &[turn("b1", "interrupted")]).await;
    next.send(at("91", completed("a", "a1", "completed"))).await;
    assert_eq!(told(&mut runs).await, ["disconnected", "snapshot a1", "new", "Completed a1"]);
    assert_eq!(told(&mut ended).await, ["disconnected", "Interrupted b1"]);
}

#[tokio::test(start_paused = true)]
async fn a_turn_whose_answer_is_lost_is_asked_for_again_under_the_same_key() {
    let harbour = Harbour::default();
    let (client, _updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    join(&client, &mut fake, "a").await;
    let turning = starting(&client, "a");
    let first = asked(&mut fake, "turn/start").await;
    let key = first["idempotencyKey"].as_str().unwrap().to_owned();
    assert_eq!(key.len(), 32);
    fake.send(at("1", delta("a", "a1", "one "))).await;
    let mut next = harbour.add();
    drop(fake);
    greet(&mut next, granting()).await;
    replay(&mut next, "a", Some("1"), &[at("2", delta("a", "a1", "two "))]).await;
    let again = asked(&mut next, "turn/start").await;
    assert_eq!((&again["idempotencyKey"], &again["params"]), (&json!(key), &first["params"]));
    // Once more, and this time what was missed is gone.
    let mut last = harbour.add();
    drop(next);
    greet(&mut last, granting()).await;
    snapshot(&mut last, &[turn("a1", "inProgress")]).await;
    let again = asked(&mut last, "turn/start").await;
    assert_eq!(again["idempotencyKey"], json!(key));
    last.send(at("40", delta("a", "a1", "three "))).await;
    last.send(json!({"id": again["id"], "result": {"turn": turn("a1", "inProgress")}})).await;
    last.send(at("41", completed("a", "a1", "completed"))).await;
    let mut stream = turning.await.unwrap().unwrap();
    assert_eq!(told(&mut stream).await, ["one ", "two ", "snapshot a1", "three ", "Completed a1"]);
    let other = starting(&client, "a");
    assert_ne!(asked(&mut last, "turn/start").await["idempotencyKey"], json!(key), "each request has a key of its own");
    other.abort();
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_has_ended_before_it_is_known_has_a_stream_that_says_so() {
    let harbour = Harbour::default();
    let (client, _updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    join(&client, &mut fake, "a").await;
    let turning = starting(&client, "a");
    asked(&mut fake, "turn/start").await;
    let mut next = harbour.add();
    drop(fake);
    greet(&mut next, granting()).await;
    snapshot(&mut next, &[turn("a0", "completed"), turn("a1", "interrupted")]).await;
    let again = asked(&mut next, "turn/start").await;
    next.send(json!({"id": again["id"], "result": {"turn": turn("a1", "inProgress")}})).await;
    assert_eq!(told(&mut turning.await.unwrap().unwrap()).await, ["Interrupted a1"]);
}

#[tokio::test(start_paused = true)]
async fn without_the_grant_a_lost_answer_is_an_error() {
    for next_greeting in [Some(greeting()), None] {
        let granted = next_greeting.is_some();
        let first = if granted { granting() } else { greeting() };
        let harbour = Harbour::default();
        let (client, mut updates, mut fake) = harbour.client_of(first, steady(None)).await;
        join(&client, &mut fake, "a").await;
        let turning = starting(&client, "a");
        let request = asked(&mut fake, "turn/start").await;
        assert_eq!(request["idempotencyKey"].is_string(), granted, "{request}");
        let mut next = harbour.add();
        drop(fake);
        // Another server, which grants nothing: nobody can say whether it would start a second one.
        handshake(&mut next).await;
        let resume = asked(&mut next, "thread/resume").await;
        next.send(json!({"id": resume["id"], "result": resumed("a", &[])})).await;
        let failed = turning.await.unwrap().unwrap_err();
        assert!(matches!(failed, ClientError::Closed { unsent: false, .. }), "{failed}");
        while !matches!(link(&mut updates).await, LinkEvent::Reconnected { .. }) {}
        let params = TurnStartParams { thread_id: "a".to_owned(), ..Default::default() };
        let refused = client.turn_with_key(params, "mine").await.unwrap_err();
        assert!(matches!(refused, ClientError::NoKeys), "{refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_may_give_a_key_of_its_own_and_leave_all_of_it_out() {
    let harbour = Harbour::default();
    let (client, _updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    let (started, ()) =
        tokio::join!(client.call_with_key::<methods::ThreadStart>(v2::ThreadStartParams::default(), "mine"), async {
            let request = asked(&mut fake, "thread/start").await;
            assert_eq!(request["idempotencyKey"], "mine");
            fake.send(json!({"id": request["id"], "error": {"code": -32600, "message": "no"}})).await;
        });
    assert!(matches!(started, Err(ClientError::Rpc(_))), "{started:?}");
    let (answer, ()) = tokio::join!(client.call_raw("thread/list", None), async {
        let request = asked(&mut fake, "thread/list").await;
        assert!(request.get("idempotencyKey").is_none(), "{request}");
        fake.send(json!({"id": request["id"], "result": 1})).await;
    });
    answer.unwrap();
    let mut plain = harbour.add();
    let options = ClientOptions { seamless: false, ..ClientOptions::new("test", "1") };
    let (dialed, initialize) =
        tokio::join!(Client::dial(harbour.dialer(), options, steady(None)), greet(&mut plain, greeting()));
    assert_eq!(initialize["params"]["capabilities"], Value::Null);
    drop(dialed);
}

#[tokio::test(start_paused = true)]
async fn what_has_a_place_in_a_thread_waits_until_the_client_is_in_it_again() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
    join(&client, &mut fake, "a").await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    fake.send(at("5", delta("a", "a1", "five "))).await;
    assert!(matches!(stream.next().await, Some(TurnEvent::Delta(_))));
    let mut next = harbour.add();
    drop(fake);
    greet(&mut next, granting()).await;
    let request = asked(&mut next, "ext/thread/replay").await;
    // Never answered: what comes of the thread has no known place.
    next.send(at("9", delta("a", "a1", "nine "))).await;
    let mut last = harbour.add();
    drop((request, next));
    greet(&mut last, granting()).await;
    let missed = ["6", "9"].map(|cursor| at(cursor, delta("a", "a1", &format!("{cursor} "))));
    replay(&mut last, "a", Some("5"), &missed).await;
    last.send(at("10", completed("a", "a1", "completed"))).await;
    assert_eq!(told(&mut stream).await, ["disconnected", "disconnected", "6 ", "9 ", "Completed a1"]);
    while !matches!(link(&mut updates).await, LinkEvent::Reconnected { .. }) {}
}
