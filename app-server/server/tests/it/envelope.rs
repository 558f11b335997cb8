//! Lines: what is answered, what is dropped, and that the connection goes on.

use std::collections::HashSet;

use codex_app_server_test_support::{ModelEndpoint, ServerBuilder};
use serde_json::{Value, json};

use super::raw::{INITIALIZE, Raw};
use super::{saying, server};

#[tokio::test]
async fn ids_come_back_as_they_were_sent() {
    let mut server = server().start().await;
    let client = server.client().await;
    for id in ["0", "-1", "9223372036854775807", "-9223372036854775808", r#""""#, r#""7""#, r#""a b \" é""#] {
        client.send_line(format!(r#"{{"id":{id},"method":"thread/loaded/list","params":{{}}}}"#)).await;
    }
    client.send_line(r#"  {"jsonrpc":"2.0","params":{},"method":"thread/loaded/list","id":"last"}  "#).await;
    let transcript = client.finish().await;
    let answers =
        transcript.snapshot_of(|message| message.get("result").is_some_and(|result| result.get("data").is_some()));
    insta::assert_snapshot!(answers);
    server.finish().await;
}

#[tokio::test]
async fn hostile_input() {
    let mut server = server().start().await;
    let client = server.client().await;
    client.note("remoteControl/status/changed").await;
    let deep =
        format!(r#"{{"id":1000,"method":"thread/loaded/list","params":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    for line in [
        "this is not json",
        r#"{"id": 50, "method": "thread/loaded/list", "params": {}"#,
        "",
        "   ",
        "[]",
        r#"[{"id":51,"method":"thread/loaded/list","params":{}}]"#,
        "42",
        "null",
        "{}",
        r#"{"id":52}"#,
        r#"{"id":53,"method":5}"#,
        r#"{"id":null,"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":1.5,"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":9223372036854775808,"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":{},"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":54,"id":55,"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":56,"method":"thread/loaded/list","params":{}}{"id":57,"method":"thread/loaded/list","params":{}}"#,
        r#"{"id":58,"method":"thread/loaded/list","params":{"cursor":"\ud800"}}"#,
        &deep,
        r#"{"method":"thread/loaded/list","params":{}}"#,
        r#"{"method":"no/such/notification"}"#,
        r#"{"id":4711,"result":{}}"#,
        r#"{"id":4712,"error":{"code":1,"message":"x"}}"#,
    ] {
        client.send_line(line).await;
        let answer = client.call("thread/loaded/list", json!({})).await;
        assert_eq!(answer["data"], json!([]), "after {line}");
        assert_eq!(client.rest(), Vec::<Value>::new(), "after {line}");
    }
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn bytes_that_are_no_text_cost_nothing_but_their_line() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    for (id, line) in [
        (1, &b"\xff\xfe\x00"[..]),
        (2, b"{\"id\":90,\"method\":\"thread/loaded/list\",\"params\":{\"cursor\":\"\xc3\x28\"}}"),
        (3, b"{\"id\":91,\"method\":\"thread/loaded/list\",\"params\":{}}\x00"),
    ] {
        raw.send(line).await;
        raw.send(format!(r#"{{"id":{id},"method":"thread/loaded/list","params":{{}}}}"#)).await;
        assert_eq!(raw.answer().await["id"], id);
    }
    raw.send("{\"id\":4,\"method\":\"thread/loaded/list\",\"params\":{}}\r").await;
    assert_eq!(raw.answer().await["id"], 4);
    assert!(raw.end().await.success());
}

fn with_short_lines() -> ServerBuilder {
    server().file("app-server.toml", "[limits]\nmax_line_bytes = 4096\n")
}

/// A request of exactly so many bytes.
fn request_of(id: i64, bytes: usize) -> String {
    let line = |padding: &str| format!(r#"{{"id":{id},"method":"thread/loaded/list","params":{{"x":"{padding}"}}}}"#);
    line(&"y".repeat(bytes - line("").len()))
}

#[tokio::test]
async fn a_line_over_the_limit_is_dropped_and_the_next_one_answered() {
    let builder = with_short_lines();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    for line in [request_of(1, 4096), request_of(2, 4097), request_of(3, 3_000_000), request_of(4, 100)] {
        raw.send(line).await;
    }
    assert_eq!(raw.answer().await["id"], 1);
    assert_eq!(raw.answer().await["id"], 4);
    assert!(raw.end().await.success());
}

#[tokio::test]
async fn a_message_over_the_limit_does_not_end_a_websocket() {
    let mut server = with_short_lines().start_websocket().await;
    let client = server.client().await;
    client.send_line(request_of(1000, 100_000)).await;
    client.call("thread/loaded/list", json!({})).await;
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn an_input_of_five_megabytes_reaches_the_model() {
    let model = ModelEndpoint::start().await;
    model.say("Long");
    let mut server = server().model(&model).start().await;
    let client = server.connect().await;
    // The input would come back twice.
    client.initialize_with(json!({"optOutNotificationMethods": ["item/started", "item/completed"]})).await;
    let thread = client.start_thread(json!({})).await;
    let text = "0123456789abcdef".repeat(5 << 16);
    let turn = client.run_turn(&thread, &text).await;
    assert_eq!(turn["status"], "completed");
    let requests = model.requests();
    assert_eq!(requests[0].user_texts().last().map(|sent| sent.len()), Some(text.len()));
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn two_thousand_requests_at_once_are_answered_once_each() {
    let mut server = server().start().await;
    let client = server.client().await;
    client.note("remoteControl/status/changed").await;
    for index in 0..2000 {
        let method = match index % 10 {
            0 => "no/such",
            1 => "model/list",
            2 => "skills/list",
            _ => "thread/loaded/list",
        };
        client.post(method, json!({})).await;
    }
    let transcript = client.finish().await;
    let answers: Vec<_> = transcript.received().filter_map(|message| message["id"].as_i64()).collect();
    let different: HashSet<_> = answers.iter().copied().collect();
    assert_eq!((answers.len(), different.len()), (2001, 2001));
    let overloaded = transcript.received().filter(|message| message["error"]["code"] == -32001).count();
    assert_eq!(overloaded, 0);
    server.finish().await;
}

#[tokio::test]
async fn params_of_the_wrong_shape_are_refused_with_the_place() {
    let mut server = server().start().await;
    let client = server.client().await;
    client.note("remoteControl/status/changed").await;
    client.send_line(r#"{"id":"no params","method":"thread/read"}"#).await;
    for (method, params) in [
        ("thread/read", json!(null)),
        ("thread/read", json!([])),
        ("thread/read", json!(["x"])),
        ("thread/read", json!("x")),
        ("thread/read", json!({})),
        ("thread/read", json!({"threadId": 5})),
        ("thread/read", json!({"threadId": "x", "includeTurns": "yes"})),
        ("thread/list", json!({"limit": -1})),
        ("thread/list", json!({"limit": 1.5})),
        ("turn/start", json!({"threadId": "x", "input": "text"})),
        ("turn/start", saying("x", "Hi")),
        ("turn/start", json!({"input": 1, "permissionProfile": null})),
    ] {
        client.call_refused(method, params).await;
    }
    insta::assert_snapshot!(client.finish().await.snapshot_of(|message| message.get("error").is_some()));
    server.finish().await;
}
