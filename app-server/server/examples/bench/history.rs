//! Lists and searches in a home of many threads.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::{self, Server};

/// How many threads the home has.
const THREADS: usize = 10_000;
/// Stands in one message of one thread.
const NEEDLE: &str = "quaggaphone";

/// Milliseconds of lists and searches in a new process on a home that was listed before.
pub(crate) struct Known {
    pub(crate) first_page: f64,
    pub(crate) all_pages: f64,
    pub(crate) search: f64,
}

/// The first page of a home that no server has listed, and the same once more, in milliseconds.
pub(crate) fn first_pages(command: &[String], url: &str) -> (f64, f64) {
    let home = home(url);
    let mut server = Server::start(command, &home).initialized();
    (timed(|| drop(page(&mut server, None))), timed(|| drop(page(&mut server, None))))
}

/// What a server knows when it was used before.
pub(crate) fn known(command: &[String], url: &str) -> Known {
    let home = home(url);
    let mut first = Server::start(command, &home).initialized();
    let search = |server: &mut Server| {
        let params = json!({ "searchTerm": NEEDLE });
        let answer = server.call("thread/search", &params);
        assert_eq!(answer["data"].as_array().map(Vec::len), Some(1), "{answer}");
    };
    page(&mut first, None);
    settle(&first);
    search(&mut first);
    drop(first);
    let mut server = Server::start(command, &home).initialized();
    let first_page = timed(|| drop(page(&mut server, None)));
    settle(&server);
    let all_pages = timed(|| {
        let (mut cursor, mut count) = (None, 0);
        loop {
            let answer = page(&mut server, cursor);
            count += answer["data"].as_array().map_or(0, Vec::len);
            cursor = answer["nextCursor"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(count, THREADS);
    });
    // The first search of a process prepares the later ones.
    search(&mut server);
    Known { first_page, all_pages, search: timed(|| search(&mut server)) }
}

fn page(server: &mut Server, cursor: Option<String>) -> Value {
    server.call("thread/list", &json!({ "limit": 25, "cursor": cursor }))
}

/// Waits until the server does nothing any more in the background.
fn settle(server: &Server) {
    loop {
        let before = server.cpu_seconds();
        std::thread::sleep(std::time::Duration::from_millis(500));
        if server.cpu_seconds() - before < 0.02 {
            return;
        }
    }
}

fn timed(act: impl FnOnce()) -> f64 {
    let before = Instant::now();
    act();
    before.elapsed().as_secs_f64() * 1e3
}

/// A home with threads over a year, a few kB each.
fn home(url: &str) -> TempDir {
    let home = server::home(url);
    for number in 0..THREADS {
        let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        let folder = home.path().join(format!("sessions/2026/{month:02}/{day:02}"));
        write(&folder, number, &format!("2026-{month:02}-{day:02}T{hour:02}-{minute:02}-{second:02}"));
    }
    home
}

fn write(folder: &Path, number: usize, time: &str) {
    let id = format!("01950000-0000-7000-8000-{number:012x}");
    let moment = format!("{}T{}.000Z", &time[..10], time[11..].replace('-', ":"));
    let needle = if number == THREADS / 2 { NEEDLE } else { "" };
    let meta = json!({
        "session_id": id, "id": id, "timestamp": moment, "cwd": "/home/user/project", "originator": "bench",
        "cli_version": "0.169.0", "source": "vscode", "model_provider": "bench", "history_mode": "paginated",
        "base_instructions": { "text": "Be brief. ".repeat(200) },
    });
    let item = |item: Value| json!({ "type": "item_completed", "thread_id": id, "turn_id": "t", "item": item, "completed_at_ms": 1_767_323_045_000_i64 });
    let user = json!([{ "type": "text", "text": format!("Question {number} about the {}", number * 7919 % 10_007), "text_elements": [] }]);
    let answer = format!("{} {needle}", format!("Answer {number} in some words. ").repeat(20));
    let lines = [
        ("session_meta", meta),
        ("event_msg", json!({ "type": "task_started", "turn_id": "t", "started_at": 1_767_323_045 })),
        ("event_msg", item(json!({ "type": "UserMessage", "id": "u", "content": user }))),
        (
            "event_msg",
            item(json!({ "type": "AgentMessage", "id": "a", "content": [{ "type": "Text", "text": answer }] })),
        ),
        ("event_msg", json!({ "type": "task_complete", "turn_id": "t", "last_agent_message": "" })),
    ];
    let text: String = (0_u64..)
        .zip(lines)
        .map(|(ordinal, (kind, payload))| {
            let line = json!({ "timestamp": moment, "ordinal": ordinal, "type": kind, "payload": payload });
            format!("{line}\n")
        })
        .collect();
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(format!("rollout-{time}-{id}.jsonl")), text).unwrap();
}
