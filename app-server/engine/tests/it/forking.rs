//! Forks: of loaded, stored and running threads, whole and cut, and what they leave alone.

use codex_app_server_protocol::v2::{self, TurnStatus};

use crate::asked_model::Provider;
use crate::going_on::{bytes, fork_of, plain};
use crate::harness::Lab;

#[tokio::test]
async fn a_fork_goes_on_from_any_turn_and_leaves_the_source_alone() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "one").await;
    let second = lab.run(&client, &thread, "two").await.id;
    lab.name(&client, &thread, "named").await.unwrap();
    let shown = lab.read(&client, &thread, true).await.unwrap().thread.turns;
    let file = lab.files_of(&thread).remove(0);
    let before = bytes(&file);
    let whole: &[&str] = &["user one", "assistant ok", "user two", "assistant ok"];
    let cases = [
        (fork_of(&thread), whole),
        (v2::ThreadForkParams { last_turn_id: Some(second.clone()), ..fork_of(&thread) }, whole),
        (v2::ThreadForkParams { before_turn_id: Some(second.clone()), ..fork_of(&thread) }, &whole[..2]),
        (v2::ThreadForkParams { last_turn_id: Some(shown[0].id.clone()), ..fork_of(&thread) }, &whole[..2]),
        (v2::ThreadForkParams { before_turn_id: Some(shown[0].id.clone()), ..fork_of(&thread) }, &[]),
    ];
    let mut forks = Vec::new();
    for (params, expected) in cases {
        let forked = lab.fork(&client, params).await.unwrap();
        assert_eq!(forked.thread.forked_from_id.as_deref(), Some(&*thread));
        assert_eq!(forked.thread.name.as_deref(), Some("named"));
        assert_eq!(plain(&forked.thread.turns), plain(&shown[..expected.len() / 2]));
        lab.run(&client, &forked.thread.id, "mine").await;
        assert_eq!(provider.said(), [expected, &["user mine"]].concat());
        forks.push((forked.thread.id, expected.len() / 2 + 1));
    }
    assert_eq!(bytes(&file), before, "a fork writes nothing to its source");
    // The same after a restart, and of stored threads.
    let lab = lab.restarted().await;
    let client = lab.client();
    for (fork, turns) in &forks {
        let resumed = lab.resume(&client, fork, false).await.unwrap();
        assert_eq!(resumed.thread.turns.len(), *turns);
        assert_eq!(resumed.thread.forked_from_id.as_deref(), Some(&*thread));
    }
    let cold = lab.fork(&client, fork_of(&thread)).await.unwrap();
    lab.run(&client, &cold.thread.id, "mine").await;
    assert_eq!(provider.said(), [whole, &["user mine"]].concat());
    assert_eq!(bytes(&file), before);
    assert!(!lab.loaded().contains(&thread), "a source need not be loaded");
}

#[tokio::test]
async fn a_running_thread_is_forked_as_it_stands() {
    let lab = Lab::new("[[answer]]\ntext = 'one'\n[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "first").await;
    client.names();
    let turn = lab.turn(&client, &thread, "second").await.unwrap();
    client.first_delta().await;
    let forked = lab.fork(&client, fork_of(&thread)).await.unwrap();
    let last = forked.thread.turns.last().unwrap();
    assert_eq!((&last.id, last.status), (&turn, TurnStatus::Interrupted));
    assert_eq!(lab.engine.running_turns(), 1, "the source goes on");
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
}

#[tokio::test]
async fn an_ephemeral_fork_leaves_no_file() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "one").await;
    let params = v2::ThreadForkParams { ephemeral: true, ..fork_of(&thread) };
    let error = lab.fork(&client, params.clone()).await.unwrap_err();
    assert_eq!(error.to_string(), "ephemeral paginated thread/fork requires `excludeTurns: true`");
    let forked = lab.fork(&client, v2::ThreadForkParams { exclude_turns: true, ..params }).await.unwrap();
    assert_eq!((forked.thread.ephemeral, forked.thread.path), (true, None));
    lab.run(&client, &forked.thread.id, "mine").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user mine"]);
    assert_eq!(lab.files_of(&forked.thread.id), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn a_legacy_fork_has_its_own_lines() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let params = v2::ThreadStartParams { history_mode: Some(v2::ThreadHistoryMode::Legacy), ..Default::default() };
    let thread = lab.start_with(&client, params).await.thread.id;
    let first = lab.run(&client, &thread, "one").await.id;
    lab.run(&client, &thread, "two").await;
    let params = v2::ThreadForkParams { last_turn_id: Some(first), ..fork_of(&thread) };
    let forked = lab.fork(&client, params).await.unwrap();
    assert_eq!(forked.thread.history_mode, v2::ThreadHistoryMode::Legacy);
    lab.run(&client, &forked.thread.id, "mine").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user mine"]);
    let lab = lab.restarted().await;
    std::fs::remove_file(&lab.files_of(&thread)[0]).unwrap();
    let client = lab.client();
    assert_eq!(lab.resume(&client, &forked.thread.id, false).await.unwrap().thread.turns.len(), 2);
    lab.run(&client, &forked.thread.id, "more").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user mine", "assistant ok", "user more"]);
}

#[tokio::test]
async fn a_fork_that_cannot_be_is_refused() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let turn = Some("nope".to_owned());
    let before = v2::ThreadForkParams { before_turn_id: turn.clone(), ..fork_of(&thread) };
    assert_eq!(lab.fork(&client, before.clone()).await.unwrap_err().to_string(), "turn not found: nope");
    let both = v2::ThreadForkParams { last_turn_id: turn, ..before };
    lab.fork(&client, both).await.unwrap_err();
    let prediction = v2::ThreadForkParams { experimental_prediction_mode: true, ..fork_of(&thread) };
    let error = lab.fork(&client, prediction).await.unwrap_err();
    assert_eq!(error.to_string(), "`experimentalPredictionMode` requires `ephemeral: true`");
    assert_eq!(lab.loaded(), [thread]);
}
