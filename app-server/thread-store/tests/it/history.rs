//! What a thread goes on from: the model's history, settings and numbers, as the lines of its files tell.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codex_app_server_protocol::v2;
use codex_thread_store::{Cut, History, RecordedSandbox, StoreError, ThreadFile, ThreadStore};
use serde_json::{Value, json};

use crate::reading::sample;
use crate::support::*;

/// The name of the file of the first thread.
fn name() -> String {
    format!("rollout-2026-03-04T05-06-08-{}.jsonl", id(1))
}

fn line(kind: &str, payload: &Value) -> Value {
    json!({ "timestamp": "2026-03-04T05:06:08.000Z", "type": kind, "payload": payload })
}

fn event(payload: &Value) -> Value {
    line("event_msg", payload)
}

fn message(role: &str, text: &str) -> Value {
    let kind = if role == "assistant" { "output_text" } else { "input_text" };
    json!({ "type": "message", "role": role, "content": [{ "type": kind, "text": text }] })
}

fn item(role: &str, text: &str) -> Value {
    line("response_item", &message(role, text))
}

fn begins(turn: &str) -> Value {
    event(&json!({ "type": "task_started", "turn_id": turn }))
}

fn ends(turn: &str) -> Value {
    event(&json!({ "type": "task_complete", "turn_id": turn }))
}

fn first(more: &Value) -> Value {
    let mut meta = json!({
        "id": id(1),
        "timestamp": "2026-03-04T05:06:08.000Z",
        "cwd": "/home/user/project",
        "originator": "hand",
        "cli_version": "0.0.0",
        "source": "cli",
    });
    meta.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    line("session_meta", &meta)
}

/// A home with one thread of these lines.
fn home_of(more: &Value, lines: &[Value]) -> Home {
    let home = Home::new();
    let lines: String = std::iter::once(&first(more)).chain(lines).map(|line| format!("{line}\n")).collect();
    home.put(&name(), lines);
    home
}

async fn history_of(lines: &[Value]) -> History {
    history(&home_of(&json!({}), lines), &id(1)).await
}

async fn history(home: &Home, thread: &str) -> History {
    home.store.history(ThreadFile::Id(thread.to_owned()), Cut::All, false).await.unwrap()
}

/// The items in short: the role or the type, and the text.
fn items(history: &History) -> Vec<String> {
    let items = history.items.iter().map(|item| serde_json::from_str::<Value>(item.item.get()).unwrap());
    let short = |item: Value| match item["content"][0]["text"].as_str() {
        Some(text) => format!("{} {text}", item["role"].as_str().unwrap()),
        None => item["type"].as_str().unwrap().to_owned(),
    };
    items.map(short).collect()
}

#[tokio::test]
async fn the_history_is_what_the_reference_sent_next() {
    let samples = [
        "legacy-fork",
        "legacy-main",
        "minimal-legacy",
        "minimal-paginated",
        "paginated-fork",
        "paginated-main",
        "paginated-reverted",
    ];
    for name in samples {
        let (home, expected, thread) = sample(name);
        let expected = expected["nextRequestInput"].as_array().unwrap();
        // In front the base prompt; at the end what is told of the surroundings, and the new message.
        let expected = &expected[1..expected.len() - 3];
        let history = history(&home, &thread).await;
        let ours: Vec<Value> =
            history.items.iter().map(|item| serde_json::from_str(item.item.get()).unwrap()).collect();
        let shapes: Vec<Value> = ours
            .iter()
            .map(|item| {
                let texts = item["content"].as_array().into_iter().flatten().filter_map(|part| part["text"].as_str());
                let texts: Vec<_> = texts.collect();
                match item["type"].as_str().unwrap() {
                    "message" => json!({ "type": "message", "role": item["role"], "text": texts }),
                    kind => json!({ "type": kind }),
                }
            })
            .collect();
        let expected: Vec<Value> = expected
            .iter()
            .map(|item| match item["type"].as_str().unwrap() {
                "message" => json!({ "type": "message", "role": item["role"], "text": item["text"] }),
                kind => json!({ "type": kind }),
            })
            .collect();
        assert_eq!(shapes, expected, "{name}");
        assert!(ours.iter().all(|item| !item.to_string().contains("metadata_passthrough")), "{name}");
        let sequences: BTreeSet<_> = history.items.iter().map(|item| item.sequence).collect();
        assert_eq!(sequences.len(), history.items.len(), "{name}: no number is given twice");
        assert!(sequences.last() <= Some(&history.last_sequence), "{name}");
        assert_eq!(history.stored.damaged_lines, 0, "{name}");
    }
}

