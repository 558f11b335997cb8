//! A home of its own for each test, a clock that ticks by itself, and threads to write.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use codex_app_server_protocol::v2;
use codex_thread_store::{
    BaseInstructions, InstructionsProvenance, NewThread, RolloutItem, RolloutStore, SessionMeta, TaskComplete,
    TaskStarted,
};
use serde_json::Value;

pub struct Home {
    pub folder: tempfile::TempDir,
    pub store: Arc<RolloutStore>,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(store(folder.path()));
        Self { folder, store }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file where a thread of that day belongs.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let date = &name["rollout-".len().."rollout-YYYY-MM-DD".len()];
        let folder = self.path().join("sessions").join(date.replace('-', "/"));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// A store whose clock begins at 2026-03-04T05:06:07.008Z and goes on by a millisecond with every look.
pub fn store(home: &Path) -> RolloutStore {
    let ticks = AtomicI64::new(1_772_600_767_008);
    RolloutStore::new(home.to_owned(), Arc::new(move || moment(ticks.fetch_add(1, Ordering::SeqCst))))
}

pub fn moment(millis: i64) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(millis).unwrap().to_zoned(jiff::tz::TimeZone::UTC)
}

pub fn id(number: u32) -> String {
    format!("019cb77e-a0e0-7000-8000-{number:012x}")
}

pub fn thread(number: u32) -> NewThread {
    NewThread {
        thread_id: id(number),
        created_at: moment(1_772_600_767_000 + i64::from(number) * 1000),
        meta: SessionMeta {
            dynamic_tools: Vec::new(),
            session_id: None,
            cwd: "/home/user/project".to_owned(),
            runtime_workspace_roots: vec!["/home/user/project".to_owned()],
            originator: "lab".to_owned(),
            source: v2::SessionSource::Vscode,
            thread_source: None,
            model_provider: "mock".to_owned(),
            base_instructions: Some(BaseInstructions {
                text: "Be brief.".into(),
                provenance: InstructionsProvenance::Model { model: "mock-model".to_owned() },
            }),
            history_mode: v2::ThreadHistoryMode::Paginated,
            window_id: id(0xffff),
            git: None,
            forked_from_id: None,
            history_base: None,
        },
        continuation: None,
        copied: Vec::new(),
    }
}

pub fn started(turn: &str) -> RolloutItem {
    RolloutItem::TaskStarted(TaskStarted {
        turn_id: turn.to_owned(),
        root_turn_id: turn.to_owned(),
        turn_trigger: None,
        parent_turn_id: None,
        started_at: 1_772_600_767,
        model_context_window: Some(258_400),
        collaboration_mode_kind: v2::ModeKind::Default,
    })
}

pub fn complete(turn: &str, message: &str) -> RolloutItem {
    RolloutItem::TaskComplete(TaskComplete {
        turn_id: turn.to_owned(),
        root_turn_id: turn.to_owned(),
        last_agent_message: Some(message.to_owned()),
        error: None,
        started_at: Some(1_772_600_767),
        completed_at: Some(1_772_600_768),
        duration_ms: Some(500),
        time_to_first_token_ms: Some(100),
    })
}

pub fn user(turn: &str, item: &str, text: &str) -> RolloutItem {
    let content = vec![v2::UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }];
    let kind = v2::ThreadItemKind::UserMessage { id: item.to_owned(), client_id: None, content };
    RolloutItem::item_completed(turn, &timed(kind))
}

pub fn agent(turn: &str, item: &str, text: &str) -> RolloutItem {
    let kind = v2::ThreadItemKind::AgentMessage {
        moderation: None,
        id: item.to_owned(),
        text: text.to_owned(),
        phase: None,
        memory_citation: None,
        delivery: None,
        questions: None,
    };
    RolloutItem::item_completed(turn, &timed(kind))
}

pub fn timed(kind: v2::ThreadItemKind) -> v2::ThreadItem {
    v2::ThreadItem { kind, started_at_ms: Some(1_772_600_767_100), completed_at_ms: Some(1_772_600_767_200) }
}

