//! Pages of the thread list.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use codex_app_server_protocol::v2::SortDirection::{self, Asc, Desc};
use codex_thread_store::{Cursor, ListQuery, Page, SortKey, Sources, StoreError, ThreadStore};

use crate::support::*;

/// Threads 1 to `count`, each a second younger than the one before.
async fn threads(count: u32) -> Home {
    let home = Home::new();
    for number in 1..=count {
        let recorder = home.store.create(thread(number)).unwrap();
        recorder.append(turn("t1", &format!("Question {number}"), "Answer")).await.unwrap();
    }
    home
}

fn numbers(page: &Page) -> Vec<u32> {
    let number = |id: &str| u32::from_str_radix(id.rsplit_once('-').unwrap().1, 16).unwrap();
    page.threads.iter().map(|stored| number(&stored.thread.id)).collect()
}

/// A cursor as a client would hand it back.
fn again(cursor: Option<Cursor>) -> Option<Cursor> {
    cursor.map(|cursor| cursor.to_string().parse().unwrap())
}

async fn all(home: &Home, sort: SortKey, direction: SortDirection, limit: usize) -> Vec<Vec<u32>> {
    let mut pages = Vec::new();
    let mut cursor = None;
    loop {
        let query = ListQuery { limit, cursor, sort, direction, ..ListQuery::default() };
        let page = home.store.list(query).await.unwrap();
        pages.push(numbers(&page));
        cursor = again(page.next);
        if cursor.is_none() {
            return pages;
        }
    }
}

