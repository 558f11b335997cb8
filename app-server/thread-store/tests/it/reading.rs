//! What codex 0.169.0 answered for files of its own making and for hand-made ones is what is read from them here.

use std::fs;
use std::path::Path;

use codex_app_server_protocol::v2;
use codex_thread_store::{ListQuery, RolloutItem, StoreError, StoredThread, ThreadStore};
use serde_json::{Value, json};

use crate::support::*;

fn data() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"))
}

/// A home with the files of a sample, what was expected of it, and the id of its newest thread.
pub(crate) fn sample(name: &str) -> (Home, Value, String) {
    let home = Home::new();
    let folder = data().join(name);
    let mut newest = String::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".jsonl") {
            home.put(&name, fs::read(&path).unwrap());
            newest = newest.max(name);
        }
    }
    let expected = fs::read(folder.join("expected.json")).unwrap();
    let id = newest["rollout-YYYY-MM-DDThh-mm-ss-".len()..][..36].to_owned();
    (home, serde_json::from_slice(&expected).unwrap(), id)
}

async fn read(name: &str) -> (StoredThread, Value) {
    let (home, expected, id) = sample(name);
    (home.store.read(&id, true).await.unwrap(), expected)
}

/// Some fields that the reference writes as null are left out here; to a reader both are the same.
const NULL_OR_ABSENT: [&str; 2] = ["detail", "transparentBackground"];

fn plain(turns: &[v2::Turn]) -> Value {
    let mut turns = serde_json::to_value(turns).unwrap();
    without_nulls(&mut turns);
    turns
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, value| !NULL_OR_ABSENT.contains(&key.as_str()) || !value.is_null());
            object.values_mut().for_each(without_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

#[tokio::test]
async fn turns_are_those_the_reference_answered() {
    let mut seen = 0;
    for entry in fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "paginated-reverted" {
            continue;
        }
        let (stored, mut expected) = read(&name).await;
        without_nulls(&mut expected);
        for (index, turn) in expected["turns"].as_array().unwrap().iter().enumerate() {
            let ours = stored.thread.turns.get(index).map(|turn| plain(std::slice::from_ref(turn)));
            assert_eq!(ours.as_ref().map(|turn| &turn[0]), Some(turn), "{name}, turn {index}");
        }
        assert_eq!(stored.thread.turns.len(), expected["turns"].as_array().unwrap().len(), "{name}");
        assert_eq!(json!(stored.thread.preview), expected["preview"], "{name}");
        assert_eq!(stored.thread.status, v2::ThreadStatus::NotLoaded);
        seen += 1;
    }
    assert!(seen > 15, "samples are missing: {seen}");
}

