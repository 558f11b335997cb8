//! Chunks of a chat completion as events. Items are opened with their first delta and completed by what follows them:
//! reasoning by text, everything by the end.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tools::ToolNames;
use crate::error::ModelError;
use crate::event::{OutputItem, ResponseEvent, Usage};
use crate::failure::{ErrorBody, from_code, incomplete};
use crate::json::{Text, count, or_default, raw};
use crate::responses::decode_item;
use crate::stream::Queue;

#[derive(Deserialize)]
struct Chunk<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    choices: Vec<Choice<'a>>,
    #[serde(default)]
    usage: Option<WireUsage>,
    #[serde(default)]
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    #[serde(borrow, default, deserialize_with = "or_default")]
    delta: Delta<'a>,
    #[serde(borrow, default)]
    finish_reason: Text<'a>,
}

#[derive(Deserialize, Default)]
struct Delta<'a> {
    #[serde(borrow, default)]
    content: Text<'a>,
    #[serde(borrow, default)]
    refusal: Text<'a>,
    #[serde(borrow, default)]
    reasoning_content: Text<'a>,
    /// The name that some servers use for it.
    #[serde(borrow, default)]
    reasoning: Text<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    tool_calls: Vec<CallDelta<'a>>,
}

impl Delta<'_> {
    fn bytes(&self) -> usize {
        let calls = self.tool_calls.iter().flat_map(|call| [&call.function.name, &call.function.arguments]);
        [&self.content, &self.refusal, &self.reasoning_content, &self.reasoning]
            .into_iter()
            .chain(calls)
            .map(|text| text.as_str().len())
            .sum()
    }
}

#[derive(Deserialize)]
struct CallDelta<'a> {
    #[serde(default)]
    index: Option<u64>,
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    function: FunctionDelta<'a>,
}

