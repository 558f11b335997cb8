//! What is told of a turn that waits, and who waits no longer.

use std::time::Duration;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::ext::{TurnWaitingNotification, TurnWaitsFor};
use codex_app_server_protocol::v2::TurnStatus;
use serde_json::json;

use crate::acting::{Acted, acts, call, exec};
use crate::harness::{Client, Lab, Wants};

const OF_INTEREST: Wants = Wants { places: false, heartbeat: true, question_limit: None };

async fn beat(client: &Client) -> TurnWaitingNotification {
    client
        .until("heartbeat", |event| match event {
            ServerNotification::TurnWaiting(waiting) => Some(waiting.clone()),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn a_silent_turn_says_every_ten_seconds_that_it_waits_for_the_model() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let (client, other) = (lab.client(), lab.client_that(OF_INTEREST));
    let thread = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "Go").await.unwrap();
    client.first_delta().await;
    lab.resume(&other, &thread, true).await.unwrap();
    tokio::time::pause();
    let waiting = beat(&other).await;
    assert_eq!((&waiting.thread_id, &waiting.turn_id), (&thread, &turn));
    assert_eq!(waiting.waits_for, TurnWaitsFor::Model);
    assert!((10_000..11_000).contains(&waiting.silent_ms), "{}", waiting.silent_ms);
    other.names();
    assert!((20_000..21_000).contains(&beat(&other).await.silent_ms));
    tokio::time::resume();
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    client.completed(&turn).await;
    other.names();
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(!other.names().iter().any(|name| name == "ext/turn/waiting"), "nothing waits any more");
}

#[tokio::test]
async fn it_tells_people_and_tools_apart() {
    let acted = Acted::asking(&acts(&[json!([exec("sleep 1000")])]), crate::acting::OPEN).await;
    let watcher = acted.lab.client_that(OF_INTEREST);
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    acted.lab.resume(&watcher, &acted.thread, true).await.unwrap();
    tokio::time::pause();
    assert_eq!(beat(&watcher).await.waits_for, TurnWaitsFor::Human);
    tokio::time::resume();
    acted.decide(&asked, "accept");
    acted.client.until("the command", |event| matches!(event, ServerNotification::ThreadStatusChanged(changed) if !format!("{:?}", changed.status).contains("Waiting")).then_some(())).await;
    watcher.names();
    tokio::time::pause();
    assert_eq!(beat(&watcher).await.waits_for, TurnWaitsFor::Tool);
    tokio::time::resume();
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Interrupted);
}

#[tokio::test]
async fn a_command_that_was_left_to_run_is_not_what_a_turn_waits_for() {
    let left = call("exec_command", json!({ "cmd": "sleep 1000", "yield_time_ms": 250 }));
    let answers = json!({ "answer": [{ "items": [left], "literal": true }, { "text": "partial", "end": "hang" }] });
    let acted = Acted::on(&answers.to_string(), crate::acting::OPEN).await;
    let watcher = acted.lab.client_that(OF_INTEREST);
    let turn = acted.begin("go").await;
    acted.client.first_delta().await;
    acted.lab.resume(&watcher, &acted.thread, true).await.unwrap();
    tokio::time::pause();
    assert_eq!(beat(&watcher).await.waits_for, TurnWaitsFor::Model);
    tokio::time::resume();
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Interrupted);
}

#[tokio::test]
async fn a_client_with_a_limit_refuses_by_its_silence() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), crate::acting::OPEN).await;
    let impatient = acted.lab.client_that(Wants { question_limit: Some(Duration::from_millis(1)), ..Wants::default() });
    let turn = acted.begin("go").await;
    acted.client.asked(0).await;
    acted.lab.resume(&impatient, &acted.thread, true).await.unwrap();
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
    assert!(!acted.file("made").exists());
    assert_eq!(acted.client.command()["status"], json!("failed"), "as when a client answers with an error");
}
