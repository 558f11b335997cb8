//! Whole turns against a server whose every line is written by the test.

use std::io::{PipeWriter, Write};

use codex_app_server_client::lines::LineConnection;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf, duplex, split};

use super::super::ask::Keyboard;
use super::super::show::tests::Written;
use super::*;

/// The server's side of a connection.
struct Fake {
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
}

impl Fake {
    async fn receive(&mut self) -> Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().expect("the client hung up")).unwrap()
    }

    async fn send(&mut self, message: Value) {
        self.writer.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn note(&mut self, method: &str, mut params: Value) {
        params["threadId"] = json!("t");
        params["turnId"] = json!("u");
        self.send(json!({"method": method, "params": params})).await;
    }

    /// Answers the next request, which is of this method.
    async fn answer(&mut self, method: &str, result: Value) -> Value {
        let asked = self.receive().await;
        assert_eq!(asked["method"], method);
        self.send(json!({"id": asked["id"], "result": result})).await;
        asked
    }

    async fn begin_turn(&mut self) {
        self.answer("turn/start", json!({"turn": turn("inProgress")})).await;
    }

    async fn end_turn(&mut self, status: &str) {
        self.note("turn/completed", json!({"turn": turn(status)})).await;
    }

    async fn ask_about_a_patch(&mut self, id: u32) {
        let changes = json!([{"path": "/here/a", "kind": {"type": "add"}, "diff": "x\n"}]);
        let item = json!({
            "type": "fileChange", "id": "p", "changes": changes, "status": "inProgress", "startedAtMs": null,
            "completedAtMs": null,
        });
        self.note("item/started", json!({"item": item, "startedAtMs": 1})).await;
        let params =
            json!({"threadId": "t", "turnId": "u", "itemId": "p", "startedAtMs": 1, "reason": null, "grantRoot": null});
        self.send(json!({"id": id, "method": "item/fileChange/requestApproval", "params": params})).await;
    }
}

fn turn(status: &str) -> Value {
    json!({"id": "u", "items": [], "status": status, "error": null, "startedAt": null, "completedAt": null, "durationMs": null})
}

impl Written {
    /// Waits until a text stands there so often.
    async fn has(&self, times: usize, text: &str) {
        while self.text().matches(text).count() < times {
            tokio::task::yield_now().await;
        }
    }
}

/// A conversation, its server, what the person sees and types, and their Ctrl-C.
struct Scene {
    conversation: Conversation,
    server: Fake,
    told: Written,
    types: PipeWriter,
    interrupt: mpsc::Sender<()>,
}

async fn scene() -> Scene {
    let (client, server) = duplex(64 * 1024);
    let (client_reader, client_writer) = split(client);
    let (reader, writer) = split(server);
    let mut server = Fake { lines: BufReader::new(reader).lines(), writer };
    let told = Written::default();
    let screen = Screen::new(true, Written::default().stream(false, false), told.stream(false, false));
    let (typed, types) = std::io::pipe().unwrap();
    let attendance = Attendance { accept: false, keyboard: Some(Keyboard::new(typed)), hint: "" };
    let greeting =
        json!({"userAgent": "fake/1", "codexHome": "/home", "platformFamily": "unix", "platformOs": "linux"});
    let connection = LineConnection::new(client_reader, client_writer);
    let (conversation, _) = tokio::join!(
        Conversation::open(connection, ClientOptions::new("test", "1"), screen, attendance),
        server.answer("initialize", greeting)
    );
    let mut conversation = conversation.unwrap();
    assert_eq!(server.receive().await["method"], "initialized");
    let (interrupt, interrupts) = mpsc::channel(1);
    conversation.interrupts = interrupts;
    Scene { conversation, server, told, types, interrupt }
}

const QUESTION: &str = "--- /dev/null\n+++ /here/a\n+x\nMay these files be changed?\n";

#[tokio::test]
async fn a_question_follows_what_it_is_about_and_its_answer_goes_out() {
    let Scene { mut conversation, mut server, told, mut types, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        server.ask_about_a_patch(7).await;
        told.has(1, "y = yes").await;
        writeln!(types, "a").unwrap();
        assert_eq!(server.receive().await, json!({"id": 7, "result": {"decision": "acceptForSession"}}));
        server.end_turn("completed").await;
    });
    assert_eq!(status.unwrap(), TurnStatus::Completed);
    assert!(told.text().starts_with(&format!("> go\n{QUESTION}y = yes, ")), "{}", told.text());
}

#[tokio::test]
async fn an_answer_of_somebody_else_ends_the_question() {
    let Scene { mut conversation, mut server, told, mut types, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        server.ask_about_a_patch(7).await;
        told.has(1, "y = yes").await;
        server.note("serverRequest/resolved", json!({"requestId": 7})).await;
        told.has(1, "no answer needed any more").await;
        server.ask_about_a_patch(8).await;
        told.has(2, "May these files").await;
        writeln!(types, "n").unwrap();
        assert_eq!(server.receive().await, json!({"id": 8, "result": {"decision": "decline"}}));
        server.end_turn("completed").await;
    });
    assert_eq!(status.unwrap(), TurnStatus::Completed);
}

