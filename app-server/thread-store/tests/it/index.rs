//! The index: it is never seen in an answer, whatever happens to it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use codex_app_server_protocol::v2::SortDirection::{self, Asc, Desc};
use codex_thread_store::{ListQuery, Relation, RolloutStore, SortKey, Sources, ThreadStore};
use codex_utils_database::rusqlite::Connection;
use proptest::prelude::*;

use crate::support::*;

const NAME: &str = "app-server-index.sqlite";

fn rollout(number: u32, text: &str, answer: &str, source: &str) -> (String, String) {
    let id = id(number);
    let meta = format!(
        r#"{{"timestamp":"2026-03-04T05:06:07Z","type":"session_meta","payload":{{"id":"{id}","timestamp":"2026-03-04T05:06:07Z","cwd":"/p{}","originator":"lab","cli_version":"1","source":"{source}","model_provider":"mock"}}}}"#,
        number % 2
    );
    let line = |kind: &str, text: &str| {
        let payload = serde_json::json!({ "type": kind, "message": text });
        serde_json::json!({ "timestamp": "2026-03-04T05:06:08Z", "type": "event_msg", "payload": payload }).to_string()
    };
    let name = format!("rollout-2026-03-{:02}T05-{:02}-07-{id}.jsonl", 1 + number % 3, number % 60);
    (name, format!("{meta}\n{}\n{}\n", line("user_message", text), line("agent_message", answer)))
}

async fn filled(store: &RolloutStore) {
    store.rebuild_index().await.unwrap();
    let report = store.check_index().await.unwrap();
    assert!(report.exists && report.faults.is_empty(), "{report:?}");
}

async fn listed(store: &RolloutStore, query: ListQuery) -> Vec<codex_thread_store::StoredThread> {
    store.list(query).await.unwrap().threads
}

async fn hits(store: &RolloutStore, term: &str) -> Vec<(String, String)> {
    let found = store.search(ListQuery::default(), term).await.unwrap();
    found.page.threads.into_iter().map(|stored| stored.thread.id).zip(found.snippets).collect()
}

/// A store that has no index: a folder lies in its place.
fn without_index(home: &Path) -> RolloutStore {
    let _ = fs::remove_file(home.join(NAME));
    let _ = fs::create_dir(home.join(NAME));
    store(home)
}

#[tokio::test]
async fn making_a_store_makes_no_index_and_the_first_list_does() {
    let home = Home::new();
    assert!(!home.store.exists(&id(1)).await.unwrap());
    assert!(!home.path().join(NAME).exists());
    listed(&home.store, ListQuery::default()).await;
    assert!(home.path().join(NAME).exists());
}

#[tokio::test]
async fn what_another_program_wrote_appended_archived_or_deleted_is_seen_at_once() {
    let home = Home::new();
    let (name, content) = rollout(1, "One wombat", "answer", "cli");
    let first = home.put(&name, content);
    filled(&home.store).await;
    let (name, content) = rollout(2, "Two wombats", "answer", "cli");
    let second = home.put(&name, content);
    assert_eq!(listed(&home.store, ListQuery::default()).await.len(), 2);
    assert_eq!(hits(&home.store, "wombat").await.len(), 2, "its texts are in no index yet");
    let line = r#"{"timestamp":"2026-03-04T05:06:08Z","type":"event_msg","payload":{"type":"agent_message","message":"A Narwhal"}}"#;
    let before = fs::read_to_string(&first).unwrap();
    fs::write(&first, format!("{before}{line}\n")).unwrap();
    assert_eq!(hits(&home.store, "narwhal").await, [(id(1), "A Narwhal".to_owned())]);
    filled(&home.store).await;
    assert_eq!(hits(&home.store, "narwhal").await.len(), 1);
    fs::create_dir_all(home.path().join("archived_sessions")).unwrap();
    fs::rename(&first, home.path().join("archived_sessions").join(first.file_name().unwrap())).unwrap();
    fs::remove_file(second).unwrap();
    assert_eq!(hits(&home.store, "wombat").await, []);
    let archived = listed(&home.store, ListQuery { archived: true, ..ListQuery::default() }).await;
    assert!(archived[0].archived && archived[0].thread.path.as_ref().unwrap().contains("archived_sessions"));
}

