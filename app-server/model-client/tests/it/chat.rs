//! Chat completions, as local servers speak them.

use codex_model_client::{ModelClient, ModelErrorKind as Kind, Retry, TextOptions, Wire};
use serde_json::{Value, json};

use crate::server::{Reply, Server, drain, raw, request, short, user};

fn chunk(delta: Value, finish: Option<&str>) -> Value {
    json!({"id": "chatcmpl-7", "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
}

fn stream(chunks: &[Value]) -> Reply {
    let mut text: String = chunks.iter().map(|chunk| format!("data: {chunk}\n\n")).collect();
    text.push_str("data: [DONE]\n\n");
    Reply::sse(text)
}

async fn server(reply: Reply) -> (Server, ModelClient) {
    let server = Server::start(vec![reply]).await;
    let client = ModelClient::new(server.provider(Wire::Chat));
    (server, client)
}

#[tokio::test]
async fn the_request_is_told_in_chats_terms() {
    let (mut server, client) = server(stream(&[chunk(json!({"content": "x"}), Some("stop"))])).await;
    let mut request = request("placeholder");
    let developer = |text: &str| {
        raw(json!({"type": "message", "role": "developer", "content": [{"type": "input_text", "text": text}]}))
    };
    request.input = vec![
        developer("base"),
        developer("rules"),
        user("context"),
        user("Hi"),
        raw(json!({"type": "reasoning", "id": "rs", "summary": []})),
        raw(json!({"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Looking."}]})),
        raw(json!({"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{\"a\":1}"})),
        raw(json!({"type": "custom_tool_call", "call_id": "c2", "name": "apply_patch", "input": "*** Begin"})),
        raw(json!({"type": "function_call_output", "call_id": "c1", "output": "out"})),
        raw(json!({"type": "custom_tool_call_output", "call_id": "c2",
            "output": [{"type": "input_text", "text": "a"}, {"type": "input_image", "image_url": "data:"}]})),
        developer("changed"),
        raw(json!({"type": "message", "role": "user", "content": [
            {"type": "input_text", "text": "See"}, {"type": "input_image", "image_url": "data:image/png;base64,x"}]})),
        user("and this"),
        raw(json!({"type": "function_call", "call_id": "c3", "namespace": "ns", "name": "g", "arguments": "{}"})),
    ];
    request.tools = vec![
        raw(json!({"type": "function", "name": "f", "description": "does f", "strict": false,
            "parameters": {"type": "object", "properties": {"a": {"type": "number"}}}})),
        raw(json!({"type": "custom", "name": "apply_patch", "description": "patches",
            "format": {"type": "grammar", "syntax": "lark", "definition": "start: x"}})),
        raw(json!({"type": "namespace", "name": "ns", "tools": [{"type": "function", "name": "g"}]})),
        raw(json!({"type": "web_search"})),
    ];
    request.text = Some(TextOptions { verbosity: None, output_schema: Some(json!({"type": "object"})) });
    drain(client.stream(&request).await.unwrap()).await;

    let seen = server.request().await;
    assert_eq!(seen.line, "POST /v1/chat/completions HTTP/1.1");
    let body = seen.json();
    assert_eq!(
        body["messages"],
        json!([
            {"role": "system", "content": "base\n\nrules\n\nchanged"},
            {"role": "user", "content": "context\n\nHi"},
            {"role": "assistant", "content": "Looking.", "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\"a\":1}"}},
                {"id": "c2", "type": "function",
                    "function": {"name": "apply_patch", "arguments": "{\"input\":\"*** Begin\"}"}}]},
            {"role": "tool", "content": "out", "tool_call_id": "c1"},
            {"role": "tool", "content": "a\n[content that is no text]", "tool_call_id": "c2"},
            {"role": "user", "content": [
                {"type": "text", "text": "See"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,x"}},
                {"type": "text", "text": "and this"}]},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c3", "type": "function", "function": {"name": "ns__g", "arguments": "{}"}}]},
        ])
    );
    assert_eq!(
        body["tools"],
        json!([
            {"type": "function", "function": {"name": "f", "description": "does f",
                "parameters": {"type": "object", "properties": {"a": {"type": "number"}}}}},
            {"type": "function", "function": {"name": "apply_patch",
                "description": "patches\n\nThe text must follow this grammar:\nstart: x",
                "parameters": {"type": "object", "properties": {"input": {"type": "string"}}, "required": ["input"],
                    "additionalProperties": false}}},
            {"type": "function", "function": {"name": "ns__g", "description": "",
                "parameters": {"type": "object", "properties": {}}}},
        ])
    );
    assert_eq!(
        body["response_format"],
        json!({"type": "json_schema",
            "json_schema": {"name": "codex_output_schema", "strict": true, "schema": {"type": "object"}}})
    );
    assert_eq!(body["stream_options"], json!({"include_usage": true}));
    assert_eq!(body["stream"], json!(true));
}

#[tokio::test]
async fn nothing_is_said_of_tools_when_there_are_none() {
    let (mut server, client) = server(stream(&[chunk(json!({"content": "x"}), Some("stop"))])).await;
    drain(client.stream(&request("Hi")).await.unwrap()).await;
    let body = server.request().await.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["model", "messages", "stream", "stream_options"]);
}

