//! Values inside the configuration: the enums and tables behind the keys of [`Config`].
//!
//! Spelling follows `config.toml`. An absent or null entry leaves the decision to a lower layer or the built-in default.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::*;

/// A yes or no of a permission list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AllowDenyRequirement {
    /// Permitted.
    Allow,
    /// Refused.
    Deny,
}

/// The `analytics` table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnalyticsConfig {
    /// Whether usage is reported; null leaves it to the way the server was started.
    pub enabled: Option<bool>,
    /// Other keys of the table, unchanged.
    #[serde(flatten)]
    pub additional: BTreeMap<String, JsonValue>,
}

/// When a tool of an app needs the user's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AppToolApproval {
    /// As the approval policy says.
    Auto,
    /// Before every call.
    Prompt,
    /// Before calls that change something.
    Writes,
    /// Never; every call is granted.
    Approve,
}

/// The `apps` table: defaults, and one entry an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppsConfig {
    /// What holds for every app without an entry of its own.
    #[serde(default)]
    pub _default: Option<AppsDefaultConfig>,
    /// The entries by app id, unchanged.
    #[serde(flatten)]
    #[schemars(skip)]
    pub apps: BTreeMap<String, JsonValue>,
}

/// Defaults for all apps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppsDefaultConfig {
    /// Whether apps may be used. Default true.
    #[serde(default = "crate::default_true")]
    pub enabled: bool,
    /// Who answers approvals of app tools; null means as everywhere else.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// Whether tools that destroy data are offered. Default true.
    #[serde(default = "crate::default_true")]
    pub destructive_enabled: bool,
    /// Whether tools that reach beyond the app are offered. Default true.
    #[serde(default = "crate::default_true")]
    pub open_world_enabled: bool,
    /// When app tools ask; null means `auto`.
    pub default_tools_approval_mode: Option<AppToolApproval>,
}

/// Which tokens count towards the limit of automatic compaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum AutoCompactTokenLimitScope {
    /// All of the context.
    Total,
    /// Only what came after the part that every request begins with.
    BodyAfterPrefix,
}

/// The `browser_use` table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrowserUseConfig {
    /// Whether the browser's history may be read.
    pub allow_history_access: Option<bool>,
    /// What holds for origins not listed.
    pub default_origin_policy: Option<BrowserUseOriginPolicyConfig>,
    /// Rules by origin, such as `https://example.com`.
    pub origins: Option<BTreeMap<String, BrowserUseOriginPolicyConfig>>,
}

/// What the agent may do on one origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrowserUseOriginPolicyConfig {
    /// Opening its pages at all.
    pub access: Option<AllowDenyRequirement>,
    /// Saving files from it.
    pub downloads: Option<AllowDenyRequirement>,
    /// Sending files to it.
    pub uploads: Option<AllowDenyRequirement>,
    /// Steering the browser there with the whole debugging protocol.
    pub full_cdp_access: Option<AllowDenyRequirement>,
}

/// The `computer_use` table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseConfig {
    /// What holds for programs not listed.
    pub default_app_access: Option<AllowDenyRequirement>,
    /// Rules on macOS.
    pub macos: Option<ComputerUseMacosConfig>,
    /// Rules on Windows.
    pub windows: Option<ComputerUseWindowsConfig>,
}

/// Which programs may be operated on macOS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseMacosConfig {
    /// Rules by bundle id, such as `com.example.editor`.
    pub bundle_ids: Option<BTreeMap<String, AllowDenyRequirement>>,
}

/// Which programs may be operated on Windows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComputerUseWindowsConfig {
    /// Rules by application user model id.
    pub aumids: Option<BTreeMap<String, AllowDenyRequirement>>,
    /// Rules for signed programs without such an id.
    pub exes: Option<Vec<ComputerUseWindowsExeConfig>>,
}

/// A rule for a program told by its signature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseWindowsExeConfig {
    /// Publisher named in the signature.
    pub publisher_name: String,
    /// Product named in the file's version data.
    pub product_name: String,
    /// File name; null matches every file of the product.
    pub binary_name: Option<String>,
    /// What holds for it.
    pub access: AllowDenyRequirement,
}

/// The ChatGPT workspaces a login may belong to. Keeps the form it is written in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ForcedChatgptWorkspaceIds {
    /// A single workspace id.
    One(String),
    /// Several workspace ids; each is allowed.
    Many(Vec<String>),
}

/// The only kind of login that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ForcedLoginMethod {
    /// ChatGPT logins; API keys are refused.
    Chatgpt,
    /// API keys; ChatGPT logins are refused.
    Api,
}

/// The `sandbox_workspace_write` table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SandboxWorkspaceWrite {
    /// Folders that may be written besides the working directory. Default none.
    #[serde(default)]
    pub writable_roots: Vec<String>,
    /// Whether commands reach the network. Default false.
    #[serde(default)]
    pub network_access: bool,
    /// Whether the folder named by `TMPDIR` stays read-only. Default false.
    #[serde(default)]
    pub exclude_tmpdir_env_var: bool,
    /// Whether `/tmp` stays read-only. Default false.
    #[serde(default)]
    pub exclude_slash_tmp: bool,
}

/// The `tools` table as it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ToolsV2 {
    /// Settings of the search tool; null when the file has a plain true or false.
    pub web_search: Option<WebSearchToolConfig>,
}

/// How much of what it finds a search hands to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum WebSearchContextSize {
    /// Little; the cheapest.
    Low,
    /// Between the two.
    Medium,
    /// Much.
    High,
}

/// Roughly where the user is, to make searches fit. Unknown keys are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-root" = true))]
pub struct WebSearchLocation {
    /// Two-letter country code.
    pub country: Option<String>,
    /// Region or state, free text.
    pub region: Option<String>,
    /// City, free text.
    pub city: Option<String>,
    /// Time zone of the IANA list, such as `Europe/Berlin`.
    pub timezone: Option<String>,
}

/// Whether and how the model may search the web.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum WebSearchMode {
    /// The tool is not offered.
    Disabled,
    /// In what the provider has stored, without access to the web as it is now.
    Cached,
    /// In the provider's index.
    Indexed,
    /// In the web as it is now.
    Live,
}

/// Who carries out a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum WebSearchProvider {
    /// The provider's own search endpoint.
    Standalone,
    /// A search tool of an MCP server.
    SearchMcp,
}

/// Settings of the search tool. Unknown keys are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-root" = true))]
pub struct WebSearchToolConfig {
    /// How much of the findings reaches the model; null leaves it to the provider.
    pub context_size: Option<WebSearchContextSize>,
    /// Only these domains are searched; null means all.
    pub allowed_domains: Option<Vec<String>>,
    /// Where the user is; null tells nothing.
    pub location: Option<WebSearchLocation>,
}
