//! `response_item` lines: the model's history, with what the reference notes beside each item.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::Error as _;
use serde_json::Value;
use serde_json::value::RawValue;

/// The key under which the lines put metadata into an item.
pub(crate) const PASSTHROUGH: &str = "internal_chat_message_metadata_passthrough";

/// An item of the model's history.
#[derive(Clone, Debug)]
pub struct ResponseItemLine {
    /// The item as it is sent to the model, a JSON object without the passthrough metadata.
    pub item: Arc<RawValue>,
    /// Metadata inside the item, kept apart since it is not part of what is sent. Left out when `None`.
    pub passthrough: Option<PassthroughMetadata>,
    /// Metadata beside the item.
    pub metadata: ItemMetadata,
}

impl ResponseItemLine {
    /// The item with its passthrough metadata as last field.
    pub(super) fn payload(&self) -> Result<Box<RawValue>, serde_json::Error> {
        let Some(passthrough) = &self.passthrough else {
            return Ok(self.item.as_ref().to_owned());
        };
        let fields = self
            .item
            .get()
            .trim()
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .ok_or_else(|| serde_json::Error::custom("a response item must be a JSON object"))?;
        let comma = if fields.trim().is_empty() { "" } else { "," };
        let passthrough = serde_json::to_string(passthrough)?;
        RawValue::from_string(format!("{{{fields}{comma}\"{PASSTHROUGH}\":{passthrough}}}"))
    }
}

/// What takes the place of the model's history.
#[derive(Clone, Debug)]
pub struct Compacted {
    /// The summary.
    pub message: String,
    /// The new history.
    pub replacement_history: Vec<ResponseItemLine>,
    /// The id of the context window that begins with it.
    pub window_id: String,
    /// How often the history was compacted, this time included.
    pub window_number: u64,
    /// The id of the context window that ends.
    pub previous_window_id: String,
    /// The response that brought the summary.
    pub response_id: Option<String>,
}

impl Compacted {
    pub(super) fn payload(&self) -> Result<CompactedPayload<'_>, serde_json::Error> {
        let history = self.replacement_history.iter().map(ResponseItemLine::payload);
        Ok(CompactedPayload {
            message: &self.message,
            replacement_history: history.collect::<Result<_, _>>()?,
            replacement_history_metadata: self.replacement_history.iter().map(|item| &item.metadata).collect(),
            window_number: self.window_number,
            previous_window_id: &self.previous_window_id,
            window_id: &self.window_id,
            compaction_response_id: self.response_id.as_deref(),
        })
    }
}

/// The payload of a `compacted` line. Fields stand in the order of the line.
#[derive(Serialize)]
pub(super) struct CompactedPayload<'a> {
    message: &'a str,
    replacement_history: Vec<Box<RawValue>>,
    replacement_history_metadata: Vec<&'a ItemMetadata>,
    window_number: u64,
    previous_window_id: &'a str,
    window_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    compaction_response_id: Option<&'a str>,
}

/// What the item itself carries as `internal_chat_message_metadata_passthrough`. Fields stand in the order of the line.
#[derive(Clone, Debug, Serialize)]
pub struct PassthroughMetadata {
    /// The turn it belongs to.
    pub turn_id: String,
    /// When it was made, in seconds since 1970; absent for what the model made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<f64>,
    /// One name per content part, such as `user.text` or `permissions.instructions`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content_item_kinds: Vec<String>,
    /// One object per content part, such as `{provenance: {type: user}}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content_item_metadata: Vec<Value>,
}

/// What a line notes beside its item. Fields stand in the order of the line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItemMetadata {
    /// The item's number in the history, from 1.
    pub history_sequence: u64,
    /// The number of the last item the model had seen when this one came.
    pub sampled_through_sequence: u64,
    /// What makes a message worth keeping at compaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retained_source: Option<RetainedSource>,
    /// Whether a client put the item into the history itself.
    pub client_authored: bool,
    /// The item's number among user inputs and what answers them, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_input_order: Option<u64>,
    /// Whether the content came from an MCP server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcp_attribution: Option<McpAttribution>,
    /// The tokens a tool's output may take in the history.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback_token_limit_override: Option<u64>,
}

/// A message worth keeping.
#[derive(Clone, Debug, Serialize)]
pub struct RetainedSource {
    /// Which message.
    pub id: RetainedMessage,
    /// An id of this state of it, `retained_<uuid>`.
    pub revision: String,
    /// Whether the text is all there is to it.
    pub complete: bool,
}

/// Names a message of the history.
#[derive(Clone, Debug, Serialize)]
pub struct RetainedMessage {
    /// The item's id.
    pub message_id: String,
    /// Its turn.
    pub turn_id: String,
    /// Its role.
    pub role: String,
}

/// Whether content came from an MCP server.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum McpAttribution {
    /// It did not.
    None,
}