#[tokio::test]
async fn a_reverted_thread_goes_through_both_files() {
    let (stored, expected) = read("paginated-reverted").await;
    let first_texts: Vec<&str> = stored
        .thread
        .turns
        .iter()
        .map(|turn| match &turn.items[0].kind {
            v2::ThreadItemKind::UserMessage { content, .. } => match &content[0] {
                v2::UserInput::Text { text, .. } => text.as_str(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(first_texts, ["u1", "u2", "u-after"]);
    assert_eq!(plain(&stored.thread.turns[2..]), expected["turns"]);
    assert_eq!(stored.thread.preview, "u1");
    assert_eq!(stored.thread.created_at, 1_795_239_862);
}

#[tokio::test]
async fn lists_show_what_the_reference_showed() {
    for name in ["minimal-legacy", "minimal-paginated", "paginated-main", "legacy-main", "legacy-fork"] {
        let (home, expected, _) = sample(name);
        let page = home.store.list(ListQuery::default()).await.unwrap();
        let ours = serde_json::to_value(&page.threads[0].thread).unwrap();
        for (key, value) in expected["list"][0].as_object().unwrap() {
            // Both are the configured default or not yet asked of the index there.
            let open = (key == "modelProvider" && ours[key] == "") || key == "forkedFromId";
            assert!(open || ours[key] == *value, "{name}: {key} is {} instead of {value}", ours[key]);
        }
        assert_eq!(page.threads.len(), 1);
        assert_eq!(page.threads[0].thread.turns, []);
    }
}

#[tokio::test]
async fn a_fork_shows_and_lists_with_the_history_it_goes_on_from() {
    let (home, _, id) = sample("paginated-fork");
    let page = home.store.list(ListQuery::default()).await.unwrap();
    let previews: Vec<_> = page.threads.iter().map(|stored| stored.thread.preview.as_str()).collect();
    assert_eq!(previews, ["plain turn with reasoning"; 2]);
    assert_eq!(page.threads[0].thread.id, id);
    assert!(page.threads[0].thread.forked_from_id.is_some());
}

#[tokio::test]
async fn usage_is_that_after_the_last_response() {
    let (stored, _) = read("paginated-main").await;
    let usage = stored.last_token_usage.unwrap();
    assert_eq!((usage.last.total_tokens, usage.model_context_window), (15, Some(258_400)));
    assert!(usage.total.total_tokens > 15);
    let (stored, _) = read("minimal-legacy").await;
    assert_eq!(stored.last_token_usage, None);
}

#[tokio::test]
async fn damaged_lines_are_counted() {
    let (stored, _) = read("paginated-damaged-lines").await;
    assert_eq!(stored.damaged_lines, 1);
    let (stored, _) = read("legacy-damaged-lines").await;
    // Broken, an array, a text, a line without a time; unknown kinds are none.
    assert_eq!(stored.damaged_lines, 4);
    let (stored, _) = read("paginated-main").await;
    assert_eq!(stored.damaged_lines, 0);
}

#[tokio::test]
async fn a_thread_without_file_is_not_found() {
    let home = Home::new();
    for id in [id(1).as_str(), "no-uuid", "../../etc/passwd", ""] {
        let error = home.store.read(id, true).await.unwrap_err();
        assert!(matches!(&error, StoreError::NotFound { id: named } if named == id), "{error:?}");
        assert!(!home.store.exists(id).await.unwrap());
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "reading makes no folders");
}

#[tokio::test]
async fn files_lying_flat_or_archived_are_found_by_id() {
    let home = Home::new();
    let text =
        fs::read(data().join("minimal-legacy/rollout-2026-01-02T03-04-05-01950000-0000-7000-8000-0000000000a1.jsonl"))
            .unwrap();
    for folder in ["sessions", "archived_sessions"] {
        let folder_path = home.path().join(folder);
        fs::create_dir_all(&folder_path).unwrap();
        let path = folder_path.join("rollout-2026-01-02T03-04-05-01950000-0000-7000-8000-0000000000a1.jsonl");
        fs::write(&path, &text).unwrap();
        let stored = home.store.read("01950000-0000-7000-8000-0000000000a1", true).await.unwrap();
        assert_eq!(stored.archived, folder == "archived_sessions");
        assert_eq!(stored.thread.path.as_deref(), path.to_str());
        assert_eq!(stored.thread.turns.len(), 1);
        assert_eq!(home.store.list(ListQuery::default()).await.unwrap().threads.len(), 0);
        fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn threads_are_found_by_how_their_id_begins() {
    let home = Home::new();
    let name = |number: u32| format!("rollout-2026-01-02T03-04-05-{}.jsonl", id(number));
    home.put(&name(1), "");
    home.put(&name(2), "");
    // A later file of the same thread.
    home.put(&name(2).replace(".jsonl", "_01a1fca2-6946-77e3-9cfc-d5eed9f651c2.jsonl"), "");
    for (folder, number) in [("sessions", 3), ("archived_sessions", 4)] {
        fs::create_dir_all(home.path().join(folder)).unwrap();
        fs::write(home.path().join(folder).join(name(number)), "").unwrap();
    }
    let found =
        async |prefix: &str| home.store.ids_beginning_with(prefix).await.unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!(found("019cb77e-").await, [id(1), id(2), id(3), id(4)]);
    assert_eq!(found(&id(2).to_uppercase()).await, [id(2)]);
    assert_eq!(found("9cb77e").await, Vec::<String>::new());
    assert_eq!(found(&format!("{}0", id(1))).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_preview_is_the_first_message_that_shows_anything() {
    let text = |text: &str| v2::UserInput::Text { text: text.to_owned(), text_elements: Vec::new() };
    let image = || v2::UserInput::LocalImage { detail: None, path: "/a.png".to_owned() };
    let cases = [
        (vec![vec![text("a"), image(), text("b")]], Some("ab")),
        (vec![vec![text("  padded\n")]], Some("padded")),
        (vec![vec![text("context ## My request for Codex:\n hello "), text("more")]], Some("hello more")),
        (vec![vec![image()], vec![text("second")]], Some("[Image]")),
        (vec![vec![text("  ")], vec![text("second")]], Some("second")),
        (vec![vec![text("context ## My request for Codex:")]], None),
    ];
    for mode in [v2::ThreadHistoryMode::Paginated, v2::ThreadHistoryMode::Legacy] {
        for (messages, preview) in &cases {
            let home = Home::new();
            let mut new = thread(1);
            new.meta.history_mode = mode;
            let items = messages.iter().enumerate().map(|(number, content)| {
                let kind = v2::ThreadItemKind::UserMessage {
                    id: number.to_string(),
                    client_id: None,
                    content: content.clone(),
                };
                RolloutItem::item_completed("t1", &timed(kind))
            });
            let lines = std::iter::once(started("t1")).chain(items).collect();
            home.store.create(new).unwrap().append(lines).await.unwrap();
            let page = home.store.list(ListQuery::default()).await.unwrap();
            let listed = page.threads.first().map(|stored| stored.thread.preview.as_str());
            assert_eq!(listed, *preview, "{mode:?} {messages:?}");
            let stored = home.store.read(&id(1), false).await.unwrap();
            assert_eq!(stored.thread.preview, preview.unwrap_or_default());
        }
    }
}
