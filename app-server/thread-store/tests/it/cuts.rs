//! Histories cut at a turn, and threads that go on from there: forks, reverts, and forks and reverts of those.

use std::fs;
use std::sync::Arc;

use codex_app_server_protocol::v2;
use codex_thread_store::{
    Cut, History, HistoryBase, ItemMetadata, NewThread, ResponseItemLine, RolloutItem, StoreError, ThreadFile,
    ThreadStore,
};
use serde_json::{Value, json};

use crate::support::*;

fn item(role: &str, text: &str) -> RolloutItem {
    let item = json!({ "type": "message", "role": role, "content": [{ "type": "text", "text": text }] });
    RolloutItem::ResponseItem(ResponseItemLine {
        item: Arc::from(serde_json::value::to_raw_value(&item).unwrap()),
        passthrough: None,
        metadata: ItemMetadata::default(),
    })
}

/// A whole turn with what the model saw of it; 6 lines in a paginated file.
fn told(id: &str) -> Vec<RolloutItem> {
    let mut lines = turn(id, &format!("say {id}"), "ok");
    lines.insert(1, item("user", &format!("say {id}")));
    lines.insert(3, item("assistant", "ok"));
    lines
}

async fn write(home: &Home, new: NewThread, turns: &[&str]) {
    let recorder = home.store.create(new).unwrap();
    recorder.append(turns.iter().flat_map(|id| told(id)).collect()).await.unwrap();
    recorder.close().await.unwrap();
}

async fn history(home: &Home, thread: u32, cut: Cut) -> Result<History, StoreError> {
    home.store.history(ThreadFile::Id(id(thread)), cut, true).await
}

fn before(turn: &str) -> Cut {
    Cut::Before(turn.to_owned())
}

fn through(turn: &str) -> Cut {
    Cut::Through(turn.to_owned())
}

/// A fork that goes on from a place, as thread `number`.
fn fork_of(history: &History, number: u32) -> NewThread {
    let mut new = thread(number);
    new.meta.forked_from_id = Some(history.stored.thread.id.clone());
    new.meta.history_base.clone_from(&history.end);
    new
}

/// Takes thread 1 back to before a turn; its next file is the `number`th of the thread, begun in that second.
async fn revert(home: &Home, turn: &str, number: u32, second: u32, turns: &[&str]) {
    let lock = home.store.lock(&id(1)).await.unwrap();
    let history = history(home, 1, before(turn)).await.unwrap();
    let mut new = thread(second);
    new.thread_id = id(1);
    new.meta.history_base.clone_from(&history.end);
    new.continuation = Some(id(number));
    let recorder = home.store.create_with(new, lock);
    recorder.append(turns.iter().flat_map(|id| told(id)).collect()).await.unwrap();
    recorder.close().await.unwrap();
}

/// Checks that items, turns and ids of a history are those of these turns.
fn assert_turns(history: &History, expected: &[&str]) {
    let said: Vec<_> = history.items.iter().filter(|item| item.said).map(|item| text_of(item.item.get())).collect();
    assert_eq!(said, expected.iter().map(|id| format!("say {id}")).collect::<Vec<_>>());
    assert_eq!(history.items.len(), 2 * expected.len());
    assert_eq!(history.turn_ids, expected);
    let turns: Vec<_> = history.stored.thread.turns.iter().map(|turn| turn.id.as_str()).collect();
    assert_eq!(turns, expected);
    assert!(history.stored.thread.turns.iter().all(|turn| turn.status == v2::TurnStatus::Completed));
    assert_eq!(
        history.last_turn.as_ref().map(|(id, ended)| (id.as_str(), *ended)),
        expected.last().map(|id| (*id, true))
    );
    assert_eq!(history.stored.thread.preview, expected.first().map(|id| format!("say {id}")).unwrap_or_default());
}

fn text_of(item: &str) -> String {
    let item: Value = serde_json::from_str(item).unwrap();
    item["content"][0]["text"].as_str().unwrap().to_owned()
}

async fn assert_whole(home: &Home, thread: u32, expected: &[&str]) {
    assert_turns(&history(home, thread, Cut::All).await.unwrap(), expected);
    let read = home.store.read(&id(thread), true).await.unwrap();
    let turns: Vec<_> = read.thread.turns.iter().map(|turn| turn.id.as_str()).collect();
    assert_eq!(turns, expected);
}

