//! `[permissions.<id>]`: permission profiles.

mod mitm;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use mitm::*;

/// `[permissions]`: profiles by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionsToml {
    /// Profiles by id.
    #[serde(flatten)]
    pub profiles: BTreeMap<String, PermissionProfileToml>,
}

/// `[permissions.<id>]`: a permission profile of the user's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionProfileToml {
    /// What it is for.
    pub description: Option<String>,
    /// Id of the profile it builds on.
    pub extends: Option<String>,
    /// Workspace roots, path to switch.
    pub workspace_roots: Option<WorkspaceRootsToml>,
    /// Which files may be touched.
    pub filesystem: Option<FilesystemPermissionsToml>,
    /// What it says about the network.
    pub network: Option<NetworkToml>,
}

/// `[permissions.<id>.workspace_roots]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorkspaceRootsToml {
    /// Path to switch.
    #[serde(flatten)]
    pub entries: BTreeMap<String, bool>,
}

/// `[permissions.<id>.filesystem]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilesystemPermissionsToml {
    /// How deep a pattern such as `**` looks; at least 1.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub glob_scan_max_depth: Option<usize>,
    /// A path that is absolute, begins with `~/` or is a symbolic name such as `:root`, to what may be done with it.
    #[serde(flatten)]
    pub entries: BTreeMap<String, FilesystemPermissionToml>,
}

/// What may be done with a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FilesystemPermissionToml {
    /// The same for all below it.
    Access(FileAccess),
    /// By path or pattern below it.
    Scoped(BTreeMap<String, FileAccess>),
}

/// What may be done with files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileAccess {
    /// Reading.
    Read,
    /// Reading and writing.
    Write,
    /// Nothing.
    #[serde(alias = "none")]
    Deny,
}

/// `[permissions.<id>.network]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkToml {
    /// Whether the network may be used at all.
    pub enabled: Option<bool>,
    /// Address of the HTTP proxy.
    pub proxy_url: Option<String>,
    /// Whether there is a SOCKS5 proxy too.
    pub enable_socks5: Option<bool>,
    /// Address of the SOCKS5 proxy.
    pub socks_url: Option<String>,
    /// Whether it carries UDP.
    pub enable_socks5_udp: Option<bool>,
    /// Whether a further proxy may stand behind it.
    pub allow_upstream_proxy: Option<bool>,
    /// Whether the proxy may listen on other than loopback addresses.
    pub dangerously_allow_non_loopback_proxy: Option<bool>,
    /// Whether every unix socket may be used.
    pub dangerously_allow_all_unix_sockets: Option<bool>,
    /// How much of the network is let through.
    pub mode: Option<NetworkMode>,
    /// Host pattern to decision.
    pub domains: Option<NetworkDomainPermissionsToml>,
    /// Unix socket path to decision.
    pub unix_sockets: Option<NetworkUnixSocketPermissionsToml>,
    /// Whether local ports may be opened.
    pub allow_local_binding: Option<bool>,
    /// Interception of TLS.
    pub mitm: Option<NetworkMitmToml>,
}

/// Decisions about hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkDomainPermissionsToml {
    /// Host pattern to decision.
    #[serde(flatten)]
    pub entries: BTreeMap<String, NetworkDecision>,
}

/// Decisions about unix sockets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkUnixSocketPermissionsToml {
    /// Path to decision.
    #[serde(flatten)]
    pub entries: BTreeMap<String, NetworkDecision>,
}

/// How much of the network is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NetworkMode {
    /// Reading requests only.
    Limited,
    /// Everything that the domains allow.
    Full,
}

/// A decision about a host or a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NetworkDecision {
    /// Let through.
    Allow,
    /// Refused.
    Deny,
}
