//! Threads and turns as one client on stdio sees them.

use codex_app_server_test_support::{Gate, ModelEndpoint, Reply, TestClient, TestServer};
use serde_json::{Value, json};

use super::raw::{INITIALIZE, Raw};
use super::{methods, saying, server};

/// A server on this model with one client and a thread; the messages so far count as looked at.
async fn with_thread(model: &ModelEndpoint) -> (TestServer, TestClient, String) {
    let mut server = server().model(model).start().await;
    let client = server.connect().await;
    // It comes on its own account, so its place among the client's own messages is not fixed.
    let unwanted = ["remoteControl/status/changed"];
    client.initialize_with(json!({"experimentalApi": true, "optOutNotificationMethods": unwanted})).await;
    let thread = client.start_thread(json!({})).await;
    (server, client, thread)
}

/// Ends client and server, and returns the normalised conversation.
async fn ended(server: TestServer, client: TestClient) -> String {
    let snapshot = client.finish().await.snapshot();
    server.finish().await;
    snapshot
}

fn items_of(messages: &[Value], method: &str, kind: &str) -> Vec<Value> {
    let items =
        messages.iter().filter(|message| message["method"] == *method).map(|message| &message["params"]["item"]);
    items.filter(|item| item["type"] == *kind).cloned().collect()
}

#[tokio::test]
async fn a_simple_turn() {
    let model = ModelEndpoint::start().await;
    model.say("Hello big world");
    let (server, client, thread) = with_thread(&model).await;
    let turn = client.run_turn(&thread, "Hi").await;
    assert_eq!((&turn["status"], &turn["items"][0]["text"]), (&json!("completed"), &json!("Hello big world")));
    let requests = model.requests();
    assert_eq!((requests.len(), requests[0].user_texts().last().copied()), (1, Some("Hi")));
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn reasoning_comes_before_the_message() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().reasoning(&["First thought", "Second"]).message("Done"));
    let (server, client, thread) = with_thread(&model).await;
    client.snapshot();
    client.run_turn(&thread, "Think").await;
    let transcript = client.finish().await;
    insta::assert_snapshot!(transcript.snapshot_of(|message| {
        message["method"].as_str().is_some_and(|method| method.starts_with("item/") || method.starts_with("turn/"))
    }));
    server.finish().await;
}

#[tokio::test]
async fn a_second_turn_sends_the_first_one_along_and_adds_up_its_tokens() {
    let model = ModelEndpoint::start().await;
    model.say("One");
    model.say("Two");
    let (server, client, thread) = with_thread(&model).await;
    client.run_turn(&thread, "first").await;
    client.start_turn(&thread, "second").await;
    let messages = client.until("turn/completed").await;
    let usage = messages.iter().find(|message| message["method"] == "thread/tokenUsage/updated").unwrap();
    let usage = &usage["params"]["tokenUsage"];
    assert_eq!((&usage["last"]["totalTokens"], &usage["total"]["totalTokens"]), (&json!(15), &json!(30)));
    let requests = model.requests();
    let texts = requests[1].user_texts();
    assert_eq!(texts[texts.len() - 2..], ["first", "second"]);
    let answered = requests[1].body["input"].as_array().unwrap().iter().any(|item| item["content"][0]["text"] == "One");
    assert!(answered, "{}", requests[1].body["input"]);
    ended(server, client).await;
}

