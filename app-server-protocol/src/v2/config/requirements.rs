//! Requirements: what an administrator demands of the configuration, in `requirements.toml`, through the cloud or by
//! device management. Lists of allowed values bend what a thread gets and refuse no write; demanded values replace the
//! configured ones and refuse writes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::{LegacyAppPathString, ReasoningEffort};
use crate::v2::{
    ApplicationNetworkRequirements, ApprovalsReviewer, AskForApproval, BrowserUseRequirements, ComputerUseRequirements,
    ForcedLoginMethod, InAppBrowserRequirements, ManagedHooksRequirements, NetworkRequirements, OtelRequirements,
    SandboxMode, WebSearchMode,
};

/// What is demanded of the desktop application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationRequirements {
    /// Hosts it may contact; null: no demand.
    pub network: Option<ApplicationNetworkRequirements>,
    /// Where it puts new workspaces; null: no demand.
    pub storage: Option<ApplicationStorageRequirements>,
}

/// Where the desktop application puts new workspaces. Sets places only; it limits no access to files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationStorageRequirements {
    /// Folder in which new projects are made; null: no demand.
    pub default_project_parent: Option<LegacyAppPathString>,
    /// Folder for workspaces that belong to no project; null: no demand.
    pub projectless_workspace_root: Option<LegacyAppPathString>,
}

/// What is demanded of the automatic review of approvals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AutoReviewRequirements {
    /// Models with which automatic review must be on; null: no demand.
    pub required_on_models: Option<Vec<String>>,
    /// Rules that automatic review ignores; null: none.
    pub ignore_rules: Option<Vec<String>>,
}

/// Where login tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CliAuthCredentialsStoreMode {
    /// In `auth.json` in the codex home.
    File,
    /// In the keyring of the system.
    Keyring,
    /// In the keyring, or in the file where there is none.
    Auto,
    /// In memory, until the server ends.
    Ephemeral,
}

/// The requirements. A field that is absent or null demands nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigRequirements {
    /// Id of the model provider that must be used.
    pub model_provider: Option<String>,
    /// Definitions of providers as they must be, by id, complete and spelled as in `config.toml`.
    pub model_providers: Option<BTreeMap<String, JsonValue>>,
    /// Ways to log in that remain after all restrictions, those by `forced_login_method` and workspace included; all of
    /// them when nothing limits it. Empty: none is allowed. Absent with older servers.
    pub allowed_login_methods: Option<Vec<ForcedLoginMethod>>,
    /// Where login tokens must be kept.
    pub cli_auth_credentials_store: Option<CliAuthCredentialsStoreMode>,
    /// Base URL of the ChatGPT backend that must be used.
    pub chatgpt_base_url: Option<String>,
    /// Text that is added to the developer instructions.
    pub additional_developer_instructions: Option<String>,
    /// Approval policies that may be used, the preferred one first: it replaces a configured one that is not listed.
    pub allowed_approval_policies: Option<Vec<AskForApproval>>,
    /// Who may answer approvals, the preferred one first.
    #[schemars(extend("x-experimental" = true))]
    pub allowed_approvals_reviewers: Option<Vec<ApprovalsReviewer>>,
    /// Sandbox modes that may be used, the preferred one first; `read-only` is always among them.
    pub allowed_sandbox_modes: Option<Vec<SandboxMode>>,
    /// Kinds of Windows sandbox that may be used.
    pub allowed_windows_sandbox_implementations: Option<Vec<WindowsSandboxImplementation>>,
    /// Permission profiles by id: true allows, false forbids.
    pub allowed_permission_profiles: Option<BTreeMap<String, bool>>,
    /// Id of the permission profile that is the default; comes with `allowedPermissionProfiles`.
    pub default_permissions: Option<String>,
    /// Web search modes that may be used; `disabled` is always among them.
    pub allowed_web_search_modes: Option<Vec<WebSearchMode>>,
    /// Whether only the administrator's hooks run.
    pub allow_managed_hooks_only: Option<bool>,
    /// Whether the agent may use the browser and the computer's screen.
    pub allow_browser_and_computer_use: Option<bool>,
    /// Whether appshots may be used.
    pub allow_appshots: Option<bool>,
    /// Whether remote control may be used.
    pub allow_remote_control: Option<bool>,
    /// Limits on operating the computer.
    pub computer_use: Option<ComputerUseRequirements>,
    /// Limits on operating the browser.
    pub browser_use: Option<BrowserUseRequirements>,
    /// Limits on the browser inside the application.
    pub in_app_browser: Option<InAppBrowserRequirements>,
    /// Features by name and whether they must be on or off; writing the opposite is refused.
    pub feature_requirements: Option<BTreeMap<String, bool>>,
    /// The administrator's hooks.
    #[schemars(extend("x-experimental" = true))]
    pub hooks: Option<ManagedHooksRequirements>,
    /// Where data must stay.
    pub enforce_residency: Option<ResidencyRequirement>,
    /// Limits on the network of sandboxed commands.
    #[schemars(extend("x-experimental" = true))]
    pub network: Option<NetworkRequirements>,
    /// What is demanded of the desktop application.
    #[schemars(extend("x-experimental" = true))]
    pub application: Option<ApplicationRequirements>,
    /// What is demanded of the automatic review of approvals.
    pub auto_review: Option<AutoReviewRequirements>,
    /// Defaults for models.
    pub models: Option<ModelsRequirements>,
    /// Folder that the databases must be in.
    pub sqlite_home: Option<String>,
    /// Folder that logs must be in, as a `file://` URI.
    pub log_dir: Option<String>,
    /// File with the model catalogue that must be used.
    pub model_catalog_json: Option<String>,
    /// Whether the CLI must look for updates at its start.
    pub check_for_update_on_startup: Option<bool>,
    /// Whether tools may ask for a login shell.
    pub allow_login_shell: Option<bool>,
    /// What is demanded of sending feedback.
    pub feedback: Option<FeedbackRequirements>,
    /// What is demanded of telemetry by OpenTelemetry.
    pub otel: Option<OtelRequirements>,
}

/// Result of `configRequirements/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigRequirementsReadResponse {
    /// Whether the demands on Fast and on Ultra Fast are kept apart. Absent or null, as with older servers: Fast
    /// governs both.
    #[serde(default)]
    pub supports_independent_speed_modes: Option<bool>,
    /// The requirements; null when no source sets any.
    pub requirements: Option<ConfigRequirements>,
}

/// What is demanded of sending feedback.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FeedbackRequirements {
    /// Whether feedback may be sent; null: no demand.
    pub enabled: Option<bool>,
}

/// Defaults for models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelsRequirements {
    /// What new threads start with; null: nothing set.
    pub new_thread: Option<NewThreadModelDefaults>,
}

/// What new threads start with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewThreadModelDefaults {
    /// Slug of the model; null: none set.
    pub model: Option<String>,
    /// Reasoning effort; null: none set.
    pub model_reasoning_effort: Option<ReasoningEffort>,
    /// Service tier, such as `default`, `priority` or `flex`; null: none set.
    pub service_tier: Option<String>,
}

/// One header that is added to requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RequestHeader {
    /// Name of the header.
    pub name: String,
    /// Value of the header; it may be a secret: never logged.
    pub value: String,
}

/// Where data must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ResidencyRequirement {
    /// In the United States.
    Us,
}

/// A kind of Windows sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WindowsSandboxImplementation {
    /// The one that is set up with administrator rights.
    Elevated,
    /// The one that needs no administrator rights.
    Unelevated,
    /// The one by MXC.
    Mxc,
}
