//! Models that answer badly, late or not at all, and the three ways to reach one.

use codex_app_server_test_support::{Gate, ModelEndpoint, Reply, ServerBuilder, TestClient, TestServer};
use serde_json::{Value, json};

use super::server;

/// Runs one turn to its end; the turn, and every `error` notification on the way.
async fn turn_of(server: &mut TestServer) -> (TestClient, Value, Vec<Value>) {
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    let mut messages = client.until("turn/completed").await;
    let turn = messages.pop().unwrap()["params"]["turn"].clone();
    let errors =
        messages.iter().filter(|message| message["method"] == "error").map(|message| message["params"].clone());
    let errors = errors.collect();
    (client, turn, errors)
}

/// How a turn fails that gets this reply: the error of the turn.
async fn failure(reply: Reply) -> Value {
    failure_before(reply, &["Back again"]).await
}

/// The same, with what the model says in the turn behind it.
async fn failure_before(reply: Reply, said: &[&str]) -> Value {
    let model = ModelEndpoint::start().await;
    model.push(reply);
    for said in said {
        model.say(said);
    }
    let mut server = server().model(&model).start().await;
    let (client, turn, errors) = turn_of(&mut server).await;
    assert_eq!(turn["status"], "failed");
    let last = errors.last().unwrap();
    assert_eq!((&last["willRetry"], &last["error"]), (&json!(false), &turn["error"]));
    let thread = last["threadId"].as_str().unwrap();
    assert_eq!(client.run_turn(thread, "once more").await["status"], "completed");
    let _ = client.finish().await;
    server.finish().await;
    turn["error"].clone()
}

fn said(text: &str) -> Value {
    json!({"error": {"message": text}})
}

#[tokio::test]
async fn a_refused_login_fails_the_turn() {
    let error = failure(Reply::status(401).json(said("no key"))).await;
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("unexpected status 401 Unauthorized: no key, url: http://127.0.0.1:"), "{message}");
    assert_eq!(error["codexErrorInfo"], json!({"httpConnectionFailed": {"httpStatusCode": 401}}));
}

#[tokio::test]
async fn a_refused_request_shows_the_body() {
    let body = said("bad input");
    let error = failure(Reply::status(400).json(body.clone())).await;
    assert_eq!((&error["message"], &error["codexErrorInfo"]), (&json!(body.to_string()), &json!("other")));
}

#[tokio::test]
async fn too_many_requests_fail_the_turn() {
    let error = failure(Reply::status(429).json(said("slow down"))).await;
    assert_eq!(error["message"], "exceeded retry limit, last status: 429 Too Many Requests");
    assert_eq!(error["codexErrorInfo"], json!({"responseTooManyFailedAttempts": {"httpStatusCode": 429}}));
}

#[tokio::test]
async fn a_used_up_quota_is_told_apart() {
    let body = json!({"error": {"type": "usage_limit_reached", "message": "used up"}});
    assert_eq!(failure(Reply::status(429).json(body)).await["codexErrorInfo"], "usageLimitExceeded");
}

#[tokio::test]
async fn a_fault_of_the_provider_fails_the_turn() {
    assert_eq!(failure(Reply::status(500).json(said("oops"))).await["codexErrorInfo"], "internalServerError");
    let body = json!({"error": {"code": "server_is_overloaded", "message": "busy"}});
    assert_eq!(failure(Reply::status(503).json(body)).await["codexErrorInfo"], "serverOverloaded");
}

#[tokio::test]
async fn a_stream_that_breaks_off_fails_the_turn() {
    let error = failure(Reply::turn().message("Half").cut()).await;
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("stream disconnected before completion: "), "{message}");
    assert_eq!(error["codexErrorInfo"], "other");
}

#[tokio::test]
async fn a_stream_that_ends_early_fails_the_turn() {
    let error = failure(Reply::stream().event(&json!({"type": "response.created", "response": {"id": "r"}}))).await;
    assert_eq!(error["message"], "stream disconnected before completion: stream closed before response.completed");
}

#[tokio::test]
async fn garbage_fails_the_turn() {
    for reply in [
        Reply::stream().raw("event: response.output_item.done\ndata: {\"type\":\n\n\u{0}\u{1}garbage\n\n"),
        Reply::status(200).text("<html>not a stream</html>"),
        Reply::stream().raw("data: [1,2,3]\n\ndata: \"text\"\n\ndata: {\"type\": 5}\n\n"),
    ] {
        let error = failure(reply).await;
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with("stream disconnected before completion: "), "{message}");
    }
}

