//! What the server asks its clients besides approvals: the time, and questions of the model to the user.
//!
//! A request goes to all subscribers of its thread under one id; the first answer counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Params of `currentTime/read`: the server wants the client's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentTimeReadParams {
    /// The thread that needs the time.
    pub thread_id: String,
}

/// Result of `currentTime/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentTimeReadResponse {
    /// The time in whole Unix seconds.
    pub current_time_at: i64,
}

/// The user's answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolRequestUserInputAnswer {
    /// The chosen labels or the text typed, one entry each; empty when the user gave no answer.
    pub answers: Vec<String>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolRequestUserInputOption {
    /// Short text, which is also what is sent back.
    pub label: String,
    /// What choosing it means.
    pub description: String,
}

/// Params of `item/tool/requestUserInput`: the model asks the user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolRequestUserInputParams {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that asks.
    pub turn_id: String,
    /// Id of the model's call; no item with this id is shown.
    pub item_id: String,
    /// The questions, in the order to show them.
    pub questions: Vec<ToolRequestUserInputQuestion>,
    /// Whether the turn waits until it is answered.
    pub is_blocking: bool,
    /// Deprecated: milliseconds after which it resolves by itself, null for never; go by `isBlocking`.
    #[schemars(extend("deprecated" = true))]
    #[serde(default)]
    pub auto_resolution_ms: Option<u64>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolRequestUserInputQuestion {
    /// Key of the answer.
    pub id: String,
    /// Very short title.
    pub header: String,
    /// The question in full.
    pub question: String,
    /// Whether the user may type an answer that is not listed. Default false.
    #[serde(default)]
    pub is_other: bool,
    /// Whether what is typed is to be hidden, like a password. Default false.
    #[serde(default)]
    pub is_secret: bool,
    /// Answers to choose from; null for a free one.
    pub options: Option<Vec<ToolRequestUserInputOption>>,
}

/// Result of `item/tool/requestUserInput`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolRequestUserInputResponse {
    /// The answers by question id; a question without an entry was not answered.
    pub answers: BTreeMap<String, ToolRequestUserInputAnswer>,
}
