//! State of the MCP servers: what they offer, whether they are logged in, and how their start went. Tools and resources
//! keep the form of the MCP protocol. Each thread starts its own servers and reports on them by notification.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// Params of `mcpServerStatus/list`: which servers, how much about each, and which page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListMcpServerStatusParams {
    /// Where to go on: `nextCursor` of the page before. Absent or null: from the start. One that is not valid is
    /// refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Most servers in one page. Absent or null: the server chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How much to find out about each server. Absent or null: `full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<McpServerStatusDetail>,
    /// The thread whose configuration and connections count. Absent or null: no thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// The only server to look at; together with a thread, the connection that the thread has is used. Absent or null:
    /// all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
}

/// Result of `mcpServerStatus/list`: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListMcpServerStatusResponse {
    /// The servers, sorted by name.
    pub data: Vec<McpServerStatus>,
    /// Cursor for the page after this one; null at the end.
    pub next_cursor: Option<String>,
}

/// How the client side is logged in at an MCP server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpAuthStatus {
    /// Not known.
    Unknown,
    /// The server has no login that could be used.
    Unsupported,
    /// The server has a login, but there is none yet.
    NotLoggedIn,
    /// By a configured bearer token.
    BearerToken,
    /// By OAuth, see `mcpServer/oauth/login`.
    OAuth,
}

/// State of the connection that a thread has to an MCP server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerConnectionStatus {
    /// It was not started.
    NotStarted,
    /// It is being started.
    Starting,
    /// It is there and can be used.
    Connected,
    /// The server wants a login first.
    AuthenticationRequired,
    /// The start failed.
    Failed,
    /// The start was cancelled.
    Cancelled,
    /// The server is switched off in the configuration.
    Disabled,
}

/// What an MCP server tells about itself for display, once it is initialized.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct McpServerInfo {
    /// Name the server gives itself; may differ from the configured one.
    pub name: String,
    /// Name for people; null when not told.
    pub title: Option<String>,
    /// Version of the server, in its own form.
    pub version: String,
    /// What the server is for; null when not told.
    pub description: Option<String>,
    /// Icons in the form of the MCP protocol; null when not told.
    pub icons: Option<Vec<JsonValue>>,
    /// Web page of the server; null when not told.
    pub website_url: Option<String>,
}

/// Result of `config/mcpServer/reload`; it has no fields. The restarts go on after it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McpServerRefreshResponse {}

/// Why a start failed, where a client can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerStartupFailureReason {
    /// The login is no longer good; a new one is needed.
    ReauthenticationRequired,
}

/// How far the start of an MCP server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerStartupState {
    /// The start has begun.
    Starting,
    /// It is ready, its tools are known.
    Ready,
    /// It failed; the notification has the error.
    Failed,
    /// It was cancelled.
    Cancelled,
}

/// An MCP server and what it offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerStatus {
    /// Name of the server, as configured.
    pub name: String,
    /// State of the connection in the thread; null when not known, or when the configuration has changed since.
    pub runtime_status: Option<McpServerConnectionStatus>,
    /// The plugin that brings the server; null when it comes from the configuration.
    pub plugin_id: Option<String>,
    /// Scheme, host and port of the server in effect, without credentials, path or query; null when it is not reached
    /// over HTTP.
    pub http_origin: Option<String>,
    /// What the server tells about itself; null when it could not be asked.
    pub server_info: Option<McpServerInfo>,
    /// What the server said it can do, in the form of the MCP protocol; null when it could not be asked.
    pub server_capabilities: Option<JsonValue>,
    /// The `_meta` that came with the first page of the server's tools, passed on as it is; null when there is none.
    pub tool_list_meta: Option<JsonValue>,
    /// The tools by their original names; empty when there are none or when they could not be listed.
    pub tools: BTreeMap<String, Tool>,
    /// Why no list of tools could be had; null whenever there is a list, also a cached or an empty one.
    pub tools_error: Option<String>,
    /// Resources that the server lists; empty with detail `toolsAndAuthOnly`.
    pub resources: Vec<Resource>,
    /// Templates for URIs of resources; empty with detail `toolsAndAuthOnly`.
    pub resource_templates: Vec<ResourceTemplate>,
    /// How the login at the server stands.
    pub auth_status: McpAuthStatus,
}

/// How much to find out about each server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerStatusDetail {
    /// All: tools, login state, resources and templates. The default.
    Full,
    /// Tools and login state; resources are not asked for, which is quicker.
    ToolsAndAuthOnly,
}

/// Params of `mcpServer/startupStatus/updated`: which server, and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerStatusUpdatedNotification {
    /// The thread that starts it; null when there is none.
    pub thread_id: Option<String>,
    /// Name of the server, as configured.
    pub name: String,
    /// How far it is.
    pub status: McpServerStartupState,
    /// Why it failed, for people; null otherwise.
    pub error: Option<String>,
    /// Why it failed, for programs; null when it did not fail or for other reasons.
    pub failure_reason: Option<McpServerStartupFailureReason>,
}

/// A resource that an MCP server lists; read it by `mcpServer/resource/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct Resource {
    /// Hints such as audience and priority, in the form of the MCP protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<JsonValue>,
    /// What the resource is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// MIME type of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Name of the resource.
    pub name: String,
    /// Size of the content in bytes, before any encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// Name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// URI by which it is read.
    pub uri: String,
    /// Icons in the form of the MCP protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icons: Option<Vec<JsonValue>>,
    /// Metadata from the MCP server, passed on as it is.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<JsonValue>,
}

/// A pattern for URIs of resources that an MCP server does not list one by one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ResourceTemplate {
    /// Hints such as audience and priority, in the form of the MCP protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<JsonValue>,
    /// URI template (RFC 6570) to fill in.
    pub uri_template: String,
    /// Name of the template.
    pub name: String,
    /// Name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the resources are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// MIME type of the content, when it is the same for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
}

/// A tool that an MCP server offers, in the form of the MCP protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct Tool {
    /// Original name of the tool, as the MCP server has it.
    pub name: String,
    /// Name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it does, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// JSON Schema of its arguments.
    pub input_schema: JsonValue,
    /// JSON Schema of its structured result; left out when none is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<JsonValue>,
    /// Hints on what it does, such as `readOnlyHint`, which decides whether the user is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<JsonValue>,
    /// Icons in the form of the MCP protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icons: Option<Vec<JsonValue>>,
    /// Metadata from the MCP server, passed on as it is.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    pub meta: Option<JsonValue>,
}
