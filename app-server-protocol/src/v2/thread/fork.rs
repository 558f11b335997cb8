//! Forking a thread: a new thread that begins with the history of another, whole or up to a turn. Overrides hold for
//! the new thread alone; what is absent or null is left to the server unless said otherwise.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::{AbsolutePathBuf, LegacyAppPathString, PathText, ReasoningEffort, ThreadSource};
use crate::v2::{
    ActivePermissionProfile, ApprovalsReviewer, AskForApproval, MultiAgentMode, SandboxMode, SandboxPolicy, Thread,
};

/// Params of `thread/fork`. The source is the stored thread with this id, or the rollout file at `path` when one is
/// given; the id is the better choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadForkParams {
    /// The thread to fork; not looked at when `path` decides.
    pub thread_id: String,
    /// Takes over configuration, tools, environments and stored history of the source as they are, so that the prompt
    /// cache of the provider is hit as often as it can be. The source must be loaded and stored, `ephemeral` must be
    /// true, and `config` may hold `thread_unload_delay_secs` alone; turns on `features.reasoning_effort_override`. Not
    /// together with `path`, `lastTurnId` or `beforeTurnId`. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub experimental_prediction_mode: bool,
    /// In prediction mode, runs without MCP servers where the context that was taken over works with incremental tools
    /// over Responses Lite. Only together with `experimentalPredictionMode`. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub experimental_disable_prediction_mcp: bool,
    /// The last turn to keep; it must not be running. Absent or null: all turns. Not together with `beforeTurnId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_turn_id: Option<String>,
    /// The first turn to leave out, with all that follow. Absent or null: none. Not together with `lastTurnId`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_turn_id: Option<String>,
    /// Rollout file to fork from, in place of `threadId`; absent, null or empty: none. Unstable.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<PathText>,
    /// Slug of the model for the fork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Id of the provider for the fork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Three states: absent sets nothing, null chooses the model's default, a value sets the tier.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
    /// Working directory of the fork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Folders that count as the workspace, in place of those the thread has; absolute.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_workspace_roots: Option<Vec<AbsolutePathBuf>>,
    /// When the user is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_policy: Option<AskForApproval>,
    /// Who answers approvals, from the first turn of the fork on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands may do. Not together with `permissions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<SandboxMode>,
    /// Id of a permission profile. Not together with `sandbox`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<String>,
    /// Overrides of configuration keys for the fork, nested or dotted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<BTreeMap<String, JsonValue>>,
    /// System prompt in place of the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_instructions: Option<String>,
    /// Developer message put before the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub developer_instructions: Option<String>,
    /// Keeps the fork in memory only: no file, no place in lists. Wants `excludeTurns`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub ephemeral: bool,
    /// Stores the fork as attached to its source: ordinary lists leave it out, and the source cannot be deleted as long
    /// as it exists. Only for a source with paginated history in the local store; not together with `ephemeral` or
    /// `deferGoalContinuation`. Default false: an ordinary fork.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub attach_to_source: bool,
    /// Why it is forked, in the client's words, for statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_source: Option<ThreadSource>,
    /// Leaves `thread.turns` empty, for clients that page through turns and items by `thread/turns/list` and its like;
    /// threads with paginated history want that, else they send a `deprecationNotice`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub exclude_turns: bool,
    /// The goal of the source comes along, but the fork begins no work on it by itself; that comes back after the next
    /// turn that was asked for. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub defer_goal_continuation: bool,
}

/// Result of `thread/fork`: the new thread and what its next turn runs with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadForkResponse {
    /// The new thread with the turns it took over, unless they were excluded; `forkedFromId` names the source.
    pub thread: Thread,
    /// Slug of the model.
    pub model: String,
    /// Id of the provider.
    pub model_provider: String,
    /// Speed tier; null for the model's default.
    pub service_tier: Option<String>,
    /// Plugins the user switched off for it. Kept, but nothing is held back by it yet. Default none.
    #[serde(default)]
    pub disabled_plugin_ids: Vec<String>,
    /// Working directory.
    pub cwd: AbsolutePathBuf,
    /// Folders that count as the workspace. Default none.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub runtime_workspace_roots: Vec<AbsolutePathBuf>,
    /// Files with instructions in use, such as AGENTS.md. Default none.
    #[serde(default)]
    pub instruction_sources: Vec<LegacyAppPathString>,
    /// When the user is asked.
    pub approval_policy: AskForApproval,
    /// Who answers approvals.
    pub approvals_reviewer: ApprovalsReviewer,
    /// What commands may do, as the nearest policy of the older form; see `activePermissionProfile` for where it comes
    /// from.
    pub sandbox: SandboxPolicy,
    /// The profile the sandbox comes from, named or built in; null when unknown.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub active_permission_profile: Option<ActivePermissionProfile>,
    /// Effort of reasoning; null for the model's default.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// Deprecated: always `explicitRequestOnly`, which is also the default; `reasoningEffort` decides how much agents
    /// are used.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub multi_agent_mode: MultiAgentMode,
}