#[tokio::test]
async fn pages_go_through_all_threads_once_in_both_directions() {
    let home = threads(5).await;
    assert_eq!(all(&home, SortKey::CreatedAt, Desc, 2).await, [vec![5, 4], vec![3, 2], vec![1]]);
    assert_eq!(all(&home, SortKey::CreatedAt, Asc, 2).await, [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(all(&home, SortKey::CreatedAt, Desc, 5).await, [vec![5, 4, 3, 2, 1]]);
    assert_eq!(all(&home, SortKey::CreatedAt, Desc, 0).await.len(), 5, "a limit of 0 acts as 1");
}

#[tokio::test]
async fn the_backwards_cursor_shows_the_page_s_first_thread_and_what_came_since() {
    let home = threads(3).await;
    let page = home.store.list(ListQuery { limit: 2, ..ListQuery::default() }).await.unwrap();
    let recorder = home.store.create(thread(4)).unwrap();
    recorder.append(turn("t1", "Later", "Answer")).await.unwrap();
    let back = ListQuery { cursor: again(page.backwards), direction: Asc, ..ListQuery::default() };
    assert_eq!(numbers(&home.store.list(back).await.unwrap()), [3, 4]);
    let empty = home.store.list(ListQuery { archived: true, ..ListQuery::default() }).await.unwrap();
    assert!(empty.backwards.is_none() && empty.next.is_none() && empty.threads.is_empty());
}

#[tokio::test]
async fn order_by_change_goes_by_the_files_times() {
    let home = threads(3).await;
    for (number, age) in [(1, 10), (2, 30), (3, 20)] {
        let path = home.store.read(&id(number), false).await.unwrap().thread.path.unwrap();
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 - age);
        File::options().append(true).open(path).unwrap().set_modified(moment).unwrap();
    }
    assert_eq!(all(&home, SortKey::UpdatedAt, Desc, 2).await, [vec![1, 3], vec![2]]);
    assert_eq!(all(&home, SortKey::RecencyAt, Asc, 2).await, [vec![2, 3], vec![1]]);
    let page = home.store.list(ListQuery { sort: SortKey::UpdatedAt, ..ListQuery::default() }).await.unwrap();
    assert_eq!(page.threads[0].thread.updated_at, 1_800_000_000 - 10);
    assert_eq!(page.threads[0].thread.recency_at, Some(1_800_000_000 - 10));
}

#[tokio::test]
async fn only_threads_with_a_user_message_are_listed() {
    let home = threads(1).await;
    let silent = home.store.create(thread(2)).unwrap();
    silent.append(vec![started("t1"), agent("t1", "a", "alone")]).await.unwrap();
    let unwritten = home.store.create(thread(3)).unwrap();
    assert!(!unwritten.path().exists());
    assert_eq!(all(&home, SortKey::CreatedAt, Desc, 9).await, [vec![1]]);
    assert!(home.store.exists(&id(2)).await.unwrap());
    assert_eq!(home.store.read(&id(2), true).await.unwrap().thread.turns.len(), 1);
}

#[tokio::test]
async fn filters_keep_what_they_name() {
    let home = threads(2).await;
    let mut other = thread(3);
    other.meta.cwd = "/elsewhere".to_owned();
    other.meta.model_provider = "other".to_owned();
    other.meta.source = codex_app_server_protocol::v2::SessionSource::Cli;
    home.store.create(other).unwrap().append(turn("t1", "Something ELSE", "Answer")).await.unwrap();
    let list = async |query: ListQuery| numbers(&home.store.list(query).await.unwrap());
    let cwd = Some(vec!["/elsewhere".to_owned()]);
    assert_eq!(list(ListQuery { cwd, ..ListQuery::default() }).await, [3]);
    let cwd = Some(vec!["/elsewhere/".to_owned()]);
    assert_eq!(list(ListQuery { cwd, ..ListQuery::default() }).await, [3]);
    let cwd = Some(vec!["/else".to_owned()]);
    assert_eq!(list(ListQuery { cwd, ..ListQuery::default() }).await, [0; 0]);
    let model_providers = vec!["mock".to_owned()];
    assert_eq!(list(ListQuery { model_providers, ..ListQuery::default() }).await, [2, 1]);
    let sources = Sources::Kinds(vec![codex_app_server_protocol::v2::ThreadSourceKind::Cli]);
    assert_eq!(list(ListQuery { sources, ..ListQuery::default() }).await, [3]);
    let search_term = Some("thing ELSE".to_owned());
    assert_eq!(list(ListQuery { search_term, ..ListQuery::default() }).await, [3]);
    let search_term = Some("thing else".to_owned());
    assert_eq!(list(ListQuery { search_term, ..ListQuery::default() }).await, [0; 0]);
    home.store.set_name(&id(1), Some("Named kiwi")).await.unwrap();
    let search_term = Some("kiwi".to_owned());
    assert_eq!(list(ListQuery { search_term, ..ListQuery::default() }).await, [1]);
    let excluded = [id(2)].into();
    assert_eq!(list(ListQuery { excluded, ..ListQuery::default() }).await, [3, 1]);
    let only = Some([id(2)].into());
    assert_eq!(list(ListQuery { only, ..ListQuery::default() }).await, [2]);
}

#[tokio::test]
async fn foreign_files_and_folders_do_no_harm() {
    let home = threads(1).await;
    let day = home.path().join("sessions/2026/03/04");
    fs::write(day.join("notes.txt"), "hello").unwrap();
    fs::write(day.join(format!("rollout-2026-03-04T09-00-00-{}.jsonl", id(7))), [0xff, 0xfe, b'\n', b'{']).unwrap();
    fs::create_dir_all(day.join(format!("rollout-2026-03-04T09-00-00-{}.jsonl", id(8)))).unwrap();
    fs::create_dir_all(home.path().join("sessions/2026/13/99/x")).unwrap();
    fs::create_dir_all(home.path().join("sessions/tmp/03/04")).unwrap();
    fs::write(home.path().join("sessions/2027"), "a file").unwrap();
    assert_eq!(all(&home, SortKey::CreatedAt, Desc, 9).await, [vec![1]]);
}

#[test]
fn cursors_come_back_as_they_went_and_others_are_refused() {
    for text in [
        format!("2026-11-21T09:21:28Z|{}", id(1)),
        format!("2026-11-21T09:21:28.545Z={}", id(1)),
        "2026-11-21T09:21:28.545Z".to_owned(),
    ] {
        assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
    }
    for text in ["x", "", "123|y", "2026-01-01T00:00:00Z|x", "|", "2026-01-01T00:00:00Z|"] {
        let error = text.parse::<Cursor>().unwrap_err();
        assert!(matches!(&error, StoreError::InvalidCursor { cursor } if cursor == text));
        assert_eq!(error.to_string(), format!("invalid cursor: {text}"));
    }
}