#[tokio::test]
async fn a_response_that_fails_says_why() {
    let too_long = Reply::failed("context_length_exceeded", "sorry");
    // A history that was too long is summed up first.
    let error = failure_before(too_long, &["A summary", "Back again"]).await;
    assert_eq!(error["codexErrorInfo"], json!("contextWindowExceeded"));
    for (code, info) in [("insufficient_quota", json!("usageLimitExceeded")), ("invalid_prompt", json!("other"))] {
        assert_eq!(failure(Reply::failed(code, "sorry")).await["codexErrorInfo"], info, "{code}");
    }
}

#[tokio::test]
async fn a_broken_stream_is_tried_again_where_the_provider_says_so() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::stream().cut());
    model.say("Here");
    let builder = server().model(&model).arg("-c").arg("model_providers.mock.stream_max_retries=1");
    let mut server = builder.start().await;
    let (client, turn, errors) = turn_of(&mut server).await;
    assert_eq!(turn["status"], "completed");
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (&errors[0]["willRetry"], &errors[0]["error"]["message"]),
        (&json!(true), &json!("Reconnecting... 1/1"))
    );
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_waited_for_until_the_turn_is_interrupted() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", gone.local_addr().unwrap());
    drop(gone);
    let text = provider("mock", &url, "responses");
    let mut server = server().file("config.toml", &text).start().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    let turn = client.start_turn(&thread, "Hi").await;
    let error = client.note("error").await;
    assert_eq!((&error["willRetry"], &error["turnId"]), (&json!(true), &json!(turn)));
    assert_eq!(error["error"]["message"], "Reconnecting... waiting for network");
    client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    let completed = client.note("turn/completed").await;
    assert_eq!(completed["turn"]["status"], "interrupted");
    let _ = client.finish().await;
    server.finish().await;
}

/// A configuration with one provider and no retries.
fn provider(id: &str, url: &str, wire_api: &str) -> String {
    format!(
        "model = \"mock-model\"\nmodel_provider = \"{id}\"\n[model_providers.{id}]\nname = \"{id}\"\nbase_url = \"{url}\"\n\
         wire_api = \"{wire_api}\"\nrequest_max_retries = 0\nstream_max_retries = 0\nsupports_websockets = false\n"
    )
}

fn with_env_key(model: &ModelEndpoint) -> ServerBuilder {
    let text =
        provider("mock", &model.url(), "responses") + "env_key = \"TEST_KEY\"\nenv_key_instructions = \"Get one.\"\n";
    server().file("config.toml", &text)
}

#[tokio::test]
async fn a_missing_key_of_the_environment_fails_the_turn_and_names_it() {
    let model = ModelEndpoint::start().await;
    let mut server = with_env_key(&model).start().await;
    let (client, turn, _) = turn_of(&mut server).await;
    assert_eq!(turn["status"], "failed");
    let message = turn["error"]["message"].as_str().unwrap();
    assert!(message.contains("TEST_KEY") && message.contains("Get one."), "{message}");
    assert_eq!(model.requests().len(), 0);
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_key_of_the_environment_is_sent_and_never_shown() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::status(401).json(said("wrong key")));
    let mut server = with_env_key(&model).env("TEST_KEY", "sesame-4711").env("RUST_LOG", "trace").start().await;
    let (client, turn, _) = turn_of(&mut server).await;
    assert_eq!(turn["status"], "failed");
    assert_eq!(model.requests()[0].header("authorization"), Some("Bearer sesame-4711"));
    client.call("config/read", json!({"includeLayers": true})).await;
    assert!(!client.finish().await.text().contains("sesame-4711"));
    assert!(!server.stderr().contains("sesame-4711"));
    server.finish().await;
}

#[tokio::test]
async fn a_silent_provider_fails_the_turn_after_its_deadline() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::stream().hang());
    let mut server =
        server().model(&model).file("app-server.toml", "[limits]\nprovider_deadline_s = 1\n").start().await;
    let (client, turn, errors) = turn_of(&mut server).await;
    assert_eq!(turn["status"], "failed");
    assert_eq!(errors.last().unwrap()["willRetry"], false);
    model.wait_hang_ups(1).await;
    let _ = client.finish().await;
    server.finish().await;
}

