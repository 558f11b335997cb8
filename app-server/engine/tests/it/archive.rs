//! Archiving, deleting and annotating threads, loaded or not.

use std::sync::Arc;

use codex_app_server_protocol::v2;
use codex_engine::EngineError;

use crate::harness::{Client, Lab, reply, rollouts};

const GHOST: &str = "01a1fc94-0000-7000-8000-000000000001";

async fn archive(lab: &Lab, client: &Arc<Client>, thread: &str) -> Result<(), EngineError> {
    let (reply, answer) = reply(client, "thread/archive");
    lab.engine.archive_thread(&v2::ThreadArchiveParams { thread_id: thread.to_owned() }, reply);
    answer.await.unwrap().map(drop)
}

async fn unarchive(lab: &Lab, client: &Arc<Client>, thread: &str) -> Result<v2::Thread, EngineError> {
    let (reply, answer) = reply(client, "thread/unarchive");
    lab.engine.unarchive_thread(&v2::ThreadUnarchiveParams { thread_id: thread.to_owned() }, reply);
    answer.await.unwrap().map(|response| response.thread)
}

pub(crate) async fn delete(lab: &Lab, client: &Arc<Client>, thread: &str) -> Result<(), EngineError> {
    let (reply, answer) = reply(client, "thread/delete");
    lab.engine.delete_thread(&v2::ThreadDeleteParams { thread_id: thread.to_owned() }, reply);
    answer.await.unwrap().map(drop)
}

async fn update(lab: &Lab, client: &Arc<Client>, thread: &str, branch: &str) -> Result<v2::Thread, EngineError> {
    let branch = Some(Some(branch.to_owned()));
    let git_info = v2::ThreadMetadataGitInfoUpdateParams { sha: None, branch, origin_url: None };
    let params = v2::ThreadMetadataUpdateParams {
        thread_id: thread.to_owned(),
        git_info: Some(git_info),
        ..v2::ThreadMetadataUpdateParams::default()
    };
    let (reply, answer) = reply(client, "thread/metadata/update");
    lab.engine.update_metadata(params, reply).await;
    answer.await.unwrap().map(|response| response.thread)
}

fn text<T: std::fmt::Debug>(outcome: Result<T, EngineError>) -> String {
    outcome.unwrap_err().to_string()
}

async fn ephemeral(lab: &Lab, client: &Arc<Client>) -> String {
    let params = v2::ThreadStartParams { ephemeral: Some(true), ..Default::default() };
    lab.start_with(client, params).await.thread.id
}

/// What was told up to the last notification of the request.
async fn names_to(client: &Arc<Client>, last: &str) -> Vec<String> {
    client.until_told(last, |told| told.iter().any(|told| told.name() == last).then_some(())).await;
    client.names()
}

#[tokio::test]
async fn a_loaded_thread_leaves_memory_and_comes_back_stored() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    lab.run(&first, &thread, "Hello").await;
    first.names();
    second.names();
    archive(&lab, &first, &thread).await.unwrap();
    let names = names_to(&first, "thread/archived").await;
    assert_eq!(names, ["status notLoaded", "<- thread/archive", "thread/archived"]);
    assert_eq!(names_to(&second, "thread/archived").await, ["status notLoaded", "thread/archived"]);
    assert_eq!(lab.loaded(), Vec::<String>::new());
    assert_eq!(lab.list().await.data.len(), 0);
    let read = lab.read(&first, &thread, false).await.unwrap();
    assert_eq!(read.thread.status, v2::ThreadStatus::NotLoaded);
    assert!(read.thread.path.unwrap().contains("archived_sessions"));
    assert!(read.read_state.is_some(), "what was read is still known");
    let gone = format!("no rollout found for thread id {thread}");
    assert_eq!(text(archive(&lab, &first, &thread).await), gone);
    assert_eq!(text(lab.name(&first, &thread, "name").await), gone);
    assert_eq!(text(lab.turn(&first, &thread, "x").await), format!("thread not found: {thread}"));

    first.names();
    let shown = unarchive(&lab, &first, &thread).await.unwrap();
    assert_eq!((shown.status, shown.preview.as_str()), (v2::ThreadStatus::NotLoaded, "Hello"));
    assert_eq!(names_to(&first, "thread/unarchived").await, ["<- thread/unarchive", "thread/unarchived"]);
    let listed = lab.list().await;
    assert_eq!(listed.data[0].id, thread);
    assert!(listed.read_states.unwrap().contains_key(&thread));
    assert_eq!(
        text(unarchive(&lab, &first, &thread).await),
        format!("no archived rollout found for thread id {thread}")
    );
    archive(&lab, &first, &thread).await.unwrap();
    let names = names_to(&first, "thread/archived").await;
    assert_eq!(names[names.len() - 2..], ["<- thread/archive", "thread/archived"]);
    assert!(!names.contains(&"status notLoaded".to_owned()), "it was not loaded");
}