#[tokio::test]
async fn a_file_whose_content_was_replaced_is_read_anew() {
    let home = Home::new();
    let (name, content) = rollout(1, "before", "answer", "cli");
    let path = home.put(&name, content);
    filled(&home.store).await;
    let (name, content) = rollout(1, "behind", "answer", "cli");
    home.put(&name, content);
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    File::options().append(true).open(path).unwrap().set_modified(moment).unwrap();
    assert_eq!(listed(&home.store, ListQuery::default()).await[0].thread.preview, "behind");
    assert_eq!(hits(&home.store, "before").await, []);
}

#[tokio::test]
async fn a_broken_a_locked_and_a_missing_index_change_no_answer() {
    let home = Home::new();
    for number in 1..=3 {
        let (name, content) = rollout(number, "some words", "answer", "cli");
        home.put(&name, content);
    }
    filled(&home.store).await;
    let expected = listed(&home.store, ListQuery::default()).await;
    let path = home.path().join(NAME);

    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (name, content) = rollout(4, "some words", "answer", "cli");
    let fourth = home.put(&name, content);
    for store in [&*home.store, &store(home.path())] {
        assert_eq!(listed(store, ListQuery::default()).await.len(), 4);
        assert_eq!(hits(store, "some WORDS").await.len(), 4);
    }
    drop(holder);
    fs::remove_file(fourth).unwrap();

    fs::write(&path, vec![7; 20_000]).unwrap();
    let _ = (fs::remove_file(path.with_extension("sqlite-wal")), fs::remove_file(path.with_extension("sqlite-shm")));
    for store in [&*home.store, &store(home.path()), &without_index(home.path())] {
        assert_eq!(listed(store, ListQuery::default()).await, expected);
        assert_eq!(hits(store, "some words").await.len(), 3);
    }
}

#[tokio::test]
async fn searches_find_what_the_user_and_the_agent_said() {
    let home = Home::new();
    for (number, question, answer, source) in [
        (1, "apples and\n  pears", "the QUOKKA jumps", "cli"),
        (2, "quokkas", "second", "exec"),
        (3, "Äpfel ÜBER %_x", "x", "vscode"),
    ] {
        let (name, content) = rollout(number, question, answer, source);
        home.put(&name, content);
    }
    home.store.set_name(&id(3), Some("quokka")).await.unwrap();
    for _ in 0..2 {
        for (term, numbers) in [
            ("quokka", vec![2, 1]),
            (" uokk ", vec![2, 1]),
            ("apples  and pears", vec![1]),
            ("pears and", vec![]),
            ("äPFEL über", vec![3]),
            ("%", vec![3]),
            ("_x", vec![3]),
            ("\"", vec![]),
            ("q", vec![2, 1]),
            ("qu", vec![2, 1]),
            ("as", vec![2]),
            ("_X", vec![3]),
            ("x", vec![3]),
            ("zz", vec![]),
            ("\"\"", vec![]),
            ("nowhere", vec![]),
        ] {
            let mut found: Vec<_> = hits(&home.store, term).await.into_iter().map(|(id, _)| id).collect();
            let mut expected: Vec<_> = numbers.into_iter().map(id).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{term}");
        }
        filled(&home.store).await;
    }
    assert_eq!(hits(&home.store, "jumps").await, [(id(1), "the QUOKKA jumps".to_owned())]);
    let query = ListQuery { sources: Sources::People, limit: 1, ..ListQuery::default() };
    let found = home.store.search(query, "quokka").await.unwrap();
    assert_eq!((found.page.threads.len(), found.page.next), (1, None));
}

