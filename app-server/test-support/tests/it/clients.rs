//! The test client against a server in memory: what it finds, and what it does not let pass.

use codex_app_server_client::lines::LineConnection;
use codex_app_server_test_support::TestClient;
use codex_app_server_test_support::delivery::KnownFault;
use codex_app_server_test_support::transcript::{End, Redactions};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf, duplex, split};

struct Server {
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
}

impl Server {
    fn connected() -> (TestClient, Self) {
        let (client, server) = duplex(1 << 16);
        let (client_reader, client_writer) = split(client);
        let (reader, writer) = split(server);
        let client = TestClient::new(LineConnection::new(client_reader, client_writer), Redactions::default());
        let client = client.of_any_server();
        (client, Self { lines: BufReader::new(reader).lines(), writer })
    }

    async fn receive(&mut self) -> Option<Value> {
        let line = self.lines.next_line().await.unwrap()?;
        Some(serde_json::from_str(&line).unwrap())
    }

    async fn send(&mut self, message: Value) {
        self.writer.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({"method": method, "params": params, "emittedAtMs": 5})).await;
    }

    /// Answers the next request with its own params.
    async fn echo(&mut self) {
        let asked = self.receive().await.unwrap();
        self.send(json!({"id": asked["id"], "result": asked["params"]})).await;
    }
}

/// What the test inside `body` failed with.
async fn failure(body: impl Future<Output = ()> + Send + 'static) -> String {
    let panic = tokio::spawn(body).await.unwrap_err().into_panic();
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap()
}

#[tokio::test]
async fn waits_take_the_first_that_fits_and_leave_the_others() {
    let (client, mut server) = Server::connected();
    server.tell("a", json!({"n": 1})).await;
    server.tell("b", json!({"n": 2})).await;
    server.tell("a", json!({"n": 3})).await;
    server.send(json!({"method": "ask", "id": 0, "params": {"n": 4}})).await;
    assert_eq!(client.note_where("a", |params| params["n"] == 3).await, json!({"n": 3}));
    let ask = client.asked("ask").await;
    assert_eq!(ask.params, json!({"n": 4}));
    client.reply(&ask, json!("yes")).await;
    assert_eq!(server.receive().await.unwrap(), json!({"id": 0, "result": "yes"}));
    let (answer, ()) = tokio::join!(client.call("x", json!({"m": 1})), server.echo());
    assert_eq!(answer, json!({"m": 1}));
    assert_eq!(client.note("a").await, json!({"n": 1}));
    let until = client.until("b").await;
    assert_eq!(until.len(), 1);
    let (error, ()) = tokio::join!(client.call_refused("x", Value::Null), async {
        server.receive().await;
        server.send(json!({"error": {"code": -5, "message": "no"}, "id": 2})).await;
    });
    assert_eq!((error.code, error.message.as_str()), (-5, "no"));
}

#[tokio::test]
async fn finishing_waits_for_answers_and_the_end_and_gives_the_conversation() {
    let (client, mut server) = Server::connected();
    client.post("slow", json!({})).await;
    let serving = tokio::spawn(async move {
        server.tell("late", json!({"threadId": "01984de2-8f74-7c91-a3b2-5c5e937cf318"})).await;
        server.echo().await;
        assert_eq!(server.receive().await, None, "the end comes after the answer");
        server.tell("last", json!({})).await;
    });
    let transcript = client.finish().await;
    serving.await.unwrap();
    assert_eq!(transcript.end, End::Whole);
    assert_eq!(
        transcript.snapshot(),
        r#"-> {"method":"slow","id":1,"params":{}}
<- {"method":"late","params":{"threadId":"[thread-1]"},"emittedAtMs":"[time]"}
<- {"id":1,"result":{}}
<- {"method":"last","params":{},"emittedAtMs":"[time]"}
"#
    );
    let last = transcript.snapshot_of(|message| message["method"] == "last");
    assert_eq!(last.lines().count(), 1);
}

#[tokio::test]
async fn what_the_test_did_not_look_at_fails_it() {
    let unread = failure(async {
        let (client, mut server) = Server::connected();
        server.tell("unseen", json!({})).await;
        server.tell("seen", json!({})).await;
        client.note("seen").await;
    });
    let unread = unread.await;
    assert!(unread.contains("never looked at") && unread.contains("unseen"), "{unread}");
    let unanswered = failure(async {
        let (client, _server) = Server::connected();
        client.post("x", json!({})).await;
    });
    assert!(unanswered.await.contains("one-response"));
}

#[tokio::test]
async fn a_broken_contract_fails_the_test_even_where_the_rest_is_ignored() {
    let broken = failure(async {
        let (client, mut server) = Server::connected();
        server.send(json!({"method": "unstamped", "params": {}})).await;
        client.note("unstamped").await;
        client.ignore_rest();
    });
    let broken = broken.await;
    assert!(broken.contains("well-formed") && broken.contains("<- {\"method\":\"unstamped\""), "{broken}");
}

#[tokio::test]
async fn the_rest_may_be_ignored_and_faults_allowed_by_name() {
    let (client, mut server) = Server::connected();
    client.post("x", json!({})).await;
    server.tell("unseen", json!({})).await;
    server.tell("seen", json!({})).await;
    client.note("seen").await;
    client.ignore_rest();

    let (client, mut server) = Server::connected();
    client.allow(KnownFault::TextEndsLonger);
    let of = |item: Value| json!({"threadId": "t", "turnId": "u", "itemId": "m", "delta": "par", "item": item});
    server.tell("turn/started", json!({"threadId": "t", "turn": {"id": "u"}})).await;
    server.tell("item/started", of(json!({"type": "agentMessage", "id": "m"}))).await;
    server.tell("item/agentMessage/delta", of(Value::Null)).await;
    server.tell("item/completed", of(json!({"type": "agentMessage", "id": "m", "text": "partial"}))).await;
    assert_eq!(client.until("item/completed").await.len(), 4);
}

#[tokio::test]
async fn the_end_of_the_connection_ends_waits_with_the_conversation() {
    let gone = failure(async {
        let (client, mut server) = Server::connected();
        server.tell("seen", json!({})).await;
        drop(server);
        client.note("never").await;
    });
    let gone = gone.await;
    assert!(gone.contains("waited for never") && gone.contains("<- {\"method\":\"seen\""), "{gone}");
    let (client, server) = Server::connected();
    client.post("x", json!({})).await;
    drop(server);
    assert!(!client.ended().await.is_empty());
}
