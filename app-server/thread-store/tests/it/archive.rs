//! The archive, deleting, and metadata beside the rollouts.

use std::fs;
use std::path::{Path, PathBuf};

use codex_app_server_protocol::v2;
use codex_thread_store::{ListQuery, MetadataChange, StoreError, ThreadStore};
use serde_json::json;

use crate::support::*;

fn name(number: u32) -> String {
    format!("rollout-2026-03-04T05-06-{:02}-{}.jsonl", 7 + number, id(number))
}

/// A paginated file; `base` is the thread that its history goes on from.
fn file(number: u32, base: Option<(&str, usize)>) -> String {
    let mut meta = json!({"id": id(number), "timestamp": "2026-03-04T05:06:07.008Z", "cwd": "/project",
        "originator": "lab", "cli_version": "0.169.0", "source": "vscode", "history_mode": "paginated"});
    if let Some((thread, end)) = base {
        meta["history_base"] = json!({"thread_id": thread, "end_ordinal_exclusive": 2, "end_byte_offset": end});
    }
    let item = json!({"type": "UserMessage", "id": "u", "content": [{"type": "text", "text": format!("Hi {number}")}]});
    let event = json!({"type": "item_completed", "thread_id": id(number), "turn_id": "t", "item": item});
    let line = |kind: &str, payload| json!({"timestamp": "2026-03-04T05:06:07.008Z", "type": kind, "payload": payload});
    format!("{}\n{}\n", line("session_meta", meta), line("event_msg", event))
}

fn archived(home: &Home) -> Vec<String> {
    let Ok(entries) = fs::read_dir(home.path().join("archived_sessions")) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn archive(home: &Home, number: u32) -> Result<(), StoreError> {
    home.store.archive(home.store.lock(&id(number)).await?).await
}

async fn unarchive(home: &Home, number: u32) -> Result<v2::Thread, StoreError> {
    let stored = home.store.unarchive(home.store.lock(&id(number)).await?).await?;
    assert!(!stored.archived);
    Ok(stored.thread)
}

async fn delete(home: &Home, number: u32) -> Result<(), StoreError> {
    home.store.delete(home.store.lock(&id(number)).await?).await
}

async fn listed(home: &Home, archived: bool) -> Vec<String> {
    let page = home.store.list(ListQuery { archived, ..ListQuery::default() }).await.unwrap();
    page.threads.into_iter().map(|stored| stored.thread.id).collect()
}

fn age(path: &Path) {
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
}

/// Tells whether a file is the same one; the same for all where the standard library cannot tell.
fn inode(path: &Path) -> u64 {
    let metadata = fs::metadata(path).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::MetadataExt::ino(&metadata)
    }
    #[cfg(not(unix))]
    {
        u64::from(metadata.is_dir())
    }
}

#[tokio::test]
async fn a_thread_goes_to_the_archive_and_back() {
    let home = Home::new();
    let path = home.put(&name(1), file(1, None));
    age(&path);
    let before = fs::read(&path).unwrap();
    let first = inode(&path);
    assert!(!home.store.is_archived(&id(1)).await.unwrap());
    archive(&home, 1).await.unwrap();
    let there = home.path().join("archived_sessions").join(name(1));
    assert_eq!((inode(&there), path.exists()), (first, false), "the file itself was moved");
    assert!(home.store.is_archived(&id(1)).await.unwrap());
    assert_eq!((listed(&home, false).await, listed(&home, true).await), (vec![], vec![id(1)]));
    let read = home.store.read(&id(1), false).await.unwrap();
    assert_eq!((read.archived, read.thread.updated_at), (true, 1_600_000_000));
    let again = archive(&home, 1).await.unwrap_err();
    assert_eq!(again.to_string(), format!("no rollout found for thread id {}", id(1)));

    let thread = unarchive(&home, 1).await.unwrap();
    assert_eq!(thread.path.as_deref(), path.to_str());
    assert_eq!(thread.updated_at, 1_772_600_767, "it comes to the top of lists");
    assert_eq!((inode(&path), fs::read(&path).unwrap()), (first, before));
    assert_eq!((listed(&home, false).await, listed(&home, true).await), (vec![id(1)], vec![]));
    let again = unarchive(&home, 1).await.unwrap_err();
    assert_eq!(again.to_string(), format!("no archived rollout found for thread id {}", id(1)));
}

#[tokio::test]
async fn who_may_not_write_may_not_move_or_delete() {
    let home = Home::new();
    home.put(&name(1), file(1, None));
    let other = store(home.path());
    let lock = other.lock(&id(1)).await.unwrap();
    assert_eq!(lock.thread_id(), id(1));
    for refused in [archive(&home, 1).await, unarchive(&home, 1).await.map(drop), delete(&home, 1).await] {
        assert_eq!(refused.unwrap_err().to_string(), format!("thread {} already has an active writer", id(1)));
    }
    drop(lock);
    archive(&home, 1).await.unwrap();
    assert_eq!(archived(&home), [name(1)]);
    assert!(matches!(home.store.lock("junk").await, Err(StoreError::InvalidId { .. })));
}

