//! Asking the client for more permissions than a turn has, and the vocabulary in which file and network permissions are
//! written. The answer may grant less than was asked, for the turn or for the session; what was granted is shown to the
//! model.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::LegacyAppPathString;

/// Permissions that one command asks for on top of its sandbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPermissionProfile {
    /// Network permissions, laid over those in force; null leaves them as they are.
    pub network: Option<AdditionalNetworkPermissions>,
    /// File permissions, laid over those in force; null leaves them as they are.
    pub file_system: Option<AdditionalFileSystemPermissions>,
}

/// What the client grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-never-null" = true))]
pub struct GrantedPermissionProfile {
    /// Network permissions granted; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<AdditionalNetworkPermissions>,
    /// File permissions granted; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_system: Option<AdditionalFileSystemPermissions>,
}

/// How long a grant lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PermissionGrantScope {
    /// Until the turn ends.
    #[default]
    Turn,
    /// Until the session ends.
    Session,
}

/// Params of `item/permissions/requestApproval`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PermissionsRequestApprovalParams {
    /// The thread that asks.
    pub thread_id: String,
    /// The turn that waits for the answer.
    pub turn_id: String,
    /// Id of the model's call.
    pub item_id: String,
    /// The environment it would hold in; null when not named.
    #[serde(default)]
    pub environment_id: Option<String>,
    /// When the question was raised, in Unix milliseconds.
    pub started_at_ms: i64,
    /// Working directory that goes with the request.
    pub cwd: LegacyAppPathString,
    /// Why the model wants them, for people; null when it does not say.
    pub reason: Option<String>,
    /// The permissions asked for.
    pub permissions: RequestPermissionProfile,
}

/// Result of `item/permissions/requestApproval`, from the client. An empty grant refuses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PermissionsRequestApprovalResponse {
    /// What is granted.
    pub permissions: GrantedPermissionProfile,
    /// How long it lasts. Default `turn`.
    #[serde(default)]
    pub scope: PermissionGrantScope,
    /// Whether all further commands of the turn are reviewed first, even those that would just run in the sandbox.
    /// Absent or null: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict_auto_review: Option<bool>,
}

/// File permissions on top of those of the sandbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-never-null" = true))]
pub struct AdditionalFileSystemPermissions {
    /// Paths to be read, the older form of `entries`, which is to replace it; null: none.
    pub read: Option<Vec<LegacyAppPathString>>,
    /// Paths to be written, the older form of `entries`, which is to replace it; null: none.
    pub write: Option<Vec<LegacyAppPathString>>,
    /// How many levels deep to search for matches of glob patterns, 1 or more; null: not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glob_scan_max_depth: Option<std::num::NonZeroUsize>,
    /// Rules by path; null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<FileSystemSandboxEntry>>,
}

/// Network permissions on top of those of the sandbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdditionalNetworkPermissions {
    /// Whether the network may be reached; null: not asked for or not granted.
    pub enabled: Option<bool>,
}

/// What may be done with files at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum FileSystemAccessMode {
    /// Reading.
    Read,
    /// Reading and writing.
    Write,
    /// Nothing.
    Deny,
}

/// The files that a rule is about, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FileSystemPath {
    /// A path and all below it.
    Path {
        /// The path.
        path: LegacyAppPathString,
    },
    /// All files that match a pattern.
    GlobPattern {
        /// The pattern, with wildcards.
        pattern: String,
    },
    /// A place known by its role.
    Special {
        /// The place.
        value: FileSystemSpecialPath,
    },
}

/// One rule: what may be done at which place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileSystemSandboxEntry {
    /// The place.
    pub path: FileSystemPath,
    /// What may be done there.
    pub access: FileSystemAccessMode,
}

/// A place known by its role instead of its path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileSystemSpecialPath {
    /// The root of the file system.
    Root,
    /// The least that programs need to run.
    Minimal,
    /// The workspace roots of the thread.
    ProjectRoots {
        /// A path below each root; null: the roots themselves.
        subpath: Option<LegacyAppPathString>,
    },
    /// The folder for temporary files that `TMPDIR` names.
    Tmpdir,
    /// The folder `/tmp`.
    SlashTmp,
    /// A place whose role is not known here, kept as it came.
    Unknown {
        /// Its name.
        path: String,
        /// A path below it; null: the place itself.
        subpath: Option<LegacyAppPathString>,
    },
}

/// The permissions asked for; unknown keys are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestPermissionProfile {
    /// Network permissions; null: none asked for.
    pub network: Option<AdditionalNetworkPermissions>,
    /// File permissions; null: none asked for.
    pub file_system: Option<AdditionalFileSystemPermissions>,
}
