//! Connections that break and the next ones, on a clock that does not run by itself.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codex_app_server_client::rejoin::Rejoining;
use codex_app_server_client::{
    Backoff, Client, ClientError, ClientOptions, Dial, LinkEvent, Reconnect, Rejoin, Rejoined, Update, Updates,
};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::fake::{Fake, FakeConnection, greeting};
use crate::turns::{completed, delta, short, start, turn};

/// Servers that are dialed one after the other; where there is none left nobody listens.
#[derive(Clone, Default)]
pub struct Harbour {
    next: Arc<Mutex<VecDeque<Option<FakeConnection>>>>,
    dialed: Arc<Mutex<Vec<Instant>>>,
}

impl Harbour {
    pub fn add(&self) -> Fake {
        let (connection, fake) = Fake::connection();
        self.next.lock().unwrap().push_back(Some(connection));
        fake
    }

    pub fn nobody(&self, times: usize) {
        self.next.lock().unwrap().extend((0..times).map(|_| None));
    }

    pub fn dialer(&self) -> impl Dial<Connection = FakeConnection> {
        let harbour = self.clone();
        move || {
            harbour.dialed.lock().unwrap().push(Instant::now());
            let next = harbour.next.lock().unwrap().pop_front().flatten();
            async move { next.ok_or_else(|| io::Error::from(io::ErrorKind::ConnectionRefused)) }
        }
    }

    /// A client of the first server.
    pub async fn client(&self, reconnect: Reconnect) -> (Client, Updates, Fake) {
        self.client_of(greeting(), reconnect).await
    }

    /// A client of the first server, which says this about itself.
    pub async fn client_of(&self, greeting: Value, reconnect: Reconnect) -> (Client, Updates, Fake) {
        let mut fake = self.add();
        let dialing = Client::dial(self.dialer(), ClientOptions::new("test", "1"), reconnect);
        let (client, _) = tokio::join!(dialing, greet(&mut fake, greeting));
        let (client, updates, _) = client.unwrap();
        (client, updates, fake)
    }
}

pub async fn handshake(fake: &mut Fake) {
    greet(fake, greeting()).await;
}

pub async fn greet(fake: &mut Fake, greeting: Value) -> Value {
    let asked = fake.receive().await;
    assert_eq!((&asked["method"], &asked["params"]["clientInfo"]["name"]), (&json!("initialize"), &json!("test")));
    fake.send(json!({"id": asked["id"], "result": greeting})).await;
    assert_eq!(fake.receive().await, json!({"method": "initialized"}));
    asked
}

/// Pauses without chance.
pub fn steady(attempts: Option<u32>) -> Reconnect {
    let backoff = Backoff { attempts, random: Arc::new(|| 1.0), ..Backoff::default() };
    Reconnect { backoff, ..Reconnect::default() }
}

/// The next event of the link.
pub async fn link(updates: &mut Updates) -> LinkEvent {
    match updates.next().await {
        Some(Update::Link(event)) => event,
        other => panic!("no event of the link: {other:?}"),
    }
}

/// Subscribes the client to a thread.
pub async fn join(client: &Client, fake: &mut Fake, thread: &str) {
    let (joined, ()) = tokio::join!(client.call_raw("thread/start", None), async {
        let asked = fake.receive().await;
        fake.send(json!({"id": asked["id"], "result": {"thread": {"id": thread}}})).await;
    });
    joined.unwrap();
}

pub fn resumed(thread: &str, turns: &[Value]) -> Value {
    let thread = json!({"id": thread, "sessionId": thread, "forkedFromId": null, "attachedToThreadId": null,
        "parentThreadId": null, "preview": "", "ephemeral": false, "projectId": null, "modelProvider": "p",
        "model": "m", "reasoningEffort": null, "createdAt": 1, "updatedAt": 1, "recencyAt": null,
        "status": {"type": "idle"}, "path": null, "cwd": "/w", "cliVersion": "0", "originator": null,
        "source": "vscode", "threadSource": null, "agentNickname": null, "agentRole": null, "gitInfo": null,
        "name": null, "turns": turns});
    json!({"thread": thread, "model": "m", "modelProvider": "p", "serviceTier": null, "cwd": "/w",
        "approvalPolicy": "never", "approvalsReviewer": "user", "sandbox": {"type": "dangerFullAccess"},
        "reasoningEffort": null, "collaborationMode": null})
}

