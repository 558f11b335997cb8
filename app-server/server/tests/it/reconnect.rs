//! The typed client against real servers that vanish and come back.

use std::time::Duration;

use codex_app_server_client::{
    Backoff, Client, ClientError, ClientOptions, LinkEvent, Reconnect, Rejoined, TurnEvent, Update, Updates, websocket,
};
use codex_app_server_protocol::{methods, v2};
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply, ServerBuilder, TestServer};
use serde_json::json;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::server;

/// A server on a port of its own, killed when dropped.
pub(crate) struct OnPort {
    child: Child,
}

impl OnPort {
    /// Starts it and waits until it listens.
    pub(crate) async fn start(builder: &ServerBuilder, url: &str) -> Self {
        let mut command: Command = builder.command();
        command.arg("--listen").arg(url).stdin(std::process::Stdio::null()).kill_on_drop(true);
        let child = command.spawn().unwrap();
        let listens = async {
            while websocket::connect(url).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        timeout(DEADLINE, listens).await.expect("the server listens");
        Self { child }
    }

    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// An address where nobody listens.
pub(crate) async fn free() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("ws://{}", listener.local_addr().unwrap())
}

async fn dial(url: &str) -> (Client, Updates) {
    dial_with(url, ClientOptions::new("test", "1")).await
}

async fn dial_with(url: &str, options: ClientOptions) -> (Client, Updates) {
    let backoff = Backoff { first: Duration::from_millis(2), cap: Duration::from_millis(50), ..Backoff::default() };
    let reconnect = Reconnect { backoff, ..Reconnect::default() };
    let dialing = Client::dial(websocket::dialer(url), options, reconnect);
    let (client, updates, _) = dialing.await.unwrap();
    (client, updates)
}

async fn start_thread(client: &Client) -> String {
    client.call::<methods::ThreadStart>(v2::ThreadStartParams::default()).await.unwrap().thread.id
}

fn say(text: &str) -> Vec<v2::UserInput> {
    vec![v2::UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }]
}

/// Passes over notifications up to the next event of the link.
async fn link(updates: &mut Updates) -> LinkEvent {
    let next = async {
        loop {
            if let Update::Link(event) = updates.next().await.expect("the client is not over") {
                return event;
            }
        }
    };
    timeout(DEADLINE, next).await.expect("an event in time")
}

async fn next(stream: &mut codex_app_server_client::TurnStream) -> TurnEvent {
    timeout(DEADLINE, stream.next()).await.expect("an event in time").expect("the stream has not ended")
}

/// The text of the turn up to its end, and the end.
async fn rest(stream: &mut codex_app_server_client::TurnStream) -> (String, TurnEvent) {
    let mut text = String::new();
    loop {
        match next(stream).await {
            TurnEvent::Delta(delta) => text += &delta.text,
            last @ (TurnEvent::Completed(_) | TurnEvent::Lost { .. }) => return (text, last),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_server_that_is_killed_in_a_turn_and_started_again_is_found_and_its_threads_resumed() {
    let model = ModelEndpoint::start().await;
    for text in ["One", "Two"] {
        model.say(text);
    }
    model.push(Reply::turn().message_of("msg_1", &["Half"]).hang());
    model.say("After");
    let builder = server().model(&model);
    let url = free().await;
    let first = OnPort::start(&builder, &url).await;
    let (client, mut updates) = dial(&url).await;
    let (one, other) = (start_thread(&client).await, start_thread(&client).await);
    for (thread, text) in [(&one, "One"), (&other, "Two")] {
        let (told, last) = rest(&mut client.turn(thread, say("Hi")).await.unwrap()).await;
        assert!(told == text && matches!(last, TurnEvent::Completed(_)), "{told}: {last:?}");
    }
    let mut broken = client.turn(&one, say("go on")).await.unwrap();
    while !matches!(next(&mut broken).await, TurnEvent::Delta(_)) {}
    first.kill().await;
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    assert!(matches!(link(&mut updates).await, LinkEvent::Reconnecting { attempt: 1, .. }));
    let meanwhile = client.turn(&other, say("not now")).await.unwrap_err();
    assert!(matches!(meanwhile, ClientError::Closed { unsent: true, .. }), "{meanwhile}");
    let second = OnPort::start(&builder, &url).await;
    let threads = loop {
        match link(&mut updates).await {
            LinkEvent::Reconnecting { .. } => {}
            LinkEvent::Reconnected { threads, .. } => break threads,
            other => panic!("{other:?}"),
        }
    };
    let mut resumed: Vec<_> = threads
        .iter()
        .map(|left| match &left.outcome {
            Ok(Rejoined::Snapshot(resumed)) => (left.thread_id.clone(), resumed.thread.turns.len()),
            other => panic!("{other:?}"),
        })
        .collect();
    resumed.sort();
    let mut expected = [(one.clone(), 2), (other.clone(), 1)];
    expected.sort();
    assert_eq!(resumed, expected);
    match rest(&mut broken).await {
        (_, TurnEvent::Completed(turn)) => assert_eq!(turn.status, v2::TurnStatus::Interrupted),
        other => panic!("{other:?}"),
    }
    client.ready().await.unwrap();
    let (told, last) = rest(&mut client.turn(&other, say("again")).await.unwrap()).await;
    assert!(told == "After" && matches!(last, TurnEvent::Completed(_)), "{told}: {last:?}");
    model.leave_rest();
    client.close().await.unwrap();
    second.kill().await;
}

/// Stands between client and server, and cuts the connection on demand: the server lives on.
async fn cut_on_demand(to: String) -> (String, tokio::sync::mpsc::Sender<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let (cut, mut cuts) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = tokio::net::TcpStream::connect(to.trim_start_matches("ws://")).await.unwrap();
            tokio::select! {
                _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                _ = cuts.recv() => {}
            }
        }
    });
    (url, cut)
}

