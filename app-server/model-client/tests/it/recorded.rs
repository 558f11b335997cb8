//! What is recorded replays the same.

use std::path::Path;
use std::sync::Arc;

use codex_model_client::scripted::{Recorder, Script};
use codex_model_client::{ModelClient, Provider, Wire};
use serde_json::json;

use crate::server::{Reply, Server, drain, request, short};

#[tokio::test]
async fn a_recording_replays_what_was_seen() {
    let message = |id: &str, text: &str| json!({"type": "message", "id": id, "role": "assistant", "content": [{"type": "output_text", "text": text}]});
    let added = |id: &str| {
        json!({"type": "response.output_item.added",
            "item": {"type": "message", "id": id, "role": "assistant", "content": []}})
    };
    let delta = |id: &str, text: &str| json!({"type": "response.output_text.delta", "item_id": id, "delta": text});
    let done = |item: serde_json::Value| json!({"type": "response.output_item.done", "item": item});
    let call = |arguments: &str| json!({"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "f", "arguments": arguments});
    let search = json!({"type": "web_search_call", "id": "ws_1", "status": "completed", "action": null});
    let server = Server::start(vec![
        Reply::with_headers(
            "openai-model: real\r\n",
            [
                json!({"type": "response.created"}),
                done(search),
                added("msg_a"),
                delta("msg_a", "Hel"),
                delta("msg_a", "lo {{input}}"),
                done(message("msg_a", "Hello {{input}}")),
                json!({"type": "response.output_item.added", "item": call("")}),
                done(call("{\"x\": null}")),
                json!({"type": "response.completed", "response": {"id": "r1",
                    "usage": {"input_tokens": 7, "output_tokens": 5, "total_tokens": 12}}}),
            ]
            .map(|event| format!("data: {event}\n\n"))
            .concat(),
        ),
        Reply::events(&[json!({"type": "response.created"}), added("msg_b"), delta("msg_b", "half")]),
        Reply::events(&[
            json!({"type": "response.created"}),
            json!({"type": "response.failed", "response": {"error": {"code": "cyber_policy", "message": "no"}}}),
        ]),
        Reply::events(&[
            json!({"type": "response.created"}),
            json!({"type": "response.completed", "response": {"id": "r4", "end_turn": true}}),
        ]),
    ])
    .await;
    let recorder = Recorder::new();
    let client = ModelClient::recording(server.provider(Wire::Responses), recorder.clone());
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(drain(client.stream(&request("What?")).await.unwrap()).await);
    }

    let toml = recorder.script().to_toml().unwrap();
    let script =
        Script::parse_toml(&toml, Path::new("recorded.toml")).unwrap_or_else(|error| panic!("{error}\n{toml}"));
    assert_eq!(script, recorder.script());
    assert_eq!(script.answers[0].asked.as_deref(), Some("What?"));
    let replay = ModelClient::new(Provider::scripted(Some(Arc::new(script))));
    for (events, error) in seen {
        let (again, failed) = drain(replay.stream(&request("What?")).await.unwrap()).await;
        assert_eq!(short(&again), short(&events));
        assert_eq!(failed, error);
    }
}