#[tokio::test]
async fn text_after_reasoning() {
    let (_server, client) = server(stream(&[
        chunk(json!({"role": "assistant", "content": null}), None),
        chunk(json!({"reasoning_content": "Hm"}), None),
        chunk(json!({"reasoning_content": "m."}), None),
        chunk(json!({"content": "Hel"}), None),
        chunk(json!({"content": "lo"}), None),
        chunk(json!({}), Some("stop")),
        json!({"id": "chatcmpl-7", "choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 4,
            "total_tokens": 14, "prompt_tokens_details": {"cached_tokens": 8}}}),
    ]))
    .await;
    let (events, error) = drain(client.stream(&request("Hi")).await.unwrap()).await;
    assert_eq!(error, None);
    assert_eq!(
        short(&events),
        [
            "created",
            r#"added Reasoning { id: "rs_1_0_chatcmpl-7", summary: [], content: [], encrypted_content: None }"#,
            r#"reasoning rs_1_0_chatcmpl-7 0 "Hm""#,
            r#"reasoning rs_1_0_chatcmpl-7 0 "m.""#,
            r#"done Reasoning { id: "rs_1_0_chatcmpl-7", summary: [], content: ["Hmm."], encrypted_content: None }"#,
            r#"added Message { id: "msg_1_1_chatcmpl-7", role: "assistant", text: "", phase: None }"#,
            r#"text msg_1_1_chatcmpl-7 "Hel""#,
            r#"text msg_1_1_chatcmpl-7 "lo""#,
            r#"done Message { id: "msg_1_1_chatcmpl-7", role: "assistant", text: "Hello", phase: None }"#,
            "completed chatcmpl-7 Some(14) None",
        ]
    );
}

#[tokio::test]
async fn calls_are_put_together_and_led_back_to_their_tools() {
    let call = |index: u64, id: Option<&str>, name: Option<&str>, arguments: &str| {
        chunk(
            json!({"tool_calls": [{"index": index, "id": id, "function": {"name": name, "arguments": arguments}}]}),
            None,
        )
    };
    let (_server, client) = server(stream(&[
        chunk(json!({"content": "Working."}), None),
        call(1, Some("b"), Some("apply_patch"), "{\"inp"),
        call(0, Some("a"), Some("f"), "{\"x\""),
        call(0, None, None, ":1}"),
        call(1, None, None, "ut\":\"*** Begin\"}"),
        call(2, Some("c"), Some("ns__g"), ""),
        call(3, None, Some("unknown"), "{}"),
        chunk(json!({}), Some("tool_calls")),
    ]))
    .await;
    let mut request = request("Hi");
    request.tools = vec![
        raw(json!({"type": "function", "name": "f"})),
        raw(json!({"type": "custom", "name": "apply_patch"})),
        raw(json!({"type": "namespace", "name": "ns", "tools": [{"type": "function", "name": "g"}]})),
    ];
    let (events, error) = drain(client.stream(&request).await.unwrap()).await;
    assert_eq!(error, None);
    assert_eq!(
        short(&events)[3..],
        [
            r#"done Message { id: "msg_1_0_chatcmpl-7", role: "assistant", text: "Working.", phase: None }"#,
            r#"done FunctionCall { id: None, call_id: "a", name: "f", namespace: None, arguments: "{\"x\":1}" }"#,
            r#"done CustomToolCall { id: None, call_id: "b", name: "apply_patch", input: "*** Begin" }"#,
            r#"done FunctionCall { id: None, call_id: "c", name: "g", namespace: Some("ns"), arguments: "{}" }"#,
            r#"done FunctionCall { id: None, call_id: "call_1_1_chatcmpl-7", name: "unknown", namespace: None, arguments: "{}" }"#,
            "completed chatcmpl-7 None None",
        ]
    );
}

#[tokio::test]
async fn how_chats_fail() {
    let lost = "stream disconnected before completion: ";
    let rows = [
        (
            stream(&[chunk(json!({"content": "x"}), Some("length"))]),
            Kind::Other,
            false,
            "Incomplete response returned, reason: max_output_tokens".to_owned(),
        ),
        (
            stream(&[chunk(json!({"content": "x"}), Some("content_filter"))]),
            Kind::Other,
            true,
            format!("{lost}Incomplete response returned, reason: content_filter"),
        ),
        (
            stream(&[json!({"error": {"code": 500, "message": "out of memory", "type": "server_error"}})]),
            Kind::Other,
            true,
            format!("{lost}out of memory"),
        ),
        (stream(&[json!({"error": "just a text"})]), Kind::Other, true, format!("{lost}just a text")),
        (
            stream(&[json!({"error": {"code": 400, "message": "m", "type": "exceed_context_size_error"}})]),
            Kind::ContextWindowExceeded,
            false,
            String::new(),
        ),
        (
            stream(&[chunk(json!({"content": "x"}), None)]),
            Kind::Other,
            true,
            format!("{lost}stream closed before response.completed"),
        ),
        (Reply::sse(""), Kind::Other, true, format!("{lost}stream closed before response.completed")),
        (
            Reply::status(
                "400 Bad Request",
                "",
                r#"{"error":{"message":"too long","type":"exceed_context_size_error"}}"#,
            ),
            Kind::ContextWindowExceeded,
            false,
            String::new(),
        ),
    ];
    for (reply, kind, again, message) in rows {
        let (_server, client) = server(reply).await;
        let error = crate::server::failure(&client).await;
        assert_eq!((error.kind, error.retry != Retry::Never), (kind, again), "{message}");
        if !message.is_empty() {
            assert_eq!(error.message, message);
        }
    }
}

#[tokio::test]
async fn an_end_without_done_counts_when_a_reason_was_given() {
    let text = format!("data: {}\n\n", chunk(json!({"content": "x"}), Some("stop")));
    let (_server, client) = server(Reply::sse(text)).await;
    let (events, error) = drain(client.stream(&request("Hi")).await.unwrap()).await;
    assert_eq!(error, None);
    assert_eq!(short(&events).last().unwrap(), "completed chatcmpl-7 None None");
}
