//! A big thread on the wire: its first page costs no more than the page, and going on with it no more than what the model
//! is told.

use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Write};
use std::path::Path;

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::processes::peak_memory;
use super::server;

const THREAD: &str = "01a1fc94-0000-7000-8000-0000000b1600";
/// What the thread's file holds at least.
const BYTES: u64 = 100_000_000;
/// By how much the memory that the server has in use may grow, in KiB.
const GROWTH: u64 = 50_000;
/// Turns after which the history was compacted, as models make it necessary.
const COMPACTED: u64 = 20;
/// Bytes that a command of a turn prints.
const PRINTED: usize = 100_000;

/// A rollout file under way.
struct Rollout {
    file: BufWriter<File>,
    lines: u64,
    bytes: u64,
}

impl Rollout {
    fn line(&mut self, kind: &str, payload: &Value) {
        let line =
            json!({"timestamp": "2026-03-04T05:06:07.008Z", "ordinal": self.lines, "type": kind, "payload": payload});
        let text = line.to_string();
        writeln!(self.file, "{text}").unwrap();
        self.lines += 1;
        self.bytes += text.len() as u64 + 1;
    }

    fn item(&mut self, turn: &str, item: &Value) {
        let item = json!({"type": "item_completed", "thread_id": THREAD, "turn_id": turn, "item": item,
            "started_at_ms": 1, "completed_at_ms": 2});
        self.line("event_msg", &item);
    }

    /// A message, a command with what the model saw of it, and an answer.
    fn turn(&mut self, turn: &str, printed: &str) {
        self.line(
            "event_msg",
            &json!({"type": "task_started", "turn_id": turn, "root_turn_id": turn, "started_at": 7}),
        );
        let text = json!([{"type": "text", "text": "Do the next thing.", "text_elements": []}]);
        self.item(turn, &json!({"type": "UserMessage", "id": format!("{turn}-u"), "content": text}));
        self.line(
            "response_item",
            &json!({"type": "function_call", "call_id": "c", "name": "exec_command", "arguments": "{}"}),
        );
        self.line("response_item", &json!({"type": "function_call_output", "call_id": "c", "output": printed}));
        let command = json!({"type": "CommandExecution", "id": format!("{turn}-c"), "process_id": "7", "command": ["ls"],
            "cwd": "file:///", "parsed_cmd": [], "source": "agent", "status": "completed", "aggregated_output": printed,
            "exit_code": 0, "duration": {"secs": 0, "nanos": 1}});
        self.item(turn, &command);
        let text = json!([{"type": "Text", "text": "That is done."}]);
        self.item(turn, &json!({"type": "AgentMessage", "id": format!("{turn}-a"), "content": text}));
        let complete =
            json!({"type": "task_complete", "turn_id": turn, "started_at": 7, "completed_at": 8, "duration_ms": 9});
        self.line("event_msg", &complete);
    }
}

/// Writes the thread; how many turns it has.
fn write(codex_home: &Path, cwd: &Path) -> u64 {
    let folder = codex_home.join("sessions/2026/03/04");
    create_dir_all(&folder).unwrap();
    let file = File::create(folder.join(format!("rollout-2026-03-04T05-06-07-{THREAD}.jsonl"))).unwrap();
    let mut rollout = Rollout { file: BufWriter::new(file), lines: 0, bytes: 0 };
    let meta = json!({"id": THREAD, "session_id": THREAD, "timestamp": "2026-03-04T05:06:07.008Z", "cwd": cwd,
        "originator": "test", "cli_version": "1", "source": "vscode", "model_provider": "mock", "history_mode": "paginated"});
    rollout.line("session_meta", &meta);
    let printed = "x".repeat(PRINTED);
    let mut turns = 0;
    while rollout.bytes < BYTES {
        rollout.turn(&format!("turn-{turns:08}"), &printed);
        turns += 1;
        if turns % COMPACTED == 0 {
            let summary = json!([{"type": "input_text", "text": "What was done so far."}]);
            let history = json!([{"type": "message", "role": "user", "content": summary}]);
            rollout.line("compacted", &json!({"message": "", "replacement_history": history}));
        }
    }
    rollout.file.flush().unwrap();
    turns
}

#[tokio::test]
async fn bounded_resume() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start().await;
    let turns = write(&server.home().codex_home(), &server.home().cwd());
    let client = server.client().await;
    let before = peak_memory(server.id());
    let last = format!("turn-{:08}", turns - 1);
    let page = client.call("thread/turns/list", json!({"threadId": THREAD, "limit": 5})).await;
    assert_eq!((page["data"].as_array().unwrap().len(), &page["data"][0]["id"]), (5, &json!(last)));
    let listed = peak_memory(server.id()) - before;
    let first = json!({"limit": 5, "itemsView": "full"});
    let resume = json!({"threadId": THREAD, "excludeTurns": true, "initialTurnsPage": first});
    let answer = client.call("thread/resume", resume).await;
    let page = &answer["initialTurnsPage"];
    assert_eq!((page["data"].as_array().unwrap().len(), &page["data"][0]["id"]), (5, &json!(last)));
    assert_eq!(answer["thread"]["turns"], json!([]));
    let resumed = peak_memory(server.id()) - before;
    assert!(listed < GROWTH && resumed < GROWTH, "{listed} KiB more for a page, {resumed} with the resume");
    // Older turns are a page away, and the thread goes on.
    let older = json!({"threadId": THREAD, "limit": 1, "cursor": page["nextCursor"]});
    let older = client.call("thread/turns/list", older).await;
    assert_eq!(older["data"][0]["id"], json!(format!("turn-{:08}", turns - 6)));
    model.say("Goes on");
    assert_eq!(client.run_turn(THREAD, "Hi").await["status"], "completed");
    let grown = peak_memory(server.id()) - before;
    assert!(grown < GROWTH, "{grown} KiB more with a turn");
    client.ignore_rest();
    let _ = client.finish().await;
    server.finish().await;
}
