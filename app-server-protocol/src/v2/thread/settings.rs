//! Settings of a thread without starting a turn, commands that the user runs in it, and the handover of an approved
//! plan. Changed settings hold for later turns; a turn that runs keeps its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::{PathText, ReasoningEffort};
use crate::v2::{
    ApprovalsReviewer, AskForApproval, CollaborationMode, MultiAgentMode, Personality, ReasoningSummary, SandboxPolicy,
    TurnEnvironmentParams,
};

/// Params of `thread/prepareApprovedPlan`: the thread and the plan. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadPrepareApprovedPlanParams {
    /// The thread that is to carry out the plan; a fresh one.
    pub thread_id: String,
    /// The plan, as Markdown.
    pub markdown: String,
    /// Where the server has a copy of the plan; absolute. Absent or null: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_path: Option<String>,
}

/// Result of `thread/prepareApprovedPlan`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadPrepareApprovedPlanResponse {
    /// Text to send as the user's first message. Without a readable attachment the plan was put into the context of the
    /// thread already.
    pub prompt: String,
}

/// Params of `thread/settings/update`. Every setting that is absent stays as it is; so does one that is null, unless
/// said otherwise. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSettingsUpdateParams {
    /// The thread whose settings change.
    pub thread_id: String,
    /// Plugins to switch off for the thread, in place of the former list; absent or null keeps it, an empty list clears
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_plugin_ids: Option<Vec<String>>,
    /// Working directory of later turns. When `environments` is absent, commands go to the default environments of this
    /// directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<PathText>,
    /// Where commands of later turns run. Absent or null keeps the choice, but with `cwd` takes the default ones there;
    /// an empty list means nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<TurnEnvironmentParams>>,
    /// When the user is asked in later turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_policy: Option<AskForApproval>,
    /// Who answers approvals in later turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands of later turns may do. Not together with `permissions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox_policy: Option<SandboxPolicy>,
    /// Id of a permission profile for later turns. Not together with `sandboxPolicy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<String>,
    /// Slug of the model for later turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Speed tier of later turns. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
    /// Effort of reasoning in later turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// How much of the reasoning is summed up in later turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReasoningSummary>,
    /// Experimental. The mode of later turns; null developer instructions in its settings stand for the built-in ones
    /// of that mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaboration_mode: Option<CollaborationMode>,
    /// Deprecated: ignored; an `effort` of `ultra` makes the model use agents by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_agent_mode: Option<MultiAgentMode>,
    /// Deprecated: chooses no style any more, and the instructions that the thread has stay as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<Personality>,
}

/// Result of `thread/settings/update`; it has no fields: an answer means that it was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSettingsUpdateResponse {}

/// Params of `thread/shellCommand`: what to run, in which thread.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadShellCommandParams {
    /// The thread to run it in.
    pub thread_id: String,
    /// Line for the shell of the thread, with pipes, redirections and quotes as written; `command/exec` takes no such
    /// line. It has full access, whatever the sandbox of the thread.
    pub command: String,
    /// Milliseconds it may run; absent or null: one hour (3600000). Negative ones are refused; 0 means time out at
    /// once, not no limit. The answer does not wait for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<i64>,
}

/// Result of `thread/shellCommand`; it has no fields and is sent at once. What comes of the command shows in its item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadShellCommandResponse {}