#[tokio::test(start_paused = true)]
async fn pauses_follow_the_backoff_and_every_step_is_told() {
    let harbour = Harbour::default();
    let (client, mut updates, fake) = harbour.client(steady(None)).await;
    harbour.nobody(8);
    let mut next = harbour.add();
    let broken = Instant::now();
    drop(fake);
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { reason } if !reason.is_empty()));
    let greeted = tokio::spawn(async move {
        handshake(&mut next).await;
        next
    });
    let mut pauses = Vec::new();
    loop {
        match link(&mut updates).await {
            LinkEvent::Reconnecting { attempt, after } => {
                assert_eq!(attempt as usize, pauses.len() + 1);
                pauses.push(after.as_millis());
            }
            LinkEvent::Reconnected { server, threads } => {
                assert!(server.user_agent == "fake/1" && threads.is_empty());
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(pauses, [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    let dialed: Vec<Instant> = harbour.dialed.lock().unwrap()[1..].to_vec();
    let mut at = broken;
    for (dialed, pause) in dialed.into_iter().zip(pauses) {
        at += Duration::from_millis(pause as u64);
        assert!(dialed >= at && dialed - at < Duration::from_millis(100), "{:?}", dialed - broken);
        at = dialed;
    }
    let mut fake = greeted.await.unwrap();
    let (answer, ()) = tokio::join!(client.call_raw("x", None), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": 1})).await;
    });
    assert_eq!(answer.unwrap().get(), "1");
}

#[tokio::test(start_paused = true)]
async fn threads_are_resumed_and_what_is_told_meanwhile_comes_behind_the_news() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(None)).await;
    for thread in ["a", "b", "c", "d"] {
        join(&client, &mut fake, thread).await;
    }
    let params = to_raw_value(&json!({"threadId": "b"})).unwrap();
    let (left, ()) = tokio::join!(client.call_raw("thread/unsubscribe", Some(&params)), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": {"status": "unsubscribed"}})).await;
    });
    left.unwrap();
    fake.send(json!({"method": "thread/closed", "params": {"threadId": "d"}, "emittedAtMs": 1})).await;
    assert!(matches!(updates.next().await, Some(Update::Notice(notice)) if notice.method() == "thread/closed"));
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    assert!(client.ready().now_or_never().is_none(), "not before the threads");
    let asked = next.receive().await;
    assert_eq!((&asked["method"], &asked["params"]), (&json!("thread/resume"), &json!({"threadId": "a"})));
    next.send(delta("a", "a1", "early")).await;
    next.send(json!({"id": asked["id"], "result": resumed("a", &[])})).await;
    let asked = next.receive().await;
    assert_eq!(asked["params"]["threadId"], "c");
    next.send(json!({"id": asked["id"], "error": {"code": -32600, "message": "no rollout found"}})).await;
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { attempt: 1, .. }));
    let LinkEvent::Reconnected { threads, .. } = link(&mut updates).await else { panic!("not reconnected") };
    assert!(matches!(&threads[0].outcome, Ok(Rejoined::Resumed(resumed)) if resumed.thread.id == "a"));
    assert!(matches!(&threads[1].outcome, Err(ClientError::Rpc(error)) if error.message == "no rollout found"));
    assert_eq!(threads.len(), 2);
    client.ready().await.unwrap();
    assert!(matches!(updates.next().await, Some(Update::Notice(notice)) if notice.turn() == Some(("a", "a1"))));
}

