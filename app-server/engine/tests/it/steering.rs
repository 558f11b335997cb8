//! Turns that are interrupted or steered.

use std::sync::Arc;

use codex_app_server_protocol::v2::{self, TurnStatus};

use crate::harness::{Client, Lab, kinds, said, turn_params};

const HANGS: &str = "[[answer]]\ntext = 'partial'\nend = 'hang'\n";

/// A turn whose model has said something and then falls silent.
async fn hanging(script: &str) -> (Lab, Arc<Client>, String, String) {
    let lab = Lab::new(&format!("{HANGS}{script}"));
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "Go").await.unwrap();
    client.first_delta().await;
    client.names();
    (lab, client, thread, turn)
}

#[tokio::test]
async fn an_interrupt_is_answered_first_and_ends_the_turn_at_once() {
    let (lab, client, thread, turn) = hanging("[[answer]]\ntext = 'Again'\n").await;
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    let ended = client.completed(&turn).await;
    assert_eq!((ended.status, ended.items.len(), ended.error), (TurnStatus::Interrupted, 0, None));
    let names = client.names();
    assert_eq!(names, ["<- turn/interrupt", "account/rateLimits/updated", "status idle", "turn/completed"]);
    let kinds = kinds(&lab.rollout());
    assert_eq!(&kinds[kinds.len() - 3..], ["token_count", "user", "turn_aborted"]);
    lab.run(&client, &thread, "More").await;
    assert_eq!(client.texts("agentMessage"), ["Again"]);
    let read = lab.read(&client, &thread, true).await.unwrap();
    let statuses: Vec<_> = read.thread.turns.iter().map(|turn| turn.status).collect();
    assert_eq!(statuses, [TurnStatus::Interrupted, TurnStatus::Completed]);
    let unread = read.read_state.unwrap().first_unread.unwrap();
    assert_eq!(unread, v2::ThreadUnreadPosition::Turn { turn_id: read.thread.turns[1].id.clone() });
}

#[tokio::test]
async fn two_interrupts_and_a_turn_sent_at_once_are_all_served() {
    let (lab, client, thread, turn) = hanging("[[answer]]\ntext = 'Again'\n").await;
    let (first, second, next) = tokio::join!(
        lab.interrupt(&client, &thread, &turn),
        lab.interrupt(&client, &thread, &turn),
        lab.turn(&client, &thread, "More"),
    );
    first.unwrap();
    second.unwrap();
    let next = next.unwrap();
    assert_ne!(next, turn);
    assert_eq!(client.completed(&next).await.status, TurnStatus::Completed);
    let ends = client.names().into_iter().filter(|name| name == "turn/completed").count();
    assert_eq!(ends, 2);
}

#[tokio::test]
async fn interrupts_of_nothing_and_of_another_turn_are_refused() {
    let (lab, client, thread, turn) = hanging("").await;
    let error = lab.interrupt(&client, &thread, "junk").await.unwrap_err();
    assert_eq!(error.to_string(), format!("expected active turn id junk but found {turn}"));
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    client.completed(&turn).await;
    let error = lab.interrupt(&client, &thread, &turn).await.unwrap_err();
    assert_eq!(error.to_string(), "no active turn to interrupt");
}

#[tokio::test]
async fn a_steer_cuts_the_answer_and_is_asked_next() {
    let (lab, client, thread, turn) = hanging("[[answer]]\ntext = 'Steered to: {{input}}'\n").await;
    assert_eq!(lab.steer(&client, &thread, &turn, "Left please").await.unwrap(), turn);
    let ended = client.completed(&turn).await;
    assert_eq!(ended.status, TurnStatus::Completed);
    assert_eq!(client.texts("agentMessage"), ["Steered to: Left please"]);
    assert_eq!(client.texts("userMessage"), ["Left please"]);
    assert_eq!(
        client.names()[..6],
        [
            "<- turn/steer",
            "account/rateLimits/updated",
            "item/started userMessage",
            "item/completed userMessage",
            "item/started agentMessage",
            "item/agentMessage/delta",
        ]
    );
}

#[tokio::test]
async fn steers_that_make_no_sense_are_refused() {
    let (lab, client, thread, turn) = hanging("").await;
    let refused = async |turn: &str, text: &str| lab.steer(&client, &thread, turn, text).await.unwrap_err().to_string();
    assert_eq!(refused("other", "x").await, format!("expected active turn id `other` but found `{turn}`"));
    assert_eq!(refused("", "x").await, "expectedTurnId must not be empty");
    assert_eq!(refused(&turn, "").await, "input must not be empty");
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    client.completed(&turn).await;
    assert_eq!(refused(&turn, "x").await, "no active turn to steer");
}

#[tokio::test]
async fn a_start_while_a_turn_runs_joins_it() {
    let (lab, client, thread, turn) = hanging("[[answer]]\ntext = 'Both'\n").await;
    let params = v2::TurnStartParams {
        input: said("Two"),
        client_user_message_id: Some("mine".to_owned()),
        model: Some("next-time".to_owned()),
        ..turn_params(&thread)
    };
    assert_eq!(lab.turn_with(&client, params).await.unwrap(), turn);
    client.completed(&turn).await;
    assert_eq!(client.texts("userMessage"), ["Two"]);
    assert_eq!(client.texts("agentMessage"), ["Both"]);
    assert_eq!(client.names()[..2], ["<- turn/start", "thread/settings/updated"]);
}

#[tokio::test]
async fn nothing_that_was_accepted_is_lost_by_an_interrupt() {
    let (lab, client, thread, turn) = hanging("[[answer]]\ntext = 'x'\nend = 'hang'\n").await;
    let (steered, interrupted) =
        tokio::join!(lab.steer(&client, &thread, &turn, "keep me"), lab.interrupt(&client, &thread, &turn));
    steered.unwrap();
    interrupted.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
    let read = lab.read(&client, &thread, true).await.unwrap();
    let texts: Vec<_> = read.thread.turns[0].items.iter().map(|item| format!("{:?}", item.kind)).collect();
    assert!(texts.iter().any(|text| text.contains("keep me")), "{texts:?}");
}

#[tokio::test]
async fn a_client_without_room_holds_the_stream_and_not_the_interrupt() {
    let lab = Lab::new("[[answer]]\ntext = 'abcdefghij'\ndelta_chars = 1\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    client.block();
    let held = lab.turn(&client, &thread, "Go").await.unwrap();
    client.until("userMessage", |event| (event.method() == "item/completed").then_some(())).await;
    lab.interrupt(&client, &thread, &held).await.unwrap();
    assert_eq!(client.completed(&held).await.status, TurnStatus::Interrupted);
    assert!(!client.names().contains(&"item/agentMessage/delta".to_owned()));

    let waiting = lab.turn(&client, &thread, "Go").await.unwrap();
    client.until("userMessage", |event| (event.method() == "item/completed").then_some(())).await;
    client.unblock();
    assert_eq!(client.completed(&waiting).await.status, TurnStatus::Completed);
    assert_eq!(client.texts("agentMessage"), ["abcdefghij"]);
}