#[tokio::test]
async fn a_recorder_hands_its_lock_over_once_and_records_no_more() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    let path = PathBuf::from(recorder.path());
    let writing = recorder.append(turn("t1", "Hi", "Hello"));
    let lock = recorder.close().await.unwrap();
    writing.await.unwrap();
    assert_eq!(lines(&path).len(), 5, "what was given before is written");
    assert!(matches!(recorder.append(vec![started("t2")]).await, Err(StoreError::Closed { .. })));
    assert!(matches!(recorder.close().await, Err(StoreError::Locked { .. })));
    assert!(matches!(home.store.lock(&id(1)).await, Err(StoreError::Locked { .. })));
    home.store.archive(lock).await.unwrap();
    assert_eq!((path.exists(), archived(&home).len()), (false, 1));
    // The recorder lives on, the lock does not.
    unarchive(&home, 1).await.unwrap();
    assert_eq!(lines(&path).len(), 5);
    drop(recorder);
}

#[tokio::test]
async fn closing_makes_no_file_and_an_empty_append_does() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    drop(recorder.close().await.unwrap());
    assert!(!home.path().join("sessions").exists());
    assert!(matches!(delete(&home, 1).await, Err(StoreError::NotFound { .. })));

    let recorder = home.store.create(thread(2)).unwrap();
    recorder.append(Vec::new()).await.unwrap();
    assert_eq!(lines(recorder.path()).len(), 1);
    home.store.archive(recorder.close().await.unwrap()).await.unwrap();
    assert_eq!(archived(&home).len(), 1);
}

#[tokio::test]
async fn a_closed_recorder_that_is_given_up_frees_its_thread() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    drop(recorder.close());
    let other = home.store.create(thread(2)).unwrap();
    // The writer thread takes one after the other.
    other.append(vec![started("t1")]).await.unwrap();
    assert!(home.store.lock(&id(1)).await.is_ok());
}

#[tokio::test]
async fn all_files_of_a_reverted_thread_move_and_an_interrupted_move_is_finished() {
    let home = Home::new();
    let old = home.put(&name(1), file(1, None));
    let newer = format!("rollout-2026-03-05T05-06-08-{}_{}.jsonl", id(1), id(9));
    let new = home.put(&newer, file(1, Some((&id(1), file(1, None).len()))));
    archive(&home, 1).await.unwrap();
    assert_eq!(archived(&home), [name(1), newer.clone()]);

    // As if the server had died between the two: the newest decides.
    let there = home.path().join("archived_sessions");
    fs::rename(there.join(&newer), &new).unwrap();
    assert!(!home.store.is_archived(&id(1)).await.unwrap());
    assert_eq!(home.store.read(&id(1), true).await.unwrap().thread.preview, "Hi 1");
    archive(&home, 1).await.unwrap();
    assert_eq!(archived(&home), [name(1), newer.clone()]);
    fs::rename(there.join(&newer), &new).unwrap();
    unarchive(&home, 1).await.unwrap();
    assert_eq!((archived(&home).len(), old.exists(), new.exists()), (0, true, true));

    archive(&home, 1).await.unwrap();
    let thread = unarchive(&home, 1).await.unwrap();
    assert_eq!(thread.path.as_deref(), new.to_str());
    delete(&home, 1).await.unwrap();
    assert_eq!((old.exists(), new.exists()), (false, false));
}

#[tokio::test]
async fn compressed_files_are_moved_and_deleted_too() {
    let home = Home::new();
    let packed = format!("{}.zst", name(1));
    let path = home.put(&packed, [0x28, 0xb5, 0x2f, 0xfd]);
    archive(&home, 1).await.unwrap();
    assert_eq!((archived(&home), path.exists()), (vec![packed.clone()], false));
    let refused = unarchive(&home, 1).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unpack { .. }), "it is moved, and found to be damaged: {refused}");
    assert_eq!((archived(&home), path.exists()), (Vec::<String>::new(), true));
    delete(&home, 1).await.unwrap();
    assert!(!path.exists());
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let home = Home::new();
    let path = home.put(&name(1), file(1, None));
    let there = home.path().join("archived_sessions");
    fs::create_dir_all(&there).unwrap();
    fs::write(there.join(name(1)), "another").unwrap();
    let refused = archive(&home, 1).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Io { source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists));
    assert_eq!(fs::read_to_string(there.join(name(1))).unwrap(), "another");
    assert!(path.exists());
}