#[tokio::test]
async fn a_turn_goes_on_over_a_connection_that_is_cut_without_extensions_too() {
    let model = ModelEndpoint::start().await;
    model.say("Before");
    let gate = Gate::new();
    model.push(Reply::turn().message_of("msg_1", &["First"]).gate(&gate).message_of("msg_2", &["Second"]));
    let running: TestServer = server().model(&model).start_websocket().await;
    let (url, cut) = cut_on_demand(running.url().unwrap().to_owned()).await;
    let options = ClientOptions { seamless: false, ..ClientOptions::new("test", "1") };
    let (client, mut updates) = dial_with(&url, options).await;
    let thread = start_thread(&client).await;
    rest(&mut client.turn(&thread, say("Hi")).await.unwrap()).await;
    let mut stream = client.turn(&thread, say("go on")).await.unwrap();
    while !matches!(next(&mut stream).await, TurnEvent::ItemCompleted(item)
        if matches!(item.kind, v2::ThreadItemKind::AgentMessage { .. }))
    {}
    cut.send(()).await.unwrap();
    assert!(matches!(next(&mut stream).await, TurnEvent::Disconnected { .. }));
    match next(&mut stream).await {
        TurnEvent::Rejoined(turn) => {
            assert_eq!(turn.id, stream.turn_id());
            let is_first = |item: &v2::ThreadItem| matches!(&item.kind, v2::ThreadItemKind::AgentMessage { text, .. } if text == "First");
            assert!(turn.items.iter().any(is_first), "{:?}", turn.items);
        }
        other => panic!("{other:?}"),
    }
    gate.open();
    let (told, last) = rest(&mut stream).await;
    assert_eq!(told, "Second");
    assert!(matches!(last, TurnEvent::Completed(turn) if turn.status == v2::TurnStatus::Completed));
    assert!(matches!(link(&mut updates).await, LinkEvent::Disconnected { .. }));
    client.close().await.unwrap();
    running.finish().await;
}

#[tokio::test]
async fn a_stream_that_is_dropped_interrupts_the_turn_on_the_server() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().message_of("msg_1", &["Half"]).hang());
    let mut running = server().model(&model).start_websocket().await;
    let watcher = running.client().await;
    let connection = websocket::connect(running.url().unwrap()).await.unwrap();
    let (client, _notifications, _) = Client::connect(connection, ClientOptions::new("test", "1")).await.unwrap();
    let thread = start_thread(&client).await;
    let mut stream = client.turn(&thread, say("Hi")).await.unwrap();
    while !matches!(next(&mut stream).await, TurnEvent::Delta(_)) {}
    watcher.call("thread/resume", json!({"threadId": thread})).await;
    drop(stream);
    assert_eq!(watcher.note("turn/completed").await["turn"]["status"], "interrupted");
    watcher.ignore_rest();
    drop(watcher);
    client.close().await.unwrap();
    running.finish().await;
}
