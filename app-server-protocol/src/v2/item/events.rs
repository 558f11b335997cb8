//! The life of items as notifications: started, growing, completed.
//!
//! For one item they come in this order, and the deltas of one text add up to the completed one. They go to the subscribers
//! of the thread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::*;

/// `item/started`: a new item, as far as it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemStartedNotification {
    /// The item; texts are still empty.
    pub item: ThreadItem,
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// When it started, in Unix milliseconds.
    pub started_at_ms: i64,
}

/// `item/completed`: an item is final. It counts over all deltas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemCompletedNotification {
    /// The item as it will be read back.
    pub item: ThreadItem,
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// Tokens of an assistant message as the model counted them; absent when unknown. Not stored.
    #[serde(default)]
    pub content_token_count: Option<u64>,
    /// When it was completed, in Unix milliseconds.
    pub completed_at_ms: i64,
}

/// `item/agentMessage/delta`: more text of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentMessageDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The item that grows; it was started before.
    pub item_id: String,
    /// The text to append.
    pub delta: String,
}

/// `item/reasoning/summaryPartAdded`: the next part of a summary begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasoningSummaryPartAddedNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The item that grows; it was started before.
    pub item_id: String,
    /// Index of the part in the item's `summary`, from 0.
    pub summary_index: i64,
}

/// `item/reasoning/summaryTextDelta`: more text of a part of the summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasoningSummaryTextDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The item that grows; it was started before.
    pub item_id: String,
    /// The text to append.
    pub delta: String,
    /// Index of the part in the item's `summary`, from 0.
    pub summary_index: i64,
}

/// `item/reasoning/textDelta`: more raw reasoning; only when the configuration asks for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasoningTextDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The item that grows; it was started before.
    pub item_id: String,
    /// The text to append.
    pub delta: String,
    /// Index of the part in the item's `content`, from 0.
    pub content_index: i64,
}