#[tokio::test]
async fn a_turn_is_steered_while_it_streams() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().event(&json!({
        "type": "response.output_item.added",
        "output_index": 0,
        "item": {"type": "message", "role": "assistant", "id": "msg_0", "content": []},
    })).event(&json!({
        "type": "response.output_text.delta", "item_id": "msg_0", "output_index": 0, "content_index": 0, "delta": "Half",
    })).gate(&gate));
    model.say("Both");
    let (server, client, thread) = with_thread(&model).await;
    for (params, message) in [
        (json!({"threadId": thread, "expectedTurnId": "", "input": []}), "expectedTurnId must not be empty"),
        (
            json!({"threadId": thread, "expectedTurnId": "x", "input": [{"type": "text", "text": "x"}]}),
            "no active turn to steer",
        ),
    ] {
        assert_eq!(client.call_refused("turn/steer", params).await.message, message);
    }
    let turn = client.start_turn(&thread, "one").await;
    client.note("item/agentMessage/delta").await;
    let mut steer = saying(&thread, "two");
    steer["expectedTurnId"] = json!("other");
    let error = client.call_refused("turn/steer", steer.clone()).await;
    assert_eq!(error.message, format!("expected active turn id `other` but found `{turn}`"));
    steer["expectedTurnId"] = json!(turn);
    assert_eq!(client.call("turn/steer", steer).await, json!({"turnId": turn}));
    let messages = client.until("turn/completed").await;
    assert_eq!(messages.last().unwrap()["params"]["turn"]["status"], "completed");
    let texts = model.requests()[1].body["input"].to_string();
    assert!(texts.contains("one") && texts.contains("two") && !texts.contains("Half"), "{texts}");
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn a_turn_is_interrupted_while_it_streams() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().message("Whole").gate(&gate));
    model.say("Again");
    let (server, client, thread) = with_thread(&model).await;
    let none = client.call_refused("turn/interrupt", json!({"threadId": thread, "turnId": "x"})).await;
    assert_eq!(none.message, "no active turn to interrupt");
    let turn = client.start_turn(&thread, "one").await;
    client.note_where("item/completed", |params| params["item"]["type"] == "agentMessage").await;
    let wrong = client.call_refused("turn/interrupt", json!({"threadId": thread, "turnId": "other"})).await;
    assert_eq!(wrong.message, format!("expected active turn id other but found {turn}"));
    assert_eq!(client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await, json!({}));
    let completed = client.note("turn/completed").await;
    assert_eq!((&completed["turn"]["status"], &completed["turn"]["error"]), (&json!("interrupted"), &Value::Null));
    model.wait_hang_ups(1).await;
    let next = client.run_turn(&thread, "two").await;
    assert_eq!(next["status"], "completed");
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn a_turn_is_interrupted_while_the_model_says_nothing() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::stream().hang());
    let (server, client, thread) = with_thread(&model).await;
    let turn = client.start_turn(&thread, "one").await;
    model.wait_requests(1).await;
    client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted");
    model.wait_hang_ups(1).await;
    ended(server, client).await;
}

#[tokio::test]
async fn a_turn_is_interrupted_before_the_endpoint_has_answered() {
    // Accepts nobody: the connection stands in the backlog, the request is never read.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let elsewhere = ModelEndpoint::start().await;
    let mut server = server()
        .model(&elsewhere)
        .arg("-c")
        .arg(format!("model_providers.mock.base_url=\"http://{address}/v1\""))
        .start()
        .await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    let turn = client.start_turn(&thread, "one").await;
    let (_stream, _) = listener.accept().await.unwrap();
    client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted");
    ended(server, client).await;
}

#[tokio::test]
async fn starting_a_turn_while_one_runs_joins_it() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("Never said"));
    model.say("Both");
    let (server, client, thread) = with_thread(&model).await;
    let first = client.start_turn(&thread, "one").await;
    gate.reached().await;
    let second = client.start_turn(&thread, "two").await;
    assert_eq!(first, second);
    let messages = client.until("turn/completed").await;
    assert_eq!(items_of(&messages, "item/completed", "userMessage").len(), 2);
    let requests = model.requests();
    let texts = requests[1].user_texts();
    assert_eq!(texts[texts.len() - 2..], ["one", "two"]);
    ended(server, client).await;
}

#[tokio::test]
async fn two_threads_run_at_once() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    let held = gate.clone();
    model.fallback(Reply::computed(move |request| match request.user_texts().last().copied() {
        Some("slow") => Reply::turn().gate(&held).message("Slow"),
        _ => Reply::turn().message("Fast"),
    }));
    let (server, client, slow) = with_thread(&model).await;
    let fast = client.start_thread(json!({})).await;
    let slow_turn = client.start_turn(&slow, "slow").await;
    gate.reached().await;
    let fast_turn = client.start_turn(&fast, "fast").await;
    assert_eq!(client.note("turn/completed").await["turn"]["id"], *fast_turn);
    gate.open();
    assert_eq!(client.note("turn/completed").await["turn"]["id"], *slow_turn);
    ended(server, client).await;
}

