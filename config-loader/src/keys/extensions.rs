//! `[skills]`, `[plugins]`, `[marketplaces]`, `[tool_suggest]`: what can be added to the program.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::apps::{AppConfig, ToolApprovalMode};
use super::mcp::McpServerToolConfig;
use crate::path::AbsolutePath;

/// `[skills]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SkillsConfig {
    /// The skills that come with the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundled: Option<BundledSkillsConfig>,
    /// Whether the list of skills is put into the context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_instructions: Option<bool>,
    /// Tokens of the list of skills.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_context_tokens: Option<NonZeroUsize>,
    /// Switches of single skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub config: Vec<SkillConfig>,
}

/// `[skills.bundled]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BundledSkillsConfig {
    /// Whether they are used.
    pub enabled: bool,
}

impl Default for BundledSkillsConfig {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// The switch of a skill, which is found by path or name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkillConfig {
    /// The skill's folder or its SKILL.md.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<AbsolutePath>,
    /// The skill's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it is used.
    pub enabled: bool,
}

/// `[plugins]`: `_default` holds for every plugin, any other key is `name@marketplace`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PluginsConfigToml {
    /// What holds for plugins that do not say otherwise.
    #[serde(rename = "_default", default, skip_serializing_if = "Option::is_none")]
    pub default: Option<PluginsDefaultConfig>,
    /// Plugins by `name@marketplace`.
    #[serde(flatten)]
    pub plugins: BTreeMap<String, PluginConfig>,
}

/// `[plugins._default]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PluginsDefaultConfig {
    /// Whether plugins are used.
    pub enabled: bool,
}

impl Default for PluginsDefaultConfig {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// `[plugins."<name>@<marketplace>"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PluginConfig {
    /// Whether it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Id of the release that is installed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_id: Option<String>,
    /// Whether it is installed without being asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_provision: Option<bool>,
    /// Settings of its MCP servers, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mcp_servers: BTreeMap<String, PluginMcpServerConfig>,
    /// Settings of its apps, by id; config/read leaves unset keys out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub apps: BTreeMap<String, AppConfig>,
}

/// `[plugins.<plugin>.mcp_servers.<name>]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PluginMcpServerConfig {
    /// Whether it is used.
    pub enabled: bool,
    /// When a person is asked before one of its tools runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_tools_approval_mode: Option<ToolApprovalMode>,
    /// The only tools that are offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_tools: Option<Vec<String>>,
    /// Tools that are not offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_tools: Option<Vec<String>>,
    /// Settings of single tools, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tools: BTreeMap<String, McpServerToolConfig>,
}

impl Default for PluginMcpServerConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            default_tools_approval_mode: None,
            enabled_tools: None,
            disabled_tools: None,
            tools: BTreeMap::new(),
        }
    }
}

/// `[marketplaces.<name>]`: where plugins come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MarketplaceConfig {
    /// When it was fetched last.
    pub last_updated: Option<String>,
    /// Revision that was fetched last.
    pub last_revision: Option<String>,
    /// Kind of its source.
    pub source_type: Option<MarketplaceSourceType>,
    /// URL or folder.
    pub source: Option<String>,
    /// Branch, tag or commit.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The only folders that are fetched.
    pub sparse_paths: Option<Vec<String>>,
}

/// Kind of a marketplace's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MarketplaceSourceType {
    /// A git repository.
    Git,
    /// A folder.
    Local,
}

/// `[tool_suggest]`: what tool suggestions may offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ToolSuggestConfig {
    /// What may be offered beyond the usual.
    pub discoverables: Vec<ToolSuggestDiscoverable>,
    /// What is never offered.
    pub disabled_tools: Vec<ToolSuggestDisabledTool>,
}

/// Something that may be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolSuggestDiscoverable {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ToolSuggestKind,
    /// Its id.
    pub id: String,
}

/// Something that is never offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolSuggestDisabledTool {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ToolSuggestKind,
    /// Its id.
    pub id: String,
}

/// What a tool suggestion is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ToolSuggestKind {
    /// A connector.
    Connector,
    /// A plugin.
    Plugin,
}
