//! Turns that fail, and turns that nearly do.

use std::sync::atomic::Ordering;
use std::time::Duration;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{CodexErrorInfo, ErrorNotification, ThreadStatus, TurnStatus};

use crate::harness::{Client, Lab, Options};

fn errors(client: &Client) -> Vec<ErrorNotification> {
    let errors = client.events().into_iter().filter_map(|event| match event {
        ServerNotification::Error(error) => Some(error),
        _ => None,
    });
    errors.collect()
}

#[tokio::test]
async fn a_failed_turn_leaves_the_thread_usable() {
    let script = "[[answer]]\nend = { fail = { code = 'context_length_exceeded', message = 'too long' } }\n\
                  [[answer]]\ntext = 'Fine again'\n";
    let lab = Lab::new(script);
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Failed);
    let error = turn.error.unwrap();
    assert_eq!(error.codex_error_info, Some(CodexErrorInfo::ContextWindowExceeded));
    let names = client.names();
    assert_eq!(
        names[names.len() - 7..],
        [
            "account/rateLimits/updated",
            "thread/tokenUsage/updated",
            "account/rateLimits/updated",
            "status systemError",
            "error",
            "thread/readState/changed",
            "turn/completed",
        ]
    );
    let read = lab.read(&client, &thread, true).await.unwrap();
    assert_eq!(read.thread.status, ThreadStatus::SystemError);
    assert_eq!(read.thread.turns[0].error.as_ref().map(|error| &error.message), Some(&error.message));
    let turn = lab.run(&client, &thread, "Once more").await;
    assert_eq!(turn.status, TurnStatus::Completed);
}

#[tokio::test(start_paused = true)]
async fn a_cut_stream_is_asked_again_and_clients_are_told() {
    let lab = Lab::new(
        "[[answer]]\ntext = 'half'\nend = 'cut'\n[[answer]]\ntext = 'hal'\nend = 'cut'\n[[answer]]\ntext = 'Whole'\n",
    );
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Completed);
    assert_eq!(client.texts("agentMessage"), ["Whole"]);
    let told: Vec<_> = errors(&client).into_iter().map(|error| (error.will_retry, error.error)).collect();
    assert_eq!(told.len(), 2);
    for (number, (will_retry, error)) in (1..).zip(told) {
        assert!(will_retry);
        assert_eq!(error.message, format!("Reconnecting... {number}/5"));
        assert_eq!(error.codex_error_info, Some(CodexErrorInfo::ResponseStreamDisconnected { http_status_code: None }));
        assert_eq!(
            error.additional_details.as_deref(),
            Some("stream disconnected before completion: stream closed before response.completed")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn retries_come_to_an_end() {
    let lab = Lab::new("[[answer]]\ntext = 'half'\nend = 'cut'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Failed);
    assert_eq!(
        turn.error.unwrap().message,
        "stream disconnected before completion: stream closed before response.completed"
    );
    let retries: Vec<_> = errors(&client).iter().map(|error| error.will_retry).collect();
    assert_eq!(retries, [true, true, true, true, true, false]);
}

#[tokio::test(start_paused = true)]
async fn a_silent_provider_ends_the_turn_at_the_deadline() {
    let lab = Lab::with(Options {
        script: "[[answer]]\ntext = 'half'\nend = 'hang'\n",
        app_server: "[limits]\nprovider_deadline_s = 200\n",
        ..Options::default()
    });
    let client = lab.client();
    let thread = lab.start(&client).await;
    let began = tokio::time::Instant::now();
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Failed);
    let waited = began.elapsed();
    assert!(waited >= Duration::from_secs(200) && waited < Duration::from_secs(201), "{waited:?}");
    let error = turn.error.unwrap();
    assert!(error.message.contains("200 s"), "{}", error.message);
    assert_eq!(error.codex_error_info, Some(CodexErrorInfo::ResponseStreamConnectionFailed { http_status_code: None }));
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_waited_for_until_the_deadline() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let lab = Lab::with(Options {
        config: &format!(
            "model = 'm'\nmodel_provider = 'gone'\n[model_providers.gone]\nname = 'gone'\nbase_url = 'http://{closed}/v1'\n\
             request_max_retries = 0\n"
        ),
        app_server: "[limits]\nprovider_deadline_s = 1\n",
        ..Options::default()
    });
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Failed);
    let told = errors(&client);
    assert_eq!(told[0].error.message, "Reconnecting... waiting for network");
    assert!(told[0].will_retry);
    assert_eq!(turn.error.unwrap().additional_details.as_deref(), Some("Connection failed: error sending request"));
    let turn = lab.turn(&client, &thread, "Go").await.unwrap();
    lab.interrupt(&client, &thread, &turn).await.unwrap();
    assert_eq!(client.completed(&turn).await.status, TurnStatus::Interrupted);
}

#[tokio::test]
async fn a_panic_of_the_work_is_a_failed_turn_and_no_more() {
    let lab = Lab::new("[[answer]]\ntext = 'Fine'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.identity.panics.store(true, Ordering::SeqCst);
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.status, TurnStatus::Failed);
    assert_eq!(turn.error.unwrap().message, "the turn failed inside of the server");
    lab.identity.panics.store(false, Ordering::SeqCst);
    let turn = lab.run(&client, &thread, "Again").await;
    assert_eq!(turn.status, TurnStatus::Completed);
    assert_eq!(client.texts("userMessage"), ["Go", "Again"]);
    let ends = client.names().into_iter().filter(|name| name == "turn/completed").count();
    assert_eq!(ends, 2);
}

#[tokio::test]
async fn a_login_that_cannot_be_used_is_the_error_of_the_turn() {
    let lab = Lab::with(Options { config: "model_provider = 'openai'\n", ..Options::default() });
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Go").await;
    assert_eq!(turn.error.unwrap().message, "nobody is logged in");
    assert_eq!(client.texts("userMessage"), ["Go"]);
}
