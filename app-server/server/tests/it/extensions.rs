//! Extensions on the wire: each only for connections that ask for it.

use codex_app_server_client::websocket;
use codex_app_server_protocol::{RequestId, RpcError};
use codex_app_server_test_support::model::events;
use codex_app_server_test_support::transcript::Redactions;
use codex_app_server_test_support::{Gate, ModelEndpoint, Reply, TestClient, TestServer};
use serde_json::{Value, json};

use super::raw::{INITIALIZE, Raw};
use super::reconnect::{OnPort, free};
use super::stage::exec;
use super::{saying, server};

/// What comes on its own account, so that its place among other messages is not fixed.
const UNWANTED: [&str; 1] = ["remoteControl/status/changed"];

/// The handshake of a client that asks for these extensions; which of them it got.
async fn asking(client: &TestClient, extensions: Value) -> Value {
    let capabilities =
        json!({"experimentalApi": true, "optOutNotificationMethods": UNWANTED, "extensions": extensions});
    client.initialize_with(capabilities).await["extensions"].clone()
}

async fn extended(server: &mut TestServer, extensions: Value) -> TestClient {
    let client = server.connect().await;
    assert_eq!(asking(&client, extensions.clone()).await, extensions);
    client
}

/// What kind of error it is, and what it is about.
fn kind(error: &RpcError) -> (&str, Option<&str>) {
    let data = error.data.as_ref().unwrap();
    (data["code"].as_str().unwrap(), data["subject"].as_str())
}

fn is_told_with_a_place(message: &Value) -> bool {
    message["cursor"].as_str().is_some_and(|cursor| !cursor.is_empty())
}

/// The text that deltas make up.
fn text_of(messages: &[Value]) -> String {
    let deltas = messages.iter().filter(|message| message["method"] == "item/agentMessage/delta");
    deltas.filter_map(|message| message["params"]["delta"].as_str()).collect()
}

#[tokio::test]
async fn an_ordinary_client_sees_no_trace_of_them() {
    let model = ModelEndpoint::start().await;
    model.say("Before");
    model.say("Hello there");
    let mut running = server().model(&model).start_websocket().await;
    let ordinary = running.connect().await;
    // Names that are none of ours are passed over.
    let granted = asking(&ordinary, json!({"openai/form": {}, "open-app-server/none": {"any": 1}})).await;
    assert_eq!(granted, Value::Null, "not even an empty list");
    let noting = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let thread = noting.start_thread(json!({})).await;
    noting.run_turn(&thread, "Hi").await;
    ordinary.call("thread/resume", json!({"threadId": thread})).await;
    ordinary.call("turn/start", saying(&thread, "Hi")).await;
    let told = ordinary.until("turn/completed").await;
    assert!(text_of(&told) == "Hello there" && told.iter().all(|message| message.get("cursor").is_none()), "{told:?}");
    let told = noting.until("turn/completed").await;
    let of_turn: Vec<&Value> = told.iter().filter(|message| message["params"]["turnId"].is_string()).collect();
    assert!(of_turn.len() > 3 && of_turn.into_iter().all(is_told_with_a_place), "{told:?}");
    let refused = ordinary.call_refused("ext/thread/replay", json!({"threadId": thread})).await;
    assert_eq!(kind(&refused), ("extensionRequired", Some("open-app-server/replay")));
    ordinary.ignore_rest();
    noting.ignore_rest();
    drop((ordinary, noting));
    running.finish().await;
}

