//! The sandbox on Windows: whether it is set up, setting it up, and a warning about folders that everyone may write to.
//! The methods answer on other systems too, where a setup fails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;

/// Whether the Windows sandbox can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WindowsSandboxReadiness {
    /// It can be used.
    Ready,
    /// It is not set up, or this is not Windows.
    NotConfigured,
    /// It is set up, but needs an update first.
    UpdateRequired,
}

/// Result of `windowsSandbox/readiness`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WindowsSandboxReadinessResponse {
    /// Whether it can be used.
    pub status: WindowsSandboxReadiness,
}

/// `windowsSandbox/setupCompleted`: how a setup went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WindowsSandboxSetupCompletedNotification {
    /// The kind of setup that was asked for.
    pub mode: WindowsSandboxSetupMode,
    /// Whether the sandbox is set up now. False on systems other than Windows.
    pub success: bool,
    /// Why it failed, for people; null on success.
    pub error: Option<String>,
}

/// Which kind of Windows sandbox to set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WindowsSandboxSetupMode {
    /// With the rights of an administrator.
    Elevated,
    /// With the rights of the user alone.
    Unelevated,
}

/// Params of `windowsSandbox/setupStart`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WindowsSandboxSetupStartParams {
    /// The kind to set up.
    pub mode: WindowsSandboxSetupMode,
    /// Working directory to set it up for; absolute. May be absent or null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<AbsolutePathBuf>,
}

/// Result of `windowsSandbox/setupStart`, sent before the setup ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WindowsSandboxSetupStartResponse {
    /// Whether the setup began; true says nothing about its success.
    pub started: bool,
}

/// `windows/worldWritableWarning`: folders that everyone may write to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WindowsWorldWritableWarningNotification {
    /// Some of the folders, as examples.
    pub sample_paths: Vec<String>,
    /// How many more there are besides the examples.
    pub extra_count: usize,
    /// Whether the search for such folders failed.
    pub failed_scan: bool,
}
