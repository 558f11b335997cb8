//! What happens to a client while it is on its way back: it is closed, its streams are dropped, its server is a bad one.

use std::time::Duration;

use codex_app_server_client::{Client, ClientError, LinkEvent, NOTICE_LIMIT, Rejoined, Update, Updates};
use futures_util::FutureExt;
use serde_json::json;
use tokio::time::{Instant, advance, timeout};

use crate::fake::{Fake, granting};
use crate::reconnect::{Harbour, greet, handshake, join, link, resumed, steady};
use crate::turns::{completed, delta, start, told, turn};

/// Answers the way back into a thread, with this turn.
async fn resume(fake: &mut Fake, thread: &str, id: &str) {
    let asked = fake.receive().await;
    assert_eq!((&asked["method"], &asked["params"]["threadId"]), (&json!("thread/resume"), &json!(thread)));
    fake.send(json!({"id": asked["id"], "result": resumed(thread, &[turn(id, "inProgress")])})).await;
}

/// Waits until the client is back.
async fn reconnected(updates: &mut Updates) {
    while !matches!(updates.next().await, Some(Update::Link(LinkEvent::Reconnected { .. }))) {}
}

/// The next thing that the server is asked is this call.
pub(crate) async fn calls_next(client: &Client, fake: &mut Fake) {
    let (answer, ()) = tokio::join!(client.call_raw("x", None), async {
        let asked = fake.receive().await;
        assert_eq!(asked["method"], "x");
        fake.send(json!({"id": asked["id"], "result": 1})).await;
    });
    answer.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_on_its_way_back_into_its_threads_ends_at_once() {
    for close in [true, false] {
        let harbour = Harbour::default();
        let (client, mut updates, mut fake) = harbour.client_of(granting(), steady(None)).await;
        join(&client, &mut fake, "a").await;
        let waiting = close.then(|| {
            let client = client.clone();
            tokio::spawn(async move { client.call_raw("thread/start", None).await })
        });
        if close {
            assert_eq!(fake.receive().await["method"], "thread/start");
        }
        let mut next = harbour.add();
        drop(fake);
        greet(&mut next, granting()).await;
        assert_eq!(next.receive().await["method"], "ext/thread/replay");
        let before = Instant::now();
        match waiting {
            Some(waiting) => {
                client.clone().close().await.unwrap();
                assert!(matches!(waiting.await.unwrap(), Err(ClientError::Closed { .. })));
                assert!(matches!(client.ready().await, Err(ClientError::Closed { .. })));
                assert!(matches!(client.call_raw("x", None).await, Err(ClientError::Closed { .. })));
            }
            None => drop(client),
        }
        assert_eq!(next.line().await, None);
        assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
        assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { attempt: 1, .. }));
        assert!(updates.next().await.is_none());
        assert!(before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_interrupted_without_a_connection_is_interrupted_on_the_next_one() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    for thread in ["a", "b", "c"] {
        join(&client, &mut fake, thread).await;
    }
    let dropped = start(&client, &mut fake, "a", "a1", &[]).await;
    let cancelled = start(&client, &mut fake, "b", "b1", &[]).await;
    let kept = start(&client, &mut fake, "c", "c1", &[]).await.keep_running();
    let mut next = harbour.add();
    drop(fake);
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    drop((dropped, kept));
    let cancelling = tokio::spawn(cancelled.cancel());
    handshake(&mut next).await;
    for (thread, id) in [("a", "a1"), ("b", "b1"), ("c", "c1")] {
        resume(&mut next, thread, id).await;
    }
    for (thread, id) in [("a", "a1"), ("b", "b1")] {
        let asked = timeout(Duration::from_secs(60), next.receive()).await.expect("it is asked");
        assert_eq!(
            (&asked["method"], &asked["params"]),
            (&json!("turn/interrupt"), &json!({"threadId": thread, "turnId": id}))
        );
        if thread == "a" {
            next.send(json!({"id": asked["id"], "error": {"code": -32600, "message": "no active turn"}})).await;
        }
    }
    next.send(completed("b", "b1", "interrupted")).await;
    assert_eq!(cancelling.await.unwrap().unwrap().id, "b1");
    // The one was answered and the other has ended: nothing is left to be asked.
    let mut last = harbour.add();
    drop(next);
    handshake(&mut last).await;
    for (thread, id) in [("a", "a2"), ("b", "b2"), ("c", "c1")] {
        resume(&mut last, thread, id).await;
    }
    reconnected(&mut updates).await;
    reconnected(&mut updates).await;
    calls_next(&client, &mut last).await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_connections_and_drops_them_is_asked_less_and_less() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    join(&client, &mut fake, "a").await;
    for (pause, is_back) in [(250, false), (500, false), (1000, true), (2000, false)] {
        let mut next = harbour.add();
        drop(std::mem::replace(&mut fake, Fake::connection().1));
        assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
        let LinkEvent::Reconnecting { after, .. } = link(&mut updates).await else { panic!("no other try") };
        assert_eq!(after.as_millis(), pause);
        handshake(&mut next).await;
        if is_back {
            resume(&mut next, "a", "a1").await;
            reconnected(&mut updates).await;
        } else {
            assert_eq!(next.receive().await["method"], "thread/resume");
        }
        fake = next;
    }
    let mut last = harbour.add();
    drop(fake);
    handshake(&mut last).await;
    resume(&mut last, "a", "a1").await;
    reconnected(&mut updates).await;
    advance(Duration::from_millis(250)).await;
    drop(last);
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    assert!(
        matches!(link(&mut updates).await, LinkEvent::Reconnecting { attempt: 1, after } if after.as_millis() == 250)
    );
}

#[tokio::test(start_paused = true)]
async fn more_than_can_be_held_back_does_not_keep_the_client_from_its_threads() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    join(&client, &mut fake, "a").await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    let asked = next.receive().await;
    for number in 0..NOTICE_LIMIT + 3 {
        next.send_bytes(format!("{{\"method\":\"n\",\"params\":{number}}}\n").as_bytes()).await;
    }
    for _ in 0..5 {
        next.send(delta("a", "a1", "too much")).await;
    }
    next.send(completed("a", "a1", "completed")).await;
    next.send(json!({"id": asked["id"], "result": resumed("a", &[turn("a1", "inProgress")])})).await;
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { .. }));
    let LinkEvent::Reconnected { threads, .. } = link(&mut updates).await else { panic!("not reconnected") };
    assert!(matches!(&threads[0].outcome, Ok(Rejoined::Resumed(_))), "{:?}", threads[0].outcome);
    for _ in 0..NOTICE_LIMIT {
        assert!(matches!(updates.next().await, Some(Update::Notice(_))));
    }
    assert_eq!(told(&mut stream).await, ["disconnected", "rejoined a1", "lagged 5", "Completed a1"]);
    assert_eq!(updates.skipped(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_thread_whose_start_was_given_up_is_one_of_the_client_all_the_same() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    let mut starting = Box::pin(client.call_raw("thread/start", None));
    assert!((&mut starting).now_or_never().is_none());
    let asked = fake.receive().await;
    drop(starting);
    fake.send(json!({"id": asked["id"], "result": {"thread": {"id": "a"}}})).await;
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    timeout(Duration::from_secs(60), resume(&mut next, "a", "a1")).await.expect("it is resumed");
    reconnected(&mut updates).await;
}
