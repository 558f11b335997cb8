//! Keys whose value is a small table.

use std::collections::BTreeMap;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize};

use super::TrustLevel;
use crate::secret::Secret;

/// `[sandbox_workspace_write]`: what `workspace-write` allows beyond the working folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SandboxWorkspaceWrite {
    /// Further folders that may be written, absolute.
    pub writable_roots: Vec<PathBuf>,
    /// Whether the network may be used.
    pub network_access: bool,
    /// Whether the folder of `TMPDIR` is left out.
    pub exclude_tmpdir_env_var: bool,
    /// Whether the system's folder for temporary files is left out.
    pub exclude_slash_tmp: bool,
}

/// `[projects."<folder>"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectToml {
    /// What the user said about the folder.
    pub trust_level: Option<TrustLevel>,
}

/// `[history]`: the history of prompts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryToml {
    /// Whether prompts are kept.
    pub persistence: HistoryPersistence,
    /// Bytes the file may grow to.
    pub max_bytes: Option<usize>,
}

/// Whether prompts are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryPersistence {
    /// All of them.
    #[default]
    SaveAll,
    /// None.
    None,
}

/// `[shell_environment_policy]`: which environment variables commands get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentFilter {
    /// Kept.
    Include,
    /// Dropped.
    Exclude,
}

/// A table with nothing but a switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnabledToml {
    /// The switch.
    pub enabled: Option<bool>,
}

/// `[goals]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GoalsToml {
    /// The largest token budget a goal may have.
    pub max_goal_token_budget: Option<NonZeroU64>,
}

/// `[auto_review]`: the automatic reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CircuitBreakAction {
    /// The usual.
    Default,
    /// The strict form.
    Strict,
}

/// `[tools]`: settings of single tools. Only `web_search` is shown to clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToolsToml {
    /// Web search; a bare boolean is accepted and means nothing.
    #[serde(deserialize_with = "deserialize_web_search")]
    pub web_search: Option<WebSearchToml>,
    /// The tool that keeps a plan.
    #[serde(skip_serializing)]
    pub update_plan: Option<EnabledToml>,
    /// The tool that asks the user.
    #[serde(skip_serializing)]
    pub experimental_request_user_input: Option<EnabledToml>,
}

/// `[tools.web_search]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebSearchToml {
    /// How much of the pages the model sees.
    pub context_size: Option<super::Verbosity>,
    /// The only domains searched.
    pub allowed_domains: Option<Vec<String>>,
    /// Where the search pretends to be.
    pub location: Option<WebSearchLocationToml>,
}

/// `[tools.web_search.location]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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

/// One text or several; the shape is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// Reads a table or a boolean; the boolean is the older form and has no effect.
fn deserialize_web_search<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<WebSearchToml>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum WebSearchForm {
        Switch(#[expect(dead_code, reason = "only that it is a boolean matters")] bool),
        Settings(WebSearchToml),
    }
    Ok(match WebSearchForm::deserialize(deserializer)? {
        WebSearchForm::Switch(_) => None,
        WebSearchForm::Settings(settings) => Some(settings),
    })
}