#[tokio::test(start_paused = true)]
async fn calls_say_whether_they_are_known_not_to_have_left() {
    let harbour = Harbour::default();
    let (client, mut updates, mut fake) = harbour.client(steady(Some(1))).await;
    let call = |method: &'static str, params: Value| {
        let client = client.clone();
        tokio::spawn(async move {
            let params = to_raw_value(&params).unwrap();
            client.call_raw(method, Some(&params)).await
        })
    };
    let read = call("read/by/server", json!({}));
    assert_eq!(fake.receive().await["method"], "read/by/server");
    // Fills what is between the two, so that the next one waits behind it.
    let half = call("half/sent", json!("x".repeat(1 << 20)));
    tokio::time::sleep(Duration::from_secs(1)).await;
    let queued = call("still/queued", json!({}));
    tokio::time::sleep(Duration::from_secs(1)).await;
    drop(fake);
    let mut unsent = Vec::new();
    for call in [read, half, queued] {
        match call.await.unwrap() {
            Err(ClientError::Closed { unsent: it, .. }) => unsent.push(it),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(unsent, [false, false, true]);
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    let meanwhile = client.call_raw("x", None).await.unwrap_err();
    assert!(matches!(meanwhile, ClientError::Closed { unsent: true, .. }), "{meanwhile}");
    assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { .. }));
    assert!(matches!(link(&mut updates).await, LinkEvent::GaveUp { .. }));
    assert!(updates.next().await.is_none());
    assert!(matches!(client.ready().await, Err(ClientError::Closed { .. })));
    assert!(client.closed().await.contains("refused"), "{}", client.closed().await);
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_cut_short_by_closing_and_by_the_last_client() {
    for close in [true, false] {
        let harbour = Harbour::default();
        let slow = Backoff { first: Duration::from_secs(3600), cap: Duration::from_secs(3600), ..Backoff::default() };
        let (client, mut updates, fake) = harbour.client(Reconnect { backoff: slow, ..Reconnect::default() }).await;
        drop(fake);
        link(&mut updates).await;
        assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { .. }));
        let before = Instant::now();
        match close {
            true => client.close().await.unwrap(),
            false => drop(client),
        }
        assert!(updates.next().await.is_none());
        assert!(before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
        assert_eq!(harbour.dialed.lock().unwrap().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_the_handshake_is_not_tried_again() {
    let harbour = Harbour::default();
    let (client, mut updates, fake) = harbour.client(steady(None)).await;
    let mut next = harbour.add();
    drop(fake);
    let asked = next.receive().await;
    next.send(json!({"id": asked["id"], "error": {"code": -32600, "message": "not you"}})).await;
    link(&mut updates).await;
    link(&mut updates).await;
    assert!(matches!(link(&mut updates).await, LinkEvent::GaveUp { reason } if reason.contains("not you")));
    assert!(client.closed().await.contains("not you"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_the_handshake_is_left() {
    let harbour = Harbour::default();
    let (_client, mut updates, fake) = harbour.client(steady(None)).await;
    let silent = harbour.add();
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    let mut attempts = 0;
    while !matches!(link(&mut updates).await, LinkEvent::Reconnected { .. }) {
        attempts += 1;
    }
    assert_eq!(attempts, 3, "the end and two tries");
    drop(silent);
}

#[tokio::test(start_paused = true)]
async fn streams_outlive_the_connection() {
    let harbour = Harbour::default();
    let (client, _updates, mut fake) = harbour.client(steady(None)).await;
    for thread in ["a", "b", "c"] {
        join(&client, &mut fake, thread).await;
    }
    let mut runs = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut ended = start(&client, &mut fake, "b", "b1", &[]).await;
    let mut gone = start(&client, &mut fake, "c", "c1", &[]).await;
    fake.send(delta("a", "a1", "before")).await;
    assert_eq!(short(&runs.next().await.unwrap()), "before");
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    let asked = next.receive().await;
    next.send(delta("a", "a1", "after")).await;
    next.send(json!({"id": asked["id"], "result": resumed("a", &[turn("a1", "inProgress")])})).await;
    let asked = next.receive().await;
    next.send(
        json!({"id": asked["id"], "result": resumed("b", &[turn("b0", "completed"), turn("b1", "interrupted")])}),
    )
    .await;
    let asked = next.receive().await;
    next.send(json!({"id": asked["id"], "error": {"code": -32600, "message": "no rollout found"}})).await;
    next.send(completed("a", "a1", "completed")).await;
    let mut told = [Vec::new(), Vec::new(), Vec::new()];
    for (told, stream) in told.iter_mut().zip([&mut runs, &mut ended, &mut gone]) {
        *told = crate::turns::told(stream).await;
    }
    assert_eq!(told[0], ["disconnected", "rejoined a1", "after", "Completed a1"]);
    assert_eq!(told[1], ["disconnected", "Interrupted b1"]);
    assert!(told[2][1].starts_with("lost: ") && told[2][1].contains("no rollout found"), "{told:?}");
}

/// Keeps where each thread was left, and lets the server send what was missed.
#[derive(Default)]
struct Replay(Mutex<Vec<(String, Option<String>)>>);

impl Rejoin for Replay {
    fn rejoin<'a>(
        &'a self,
        client: &'a Client,
        rejoining: Rejoining<'a>,
    ) -> BoxFuture<'a, Result<Rejoined, ClientError>> {
        async move {
            let cursor = rejoining.cursor.map(ToOwned::to_owned);
            self.0.lock().unwrap().push((rejoining.thread_id.to_owned(), cursor));
            client.call_raw("replay", None).await?;
            Ok(Rejoined::Replayed)
        }
        .boxed()
    }
}

#[tokio::test(start_paused = true)]
async fn another_way_back_is_told_where_each_thread_was() {
    let harbour = Harbour::default();
    let replay = Arc::new(Replay::default());
    let reconnect = Reconnect { rejoin: Arc::clone(&replay) as _, ..steady(None) };
    let (client, mut updates, mut fake) = harbour.client(reconnect).await;
    join(&client, &mut fake, "a").await;
    join(&client, &mut fake, "b").await;
    let mut stream = start(&client, &mut fake, "a", "a1", &[]).await;
    let mut numbered = delta("a", "a1", "first");
    numbered["cursor"] = json!("c-17");
    fake.send(numbered).await;
    assert_eq!(short(&stream.next().await.unwrap()), "first");
    let mut next = harbour.add();
    drop(fake);
    handshake(&mut next).await;
    for _ in 0..2 {
        let asked = next.receive().await;
        assert_eq!(asked["method"], "replay");
        next.send(delta("a", "a1", "missed")).await;
        next.send(json!({"id": asked["id"], "result": {}})).await;
    }
    next.send(completed("a", "a1", "completed")).await;
    assert_eq!(crate::turns::told(&mut stream).await, ["disconnected", "missed", "missed", "Completed a1"]);
    let left = replay.0.lock().unwrap().clone();
    assert_eq!(left, [("a".to_owned(), Some("c-17".to_owned())), ("b".to_owned(), None)]);
    while !matches!(link(&mut updates).await, LinkEvent::Reconnected { .. }) {}
}