#[tokio::test]
async fn what_one_connection_has_missed_is_brought_to_the_next() {
    let model = ModelEndpoint::start().await;
    let (first, second) = (Gate::new(), Gate::new());
    let reply = Reply::turn().message_of("msg_1", &["one ", "two "]).gate(&first).message_of("msg_2", &["three "]);
    model.push(reply.gate(&second).message_of("msg_3", &["four ", "five"]));
    let mut running = server().model(&model).start_websocket().await;
    let client = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    let before = client.until("item/agentMessage/delta").await.pop().unwrap();
    assert!(before["params"]["delta"] == "one " && is_told_with_a_place(&before), "{before}");
    client.ignore_rest();
    drop(client);
    first.reached().await;
    first.open();
    second.reached().await;
    let back = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let replay = json!({"threadId": thread, "after": before["cursor"]});
    let answer = back.call("ext/thread/replay", replay.clone()).await;
    assert_eq!((&answer["outcome"], &answer["snapshot"]), (&json!("replayed"), &Value::Null));
    let missed = usize::try_from(answer["missed"].as_u64().unwrap()).unwrap();
    second.open();
    let told = back.until("turn/completed").await;
    assert_eq!(text_of(&told), "two three four five");
    assert!(text_of(&told[..missed]).starts_with("two "), "{missed} of {told:?}");
    let cursors: Vec<u64> =
        told.iter().filter_map(|message| message["cursor"].as_str()).map(|cursor| cursor.parse().unwrap()).collect();
    assert!(cursors.is_sorted_by(|one, next| one < next), "none twice: {cursors:?}");
    // Asked again, it brings the same again, to whoever asks.
    let third = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    third.call("ext/thread/replay", replay).await;
    assert_eq!(text_of(&third.until("turn/completed").await), "two three four five");
    let old = third.call("ext/thread/replay", json!({"threadId": thread, "after": "1"})).await;
    assert_eq!((&old["outcome"], &old["missed"]), (&json!("snapshot"), &json!(0)));
    assert_eq!(old["snapshot"]["thread"]["turns"][0]["status"], "completed");
    let wrong = third.call_refused("ext/thread/replay", json!({"threadId": thread, "after": "soon"})).await;
    assert_eq!(kind(&wrong), ("invalidCursor", Some("soon")));
    for client in [back, third] {
        client.ignore_rest();
    }
    running.finish().await;
}

#[tokio::test]
async fn a_snapshot_holds_what_begun_items_have_said_and_deltas_go_on_from_there() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    let reply = Reply::turn().event(&events::message_opened("msg_1"));
    let delta = |text: &str| events::text_delta("msg_1", text);
    let whole = events::message_item("msg_1", "one two three");
    let done = events::item_done(whole);
    model.push(reply.event(&delta("one ")).event(&delta("two ")).gate(&gate).event(&delta("three")).event(&done));
    let mut running = server().model(&model).start_websocket().await;
    let client = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    gate.reached().await;
    client.note_where("item/agentMessage/delta", |params| params["delta"].as_str().unwrap().ends_with("two ")).await;
    let back = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let answer = back.call("ext/thread/replay", json!({"threadId": thread})).await;
    assert_eq!(answer["outcome"], "snapshot");
    let items = answer["snapshot"]["thread"]["turns"][0]["items"].as_array().unwrap();
    assert_eq!(items.last().unwrap()["text"], "one two ", "{items:?}");
    gate.open();
    assert_eq!(text_of(&back.until("turn/completed").await), "three");
    for client in [back, client] {
        client.ignore_rest();
    }
    running.finish().await;
}

#[tokio::test]
async fn a_snapshot_holds_what_a_running_command_has_printed() {
    let model = ModelEndpoint::start().await;
    model.push(exec("call_1", "mkfifo go; echo early; read line < go; echo late"));
    model.say("Done");
    let mut running = server().model(&model).start_websocket().await;
    let client = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let folder = tempfile::tempdir().unwrap();
    let free = json!({"cwd": folder.path(), "approvalPolicy": "never", "sandbox": "danger-full-access"});
    let thread = client.start_thread(free).await;
    client.start_turn(&thread, "Hi").await;
    client.note("item/commandExecution/outputDelta").await;
    let back = extended(&mut running, json!({"open-app-server/replay": {}})).await;
    let answer = back.call("ext/thread/replay", json!({"threadId": thread})).await;
    let items = answer["snapshot"]["thread"]["turns"][0]["items"].as_array().unwrap();
    assert_eq!(items.last().unwrap()["aggregatedOutput"], "early\n", "{items:?}");
    std::fs::write(folder.path().join("go"), "go\n").unwrap();
    let rest = back.until("turn/completed").await;
    let delta = rest.iter().find(|message| message["method"] == "item/commandExecution/outputDelta").unwrap();
    assert_eq!(delta["params"]["delta"], "late\n");
    for client in [back, client] {
        client.ignore_rest();
    }
    running.finish().await;
}