#[tokio::test]
async fn a_failed_turn_leaves_the_thread_usable() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::failed("invalid_prompt", "not like this"));
    model.say("Better");
    let (server, client, thread) = with_thread(&model).await;
    let failed = client.run_turn(&thread, "one").await;
    assert_eq!((&failed["status"], &failed["error"]["message"]), (&json!("failed"), &json!("not like this")));
    assert_eq!(client.run_turn(&thread, "two").await["status"], "completed");
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn a_tool_that_nobody_offered_is_told_to_the_model() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().call("call_1", "no_such_tool", &json!({"a": 1})));
    model.push(Reply::turn().custom_call("call_2", "no_such_custom", "text"));
    model.say("Without tools then");
    let (server, client, thread) = with_thread(&model).await;
    client.start_turn(&thread, "use a tool").await;
    let messages = client.until("turn/completed").await;
    let turn = &messages.last().unwrap()["params"]["turn"];
    assert_eq!((&turn["status"], &turn["items"][0]["text"]), (&json!("completed"), &json!("Without tools then")));
    let kinds: Vec<_> = messages.iter().filter_map(|message| message["params"]["item"]["type"].as_str()).collect();
    assert_eq!(kinds, ["userMessage", "userMessage", "agentMessage", "agentMessage"]);
    let requests = model.requests();
    let output = |request: usize, kind: &str, call: &str| {
        let input = requests[request].body["input"].as_array().unwrap();
        let output = input.iter().find(|item| item["type"] == *kind && item["call_id"] == *call);
        output.map(|item| item["output"].clone()).unwrap_or_default()
    };
    assert_eq!(output(1, "function_call_output", "call_1"), "unsupported call: no_such_tool");
    assert_eq!(output(2, "custom_tool_call_output", "call_2"), "unsupported custom tool call: no_such_custom");
    ended(server, client).await;
}

#[tokio::test]
async fn an_ephemeral_thread_writes_nothing() {
    let model = ModelEndpoint::start().await;
    model.say("Gone");
    let mut server = server().model(&model).start().await;
    let client = server.client().await;
    let started = client.call("thread/start", json!({"ephemeral": true})).await;
    assert_eq!((&started["thread"]["ephemeral"], &started["thread"]["path"]), (&json!(true), &Value::Null));
    let thread = started["thread"]["id"].as_str().unwrap();
    assert_eq!(client.run_turn(thread, "Hi").await["status"], "completed");
    let error = client.call_refused("thread/read", json!({"threadId": thread, "includeTurns": true})).await;
    assert_eq!(error.message, "ephemeral threads do not support includeTurns");
    assert_eq!(client.call("thread/list", json!({})).await["data"], json!([]));
    assert!(!server.home().codex_home().join("sessions").exists());
    ended(server, client).await;
}

#[tokio::test]
async fn durable_first() {
    let model = ModelEndpoint::start().await;
    model.say("Kept");
    let mut server = server().model(&model).start().await;
    let client = server.client().await;
    let started = client.call("thread/start", json!({})).await;
    let (thread, path) = (started["thread"]["id"].as_str().unwrap(), started["thread"]["path"].as_str().unwrap());
    assert!(!std::path::Path::new(path).exists(), "a thread without a turn has no file");
    client.run_turn(thread, "Hi").await;
    // The file is read while the server still runs: nothing is left to be written at its end.
    let text = std::fs::read_to_string(path).unwrap();
    server.signal("KILL");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(text.ends_with('\n'));
    assert_eq!(lines[0]["type"], "session_meta");
    assert_eq!(lines[0]["payload"]["id"], *thread);
    assert_eq!(lines.last().unwrap()["payload"]["type"], "task_complete");
    assert!(text.contains("Kept"));
    client.ignore_rest();
}

#[tokio::test]
async fn a_thread_is_named_read_and_listed() {
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let (server, client, thread) = with_thread(&model).await;
    assert_eq!(client.call("thread/list", json!({})).await["data"], json!([]));
    let early = client.call_refused("thread/read", json!({"threadId": thread, "includeTurns": true})).await;
    assert_eq!((early.code, early.message.as_str()), (-32601, "list_turns is not supported yet"));
    client.run_turn(&thread, "Hi").await;
    assert_eq!(client.call("thread/name/set", json!({"threadId": thread, "name": "  A name "})).await, json!({}));
    let updated = client.note("thread/name/updated").await;
    assert_eq!(updated, json!({"threadId": thread, "threadName": "A name"}));
    client.call_refused("thread/name/set", json!({"threadId": thread, "name": "  "})).await;
    client.call("thread/read", json!({"threadId": thread, "includeTurns": true})).await;
    client.call("thread/list", json!({})).await;
    client.call("thread/loaded/list", json!({})).await;
    let unknown = "01984de2-8f74-7c91-a3b2-5c5e937cf318";
    let error = client.call_refused("thread/read", json!({"threadId": unknown})).await;
    assert_eq!(error.message, format!("thread not loaded: {unknown}"));
    let error = client.call_refused("turn/start", saying(unknown, "x")).await;
    assert_eq!(error.message, format!("thread not found: {unknown}"));
    let error = client.call_refused("thread/resume", json!({"threadId": unknown})).await;
    assert_eq!(error.message, format!("no rollout found for thread id {unknown}"));
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn a_loaded_thread_is_resumed_with_its_turns() {
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let (server, client, thread) = with_thread(&model).await;
    client.run_turn(&thread, "Hi").await;
    let id = client.post("thread/resume", json!({"threadId": thread})).await;
    let resumed = client.answer(&id).await.unwrap();
    assert_eq!(resumed["thread"]["turns"][0]["items"].as_array().map(Vec::len), Some(2));
    client.note("thread/goal/cleared").await;
    let told = client.rest();
    assert_eq!(methods(&told), ["deprecationNotice", "thread/tokenUsage/updated"]);
    let without = client.call("thread/resume", json!({"threadId": thread, "excludeTurns": true})).await;
    assert_eq!(without["thread"]["turns"], json!([]));
    client.note("thread/goal/cleared").await;
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn a_running_turn_is_in_the_answer_of_a_resume() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().message("Said").gate(&gate));
    let (server, client, thread) = with_thread(&model).await;
    let turn = client.start_turn(&thread, "Hi").await;
    client.note_where("item/completed", |params| params["item"]["type"] == "agentMessage").await;
    let resumed = client.call("thread/resume", json!({"threadId": thread})).await;
    assert_eq!(resumed["thread"]["status"]["type"], "active");
    let turns = resumed["thread"]["turns"].as_array().unwrap();
    assert_eq!((turns.len(), &turns[0]["id"], &turns[0]["status"]), (1, &json!(turn), &json!("inProgress")));
    gate.open();
    client.note("turn/completed").await;
    ended(server, client).await;
}

