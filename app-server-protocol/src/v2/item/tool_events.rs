//! What the server tells while plans, commands, patches and MCP calls are under way, and the raw responses of the
//! model. News of items go to the subscribers of the thread; what counts in the end is the item of `item/completed`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::{FileUpdateChange, ResponseItem, TokenUsageBreakdown};

/// `item/commandExecution/outputDelta`: more output of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecutionOutputDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The `commandExecution` item; it was started before.
    pub item_id: String,
    /// The text to append; standard output and errors are one text.
    pub delta: String,
}

/// `item/fileChange/outputDelta`: text of a patch. Deprecated; servers have stopped sending it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileChangeOutputDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The `fileChange` item.
    pub item_id: String,
    /// The text to append.
    pub delta: String,
}

/// `item/fileChange/patchUpdated`: a new state of a patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileChangePatchUpdatedNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The `fileChange` item.
    pub item_id: String,
    /// The changes as known now, file by file.
    pub changes: Vec<FileUpdateChange>,
}

/// `item/mcpToolCall/progress`: how far an MCP tool call is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpToolCallProgressNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The `mcpToolCall` item.
    pub item_id: String,
    /// What is going on, for people.
    pub message: String,
}

/// `item/plan/delta`: more text of a proposed plan. Experimental; go by the completed item, which need not equal the
/// sum of the deltas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanDeltaNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn of the item.
    pub turn_id: String,
    /// The `plan` item; it was started before.
    pub item_id: String,
    /// The text to append.
    pub delta: String,
}

/// `rawResponse/completed`: one response of the model is complete, with the usage the provider counted for it. For
/// internal use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RawResponseCompletedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that asked the model.
    pub turn_id: String,
    /// The provider's id of the response.
    pub response_id: String,
    /// Tokens of this one response; null when the provider did not tell.
    pub usage: Option<TokenUsageBreakdown>,
    /// What else the provider told of the usage; null when nothing.
    pub usage_metadata: Option<ResponseUsageMetadata>,
}

/// `rawResponseItem/completed`: an item of a response of the model as it is, for threads with raw events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RawResponseItemCompletedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that the response belongs to.
    pub turn_id: String,
    /// The item as the model's API knows it.
    pub item: ResponseItem,
}

/// What a provider told of the usage of one response, besides the tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseUsageMetadata {
    /// The amount that was reported, as text; null when not told.
    pub amount: Option<String>,
    /// Anything else that was reported, any JSON; null when there is none.
    pub metadata: Option<JsonValue>,
}

/// `item/commandExecution/terminalInteraction`: input for a running command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TerminalInteractionNotification {
    /// The thread of the item.
    pub thread_id: String,
    /// The turn that it belongs to.
    pub turn_id: String,
    /// The `commandExecution` item that started the command.
    pub item_id: String,
    /// The running process, as in the `processId` of the item.
    pub process_id: String,
    /// The text that was written.
    pub stdin: String,
}
