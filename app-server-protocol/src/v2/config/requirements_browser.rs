//! What an administrator demands of browser use, computer use and the in-app browser; part of the answer of
//! `configRequirements/read`. Null everywhere means that the requirements say nothing about it. Read only: these values
//! come from the requirements and cannot be written through the server.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{AllowDenyRequirement, RequestHeader};

/// How long an approved access to an origin holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum BrowserUseAccessApprovalLifetime {
    /// Until the turn ends.
    Turn,
    /// For the rest of the thread.
    Thread,
}

/// Requirements for the browser extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrowserUseExtensionRequirements {
    /// HTTP headers that are prescribed for requests of the extension. Null: none.
    pub request_headers: Option<Vec<RequestHeader>>,
}

/// What browser use may do with an origin; null in a field leaves that question open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrowserUseOriginPolicy {
    /// Whether the origin may be visited at all. Null: no rule.
    pub access: Option<AllowDenyRequirement>,
    /// Whether files may be downloaded from it. Null: no rule.
    pub downloads: Option<AllowDenyRequirement>,
    /// Whether files may be uploaded to it. Null: no rule.
    pub uploads: Option<AllowDenyRequirement>,
    /// Whether the whole Chrome DevTools Protocol may be used there. Null: no rule.
    pub full_cdp_access: Option<AllowDenyRequirement>,
    /// Whether the automatic reviewer may answer approvals for it. Null: no rule.
    pub auto_review: Option<AllowDenyRequirement>,
    /// Whether an approval for it may be kept for good. Null: no rule.
    pub persistent_approval: Option<bool>,
    /// How long an approved access to it holds. Null: no rule.
    pub access_approval_lifetime: Option<BrowserUseAccessApprovalLifetime>,
}

/// Requirements for browser use as a whole, by default, and by origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrowserUseRequirements {
    /// Requirements for the browser extension. Null: none.
    pub extension: Option<BrowserUseExtensionRequirements>,
    /// Whether tools that pages offer through WebMCP may be used. Null: no rule.
    pub allow_webmcp: Option<bool>,
    /// Whether the browsing history may be read. Null: no rule.
    pub allow_history_access: Option<bool>,
    /// True keeps the automatic reviewer out of browser use. Null: no rule.
    pub disable_auto_review: Option<bool>,
    /// Whether a lasting approval may cover every origin at once. Null: no rule.
    pub allow_global_persistent_approval: Option<bool>,
    /// Policy for origins without an entry in `origins`. Null: none.
    pub default_origin_policy: Option<BrowserUseOriginPolicy>,
    /// Policies by origin. Null: none.
    pub origins: Option<BTreeMap<String, BrowserUseOriginPolicy>>,
}

/// Which applications computer use may control on macOS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComputerUseMacosRequirements {
    /// Allowed or denied applications, by bundle id. Null: no rule.
    pub bundle_ids: Option<BTreeMap<String, AllowDenyRequirement>>,
}

/// Requirements for computer use: when, and with which applications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComputerUseRequirements {
    /// Whether it may go on while the computer is locked. Null: no rule.
    pub allow_locked_computer_use: Option<bool>,
    /// Whether an approval may be kept for good. Null: no rule.
    pub allow_persistent_approval: Option<bool>,
    /// Whether applications without a rule of their own may be controlled. Null: no rule.
    pub default_app_access: Option<AllowDenyRequirement>,
    /// Rules for applications on macOS. Null: none.
    pub macos: Option<ComputerUseMacosRequirements>,
    /// Rules for applications on Windows. Null: none.
    pub windows: Option<ComputerUseWindowsRequirements>,
}

/// Rule for a Windows program that is known by what its executable says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComputerUseWindowsExeRequirement {
    /// Publisher of the executable.
    pub publisher_name: String,
    /// Product that the executable belongs to.
    pub product_name: String,
    /// Name of the executable; null when the rule names none.
    pub binary_name: Option<String>,
    /// Whether computer use may control it.
    pub access: AllowDenyRequirement,
}

/// Which applications computer use may control on Windows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComputerUseWindowsRequirements {
    /// Allowed or denied applications, by Application User Model ID. Null: no rule.
    pub aumids: Option<BTreeMap<String, AllowDenyRequirement>>,
    /// Rules for programs that are identified by their executable. Null: none.
    pub exes: Option<Vec<ComputerUseWindowsExeRequirement>>,
}

/// Requirements for the browser inside the desktop app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InAppBrowserRequirements {
    /// Whether settings may be imported from another browser. Null: no rule.
    pub allow_external_browser_settings_import: Option<bool>,
}
