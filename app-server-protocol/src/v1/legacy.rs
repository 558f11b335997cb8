//! Three methods of version 1 that old clients still call. They are answered, but stand in no export.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::ThreadId;
use crate::v2::{AuthMode, SessionSource};

/// Params of `getConversationSummary`: the conversation, by one of two names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GetConversationSummaryParams {
    /// By its file.
    #[serde(rename_all = "camelCase")]
    RolloutPath {
        /// The rollout; a relative path counts from the server's home folder.
        #[serde(deserialize_with = "crate::path_text")]
        rollout_path: String,
    },
    /// By its thread.
    #[serde(rename_all = "camelCase")]
    ConversationId {
        /// The thread's id.
        #[serde(deserialize_with = "crate::uuid_text")]
        conversation_id: ThreadId,
    },
}

/// Result of `getConversationSummary`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetConversationSummaryResponse {
    /// What is known of the conversation.
    pub summary: ConversationSummary,
}

/// A stored conversation in the form of version 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationSummary {
    /// The thread's id.
    pub conversation_id: ThreadId,
    /// Where its rollout is stored.
    pub path: String,
    /// The beginning of its first message; empty when there is none.
    pub preview: String,
    /// When it began, in RFC 3339; null when not recorded.
    pub timestamp: Option<String>,
    /// When something was last written, in RFC 3339; null when unknown.
    pub updated_at: Option<String>,
    /// Id of the provider it was started with.
    pub model_provider: String,
    /// Its working directory.
    pub cwd: String,
    /// Version of the program that began it.
    pub cli_version: String,
    /// What started it.
    pub source: SessionSource,
    /// State of the repository at its start; null outside one.
    pub git_info: Option<ConversationGitInfo>,
}

/// State of a repository when a conversation began. The keys are snake_case, as in the rollout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConversationGitInfo {
    /// The commit; null when there was none.
    pub sha: Option<String>,
    /// The branch; null when detached.
    pub branch: Option<String>,
    /// URL of the remote `origin`; null without one.
    pub origin_url: Option<String>,
}

/// Params of `gitDiffToRemote`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitDiffToRemoteParams {
    /// A folder inside the working tree.
    #[serde(deserialize_with = "crate::path_text")]
    pub cwd: String,
}

/// Result of `gitDiffToRemote`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitDiffToRemoteResponse {
    /// The commit that is compared with: the newest one that the remote has too.
    pub sha: GitSha,
    /// Everything that differs from it, untracked files included, as a unified diff.
    pub diff: String,
}

/// Params of `getAuthStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAuthStatusParams {
    /// Whether the answer holds the token itself. Absent means false.
    pub include_token: Option<bool>,
    /// Whether the token is renewed first. Absent means false.
    pub refresh_token: Option<bool>,
}

/// Result of `getAuthStatus`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAuthStatusResponse {
    /// How the user is signed in; null when signed out.
    pub auth_method: Option<AuthMode>,
    /// The token, when it was asked for: a secret, never logged.
    pub auth_token: Option<String>,
    /// Whether the provider in use needs a login with OpenAI.
    pub requires_openai_auth: Option<bool>,
}

/// The hash of a commit, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct GitSha(pub String);

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_conversation_is_named_by_any_path_or_by_a_uuid() {
        let uuid = "01900000-0000-7000-8000-000000000000";
        let by_id = GetConversationSummaryParams::ConversationId { conversation_id: uuid.into() };
        assert_eq!(from_value::<GetConversationSummaryParams>(json!({ "conversationId": uuid })).unwrap(), by_id);
        let by_path = GetConversationSummaryParams::RolloutPath { rollout_path: String::new() };
        let params = json!({ "conversationId": "x", "rolloutPath": "" });
        assert_eq!(from_value::<GetConversationSummaryParams>(params).unwrap(), by_path);
        let error = from_value::<GetConversationSummaryParams>(json!({ "conversationId": "x" })).unwrap_err();
        let text = "data did not match any variant of untagged enum GetConversationSummaryParams";
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn folders_are_path_strings() {
        let error = from_value::<GitDiffToRemoteParams>(json!({ "cwd": 1 })).unwrap_err();
        assert_eq!(error.to_string(), "invalid type: integer `1`, expected path string");
    }
}
