//! Files that a crash cut, or that hold anything at all: good lines are read, nothing panics.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use codex_app_server_protocol::v2;
use codex_thread_store::{StoredThread, ThreadStore};
use proptest::prelude::*;

use crate::support::*;

async fn written() -> (Home, String, String) {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    let items = [turn("t1", "Hi", "Hello"), turn("t2", "More", "There")].concat();
    recorder.append(items).await.unwrap();
    let text = fs::read_to_string(recorder.path()).unwrap();
    let name = recorder.path().file_name().unwrap().to_str().unwrap().to_owned();
    (home, name, text)
}

fn items(stored: &StoredThread) -> Vec<&v2::ThreadItem> {
    stored.thread.turns.iter().flat_map(|turn| &turn.items).collect()
}

#[tokio::test]
async fn a_file_cut_anywhere_is_read_up_to_the_cut() {
    let (home, name, text) = written().await;
    let first_line = text.find('\n').unwrap();
    let whole = home.store.read(&id(1), true).await.unwrap();
    for cut in (first_line..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        home.put(&name, &text[..cut]);
        let stored = home.store.read(&id(1), true).await.unwrap();
        let kept = text[..cut].matches('\n').count().max(1);
        // A line that only lacks its newline counts: what it says is all there.
        let kept = if text[cut..].starts_with('\n') && cut > first_line { kept + 1 } else { kept };
        let expected = text.lines().take(kept).filter(|line| line.contains("item_completed")).count();
        assert_eq!(items(&stored).len(), expected, "cut at {cut}");
        assert_eq!(items(&stored), items(&whole)[..expected]);
        let cut_inside = !text[..cut].ends_with('\n') && !text[cut..].starts_with('\n') && cut < text.len();
        assert_eq!(stored.damaged_lines, usize::from(cut_inside), "cut at {cut}");
        for turn in &stored.thread.turns {
            let ended = text[..cut].contains(&format!("\"turn_id\":\"{}\",\"last_agent_message\"", turn.id));
            let complete = turn.status == v2::TurnStatus::Completed;
            assert!(!complete || ended, "cut at {cut}: {} cannot be complete", turn.id);
        }
    }
}

/// Not a test of its own: the process that `what_was_acknowledged_survives_a_kill` kills.
#[tokio::test]
#[ignore = "runs in a process of its own"]
async fn writes_until_it_is_killed() {
    let Ok(home) = std::env::var("KILLED_WRITER_HOME") else { return };
    let recorder = store(home.as_ref()).create(thread(1)).unwrap();
    for number in 0.. {
        recorder.append(turn(&format!("t{number}"), "Hi", &"x".repeat(3000))).await.unwrap();
        println!("acknowledged {number}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let home = Home::new();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "damage::writes_until_it_is_killed", "--nocapture"])
        .env("KILLED_WRITER_HOME", home.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut acknowledged = None;
    for line in output.lines() {
        if let Some((_, number)) = line.unwrap().split_once("acknowledged ") {
            let number: usize = number.trim().parse().unwrap();
            acknowledged = Some(number);
            if number == 100 {
                child.kill().unwrap();
            }
        }
    }
    child.wait().unwrap();
    let acknowledged = acknowledged.unwrap();
    assert!(acknowledged >= 100);
    let stored = home.store.read(&id(1), true).await.unwrap();
    let complete = stored.thread.turns.iter().take_while(|turn| turn.status == v2::TurnStatus::Completed).count();
    assert!(
        complete > acknowledged,
        "{complete} turns are complete, {acknowledged} and those before were acknowledged"
    );
    assert!(stored.damaged_lines <= 1, "at most the last line is cut");
    home.store.create(thread(1)).unwrap();
}

#[tokio::test]
async fn a_file_without_metadata_is_damaged_not_empty() {
    let home = Home::new();
    home.put(&format!("rollout-2026-03-04T05-06-07-{}.jsonl", id(1)), "{}\n\n[1]\n");
    let error = home.store.read(&id(1), true).await.unwrap_err();
    assert!(matches!(error, codex_thread_store::StoreError::Damaged { .. }), "{error:?}");
}

/// Bytes between lines: noise, broken JSON, JSON of other shapes, deep nesting, known kinds with wrong fields.
fn garbage() -> impl Strategy<Value = Vec<u8>> {
    let json = "(\\{\"timestamp\":\"x\",\"type\":\"(event_msg|session_meta|turn_context|nope)\",\"payload\":){0,1}\
                (\\{\"type\":\"(item_completed|task_complete|user_message|token_count)\",?\\}|null|\\[\\]|\"\\\\u00zz\"|7)\\}?";
    let events = prop::sample::select(vec![
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"item_completed","turn_id":7,"item":{}}}"#,
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"item_completed","turn_id":"t","item":{"type":"UserMessage"}}}"#,
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"item_completed","turn_id":"t","item":[]}}"#,
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"turn_aborted","turn_id":"no such turn"}}"#,
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"task_complete","error":7}}"#,
        r#"{"timestamp":"x","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{}}}}"#,
        r#"{"timestamp":"x","type":"turn_context","payload":{"model":7}}"#,
        r#"{"timestamp":"x","type":"session_meta","payload":{"id":"another","history_mode":"legacy"}}"#,
        r#"{"timestamp":"x","type":"world_state","payload":"x"}"#,
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>().prop_map(|byte| if byte == b'\n' { b' ' } else { byte }), 0..200),
        json.prop_map(String::into_bytes),
        events.prop_map(|line| line.as_bytes().to_vec()),
        (1..5000_usize).prop_map(|depth| [vec![b'['; depth], vec![b']'; depth]].concat()),
        Just(vec![0; 70_000]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn garbage_between_lines_never_hides_the_good_ones(noise in prop::collection::vec((1_usize..9, garbage()), 0..12), cut in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (home, name, text) = written().await;
            let whole = home.store.read(&id(1), true).await.unwrap();
            let mut lines: Vec<Vec<u8>> = text.lines().map(|line| line.as_bytes().to_vec()).collect();
            for (at, bytes) in noise {
                let at = at.min(lines.len());
                lines.insert(at, bytes);
            }
            let mut bytes = lines.join(&b'\n');
            if !cut {
                bytes.push(b'\n');
            }
            home.put(&name, &bytes);
            let stored = home.store.read(&id(1), true).await.unwrap();
            let found = items(&stored);
            for item in items(&whole) {
                assert!(found.contains(&item), "{item:?} is gone");
            }
            for turn in &whole.thread.turns {
                assert!(stored.thread.turns.contains(turn), "{turn:?} is gone");
            }
            assert_eq!(home.store.list(Default::default()).await.unwrap().threads.len(), 1);
        });
    }

    #[test]
    fn any_bytes_at_all_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let home = Home::new();
            home.put(&format!("rollout-2026-03-04T05-06-07-{}.jsonl", id(1)), &bytes);
            fs::write(home.path().join("session_index.jsonl"), &bytes).unwrap();
            let _ = home.store.read(&id(1), true).await;
            assert_eq!(home.store.list(Default::default()).await.unwrap().threads.len(), 0);
        });
    }
}