#[tokio::test]
async fn a_running_turn_ends_before_its_thread_is_archived_or_deleted() {
    for deleted in [false, true] {
        let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n");
        let client = lab.client();
        let thread = lab.start(&client).await;
        lab.turn(&client, &thread, "Go").await.unwrap();
        client.first_delta().await;
        client.names();
        let (method, told) = if deleted {
            delete(&lab, &client, &thread).await.unwrap();
            ("<- thread/delete", "thread/deleted")
        } else {
            archive(&lab, &client, &thread).await.unwrap();
            ("<- thread/archive", "thread/archived")
        };
        let names = names_to(&client, told).await;
        let ends: Vec<_> = names.iter().skip_while(|name| *name != "status idle").map(String::as_str).collect();
        assert_eq!(ends, ["status idle", "turn/completed", "status notLoaded", method, told]);
        assert_eq!(lab.loaded(), Vec::<String>::new());
        let files = rollouts(&lab.home.join("archived_sessions"));
        assert_eq!((files.len(), rollouts(&lab.home.join("sessions")).len()), (usize::from(!deleted), 0));
        if !deleted {
            let turns = lab.read(&client, &thread, true).await.unwrap().thread.turns;
            assert_eq!(turns[0].status, v2::TurnStatus::Interrupted);
        }
    }
}

