//! Questions of MCP servers to the user, which MCP calls elicitations, and approvals of MCP tool calls, which take the
//! same form. The request goes to all subscribers of the thread under one id; the first answer counts, then
//! `serverRequest/resolved` follows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::McpElicitationSchema;

/// What the user did with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpServerElicitationAction {
    /// Agreed; a tool call is made, a form is handed over.
    Accept,
    /// Said no; a tool call fails as rejected. An error as answer to a tool approval counts as this.
    Decline,
    /// Closed it without a choice; a tool call fails as cancelled.
    Cancel,
}

/// Params of `mcpServer/elicitation/request`: who asks, and by `mode` in which form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerElicitationRequestParams {
    /// The thread that the MCP server runs for.
    pub thread_id: String,
    /// The turn that was running, as far as the server can tell; null outside of turns. For orientation only: to MCP
    /// the request stands alone.
    pub turn_id: Option<String>,
    /// The MCP server that asks or whose tool is to be called, by its name in the configuration.
    pub server_name: String,
    /// What it is, told apart by `mode`.
    #[serde(flatten)]
    pub kind: McpServerElicitationRequestParamsKind,
}

/// The kinds of [`McpServerElicitationRequestParams`] and their content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mode", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum McpServerElicitationRequestParamsKind {
    /// An approval that the user confirms on the device; the proof goes back as `content` of an accepting answer.
    #[schemars(extend("x-experimental" = true))]
    #[serde(rename = "openai/userVerification")]
    OpenaiUserVerification {
        /// Further data of the MCP server; null when there is none.
        #[serde(rename = "_meta")]
        meta: Option<JsonValue>,
        /// What is approved, in short, for the user.
        title: String,
        /// What is approved, in more detail, for the user.
        description: String,
        /// What the device has to sign.
        challenge: String,
    },
    /// A form with plain fields, or with an empty schema a question to be accepted or not.
    Form {
        /// Further data; null when there is none. An approval of a tool call has `codex_approval_kind` `mcp_tool_call`
        /// here, with `tool_name`, `tool_description`, `tool_params`, and in `persist` how long a yes may be
        /// remembered.
        #[serde(rename = "_meta")]
        meta: Option<JsonValue>,
        /// What is asked, for the user.
        message: String,
        /// The fields of the form; without any for an approval.
        requested_schema: McpElicitationSchema,
    },
    /// A form of the `openai/form` extension, for clients that declared it in `initialize`.
    #[serde(rename = "openai/form")]
    OpenaiForm {
        /// Further data of the MCP server; null when there is none.
        #[serde(rename = "_meta")]
        meta: Option<JsonValue>,
        /// What is asked, for the user.
        message: String,
        /// The form, in the way the extension defines it; any JSON.
        requested_schema: JsonValue,
    },
    /// A form like that of `openai/form`, under another name of the mode.
    #[serde(rename = "openaiForm")]
    #[schemars(title = "OpenaiFormCompat")]
    OpenaiFormCompat {
        /// Further data of the MCP server; null when there is none.
        #[serde(rename = "_meta")]
        meta: Option<JsonValue>,
        /// What is asked, for the user.
        message: String,
        /// The form, in the way the extension defines it; any JSON.
        requested_schema: JsonValue,
    },
    /// A page to open, for what must not pass through the client, such as a sign-in.
    Url {
        /// Further data of the MCP server; null when there is none.
        #[serde(rename = "_meta")]
        meta: Option<JsonValue>,
        /// Why the page is to be opened, for the user.
        message: String,
        /// The page to open.
        url: String,
        /// The MCP server's id of this elicitation.
        elicitation_id: String,
    },
}

/// Result of `mcpServer/elicitation/request`, given by the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpServerElicitationRequestResponse {
    /// What the user did.
    pub action: McpServerElicitationAction,
    /// With `accept` what was entered, as the schema asks, or the proof of a verification; null otherwise. An accepted
    /// null is handed on as `{}`.
    pub content: Option<JsonValue>,
    /// Further data of the client, for forms; may be null. For an approval of a tool call `persist` remembers a yes:
    /// `session` for the thread, `always` in the configuration.
    #[serde(rename = "_meta")]
    pub meta: Option<JsonValue>,
}
