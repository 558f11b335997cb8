//! What happens to threads, as notifications.
//!
//! Started, closed, renamed and changed status go to every connection; the rest to the subscribers of the thread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::*;
use crate::v2::*;

/// `thread/started`: a thread was created, after the answer to the request that did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadStartedNotification {
    /// The thread, without turns.
    pub thread: Thread,
}

/// `thread/status/changed`: a thread was loaded or unloaded, or began or stopped being busy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadStatusChangedNotification {
    /// The thread.
    pub thread_id: String,
    /// The new status.
    pub status: ThreadStatus,
}

/// `thread/closed`: a thread is no longer in memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadClosedNotification {
    /// The thread.
    pub thread_id: String,
}

/// `thread/name/updated`: a thread has another title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadNameUpdatedNotification {
    /// The thread.
    pub thread_id: String,
    /// The title; absent when it was taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_name: Option<String>,
}

/// `thread/goal/cleared`: a thread has no goal; also told on resume when there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoalClearedNotification {
    /// The thread.
    pub thread_id: String,
}

/// `thread/settings/updated`: settings for later turns changed. Not sent when a request leaves all as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSettingsUpdatedNotification {
    /// The thread.
    pub thread_id: String,
    /// All settings, the unchanged ones included.
    pub thread_settings: ThreadSettings,
}

/// What later turns of a thread run with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSettings {
    /// Plugins the user switched off for it. Kept, but nothing is held back by it yet. Default none.
    #[serde(default)]
    pub disabled_plugin_ids: Vec<String>,
    /// Working directory.
    pub cwd: AbsolutePathBuf,
    /// Where commands run, the first being the main one; null when the server does not tell, empty for none.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub environments: Option<Vec<ThreadEnvironment>>,
    /// When the user is asked.
    pub approval_policy: AskForApproval,
    /// Who answers approvals.
    pub approvals_reviewer: ApprovalsReviewer,
    /// What commands may do.
    pub sandbox_policy: SandboxPolicy,
    /// The profile the sandbox comes from; null when it was given as a policy.
    pub active_permission_profile: Option<ActivePermissionProfile>,
    /// Slug of the model.
    pub model: String,
    /// Id of the provider.
    pub model_provider: String,
    /// Speed tier; null for the model's default.
    pub service_tier: Option<String>,
    /// Effort of reasoning; null for the model's default.
    pub effort: Option<ReasoningEffort>,
    /// How much of the reasoning is summed up; null for the model's default.
    pub summary: Option<ReasoningSummary>,
    /// The mode with its settings.
    pub collaboration_mode: CollaborationMode,
    /// Deprecated: always `explicitRequestOnly`; `effort` decides how much agents are used.
    #[schemars(extend("x-experimental" = true, "deprecated" = true))]
    #[serde(default)]
    pub multi_agent_mode: MultiAgentMode,
    /// Deprecated: the saved tone, which changes nothing; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    pub personality: Option<Personality>,
}

/// `thread/readState/changed`: the unread part of a thread begins elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadStateChangedNotification {
    /// The thread.
    pub thread_id: String,
    /// The new state.
    pub read_state: ThreadReadState,
}

/// `thread/tokenUsage/updated`: tokens used, after every response that reports them and on resume.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTokenUsageUpdatedNotification {
    /// The thread.
    pub thread_id: String,
    /// The turn the response belongs to.
    pub turn_id: String,
    /// The thread's usage.
    pub token_usage: ThreadTokenUsage,
}
