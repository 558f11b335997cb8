//! `[browser_use]`, `[computer_use]`, `[windows]`: what tools may do outside the sandbox, and the sandbox of Windows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[browser_use]`: what the browser tool may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BrowserUseConfigToml {
    /// Whether the history of the browser may be read.
    pub allow_history_access: Option<bool>,
    /// What holds for origins without an entry.
    pub default_origin_policy: Option<BrowserUseOriginPolicyConfigToml>,
    /// What holds for single origins.
    pub origins: Option<BTreeMap<String, BrowserUseOriginPolicyConfigToml>>,
}

/// What the browser tool may do with an origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BrowserUseOriginPolicyConfigToml {
    /// Opening its pages.
    pub access: Option<AllowOrDeny>,
    /// Downloading from it.
    pub downloads: Option<AllowOrDeny>,
    /// Uploading to it.
    pub uploads: Option<AllowOrDeny>,
    /// Every command of the browser's debugging protocol.
    pub full_cdp_access: Option<AllowOrDeny>,
}

/// `[computer_use]`: which apps the computer tool may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseConfigToml {
    /// What holds for apps without an entry.
    pub default_app_access: Option<AllowOrDeny>,
    /// Apps on macOS.
    pub macos: Option<ComputerUseMacosConfigToml>,
    /// Apps on Windows.
    pub windows: Option<ComputerUseWindowsConfigToml>,
}

/// `[computer_use.macos]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseMacosConfigToml {
    /// Bundle id to decision.
    pub bundle_ids: Option<BTreeMap<String, AllowOrDeny>>,
}

/// `[computer_use.windows]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseWindowsConfigToml {
    /// Id of an app's user model to decision.
    pub aumids: Option<BTreeMap<String, AllowOrDeny>>,
    /// Programs by their signature.
    pub exes: Option<Vec<ComputerUseWindowsExeConfigToml>>,
}

/// A signed program of Windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseWindowsExeConfigToml {
    /// Name of the publisher in the signature.
    pub publisher_name: String,
    /// Name of the product in the file.
    pub product_name: String,
    /// Original name of the file.
    pub binary_name: Option<String>,
    /// The decision.
    pub access: AllowOrDeny,
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AllowOrDeny {
    /// Let through.
    Allow,
    /// Refused.
    Deny,
}

/// `[windows]`: the sandbox of Windows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WindowsToml {
    /// Kind of the sandbox.
    pub sandbox: Option<WindowsSandboxMode>,
    /// Whether the kind `mxc` may be used.
    pub allow_mxc: Option<bool>,
}

/// Kind of the sandbox of Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WindowsSandboxMode {
    /// Set up with the rights of an administrator.
    Elevated,
    /// Set up with the user's own rights.
    Unelevated,
    /// Isolated by the system.
    Mxc,
}
