//! The handshake: what a client says about itself on `initialize` and what the server answers.
//!
//! Everything here belongs to one connection: capabilities and opt-outs of one client never change what another sees.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use serde_json::Value as JsonValue;

use crate::scalars::*;

/// Params of `initialize`, the first request of every connection; a second one is refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct InitializeParams {
    /// Who connects; becomes part of the user agent in requests to the model.
    pub client_info: ClientInfo,
    /// What the client can do beyond the minimum; absent or null is the same as all of it off.
    pub capabilities: Option<InitializeCapabilities>,
}

/// Result of `initialize`. From here on the connection may send every other request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct InitializeResponse {
    /// `NAME/VERSION (OS; ARCH) TERMINAL (NAME; CLIENTVERSION)`; clients read the protocol's version out of it.
    pub user_agent: String,
    /// The folder with config, credentials and rollouts that this server works on.
    pub codex_home: AbsolutePathBuf,
    /// `unix` or `windows`, of the machine the server runs on.
    pub platform_family: String,
    /// The operating system of the server's machine, such as `linux`, `macos` or `windows`.
    pub platform_os: String,
    /// The extensions of this server that the client asked for and got, by name, each with its settings. Left out when there
    /// are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-extension" = true))]
    pub extensions: BTreeMap<String, JsonValue>,
}

/// Options of one connection, fixed by its `initialize`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct InitializeCapabilities {
    /// The client shows approvals of kind `humanCommand` to a person and answers each with a decision for this one time
    /// only. Needs `experimentalApi`; open ones may be repeated to another client with this capability. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub required_human_approval: bool,
    /// Logins to a provider's gateway start only when asked for, never by an automatic browser window. Switches the
    /// whole server, and no later connection switches it back. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub explicit_gateway_oauth: bool,
    /// Lets the connection use and see methods, fields and values marked experimental; without it they are refused.
    /// Default false.
    #[serde(default)]
    pub experimental_api: bool,
    /// The client answers `attestation/generate`, from which the server makes a header of its requests to the model.
    /// Default false.
    #[serde(default)]
    pub request_attestation: bool,
    /// Older way to say that forms of the `openai/form` kind can be shown; new clients put `openai/form` into
    /// `extensions`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub mcp_server_openai_form_elicitation: bool,
    /// Notifications this connection does not want, by exact name; unknown names do no harm. Absent or null: none.
    /// Requests of the server are not affected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opt_out_notification_methods: Option<Vec<String>>,
    /// Extensions by name, each with its settings: those of MCP that the client supports, and those of this server that it
    /// asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<BTreeMap<String, JsonValue>>,
}

/// The program that connects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ClientInfo {
    /// Machine name, fit for an HTTP header (anything else fails `initialize`). The first connection's name becomes the
    /// originator of the whole process.
    pub name: String,
    /// Name for people; null when there is none.
    pub title: Option<String>,
    /// The client's own version, free text.
    pub version: String,
}
