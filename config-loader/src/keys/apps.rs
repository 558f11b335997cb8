//! `[apps]`: apps by id, and what holds for all of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ApprovalsReviewer;

/// `[apps]`: `_default` holds for every app, any other key is the id of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppsConfigToml {
    /// What holds for apps that do not say otherwise.
    #[serde(rename = "_default", default)]
    pub default: Option<AppsDefaultConfig>,
    /// Apps by id.
    #[serde(flatten)]
    pub apps: BTreeMap<String, AppConfig>,
}

/// `[apps._default]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AppsDefaultConfig {
    /// Whether apps are used.
    pub enabled: bool,
    /// Who answers approvals of their tools.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// Whether tools that destroy something are offered.
    pub destructive_enabled: bool,
    /// Whether tools that reach the open world are offered.
    pub open_world_enabled: bool,
    /// When a person is asked before a tool runs.
    pub default_tools_approval_mode: Option<ToolApprovalMode>,
}

impl Default for AppsDefaultConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            approvals_reviewer: None,
            destructive_enabled: true,
            open_world_enabled: true,
            default_tools_approval_mode: None,
        }
    }
}

/// `[apps.<id>]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AppConfig {
    /// Whether it is used.
    pub enabled: bool,
    /// Where its tools are left out.
    pub omit_tools_from: Option<Vec<AppToolExposure>>,
    /// Who answers approvals of its tools.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// Whether tools that destroy something are offered.
    pub destructive_enabled: Option<bool>,
    /// Whether tools that reach the open world are offered.
    pub open_world_enabled: Option<bool>,
    /// When a person is asked before a tool runs.
    pub default_tools_approval_mode: Option<ToolApprovalMode>,
    /// Whether tools without an entry are offered.
    pub default_tools_enabled: Option<bool>,
    /// Settings of single tools, by name.
    pub tools: Option<AppToolsConfig>,
    /// Settings of single accounts, by link id.
    pub links: Option<AppLinksConfig>,
}

impl Default for AppConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            omit_tools_from: None,
            approvals_reviewer: None,
            destructive_enabled: None,
            open_world_enabled: None,
            default_tools_approval_mode: None,
            default_tools_enabled: None,
            tools: None,
            links: None,
        }
    }
}

/// `[apps.<id>.tools]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppToolsConfig {
    /// Tools by name.
    #[serde(flatten)]
    pub tools: BTreeMap<String, AppToolConfig>,
}

/// `[apps.<id>.tools.<tool>]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AppToolConfig {
    /// Whether it is offered.
    pub enabled: Option<bool>,
    /// When a person is asked before it runs.
    pub approval_mode: Option<ToolApprovalMode>,
}

/// `[apps.<id>.links]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppLinksConfig {
    /// Accounts by link id.
    #[serde(flatten)]
    pub links: BTreeMap<String, AppLinkConfig>,
}

/// `[apps.<id>.links.<link>]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AppLinkConfig {
    /// Who answers approvals for this account.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// When a person is asked before a tool runs for this account.
    pub default_tools_approval_mode: Option<ToolApprovalMode>,
}

/// When a person is asked before a tool runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToolApprovalMode {
    /// When the tool says that it changes something.
    Auto,
    /// Always.
    Prompt,
    /// When it may write.
    Writes,
    /// Never.
    Approve,
}

/// A way in which tools are shown to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppToolExposure {
    /// As functions of code mode.
    CodeMode,
    /// As tools that are found by search.
    Deferred,
    /// As tools of every request.
    Direct,
}