/// Sends a request with a key and waits for its answer.
async fn keyed(client: &TestClient, id: i64, key: Value, (method, params): (&str, &Value)) -> Result<Value, RpcError> {
    let request = json!({"id": id, "method": method, "idempotencyKey": key, "params": params});
    client.send_line(request.to_string()).await;
    client.answer(&RequestId::Integer(id)).await
}

async fn client_at(url: &str, extensions: Value) -> TestClient {
    let client = TestClient::new(websocket::connect(url).await.unwrap(), Redactions::default());
    assert_eq!(asking(&client, extensions.clone()).await, extensions);
    client
}

#[tokio::test]
async fn a_key_brings_the_first_result_again_also_to_a_server_that_was_started_again() {
    let model = ModelEndpoint::start().await;
    model.say("Once");
    let builder = server().model(&model);
    let url = free().await;
    let first = OnPort::start(&builder, &url).await;
    let extensions = json!({"open-app-server/idempotency": {}});
    let client = client_at(&url, extensions.clone()).await;
    let empty = json!({});
    let start = ("thread/start", &empty);
    let started = keyed(&client, 100, json!("t"), start).await.unwrap();
    let thread = started["thread"]["id"].as_str().unwrap().to_owned();
    let again = keyed(&client, 101, json!("t"), start).await.unwrap();
    assert_eq!(again["thread"]["id"], *thread);
    let saying_hi = saying(&thread, "Hi");
    let turn = ("turn/start", &saying_hi);
    let answered = keyed(&client, 102, json!("k"), turn).await.unwrap();
    client.until("turn/completed").await;
    assert_eq!(keyed(&client, 103, json!("k"), turn).await.unwrap(), answered);
    let something_else = saying(&thread, "Something else");
    let reused = keyed(&client, 104, json!("k"), ("turn/start", &something_else)).await.unwrap_err();
    assert_eq!(kind(&reused), ("idempotencyKeyReused", Some("k")));
    for (id, wrong) in [(105, json!("")), (106, json!("x".repeat(257))), (107, json!(7))] {
        let refused = keyed(&client, id, wrong, turn).await.unwrap_err();
        assert!(refused.message.contains("idempotencyKey must be a text of 1 to 256 bytes"), "{refused}");
    }
    client.ignore_rest();
    drop(client);
    first.kill().await;

    let second = OnPort::start(&builder, &url).await;
    let client = client_at(&url, extensions).await;
    let again = keyed(&client, 100, json!("t"), start).await.unwrap();
    assert_eq!(again["thread"]["id"], *thread, "it is found, and the client is in it");
    assert_eq!(keyed(&client, 101, json!("k"), turn).await.unwrap(), answered);
    assert_eq!(model.requests().len(), 1, "the model was asked once");
    // To who has not asked for keys they are nothing.
    model.say("Twice");
    let ordinary = TestClient::new(websocket::connect(&url).await.unwrap(), Redactions::default());
    ordinary.initialize().await;
    let other = keyed(&ordinary, 100, json!("k"), turn).await.unwrap();
    assert_ne!(other["turn"]["id"], answered["turn"]["id"]);
    client.until("turn/completed").await;
    for client in [client, ordinary] {
        client.ignore_rest();
    }
    second.kill().await;
}