#[derive(Deserialize, Default)]
struct FunctionDelta<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    arguments: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireUsage {
    #[serde(deserialize_with = "count")]
    prompt_tokens: i64,
    #[serde(deserialize_with = "count")]
    completion_tokens: i64,
    #[serde(deserialize_with = "count")]
    total_tokens: i64,
    #[serde(deserialize_with = "or_default")]
    prompt_tokens_details: PromptDetails,
    #[serde(deserialize_with = "or_default")]
    completion_tokens_details: CompletionDetails,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PromptDetails {
    #[serde(deserialize_with = "count")]
    cached_tokens: i64,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct CompletionDetails {
    #[serde(deserialize_with = "count")]
    reasoning_tokens: i64,
}

impl From<WireUsage> for Usage {
    fn from(wire: WireUsage) -> Self {
        let sum = wire.prompt_tokens.saturating_add(wire.completion_tokens);
        Self {
            input_tokens: wire.prompt_tokens,
            cached_input_tokens: wire.prompt_tokens_details.cached_tokens,
            cache_write_input_tokens: 0,
            output_tokens: wire.completion_tokens,
            reasoning_output_tokens: wire.completion_tokens_details.reasoning_tokens,
            total_tokens: if wire.total_tokens > 0 { wire.total_tokens } else { sum },
        }
    }
}

/// An item whose text is coming.
#[derive(Debug)]
struct Open {
    id: Arc<str>,
    text: String,
}

#[derive(Debug, Default)]
struct Call {
    id: String,
    name: String,
    arguments: String,
}

/// The most text of one answer, in bytes: it is all held until its item is complete.
const MAX_TEXT: usize = crate::sse::MAX_EVENT_BYTES;
/// The most tool calls of one answer; what goes beyond is a server gone wrong.
const MAX_CALLS: usize = 1024;

/// What is remembered from chunk to chunk.
#[derive(Debug)]
pub(crate) struct Decoder {
    names: ToolNames,
    /// How many items the input had: makes ids unique within a thread.
    position: usize,
    response_id: Option<String>,
    reasoning: Option<Open>,
    message: Option<Open>,
    /// By the server's index.
    calls: BTreeMap<u64, Call>,
    /// Ids are numbered over all items of the answer.
    opened: usize,
    /// Bytes of text so far.
    held: usize,
    usage: Option<Usage>,
    finish_reason: Option<String>,
}

impl Decoder {
    pub(crate) fn new(position: usize, names: ToolNames) -> Self {
        Self {
            names,
            position,
            response_id: None,
            reasoning: None,
            message: None,
            calls: BTreeMap::new(),
            opened: 0,
            held: 0,
            usage: None,
            finish_reason: None,
        }
    }

    /// Decodes one chunk. What we cannot read is skipped.
    pub(crate) fn on_data(&mut self, data: &[u8], out: &mut Queue) {
        if data.trim_ascii() == b"[DONE]" {
            return self.on_end(out);
        }
        let Ok(chunk) = serde_json::from_slice::<Chunk<'_>>(data) else {
            if let Err(error) = std::str::from_utf8(data) {
                out.fail(ModelError::disconnected(format_args!("UTF8 error: {error}")));
            }
            return;
        };
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return out.fail(stream_error(error));
        }
        if self.response_id.is_none() {
            self.response_id = Some(chunk.id.filled().unwrap_or_else(|| format!("chat_{}", self.position)));
            out.event(ResponseEvent::Created);
        }
        if let Some(usage) = chunk.usage {
            self.usage = Some(usage.into());
        }
        // More than one choice is never asked for.
        let Some(choice) = chunk.choices.into_iter().next() else { return };
        let delta = choice.delta;
        self.held = self.held.saturating_add(delta.bytes());
        if self.held > MAX_TEXT {
            return out.fail(ModelError::disconnected(format_args!("an answer is longer than {MAX_TEXT} bytes")));
        }
        if let Some(text) = delta.reasoning_content.filled().or_else(|| delta.reasoning.filled()) {
            self.think(text, out);
        }
        if let Some(text) = delta.content.filled().or_else(|| delta.refusal.filled()) {
            self.say(text, out);
        }
        for call in delta.tool_calls {
            self.call(call, out);
        }
        if let Some(reason) = choice.finish_reason.filled() {
            self.finish_reason = Some(reason);
        }
    }

    /// The stream says that it is at its end, or it just ended. Without a reason to finish it is a broken one, which
    /// the caller notices.
    pub(crate) fn on_end(&mut self, out: &mut Queue) {
        match self.finish_reason.take().as_deref() {
            None => {}
            Some("length") => out.fail(incomplete(Some("max_output_tokens"))),
            Some("content_filter") => out.fail(incomplete(Some("content_filter"))),
            Some(_) => {
                self.close_reasoning(out);
                self.close_message(out);
                self.close_calls(out);
                out.event(ResponseEvent::Completed {
                    response_id: self.response_id.take().unwrap_or_default(),
                    usage: self.usage.take(),
                    end_turn: None,
                });
            }
        }
    }

    fn next_id(&mut self, prefix: &str) -> String {
        let id =
            format!("{prefix}_{}_{}_{}", self.position, self.opened, self.response_id.as_deref().unwrap_or_default());
        self.opened += 1;
        id
    }

    fn think(&mut self, delta: String, out: &mut Queue) {
        if self.reasoning.is_none() {
            let id = self.next_id("rs");
            out.event(ResponseEvent::OutputItemAdded(item(&json!({"type": "reasoning", "id": id, "summary": []}))));
            self.reasoning = Some(Open { id: id.into(), text: String::new() });
        }
        if let Some(open) = &mut self.reasoning {
            open.text.push_str(&delta);
            let item_id = Arc::clone(&open.id);
            out.event(ResponseEvent::ReasoningTextDelta { item_id, delta, content_index: 0 });
        }
    }

