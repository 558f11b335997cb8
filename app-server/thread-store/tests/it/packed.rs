//! Compressed rollouts: read, paged, listed, moved and deleted like others; packed and unpacked without loss.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use codex_app_server_protocol::v2;
use codex_thread_store::{ListQuery, StoreError, ThreadStore};

use crate::reading::{data, sample};
use crate::support::*;

fn pack_by_hand(path: &Path) -> PathBuf {
    let packed = PathBuf::from(format!("{}.zst", path.display()));
    fs::write(&packed, zstd::encode_all(fs::read(path).unwrap().as_slice(), 3).unwrap()).unwrap();
    fs::remove_file(path).unwrap();
    packed
}

fn rollouts(home: &Home) -> Vec<PathBuf> {
    fn add(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { add(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    for folder in ["sessions", "archived_sessions"] {
        if home.path().join(folder).exists() {
            add(&home.path().join(folder), &mut found);
        }
    }
    found.sort();
    found
}

/// The test's clock stands at this time.
fn days_ago(days: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_772_600_767_008) - Duration::from_secs(days * 24 * 60 * 60)
}

fn age(path: &Path, days: u64) {
    fs::OpenOptions::new().write(true).open(path).unwrap().set_modified(days_ago(days)).unwrap();
}

#[tokio::test]
async fn recorded_threads_are_the_same_when_packed() {
    for entry in fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (home, _, thread) = sample(&name);
        let before = home.store.read(&thread, true).await.unwrap();
        let list = home.store.list(ListQuery::default()).await.unwrap();
        let params = v2::ThreadTurnsListParams { thread_id: thread.clone(), limit: Some(2), ..Default::default() };
        let page = home.store.turns_page(params.clone()).await.unwrap();
        for path in rollouts(&home) {
            pack_by_hand(&path);
        }
        // The wire shows the name that the file has when it is used again.
        let after = home.store.read(&thread, true).await.unwrap();
        assert_eq!(after.thread.turns, before.thread.turns, "{name}");
        assert_eq!(after.thread.path, before.thread.path, "{name}");
        assert_eq!(after.damaged_lines, before.damaged_lines, "{name}");
        let now = home.store.list(ListQuery::default()).await.unwrap();
        assert_eq!(now.threads.len(), list.threads.len(), "{name}");
        for (now, before) in now.threads.iter().zip(&list.threads) {
            assert_eq!((&now.thread.preview, &now.thread.model), (&before.thread.preview, &before.thread.model));
        }
        assert_eq!(home.store.turns_page(params).await.unwrap(), page, "{name}");
        let lock = home.store.lock(&thread).await.unwrap();
        home.store.unpack(lock).await.unwrap();
        let own = |path: &PathBuf| path.to_str().unwrap().contains(&thread);
        assert!(rollouts(&home).iter().filter(|path| own(path)).all(|path| path.extension().unwrap() == "jsonl"));
        assert_eq!(home.store.read(&thread, true).await.unwrap().thread.turns, before.thread.turns, "{name}");
    }
}

async fn thread_of(home: &Home, number: u32) -> PathBuf {
    let recorder = home.store.create(thread(number)).unwrap();
    recorder.append(turn("t1", "Hi", &"Hello ".repeat(500))).await.unwrap();
    let path = recorder.path().to_owned();
    drop(recorder.close().await.unwrap());
    path
}

#[tokio::test]
async fn what_was_not_used_for_a_week_is_packed() {
    let home = Home::new();
    let (old, young, archived) = (thread_of(&home, 1).await, thread_of(&home, 2).await, thread_of(&home, 3).await);
    let busy = home.store.create(thread(4)).unwrap();
    busy.append(turn("t1", "Hi", "Hello")).await.unwrap();
    home.store.archive(home.store.lock(&id(3)).await.unwrap()).await.unwrap();
    let archived = home.path().join("archived_sessions").join(archived.file_name().unwrap());
    age(&old, 8);
    age(&young, 6);
    age(&archived, 400);
    age(busy.path(), 400);
    let before = fs::metadata(&old).unwrap();
    let turns = home.store.read(&id(1), true).await.unwrap().thread.turns;

    home.store.pack().await.unwrap();
    let packed = PathBuf::from(format!("{}.zst", old.display()));
    let expected =
        [PathBuf::from(format!("{}.zst", archived.display())), packed.clone(), young, busy.path().to_owned()];
    assert_eq!(rollouts(&home), expected);
    let after = fs::metadata(&packed).unwrap();
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
    assert!(after.len() < before.len() / 2);
    assert_eq!(home.store.read(&id(1), true).await.unwrap().thread.turns, turns);

    // An unarchived thread counts as used.
    let unarchived = home.store.unarchive(home.store.lock(&id(3)).await.unwrap()).await.unwrap();
    assert!(unarchived.thread.path.unwrap().ends_with(".jsonl"));
    home.store.delete(home.store.lock(&id(1)).await.unwrap()).await.unwrap();
    assert!(!packed.exists());
}

#[tokio::test]
async fn what_a_crash_left_twice_counts_once() {
    let home = Home::new();
    let path = thread_of(&home, 1).await;
    let packed = PathBuf::from(format!("{}.zst", path.display()));
    fs::write(&packed, b"half of a").unwrap();
    assert_eq!(home.store.read(&id(1), true).await.unwrap().thread.turns.len(), 1);
    assert_eq!(home.store.list(ListQuery::default()).await.unwrap().threads.len(), 1);
    home.store.unpack(home.store.lock(&id(1)).await.unwrap()).await.unwrap();
    assert_eq!(rollouts(&home), std::slice::from_ref(&path));

    fs::write(&packed, b"half of a").unwrap();
    age(&path, 8);
    home.store.pack().await.unwrap();
    assert_eq!(rollouts(&home), [packed]);
    assert_eq!(home.store.read(&id(1), true).await.unwrap().thread.turns.len(), 1);
}

#[tokio::test]
async fn a_damaged_packed_file_is_told_and_stays() {
    let home = Home::new();
    let path = thread_of(&home, 1).await;
    let packed = pack_by_hand(&path);
    let bytes = fs::read(&packed).unwrap();
    for damaged in [&bytes[..bytes.len() / 2], b"no zstd at all".as_slice(), b""] {
        fs::write(&packed, damaged).unwrap();
        let params = v2::ThreadTurnsListParams { thread_id: id(1), ..Default::default() };
        let errors = [home.store.read(&id(1), true).await.map(drop), home.store.turns_page(params).await.map(drop)];
        for error in errors {
            let error = error.unwrap_err();
            assert!(matches!(error, StoreError::Unpack { .. } | StoreError::Damaged { .. }), "{error:?}");
            assert!(error.to_string().contains(".jsonl.zst"), "{error}");
        }
        if !damaged.is_empty() {
            let error = home.store.unpack(home.store.lock(&id(1)).await.unwrap()).await.unwrap_err();
            assert!(matches!(error, StoreError::Unpack { .. }), "{error:?}");
            assert_eq!(rollouts(&home), std::slice::from_ref(&packed), "nothing is left beside it");
        }
        assert_eq!(home.store.list(ListQuery::default()).await.unwrap().threads.len(), 0);
    }
}

#[tokio::test]
async fn a_fork_of_a_packed_thread_keeps_it() {
    let home = Home::new();
    let base = thread_of(&home, 1).await;
    let text = fs::read_to_string(&base).unwrap();
    let history = serde_json::json!({ "thread_id": id(1), "end_ordinal_exclusive": 5, "end_byte_offset": text.len() });
    let fork = Text::new(&id(2), 5, serde_json::json!({ "history_base": history, "forked_from_id": id(1) }));
    let path = home.put(&base.file_name().unwrap().to_str().unwrap().replace(&id(1), &id(2)), fork.text);
    pack_by_hand(&path);
    pack_by_hand(&base);
    assert_eq!(home.store.read(&id(2), true).await.unwrap().thread.turns.len(), 1);
    let refused = home.store.delete(home.store.lock(&id(1)).await.unwrap()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Referenced { .. }), "{refused:?}");
}