/// One whole turn.
pub fn turn(turn: &str, question: &str, answer: &str) -> Vec<RolloutItem> {
    vec![
        started(turn),
        user(turn, &format!("{turn}-u"), question),
        agent(turn, &format!("{turn}-a"), answer),
        complete(turn, answer),
    ]
}

pub fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.ends_with('\n'), "the last line is whole");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The lines of a paginated thread as text, numbered from any number on.
pub struct Text {
    thread_id: String,
    pub ordinal: u64,
    pub text: String,
}

impl Text {
    /// Begins a file with its session metadata; `more` is added to that.
    pub fn new(thread_id: &str, ordinal: u64, more: Value) -> Self {
        let mut text = Self { thread_id: thread_id.to_owned(), ordinal, text: String::new() };
        let mut meta = serde_json::json!({
            "id": thread_id, "session_id": thread_id, "timestamp": "2026-03-04T05:06:07.008Z", "cwd": "/home",
            "originator": "lab", "cli_version": "0.169.0", "source": "vscode", "model_provider": "mock",
            "history_mode": "paginated",
        });
        if let (Value::Object(meta), Value::Object(more)) = (&mut meta, more) {
            meta.extend(more);
        }
        text.line("session_meta", &meta);
        text
    }

    pub fn line(&mut self, kind: &str, payload: &Value) {
        let (ordinal, minute) = (self.ordinal, self.ordinal / 60 % 60);
        let second = ordinal % 60;
        self.text.push_str(&format!(
            "{{\"timestamp\":\"2026-03-04T05:{minute:02}:{second:02}.000Z\",\"ordinal\":{ordinal},\"type\":\"{kind}\",\"payload\":{payload}}}\n"
        ));
        self.ordinal += 1;
    }

    /// An event; its kind stands first, as writers put it.
    pub fn event(&mut self, kind: &str, fields: &Value) {
        let mut payload = serde_json::json!({ "type": kind });
        if let (Value::Object(payload), Value::Object(fields)) = (&mut payload, fields.clone()) {
            payload.extend(fields);
        }
        self.line("event_msg", &payload);
    }

    pub fn started(&mut self, turn: &str) {
        self.event("task_started", &serde_json::json!({ "turn_id": turn, "root_turn_id": turn, "started_at": 7 }));
    }

    pub fn complete(&mut self, turn: &str) {
        let fields = serde_json::json!({ "turn_id": turn, "started_at": 7, "completed_at": 8, "duration_ms": 9 });
        self.event("task_complete", &fields);
    }

    pub fn aborted(&mut self, turn: &str) {
        self.event("turn_aborted", &serde_json::json!({ "turn_id": turn, "reason": "interrupted", "completed_at": 8 }));
    }

    pub fn item(&mut self, turn: &str, item: &Value) {
        let fields = serde_json::json!({ "thread_id": self.thread_id, "turn_id": turn, "item": item, "started_at_ms": 1, "completed_at_ms": 2 });
        self.event("item_completed", &fields);
    }

    pub fn user(&mut self, turn: &str, id: &str, text: &str) {
        let content = serde_json::json!([{ "type": "text", "text": text, "text_elements": [] }]);
        self.item(turn, &serde_json::json!({ "type": "UserMessage", "id": id, "content": content }));
    }

    pub fn agent(&mut self, turn: &str, id: &str, text: &str, phase: Option<&str>) {
        let content = serde_json::json!([{ "type": "Text", "text": text }]);
        self.item(turn, &serde_json::json!({ "type": "AgentMessage", "id": id, "content": content, "phase": phase }));
    }

    pub fn command(&mut self, turn: &str, id: &str, output: &str, status: &str) {
        self.item(
            turn,
            &serde_json::json!({
                "type": "CommandExecution", "id": id, "process_id": "7", "command": ["echo", "hi"],
                "cwd": "file:///home", "parsed_cmd": [], "source": "agent", "status": status,
                "aggregated_output": output, "exit_code": 0, "duration": { "secs": 0, "nanos": 1 },
            }),
        );
    }
}
