//! Compaction: on request and by itself, what it leaves, and what it does when it fails.

use std::sync::Arc;

use codex_app_server_protocol::v2::TurnStatus;
use codex_app_server_protocol::{ServerNotification, v2};

use crate::asked_model::{Provider, Saying, said};
use crate::harness::{Client, Lab};

/// Waits for the end of the turn that began last.
async fn ended(client: &Client) -> v2::Turn {
    client
        .until("turn/completed", |event| match event {
            ServerNotification::TurnCompleted(completed) => Some(completed.turn.clone()),
            _ => None,
        })
        .await
}

/// A thread in which this was said, and who answers it.
async fn after(said: &[&str]) -> (Provider, Lab, Arc<Client>, String) {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    for said in said {
        lab.run(&client, &thread, said).await;
    }
    client.names();
    (provider, lab, client, thread)
}

fn is_summary(item: &str) -> bool {
    item.starts_with("user The conversation before this message was summed up")
}

#[tokio::test]
async fn a_summary_takes_the_place_of_what_was_answered() {
    let (provider, lab, client, thread) = after(&["one", "two"]).await;
    provider.say([Saying::Text("the sum")]);
    lab.compact(&client, &thread).await.unwrap();
    assert_eq!(ended(&client).await.status, TurnStatus::Completed);
    let names = client.names();
    for name in ["item/started contextCompaction", "item/completed contextCompaction"] {
        assert_eq!(names.iter().filter(|told| *told == name).count(), 1, "{names:?}");
    }
    lab.run(&client, &thread, "three").await;
    let said = provider.said();
    assert_eq!((&said[..2], said.len()), (&["user one".to_owned(), "user two".to_owned()][..], 4), "{said:?}");
    assert!(is_summary(&said[2]) && said[3] == "user three", "{said:?}");
    let whole = provider.input();

    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "four").await;
    let expected = [whole, vec!["assistant ok".to_owned(), "user four".to_owned()]].concat();
    assert_eq!(provider.input(), expected);
}

#[tokio::test]
async fn a_full_history_is_compacted_before_the_next_turn_and_between_answers() {
    let provider = Provider::start().await;
    let lab = provider.lab("model_auto_compact_token_limit = 1000");
    let client = lab.client();
    let thread = lab.start(&client).await;
    provider.say([Saying::Used("much", 2000), Saying::Text("the sum"), Saying::Text("two")]);
    lab.run(&client, &thread, "one").await;
    lab.run(&client, &thread, "two").await;
    let inputs = provider.inputs();
    assert_eq!(inputs.len(), 3);
    let second = said(inputs[2].clone());
    assert!(second[0] == "user one" && is_summary(&second[1]) && second[2] == "user two", "{second:?}");
    // Between two answers: the turn goes on by itself.
    provider.say([Saying::CommandUsed("true", 2000), Saying::Text("the sum"), Saying::Text("end")]);
    let turn = lab.run(&client, &thread, "three").await;
    assert_eq!(turn.status, TurnStatus::Completed);
    let third = provider.said();
    assert_eq!(third[..3], ["user one", "user two", "user three"], "{third:?}");
    assert!(is_summary(third.last().unwrap()), "{third:?}");
    let whole = provider.input();
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "four").await;
    assert_eq!(provider.input(), [whole, vec!["assistant end".to_owned(), "user four".to_owned()]].concat());
}

#[tokio::test]
async fn a_failure_leaves_the_history_as_it_was() {
    let (provider, lab, client, thread) = after(&["one"]).await;
    provider.say([Saying::Failure("invalid_prompt")]);
    lab.compact(&client, &thread).await.unwrap();
    assert_eq!(ended(&client).await.status, TurnStatus::Failed);
    lab.run(&client, &thread, "two").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user two"]);
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "three").await;
    assert_eq!(provider.said(), ["user one", "assistant ok", "user two", "assistant ok", "user three"]);
}

#[tokio::test]
async fn what_the_user_says_is_kept_when_the_history_before_it_cannot_be_compacted() {
    let provider = Provider::start().await;
    let lab = provider.lab("model_auto_compact_token_limit = 1000");
    let client = lab.client();
    let thread = lab.start(&client).await;
    provider.say([Saying::Used("much", 2000), Saying::Failure("invalid_prompt")]);
    lab.run(&client, &thread, "one").await;
    let turn = lab.turn(&client, &thread, "two").await.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Failed);
    let shown = lab.read(&client, &thread, true).await.unwrap().thread.turns;
    let items: Vec<_> = shown.last().unwrap().items.iter().map(|item| &item.kind).collect();
    assert!(matches!(items[..], [v2::ThreadItemKind::UserMessage { .. }]), "{items:?}");
}

#[tokio::test]
async fn a_history_too_long_to_be_summed_up_is_shortened_for_it() {
    let (provider, lab, client, thread) = after(&["one"]).await;
    let asked = provider.inputs().len();
    let too_long = || Saying::Failure("context_length_exceeded");
    provider.say([too_long(), too_long(), Saying::Text("the sum")]);
    lab.compact(&client, &thread).await.unwrap();
    assert_eq!(ended(&client).await.status, TurnStatus::Completed);
    let lengths: Vec<_> = provider.inputs()[asked..].iter().map(Vec::len).collect();
    assert!(lengths.len() == 3 && lengths.is_sorted_by(|longer, shorter| longer > shorter), "{lengths:?}");
    lab.run(&client, &thread, "two").await;
    let said = provider.said();
    assert!(said[0] == "user one" && is_summary(&said[1]), "what was said stays: {said:?}");
}

#[tokio::test]
async fn a_compaction_can_be_interrupted_and_not_steered() {
    // Whether the model has been asked for the summary by the time of the interrupt is left open.
    let lab = Lab::new(
        "[[answer]]\nwhen = 'first job'\ntext = 'x'\n[[answer]]\nwhen = 'second job'\ntext = 'y'\n\
         [default]\ntext = 'partial'\nend = 'hang'\n",
    );
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "first job").await;
    client.names();
    lab.compact(&client, &thread).await.unwrap();
    let turn = client
        .until("turn/started", |event| match event {
            ServerNotification::TurnStarted(started) => Some(started.turn.id.clone()),
            _ => None,
        })
        .await;
    let error = lab.steer(&client, &thread, &turn, "more").await.unwrap_err();
    assert_eq!(error.to_string(), "cannot steer a compact turn");
    let error = lab.turn(&client, &thread, "more").await.unwrap_err();
    assert_eq!(error.to_string(), "failed to submit turn input: ActiveTurnNotSteerable { turn_kind: Compact }");
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
    let text = std::fs::read_to_string(&lab.files_of(&thread)[0]).unwrap();
    assert!(!text.contains("\"type\":\"compacted\""));
    assert_eq!(lab.run(&client, &thread, "second job").await.status, TurnStatus::Completed);
}