fn chunk(delta: Value, finish: Option<&str>) -> Value {
    json!({"id": "c1", "object": "chat.completion.chunk", "model": "local",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
}

#[tokio::test]
async fn chat_completions_come_from_a_provider_of_app_server_toml() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(
        Reply::stream()
            .event(&chunk(json!({"role": "assistant", "content": ""}), None))
            .event(&chunk(json!({"content": "Hello "}), None))
            .gate(&gate)
            .event(&chunk(json!({"content": "there"}), None))
            .event(&chunk(json!({}), Some("stop")))
            .event(&json!({"id": "c1", "object": "chat.completion.chunk", "model": "local", "choices": [],
                "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}}))
            .raw("data: [DONE]\n\n"),
    );
    let settings = format!("[model_providers.local]\nbase_url = \"{}\"\n", model.url());
    let mut server = server()
        .file("config.toml", "model = \"local\"\nmodel_provider = \"local\"\n")
        .file("app-server.toml", &settings)
        .start()
        .await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    assert_eq!(client.note("item/agentMessage/delta").await["delta"], "Hello ");
    gate.open();
    let usage = client.note("thread/tokenUsage/updated").await;
    assert_eq!(usage["tokenUsage"]["last"]["totalTokens"], 9);
    let turn = client.note("turn/completed").await["turn"].clone();
    assert_eq!((&turn["status"], &turn["items"][0]["text"]), (&json!("completed"), &json!("Hello there")));
    let requests = model.requests();
    assert_eq!((requests[0].path.as_str(), &requests[0].body["stream"]), ("/v1/chat/completions", &json!(true)));
    assert_eq!(requests[0].body["messages"].as_array().unwrap().last().unwrap()["role"], "user");
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn chat_in_config_toml_is_refused_and_the_right_file_is_named() {
    let text = provider("local", "http://127.0.0.1:9/v1", "chat");
    let mut server = server().file("config.toml", &text).start().await;
    let client = server.client().await;
    let error = client.call_refused("thread/start", json!({})).await;
    assert!(error.message.contains("app-server.toml"), "{error:?}");
    client.ignore_rest();
}

#[tokio::test]
async fn the_scripted_model_answers_from_its_script() {
    let script = "[[answer]]\nreasoning = ['Hm']\ntext = 'From the script'\ndelta_chars = 5\n\
                  usage = { input = 7, output = 3 }\n\n\
                  [[answer]]\nend = { fail = { code = 'context_length_exceeded', message = 'too long' } }\n\n[[answer]]\ntext = 'Last'\n";
    let mut server = server()
        .file("config.toml", "model_provider = \"scripted\"\nmodel = \"scripted\"\n")
        .file("app-server.toml", "[scripted]\nscript = \"script.toml\"\n")
        .file("script.toml", script)
        .start()
        .await;
    let client = server.client().await;
    client.note("remoteControl/status/changed").await;
    let thread = client.start_thread(json!({})).await;
    assert_eq!(client.run_turn(&thread, "one").await["items"][0]["text"], "From the script");
    let failed = client.run_turn(&thread, "two").await;
    assert_eq!(
        (&failed["status"], &failed["error"]["codexErrorInfo"]),
        (&json!("failed"), &json!("contextWindowExceeded"))
    );
    assert_eq!(client.run_turn(&thread, "three").await["items"][0]["text"], "Last");
    let transcript = client.finish().await;
    let said = transcript.snapshot_of(|message| {
        message["method"].as_str().is_some_and(|method| {
            method.starts_with("item/") || method.starts_with("turn/") || method == "thread/tokenUsage/updated"
        })
    });
    let first: Vec<_> = said.lines().take_while(|line| !line.contains(r#""text":"two""#)).collect();
    insta::assert_snapshot!(first.join("\n"));
    server.finish().await;
}

#[tokio::test]
async fn the_scripted_model_talks_without_any_script() {
    let mut server = server().file("config.toml", "model_provider = \"scripted\"\n").start().await;
    let (client, turn, errors) = turn_of(&mut server).await;
    assert_eq!((&turn["status"], errors.len()), (&json!("completed"), 0));
    assert!(turn["items"][0]["text"].as_str().is_some_and(|text| !text.is_empty()), "{turn}");
    let _ = client.finish().await;
    server.finish().await;
}
