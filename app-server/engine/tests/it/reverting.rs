//! Threads taken back to before one of their turns.

use codex_app_server_protocol::v2::{self, TurnStatus};

use crate::asked_model::Provider;
use crate::going_on::{bytes, plain};
use crate::harness::Lab;

#[tokio::test]
async fn a_reverted_thread_goes_on_from_before_the_turn() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let (client, other) = (lab.client(), lab.client());
    let thread = lab.start(&client).await;
    let first = lab.run(&client, &thread, "one").await.id;
    let second = lab.run(&client, &thread, "two").await.id;
    lab.run(&client, &thread, "three").await;
    let file = lab.files_of(&thread).remove(0);
    let before = bytes(&file);
    client.names();
    other.names();
    let reverted = lab.revert(&client, &thread, &second).await.unwrap();
    assert_eq!(reverted.thread.id, thread);
    let is_told =
        |event: &codex_app_server_protocol::ServerNotification| (event.method() == "thread/reverted").then_some(());
    client.until("thread/reverted", is_told).await;
    other.until("thread/reverted", is_told).await;
    assert_eq!(bytes(&file), before, "what was written stays");
    assert_eq!(lab.files_of(&thread).len(), 2);
    // Whoever listened still does.
    lab.run(&client, &thread, "other").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user other"]);
    let shown = lab.read(&client, &thread, true).await.unwrap().thread.turns;
    assert_eq!(shown.len(), 2);

    let lab = lab.restarted().await;
    let client = lab.client();
    let resumed = lab.resume(&client, &thread, false).await.unwrap();
    assert_eq!(plain(&resumed.thread.turns), plain(&shown));
    lab.run(&client, &thread, "more").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user other", "assistant ok", "user more"]);
    // Back to nothing.
    lab.revert(&client, &thread, &first).await.unwrap();
    lab.run(&client, &thread, "anew").await;
    assert_eq!(provider.said(), ["user anew"]);
    assert_eq!(lab.read(&client, &thread, true).await.unwrap().thread.turns.len(), 1);
}

#[tokio::test]
async fn a_running_turn_is_interrupted_first() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n[[answer]]\ntext = 'two'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "first").await.unwrap();
    client.first_delta().await;
    lab.revert(&client, &thread, &turn).await.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
    assert_eq!(lab.engine.running_turns(), 0);
    let ended = lab.run(&client, &thread, "second").await;
    assert_eq!(ended.status, TurnStatus::Completed);
    let turns = lab.read(&client, &thread, true).await.unwrap().thread.turns;
    assert_eq!(turns.iter().map(|turn| &turn.id).collect::<Vec<_>>(), [&ended.id]);
}

#[tokio::test]
async fn a_turn_that_is_not_there_changes_nothing() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "one").await;
    let error = lab.revert(&client, &thread, "nope").await.unwrap_err();
    assert_eq!(error.to_string(), "turn not found: nope");
    assert_eq!(lab.loaded(), std::slice::from_ref(&thread));
    lab.run(&client, &thread, "two").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user two"]);
    assert_eq!(lab.files_of(&thread).len(), 1);
}

#[tokio::test]
async fn threads_of_other_kinds_are_not_reverted() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let legacy = v2::ThreadStartParams { history_mode: Some(v2::ThreadHistoryMode::Legacy), ..Default::default() };
    let ephemeral = v2::ThreadStartParams { ephemeral: Some(true), ..Default::default() };
    for (params, text) in [
        (legacy, "thread/revert only supports paginated threads"),
        (ephemeral, "ephemeral threads do not support thread/revert"),
    ] {
        let thread = lab.start_with(&client, params).await.thread.id;
        let turn = lab.run(&client, &thread, "Hi").await.id;
        assert_eq!(lab.revert(&client, &thread, &turn).await.unwrap_err().to_string(), text);
        assert_eq!(lab.run(&client, &thread, "Hi").await.status, TurnStatus::Completed);
    }
}
