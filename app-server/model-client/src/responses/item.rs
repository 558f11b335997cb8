//! One item of an answer: the JSON as it came, and what the engine needs to know of it.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::event::{OutputItem, OutputItemKind as Kind};
use crate::json::{Text, or_default};

/// All fields of all kinds that we read; a kind takes its own.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    call_id: Text<'a>,
    #[serde(borrow)]
    role: Text<'a>,
    #[serde(borrow)]
    phase: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    namespace: Text<'a>,
    #[serde(borrow)]
    input: Text<'a>,
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    execution: Text<'a>,
    #[serde(borrow)]
    encrypted_content: Text<'a>,
    #[serde(borrow)]
    revised_prompt: Text<'a>,
    #[serde(borrow)]
    result: Text<'a>,
    #[serde(borrow)]
    content: Option<&'a RawValue>,
    #[serde(borrow)]
    summary: Option<&'a RawValue>,
    #[serde(borrow)]
    arguments: Option<&'a RawValue>,
    #[serde(borrow)]
    action: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Part<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    text: Text<'a>,
    #[serde(borrow)]
    refusal: Text<'a>,
}

#[derive(Deserialize)]
struct Parts<'a>(#[serde(borrow, deserialize_with = "or_default")] Vec<Part<'a>>);

/// Decodes an item. `made_up` gives an id for the kinds that need one and came without, from a prefix.
pub(crate) fn decode_item(raw: &RawValue, made_up: impl Fn(&str) -> String) -> OutputItem {
    let kind = match serde_json::from_str::<Fields<'_>>(raw.get()) {
        Ok(fields) => kind_of(fields, made_up),
        Err(_) => Kind::Other { kind: String::new() },
    };
    OutputItem { raw: raw.to_owned(), kind }
}

fn kind_of(fields: Fields<'_>, made_up: impl Fn(&str) -> String) -> Kind {
    let id = fields.id.filled();
    let call_id = fields.call_id.filled();
    let required = |id: Option<String>, prefix: &str| id.unwrap_or_else(|| made_up(prefix));
    // A call without an id of its own is answered under its item's id.
    let answered_as = || call_id.clone().or_else(|| id.clone()).unwrap_or_else(|| made_up("call"));
    match (fields.kind.as_str(), fields.name.0.is_some()) {
        ("message", _) => Kind::Message {
            id: required(id, "msg"),
            role: fields.role.filled().unwrap_or_else(|| "assistant".to_owned()),
            text: texts(fields.content).concat(),
            phase: fields.phase.filled(),
        },
        ("reasoning", _) => Kind::Reasoning {
            id: required(id, "rs"),
            summary: texts(fields.summary),
            content: texts(fields.content),
            encrypted_content: fields.encrypted_content.filled(),
        },
        ("function_call", true) => Kind::FunctionCall {
            call_id: answered_as(),
            id,
            name: fields.name.into_string(),
            namespace: fields.namespace.filled(),
            arguments: fields.arguments.map(text_or_json).unwrap_or_default(),
        },
        ("custom_tool_call", true) => Kind::CustomToolCall {
            call_id: answered_as(),
            id,
            name: fields.name.into_string(),
            input: fields.input.into_string(),
        },
        ("tool_search_call", _) => Kind::ToolSearchCall {
            id,
            call_id,
            execution: fields.execution.filled(),
            arguments: fields.arguments.and_then(value).unwrap_or_default(),
        },
        ("local_shell_call", _) => Kind::LocalShellCall {
            id,
            call_id,
            status: fields.status.filled(),
            action: fields.action.and_then(value).unwrap_or_default(),
        },
        ("web_search_call", _) => Kind::WebSearchCall {
            id: required(id, "ws"),
            status: fields.status.filled(),
            action: fields.action.and_then(value),
        },
        ("image_generation_call", _) => Kind::ImageGenerationCall {
            id: required(id, "ig"),
            status: fields.status.filled(),
            revised_prompt: fields.revised_prompt.filled(),
            result: fields.result.filled(),
        },
        (kind, _) => Kind::Other { kind: kind.to_owned() },
    }
}

fn texts(parts: Option<&RawValue>) -> Vec<String> {
    let Some(parts) = parts else { return Vec::new() };
    match serde_json::from_str::<Parts<'_>>(parts.get()) {
        Ok(Parts(parts)) => parts
            .into_iter()
            .map(|part| if part.kind.as_str() == "refusal" { part.refusal } else { part.text })
            .filter_map(|text| text.0.map(std::borrow::Cow::into_owned))
            .collect(),
        // Some servers write the content as one text.
        Err(_) => serde_json::from_str::<String>(parts.get()).into_iter().collect(),
    }
}

/// Arguments are a text with JSON inside; some servers send the JSON itself.
fn text_or_json(raw: &RawValue) -> String {
    serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

fn value(raw: &RawValue) -> Option<serde_json::Value> {
    serde_json::from_str(raw.get()).ok().filter(|value: &serde_json::Value| !value.is_null())
}
