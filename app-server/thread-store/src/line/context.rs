//! Lines that say under which terms a thread or a turn runs: `session_meta`, `turn_context`, `thread_settings_applied`.

use std::sync::Arc;

use codex_app_server_protocol::{ReasoningEffort, WIRE_VERSION, v2};
use serde::Serialize;
use serde_json::Value;

use super::Owner;
use super::snake::SnakeSessionSource;
use crate::HistoryBase;

/// What the first line of a rollout tells of its thread.
#[derive(Clone, Debug)]
pub struct SessionMeta {
    /// The session the thread belongs to; `None` for a thread that is its own session.
    pub session_id: Option<String>,
    /// The working folder.
    pub cwd: String,
    /// The folders the agent works in.
    pub runtime_workspace_roots: Vec<String>,
    /// The client that started the thread.
    pub originator: String,
    /// What kind of client that was.
    pub source: v2::SessionSource,
    /// What started the thread, in the client's words.
    pub thread_source: Option<String>,
    /// The key of the model provider.
    pub model_provider: String,
    /// The base prompt the thread keeps for its life.
    pub base_instructions: Option<BaseInstructions>,
    /// The tools that the client brought.
    pub dynamic_tools: Vec<v2::DynamicToolSpec>,
    /// How the thread's lines are written.
    pub history_mode: v2::ThreadHistoryMode,
    /// The id of the context window, a UUID.
    pub window_id: String,
    /// The repository the working folder lies in.
    pub git: Option<v2::GitInfo>,
    /// The thread that it was forked from.
    pub forked_from_id: Option<String>,
    /// The place that the file goes on from.
    pub history_base: Option<HistoryBase>,
}

/// The base prompt of a thread.
#[derive(Clone, Debug, Serialize)]
pub struct BaseInstructions {
    /// The prompt.
    pub text: Arc<str>,
    /// Where it came from.
    pub provenance: InstructionsProvenance,
}

/// Where a base prompt came from.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InstructionsProvenance {
    /// The prompt that belongs to a model.
    Model {
        /// The model's slug.
        model: String,
    },
    /// The client gave it.
    Custom,
}

impl SessionMeta {
    pub(crate) fn payload<'a>(&'a self, owner: &'a Owner, created_at: &'a str) -> MetaLine<'a> {
        MetaLine {
            account_scoped: true,
            session_id: &owner.session_id,
            id: &owner.thread_id,
            forked_from_id: self.forked_from_id.as_deref(),
            forked_from_ordinal_exclusive: match (&self.forked_from_id, &self.history_base) {
                (Some(_), Some(base)) => Some(base.end_ordinal_exclusive),
                _ => None,
            },
            timestamp: created_at,
            cwd: &self.cwd,
            runtime_workspace_roots: &self.runtime_workspace_roots,
            originator: &self.originator,
            cli_version: WIRE_VERSION,
            source: SnakeSessionSource(&self.source),
            thread_source: self.thread_source.as_deref(),
            model_provider: &self.model_provider,
            base_instructions: self.base_instructions.as_ref(),
            dynamic_tools: &self.dynamic_tools,
            history_mode: self.history_mode,
            history_base: self.history_base.as_ref(),
            multi_agent_version: (self.forked_from_id.is_some() || self.history_base.is_some()).then_some("v1"),
            context_window: ContextWindow { window_id: &self.window_id },
            git: self.git.as_ref().map(|git| GitLine {
                commit_hash: git.sha.as_deref(),
                branch: git.branch.as_deref(),
                repository_url: git.origin_url.as_deref(),
            }),
        }
    }
}

/// The payload of a `session_meta` line.
#[derive(Serialize)]
pub(crate) struct MetaLine<'a> {
    account_scoped: bool,
    session_id: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    forked_from_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forked_from_ordinal_exclusive: Option<u64>,
    timestamp: &'a str,
    cwd: &'a str,
    runtime_workspace_roots: &'a [String],
    originator: &'a str,
    cli_version: &'static str,
    source: SnakeSessionSource<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_source: Option<&'a str>,
    model_provider: &'a str,
    base_instructions: Option<&'a BaseInstructions>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dynamic_tools: &'a [v2::DynamicToolSpec],
    history_mode: v2::ThreadHistoryMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    history_base: Option<&'a HistoryBase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_agent_version: Option<&'static str>,
    context_window: ContextWindow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    git: Option<GitLine<'a>>,
}

