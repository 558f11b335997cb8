//! Events of the Responses API, as the model sends them.

use serde_json::{Value, json};

/// The response's id wherever a test does not choose one.
pub const RESPONSE_ID: &str = "resp_1";

/// `response.created`.
#[must_use]
pub fn created(response_id: &str) -> Value {
    json!({"type": "response.created", "response": {"id": response_id}})
}

/// `response.completed` with this usage.
#[must_use]
pub fn completed(response_id: &str, usage: Value) -> Value {
    json!({"type": "response.completed", "response": {"id": response_id, "usage": usage}})
}

/// Tokens of a response: what went in, what of it was cached, what came out, what of that was reasoning.
#[must_use]
pub fn usage(input: i64, cached: i64, output: i64, reasoning: i64) -> Value {
    json!({
        "input_tokens": input,
        "input_tokens_details": {"cached_tokens": cached},
        "output_tokens": output,
        "output_tokens_details": {"reasoning_tokens": reasoning},
        "total_tokens": input + output,
    })
}

/// `response.failed` with an error of this code.
#[must_use]
pub fn failed(code: &str, message: &str) -> Value {
    json!({"type": "response.failed", "response": {"id": RESPONSE_ID, "error": {"code": code, "message": message}}})
}

/// `response.incomplete` for this reason.
#[must_use]
pub fn incomplete(reason: &str) -> Value {
    json!({"type": "response.incomplete", "response": {"id": RESPONSE_ID, "incomplete_details": {"reason": reason}}})
}

/// `response.output_item.added`.
#[must_use]
pub fn item_added(item: Value) -> Value {
    json!({"type": "response.output_item.added", "output_index": 0, "item": item})
}

/// `response.output_item.done`.
#[must_use]
pub fn item_done(item: Value) -> Value {
    json!({"type": "response.output_item.done", "output_index": 0, "item": item})
}

/// `response.output_text.delta`.
#[must_use]
pub fn text_delta(item_id: &str, text: &str) -> Value {
    json!({
        "type": "response.output_text.delta", "item_id": item_id, "output_index": 0, "content_index": 0, "delta": text,
    })
}

/// A message item with one text.
#[must_use]
pub fn message_item(item_id: &str, text: &str) -> Value {
    json!({"type": "message", "role": "assistant", "id": item_id, "content": [{"type": "output_text", "text": text}]})
}

/// The beginning of a message: the item without content.
#[must_use]
pub fn message_opened(item_id: &str) -> Value {
    item_added(json!({"type": "message", "role": "assistant", "id": item_id, "content": []}))
}

/// A whole message: the item without content, these deltas, the item with the text they make up.
#[must_use]
pub fn message(item_id: &str, deltas: &[&str]) -> Vec<Value> {
    let mut events = vec![message_opened(item_id)];
    events.extend(deltas.iter().map(|delta| text_delta(item_id, delta)));
    events.push(item_done(message_item(item_id, &deltas.concat())));
    events
}

/// A reasoning item whose summary has these parts, each streamed as one delta.
#[must_use]
pub fn reasoning(item_id: &str, summary: &[&str]) -> Vec<Value> {
    let mut events = vec![item_added(json!({"type": "reasoning", "id": item_id, "summary": []}))];
    for (index, text) in summary.iter().enumerate() {
        events.push(json!({
            "type": "response.reasoning_summary_part.added", "item_id": item_id, "output_index": 0, "summary_index": index,
        }));
        events.push(json!({
            "type": "response.reasoning_summary_text.delta", "item_id": item_id, "output_index": 0,
            "summary_index": index, "delta": text,
        }));
    }
    let summary: Vec<_> = summary.iter().map(|text| json!({"type": "summary_text", "text": text})).collect();
    let item = json!({"type": "reasoning", "id": item_id, "encrypted_content": "sealed", "summary": summary});
    events.push(item_done(item));
    events
}

/// A call of a function with these arguments.
#[must_use]
pub fn call(call_id: &str, name: &str, arguments: &Value) -> Vec<Value> {
    let item =
        |arguments: &str| json!({"type": "function_call", "name": name, "call_id": call_id, "arguments": arguments});
    vec![item_added(item("")), item_done(item(&arguments.to_string()))]
}

/// A call of a custom tool with this input.
#[must_use]
pub fn custom_call(call_id: &str, name: &str, input: &str) -> Vec<Value> {
    let item = |input: &str| json!({"type": "custom_tool_call", "name": name, "call_id": call_id, "input": input});
    vec![item_added(item("")), item_done(item(input))]
}