#[tokio::test]
async fn searches_ask_the_index_which_files_to_read() {
    let home = Home::new();
    let (name, content) = rollout(1, "wombats", "answer", "cli");
    let path = home.put(&name, content.clone());
    let moment = fs::metadata(&path).unwrap().modified().unwrap();
    filled(&home.store).await;
    // A change that neither size nor time of change tell is not known to the index, and would be known to who reads the file.
    fs::write(&path, content.replace("wombats", "narwhal")).unwrap();
    File::options().append(true).open(&path).unwrap().set_modified(moment).unwrap();
    for (term, hits_of_it) in [("narwhal", 0), ("hal", 0), ("rw", 0), ("wh", 0), ("a", 1), ("an", 1)] {
        assert_eq!(hits(&home.store, term).await.len(), hits_of_it, "{term}");
    }
    fs::remove_file(home.path().join(NAME)).unwrap();
    assert_eq!(hits(&store(home.path()), "rw").await.len(), 1);
}

#[tokio::test]
async fn agents_are_found_by_the_thread_that_began_them_and_have_the_name_it_gave() {
    let home = Home::new();
    for (number, parent) in [(1, None), (2, Some(1)), (3, Some(2)), (4, None)] {
        let (name, content) = rollout(number, "words", "answer", "SOURCE");
        let source = parent.map_or(serde_json::json!("cli"), |parent| {
            let spawn = serde_json::json!({ "parent_thread_id": id(parent), "depth": 1, "agent_nickname": "Euler" });
            serde_json::json!({ "subagent": { "thread_spawn": spawn } })
        });
        home.put(&name, content.replace("\"SOURCE\"", &source.to_string()));
    }
    for (relation, expected) in [
        (Relation::ChildOf(id(1)), vec![id(2)]),
        (Relation::Below(id(1)), vec![id(2), id(3)]),
        (Relation::Below(id(4)), vec![]),
    ] {
        let found = listed(&home.store, ListQuery { relation: Some(relation), ..ListQuery::default() }).await;
        let mut ids: Vec<_> = found.iter().map(|stored| stored.thread.id.clone()).collect();
        ids.sort();
        assert_eq!(ids, expected);
        assert!(found.iter().all(|stored| stored.thread.agent_nickname.as_deref() == Some("Euler")));
        assert!(found.iter().all(|stored| stored.thread.parent_thread_id.is_some()));
    }
}

#[tokio::test]
async fn the_report_tells_what_is_wrong_with_an_index() {
    let home = Home::new();
    assert!(!home.store.check_index().await.unwrap().exists);
    let (name, content) = rollout(1, "words", "answer", "cli");
    home.put(&name, content);
    filled(&home.store).await;
    let report = home.store.check_index().await.unwrap();
    assert_eq!((report.files, report.texts), (1, 1));
    let other = Connection::open(home.path().join(NAME)).unwrap();
    other.execute("UPDATE rollout SET thread = NULL", []).unwrap();
    assert_eq!(home.store.check_index().await.unwrap().faults.len(), 1);
    filled(&home.store).await;
}

