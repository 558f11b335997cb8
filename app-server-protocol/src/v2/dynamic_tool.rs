//! Calls of tools that the client carries out itself. The tools are declared in `dynamicTools` of `thread/start`; each
//! call is a request to the client, between `item/started` and `item/completed` of a `dynamicToolCall` item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::DynamicToolCallOutputContentItem;

/// Params of `item/tool/call`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DynamicToolCallParams {
    /// The thread whose model calls the tool.
    pub thread_id: String,
    /// The turn in which it does.
    pub turn_id: String,
    /// Id of the call.
    pub call_id: String,
    /// Namespace of the tool; null for one without.
    pub namespace: Option<String>,
    /// Name of the tool, as declared.
    pub tool: String,
    /// Arguments as the model wrote them, meant to fit the declared input schema.
    pub arguments: JsonValue,
}

/// Answer of the client to `item/tool/call`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DynamicToolCallResponse {
    /// Output for the model: text, images, audio; may be empty.
    pub content_items: Vec<DynamicToolCallOutputContentItem>,
    /// False marks the item as failed; the model gets the same content either way.
    pub success: bool,
}
