//! How threads leave memory, and how the engine ends.

use std::time::Duration;

use codex_app_server_protocol::v2::TurnStatus;
use codex_engine::Shutdown;

use crate::harness::{Client, Lab, Options};

/// Waits until a thread has left memory.
async fn closed(client: &Client) {
    client.until("thread/closed", |event| (event.method() == "thread/closed").then_some(())).await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_thread_without_listeners_leaves_memory() {
    let lab = Lab::with(Options {
        script: "[[answer]]\ntext = 'x'\n",
        config: "thread_unload_delay_secs = 60\n",
        ..Options::default()
    });
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    lab.run(&first, &thread, "Hi").await;
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(lab.loaded().len(), 1, "somebody listens");
    second.names();
    lab.engine.drop_subscriber(first.id);
    closed(&second).await;
    assert_eq!(second.names(), ["status notLoaded", "thread/closed"]);
    assert_eq!(lab.loaded().len(), 0);
    let error = lab.turn(&second, &thread, "Hi").await.unwrap_err();
    assert_eq!(error.to_string(), format!("thread not found: {thread}"));
    let read = lab.read(&second, &thread, true).await.unwrap();
    assert_eq!(read.thread.turns.len(), 1);
}

#[tokio::test]
async fn a_turn_outlives_its_starter() {
    let lab = Lab::new("[[answer]]\ntext = 'a long answer'\ndelta_chars = 1\ndelay_ms = 5\n");
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    let turn = lab.turn(&first, &thread, "Hi").await.unwrap();
    first.first_delta().await;
    lab.engine.drop_subscriber(first.id);
    lab.resume(&second, &thread, true).await.unwrap();
    assert_eq!(second.completed(&turn).await.status, TurnStatus::Completed);
    assert!(!first.names().contains(&"turn/completed".to_owned()));
}

#[tokio::test]
async fn an_immediate_end_interrupts_turns_and_keeps_what_was_said() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "Hi").await.unwrap();
    client.first_delta().await;
    lab.engine.shutdown(Shutdown::InterruptNow).await;
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
    assert_eq!(lab.rollout().last().unwrap()["payload"]["type"], "turn_aborted");
    assert_eq!(lab.engine.running_turns(), 0);
    let error = lab.turn(&client, &thread, "Hi").await.unwrap_err();
    assert_eq!(error.to_string(), format!("thread not found: {thread}"));
}

#[tokio::test]
async fn a_drain_lets_turns_end_and_refuses_new_ones() {
    let lab = Lab::new("[[answer]]\ntext = 'a long answer'\ndelta_chars = 1\ndelay_ms = 10\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let other = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "Hi").await.unwrap();
    client.first_delta().await;
    let (_, refused) = tokio::join!(
        lab.engine.shutdown(Shutdown::Drain { deadline: Duration::from_secs(20) }),
        lab.turn(&client, &other, "Hi"),
    );
    assert_eq!(refused.unwrap_err().to_string(), "the server is shutting down");
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Completed);
}

#[tokio::test(start_paused = true)]
async fn a_drain_does_not_wait_for_ever() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.turn(&client, &thread, "Hi").await.unwrap();
    client.first_delta().await;
    lab.engine.shutdown(Shutdown::Drain { deadline: Duration::from_secs(30) }).await;
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
}

#[tokio::test(start_paused = true)]
async fn a_request_of_a_connection_that_has_ended_subscribes_it_to_nothing() {
    let lab = Lab::with(Options {
        script: "[[answer]]\ntext = 'x'\n",
        config: "thread_unload_delay_secs = 60\n",
        ..Options::default()
    });
    let (client, gone, other) = (lab.client(), lab.client(), lab.client());
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    // Its connection ends, and the requests that came before only then have their turn.
    lab.end(&gone);
    lab.resume(&gone, &thread, true).await.unwrap();
    lab.replay(&gone, &thread, None).await.unwrap();
    lab.end(&client);
    closed(&other).await;
    assert_eq!(lab.loaded().len(), 0, "nobody listens");
    // Likewise where the thread is loaded for it.
    other.names();
    lab.resume(&gone, &thread, true).await.unwrap();
    assert_eq!(lab.loaded().len(), 1);
    closed(&other).await;
    assert_eq!(lab.loaded().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_delay_at_all_is_none_only_once_nobody_listens() {
    let lab = Lab::with(Options {
        script: "[[answer]]\ntext = 'x'\n",
        config: "thread_unload_delay_secs = 0\n",
        ..Options::default()
    });
    let (client, other) = (lab.client(), lab.client());
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert!(!other.names().contains(&"thread/closed".to_owned()), "somebody listens");
    lab.engine.drop_subscriber(client.id);
    closed(&other).await;
    assert_eq!(lab.loaded().len(), 0);
}
