//! What a model's answer consists of, the same for every wire.
//!
//! An [`OutputItem`] keeps the JSON the model sent, since it goes back into the history unchanged, beside the decoded
//! parts the engine acts on.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::rate_limits::RateLimits;

/// One step of a streamed answer.
#[derive(Debug, Clone)]
pub enum ResponseEvent {
    /// The model has begun to answer.
    Created,
    /// An item has begun; its text follows in deltas.
    OutputItemAdded(OutputItem),
    /// An item is complete.
    OutputItemDone(OutputItem),
    /// More text of a message.
    OutputTextDelta {
        /// The message's id.
        item_id: Arc<str>,
        /// The text to append.
        delta: String,
    },
    /// A part of a reasoning summary begins.
    ReasoningSummaryPartAdded {
        /// The reasoning item's id.
        item_id: Arc<str>,
        /// Position of the part, from 0.
        summary_index: i64,
    },
    /// More text of a part of a reasoning summary.
    ReasoningSummaryTextDelta {
        /// The reasoning item's id.
        item_id: Arc<str>,
        /// The text to append.
        delta: String,
        /// Position of the part, from 0.
        summary_index: i64,
    },
    /// More text of the reasoning itself.
    ReasoningTextDelta {
        /// The reasoning item's id.
        item_id: Arc<str>,
        /// The text to append.
        delta: String,
        /// Position of the part, from 0.
        content_index: i64,
    },
    /// What the provider's headers say about limits; comes before [`ResponseEvent::Created`].
    RateLimits(RateLimits),
    /// The model that really answers, as the header `openai-model` says; comes before [`ResponseEvent::Created`].
    ServerModel(String),
    /// The answer is complete; always the last event.
    Completed {
        /// The provider's id of the answer.
        response_id: String,
        /// What was consumed, when the provider says so.
        usage: Option<Usage>,
        /// `Some(false)`: the model wants to be asked once more although it called no tool.
        end_turn: Option<bool>,
    },
}

/// An item of a model's answer.
#[derive(Debug, Clone)]
pub struct OutputItem {
    /// The item as the model sent it.
    pub raw: Box<RawValue>,
    /// The decoded parts.
    pub kind: OutputItemKind,
}

/// The decoded parts of an item. Ids are never empty where they are no `Option`.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputItemKind {
    /// A message to the user.
    Message {
        /// The item's id.
        id: String,
        /// `assistant`.
        role: String,
        /// All text parts, joined.
        text: String,
        /// `commentary` or `final_answer`, when the model says so.
        phase: Option<String>,
    },
    /// The model's reasoning.
    Reasoning {
        /// The item's id.
        id: String,
        /// The parts of the summary.
        summary: Vec<String>,
        /// The parts of the reasoning itself, when shown.
        content: Vec<String>,
        /// The reasoning for the provider's eyes only.
        encrypted_content: Option<String>,
    },
    /// A call of a function tool.
    FunctionCall {
        /// The item's id.
        id: Option<String>,
        /// What the output refers to.
        call_id: String,
        /// The tool's name.
        name: String,
        /// The tool's namespace.
        namespace: Option<String>,
        /// The arguments as JSON text; not checked.
        arguments: String,
    },
    /// A call of a tool that takes free text.
    CustomToolCall {
        /// The item's id.
        id: Option<String>,
        /// What the output refers to.
        call_id: String,
        /// The tool's name.
        name: String,
        /// The text.
        input: String,
    },
    /// A search for deferred tools.
    ToolSearchCall {
        /// The item's id.
        id: Option<String>,
        /// What the output refers to.
        call_id: Option<String>,
        /// `client` when we are to search.
        execution: Option<String>,
        /// The query.
        arguments: serde_json::Value,
    },
    /// A shell call of the old built-in kind.
    LocalShellCall {
        /// The item's id.
        id: Option<String>,
        /// What the output refers to.
        call_id: Option<String>,
        /// How far it is.
        status: Option<String>,
        /// What to run.
        action: serde_json::Value,
    },
    /// A web search done by the provider.
    WebSearchCall {
        /// The item's id.
        id: String,
        /// How far it is.
        status: Option<String>,
        /// What was searched, opened or looked for.
        action: Option<serde_json::Value>,
    },
    /// An image made by the provider.
    ImageGenerationCall {
        /// The item's id.
        id: String,
        /// How far it is.
        status: Option<String>,
        /// The prompt as the provider rewrote it.
        revised_prompt: Option<String>,
        /// The image, base64.
        result: Option<String>,
    },
    /// A kind we do not know, or a known one with parts missing.
    Other {
        /// The item's `type`.
        kind: String,
    },
}

/// Tokens consumed by one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens of the input, cached ones included.
    pub input_tokens: i64,
    /// Tokens of the input that came from a cache.
    pub cached_input_tokens: i64,
    /// Tokens of the input that were written to a cache.
    pub cache_write_input_tokens: i64,
    /// Tokens of the answer, reasoning included.
    pub output_tokens: i64,
    /// Tokens of the reasoning.
    pub reasoning_output_tokens: i64,
    /// Input and output.
    pub total_tokens: i64,
}
