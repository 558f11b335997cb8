//! Finding what another coding agent left on this machine that could be taken over: settings, instructions, skills,
//! sessions and more. Detection changes nothing; what it found goes, as a whole or in part, to
//! `externalAgentConfig/import`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::PathText;

/// A custom command to import; it becomes a skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandMigration {
    /// Its name.
    pub name: String,
}

/// Params of `externalAgentConfig/detect`: where to look, and how far back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigDetectParams {
    /// Looks in the user's home folder. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_home: bool,
    /// Working directories whose repositories to look into. Absent, null or empty: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwds: Option<Vec<PathText>>,
    /// Leaves out sessions older than this many days. Absent or null: the server's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_session_age_days: Option<u32>,
    /// Finds at most this many sessions. Absent or null: the server's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sessions: Option<u32>,
    /// Deprecated and without effect; `migrationSource` has taken its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Which agent to look for. Absent, null or a value the server does not know: the default one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration_source: Option<String>,
}

/// Result of `externalAgentConfig/detect`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExternalAgentConfigDetectResponse {
    /// What can be imported; empty when there is nothing.
    pub items: Vec<ExternalAgentConfigMigrationItem>,
    /// Connectors that the other agent seems to have used. Absent: none.
    #[serde(default)]
    pub connectors: Vec<ExternalAgentDetectedConnectorCandidate>,
}

/// Something to import: one kind of thing from one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigMigrationItem {
    /// What kind of thing it is.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// What would be imported, for people.
    pub description: String,
    /// Working directory in the repository it belongs to; null or empty for the user's home.
    pub cwd: Option<PathText>,
    /// The single things behind it; null when there are none to tell.
    pub details: Option<MigrationDetails>,
}

/// Kinds of things that can be imported; others are refused. Values that exist here already are never overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExternalAgentConfigMigrationItemType {
    /// Instructions for the agent; they become `AGENTS.md`.
    AgentsMd,
    /// Settings: environment variables for commands, and the sandbox.
    Config,
    /// Skills.
    Skills,
    /// Plugins, with the marketplaces they come from.
    Plugins,
    /// MCP servers; they are added to `mcp_servers` of the configuration.
    McpServerConfig,
    /// Roles for sub-agents.
    Subagents,
    /// Hooks; they are added to `hooks.json`.
    Hooks,
    /// Custom commands; they become skills.
    Commands,
    /// Memories.
    Memory,
    /// Sessions; they become threads.
    Sessions,
}

/// A connector that the other agent seems to have used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentDetectedConnectorCandidate {
    /// Name of the connector.
    pub name: String,
    /// In how many sessions it turned up.
    pub session_count: u32,
    /// How it was noticed.
    pub source: ExternalAgentDetectedConnectorSource,
}

/// How a connector was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExternalAgentDetectedConnectorSource {
    /// Remote MCP servers were configured for it.
    RemoteMcpServersConfig,
    /// Sessions called its tools.
    SessionToolUse,
}

/// A hook to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HookMigration {
    /// Its name.
    pub name: String,
}

/// An MCP server to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McpServerMigration {
    /// Its name.
    pub name: String,
}

/// The single things behind an item, by kind; lists without entries are empty or absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MigrationDetails {
    /// Plugins, by marketplace. Absent: none.
    #[serde(default)]
    pub plugins: Vec<PluginsMigration>,
    /// Skills. Absent: none.
    #[serde(default)]
    pub skills: Vec<SkillMigration>,
    /// Sessions. Absent: none.
    #[serde(default)]
    pub sessions: Vec<SessionMigration>,
    /// MCP servers. Absent: none.
    #[serde(default)]
    pub mcp_servers: Vec<McpServerMigration>,
    /// Hooks. Absent: none.
    #[serde(default)]
    pub hooks: Vec<HookMigration>,
    /// Roles for sub-agents. Absent: none.
    #[serde(default)]
    pub subagents: Vec<SubagentMigration>,
    /// Custom commands. Absent: none.
    #[serde(default)]
    pub commands: Vec<CommandMigration>,
    /// Memories. Absent: none.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub memory: Vec<String>,
}

/// Plugins of one marketplace to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginsMigration {
    /// The marketplace they come from.
    pub marketplace_name: String,
    /// Names of the plugins.
    pub plugin_names: Vec<String>,
}

/// A session to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionMigration {
    /// File that holds the session.
    #[serde(deserialize_with = "crate::path_text")]
    pub path: String,
    /// Working directory of the session.
    #[serde(deserialize_with = "crate::path_text")]
    pub cwd: String,
    /// Title of the session; null when it has none.
    pub title: Option<String>,
}

/// A skill to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillMigration {
    /// Its name.
    pub name: String,
}

/// A role for sub-agents to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubagentMigration {
    /// Its name.
    pub name: String,
}
