//! What the backend has to tell the user of a ChatGPT login: a reminder about the account's security, messages of the
//! workspace, and the mail that asks the workspace's owner for more credits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The button of a security reminder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountSecuritySetupAction {
    /// Text of the button.
    pub label: String,
    /// Page that the button opens.
    pub url: String,
}

/// A reminder about the account's security, for one user of one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountSecuritySetupNotice {
    /// Account that the reminder was read for; show it only while that one is signed in.
    pub account_id: String,
    /// User that the reminder was read for.
    pub user_id: String,
    /// Headline for people.
    pub title: String,
    /// Text for people, below the headline.
    pub description: String,
    /// What the user can do about it.
    pub action: AccountSecuritySetupAction,
}

/// What the owner of the workspace is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddCreditsNudgeCreditType {
    /// More credits.
    Credits,
    /// A higher usage limit.
    UsageLimit,
}

/// What became of the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddCreditsNudgeEmailStatus {
    /// It is sent.
    Sent,
    /// It is not sent, since the last one was too short a time ago.
    CooldownActive,
}

/// Result of `account/securitySetup/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetAccountSecuritySetupResponse {
    /// The reminder; null when there is none, when it cannot be had, and when the account is not meant to get one.
    pub notice: Option<AccountSecuritySetupNotice>,
}

/// Result of `account/workspaceMessages/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetWorkspaceMessagesResponse {
    /// False when the backend does not offer messages to this client (it answered 404).
    pub feature_enabled: bool,
    /// The current messages.
    pub messages: Vec<WorkspaceMessage>,
}

/// Params of `account/sendAddCreditsNudgeEmail`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SendAddCreditsNudgeEmailParams {
    /// What to ask the owner for.
    pub credit_type: AddCreditsNudgeCreditType,
}

/// Result of `account/sendAddCreditsNudgeEmail`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SendAddCreditsNudgeEmailResponse {
    /// Whether the mail was sent.
    pub status: AddCreditsNudgeEmailStatus,
}

/// A message to the members of a workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceMessage {
    /// Id of the message.
    pub message_id: String,
    /// How it is meant to be shown.
    pub message_type: WorkspaceMessageType,
    /// Its text, for people.
    pub message_body: String,
    /// When it was written, in Unix seconds; null when unknown.
    pub created_at: Option<i64>,
    /// When it was put away, in Unix seconds; null when it was not or that is unknown.
    pub archived_at: Option<i64>,
}

/// Kinds of workspace messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WorkspaceMessageType {
    /// A headline.
    Headline,
    /// An announcement.
    Announcement,
    /// A kind that the server does not know.
    Unknown,
}