#[tokio::test]
async fn threads_without_a_turn_can_be_archived_and_deleted() {
    let lab = Lab::new("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    assert_eq!(update(&lab, &client, &thread, "b").await.unwrap().git_info.unwrap().branch.as_deref(), Some("b"));
    archive(&lab, &client, &thread).await.unwrap();
    let files = rollouts(&lab.home.join("archived_sessions"));
    assert_eq!((files.len(), rollouts(&lab.home.join("sessions")).len()), (1, 0));
    let shown = unarchive(&lab, &client, &thread).await.unwrap();
    assert_eq!(shown.git_info.unwrap().branch.as_deref(), Some("b"));

    let other = lab.start(&client).await;
    client.names();
    delete(&lab, &client, &other).await.unwrap();
    let names = names_to(&client, "thread/deleted").await;
    assert_eq!(names, ["status notLoaded", "<- thread/delete", "thread/deleted"]);
    assert_eq!(lab.loaded(), Vec::<String>::new());
    let gone = format!("no rollout found for thread id {other}");
    assert_eq!(text(delete(&lab, &client, &other).await), gone);
}

#[tokio::test]
async fn stored_and_archived_threads_are_deleted_with_all_that_is_known_of_them() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    for is_archived in [false, true] {
        let thread = lab.start(&client).await;
        lab.run(&client, &thread, "Hello").await;
        lab.name(&client, &thread, "name").await.unwrap();
        archive(&lab, &client, &thread).await.unwrap();
        if !is_archived {
            unarchive(&lab, &client, &thread).await.unwrap();
        }
        client.names();
        delete(&lab, &client, &thread).await.unwrap();
        assert_eq!(names_to(&client, "thread/deleted").await, ["<- thread/delete", "thread/deleted"]);
        assert_eq!(text(lab.read(&client, &thread, false).await), format!("thread not loaded: {thread}"));
        let index = std::fs::read_to_string(lab.home.join("session_index.jsonl")).unwrap();
        assert_eq!(index, "");
        assert!(rollouts(&lab.home.join("sessions")).is_empty());
        assert!(rollouts(&lab.home.join("archived_sessions")).is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_in_the_words_of_the_reference() {
    let lab = Lab::new("");
    let client = lab.client();
    assert!(text(archive(&lab, &client, "zz").await).starts_with("invalid session id: invalid character"));
    assert!(text(unarchive(&lab, &client, "zz").await).starts_with("invalid session id: invalid character"));
    assert!(text(delete(&lab, &client, "zz").await).starts_with("invalid thread id: invalid character"));
    assert!(text(update(&lab, &client, "zz", "").await).starts_with("invalid thread id: invalid character"));
    let gone = format!("no rollout found for thread id {GHOST}");
    assert_eq!(text(archive(&lab, &client, GHOST).await), gone);
    assert_eq!(text(delete(&lab, &client, GHOST).await), gone);
    assert_eq!(text(update(&lab, &client, GHOST, "b").await), gone);
    let gone = format!("no archived rollout found for thread id {GHOST}");
    assert_eq!(text(unarchive(&lab, &client, GHOST).await), gone);

    let loaded = lab.start(&client).await;
    let locked = format!("thread {loaded} already has an active writer");
    assert_eq!(text(unarchive(&lab, &client, &loaded).await), locked);
    let kept = ephemeral(&lab, &client).await;
    assert_eq!(text(archive(&lab, &client, &kept).await), format!("no rollout found for thread id {kept}"));
    let refused = delete(&lab, &client, &kept).await;
    assert_eq!(text(refused), format!("thread is not persisted and cannot be deleted: {kept}"));
    let refused = update(&lab, &client, &kept, "b").await;
    assert_eq!(text(refused), format!("ephemeral thread does not support metadata updates: {kept}"));
    assert_eq!(lab.loaded(), [loaded, kept], "who is refused stays");
}

#[tokio::test]
async fn metadata_of_loaded_stored_and_archived_threads_is_changed() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hello").await;
    let branch = |thread: v2::Thread| thread.git_info.unwrap().branch.unwrap();
    let changed = update(&lab, &client, &thread, " loaded ").await.unwrap();
    assert_eq!((changed.can_accept_direct_input, branch(changed)), (None, "loaded".to_owned()));
    assert_eq!(branch(lab.read(&client, &thread, false).await.unwrap().thread), "loaded");
    archive(&lab, &client, &thread).await.unwrap();
    assert_eq!(branch(lab.read(&client, &thread, false).await.unwrap().thread), "loaded");
    assert_eq!(branch(update(&lab, &client, &thread, "archived").await.unwrap()), "archived");
    assert_eq!(branch(unarchive(&lab, &client, &thread).await.unwrap()), "archived");
    assert_eq!(branch(update(&lab, &client, &thread, "stored").await.unwrap()), "stored");
    assert_eq!(branch(lab.list().await.data.remove(0)), "stored");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_meet_an_archiving_thread_are_all_answered() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.turn(&client, &thread, "Go").await.unwrap();
    client.first_delta().await;
    let meeting = async || {
        let mut archived = Vec::new();
        for _ in 0..20 {
            // Steers the running turn, or learns that the thread is gone: an answer comes in any case.
            let _ = lab.turn(&client, &thread, "x").await;
            archived.push(archive(&lab, &client, &thread).await);
        }
        archived
    };
    let (first, second) = tokio::join!(meeting(), meeting());
    let archived = first.into_iter().chain(second);
    let refused: Vec<_> = archived.filter_map(Result::err).map(|error| error.to_string()).collect();
    assert_eq!(refused.len(), 39, "one of them archives the thread");
    let known =
        [format!("no rollout found for thread id {thread}"), format!("thread {thread} already has an active writer")];
    assert!(refused.iter().all(|text| known.contains(text)), "{refused:?}");
    assert_eq!(rollouts(&lab.home.join("archived_sessions")).len(), 1);
    assert_eq!(lab.loaded(), Vec::<String>::new());
}
