//! Pages of threads that are loaded: the running turn is on them, as it is in the file.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{self, SortDirection, TurnItemsView, TurnStatus};
use codex_engine::EngineError;
use tokio::sync::oneshot;

use crate::harness::{Client, Lab, reply};

const HANGS: &str =
    "[[answer]]\ntext = 'First'\n[[answer]]\ntext = 'partial'\nend = 'hang'\n[[answer]]\ntext = 'Third'\n";

async fn turns(lab: &Lab, params: v2::ThreadTurnsListParams) -> Result<v2::ThreadTurnsListResponse, EngineError> {
    let (answer, answered) = oneshot::channel();
    lab.engine.list_turns(params, Box::new(move |outcome| drop(answer.send(outcome))));
    answered.await.unwrap()
}

fn of(thread: &str) -> v2::ThreadTurnsListParams {
    v2::ThreadTurnsListParams { thread_id: thread.to_owned(), ..Default::default() }
}

fn shown(page: &v2::ThreadTurnsListResponse) -> Vec<(TurnStatus, usize)> {
    page.data.iter().map(|turn| (turn.status, turn.items.len())).collect()
}

/// A thread with a whole turn, and one that waits for the model.
async fn hanging() -> (Lab, Arc<Client>, String, String) {
    let lab = Lab::new(HANGS);
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "One").await;
    let turn = lab.turn(&client, &thread, "Two").await.unwrap();
    let of_it = |event: &ServerNotification| matches!(event, ServerNotification::AgentMessageDelta(delta) if delta.turn_id == turn);
    client.until("its message", |event| of_it(event).then_some(())).await;
    (lab, client, thread, turn)
}

#[tokio::test]
async fn a_running_turn_is_in_progress_and_its_page_ends_with_it() {
    let (lab, client, thread, turn) = hanging().await;
    let page = turns(&lab, of(&thread)).await.unwrap();
    assert_eq!(page.data[0].id, turn);
    // What it said last is not complete.
    assert_eq!(shown(&page), [(TurnStatus::InProgress, 1), (TurnStatus::Completed, 2)]);
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    client.completed(&turn).await;
    let whole = v2::ThreadTurnsListParams {
        cursor: page.backwards_cursor,
        sort_direction: Some(SortDirection::Asc),
        items_view: Some(TurnItemsView::Full),
        ..of(&thread)
    };
    let page = turns(&lab, whole).await.unwrap();
    assert_eq!(
        page.data.iter().map(|turn| (&turn.id, turn.status)).collect::<Vec<_>>(),
        [(&turn, TurnStatus::Interrupted)]
    );
}

#[tokio::test]
async fn a_resume_brings_a_page_and_the_cursors_at_the_end() {
    let (lab, client, thread, turn) = hanging().await;
    let other = lab.client();
    let params = v2::ThreadResumeParams {
        thread_id: thread.clone(),
        exclude_turns: true,
        initial_turns_page: Some(v2::ThreadResumeInitialTurnsPageParams { limit: Some(1), ..Default::default() }),
        ..Default::default()
    };
    let (answer, answered) = reply(&other, "thread/resume");
    lab.engine.resume_thread(params, other.clone(), answer).await;
    let resumed = answered.await.unwrap().unwrap();
    let page = resumed.initial_turns_page.unwrap();
    assert_eq!((page.data.len(), &page.data[0].id, page.data[0].status), (1, &turn, TurnStatus::InProgress));
    assert_eq!(resumed.turns_backwards_cursor, page.backwards_cursor);
    let next = turns(&lab, v2::ThreadTurnsListParams { cursor: page.next_cursor, ..of(&thread) }).await.unwrap();
    assert_eq!(shown(&next), [(TurnStatus::Completed, 2)]);
    assert!(resumed.items_backwards_cursor.unwrap().contains("itemsByCreatedAtOrdinal"));
    let plain = lab.resume(&client, &thread, true).await.unwrap();
    assert_eq!((plain.initial_turns_page, plain.turns_backwards_cursor), (None, resumed.turns_backwards_cursor));
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    client.completed(&turn).await;
}

#[tokio::test]
async fn threads_without_pages_are_refused_in_the_words_of_the_reference() {
    let lab = Lab::new(HANGS);
    let client = lab.client();
    let thread = lab.start(&client).await;
    let error = turns(&lab, of(&thread)).await.unwrap_err().to_string();
    let expected = "is not materialized yet; thread/turns/list is unavailable before first user message";
    assert_eq!(error, format!("thread {thread} {expected}"));
    let ephemeral = v2::ThreadStartParams { ephemeral: Some(true), ..Default::default() };
    let ephemeral = lab.start_with(&client, ephemeral).await.thread.id;
    let error = turns(&lab, of(&ephemeral)).await.unwrap_err().to_string();
    assert_eq!(error, "ephemeral threads do not support thread/turns/list");
    let ghost = "01a1fc94-0000-7000-8000-000000000001";
    assert_eq!(turns(&lab, of(ghost)).await.unwrap_err().to_string(), format!("thread not loaded: {ghost}"));
    for thread in [thread.as_str(), &ephemeral, ghost] {
        let (answer, answered) = oneshot::channel();
        let params = v2::ThreadItemsListParams { thread_id: thread.to_owned(), ..Default::default() };
        lab.engine.list_items(params, Box::new(move |outcome| drop(answer.send(outcome))));
        assert_eq!(answered.await.unwrap().unwrap_err().to_string(), "thread/items/list is not supported yet");
    }
}
