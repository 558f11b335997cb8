//! OAuth logins at MCP servers that are reached over HTTP. The client opens the URL it is given, the server waits for
//! the callback on a local port, and a notification tells how it ended; tokens stay with the server.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the server makes itself known to the authorization server as an OAuth client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerOauthClientRegistration {
    /// The way is found out from what the authorization server offers. The default.
    Auto,
    /// By a client ID metadata document.
    Cimd,
    /// By dynamic client registration.
    Dcr,
}

/// Params of `mcpServer/oauthLogin/completed`: which login ended, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerOauthLoginCompletedNotification {
    /// Name of the MCP server, as configured.
    pub name: String,
    /// The thread that was named at the start of the login; null when none was.
    pub thread_id: Option<String>,
    /// Id of the attempt, as answered by `mcpServer/oauth/login`. Left out by servers that are older than it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_id: Option<String>,
    /// Whether the login worked.
    pub success: bool,
    /// Why it failed, for people; left out on success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Params of `mcpServer/oauth/login`: which MCP server, and how to log in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerOauthLoginParams {
    /// Name of the MCP server, as configured.
    pub name: String,
    /// The thread for which the login is made; the notification at the end names it again. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// How to register as a client, in this one login. Absent or null: found out by itself, as `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_registration: Option<McpServerOauthClientRegistration>,
    /// OAuth scopes to ask for. Absent or null: none are given by the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How long to wait for the callback, in seconds. Absent or null: 300.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_secs: Option<i64>,
}

/// Result of `mcpServer/oauth/login`; the login itself goes on after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerOauthLoginResponse {
    /// The URL to open in a browser.
    pub authorization_url: String,
    /// Id of this attempt, repeated in `mcpServer/oauthLogin/completed`. Always sent now; left out by older servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_id: Option<String>,
}