/// What the index's file tells of which files, by their names, and which of them say something of wombats.
fn rows(home: &Home) -> (Vec<String>, Vec<String>) {
    let index = Connection::open(home.path().join(NAME)).unwrap();
    let paths = |question: &str| -> Vec<String> {
        let mut statement = index.prepare(question).unwrap();
        let paths = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        paths.map(|path| path.unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    let known = paths("SELECT path FROM rollout ORDER BY path");
    let texts = "SELECT coalesce(path, 'gone') FROM message LEFT JOIN rollout ON id = message.rowid
                 WHERE message MATCH '\"wom\"' ORDER BY path";
    (known, paths(texts))
}

#[tokio::test]
async fn the_index_forgets_what_is_deleted_moved_packed_and_unpacked() {
    let home = Home::new();
    let lock = async |number| home.store.lock(&id(number)).await.unwrap();
    let names: Vec<_> = (0..6)
        .map(|number| {
            let (name, content) = rollout(number, "wombats", "answer", "cli");
            let path = home.put(&name, content);
            let age = SystemTime::UNIX_EPOCH + Duration::from_secs(if number > 3 { 1 } else { 1_772_600_000 });
            File::options().append(true).open(path).unwrap().set_modified(age).unwrap();
            name
        })
        .collect();
    home.store.archive(lock(3).await).await.unwrap();
    assert!(!home.path().join(NAME).exists(), "it makes none");
    filled(&home.store).await;
    let known = || {
        let (mut known, mut texts) = rows(&home);
        known.sort();
        texts.sort();
        assert_eq!(known, texts);
        known
    };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(known(), sorted(names.clone()));
    home.store.delete(lock(0).await).await.unwrap();
    home.store.archive(lock(1).await).await.unwrap();
    home.store.unarchive(lock(3).await).await.unwrap();
    assert_eq!(known(), sorted([&names[2..3], &names[4..]].concat()));
    home.store.pack().await.unwrap();
    assert_eq!(known(), [names[2].clone()]);

    // They are read anew where they are now.
    filled(&home.store).await;
    let packed = |number: usize| format!("{}.zst", names[number]);
    assert_eq!(known(), sorted([vec![packed(4), packed(5)], names[1..4].to_vec()].concat()));
    home.store.unpack(lock(4).await).await.unwrap();
    drop(home.store.resume(codex_thread_store::ThreadFile::Id(id(5)), false).await.unwrap());
    assert_eq!(known(), sorted(names[1..4].to_vec()));
    assert_eq!(hits(&home.store, "wombat").await.len(), 4);
    // What others delete is forgotten by the first list after a start.
    fs::remove_file(home.path().join("archived_sessions").join(&names[1])).unwrap();
    let other = store(home.path());
    assert_eq!(hits(&other, "wombat").await.len(), 4);
    assert_eq!(known(), sorted(names[2..].to_vec()));
}

#[tokio::test]
async fn a_packed_thread_has_the_same_path_with_the_index_and_without() {
    let home = Home::new();
    let (name, content) = rollout(1, "words", "answer", "cli");
    let path = home.put(&name, &content);
    fs::write(path.with_extension("jsonl.zst"), zstd::encode_all(content.as_bytes(), 3).unwrap()).unwrap();
    fs::remove_file(&path).unwrap();
    for _ in 0..2 {
        let found = listed(&home.store, ListQuery::default()).await;
        assert_eq!(found[0].thread.path.as_deref(), path.to_str());
        filled(&home.store).await;
    }
}

/// Every thread that lists show, with its first message.
async fn shown(store: &RolloutStore) -> BTreeMap<String, String> {
    let (mut query, mut shown) = (ListQuery { limit: 100, ..ListQuery::default() }, BTreeMap::new());
    loop {
        let page = store.list(query.clone()).await.unwrap();
        for stored in page.threads {
            let twice = shown.insert(stored.thread.id, stored.thread.preview);
            assert_eq!(twice, None);
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            return shown;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_without_a_pause_stay_right_and_filling_comes_to_its_end_beside_them() {
    const THREADS: u32 = 2_000;
    let home = Home::new();
    let mut expected = BTreeMap::new();
    for number in 0..THREADS {
        let preview = format!("question {number}");
        let (name, content) = rollout(number, &preview, "answer", "cli");
        home.put(&name, content);
        expected.insert(id(number), preview);
    }
    let texts = || -> u32 {
        let index = Connection::open(home.path().join(NAME)).unwrap();
        index.query_row("SELECT count(*) FROM rollout WHERE has_text", [], |row| row.get(0)).unwrap()
    };
    // As long as anything is missing, there is no moment without a list.
    let hammering = async || {
        loop {
            assert_eq!(shown(&home.store).await, expected);
            if texts() == THREADS {
                break;
            }
        }
    };
    let all = async { tokio::join!(hammering(), hammering(), hammering()) };
    tokio::time::timeout(Duration::from_secs(240), all).await.expect("the index is never filled");
    let report = home.store.check_index().await.unwrap();
    assert!(report.faults.is_empty() && report.texts == THREADS as usize, "{report:?}");
    assert_eq!(hits(&home.store, "question 1234").await.len(), 1);
}

#[derive(Clone, Debug)]
enum Step {
    Write { number: u32, text: String, people: bool },
    Archive(u32),
    Remove(u32),
    Fill,
    Look { updated: bool, ascending: bool, limit: usize, term: String },
}

fn step() -> impl Strategy<Value = Step> {
    let text = "[abC ]{0,6}";
    prop_oneof![
        3 => (1..8u32, text, any::<bool>()).prop_map(|(number, text, people)| Step::Write { number, text, people }),
        1 => (1..8u32).prop_map(Step::Archive),
        1 => (1..8u32).prop_map(Step::Remove),
        1 => Just(Step::Fill),
        3 => (any::<bool>(), any::<bool>(), 1..4usize, text)
            .prop_map(|(updated, ascending, limit, term)| Step::Look { updated, ascending, limit, term }),
    ]
}

#[cfg(unix)]
proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_the_same_with_an_index_and_without(steps in prop::collection::vec(step(), 1..24)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let home = Home::new();
            let bare = tempfile::tempdir().unwrap();
            let plain = without_index(bare.path());
            let archive = home.path().join("archived_sessions");
            fs::create_dir_all(home.path().join("sessions")).unwrap();
            fs::create_dir_all(&archive).unwrap();
            for part in ["sessions", "archived_sessions"] {
                std::os::unix::fs::symlink(home.path().join(part), bare.path().join(part)).unwrap();
            }
            for step in steps {
                let path = |number: u32| {
                    let (name, _) = rollout(number, "", "", "cli");
                    let day = name["rollout-".len().."rollout-YYYY-MM-DD".len()].replace('-', "/");
                    (home.path().join("sessions").join(day).join(&name), archive.join(&name))
                };
                match step {
                    Step::Write { number, text, people } => {
                        let (name, content) = rollout(number, &text, "abc", if people { "cli" } else { "exec" });
                        home.put(&name, content);
                    }
                    Step::Archive(number) => drop(fs::rename(path(number).0, path(number).1)),
                    Step::Remove(number) => drop((fs::remove_file(path(number).0), fs::remove_file(path(number).1))),
                    Step::Fill => home.store.rebuild_index().await.unwrap(),
                    Step::Look { updated, ascending, limit, term } => {
                        let query = ListQuery {
                            limit,
                            sort: if updated { SortKey::UpdatedAt } else { SortKey::CreatedAt },
                            direction: if ascending { Asc } else { Desc },
                            sources: Sources::People,
                            ..ListQuery::default()
                        };
                        compare(&home.store, &plain, query, &term).await;
                    }
                }
            }
            for direction in [SortDirection::Asc, SortDirection::Desc] {
                compare(&home.store, &plain, ListQuery { direction, limit: 2, ..ListQuery::default() }, "abc").await;
            }
        });
    }
}

/// All pages of a list and of a search, from both stores.
async fn compare(indexed: &RolloutStore, plain: &RolloutStore, query: ListQuery, term: &str) {
    let ids = |threads: &[codex_thread_store::StoredThread]| -> Vec<_> {
        threads
            .iter()
            .map(|stored| codex_app_server_protocol::v2::Thread { path: None, ..stored.thread.clone() })
            .collect()
    };
    let mut next = query.clone();
    loop {
        let (left, right) = (indexed.list(next.clone()).await.unwrap(), plain.list(next.clone()).await.unwrap());
        assert_eq!(ids(&left.threads), ids(&right.threads));
        assert_eq!((&left.next, &left.backwards), (&right.next, &right.backwards));
        next.cursor = left.next;
        if next.cursor.is_none() {
            break;
        }
    }
    let mut next = query;
    loop {
        let (left, right) =
            (indexed.search(next.clone(), term).await.unwrap(), plain.search(next.clone(), term).await.unwrap());
        assert_eq!(ids(&left.page.threads), ids(&right.page.threads), "{term}");
        assert_eq!((left.snippets, &left.page.next), (right.snippets, &right.page.next));
        next.cursor = left.page.next;
        if next.cursor.is_none() {
            break;
        }
    }
}