#[tokio::test]
async fn a_thread_of_another_process_is_read_from_its_file() {
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let mut first = server().model(&model).start().await;
    let client = first.client().await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Hi").await;
    let other = server();
    let mut command = other.command();
    command.env("CODEX_HOME", first.home().codex_home());
    let mut raw = Raw::spawn(command);
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(json!({"id": 1, "method": "thread/list", "params": {}}).to_string()).await;
    assert_eq!(raw.answer().await["result"]["data"][0]["id"], *thread);
    raw.send(
        json!({"id": 2, "method": "thread/read", "params": {"threadId": thread, "includeTurns": true}}).to_string(),
    )
    .await;
    let read = raw.answer().await;
    let read = &read["result"]["thread"];
    assert_eq!(read["status"]["type"], "notLoaded");
    let texts: Vec<_> = read["turns"][0]["items"].as_array().unwrap().iter().map(|item| &item["type"]).collect();
    assert_eq!(texts, ["userMessage", "agentMessage"]);
    assert_eq!(read["turns"][0]["items"][1]["text"], "Hello");
    raw.send(json!({"id": 3, "method": "turn/start", "params": saying(&thread, "x")}).to_string()).await;
    assert_eq!(raw.answer().await["error"]["message"], format!("thread not found: {thread}"));
    raw.send(json!({"id": 4, "method": "thread/resume", "params": {"threadId": thread}}).to_string()).await;
    let refused = raw.answer().await;
    assert_eq!(refused["error"]["message"], format!("thread {thread} already has an active writer"));
    assert!(raw.end().await.success());
    ended(first, client).await;
}

#[tokio::test]
async fn settings_of_a_turn_stay_for_the_next_ones() {
    let model = ModelEndpoint::start().await;
    model.say("One");
    model.say("Two");
    let (server, client, thread) = with_thread(&model).await;
    let mut params = saying(&thread, "Hi");
    params["model"] = json!("other-model");
    params["outputSchema"] = json!({"type": "object", "properties": {}, "additionalProperties": false});
    client.call("turn/start", params).await;
    client.until("turn/completed").await;
    client.run_turn(&thread, "again").await;
    let requests = model.requests();
    assert_eq!(
        (&requests[0].body["model"], &requests[1].body["model"]),
        (&json!("other-model"), &json!("other-model"))
    );
    assert_eq!(requests[0].body["text"]["format"]["type"], "json_schema");
    assert_eq!(requests[1].body["text"]["format"], Value::Null);
    insta::assert_snapshot!(ended(server, client).await);
}

#[tokio::test]
async fn ids_of_threads_are_checked_wherever_one_is_given() {
    let mut server = server().start().await;
    let client = server.client().await;
    client.note("remoteControl/status/changed").await;
    let unknown = "01984de2-8f74-7c91-a3b2-5c5e937cf318";
    for thread in ["no-uuid", "", unknown] {
        for method in [
            "thread/read",
            "thread/resume",
            "thread/unsubscribe",
            "thread/name/set",
            "thread/compact/start",
            "turn/start",
            "turn/steer",
            "turn/interrupt",
        ] {
            let params = json!({"threadId": thread, "name": "x", "input": [], "expectedTurnId": "x", "turnId": "x"});
            let _ = client.request(method, params).await;
        }
    }
    insta::assert_snapshot!(client.finish().await.snapshot_of(|message| message["method"].is_null()));
    server.finish().await;
}