#[tokio::test]
async fn a_history_is_cut_before_or_after_any_turn() {
    let home = Home::new();
    write(&home, thread(1), &["t1", "t2", "t3"]).await;
    let path = home.store.read(&id(1), false).await.unwrap().thread.path.unwrap();
    let text = fs::read_to_string(path).unwrap();
    let length =
        |lines: u64| text.split_inclusive('\n').take(usize::try_from(lines).unwrap()).map(str::len).sum::<usize>();
    let cases: [(Cut, &[&str], u64); 6] = [
        (Cut::All, &["t1", "t2", "t3"], 19),
        (through("t3"), &["t1", "t2", "t3"], 19),
        (through("t2"), &["t1", "t2"], 13),
        (before("t3"), &["t1", "t2"], 13),
        (before("t2"), &["t1"], 7),
        (through("t1"), &["t1"], 7),
    ];
    for (cut, turns, lines) in cases {
        let history = history(&home, 1, cut.clone()).await.unwrap();
        assert_turns(&history, turns);
        let end = HistoryBase { thread_id: id(1), end_ordinal_exclusive: lines, end_byte_offset: length(lines) as u64 };
        assert_eq!(history.end, Some(end), "{cut:?}");
    }
    let nothing = history(&home, 1, before("t1")).await.unwrap();
    assert_turns(&nothing, &[]);
    assert_eq!(nothing.end, None, "nothing to go on from");
    for cut in [before("t4"), through("t4"), before("")] {
        let error = history(&home, 1, cut.clone()).await.unwrap_err();
        assert!(matches!(error, StoreError::TurnNotFound { .. }), "{cut:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_fork_is_cut_in_its_own_turns_and_in_those_it_has_from_its_source() {
    let home = Home::new();
    write(&home, thread(1), &["t1", "t2", "t3"]).await;
    let base = history(&home, 1, through("t2")).await.unwrap();
    write(&home, fork_of(&base, 2), &["f1", "f2"]).await;
    assert_whole(&home, 2, &["t1", "t2", "f1", "f2"]).await;
    assert_whole(&home, 1, &["t1", "t2", "t3"]).await;
    let cases: [(Cut, &[&str], u32); 5] = [
        (before("t2"), &["t1"], 1),
        (through("t1"), &["t1"], 1),
        (before("f2"), &["t1", "t2", "f1"], 2),
        (through("f1"), &["t1", "t2", "f1"], 2),
        (through("f2"), &["t1", "t2", "f1", "f2"], 2),
    ];
    for (number, (cut, turns, in_file_of)) in cases.into_iter().enumerate() {
        let history = history(&home, 2, cut.clone()).await.unwrap();
        assert_turns(&history, turns);
        assert_eq!(history.end.as_ref().unwrap().thread_id, id(in_file_of), "{cut:?}");
        assert_eq!(history.stored.thread.id, id(2));
        // A fork of the fork has what was before the cut, and its own.
        let fork = 10 + u32::try_from(number).unwrap();
        write(&home, fork_of(&history, fork), &["g1"]).await;
        assert_whole(&home, fork, &[turns, &["g1"]].concat()).await;
    }
    for cut in [before("f1"), through("t2")] {
        let cut = history(&home, 2, cut).await.unwrap();
        assert_turns(&cut, &["t1", "t2"]);
        write(&home, fork_of(&cut, 30), &["g1"]).await;
        assert_whole(&home, 30, &["t1", "t2", "g1"]).await;
        home.store.delete(home.store.lock(&id(30)).await.unwrap()).await.unwrap();
    }
    // What the source has of its own is none of the fork's.
    assert!(matches!(history(&home, 2, before("t3")).await, Err(StoreError::TurnNotFound { .. })));
}

#[tokio::test]
async fn ordinals_go_on_from_the_place() {
    let home = Home::new();
    write(&home, thread(1), &["t1", "t2"]).await;
    let base = history(&home, 1, through("t1")).await.unwrap();
    write(&home, fork_of(&base, 2), &["f1"]).await;
    revert(&home, "t2", 90, 5, &["r1"]).await;
    for thread in [1, 2] {
        let path = home.store.read(&id(thread), false).await.unwrap().thread.path.unwrap();
        let ordinals: Vec<_> = lines(path.as_ref()).iter().map(|line| line["ordinal"].as_u64().unwrap()).collect();
        assert_eq!(ordinals, (7..14).collect::<Vec<_>>());
        let resumed = home.store.resume(ThreadFile::Id(id(thread)), false).await.unwrap();
        assert_eq!(resumed.recorder.path(), std::path::Path::new(&path));
        resumed.recorder.append(told("more")).await.unwrap();
        assert_eq!(lines(path.as_ref()).last().unwrap()["ordinal"], 19);
    }
}

#[tokio::test]
async fn a_thread_that_was_reverted_again_and_again_goes_through_the_files_that_count() {
    // All in one second, and each in its own.
    for pace in [0, 1] {
        let home = Home::new();
        write(&home, thread(1), &["t1", "t2", "t3"]).await;
        revert(&home, "t3", 90, 1 + pace, &["r3", "r4"]).await;
        assert_whole(&home, 1, &["t1", "t2", "r3", "r4"]).await;
        // Within the second file.
        revert(&home, "r4", 91, 1 + 2 * pace, &["s4"]).await;
        assert_whole(&home, 1, &["t1", "t2", "r3", "s4"]).await;
        // Back into the first file, past the second and the third.
        revert(&home, "t2", 92, 1 + 3 * pace, &["u2", "u3"]).await;
        assert_whole(&home, 1, &["t1", "u2", "u3"]).await;
        for cut in [before("u2"), through("t1")] {
            assert_turns(&history(&home, 1, cut).await.unwrap(), &["t1"]);
        }
        assert!(matches!(history(&home, 1, before("r3")).await, Err(StoreError::TurnNotFound { .. })));
        revert(&home, "u3", 93, 1 + 4 * pace, &[]).await;
        assert_whole(&home, 1, &["t1", "u2"]).await;
        let first = history(&home, 1, before("t1")).await.unwrap();
        assert_eq!(first.end, None);
        revert(&home, "t1", 94, 1 + 5 * pace, &["v1"]).await;
        assert_whole(&home, 1, &["v1"]).await;
        assert_eq!(
            home.store.read(&id(1), false).await.unwrap().thread.created_at,
            1_772_600_768 + i64::from(5 * pace)
        );
    }
}

#[tokio::test]
async fn a_fork_keeps_what_its_source_is_taken_back_from() {
    for pace in [0, 10] {
        let home = Home::new();
        write(&home, thread(1), &["t1", "t2", "t3"]).await;
        let base = history(&home, 1, Cut::All).await.unwrap();
        let mut fork = fork_of(&base, 2);
        fork.created_at = thread(1).created_at;
        write(&home, fork, &["f1"]).await;
        revert(&home, "t2", 90, 1 + pace, &["r2", "r3", "r4"]).await;
        assert_whole(&home, 2, &["t1", "t2", "t3", "f1"]).await;
        let base = history(&home, 1, through("r3")).await.unwrap();
        let mut fork = fork_of(&base, 3);
        fork.created_at = thread(1 + pace).created_at;
        write(&home, fork, &["g1"]).await;
        assert_whole(&home, 3, &["t1", "r2", "r3", "g1"]).await;
        assert_whole(&home, 1, &["t1", "r2", "r3", "r4"]).await;
    }
}

#[tokio::test]
async fn a_legacy_fork_has_the_lines_themselves() {
    let legacy = |number: u32| {
        let mut new = thread(number);
        new.meta.history_mode = v2::ThreadHistoryMode::Legacy;
        new
    };
    let home = Home::new();
    write(&home, legacy(1), &["t1", "t2"]).await;
    let path = home.store.read(&id(1), false).await.unwrap().thread.path.unwrap();
    let source = fs::read_to_string(&path).unwrap();
    let cases: [(u32, Cut, &[&str]); 3] =
        [(2, Cut::All, &["t1", "t2"]), (3, through("t1"), &["t1"]), (4, before("t1"), &[])];
    for (number, cut, turns) in cases {
        let history = history(&home, 1, cut).await.unwrap();
        assert_turns(&history, turns);
        let copied = home.store.lines(&history).await.unwrap();
        assert!(source.as_bytes().starts_with(&copied));
        let mut fork = legacy(number);
        fork.meta.forked_from_id = Some(id(1));
        fork.copied.clone_from(&copied);
        write(&home, fork, &["f1"]).await;
        assert_whole(&home, number, &[turns, &["f1"]].concat()).await;
        let path = home.store.read(&id(number), false).await.unwrap().thread.path.unwrap();
        let text = fs::read(path).unwrap();
        let first = text.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        assert!(text[first..].starts_with(&copied), "the copied lines follow the first");
    }
    assert_eq!(fs::read_to_string(path).unwrap(), source);
}
