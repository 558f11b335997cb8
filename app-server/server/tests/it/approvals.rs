//! Questions to several clients over websockets: who is asked, whose answer counts, who is told.

use codex_app_server_test_support::{ModelEndpoint, ServerAsk, TestClient, TestServer};
use serde_json::{Value, json};

use super::stage::{exec, items, told};
use super::{methods, server};

const APPROVAL: &str = "item/commandExecution/requestApproval";

/// A server with a thread that asks for everything; its first client has run a turn in it, so that others can join.
async fn with_thread(model: &ModelEndpoint) -> (TestServer, TestClient, String) {
    model.say("Before");
    let mut server = server().model(model).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({"approvalPolicy": "untrusted"})).await;
    client.run_turn(&thread, "Hi").await;
    (server, client, thread)
}

/// A client more that listens to the thread; what it was told so far counts as looked at.
async fn joined(server: &mut TestServer, thread: &str) -> TestClient {
    let client = server.client().await;
    client.call("thread/resume", json!({"threadId": thread})).await;
    client.note("thread/goal/cleared").await;
    client.rest();
    client
}

async fn accept(client: &TestClient, ask: &ServerAsk) {
    client.reply(ask, json!({"decision": "accept"})).await;
}

/// Waits for the end of the turn. That the question is closed, and how the command has ended.
async fn outcome(client: &TestClient, ask: &ServerAsk) -> (Value, Value) {
    let messages = client.until("turn/completed").await;
    let resolved = messages.iter().find(|message| message["method"] == "serverRequest/resolved").unwrap();
    assert_eq!(resolved["params"]["requestId"], json!(ask.id));
    assert_eq!(methods(&messages).iter().filter(|method| **method == "serverRequest/resolved").count(), 1);
    let command = items(&messages, "item/completed", "commandExecution");
    (command[0]["status"].clone(), command[0]["aggregatedOutput"].clone())
}

#[tokio::test]
async fn all_subscribers_are_asked_under_one_id_and_the_first_answer_counts() {
    let model = ModelEndpoint::start().await;
    let (mut server, one, thread) = with_thread(&model).await;
    let other = joined(&mut server, &thread).await;
    let stranger = server.client().await;
    model.push(exec("call_1", "echo ran"));
    model.say("After");
    one.start_turn(&thread, "Go").await;
    let (first, second) = (one.asked(APPROVAL).await, other.asked(APPROVAL).await);
    assert_eq!((&first.id, &first.params), (&second.id, &second.params));
    // Nobody else may answer.
    stranger.reply(&first, json!({"decision": "cancel"})).await;
    stranger.call("thread/loaded/list", json!({})).await;
    accept(&other, &second).await;
    let (told_one, told_other) = (outcome(&one, &first).await, outcome(&other, &second).await);
    assert_eq!(told_one, (json!("completed"), json!("ran\n")));
    assert_eq!(told_one, told_other);
    // Too late: it is passed over, and the connection goes on.
    one.reply(&first, json!({"decision": "cancel"})).await;
    assert_eq!(one.call("thread/loaded/list", json!({})).await["data"], json!([thread]));
    let asked = |message: &Value| message["method"] == APPROVAL;
    assert!(!stranger.finish().await.received().any(asked), "who does not listen to the thread is not asked");
    let _ = (one.finish().await, other.finish().await);
    server.finish().await;
}

#[tokio::test]
async fn who_joins_while_a_question_is_open_is_asked_after_its_answer() {
    let model = ModelEndpoint::start().await;
    let (mut server, one, thread) = with_thread(&model).await;
    let other = joined(&mut server, &thread).await;
    model.push(exec("call_1", "echo ran"));
    model.say("After");
    one.start_turn(&thread, "Go").await;
    let (first, second) = (one.asked(APPROVAL).await, other.asked(APPROVAL).await);
    let third = server.client().await;
    let resumed = third.call("thread/resume", json!({"threadId": thread})).await;
    assert_eq!(resumed["thread"]["status"], json!({"type": "active", "activeFlags": ["waitingOnApproval"]}));
    let again = third.asked(APPROVAL).await;
    assert_eq!((&first.id, &first.params), (&again.id, &again.params));
    accept(&third, &again).await;
    for (client, ask) in [(&one, &first), (&other, &second), (&third, &again)] {
        assert_eq!(outcome(client, ask).await, (json!("completed"), json!("ran\n")));
    }
    let transcript = third.finish().await;
    let place = |fits: &dyn Fn(&Value) -> bool| transcript.received().position(fits).unwrap();
    let answered = place(&|message| !message["result"]["thread"].is_null());
    assert!(answered < place(&|message| message["method"] == APPROVAL));
    let _ = (one.finish().await, other.finish().await);
    server.finish().await;
}

#[tokio::test]
async fn approval_outlives_connection() {
    let model = ModelEndpoint::start().await;
    let (mut server, one, thread) = with_thread(&model).await;
    model.push(exec("call_1", "echo ran"));
    model.say("After");
    one.start_turn(&thread, "Go").await;
    let first = one.asked(APPROVAL).await;
    one.ignore_rest();
    let _ = one.finish().await;
    // Nobody listens now; the question waits.
    let other = server.client().await;
    other.call("thread/resume", json!({"threadId": thread})).await;
    let again = other.asked(APPROVAL).await;
    assert_eq!((&first.id, &first.params), (&again.id, &again.params));
    accept(&other, &again).await;
    assert_eq!(outcome(&other, &again).await, (json!("completed"), json!("ran\n")));
    assert!(told(model.requests().last().unwrap(), "call_1").ends_with("\nOutput:\nran\n"));
    let _ = other.finish().await;
    server.finish().await;
}
