//! Lines as codex 0.169.0 writes them, in order, whatever the disk does.

use std::fs;
use std::sync::Arc;

use codex_app_server_protocol::v2;
use codex_thread_store::{RolloutItem, StoreError, ThreadStore, TurnAborted};
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn nothing_is_on_disk_before_the_first_append_but_the_lock() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    let path = home.path().join(format!("sessions/2026/03/04/rollout-2026-03-04T05-06-08-{}.jsonl", id(1)));
    assert_eq!(recorder.path(), path);
    assert!(!home.path().join("sessions").exists());
    recorder.append(vec![started("t1")]).await.unwrap();
    assert!(path.exists());
}

#[tokio::test]
async fn the_first_line_is_the_session_s_metadata() {
    let home = Home::new();
    let mut new = thread(1);
    new.meta.git = Some(v2::GitInfo { sha: Some("5651".to_owned()), branch: None, origin_url: None });
    let recorder = home.store.create(new).unwrap();
    recorder.append(vec![started("t1")]).await.unwrap();
    let text = fs::read_to_string(recorder.path()).unwrap();
    let id = id(1);
    let window = crate::support::id(0xffff);
    let expected = format!(
        concat!(
            r#"{{"timestamp":"2026-03-04T05:06:07.008Z","ordinal":0,"type":"session_meta","payload":{{"#,
            r#""account_scoped":true,"session_id":"{id}","id":"{id}","timestamp":"2026-03-04T05:06:08.000Z","#,
            r#""cwd":"/home/user/project","runtime_workspace_roots":["/home/user/project"],"originator":"lab","#,
            r#""cli_version":"0.169.0","source":"vscode","model_provider":"mock","base_instructions":"#,
            r#"{{"text":"Be brief.","provenance":{{"type":"model","model":"mock-model"}}}},"history_mode":"paginated","#,
            r#""context_window":{{"window_id":"{window}"}},"git":{{"commit_hash":"5651"}}}}}}"#,
        ),
        id = id,
        window = window,
    );
    assert_eq!(text.lines().next().unwrap(), expected);
    assert_eq!(
        text.lines().nth(1).unwrap(),
        concat!(
            r#"{"timestamp":"2026-03-04T05:06:07.008Z","ordinal":1,"type":"event_msg","payload":{"type":"task_started","#,
            r#""turn_attribution":{"turn_id":"t1","turn_trigger":null,"parent_turn_id":null,"initiating_agent_path":null,"#,
            r#""root_turn_id":"t1"},"turn_id":"t1","root_turn_id":"t1","started_at":1772600767,"#,
            r#""model_context_window":258400,"collaboration_mode_kind":"default"}}"#,
        )
    );
}

