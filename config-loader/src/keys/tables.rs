//! Keys whose value is a small table.

use std::collections::BTreeMap;
use std::num::{NonZeroU64, NonZeroUsize};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::TrustLevel;
use crate::path::AbsolutePath;
use crate::secret::Secret;

/// `[sandbox_workspace_write]`: what `workspace-write` allows beyond the working folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SandboxWorkspaceWrite {
    /// Further folders that may be written, absolute.
    pub writable_roots: Vec<AbsolutePath>,
    /// Whether the network may be used.
    pub network_access: bool,
    /// Whether the folder of `TMPDIR` is left out.
    pub exclude_tmpdir_env_var: bool,
    /// Whether the system's folder for temporary files is left out.
    pub exclude_slash_tmp: bool,
}

/// `[projects."<folder>"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "struct ProjectConfig")]
pub struct ProjectToml {
    /// What the user said about the folder.
    pub trust_level: Option<TrustLevel>,
}

/// `[history]`: the history of prompts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "struct History")]
pub struct HistoryToml {
    /// Whether prompts are kept.
    pub persistence: HistoryPersistence,
    /// Bytes the file may grow to.
    pub max_bytes: Option<usize>,
}

/// Whether prompts are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryPersistence {
    /// All of them.
    #[default]
    SaveAll,
    /// None.
    None,
}

/// `[shell_environment_policy]`: which environment variables commands get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "struct ShellEnvironmentPolicyTomlRaw")]
pub struct ShellEnvironmentPolicyToml {
    /// What is taken over to begin with.
    pub inherit: Option<EnvironmentInherit>,
    /// Whether names that look secret are kept.
    pub ignore_default_excludes: Option<bool>,
    /// Patterns of names that are dropped.
    pub exclude: Option<Vec<String>>,
    /// Variables that are set.
    pub set: Option<BTreeMap<String, Secret>>,
    /// Patterns of the only names that are kept.
    pub include_only: Option<Vec<String>>,
    /// The newer form of both lists: pattern to decision.
    pub filters: Option<BTreeMap<String, EnvironmentFilter>>,
    /// Whether the shell's profile is used.
    pub experimental_use_profile: Option<bool>,
}

/// What a command's environment begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentInherit {
    /// A few basic variables.
    Core,
    /// All of the server's.
    All,
    /// Nothing.
    None,
}

/// Whether variables that match a pattern are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentFilter {
    /// Kept.
    Include,
    /// Dropped.
    Exclude,
}

/// `[analytics]`: usage statistics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnalyticsConfigToml {
    /// Whether they are sent.
    pub enabled: Option<bool>,
}

/// `[feedback]`: feedback to the makers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeedbackConfigToml {
    /// Whether it can be sent.
    pub enabled: Option<bool>,
}

/// `[goals]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoalsToml {
    /// The largest token budget a goal may have.
    pub max_goal_token_budget: Option<NonZeroU64>,
}

/// `[auto_review]`: the automatic reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AutoReviewToml {
    /// Milliseconds a review may take.
    pub timeout_ms: Option<u32>,
    /// What happens after repeated denials.
    pub circuit_break_action: Option<CircuitBreakAction>,
    /// Text of the review policy.
    pub policy: Option<String>,
    /// Prompt about the conversation so far.
    pub experimental_conversation_history_prompt: Option<String>,
    /// Tokens of the conversation the reviewer sees.
    pub conversation_history_max_output_tokens: Option<NonZeroUsize>,
}

/// What happens after repeated denials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CircuitBreakAction {
    /// The usual.
    Default,
    /// The strict form.
    Strict,
}

/// `[tools]`: settings of single tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolsToml {
    /// Who searches.
    pub client_search_provider: Option<ClientSearchProvider>,
    /// Web search; a bare boolean is accepted and means nothing.
    #[serde(default, deserialize_with = "deserialize_web_search")]
    #[schemars(with = "Option<WebSearchToolConfigInput>")]
    pub web_search: Option<WebSearchToml>,
    /// The tool that asks the user.
    pub experimental_request_user_input: Option<ExperimentalRequestUserInput>,
    /// The tool that keeps a plan.
    pub update_plan: Option<UpdatePlanToolConfig>,
}

/// Who searches for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientSearchProvider {
    /// The server's own search.
    Standalone,
    /// An MCP server for search.
    SearchMcp,
}

/// `[tools.experimental_request_user_input]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExperimentalRequestUserInput {
    /// Whether it is offered.
    pub enabled: bool,
}

impl Default for ExperimentalRequestUserInput {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// `[tools.update_plan]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UpdatePlanToolConfig {
    /// Whether it is offered.
    pub enabled: bool,
}

/// `[tools.web_search]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebSearchToml {
    /// How much of the pages the model sees.
    pub context_size: Option<super::Verbosity>,
    /// The only domains searched.
    pub allowed_domains: Option<Vec<String>>,
    /// Where the search pretends to be.
    pub location: Option<WebSearchLocationToml>,
}

/// `[tools.web_search.location]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebSearchLocationToml {
    /// Two-letter country code.
    pub country: Option<String>,
    /// Region or state.
    pub region: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Time zone name.
    pub timezone: Option<String>,
}

/// `[experimental_thread_store]`: where threads are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ThreadStoreToml {
    /// In files of CODEX_HOME.
    Local {},
    /// In memory only.
    InMemory {
        /// Name of the store in the process.
        id: String,
    },
}

/// `[ghost_snapshot]`: kept for old files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GhostSnapshotToml {
    /// Has no effect.
    #[serde(alias = "ignore_untracked_files_over_bytes")]
    pub ignore_large_untracked_files: Option<i64>,
    /// Has no effect.
    #[serde(alias = "large_untracked_dir_warning_threshold")]
    pub ignore_large_untracked_dirs: Option<i64>,
    /// Has no effect.
    pub disable_warnings: Option<bool>,
}

/// One text or several; the shape is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "data did not match any variant of untagged enum Repr")]
#[schemars(inline)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// A table, or a boolean, which is the older form and has no effect.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum WebSearchToolConfigInput {
    Switch(#[expect(dead_code, reason = "only that it is a boolean matters")] bool),
    Settings(WebSearchToml),
}

fn deserialize_web_search<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<WebSearchToml>, D::Error> {
    Ok(match WebSearchToolConfigInput::deserialize(deserializer)? {
        WebSearchToolConfigInput::Switch(_) => None,
        WebSearchToolConfigInput::Settings(settings) => Some(settings),
    })
}