    fn say(&mut self, delta: String, out: &mut Queue) {
        self.close_reasoning(out);
        if self.message.is_none() {
            let id = self.next_id("msg");
            let added = json!({"type": "message", "id": id, "role": "assistant", "content": []});
            out.event(ResponseEvent::OutputItemAdded(item(&added)));
            self.message = Some(Open { id: id.into(), text: String::new() });
        }
        if let Some(open) = &mut self.message {
            open.text.push_str(&delta);
            out.event(ResponseEvent::OutputTextDelta { item_id: Arc::clone(&open.id), delta });
        }
    }

    fn call(&mut self, delta: CallDelta<'_>, out: &mut Queue) {
        self.close_reasoning(out);
        let id = delta.id.filled();
        // Without an index, an id begins a call and everything else goes on with the last one.
        let last = self.calls.last_key_value().map(|(index, _)| *index);
        let index = match (delta.index, last) {
            (Some(index), _) => index,
            (None, None) => 0,
            (None, Some(last)) if id.is_some() => last.saturating_add(1),
            (None, Some(last)) => last,
        };
        if self.calls.len() >= MAX_CALLS && !self.calls.contains_key(&index) {
            return out.fail(ModelError::disconnected("too many tool calls in one answer"));
        }
        let call = self.calls.entry(index).or_default();
        if let Some(id) = id {
            call.id = id;
        }
        if let Some(name) = delta.function.name.filled() {
            call.name.push_str(&name);
        }
        call.arguments.push_str(delta.function.arguments.as_str());
    }

    fn close_reasoning(&mut self, out: &mut Queue) {
        if let Some(Open { id, text }) = self.reasoning.take() {
            out.event(ResponseEvent::OutputItemDone(item(&json!({
                "type": "reasoning",
                "id": &*id,
                "summary": [],
                "content": [{"type": "reasoning_text", "text": text}],
            }))));
        }
    }

    fn close_message(&mut self, out: &mut Queue) {
        if let Some(Open { id, text }) = self.message.take() {
            out.event(ResponseEvent::OutputItemDone(item(&json!({
                "type": "message",
                "id": &*id,
                "role": "assistant",
                "content": [{"type": "output_text", "text": text}],
            }))));
        }
    }

    fn close_calls(&mut self, out: &mut Queue) {
        for call in std::mem::take(&mut self.calls).into_values().filter(|call| !call.name.is_empty()) {
            let call_id = if call.id.is_empty() { self.next_id("call") } else { call.id };
            let arguments = if call.arguments.trim().is_empty() { "{}".to_owned() } else { call.arguments };
            let tool = self.names.tool(&call.name);
            let done = match tool {
                Some(tool) if tool.custom => {
                    json!({"type": "custom_tool_call", "call_id": call_id, "name": tool.name, "input": free_text(arguments)})
                }
                Some(tool) => {
                    let mut done = json!({
                        "type": "function_call", "call_id": call_id, "name": tool.name, "arguments": arguments,
                    });
                    if let Some(namespace) = &tool.namespace {
                        done["namespace"] = json!(namespace);
                    }
                    done
                }
                None => {
                    json!({"type": "function_call", "call_id": call_id, "name": call.name, "arguments": arguments})
                }
            };
            out.event(ResponseEvent::OutputItemDone(item(&done)));
        }
    }
}

/// The free text in a function's arguments; a model that sent the text itself is understood too.
fn free_text(arguments: String) -> String {
    match serde_json::from_str::<Value>(&arguments) {
        Ok(Value::Object(mut object)) => match object.remove("input") {
            Some(Value::String(text)) => text,
            _ => arguments,
        },
        Ok(Value::String(text)) => text,
        _ => arguments,
    }
}

/// Every item here has its id, so none is made up.
fn item(value: &Value) -> OutputItem {
    decode_item(&raw(value), str::to_owned)
}

/// An error in the stream: an object, or just a text.
fn stream_error(error: Value) -> ModelError {
    if let Value::String(text) = error {
        return from_code(None, Some(&text));
    }
    let body: ErrorBody = serde_json::from_value(error).unwrap_or_default();
    from_code(body.code(), body.message.as_deref())
}