#[tokio::test]
async fn what_was_written_is_read_back() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    let mut items = turn("t1", "Hi", "Hello");
    items.push(started("t2"));
    items.push(user("t2", "u2", "More"));
    items.push(RolloutItem::TurnAborted(TurnAborted {
        turn_id: "t2".to_owned(),
        root_turn_id: "t2".to_owned(),
        reason: "interrupted".to_owned(),
        started_at: Some(5),
        completed_at: Some(6),
        duration_ms: Some(7),
    }));
    items.push(started("t3"));
    recorder.append(items).await.unwrap();
    let stored = home.store.read(&id(1), true).await.unwrap();
    let status: Vec<_> = stored.thread.turns.iter().map(|turn| (turn.id.as_str(), turn.status)).collect();
    assert_eq!(
        status,
        [("t1", v2::TurnStatus::Completed), ("t2", v2::TurnStatus::Interrupted), ("t3", v2::TurnStatus::Interrupted)]
    );
    assert_eq!(stored.thread.turns[0].root_turn_id.as_deref(), Some("t1"));
    assert_eq!(stored.thread.preview, "Hi");
    assert_eq!(stored.thread.cwd.as_str(), "/home/user/project");
    assert_eq!(stored.damaged_lines, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ordinals_and_times_follow_the_order_of_calls_under_concurrency() {
    let home = Home::new();
    let recorders: Vec<_> = (1..=4).map(|number| Arc::new(home.store.create(thread(number)).unwrap())).collect();
    let mut tasks = Vec::new();
    for task in 0..32 {
        let recorders = recorders.clone();
        tasks.push(tokio::spawn(async move {
            for call in 0..25 {
                let recorder = &recorders[(task + call) % recorders.len()];
                let name = format!("{task}-{call}");
                let lines = vec![agent("t1", &format!("{name}-a"), "x"), agent("t1", &format!("{name}-b"), "y")];
                recorder.append(lines).await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let mut total = 0;
    for recorder in &recorders {
        let lines = lines(recorder.path());
        let ordinals: Vec<_> = lines.iter().map(|line| line["ordinal"].as_u64().unwrap()).collect();
        assert_eq!(ordinals, (0..lines.len() as u64).collect::<Vec<_>>());
        assert!(lines.is_sorted_by_key(|line| line["timestamp"].as_str().unwrap().to_owned()));
        let ids: Vec<_> = lines[1..].iter().map(|line| line["payload"]["item"]["id"].as_str().unwrap()).collect();
        // What was given together stands together, and a task's calls stand in its order.
        for pair in ids.chunks(2) {
            assert_eq!(pair[0].strip_suffix("-a"), pair[1].strip_suffix("-b"), "{pair:?}");
        }
        for task in 0..32 {
            let calls: Vec<u32> = ids
                .iter()
                .filter_map(|id| id.strip_prefix(&format!("{task}-"))?.strip_suffix("-a")?.parse().ok())
                .collect();
            assert!(calls.is_sorted());
        }
        total += ids.len();
    }
    assert_eq!(total, 32 * 25 * 2);
}

#[tokio::test]
async fn lines_given_without_waiting_are_written_in_order_and_before_the_lock_goes() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    for number in 0..100 {
        drop(recorder.append(vec![agent("t1", &number.to_string(), "x")]));
    }
    let path = recorder.path().to_owned();
    drop(recorder);
    // The lock is free once everything was written: whoever gets it sees all.
    let _second = loop {
        match home.store.create(thread(1)) {
            Ok(recorder) => break recorder,
            Err(StoreError::Locked { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    let lines = lines(&path);
    let ids: Vec<_> = lines[1..].iter().map(|line| line["payload"]["item"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, (0..100).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_thread_has_one_writer() {
    let home = Home::new();
    let first = home.store.create(thread(1)).unwrap();
    for store in [&home.store, &Arc::new(store(home.path()))] {
        let error = store.create(thread(1)).unwrap_err();
        assert!(matches!(&error, StoreError::Locked { id: named } if *named == id(1)));
        assert_eq!(error.to_string(), format!("thread {} already has an active writer", id(1)));
    }
    let file = home.path().join(format!("thread-writer-locks/{}.lock", id(1)));
    assert!(file.exists());
    drop(first);
    assert!(!file.exists());
    // One that a crash left is no lock.
    fs::write(&file, "").unwrap();
    home.store.create(thread(1)).unwrap();
}

#[test]
fn threads_racing_for_a_lock_never_hold_it_together() {
    let home = Home::new();
    let held = std::sync::atomic::AtomicU32::new(0);
    let taken = std::sync::atomic::AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let store = store(home.path());
                while taken.load(std::sync::atomic::Ordering::SeqCst) < 200 {
                    match store.create(thread(1)) {
                        Ok(recorder) => {
                            assert_eq!(held.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                            taken.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                            held.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                            drop(recorder);
                        }
                        Err(StoreError::Locked { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
}

#[tokio::test]
async fn an_id_that_is_no_uuid_names_no_file() {
    let home = Home::new();
    for bad in ["../x", "", "a/b"] {
        let mut new = thread(1);
        new.thread_id = bad.to_owned();
        assert!(matches!(home.store.create(new), Err(StoreError::InvalidId { .. })));
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_failed_write_is_told_and_made_good_by_the_next() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    // A file stands where the folder should.
    let blocked = home.path().join("sessions");
    fs::write(&blocked, "in the way").unwrap();
    for name in ["a", "b"] {
        let error = recorder.append(vec![agent("t1", name, "x")]).await.unwrap_err();
        assert!(matches!(&error, StoreError::Io { .. }), "{error:?}");
    }
    fs::remove_file(&blocked).unwrap();
    recorder.append(vec![agent("t1", "c", "x")]).await.unwrap();
    let lines = lines(recorder.path());
    let ids: Vec<_> = lines.iter().map(|line| line["payload"]["item"]["id"].as_str().unwrap_or("-")).collect();
    assert_eq!(ids, ["-", "a", "b", "c"]);
    assert_eq!(lines[3]["ordinal"], 3);
}

#[tokio::test]
async fn legacy_threads_keep_events_without_ordinals() {
    let home = Home::new();
    let mut new = thread(1);
    new.meta.history_mode = v2::ThreadHistoryMode::Legacy;
    let recorder = home.store.create(new).unwrap();
    let content = vec![
        v2::UserInput::Text { text: "look at ".to_owned(), text_elements: Vec::new() },
        v2::UserInput::Text {
            text: "this".to_owned(),
            text_elements: vec![v2::TextElement { byte_range: v2::ByteRange { start: 0, end: 4 }, placeholder: None }],
        },
        v2::UserInput::LocalImage { detail: None, path: "/a.png".to_owned() },
    ];
    let item = |kind| RolloutItem::item_completed("t1", &timed(kind));
    recorder
        .append(vec![
            started("t1"),
            item(v2::ThreadItemKind::UserMessage { id: "u".to_owned(), client_id: None, content }),
            item(v2::ThreadItemKind::Reasoning {
                id: "r".to_owned(),
                summary: vec!["one".to_owned(), "two".to_owned()],
                content: vec!["raw".to_owned()],
            }),
            agent("t1", "a", "seen"),
            item(v2::ThreadItemKind::Plan { id: "p".to_owned(), text: "plan".to_owned() }),
            item(v2::ThreadItemKind::ContextCompaction { id: "c".to_owned() }),
            complete("t1", "seen"),
        ])
        .await
        .unwrap();
    let lines = lines(recorder.path());
    assert!(lines.iter().all(|line| line.get("ordinal").is_none()));
    let kinds: Vec<_> = lines[1..].iter().map(|line| line["payload"]["type"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "task_started",
            "user_message",
            "agent_reasoning",
            "agent_reasoning",
            "agent_reasoning_raw_content",
            "agent_message",
            "item_completed",
            "context_compacted",
            "task_complete"
        ]
    );
    assert_eq!(
        lines[2]["payload"],
        json!({
            "type": "user_message", "message": "look at this", "images": [], "local_images": ["/a.png"], "audio": [],
            "local_audio": [], "text_elements": [{ "byte_range": { "start": 8, "end": 12 }, "placeholder": null }],
        })
    );
    let stored = home.store.read(&id(1), true).await.unwrap();
    let kinds: Vec<_> = serde_json::to_value(&stored.thread.turns[0].items)
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|item: &Value| item["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["userMessage", "reasoning", "agentMessage", "plan", "contextCompaction"]);
    assert_eq!(stored.thread.history_mode, v2::ThreadHistoryMode::Legacy);
}