#[tokio::test]
async fn a_thread_that_a_fork_goes_on_from_stays() {
    let home = Home::new();
    let base = home.put(&name(1), file(1, None));
    home.put(&name(2), file(2, Some((&id(1), 10))));
    home.put(&name(3), file(3, None));
    let refused = async || delete(&home, 1).await.unwrap_err();
    let text = format!("cannot delete thread {}: forked history still references it", id(1));
    assert_eq!(refused().await.to_string(), text);
    archive(&home, 1).await.unwrap();
    archive(&home, 2).await.unwrap();
    assert_eq!(refused().await.to_string(), text, "wherever both are");
    unarchive(&home, 1).await.unwrap();
    assert_eq!(refused().await.to_string(), text);
    delete(&home, 2).await.unwrap();
    let packed = home.put(&format!("{}.zst", name(4)), "x");
    assert!(matches!(refused().await, StoreError::Unpack { path, .. } if path == packed), "it may be a fork");
    fs::remove_file(packed).unwrap();
    delete(&home, 1).await.unwrap();
    assert!(!base.exists());
    assert!(matches!(refused().await, StoreError::NotFound { .. }));
    assert_eq!(listed(&home, false).await, [id(3)]);
}

#[tokio::test]
async fn a_deleted_thread_takes_its_name_and_metadata_along() {
    let home = Home::new();
    for number in [1, 2] {
        home.put(&name(number), file(number, None));
        home.store.set_name(&id(number), Some("a name")).await.unwrap();
        let change = MetadataChange { git_info: None, daybreak_enabled: Some(true) };
        home.store.set_metadata(&id(number), change).await.unwrap();
    }
    let index = home.path().join("session_index.jsonl");
    fs::write(&index, format!("garbage\n{}", fs::read_to_string(&index).unwrap())).unwrap();
    delete(&home, 1).await.unwrap();
    for file in ["session_index.jsonl", "thread_metadata.jsonl"] {
        let text = fs::read_to_string(home.path().join(file)).unwrap();
        assert!(!text.contains(&id(1)) && text.contains(&id(2)), "{text}");
    }
    assert!(fs::read_to_string(&index).unwrap().starts_with("garbage\n"));
    home.put(&name(1), file(1, None));
    let thread = home.store.read(&id(1), false).await.unwrap().thread;
    assert_eq!((thread.name, thread.daybreak_enabled), (None, None));
    let thread = home.store.read(&id(2), false).await.unwrap().thread;
    assert_eq!((thread.name.as_deref(), thread.daybreak_enabled), (Some("a name"), Some(true)));
}

#[tokio::test]
async fn what_a_killed_server_has_begun_is_told_and_goes_with_its_thread() {
    let home = Home::new();
    let begun = |number| name(number).replace(".jsonl", ".begun");
    let [one, two, three] = [1, 2, 3].map(|number| home.put(&begun(number), "half a li"));
    home.put(&name(1), file(1, None));
    let lock = home.store.lock(&id(3)).await.unwrap();
    let report = home.store.check_history().await.unwrap();
    assert!(report.faults.is_empty() && report.files == 1, "{report:?}");
    let told: Vec<_> = [&one, &two].iter().map(|path| path.display().to_string()).collect();
    assert!(report.notes.len() == 2 && told.iter().all(|path| report.notes.iter().any(|note| note.contains(path))));
    drop(lock);
    delete(&home, 1).await.unwrap();
    assert!(matches!(delete(&home, 3).await, Err(StoreError::NotFound { .. })));
    assert_eq!((one.exists(), two.exists(), three.exists()), (false, true, false));
}

#[tokio::test]
async fn changed_git_facts_stand_over_those_of_the_file() {
    let home = Home::new();
    let mut new = thread(1);
    new.meta.git = Some(v2::GitInfo { sha: Some("a".to_owned()), branch: Some("main".to_owned()), origin_url: None });
    let recorder = home.store.create(new).unwrap();
    recorder.append(turn("t1", "Hi", "Hello")).await.unwrap();
    let size = fs::metadata(recorder.path()).unwrap().len();
    let change = async |git: serde_json::Value| {
        let git_info = Some(serde_json::from_value(git).unwrap());
        let change = MetadataChange { git_info, daybreak_enabled: None };
        home.store.set_metadata(&id(1), change).await.unwrap();
        let read = home.store.read(&id(1), false).await.unwrap().thread.git_info;
        let listed = home.store.list(ListQuery::default()).await.unwrap().threads.remove(0).thread.git_info;
        let anew = store(home.path()).read(&id(1), false).await.unwrap().thread.git_info;
        assert!(read == listed && read == anew, "{read:?} {listed:?} {anew:?}");
        serde_json::to_value(read).unwrap()
    };
    let facts = change(json!({"branch": "b", "originUrl": "u"})).await;
    assert_eq!(facts, json!({"sha": "a", "branch": "b", "originUrl": "u"}));
    let facts = change(json!({"branch": null})).await;
    assert_eq!(facts, json!({"sha": "a", "branch": null, "originUrl": "u"}));
    assert_eq!(change(json!({"sha": null, "originUrl": null})).await, json!(null));
    assert_eq!(change(json!({"sha": "c"})).await, json!({"sha": "c", "branch": null, "originUrl": null}));
    assert_eq!(fs::metadata(recorder.path()).unwrap().len(), size, "the rollout stays as it is");
}
