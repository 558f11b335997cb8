//! The connections: a child process, a websocket, a server in the same process.

use std::io;
use std::sync::Arc;

use codex_app_server_client::{
    Client, ClientError, ClientOptions, Connection, Incoming, MessageReceiver, MessageSender, stdio, websocket,
};
use codex_app_server_protocol::{Event, ServerNotification, v2};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::mpsc;
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::fake::greeting;

fn options() -> ClientOptions {
    ClientOptions::new("test", "1")
}

/// A server that answers the handshake, then whatever the rest of the script does, then reads to the end.
fn shell(rest: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    let hello = json!({"id": 1, "result": greeting()});
    command.args(["-c", &format!("read asked; echo '{hello}'; read initialized; {rest}")]);
    command
}

#[tokio::test]
async fn a_child_ends_when_its_connection_is_closed() {
    let (connection, mut process) = stdio::spawn(shell("cat >/dev/null; exit 3")).unwrap();
    let (client, _notifications, server) = Client::connect(connection, options()).await.unwrap();
    assert_eq!(server.user_agent, "fake/1");
    assert_eq!(process.try_wait().unwrap(), None);
    client.close().await.unwrap();
    assert_eq!(process.wait().await.unwrap().code(), Some(3));
}

#[tokio::test]
async fn a_child_that_dies_closes_the_connection() {
    let (connection, mut process) = stdio::spawn(shell("read asked; exit 9")).unwrap();
    let (client, _notifications, _) = Client::connect(connection, options()).await.unwrap();
    let error = client.call_raw("x", None).await.unwrap_err();
    assert!(matches!(error, ClientError::Closed { .. }), "{error}");
    assert_eq!(process.wait().await.unwrap().code(), Some(9));
}

#[tokio::test]
async fn lines_of_a_child_may_be_long() {
    let size = 20_000_000;
    let rest = format!(
        "printf '{{\"method\":\"long\",\"params\":\"'; head -c {size} /dev/zero | tr '\\0' x; echo '\"}}'; cat >/dev/null"
    );
    let (connection, _process) = stdio::spawn(shell(&rest)).unwrap();
    let (_client, mut notifications, _) = Client::connect(connection, options()).await.unwrap();
    assert_eq!(notifications.next().await.unwrap().unknown_params().unwrap().get().len(), size + 2);
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _context = runtime.enter();
    assert_eq!(stdio::spawn(Command::new("/no/such/server")).unwrap_err().kind(), io::ErrorKind::NotFound);
}

/// A websocket server for one client: answers the handshake and one request, then closes with this code.
async fn websocket_server(code: CloseCode) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = accept_async(stream).await.unwrap();
        let mut answers = vec![greeting(), json!("x".repeat(1_000_000))].into_iter();
        while answers.len() > 0 {
            let Message::Text(text) = socket.next().await.unwrap().unwrap() else { continue };
            let asked: Value = serde_json::from_str(&text).unwrap();
            if asked.get("id").is_some() {
                socket.send(Message::Ping("are you there".into())).await.unwrap();
                let answer = json!({"id": asked["id"], "result": answers.next().unwrap()}).to_string();
                socket.send(Message::Text(answer.into())).await.unwrap();
            }
        }
        socket.close(Some(CloseFrame { code, reason: "too slow".into() })).await.unwrap();
        while let Some(Ok(_)) = socket.next().await {}
    });
    url
}

#[tokio::test]
async fn a_websocket_carries_calls_and_tells_why_it_was_closed() {
    for (code, told) in [(CloseCode::Policy, true), (CloseCode::Normal, false)] {
        let url = websocket_server(code).await;
        let connection = websocket::connect(&url).await.unwrap();
        let (client, _notifications, _) = Client::connect(connection, options()).await.unwrap();
        assert_eq!(client.call_raw("x", None).await.unwrap().get().len(), 1_000_002);
        let reason = client.closed().await;
        assert_eq!(reason.contains("1008: too slow"), told, "{reason}");
    }
}

#[tokio::test]
async fn a_websocket_to_nobody_names_the_address() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = websocket::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    assert!(error.to_string().contains(&url), "{error}");
    assert!(websocket::connect("nonsense").await.unwrap_err().to_string().contains("nonsense"));
}

/// A server in the same process: answers the handshake and tells one event.
struct InProcess {
    lines: mpsc::Sender<String>,
    messages: mpsc::Receiver<Incoming>,
}

impl Connection for InProcess {
    type Sender = InProcessSender;
    type Receiver = InProcessReceiver;

    fn split(self) -> (InProcessSender, InProcessReceiver) {
        (InProcessSender(Some(self.lines)), InProcessReceiver(self.messages))
    }
}

struct InProcessSender(Option<mpsc::Sender<String>>);

impl MessageSender for InProcessSender {
    async fn send(&mut self, line: String) -> io::Result<()> {
        self.0.as_ref().unwrap().send(line).await.map_err(io::Error::other)
    }

    async fn close(&mut self) -> io::Result<()> {
        self.0 = None;
        Ok(())
    }
}

struct InProcessReceiver(mpsc::Receiver<Incoming>);

impl MessageReceiver for InProcessReceiver {
    async fn receive(&mut self) -> Option<io::Result<Incoming>> {
        self.0.recv().await.map(Ok)
    }
}

#[tokio::test]
async fn events_of_the_same_process_keep_their_body() {
    let (lines, mut asked) = mpsc::channel::<String>(4);
    let (tell, messages) = mpsc::channel(4);
    tokio::spawn(async move {
        asked.recv().await.unwrap();
        tell.send(Incoming::Line(json!({"id": 1, "result": greeting()}).to_string())).await.unwrap();
        let body = ServerNotification::Warning(v2::WarningNotification { thread_id: None, message: "m".to_owned() });
        tell.send(Incoming::Event(Arc::new(Event::new(None, 1, 5, body)))).await.unwrap();
        while asked.recv().await.is_some() {}
    });
    let (client, mut notifications, _) = Client::connect(InProcess { lines, messages }, options()).await.unwrap();
    let notice = notifications.next().await.unwrap();
    assert!(matches!(notice.body(), Some(ServerNotification::Warning(warning)) if warning.message == "m"));
    assert_eq!((notice.method(), notice.emitted_at_ms()), ("warning", Some(5)));
    client.close().await.unwrap();
    assert!(notifications.next().await.is_none());
}
