//! The keys of requirements.toml, as types.
//!
//! One structure serves both sides: keys are read as the file spells them and written as clients see them. A table that
//! demands nothing counts as absent. Where a text of serde names a type, it is the one that clients know.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::browser::{BrowserUse, ComputerUse, InAppBrowser};
use super::extensions::{AppsToml, ConfigServerToml, MarketplacesToml, McpServerToml, PluginToml};
use super::hooks::ManagedHooks;
use super::network::NetworkToml;
use super::otel::Otel;
use super::rules::RulesToml;
use crate::keys::{
    ApprovalPolicy, ApprovalsReviewer, LoginMethod, LoginStore, ModelProviderToml, PermissionProfileToml,
    ReasoningEffort, SandboxMode, WebSearchMode,
};

/// A requirements.toml, or several composed ones. A key that is absent demands nothing.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct RequirementsToml {
    pub allowed_approval_policies: Option<Vec<ApprovalPolicy>>,
    pub allowed_approvals_reviewers: Option<Vec<ApprovalsReviewer>>,
    pub allowed_sandbox_modes: Option<Vec<AllowedSandboxMode>>,
    pub allowed_web_search_modes: Option<Vec<WebSearchMode>>,
    pub allowed_login_methods: Option<Vec<LoginMethod>>,
    pub allowed_chatgpt_workspaces: Option<Vec<String>>,
    pub allowed_permission_profiles: Option<BTreeMap<String, bool>>,
    pub default_permissions: Option<String>,
    pub permissions: Option<PermissionsToml>,
    pub remote_sandbox_config: Option<Vec<RemoteSandboxToml>>,
    #[serde(alias = "feature_requirements")]
    pub features: Option<FeatureRequirements>,
    pub hooks: Option<ManagedHooks>,
    pub allow_managed_hooks_only: Option<bool>,
    pub allow_browser_and_computer_use: Option<bool>,
    pub allow_appshots: Option<bool>,
    pub allow_remote_control: Option<bool>,
    pub computer_use: Option<ComputerUse>,
    pub browser_use: Option<BrowserUse>,
    pub in_app_browser: Option<InAppBrowser>,
    pub enforce_residency: Option<Residency>,
    pub experimental_network: Option<NetworkToml>,
    pub application: Option<Application>,
    pub auto_review: Option<AutoReview>,
    pub models: Option<Models>,
    pub windows: Option<WindowsToml>,
    pub additional_developer_instructions: Option<String>,

    pub model_provider: Option<String>,
    pub model_providers: Option<BTreeMap<String, ModelProviderToml>>,
    pub cli_auth_credentials_store: Option<LoginStore>,
    pub chatgpt_base_url: Option<String>,
    pub sqlite_home: Option<PathBuf>,
    pub log_dir: Option<PathBuf>,
    pub model_catalog_json: Option<PathBuf>,
    pub check_for_update_on_startup: Option<bool>,
    pub allow_login_shell: Option<bool>,
    pub feedback: Option<Feedback>,
    pub otel: Option<Otel>,

    pub mcp_servers: Option<BTreeMap<String, McpServerToml>>,
    pub plugins: Option<BTreeMap<String, PluginToml>>,
    pub marketplaces: Option<MarketplacesToml>,
    pub apps: Option<AppsToml>,
    pub rules: Option<RulesToml>,
    pub guardian_policy_config: Option<String>,
    pub guardian_extra_policy: Option<String>,
    pub config_server: Option<ConfigServerToml>,
    pub unsafe_enforce_sqlite_journal_mode: Option<bool>,
}

/// Names of the older spelling of a key, and the one it has today.
pub(super) const OLD_KEYS: [(&str, &str); 1] = [("feature_requirements", "features")];