#[tokio::test]
async fn items_go_on_as_they_stand_in_the_file() {
    // Numbers keep their digits and fields their order: the model's provider compares them.
    let text = r#"{"type":"function_call","zeta":1.50,"alpha":[1,2]}"#;
    let line = format!(r#"{{"timestamp":"x","type":"response_item","payload":{text}}}"#);
    let home = Home::new();
    home.put(&name(), format!("{}\n{line}\n", first(&json!({}))));
    let history = history(&home, &id(1)).await;
    assert_eq!(history.items[0].item.get(), text);
}

#[tokio::test]
async fn numbers_go_on_from_the_highest_that_were_noted() {
    let numbered = |text: &str, sequence: u64, sampled: u64, order: Option<u64>| {
        let mut line = item("user", text);
        line["metadata"] =
            json!({ "history_sequence": sequence, "sampled_through_sequence": sampled, "user_input_order": order });
        line
    };
    let history =
        history_of(&[numbered("a", 4, 0, Some(0)), numbered("b", 7, 4, Some(1)), item("assistant", "c")]).await;
    let sequences: Vec<_> = history.items.iter().map(|item| item.sequence).collect();
    // What notes no number follows the one before.
    assert_eq!(sequences, [4, 7, 8]);
    assert_eq!((history.last_sequence, history.sampled_sequence, history.inputs), (8, 4, 2));
    assert_eq!(history.items.iter().map(|item| item.said).collect::<Vec<_>>(), [true, true, false]);
}

fn settings(model: &str) -> Value {
    event(&json!({ "type": "thread_settings_applied", "thread_id": id(1), "thread_settings": {
        "model": model, "model_provider_id": "mock", "service_tier": "fast", "approval_policy": "never",
        "cwd": "/settings", "runtime_workspace_roots": ["/settings", "/more"], "reasoning_effort": "low",
        "reasoning_summary": "detailed", "permission_profile": { "type": "disabled" } } }))
}

fn context(model: &str) -> Value {
    line(
        "turn_context",
        &json!({ "turn_id": "t", "model": model, "cwd": "/turn", "approval_policy": "on-request",
        "effort": "high", "summary": "none", "sandbox_policy": { "type": "read-only" } }),
    )
}

#[tokio::test]
async fn of_two_lines_about_settings_the_later_one_wins() {
    let later_turn = history_of(&[settings("s"), context("t")]).await.settings;
    assert_eq!((later_turn.model.as_deref(), later_turn.cwd.as_deref()), (Some("t"), Some("/turn")));
    assert_eq!(later_turn.approval_policy, Some(v2::AskForApproval::OnRequest));
    assert_eq!(later_turn.sandbox, Some(RecordedSandbox::ReadOnly { network_access: false }));
    // A turn does not tell these.
    assert_eq!(later_turn.model_provider.as_deref(), Some("mock"));
    assert_eq!(later_turn.service_tier.as_deref(), Some("fast"));
    assert_eq!(later_turn.workspace_roots.as_deref(), Some(&["/settings".to_owned(), "/more".to_owned()][..]));
    assert_eq!(later_turn.summary, Some(v2::ReasoningSummary::Detailed));
    assert_eq!(later_turn.line.unwrap()["model"], "s");

    let later_settings = history_of(&[context("t"), settings("s")]).await.settings;
    assert_eq!((later_settings.model.as_deref(), later_settings.cwd.as_deref()), (Some("s"), Some("/settings")));
    assert_eq!(later_settings.approval_policy, Some(v2::AskForApproval::Never));
    assert_eq!(later_settings.sandbox, Some(RecordedSandbox::FullAccess));

    let none = history_of(&[item("user", "a")]).await.settings;
    assert_eq!((none.model, none.sandbox, none.line), (None, None, None));
}

#[tokio::test]
async fn policies_of_older_versions_are_understood() {
    let cases = [
        (json!({ "mode": "danger-full-access" }), Some(RecordedSandbox::FullAccess)),
        (json!({ "type": "danger-full-access" }), Some(RecordedSandbox::FullAccess)),
        (json!({ "mode": "read-only" }), Some(RecordedSandbox::ReadOnly { network_access: false })),
        (
            json!({ "type": "read-only", "network_access": true }),
            Some(RecordedSandbox::ReadOnly { network_access: true }),
        ),
        (json!({ "type": "external-sandbox" }), Some(RecordedSandbox::External)),
        (json!({ "type": "workspace-write", "network_access": false }), None),
        (json!({ "type": "of a later version" }), None),
        (json!("read-only"), None),
    ];
    for (policy, expected) in cases {
        let line = line("turn_context", &json!({ "model": "m", "sandbox_policy": policy }));
        assert_eq!(history_of(&[line]).await.settings.sandbox, expected, "{policy}");
    }
}

#[tokio::test]
async fn the_world_is_the_last_whole_one_and_what_changed_since() {
    let world = |full: bool, state: Value| line("world_state", &json!({ "full": full, "state": state }));
    let history = history_of(&[
        world(true, json!({ "old": 1 })),
        world(true, json!({ "cwd": "/a", "env": { "shell": "bash", "zone": "UTC" } })),
        world(false, json!({ "cwd": "/b", "env": { "zone": null } })),
        world(false, json!({ "env": { "day": 1 } })),
    ])
    .await;
    assert_eq!(history.world, Some(json!({ "cwd": "/b", "env": { "shell": "bash", "day": 1 } })));
    let replaced = history_of(&[world(true, json!({ "a": 1 })), compacted(&[], &json!({}))]).await;
    assert_eq!(replaced.world, None, "a model that forgot everything was told nothing");
}

fn compacted(items: &[Value], more: &Value) -> Value {
    let numbers: Vec<_> = (0..items.len()).map(|index| json!({ "history_sequence": index + 10 })).collect();
    let mut payload =
        json!({ "message": "sum", "replacement_history": items, "replacement_history_metadata": numbers });
    payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    line("compacted", &payload)
}

#[tokio::test]
async fn a_compaction_takes_the_place_of_what_stood_before() {
    let window = json!({ "window_id": id(9), "window_number": 3 });
    let history = history_of(&[
        begins("t1"),
        item("user", "a"),
        item("assistant", "b"),
        ends("t1"),
        compacted(&[message("user", "a"), message("user", "sum")], &window),
        item("user", "c"),
    ])
    .await;
    assert_eq!(items(&history), ["user a", "user sum", "user c"]);
    assert_eq!(history.items.iter().map(|item| item.sequence).collect::<Vec<_>>(), [10, 11, 12]);
    assert_eq!((history.window_id, history.window_number), (Some(id(9)), 3));
    // Lines are told of the window only since it has an id.
    let meta = json!({ "context_window": { "window_id": id(8) } });
    let home = home_of(&meta, &[compacted(&[], &json!({})), compacted(&[], &json!({}))]);
    let history = self::history(&home, &id(1)).await;
    assert_eq!((history.window_id, history.window_number), (Some(id(8)), 2));
}

#[tokio::test]
async fn a_compaction_of_older_versions_keeps_what_was_said() {
    let history = history_of(&[
        item("developer", "rules"),
        item("user", "<environment_context>x</environment_context>"),
        item("user", "# AGENTS.md instructions for /x"),
        item("user", "a"),
        item("assistant", "b"),
        item("user", "c"),
        line("compacted", &json!({ "message": "sum" })),
        item("user", "d"),
    ])
    .await;
    assert_eq!(items(&history), ["user a", "user c", "user sum", "user d"]);
    assert_eq!(history.window_number, 1);
    assert_eq!(history.window_id, None);
}

#[tokio::test]
async fn turns_that_were_rolled_back_are_forgotten() {
    let turn = |id: &str| [begins(id), item("user", id), item("assistant", "answer"), ends(id)];
    let rolled_back = |count: u64| event(&json!({ "type": "thread_rolled_back", "num_turns": count }));
    let mut lines = Vec::new();
    lines.extend([turn("t1"), turn("t2"), turn("t3")].concat());
    lines.push(rolled_back(2));
    lines.extend(turn("t4"));
    let history = history_of(&lines).await;
    assert_eq!(items(&history), ["user t1", "assistant answer", "user t4", "assistant answer"]);
    assert_eq!(history.turn_ids, ["t1", "t4"]);
    assert_eq!(history.last_turn, Some(("t4".to_owned(), true)));
    // More than there are.
    lines.push(rolled_back(7));
    let history = history_of(&lines).await;
    assert_eq!((items(&history), history.last_turn), (Vec::new(), None));
}

#[tokio::test]
async fn turns_of_old_files_that_nothing_frames_are_rolled_back_too() {
    let rolled_back = event(&json!({ "type": "thread_rolled_back", "num_turns": 1 }));
    let said = [item("developer", "rules"), item("user", "a"), item("assistant", "1"), item("user", "b")];
    let unframed = history_of(&[&said[..], &[item("assistant", "2"), rolled_back.clone()]].concat()).await;
    assert_eq!(items(&unframed), ["developer rules", "user a", "assistant 1"]);
    // The frames of what was summed up are gone.
    let summed_up = compacted(&[message("user", "a"), message("user", "b")], &json!({}));
    let after = history_of(&[begins("t1"), item("user", "b"), ends("t1"), summed_up, rolled_back]).await;
    assert_eq!(items(&after), ["user a"]);
}

#[tokio::test]
async fn turns_and_whose_response_was_counted_are_told() {
    let count = event(&json!({ "type": "token_count", "info": null, "rate_limits": null }));
    let history = history_of(&[begins("t1"), count, ends("t1"), begins("t2")]).await;
    assert_eq!(history.turn_ids, ["t1", "t2"]);
    assert_eq!(history.last_turn, Some(("t2".to_owned(), false)));
    assert_eq!(history.usage_turn.as_deref(), Some("t1"));
}

#[tokio::test]
async fn the_base_prompt_is_read_in_all_its_forms() {
    for (meta, expected) in [
        (json!({ "base_instructions": { "text": "Be brief." } }), Some("Be brief.")),
        (json!({ "base_instructions": "Be brief." }), Some("Be brief.")),
        (json!({ "base_instructions": null }), None),
        (json!({}), None),
    ] {
        let history = history(&home_of(&meta, &[]), &id(1)).await;
        assert_eq!(history.base_instructions.as_deref(), expected, "{meta}");
    }
}

#[tokio::test]
async fn damaged_lines_cost_what_is_in_them() {
    let home = Home::new();
    let good = |text: &str| item("user", text).to_string();
    let lines = [
        first(&json!({})).to_string(),
        good("a"),
        "{\"timestamp\":".to_owned(),
        "[]".to_owned(),
        String::new(),
        line("of a later version", &json!({ "x": 1 })).to_string(),
        line("compacted", &json!({ "replacement_history": 7 })).to_string(),
        good("b"),
    ];
    home.put(&name(), lines.join("\n") + "\n{\"timestamp\":\"2026\",\"type\":\"response_it");
    let history = history(&home, &id(1)).await;
    assert_eq!(items(&history), ["user a", "user b"]);
    // Two that are none, one of the wrong shape, and the torn one.
    assert_eq!(history.stored.damaged_lines, 4);
    let end = history.end.unwrap();
    assert_eq!(end.end_byte_offset, (lines.join("\n").len() + 1) as u64, "what is torn does not count");
    assert_eq!(end.thread_id, id(1));
}

#[tokio::test]
async fn archived_and_missing_threads_and_no_threads_do_not_go_on() {
    let home = Home::new();
    let archive = home.path().join("archived_sessions");
    fs::create_dir_all(&archive).unwrap();
    let archived = archive.join(name());
    fs::write(&archived, format!("{}\n", first(&json!({})))).unwrap();
    for file in [ThreadFile::Id(id(1)), ThreadFile::Path(archived)] {
        let error = home.store.resume(file.clone(), true).await.unwrap_err();
        let text = format!("session {} is archived. Run `codex unarchive {}` to unarchive it first.", id(1), id(1));
        assert_eq!(error.to_string(), text);
        let error = home.store.history(file, Cut::All, true).await.unwrap_err();
        assert!(matches!(&error, StoreError::Archived { id: named } if *named == id(1)), "{error:?}");
    }
    let error = home.store.resume(ThreadFile::Id(id(2)), true).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
    let empty = home.put(&format!("rollout-2026-03-04T05-06-08-{}.jsonl", id(3)), "\n{}\n");
    let error = home.store.resume(ThreadFile::Path(empty), true).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    let other = home.put("rollout-2026-03-04T05-06-08-x.jsonl", format!("{}\n", first(&json!({ "id": "no-uuid" }))));
    let error = home.store.resume(ThreadFile::Path(other), true).await.unwrap_err();
    assert!(matches!(error, StoreError::InvalidId { .. }), "{error:?}");
    let locks = home.path().join("thread-writer-locks");
    let left = fs::read_dir(&locks).map(Iterator::count).unwrap_or(0);
    assert!(left <= 1, "no lock is left but the coordination's");
}

#[tokio::test]
async fn a_thread_that_someone_writes_is_read_but_does_not_go_on() {
    let home = home_of(&json!({}), &[item("user", "a")]);
    let resumed = home.store.resume(ThreadFile::Id(id(1)), false).await.unwrap();
    for store in [&*home.store, &store(home.path())] {
        let error = store.resume(ThreadFile::Id(id(1)), false).await.unwrap_err();
        assert!(matches!(&error, StoreError::Locked { id: named } if *named == id(1)), "{error:?}");
        assert_eq!(store.history(ThreadFile::Id(id(1)), Cut::All, false).await.unwrap().items.len(), 1);
    }
    drop(resumed);
    home.store.resume(ThreadFile::Id(id(1)), false).await.unwrap();
}

#[tokio::test]
async fn a_thread_goes_on_from_a_path_anywhere() {
    let (home, elsewhere) = (Home::new(), tempfile::tempdir().unwrap());
    let path = elsewhere.path().join("whatever.jsonl");
    fs::write(&path, format!("{}\n{}\n", first(&json!({ "history_mode": "paginated" })), item("user", "a"))).unwrap();
    let resumed = home.store.resume(ThreadFile::Path(path.clone()), true).await.unwrap();
    assert_eq!(items(&resumed.history), ["user a"]);
    assert_eq!(resumed.history.stored.thread.id, id(1));
    assert_eq!(resumed.recorder.path(), path);
    resumed.recorder.append(turn("t1", "Hi", "Hello")).await.unwrap();
    assert_eq!(lines(&path).len(), 6);
    // It is found by its id from then on, and its lines are all in that one file.
    assert_eq!(home.store.read(&id(1), true).await.unwrap().thread.turns.len(), 1);
    assert!(!home.path().join("sessions").exists());
}

/// A thread of two turns, written by a store.
async fn written(home: &Home) -> std::path::PathBuf {
    let recorder = home.store.create(thread(1)).unwrap();
    recorder.append([turn("t1", "Hi", "Hello"), turn("t2", "More", "There")].concat()).await.unwrap();
    recorder.close().await.unwrap();
    recorder.path().to_owned()
}

async fn go_on(home: &Home, path: &Path) {
    let resumed = home.store.resume(ThreadFile::Path(path.to_owned()), false).await.unwrap();
    resumed.recorder.append(turn("t3", "Again", "Sure")).await.unwrap();
    resumed.recorder.close().await.unwrap();
}

#[tokio::test]
async fn the_next_line_follows_the_last_whole_one() {
    let home = Home::new();
    let path = written(&home).await;
    let before = fs::read_to_string(&path).unwrap();
    let last = before[..before.len() - 1].rfind('\n').unwrap() + 1;
    // Whole; whole but for the newline; torn inside of the last line; with a damaged line at the end.
    let cases = [
        (before.clone(), before.clone(), 9),
        (before[..before.len() - 1].to_owned(), before.clone(), 9),
        (before[..last + 20].to_owned(), before[..last].to_owned(), 8),
        (format!("{before}no json\n"), format!("{before}no json\n"), 9),
    ];
    for (left, kept, next) in cases {
        fs::write(&path, &left).unwrap();
        go_on(&home, &path).await;
        let after = fs::read_to_string(&path).unwrap();
        assert!(after.starts_with(&kept), "what was there stays:\n{after}");
        let new: Vec<Value> = after[kept.len()..].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let ordinals: Vec<_> = new.iter().map(|line| line["ordinal"].as_u64().unwrap()).collect();
        assert_eq!(ordinals, [next, next + 1, next + 2, next + 3]);
        let turns = home.store.read(&id(1), true).await.unwrap().thread.turns;
        assert_eq!(turns.iter().map(|turn| turn.id.as_str()).collect::<Vec<_>>(), ["t1", "t2", "t3"]);
    }
}
