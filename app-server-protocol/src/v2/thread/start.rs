//! Starting a thread: what it runs with, and what it may use.
//!
//! Every field of the params overrides the configuration for this thread alone; absent or null leaves it to the configuration
//! unless said otherwise. The answer shows what came out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;
use crate::v2::*;

/// Params of `thread/start`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadStartParams {
    /// Slug of the model; absent: the configured one, else the provider's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Id of the provider; one that is not configured fails the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Lets a provider with a fixed list of models put its default in place of a model it does not have. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub allow_provider_model_fallback: bool,
    /// Three states: absent takes the configured tier, null the model's default, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
    /// Working directory; a relative one counts from the server's, and it need not exist. Absent: the server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Folders that count as the workspace; absolute. Absent: the working directory.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_workspace_roots: Option<Vec<AbsolutePathBuf>>,
    /// When the user is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_policy: Option<AskForApproval>,
    /// Who answers approvals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands may do; absent: read-only, or writing in projects that are trusted. Not together with
    /// `permissions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<SandboxMode>,
    /// Id of a permission profile. Not together with `sandbox`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<String>,
    /// Overrides of configuration keys, nested or dotted, such as `features.NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<BTreeMap<String, JsonValue>>,
    /// Name of the service that starts the thread, for statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// System prompt in place of the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_instructions: Option<String>,
    /// Developer message put before the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub developer_instructions: Option<String>,
    /// Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<Personality>,
    /// Deprecated: ignored; an effort of `ultra` makes the model use agents by itself.
    #[schemars(extend("x-experimental" = true, "deprecated" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_agent_mode: Option<MultiAgentMode>,
    /// Keeps the thread in memory only: no file, no place in lists. Absent means false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral: Option<bool>,
    /// How the history is stored; absent means `paginated`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history_mode: Option<ThreadHistoryMode>,
    /// What made the client start it, for hooks; absent means `startup`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_start_source: Option<ThreadStartSource>,
    /// Why it is started, in the client's words, for statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_source: Option<ThreadSource>,
    /// The project to assign it to; an ephemeral thread shows it but keeps nothing.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<String>,
    /// Choice about the Daybreak programme to save; absent leaves it open. Grants nothing by itself; not for ephemeral
    /// threads.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub daybreak_enabled: Option<bool>,
    /// Where commands run, the first being the main one; absent: the default environment, empty: none, so that no
    /// command runs.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<TurnEnvironmentParams>>,
    /// Tools that the client carries out, offered to the model under their own names.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, deserialize_with = "super::dynamic_tools::deserialize", skip_serializing_if = "Option::is_none")]
    pub dynamic_tools: Option<Vec<DynamicToolSpec>>,
    /// Folders with capabilities (such as skills) that the host chose for this thread.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_capability_roots: Option<Vec<SelectedCapabilityRoot>>,
    /// Tests the experimental gate; nothing else.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mock_experimental_field: Option<String>,
    /// Also sends the model's items as they are. For hosted servers. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub experimental_raw_events: bool,
}

/// Result of `thread/start`: the thread and what its first turn runs with. `thread/started` follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadStartResponse {
    /// The thread, without turns.
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
    /// The profile the sandbox comes from; null when it was given as a mode.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub active_permission_profile: Option<ActivePermissionProfile>,
    /// Effort of reasoning; null for the model's default.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// Deprecated: always `explicitRequestOnly`; `reasoningEffort` decides how much agents are used.
    #[schemars(extend("x-experimental" = true, "deprecated" = true))]
    #[serde(default)]
    pub multi_agent_mode: MultiAgentMode,
}

/// A folder with capabilities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SelectedCapabilityRoot {
    /// Id that the host gave it; stays the same.
    pub id: String,
    /// Where it is.
    pub location: CapabilityRootLocation,
}

/// Where such a folder is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CapabilityRootLocation {
    /// In an environment of the thread.
    Environment {
        /// Which one.
        environment_id: String,
        /// Absolute path there.
        #[serde(deserialize_with = "crate::environment_path")]
        path: String,
    },
}

/// A place for commands to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnEnvironmentParams {
    /// Which machine or container.
    pub environment_id: String,
    /// Working directory there.
    pub cwd: LegacyAppPathString,
    /// Folders there that count as the workspace; absent: the working directory alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_workspace_roots: Option<Vec<LegacyAppPathString>>,
}

/// When the model uses other agents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum MultiAgentMode {
    /// Never. Accepted from old clients, in no schema.
    #[schemars(skip)]
    None,
    /// As this text tells the model.
    Custom(String),
    /// Only when the user asks for it. The default.
    #[default]
    ExplicitRequestOnly,
    /// By itself, where it helps.
    Proactive,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mode_of_old_clients_is_kept_and_listed_first() {
        let mode: MultiAgentMode = serde_json::from_value("none".into()).unwrap();
        assert_eq!((&mode, serde_json::to_value(&mode).unwrap()), (&MultiAgentMode::None, "none".into()));
        let error = serde_json::from_value::<MultiAgentMode>("x".into()).unwrap_err().to_string();
        let known = "`none`, `custom`, `explicitRequestOnly`, `proactive`";
        assert_eq!(error, format!("unknown variant `x`, expected one of {known}"));
    }

    #[test]
    fn capability_roots_have_absolute_paths() {
        let location = |path: &str| {
            let location = serde_json::json!({ "type": "environment", "environmentId": "e", "path": path });
            serde_json::from_value::<CapabilityRootLocation>(location).map_err(|error| error.to_string())
        };
        assert!(location("/x").is_ok());
        assert_eq!(location("x"), Err("path `x` is not absolute".to_owned()));
    }
}