#[derive(Serialize)]
struct ContextWindow<'a> {
    window_id: &'a str,
}

#[derive(Serialize)]
struct GitLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    commit_hash: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository_url: Option<&'a str>,
}

/// The settings one turn runs with. Fields stand in the order of the line.
#[derive(Clone, Debug, Serialize)]
pub struct TurnContext {
    /// The turn.
    pub turn_id: String,
    /// The turn that caused it; itself when no other did.
    pub root_turn_id: String,
    /// Plugins that are switched off for the thread.
    pub disabled_plugin_ids: Vec<String>,
    /// The working folder.
    pub cwd: String,
    /// When the user is asked.
    pub approval_policy: v2::AskForApproval,
    /// Who answers approvals.
    pub approvals_reviewer: v2::ApprovalsReviewer,
    /// The permissions in full, in the reference's snake_case form: `{type: disabled | managed | external, ..}`.
    pub permission_profile: Value,
    /// The named profile they come from.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "super::snake::active_profile")]
    pub active_permission_profile: Option<v2::ActivePermissionProfile>,
    /// The model.
    pub model: String,
    /// A hash of the model's compaction rules, where its catalogue entry has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comp_hash: Option<String>,
    /// The agent's manner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<v2::Personality>,
    /// The collaboration mode and its settings.
    pub collaboration_mode: v2::CollaborationMode,
    /// `v1` for models without agent tools of their own.
    pub multi_agent_version: String,
    /// Whether a voice session is running.
    pub realtime_active: bool,
    /// How much the model thinks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// How much of the thinking is shown; `none` for models that cannot.
    pub summary: v2::ReasoningSummary,
    /// The sandbox policy older readers go by.
    #[serde(serialize_with = "super::snake::sandbox_policy")]
    pub sandbox_policy: v2::SandboxPolicy,
    /// The file rules of a `managed` profile that can write: `{kind, entries}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_system_sandbox_policy: Option<Value>,
}

/// The settings of a thread. Fields stand in the order of the line.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadSettings {
    /// The model.
    pub model: String,
    /// The key of its provider.
    pub model_provider_id: String,
    /// The service tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
    /// When the user is asked.
    pub approval_policy: v2::AskForApproval,
    /// Who answers approvals.
    pub approvals_reviewer: v2::ApprovalsReviewer,
    /// Who was asked for to answer them.
    pub requested_approvals_reviewer: v2::ApprovalsReviewer,
    /// The permissions in full, in the reference's snake_case form.
    pub permission_profile: Value,
    /// The named profile they come from.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "super::snake::active_profile")]
    pub active_permission_profile: Option<v2::ActivePermissionProfile>,
    /// The working folder.
    pub cwd: String,
    /// The folders the agent works in.
    pub runtime_workspace_roots: Vec<String>,
    /// How much the model thinks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_effort: Option<ReasoningEffort>,
    /// How much of the thinking is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_summary: Option<v2::ReasoningSummary>,
    /// The agent's manner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<v2::Personality>,
    /// The collaboration mode and its settings.
    pub collaboration_mode: v2::CollaborationMode,
    /// Plugins that are switched off for the thread.
    pub disabled_plugin_ids: Vec<String>,
}

impl ThreadSettings {
    pub(crate) fn payload<'a>(&'a self, owner: &'a Owner) -> SettingsLine<'a> {
        SettingsLine { kind: "thread_settings_applied", thread_id: &owner.thread_id, thread_settings: self }
    }
}

/// The payload of a `thread_settings_applied` event.
#[derive(Serialize)]
pub(crate) struct SettingsLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    thread_id: &'a str,
    thread_settings: &'a ThreadSettings,
}
