//! What comes back, when all is well.

use codex_model_client::{OutputItemKind, ResponseEvent, Usage};
use serde_json::json;

use crate::server::{Reply, Server, drain, request, short};

#[tokio::test]
async fn a_whole_answer() {
    let message = json!({"type": "message", "role": "assistant", "id": "msg_1", "phase": "final_answer",
        "content": [{"type": "output_text", "text": "Hello "}, {"type": "output_text", "text": "there"}]});
    let server = Server::start(vec![Reply::events(&[
        json!({"type": "response.created", "response": {"id": "r1"}}),
        json!({"type": "response.output_item.added", "item": {"type": "reasoning", "id": "rs_1", "summary": []}}),
        json!({"type": "response.reasoning_summary_part.added", "item_id": "rs_1", "summary_index": 0}),
        json!({"type": "response.reasoning_summary_text.delta", "item_id": "rs_1", "summary_index": 0, "delta": "Th"}),
        json!({"type": "response.reasoning_text.delta", "item_id": "rs_1", "content_index": 2, "delta": "raw"}),
        json!({"type": "response.output_item.done", "item": {"type": "reasoning", "id": "rs_1",
            "summary": [{"type": "summary_text", "text": "Th"}], "content": [{"type": "reasoning_text", "text": "raw"}],
            "encrypted_content": "enc"}}),
        json!({"type": "response.output_item.added",
            "item": {"type": "message", "role": "assistant", "id": "msg_1", "content": []}}),
        json!({"type": "response.output_text.delta", "item_id": "msg_1", "delta": "Hello \"\u{e9}\n"}),
        json!({"type": "response.something.new", "delta": {"odd": [1]}}),
        json!({"type": "response.output_item.done", "item": message}),
        json!({"type": "response.completed", "response": {"id": "r1", "end_turn": false, "usage": {
            "input_tokens": 10, "input_tokens_details": {"cached_tokens": 2, "cache_write_tokens": 3},
            "output_tokens": 5, "output_tokens_details": {"reasoning_tokens": 1}, "total_tokens": 15}}}),
        json!({"type": "response.output_text.delta", "item_id": "msg_1", "delta": "after the end"}),
    ])])
    .await;
    let (events, error) = drain(server.client().stream(&request("Hi")).await.unwrap()).await;
    assert_eq!(error, None);
    assert_eq!(
        short(&events),
        [
            "created",
            r#"added Reasoning { id: "rs_1", summary: [], content: [], encrypted_content: None }"#,
            "part rs_1 0",
            r#"summary rs_1 0 "Th""#,
            r#"reasoning rs_1 2 "raw""#,
            r#"done Reasoning { id: "rs_1", summary: ["Th"], content: ["raw"], encrypted_content: Some("enc") }"#,
            r#"added Message { id: "msg_1", role: "assistant", text: "", phase: None }"#,
            r#"text msg_1 "Hello \"é\n""#,
            r#"done Message { id: "msg_1", role: "assistant", text: "Hello there", phase: Some("final_answer") }"#,
            "completed r1 Some(15) Some(false)",
        ]
    );
    let Some(ResponseEvent::OutputItemDone(item)) = events.get(8) else { panic!("{events:?}") };
    assert_eq!(item.raw.get(), message.to_string());
    let Some(ResponseEvent::Completed { usage, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(
        *usage,
        Some(Usage {
            input_tokens: 10,
            cached_input_tokens: 2,
            cache_write_input_tokens: 3,
            output_tokens: 5,
            reasoning_output_tokens: 1,
            total_tokens: 15
        })
    );
}

#[tokio::test]
async fn headers_come_first_as_events() {
    let headers = "openai-model: other\r\nx-codex-primary-used-percent: 12\r\nx-request-id: req_1\r\n";
    let text = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}\n\n";
    let server = Server::start(vec![Reply::with_headers(headers, text)]).await;
    let stream = server.client().stream(&request("Hi")).await.unwrap();
    assert!(stream.has_buffered());
    assert_eq!(stream.headers().model.as_deref(), Some("other"));
    assert_eq!(stream.headers().request_id.as_deref(), Some("req_1"));
    let (events, _) = drain(stream).await;
    assert_eq!(short(&events), ["model other", "limits codex", "completed r None None"]);
}

#[tokio::test]
async fn what_arrives_together_is_buffered() {
    let delta = json!({"type": "response.output_text.delta", "item_id": "m", "delta": "x"});
    let done = json!({"type": "response.completed", "response": {"id": "r"}});
    let server = Server::start(vec![Reply::events(&[delta.clone(), delta.clone(), done])]).await;
    let mut stream = server.client().stream(&request("Hi")).await.unwrap();
    assert!(!stream.has_buffered());
    let mut rest = 0;
    while let Some(step) = stream.next().await {
        step.unwrap();
        rest += usize::from(stream.has_buffered());
    }
    assert_eq!(rest, 2);
}

#[tokio::test]
async fn odd_lines_are_tolerated() {
    let text = concat!(
        ": a comment\r\n\r\n",
        "data: {\"type\":\"response.created\"}\r\n\r\n",
        "data: this is not JSON\n\n",
        "data: {\"no\":\"type\"}\n\n",
        "data: {\"type\":7}\n\n",
        "data: [DONE]\n\n",
        "id: 3\nretry: 10\nevent: wrong.name\n",
        "data: {\"type\":\"response.output_text.delta\",\n",
        "data: \"item_id\":\"m\",\"delta\":\"x\"}\n\n",
        "data: {\"type\":\"response.output_text.delta\",\"item_id\":null,\"output_index\":4,\"delta\":\"y\"}\n\n",
        "data: {\"type\":\"response.completed\"}\n\n",
        "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"usage\":7}}\n\n",
    );
    let server = Server::start(vec![Reply::sse(text)]).await;
    let (events, error) = drain(server.client().stream(&request("Hi")).await.unwrap()).await;
    assert_eq!(error, None);
    assert_eq!(short(&events), ["created", "text m \"x\"", "text msg_1_4 \"y\"", "completed r None None"]);
}

#[tokio::test]
async fn items_of_every_kind() {
    let items = [
        (
            json!({"type": "function_call", "id": "fc", "call_id": "c", "name": "f", "namespace": "n", "arguments": "{}"}),
            OutputItemKind::FunctionCall {
                id: Some("fc".into()),
                call_id: "c".into(),
                name: "f".into(),
                namespace: Some("n".into()),
                arguments: "{}".into(),
            },
        ),
        (
            json!({"type": "function_call", "id": "fc", "name": "f", "arguments": {"a": 1}}),
            OutputItemKind::FunctionCall {
                id: Some("fc".into()),
                call_id: "fc".into(),
                name: "f".into(),
                namespace: None,
                arguments: r#"{"a":1}"#.into(),
            },
        ),
        (
            json!({"type": "custom_tool_call", "call_id": "c", "name": "f", "input": "x"}),
            OutputItemKind::CustomToolCall { id: None, call_id: "c".into(), name: "f".into(), input: "x".into() },
        ),
        (
            json!({"type": "tool_search_call", "call_id": "c", "execution": "client", "arguments": {"query": "q"}}),
            OutputItemKind::ToolSearchCall {
                id: None,
                call_id: Some("c".into()),
                execution: Some("client".into()),
                arguments: json!({"query": "q"}),
            },
        ),
        (
            json!({"type": "local_shell_call", "id": "l", "status": "completed", "action": {"type": "exec"}}),
            OutputItemKind::LocalShellCall {
                id: Some("l".into()),
                call_id: None,
                status: Some("completed".into()),
                action: json!({"type": "exec"}),
            },
        ),
        (
            json!({"type": "web_search_call", "id": "w", "status": "completed", "action": null}),
            OutputItemKind::WebSearchCall { id: "w".into(), status: Some("completed".into()), action: None },
        ),
        (
            json!({"type": "image_generation_call", "id": "i", "result": "aGk="}),
            OutputItemKind::ImageGenerationCall {
                id: "i".into(),
                status: None,
                revised_prompt: None,
                result: Some("aGk=".into()),
            },
        ),
        (json!({"type": "function_call"}), OutputItemKind::Other { kind: "function_call".into() }),
        (json!({"type": "later_kind", "id": 7}), OutputItemKind::Other { kind: "later_kind".into() }),
        (json!("no object"), OutputItemKind::Other { kind: String::new() }),
        (
            json!({"type": "message", "content": [{"type": "refusal", "refusal": "No."}]}),
            OutputItemKind::Message { id: "msg_1_9".into(), role: "assistant".into(), text: "No.".into(), phase: None },
        ),
    ];
    let mut events: Vec<_> = items
        .iter()
        .map(|(item, _)| json!({"type": "response.output_item.done", "output_index": 9, "item": item}))
        .collect();
    events.push(json!({"type": "response.completed", "response": {"id": "r"}}));
    let server = Server::start(vec![Reply::events(&events)]).await;
    let (events, _) = drain(server.client().stream(&request("Hi")).await.unwrap()).await;
    for ((_, expected), event) in items.iter().zip(&events) {
        let ResponseEvent::OutputItemDone(item) = event else { panic!("{event:?}") };
        assert_eq!(&item.kind, expected);
    }
    assert_eq!(events.len(), items.len() + 1);
}
