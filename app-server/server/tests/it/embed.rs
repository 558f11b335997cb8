//! The server as a part of this very program.

use std::num::NonZeroU32;

use codex_app_server::embed::{EmbedOptions, Embedded, EmbeddedEvent, EmbeddedEvents};
use codex_app_server_protocol::{
    ClientRequest, RequestId, ServerNotification, ServerRequest, methods, server_methods, v2,
};
use codex_app_server_test_support::{DEADLINE, ModelEndpoint, TestHome};
use futures_util::FutureExt;
use serde_json::json;
use tokio::time::timeout;

use super::stage::exec;

fn options(home: &TestHome) -> EmbedOptions {
    let options = EmbedOptions::new("test", "1").home(&home.codex_home()).experimental();
    // Nothing but the scripted model may be reached.
    EmbedOptions { env: options.env.into_iter().chain([("NO_PROXY".into(), "127.0.0.1".into())]).collect(), ..options }
}

async fn embedded(home: &TestHome) -> (Embedded, EmbeddedEvents) {
    let (server, events, answer) = Embedded::start(options(home)).await.unwrap();
    assert_eq!(answer.codex_home.as_str(), home.codex_home().to_str().unwrap());
    (server, events)
}

fn loaded() -> ClientRequest {
    ClientRequest::ThreadLoadedList(serde_json::from_value(json!({})).unwrap())
}

/// A command that runs until it is ended.
fn endless() -> ClientRequest {
    let params = json!({"command": ["sleep", "1000"], "processId": "p", "disableTimeout": true,
        "sandboxPolicy": {"type": "dangerFullAccess"}});
    ClientRequest::CommandExec(serde_json::from_value(params).unwrap())
}

async fn event(events: &mut EmbeddedEvents) -> Option<EmbeddedEvent> {
    timeout(DEADLINE, events.next()).await.expect("an event in time")
}

async fn start_thread(server: &Embedded, home: &TestHome) -> String {
    let params = json!({"cwd": home.cwd(), "approvalPolicy": "untrusted", "sandbox": "danger-full-access"});
    let started = server.call::<methods::ThreadStart>(serde_json::from_value(params).unwrap()).await.unwrap();
    started.thread.id
}

fn turn_start(thread: &str, prompt: &str) -> v2::TurnStartParams {
    let input = vec![v2::UserInput::Text { text: prompt.to_owned(), text_elements: Vec::new() }];
    v2::TurnStartParams { thread_id: thread.to_owned(), input, ..Default::default() }
}

#[tokio::test]
async fn a_turn_runs_on_values_alone_and_its_question_is_answered() {
    let (home, model) = (TestHome::new(), ModelEndpoint::start().await);
    home.configure(&model, "", "");
    model.push(exec("call_1", "touch made"));
    model.say("Hello there");
    let (server, mut events) = embedded(&home).await;
    let thread = start_thread(&server, &home).await;
    server.call::<methods::TurnStart>(turn_start(&thread, "Hi")).await.unwrap();
    let (mut said, mut asked) = (String::new(), 0);
    let turn = loop {
        match event(&mut events).await.expect("the turn has not ended") {
            EmbeddedEvent::Notification(event) => match &event.body {
                ServerNotification::AgentMessageDelta(delta) => said += &delta.delta,
                ServerNotification::TurnCompleted(completed) => break completed.turn.clone(),
                _ => {}
            },
            EmbeddedEvent::Request { id, request } => {
                assert!(matches!(*request, ServerRequest::ItemCommandExecutionRequestApproval(_)), "{request:?}");
                let decision = v2::CommandExecutionApprovalDecision::Decline;
                let response = v2::CommandExecutionRequestApprovalResponse { decision };
                let respond = || server.respond::<server_methods::ItemCommandExecutionRequestApproval>(&id, &response);
                assert!(respond().unwrap(), "the first answer counts");
                assert!(!respond().unwrap(), "and no other one");
                asked += 1;
            }
        }
    };
    assert_eq!((said.as_str(), asked, turn.status), ("Hello there", 1, v2::TurnStatus::Completed));
    let told = super::stage::told(&model.requests()[1], "call_1");
    assert!(told.contains("rejected by user"), "{told}");
    server.shutdown().await;
    while event(&mut events).await.is_some() {}
}

