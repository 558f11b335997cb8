//! Calling a tool of an MCP server for the client itself, outside the work of the model. Arguments and results keep the
//! form of the MCP protocol.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// Params of `mcpServer/tool/call`: which tool, and with what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerToolCallParams {
    /// The thread whose MCP servers are used.
    pub thread_id: String,
    /// Name of the MCP server, as configured.
    pub server: String,
    /// Original name of the tool, as the MCP server has it.
    pub tool: String,
    /// Arguments as the tool's input schema wants them. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arguments: Option<JsonValue>,
    /// Metadata for the MCP request, passed on to the server. Absent: none.
    #[serde(default, rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<JsonValue>,
}

/// Result of `mcpServer/tool/call`: what the MCP server answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerToolCallResponse {
    /// Parts of the result, such as text and images, in the form of the MCP protocol.
    pub content: Vec<JsonValue>,
    /// The result as JSON by the tool's output schema; left out when the tool gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structured_content: Option<JsonValue>,
    /// True when the tool itself says that it failed; the request still succeeds then. Left out when the tool does not
    /// say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_error: Option<bool>,
    /// Metadata from the MCP server, passed on as it is; left out when there is none.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<JsonValue>,
}
