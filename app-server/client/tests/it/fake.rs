//! A server in memory whose every line is written by the test.

use codex_app_server_client::lines::LineConnection;
use codex_app_server_client::{Client, ClientOptions, Notifications};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf, duplex, split};

pub type FakeConnection = LineConnection<ReadHalf<DuplexStream>, WriteHalf<DuplexStream>>;

/// The server's side of a connection.
pub struct Fake {
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
}

/// What a server answers `initialize` with.
pub fn greeting() -> Value {
    json!({"userAgent": "fake/1", "codexHome": "/home", "platformFamily": "unix", "platformOs": "linux"})
}

/// As [`greeting`], from a server that grants what a client that reconnects asks for.
pub fn granting() -> Value {
    let mut greeting = greeting();
    greeting["extensions"] = json!({"open-app-server/replay": {}, "open-app-server/idempotency": {}});
    greeting
}

impl Fake {
    pub fn connection() -> (FakeConnection, Self) {
        let (client, server) = duplex(64 * 1024);
        let (client_reader, client_writer) = split(client);
        let (reader, writer) = split(server);
        (LineConnection::new(client_reader, client_writer), Self { lines: BufReader::new(reader).lines(), writer })
    }

    /// A client behind its handshake, and its server.
    pub async fn client(options: ClientOptions) -> (Client, Notifications, Self) {
        let (connection, mut fake) = Self::connection();
        let (client, fake) = tokio::join!(Client::connect(connection, options), async {
            let asked = fake.receive().await;
            assert_eq!(asked["method"], "initialize");
            fake.send(json!({"id": asked["id"], "result": greeting()})).await;
            fake
        });
        let (client, notifications, _) = client.unwrap();
        let mut fake = fake;
        assert_eq!(fake.receive().await, json!({"method": "initialized"}));
        (client, notifications, fake)
    }

    /// What the client said next.
    pub async fn receive(&mut self) -> Value {
        serde_json::from_str(&self.line().await.expect("the client hung up")).unwrap()
    }

    /// The next line of the client; `None` once it has closed the connection.
    pub async fn line(&mut self) -> Option<String> {
        self.lines.next_line().await.unwrap()
    }

    pub async fn send(&mut self, message: Value) {
        self.send_bytes(format!("{message}\n").as_bytes()).await;
    }

    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).await.unwrap();
    }
}
