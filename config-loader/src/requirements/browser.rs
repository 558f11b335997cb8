//! `[computer_use]`, `[browser_use]` and `[in_app_browser]`: handed on to clients, which act on them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keys::AllowDeny;
use crate::secret::Secret;

/// `[computer_use]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct ComputerUse {
    pub allow_locked_computer_use: Option<bool>,
    pub allow_persistent_approval: Option<bool>,
    pub default_app_access: Option<AllowDeny>,
    pub macos: Option<ComputerUseMacos>,
    pub windows: Option<ComputerUseWindows>,
}

/// `[computer_use.macos]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct ComputerUseMacos {
    pub bundle_ids: Option<BTreeMap<String, AllowDeny>>,
}

/// `[computer_use.windows]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ComputerUseWindows {
    pub aumids: Option<BTreeMap<String, AllowDeny>>,
    pub exes: Option<Vec<ComputerUseExe>>,
}

/// `[[computer_use.windows.exes]]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"))]
pub(crate) struct ComputerUseExe {
    pub publisher_name: String,
    pub product_name: String,
    pub binary_name: Option<String>,
    pub access: AllowDeny,
}

/// `[browser_use]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct BrowserUse {
    pub extension: Option<BrowserExtension>,
    pub allow_webmcp: Option<bool>,
    pub allow_history_access: Option<bool>,
    pub disable_auto_review: Option<bool>,
    pub allow_global_persistent_approval: Option<bool>,
    pub default_origin_policy: Option<OriginPolicy>,
    pub origins: Option<BTreeMap<String, OriginPolicy>>,
}

/// `[browser_use.extension]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct BrowserExtension {
    pub request_headers: Option<Vec<RequestHeader>>,
}

/// A header that the extension adds to requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RequestHeader {
    pub name: String,
    pub value: Secret,
}

/// What may be done with an origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct OriginPolicy {
    pub access: Option<AllowDeny>,
    pub downloads: Option<AllowDeny>,
    pub uploads: Option<AllowDeny>,
    pub full_cdp_access: Option<AllowDeny>,
    pub auto_review: Option<AllowDeny>,
    pub persistent_approval: Option<bool>,
    pub access_approval_lifetime: Option<ApprovalLifetime>,
}

/// How long an approval of an origin holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ApprovalLifetime {
    Turn,
    Thread,
}

/// `[in_app_browser]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all(serialize = "camelCase"))]
pub(crate) struct InAppBrowser {
    pub allow_external_browser_settings_import: Option<bool>,
}
