//! Reading resources of MCP servers. A resource has a URI that only its server understands, and comes back as text or
//! as bytes, possibly in several parts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// Params of `mcpServer/resource/read`: which resource of which server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpResourceReadParams {
    /// Further metadata for the MCP request; keys that route by account or turn are reserved. Absent or null: none.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<BTreeMap<String, JsonValue>>,
    /// The thread whose MCP servers are asked. Absent or null: no thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Id of the MCP tool call the resource stems from; decides which app it belongs to. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_call_id: Option<String>,
    /// Name of the MCP server, as configured.
    pub server: String,
    /// URI of the resource, as the server gave it.
    pub uri: String,
    /// Id of the connector (app) the resource belongs to. Absent or null: not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector_id: Option<String>,
    /// The hosted app and account to read from. Absent or null: the resource is looked up in the older way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<McpResourceReadTarget>,
}

/// Result of `mcpServer/resource/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpResourceReadResponse {
    /// Parts of the resource, as the MCP server gave them.
    pub contents: Vec<ResourceContent>,
    /// The tool call by which the read was limited to one app; null when it was not limited so.
    pub origin_call_id: Option<String>,
}

/// A hosted app together with the account to use there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpResourceReadTarget {
    /// Id of the connector (app).
    pub connector_id: String,
    /// Id of the linked account. Must be given; null asks for access without a login, as far as the app allows that.
    #[schemars(extend("x-required" = true))]
    #[serde(deserialize_with = "Option::deserialize")]
    pub link_id: Option<String>,
}

/// One part of a resource, as text or as bytes; told apart by `text` and `blob`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-root" = true))]
pub enum ResourceContent {
    /// Text.
    #[serde(rename_all = "camelCase")]
    #[schemars(title = "Text")]
    Text {
        /// URI this part was read from.
        uri: String,
        /// MIME type of the text; left out when the server told none.
        #[serde(skip_serializing_if = "Option::is_none")]
        mime_type: Option<String>,
        /// The text.
        text: String,
        /// Metadata from the MCP server, passed on as it is; left out when there is none.
        #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
        meta: Option<JsonValue>,
    },
    /// Bytes.
    #[serde(rename_all = "camelCase")]
    #[schemars(title = "Blob")]
    Blob {
        /// URI this part was read from.
        uri: String,
        /// MIME type of the bytes; left out when the server told none.
        #[serde(skip_serializing_if = "Option::is_none")]
        mime_type: Option<String>,
        /// The bytes in base64.
        blob: String,
        /// Metadata from the MCP server, passed on as it is; left out when there is none.
        #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
        meta: Option<JsonValue>,
    },
}
