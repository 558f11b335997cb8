//! The history as chat messages.
//!
//! Templates of local models are picky: many allow one system message, and only at the front, and want user and
//! assistant to take turns. So what developers say is joined at the front and neighbours of one role become one message.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::tools::{ToolNames, function_name};

/// One message.
#[derive(Debug, Serialize, PartialEq)]
pub(crate) struct Message {
    role: &'static str,
    content: Content,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_call_id: Option<String>,
}

#[derive(Debug, Serialize, PartialEq)]
#[serde(untagged)]
enum Content {
    /// Nothing but tool calls is said.
    Nothing,
    Text(String),
    Parts(Vec<Value>),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    #[serde(rename = "type")]
    kind: Option<String>,
    role: Option<String>,
    content: Option<Value>,
    call_id: Option<String>,
    name: Option<String>,
    namespace: Option<String>,
    arguments: Option<Value>,
    input: Option<String>,
    output: Option<Value>,
}

/// Converts the input. Reasoning and kinds that chat completions do not know are left out.
pub(crate) fn messages(input: &[Arc<RawValue>], names: &ToolNames) -> Vec<Message> {
    let mut system: Vec<String> = Vec::new();
    let mut messages: Vec<Message> = Vec::new();
    for raw in input {
        let Ok(item) = serde_json::from_str::<Item>(raw.get()) else { continue };
        match (item.kind.as_deref().unwrap_or("message"), item.role.as_deref()) {
            ("message", Some("developer" | "system")) => system.extend(texts(item.content.as_ref())),
            ("message", Some("assistant")) => {
                say(&mut messages, "assistant", Content::Text(texts(item.content.as_ref()).join("\n\n")));
            }
            ("message", _) => say(&mut messages, "user", user_content(item.content)),
            ("function_call", _) => {
                let arguments = match item.arguments {
                    Some(Value::String(text)) => text,
                    Some(value) => value.to_string(),
                    None => "{}".to_owned(),
                };
                let name = function_name(item.namespace.as_deref(), item.name.as_deref().unwrap_or_default());
                call(&mut messages, item.call_id, &name, arguments);
            }
            ("custom_tool_call", _) => {
                let name = item.name.unwrap_or_default();
                let text = item.input.unwrap_or_default();
                // A tool that is no longer on offer is still told as it was called.
                let custom = names.tool(&name).is_none_or(|tool| tool.custom);
                let arguments = if custom { json!({"input": text}).to_string() } else { text };
                call(&mut messages, item.call_id, &name, arguments);
            }
            ("function_call_output" | "custom_tool_call_output", _) => messages.push(Message {
                role: "tool",
                content: Content::Text(output_text(item.output.as_ref())),
                tool_calls: Vec::new(),
                tool_call_id: item.call_id,
            }),
            _ => {}
        }
    }
    if !system.is_empty() {
        messages.insert(0, message("system", Content::Text(system.join("\n\n"))));
    }
    messages
}

fn message(role: &'static str, content: Content) -> Message {
    Message { role, content, tool_calls: Vec::new(), tool_call_id: None }
}

fn say(messages: &mut Vec<Message>, role: &'static str, content: Content) {
    match messages.last_mut() {
        Some(last) if last.role == role && last.tool_calls.is_empty() => {
            let before = std::mem::replace(&mut last.content, Content::Nothing);
            last.content = before.and(content);
        }
        _ => messages.push(message(role, content)),
    }
}

fn call(messages: &mut Vec<Message>, call_id: Option<String>, name: &str, arguments: String) {
    let call = json!({"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}});
    match messages.last_mut() {
        Some(last) if last.role == "assistant" => last.tool_calls.push(call),
        _ => messages.push(Message { tool_calls: vec![call], ..message("assistant", Content::Nothing) }),
    }
}

impl Content {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Content::Nothing, content) | (content, Content::Nothing) => content,
            (Content::Text(one), Content::Text(two)) => Content::Text(format!("{one}\n\n{two}")),
            (one, two) => Content::Parts(one.into_parts().into_iter().chain(two.into_parts()).collect()),
        }
    }

    fn into_parts(self) -> Vec<Value> {
        match self {
            Content::Nothing => Vec::new(),
            Content::Text(text) => vec![json!({"type": "text", "text": text})],
            Content::Parts(parts) => parts,
        }
    }
}

fn texts(content: Option<&Value>) -> Vec<String> {
    match content {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(parts)) => parts.iter().filter_map(|part| part["text"].as_str()).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn user_content(content: Option<Value>) -> Content {
    let has_image =
        matches!(&content, Some(Value::Array(parts)) if parts.iter().any(|part| part["type"] == "input_image"));
    if !has_image {
        return Content::Text(texts(content.as_ref()).join("\n\n"));
    }
    let Some(Value::Array(parts)) = content else { return Content::Nothing };
    Content::Parts(
        parts
            .iter()
            .filter_map(|part| match (part["text"].as_str(), part["image_url"].as_str()) {
                (Some(text), _) => Some(json!({"type": "text", "text": text})),
                (None, Some(url)) => Some(json!({"type": "image_url", "image_url": {"url": url}})),
                (None, None) => None,
            })
            .collect(),
    )
}

/// The text of a tool's output; images in it cannot be told.
fn output_text(output: Option<&Value>) -> String {
    match output {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts
            .iter()
            .map(|part| part["text"].as_str().unwrap_or("[content that is no text]"))
            .collect::<Vec<_>>()
            .join("\n"),
        Some(Value::Object(object)) => match object.get("content") {
            Some(inner) => output_text(Some(inner)),
            None => Value::Object(object.clone()).to_string(),
        },
        _ => String::new(),
    }
}
