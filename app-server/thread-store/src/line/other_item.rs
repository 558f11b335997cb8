//! Items that have no form of their own here: the wire's fields in snake_case under the CamelCase name of their kind.
//!
//! What is not the protocol's but a tool's or a model's own (arguments, outputs, content) keeps its keys.

use codex_app_server_protocol::v2::ThreadItemKind;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::core_tool::Span;
use super::snake::{camel, snake};

/// An item as a line spells it.
pub(super) fn line(item: &ThreadItemKind) -> Value {
    let Ok(Value::Object(wire)) = serde_json::to_value(item) else { return Value::Null };
    let fields =
        wire.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| match (key.as_str(), value) {
            ("type", Value::String(kind)) => (key, Value::String(camel(&format!("_{kind}")))),
            ("status", Value::String(word)) => (key, Value::String(snake(&word))),
            ("tool", Value::String(word)) if matches!(item, ThreadItemKind::CollabAgentToolCall { .. }) => {
                (key, Value::String(snake(&word)))
            }
            ("durationMs", value) if !matches!(item, ThreadItemKind::Sleep { .. }) => {
                ("duration".to_owned(), json!(Span::from_millis(value.as_i64().unwrap_or_default())))
            }
            ("agentsStates", Value::Object(states)) => {
                ("agents_states".to_owned(), states.into_iter().map(state_line).collect())
            }
            (_, value) => (snake(&key), value),
        });
    Value::Object(fields.collect())
}

/// The item of a line of one of these kinds.
pub(super) fn wire(item: &RawValue) -> Result<ThreadItemKind, serde_json::Error> {
    let line: Map<String, Value> = serde_json::from_str(item.get())?;
    let collab = line.get("type").is_some_and(|kind| kind == "CollabAgentToolCall");
    let fields = line.into_iter().map(|(key, value)| match (key.as_str(), value) {
        ("type", Value::String(kind)) => {
            let mut letters = kind.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            (key, Value::String(first.into_iter().chain(letters).collect()))
        }
        ("status" | "kind", Value::String(word)) => (key, Value::String(camel(&word))),
        ("tool", Value::String(word)) if collab => (key, Value::String(camel(&word))),
        ("duration", value) => {
            let span = serde_json::from_value::<Span>(value).ok();
            ("durationMs".to_owned(), json!(span.map(Span::millis)))
        }
        ("agents_states", Value::Object(states)) => {
            ("agentsStates".to_owned(), states.into_iter().map(state_wire).collect())
        }
        (_, value) => (camel(&key), value),
    });
    serde_json::from_value(Value::Object(fields.collect()))
}

/// An agent's state: its word, or an object of the word and a message.
fn state_line((agent, state): (String, Value)) -> (String, Value) {
    let word = snake(state.get("status").and_then(Value::as_str).unwrap_or_default());
    let state = match state.get("message") {
        Some(Value::String(message)) => json!({ word: message }),
        _ => Value::String(word),
    };
    (agent, state)
}

fn state_wire((agent, state): (String, Value)) -> (String, Value) {
    let state = match state {
        Value::Object(object) => {
            let (word, message) = object.into_iter().next().unwrap_or_default();
            json!({ "status": camel(&word), "message": message })
        }
        word => json!({ "status": camel(word.as_str().unwrap_or_default()), "message": null }),
    };
    (agent, state)
}
