//! Several ChatGPT logins side by side: what is stored, which one is in use, and changing over to another login or
//! workspace. No type here carries a token; the methods are experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stored ChatGPT login.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSession {
    /// Opaque id of the login, for `accountSession/switch`.
    pub session_id: String,
    /// Mail address of the user; null when unknown.
    pub email: Option<String>,
    /// Id of the user; null when unknown.
    pub user_id: Option<String>,
    /// The user's name for people; null when unknown.
    pub display_name: Option<String>,
    /// URL of the user's picture; null when there is none.
    pub image_url: Option<String>,
    /// Unix time when it was last used.
    pub last_used_at: i64,
    /// Whether this is the login in use.
    pub is_active: bool,
    /// Account id of the workspace chosen in this login; null when none is.
    pub selected_workspace_account_id: Option<String>,
    /// The workspaces that this login can choose from.
    pub workspaces: Vec<AccountSessionWorkspace>,
}

/// A workspace that a login can choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSessionWorkspace {
    /// Account id of the workspace, for `accountSession/switch`; no id of a user.
    pub account_id: String,
    /// Name for people; null when unknown.
    pub name: Option<String>,
    /// URL of its picture; null when there is none.
    pub image_url: Option<String>,
    /// What it is; null when unknown.
    pub kind: Option<AccountSessionWorkspaceKind>,
}

/// Kinds of workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AccountSessionWorkspaceKind {
    /// The user's own.
    Personal,
    /// One that is shared.
    Workspace,
}

/// Params of `accountSession/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSessionsListParams {
    /// Fetches what is told about the workspaces anew before answering. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub refresh_workspace_metadata: bool,
}

/// Result of `accountSession/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSessionsResponse {
    /// Id of the login in use; null when there is none.
    pub active_session_id: Option<String>,
    /// The stored logins; empty without any.
    pub sessions: Vec<AccountSession>,
}

/// Params of `accountSession/switch`: where to change to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSessionsSwitchParams {
    /// Id of the login, as `accountSession/list` tells it.
    pub session_id: String,
    /// Account id of the workspace to choose in that login; no id of a user.
    pub account_id: String,
    /// Lets the server begin a login in the browser where the workspace demands single sign-on. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub allow_browser_login: bool,
}

/// Result of `accountSession/switch`: done, or waiting for the user in a browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AccountSessionsSwitchResponse {
    /// The change is made; this is the state after it.
    #[serde(rename_all = "camelCase")]
    #[schemars(title = "Sessions")]
    Sessions {
        /// Id of the login in use now.
        active_session_id: Option<String>,
        /// The stored logins.
        sessions: Vec<AccountSession>,
    },
    /// The user must sign in first: open the page, then wait for `account/login/completed` with this id.
    #[schemars(title = "Login")]
    Login {
        /// Page to open in a browser.
        auth_url: String,
        /// Id of the login that waits, as in `account/login/completed`.
        login_id: String,
    },
}
