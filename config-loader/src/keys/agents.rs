//! `[agents]`, `[memories]`, `[orchestrator]`, `[cloud]`: helpers of a thread.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ReasoningEffort;
use crate::path::AbsolutePath;

/// `[agents]`: sub-agents. A key that is none of these is the name of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AgentsToml {
    /// Whether threads may start sub-agents.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// Sub-agents that may run at the same time in a session; at least 1.
    #[serde(default, alias = "max_threads")]
    #[schemars(range(min = 1))]
    pub max_concurrent_threads_per_session: Option<usize>,
    /// How deep sub-agents may start sub-agents.
    #[serde(default)]
    pub max_depth: Option<i32>,
    /// Slug of the model of sub-agents.
    #[serde(default)]
    pub default_subagent_model: Option<String>,
    /// How hard that model thinks.
    #[serde(default)]
    pub default_subagent_reasoning_effort: Option<ReasoningEffort>,
    /// Seconds a job of sub-agents may run.
    #[serde(default)]
    pub job_max_runtime_seconds: Option<u64>,
    /// Whether a message to a running sub-agent interrupts it.
    #[serde(default)]
    pub interrupt_message: Option<bool>,
    /// Roles by name.
    #[serde(flatten)]
    pub roles: BTreeMap<String, AgentRoleToml>,
}

/// `[agents.<role>]`: a role that a sub-agent can take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AgentRoleToml {
    /// When to choose it, for the model.
    pub description: Option<String>,
    /// File with the configuration of its sub-agents.
    pub config_file: Option<AbsolutePath>,
    /// Names its sub-agents may be called by.
    pub nickname_candidates: Option<Vec<String>>,
}

/// `[memories]`: what is remembered from one thread to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MemoriesToml {
    /// Form in which memories are kept.
    pub version: Option<MemoriesVersion>,
    /// Whether both forms are written.
    pub dual_write: Option<bool>,
    /// Whether threads that used MCP servers or the web are left out.
    #[serde(alias = "no_memories_if_mcp_or_web_search")]
    pub disable_on_external_context: Option<bool>,
    /// Whether memories are made of threads.
    pub generate_memories: Option<bool>,
    /// Whether memories are put into the context.
    pub use_memories: Option<bool>,
    /// Whether the model gets tools for memories.
    pub dedicated_tools: Option<bool>,
    /// Raw memories that are consolidated at once.
    pub max_raw_memories_for_consolidation: Option<usize>,
    /// Days after which an unused memory is dropped.
    pub max_unused_days: Option<i64>,
    /// Days after which a thread is too old to be remembered.
    pub max_rollout_age_days: Option<i64>,
    /// Threads that are looked at in one start.
    pub max_rollouts_per_startup: Option<usize>,
    /// Hours a thread must have been idle to be remembered.
    pub min_rollout_idle_hours: Option<i64>,
    /// Share of the rate limit that must be left, in percent.
    pub min_rate_limit_remaining_percent: Option<i64>,
    /// Slug of the model that makes memories.
    pub extract_model: Option<String>,
    /// Slug of the model that consolidates memories.
    pub consolidation_model: Option<String>,
    /// Service tier of consolidation.
    pub consolidation_service_tier: Option<String>,
}

/// Form in which memories are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MemoriesVersion {
    /// The first.
    V1,
    /// The second.
    V2,
}

/// `[orchestrator]`: what an orchestrating program brings in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrchestratorToml {
    /// Its skills.
    pub skills: Option<FeatureToggleToml>,
    /// Its MCP servers.
    pub mcp: Option<FeatureToggleToml>,
}

/// `[cloud]`: what the cloud brings in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloudToml {
    /// Its skills.
    pub skills: Option<FeatureToggleToml>,
}

/// A table with nothing but a switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeatureToggleToml {
    /// Whether it is used.
    pub enabled: Option<bool>,
}
