//! From the data of one event to what it means. Text deltas come by the hundred thousand: they cost one pass over the
//! data, one allocation for the text, and share the item's id.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::item::decode_item;
use crate::error::ModelError;
use crate::event::{ResponseEvent, Usage};
use crate::failure::{ErrorBody, from_code, incomplete};
use crate::json::{Text, count, or_default};
use crate::stream::Queue;

/// All fields of all events that we read.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow, default)]
    item_id: Text<'a>,
    #[serde(borrow, default)]
    delta: Text<'a>,
    #[serde(default)]
    summary_index: Option<i64>,
    #[serde(default)]
    content_index: Option<i64>,
    #[serde(default)]
    output_index: Option<i64>,
    #[serde(borrow, default)]
    item: Option<&'a RawValue>,
    #[serde(borrow, default)]
    response: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Response {
    #[serde(deserialize_with = "crate::json::text_or_none")]
    id: Option<String>,
    error: Option<ErrorBody>,
    incomplete_details: Option<Incomplete>,
    end_turn: Option<bool>,
}

#[derive(Deserialize)]
struct Incomplete {
    #[serde(default, deserialize_with = "crate::json::text_or_none")]
    reason: Option<String>,
}

/// Apart from the response, since usage that we cannot read must not spoil an answer that is complete.
#[derive(Deserialize)]
struct WithUsage {
    usage: WireUsage,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireUsage {
    #[serde(deserialize_with = "count")]
    input_tokens: i64,
    #[serde(deserialize_with = "or_default")]
    input_tokens_details: InputDetails,
    #[serde(deserialize_with = "count")]
    output_tokens: i64,
    #[serde(deserialize_with = "or_default")]
    output_tokens_details: OutputDetails,
    #[serde(deserialize_with = "count")]
    total_tokens: i64,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct InputDetails {
    #[serde(deserialize_with = "count")]
    cached_tokens: i64,
    #[serde(deserialize_with = "count")]
    cache_write_tokens: i64,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OutputDetails {
    #[serde(deserialize_with = "count")]
    reasoning_tokens: i64,
}

impl From<WireUsage> for Usage {
    fn from(wire: WireUsage) -> Self {
        Self {
            input_tokens: wire.input_tokens,
            cached_input_tokens: wire.input_tokens_details.cached_tokens,
            cache_write_input_tokens: wire.input_tokens_details.cache_write_tokens,
            output_tokens: wire.output_tokens,
            reasoning_output_tokens: wire.output_tokens_details.reasoning_tokens,
            total_tokens: wire.total_tokens,
        }
    }
}

/// What is remembered from event to event.
#[derive(Debug)]
pub(crate) struct Decoder {
    /// Makes ids unique within a thread for servers that send none.
    made_up: String,
    /// The id of the last delta, since the next one has most likely the same.
    last_id: Arc<str>,
}

impl Decoder {
    /// `position`: how many items the input had.
    pub(crate) fn new(position: usize) -> Self {
        Self { made_up: position.to_string(), last_id: Arc::from("") }
    }

    /// Decodes the data of one event. What we cannot read or do not know is skipped.
    pub(crate) fn on_data(&mut self, data: &[u8], out: &mut Queue) {
        let event = match serde_json::from_slice::<Envelope<'_>>(data) {
            Ok(event) => event,
            Err(_) => {
                if let Err(error) = std::str::from_utf8(data) {
                    out.fail(ModelError::disconnected(format_args!("UTF8 error: {error}")));
                }
                return;
            }
        };
        match event.kind.as_str() {
            "response.output_text.delta" => {
                let item_id = self.item_id(&event, "msg");
                out.event(ResponseEvent::OutputTextDelta { item_id, delta: event.delta.into_string() });
            }
            "response.reasoning_summary_text.delta" => {
                let item_id = self.item_id(&event, "rs");
                let summary_index = event.summary_index.unwrap_or(0);
                let delta = event.delta.into_string();
                out.event(ResponseEvent::ReasoningSummaryTextDelta { item_id, delta, summary_index });
            }
            "response.reasoning_text.delta" => {
                let item_id = self.item_id(&event, "rs");
                let content_index = event.content_index.unwrap_or(0);
                let delta = event.delta.into_string();
                out.event(ResponseEvent::ReasoningTextDelta { item_id, delta, content_index });
            }
            "response.reasoning_summary_part.added" => {
                let item_id = self.item_id(&event, "rs");
                let summary_index = event.summary_index.unwrap_or(0);
                out.event(ResponseEvent::ReasoningSummaryPartAdded { item_id, summary_index });
            }
            "response.output_item.added" => {
                if let Some(item) = event.item {
                    out.event(ResponseEvent::OutputItemAdded(decode_item(item, |p| {
                        self.make_up(p, event.output_index)
                    })));
                }
            }
            "response.output_item.done" => {
                if let Some(item) = event.item {
                    out.event(ResponseEvent::OutputItemDone(decode_item(item, |p| {
                        self.make_up(p, event.output_index)
                    })));
                }
            }
            "response.created" => out.event(ResponseEvent::Created),
            "response.completed" => {
                if let Some(response) = event.response {
                    out.event(completed(response));
                }
            }
            "response.failed" => {
                let error = event.response.and_then(|raw| read(raw).error).unwrap_or_default();
                out.fail(from_code(error.code.as_deref(), error.message.as_deref()));
            }
            "response.incomplete" => {
                let details = event.response.and_then(|raw| read(raw).incomplete_details);
                out.fail(incomplete(details.and_then(|details| details.reason).as_deref()));
            }
            _ => {}
        }
    }

    fn item_id(&mut self, event: &Envelope<'_>, prefix: &str) -> Arc<str> {
        let id = event.item_id.as_str();
        if id.is_empty() {
            return self.make_up(prefix, event.output_index).into();
        }
        if *self.last_id != *id {
            self.last_id = Arc::from(id);
        }
        Arc::clone(&self.last_id)
    }

    fn make_up(&self, prefix: &str, output_index: Option<i64>) -> String {
        format!("{prefix}_{}_{}", self.made_up, output_index.unwrap_or(0))
    }
}

fn read(raw: &RawValue) -> Response {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn completed(raw: &RawValue) -> ResponseEvent {
    let response = read(raw);
    let usage = serde_json::from_str::<WithUsage>(raw.get()).ok().map(|with| with.usage.into());
    ResponseEvent::Completed { response_id: response.id.unwrap_or_default(), usage, end_turn: response.end_turn }
}