#[tokio::test]
async fn requests_go_through_the_same_checks_as_lines() {
    let home = TestHome::new();
    let plain = EmbedOptions { capabilities: None, ..options(&home) };
    let (server, _events, _) = Embedded::start(plain).await.unwrap();
    let refused = server.call::<methods::MockExperimentalMethod>(serde_json::from_value(json!({})).unwrap()).await;
    assert_eq!(refused.unwrap_err().message, "mock/experimentalMethod requires experimentalApi capability");
    let again = server.call::<methods::Initialize>(codex_app_server_protocol::v1::InitializeParams::default()).await;
    assert_eq!(again.unwrap_err().message, "Already initialized");
    let read = v2::ThreadReadParams { thread_id: "x".to_owned(), ..Default::default() };
    let unknown = server.call::<methods::ThreadRead>(read).await.unwrap_err();
    assert_eq!(unknown.code, -32600);
    assert!(server.request(loaded()).await.unwrap().get().contains("\"data\":[]"));
    server.shutdown().await;
}

#[tokio::test]
async fn extensions_about_lines_are_not_granted() {
    let home = TestHome::new();
    let mut options = options(&home);
    let asked = ["open-app-server/strict", "open-app-server/idempotency", "open-app-server/heartbeat"];
    let asked = asked.into_iter().map(|name| (name.to_owned(), json!({}))).collect();
    options.capabilities.get_or_insert_default().extensions = Some(asked);
    let (server, _events, answer) = Embedded::start(options).await.unwrap();
    assert_eq!(answer.extensions.keys().collect::<Vec<_>>(), ["open-app-server/heartbeat"]);
    server.shutdown().await;
}

#[tokio::test]
async fn an_id_in_flight_is_refused_and_free_again_behind_its_answer() {
    let home = TestHome::new();
    let (server, _events) = embedded(&home).await;
    let id = RequestId::String("mine".to_owned());
    let mut open = Box::pin(server.request_as(id.clone(), endless()));
    assert!((&mut open).now_or_never().is_none(), "the command runs");
    let refused = server.request_as(id.clone(), loaded()).await.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (-32600, "duplicate request id"));
    let terminate = v2::CommandExecTerminateParams { process_id: "p".to_owned() };
    server.call::<methods::CommandExecTerminate>(terminate).await.unwrap();
    timeout(DEADLINE, open).await.expect("an answer in time").unwrap();
    server.request_as(id, loaded()).await.unwrap();
    server.shutdown().await;
}

#[tokio::test]
async fn a_full_queue_is_told_and_empties_again() {
    let home = TestHome::new();
    let (server, _events, _) =
        Embedded::start(EmbedOptions { in_flight: NonZeroU32::MIN, ..options(&home) }).await.unwrap();
    let mut open = Box::pin(server.request(endless()));
    assert!((&mut open).now_or_never().is_none(), "the command runs");
    let refused = server.request(loaded()).await.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (-32001, "in-process app-server request queue is full"));
    let shutdown = tokio::spawn(server.clone().shutdown());
    timeout(DEADLINE, open).await.expect("an answer in time").ok();
    timeout(DEADLINE, shutdown).await.expect("the end in time").unwrap();
    let refused = server.request(loaded()).await.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (-32001, "the server was shut down"));
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_its_place_with_the_answer() {
    let home = TestHome::new();
    let (server, _events, _) =
        Embedded::start(EmbedOptions { in_flight: NonZeroU32::MIN, ..options(&home) }).await.unwrap();
    let mut given_up = Box::pin(server.request(endless()));
    assert!((&mut given_up).now_or_never().is_none(), "the command runs");
    drop(given_up);
    assert_eq!(server.request(loaded()).await.unwrap_err().code, -32001, "it still runs");
    server.shutdown().await;
}

#[tokio::test]
async fn a_home_that_is_not_there_is_told() {
    let home = TestHome::new();
    let nowhere = home.codex_home().join("nowhere");
    let error = Embedded::start(EmbedOptions::new("test", "1").home(&nowhere)).await.unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}
