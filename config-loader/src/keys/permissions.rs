//! `[permissions.<id>]`: permission profiles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Table;

/// A permission profile of the user's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PermissionProfileToml {
    /// What it is for.
    pub description: Option<String>,
    /// Id of the profile it builds on.
    pub extends: Option<String>,
    /// Workspace roots, path to switch.
    pub workspace_roots: Option<BTreeMap<String, bool>>,
    /// Path or symbolic name to access.
    pub filesystem: Option<Table>,
    /// What it says about the network.
    pub network: Option<ProfileNetworkToml>,
}

/// `[permissions.<id>.network]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileNetworkToml {
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
    pub domains: Option<BTreeMap<String, NetworkDecision>>,
    /// Unix socket path to decision.
    pub unix_sockets: Option<BTreeMap<String, NetworkDecision>>,
    /// Whether local ports may be opened.
    pub allow_local_binding: Option<bool>,
    /// Interception of TLS.
    pub mitm: Option<Table>,
}

/// How much of the network is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkMode {
    /// Reading requests only.
    Limited,
    /// Everything that the domains allow.
    Full,
}

/// A decision about a host or a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkDecision {
    /// Let through.
    Allow,
    /// Refused.
    Deny,
}