impl RequirementsToml {
    /// Drops what demands nothing.
    pub fn without_empty(mut self) -> Self {
        drop_default(&mut self.features);
        drop_default(&mut self.hooks);
        drop_default(&mut self.computer_use);
        drop_default(&mut self.browser_use);
        drop_default(&mut self.in_app_browser);
        drop_default(&mut self.application);
        drop_default(&mut self.auto_review);
        if let Some(models) = &mut self.models {
            drop_default(&mut models.new_thread);
        }
        drop_default(&mut self.models);
        drop_default(&mut self.windows);
        drop_default(&mut self.feedback);
        drop_default(&mut self.otel);
        drop_default(&mut self.marketplaces);
        if let Some(permissions) = &mut self.permissions
            && permissions.filesystem.as_ref().is_some_and(|filesystem| {
                filesystem.deny_read.as_ref().is_some_and(Vec::is_empty) && permissions.profiles.is_empty()
            })
        {
            self.permissions = None;
        }
        drop_default(&mut self.permissions);
        if let Some(apps) = &mut self.apps {
            apps.entries.retain(|_, app| *app != Default::default());
        }
        drop_default(&mut self.apps);
        if let Some(plugins) = &mut self.plugins {
            plugins.retain(|_, plugin| *plugin != Default::default());
        }
        drop_default(&mut self.plugins);
        if self.guardian_policy_config.as_ref().is_some_and(|text| text.trim().is_empty()) {
            self.guardian_policy_config = None;
        }
        self
    }

    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn drop_default<T: Default + PartialEq>(value: &mut Option<T>) {
    if value.as_ref().is_some_and(|value| *value == T::default()) {
        *value = None;
    }
}

/// A sandbox mode of a list: those of a configuration, and one that only hosts with a sandbox of their own use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AllowedSandboxMode {
    ReadOnly,
    WorkspaceWrite,
    DangerFullAccess,
    ExternalSandbox,
}

impl AllowedSandboxMode {
    /// The mode as a configuration has it; none for the external sandbox, which is not shown either.
    pub fn configured(self) -> Option<SandboxMode> {
        match self {
            Self::ReadOnly => Some(SandboxMode::ReadOnly),
            Self::WorkspaceWrite => Some(SandboxMode::WorkspaceWrite),
            Self::DangerFullAccess => Some(SandboxMode::DangerFullAccess),
            Self::ExternalSandbox => None,
        }
    }
}

/// Where data must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Residency {
    /// In the United States.
    Us,
}

impl Residency {
    /// The word for it, as requests to a provider carry it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Us => "us",
        }
    }
}

/// Whether something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AllowDeny {
    Allow,
    Deny,
}

/// `[features]`: names, unknown and old ones included, and whether they must be on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FeatureRequirements {
    // Flattened, so that an error is about the table, as clients know it.
    #[serde(flatten)]
    pub entries: BTreeMap<String, bool>,
}

/// `[permissions]`: profiles of the administrator, and files that nothing may read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(expecting = "struct PermissionsRequirementsToml")]
pub(crate) struct PermissionsToml {
    pub filesystem: Option<FilesystemToml>,
    #[serde(flatten)]
    pub profiles: BTreeMap<String, PermissionProfileToml>,
}

/// `[permissions.filesystem]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(expecting = "struct RawFilesystemRequirementsToml")]
pub(crate) struct FilesystemToml {
    pub deny_read: Option<Vec<String>>,
}

/// `[[remote_sandbox_config]]`: sandbox modes for hosts of certain names.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct RemoteSandboxToml {
    pub hostname_patterns: Vec<String>,
    pub allowed_sandbox_modes: Vec<AllowedSandboxMode>,
}

/// `[application]`: the desktop application itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Application {
    pub network: Option<ApplicationNetwork>,
    pub storage: Option<ApplicationStorage>,
}

/// `[application.network]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ApplicationNetwork {
    pub enabled: bool,
    pub domains: BTreeMap<String, AllowDeny>,
}

impl Default for ApplicationNetwork {
    fn default() -> Self {
        Self { enabled: true, domains: BTreeMap::new() }
    }
}

/// `[application.storage]`; paths are absolute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct ApplicationStorage {
    pub default_project_parent: Option<PathBuf>,
    pub projectless_workspace_root: Option<PathBuf>,
}

/// `[auto_review]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct AutoReview {
    pub required_on_models: Option<Vec<String>>,
    pub ignore_rules: Option<Vec<String>>,
}

/// `[models]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct Models {
    pub new_thread: Option<NewThread>,
}

/// `[models.new_thread]`: what clients offer for new threads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, expecting = "struct NewThreadModelDefaultsToml", rename_all(serialize = "camelCase"))]
pub(crate) struct NewThread {
    pub model: Option<String>,
    pub model_reasoning_effort: Option<ReasoningEffort>,
    pub service_tier: Option<String>,
}

/// `[feedback]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, expecting = "struct FeedbackConfigToml")]
pub(crate) struct Feedback {
    pub enabled: Option<bool>,
}

/// `[windows]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct WindowsToml {
    pub allowed_sandbox_implementations: Option<Vec<WindowsSandbox>>,
}

/// A kind of Windows sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WindowsSandbox {
    Elevated,
    Unelevated,
}
