//! Streams of events from MCP servers, passed on to a client as they come. Experimental; a client names each stream
//! itself and stops it by that name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// A notification of an MCP server as that sent it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McpServerEventNotification {
    /// Its method, as the MCP server named it.
    pub method: String,
    /// Its params, any JSON.
    pub params: JsonValue,
}

/// `mcpServer/event/stream/notification`: one event of a stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerEventStreamNotification {
    /// The stream, by the id given at its start.
    pub subscription_id: String,
    /// What the MCP server sent.
    pub notification: McpServerEventNotification,
}

/// Params of `mcpServer/event/stream/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerEventStreamStartParams {
    /// The thread whose MCP server is meant.
    pub thread_id: String,
    /// The MCP server, by its name in the configuration.
    pub server: String,
    /// Id of the client's choice for the stream; its events carry it.
    pub subscription_id: String,
    /// The kind of event to subscribe to, by the name the MCP server has for it.
    pub name: String,
    /// Arguments for the MCP server, any JSON in the form it asks for.
    pub arguments: JsonValue,
    /// Further data for the MCP server. Absent or null: none.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<JsonValue>,
}

/// Result of `mcpServer/event/stream/start`; it has no fields, the events come as notifications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McpServerEventStreamStartResponse {}

/// Params of `mcpServer/event/stream/stop`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerEventStreamStopParams {
    /// The stream to stop, by the id given at its start.
    pub subscription_id: String,
}

/// Result of `mcpServer/event/stream/stop`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McpServerEventStreamStopResponse {}