/// An `initialize` that asks for strict mode.
fn strictly() -> String {
    INITIALIZE
        .replace(r#""experimentalApi":true"#, r#""experimentalApi":true,"extensions":{"open-app-server/strict":{}}"#)
}

/// Lines that come to nothing, and something of what a strict client is told about each.
const UNREAD: [(&str, &str); 5] = [
    (r#"{"method":"initialized","parms":{}}"#, "parms"),
    ("{nonsense", "dropped"),
    (r#"{"method":"no/such"}"#, "no/such"),
    (r#"{"id":77,"result":{}}"#, "77"),
    (r#"{"neither":1}"#, "neither a request nor an answer nor a notification"),
];

#[tokio::test]
async fn a_strict_client_is_told_what_comes_to_nothing() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(strictly().replace(r#""version""#, r#""titel":"","version""#)).await;
    assert_eq!(raw.answer().await["error"]["data"]["subject"], "/clientInfo/titel");
    raw.send(strictly()).await;
    let granted = raw.answer().await;
    assert_eq!(granted["result"]["extensions"], json!({"open-app-server/strict": {}}));
    raw.send(r#"{"method":"initialized"}"#).await;
    for (line, expected) in UNREAD {
        raw.send(line).await;
        let told = raw.answer().await;
        assert_eq!((&told["id"], &told["error"]["data"]["code"]), (&Value::Null, &json!("unread")), "{told}");
        assert!(told.as_object().unwrap().contains_key("id"), "null, but there: {told}");
        assert!(told["error"]["message"].as_str().unwrap().contains(expected), "{told}");
    }
    raw.send(r#"{"id":5,"method":"thread/list","params":{"limit":1,"limmit":2}}"#).await;
    let told = raw.answer().await;
    assert_eq!((&told["id"], &told["error"]["data"]["subject"]), (&json!(5), &json!("/limmit")), "{told}");
    raw.send(r#"{"id":5,"method":"thread/list","params":{},"parms":{"limit":1}}"#).await;
    let told = raw.answer().await;
    assert_eq!((&told["id"], &told["error"]["data"]["subject"]), (&json!(5), &json!("parms")), "{told}");
    raw.send(r#"{"id":6,"method":"thread/list","params":{"limit":"many"}}"#).await;
    let told = raw.answer().await;
    assert!(told["id"] == 6 && told["error"].is_object(), "{told}");
    raw.send(r#"{"id":7,"method":"thread/loaded/list","params":{}}"#).await;
    let told = raw.answer().await;
    assert!(told["id"] == 7 && told["result"].is_object(), "{told}");
    assert!(raw.end().await.success());
}

#[tokio::test]
async fn who_is_not_strict_is_not_told() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    assert!(raw.answer().await["result"].get("extensions").is_none());
    for (line, _) in UNREAD {
        raw.send(line).await;
    }
    raw.send(r#"{"id":5,"method":"thread/list","params":{"limit":1,"limmit":2}}"#).await;
    let told = raw.answer().await;
    assert!(told["id"] == 5 && told["result"].is_object(), "nothing else was answered: {told}");
    assert!(raw.end().await.success());
}

#[tokio::test]
async fn a_question_that_is_not_answered_in_time_is_refused() {
    let model = ModelEndpoint::start().await;
    model.push(exec("call_1", "touch made"));
    model.say("Done");
    let mut running = server().model(&model).start().await;
    let client = extended(&mut running, json!({"open-app-server/question-limit": {"limitMs": 1}})).await;
    let thread = client.start_thread(json!({"approvalPolicy": "untrusted", "sandbox": "danger-full-access"})).await;
    client.start_turn(&thread, "Go").await;
    let _ask = client.asked("item/commandExecution/requestApproval").await;
    client.note("serverRequest/resolved").await;
    let is_command = |params: &Value| params["item"]["type"] == "commandExecution";
    let ended = client.note_where("item/completed", is_command).await;
    assert_eq!(ended["item"]["status"], "failed", "{ended}");
    assert_eq!(client.note("turn/completed").await["turn"]["status"], "completed");
    assert!(!running.home().cwd().join("made").exists());
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn settings_that_make_no_sense_fail_the_handshake_which_can_be_repeated() {
    let mut running = server().start().await;
    let client = running.connect().await;
    for settings in [json!({"limitMs": 0}), json!({}), json!("soon")] {
        let capabilities = json!({"extensions": {"open-app-server/question-limit": settings}});
        let params = json!({"clientInfo": {"name": "test", "version": "1"}, "capabilities": capabilities});
        let refused = client.call_refused("initialize", params).await;
        assert_eq!(kind(&refused), ("invalidRequest", Some("open-app-server/question-limit")));
        let early = client.call_refused("thread/list", json!({})).await;
        assert_eq!(kind(&early).0, "notInitialized");
    }
    let wanted = json!({"open-app-server/heartbeat": {}, "open-app-server/question-limit": {"limitMs": 60000}});
    assert_eq!(asking(&client, wanted.clone()).await, wanted);
    client.call("thread/loaded/list", json!({})).await;
    client.ignore_rest();
    drop(client);
    running.finish().await;
}