#[tokio::test]
async fn an_interrupt_ends_the_turn_and_its_question() {
    let Scene { mut conversation, mut server, told, types: _types, interrupt } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        server.ask_about_a_patch(7).await;
        told.has(1, "y = yes").await;
        interrupt.send(()).await.unwrap();
        let asked = server.answer("turn/interrupt", json!({})).await;
        assert_eq!(asked["params"], json!({"threadId": "t", "turnId": "u"}));
        server.end_turn("interrupted").await;
    });
    assert_eq!(status.unwrap(), TurnStatus::Interrupted);
    assert!(conversation.desk.is_free());
}

#[tokio::test]
async fn a_second_interrupt_does_not_wait() {
    let Scene { mut conversation, mut server, interrupt, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        interrupt.send(()).await.unwrap();
        let asked = server.receive().await;
        assert_eq!(asked["method"], "turn/interrupt");
        let error = json!({"code": -32600, "message": "not now"});
        server.send(json!({"id": asked["id"], "error": error})).await;
        interrupt.send(()).await.unwrap();
    });
    assert_eq!(status.unwrap_err().to_string(), "given up before the turn had ended");
}

#[tokio::test]
async fn a_server_that_goes_away_ends_it() {
    let Scene { mut conversation, mut server, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        drop(server);
    });
    assert_eq!(status.unwrap_err().to_string(), "the server went away before the turn ended");
}

#[tokio::test]
async fn a_second_interrupt_does_not_wait_for_the_answer_to_the_first() {
    let Scene { mut conversation, mut server, interrupt, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.turn("t", "go"), async {
        server.begin_turn().await;
        interrupt.send(()).await.unwrap();
        assert_eq!(server.receive().await["method"], "turn/interrupt");
        interrupt.send(()).await.unwrap();
    });
    assert_eq!(status.unwrap_err().to_string(), "given up before the turn had ended");
}

fn thread(turns: &[Value]) -> Value {
    json!({"id": "t", "sessionId": "t", "forkedFromId": null, "attachedToThreadId": null, "parentThreadId": null,
        "preview": "", "ephemeral": false, "projectId": null, "modelProvider": "p", "model": "m", "reasoningEffort": null,
        "createdAt": 1, "updatedAt": 1, "recencyAt": null, "status": {"type": "idle"}, "path": null, "cwd": "/w",
        "cliVersion": "0", "originator": null, "source": "vscode", "threadSource": null, "agentNickname": null,
        "agentRole": null, "gitInfo": null, "name": null, "turns": turns})
}

/// The turn before the one that [`turn`] makes.
fn earlier_turn(status: &str) -> Value {
    let mut turn = turn(status);
    turn["id"] = json!("before");
    turn
}

#[tokio::test]
async fn a_turn_that_ended_before_does_not_end_what_was_missed() {
    let Scene { mut conversation, mut server, .. } = scene().await;
    let (status, ()) = tokio::join!(conversation.catch_up_with("t"), async {
        server.note("turn/started", json!({"turn": earlier_turn("inProgress")})).await;
        server.note("turn/completed", json!({"turn": earlier_turn("failed")})).await;
        server.note("turn/started", json!({"turn": turn("inProgress")})).await;
        let turns = [earlier_turn("failed"), turn("inProgress")];
        server.answer("thread/read", json!({"thread": thread(&turns)})).await;
        server.end_turn("completed").await;
    });
    assert_eq!(status.unwrap(), Some(TurnStatus::Completed));
}

#[tokio::test]
async fn where_nothing_was_missed_that_is_said() {
    let Scene { mut conversation, mut server, .. } = scene().await;
    for turns in [&[][..], &[turn("completed")]] {
        let (status, ()) = tokio::join!(conversation.catch_up_with("t"), async {
            server.answer("thread/read", json!({"thread": thread(turns)})).await;
        });
        let told = status.unwrap_err().to_string();
        assert!(told.contains("no turn runs in thread t"), "{told}");
    }
}

#[tokio::test]
async fn a_turn_that_begins_while_a_question_is_put_is_followed() {
    let Scene { mut conversation, mut server, .. } = scene().await;
    server.note("turn/completed", json!({"turn": earlier_turn("completed")})).await;
    server.note("turn/started", json!({"turn": turn("inProgress")})).await;
    while conversation.notifications.waiting() < 2 {
        tokio::task::yield_now().await;
    }
    let mut followed = Followed { turn: Some("before".to_owned()), until_idle: false, interrupts: None };
    assert_eq!(conversation.catch_up(&mut followed), Some(TurnStatus::Completed));
    assert_eq!(followed.turn.as_deref(), Some("u"));
}
