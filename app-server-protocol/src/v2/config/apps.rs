//! The entries of the `apps` table of the configuration: what an app's tools may do and when they ask. Spelling follows
//! `config.toml`. Absent or null makes no choice here and leaves the setting to the defaults.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{AppToolApproval, ApprovalsReviewer};

/// Settings of one app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppConfig {
    /// Who answers approvals of its tools; null: no choice made here.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// When its tools ask, where a tool has no entry of its own; null: no choice made here.
    pub default_tools_approval_mode: Option<AppToolApproval>,
    /// Whether tools without an entry of their own are offered; null: no choice made here.
    pub default_tools_enabled: Option<bool>,
    /// Whether tools that destroy data are offered; null: no choice made here.
    pub destructive_enabled: Option<bool>,
    /// Whether the app may be used. Default true.
    #[serde(default = "crate::default_true")]
    pub enabled: bool,
    /// Settings by connected account, keyed by the id of its link; null: none.
    pub links: Option<AppLinksConfig>,
    /// Further places where the model is not to find the app's tools; null: none.
    pub omit_tools_from: Option<Vec<ToolExposureSurface>>,
    /// Whether tools that reach beyond the app are offered; null: no choice made here.
    pub open_world_enabled: Option<bool>,
    /// Settings by name of the tool; null: none.
    pub tools: Option<AppToolsConfig>,
}

/// Settings of one account connected to an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppLinkConfig {
    /// Who answers approvals of tools used with this account; null: no choice made here.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// When tools used with this account ask; null: no choice made here.
    pub default_tools_approval_mode: Option<AppToolApproval>,
}

/// Settings of the accounts connected to one app: a map from the link's id to `AppLinkConfig`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppLinksConfig {
    /// The entries by link id.
    #[serde(flatten)]
    #[schemars(skip)]
    pub links: BTreeMap<String, AppLinkConfig>,
}

/// Settings of one tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppToolConfig {
    /// When it asks; null: no choice made here.
    pub approval_mode: Option<AppToolApproval>,
    /// Whether it is offered; null: no choice made here.
    pub enabled: Option<bool>,
}

/// Settings of an app's tools: a map from the tool's name to `AppToolConfig`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppToolsConfig {
    /// The entries by tool name.
    #[serde(flatten)]
    #[schemars(skip)]
    pub tools: BTreeMap<String, AppToolConfig>,
}

/// A place where the model finds tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum ToolExposureSurface {
    /// Inside scripts of Code Mode.
    CodeMode,
    /// Through tool search, when looked for.
    Deferred,
    /// In the list of tools that the model gets from the start.
    Direct,
}
