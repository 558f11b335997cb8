//! Names of threads.

use std::fs;

use codex_thread_store::ThreadStore;

use crate::support::*;

#[tokio::test]
async fn the_last_name_of_a_thread_counts() {
    let home = Home::new();
    let recorder = home.store.create(thread(1)).unwrap();
    home.store.set_name(&id(1), Some("first")).await.unwrap();
    recorder.append(turn("t1", "Hi", "Hello")).await.unwrap();
    home.store.set_name(&id(2), Some("another")).await.unwrap();
    let name = async || home.store.read(&id(1), false).await.unwrap().thread.name;
    assert_eq!(name().await.as_deref(), Some("first"));
    home.store.set_name(&id(1), Some("second \"quoted\"")).await.unwrap();
    assert_eq!(name().await.as_deref(), Some("second \"quoted\""));
    home.store.set_name(&id(1), None).await.unwrap();
    assert_eq!(name().await, None);

    let text = fs::read_to_string(home.path().join("session_index.jsonl")).unwrap();
    let first = text.lines().next().unwrap();
    assert_eq!(first, format!(r#"{{"id":"{}","thread_name":"first","updated_at":"2026-03-04T05:06:07.008Z"}}"#, id(1)));
    assert_eq!(text.lines().count(), 4);
}

#[tokio::test]
async fn names_written_by_others_are_seen() {
    let home = Home::new();
    home.store.create(thread(1)).unwrap().append(turn("t1", "Hi", "Hello")).await.unwrap();
    let index = home.path().join("session_index.jsonl");
    let line = |name: &str| format!("{{\"id\":\"{}\",\"thread_name\":\"{name}\",\"updated_at\":\"x\"}}\n", id(1));
    let name = async || home.store.read(&id(1), false).await.unwrap().thread.name.unwrap_or_default();

    fs::write(&index, format!("{}garbage\n\n{{\"id\":7}}\n", line("a"))).unwrap();
    assert_eq!(name().await, "a");
    // Replaced by a shorter file, then by one whose last line is not whole yet.
    fs::write(home.path().join("new"), line("b")).unwrap();
    fs::rename(home.path().join("new"), &index).unwrap();
    assert_eq!(name().await, "b");
    let half = line("c");
    let half = half.trim_end();
    fs::write(&index, format!("{}{}", line("b"), &half[..half.len() - 4])).unwrap();
    assert_eq!(name().await, "b");
    // Our own line begins on a line of its own.
    home.store.set_name(&id(1), Some("d")).await.unwrap();
    assert_eq!(name().await, "d");
}

#[tokio::test]
async fn names_set_at_once_are_all_kept() {
    let home = Home::new();
    let other = store(home.path());
    let ours = (0..50).map(|number| home.store.set_name(&id(number), Some("ours")));
    let theirs = (50..100).map(|number| other.set_name(&id(number), Some("theirs")));
    let tasks: Vec<_> = ours.chain(theirs).map(tokio::spawn).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let index = lines(&home.path().join("session_index.jsonl"));
    let mut ids: Vec<_> = index.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    assert_eq!(ids, (0..100).map(id).collect::<Vec<_>>());
}
