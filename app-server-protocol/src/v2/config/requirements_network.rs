//! What the requirements of an administrator say about the network: of sandboxed commands (`NetworkRequirements`) and
//! of the application itself (`ApplicationNetworkRequirements`). Part of the answer of `configRequirements/read`; null
//! means that the requirements leave it open.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which domains the application itself may contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationNetworkRequirements {
    /// True restricts it to the domains allowed by name in `domains`; subdomains do not count.
    pub enabled: bool,
    /// Rules by exact domain.
    pub domains: BTreeMap<String, NetworkDomainPermission>,
}

/// Verdict on a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NetworkDomainPermission {
    /// It may be contacted.
    Allow,
    /// It may not be contacted.
    Deny,
}

/// Requirements for the managed network of commands: the proxy they go through, and where they may go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkRequirements {
    /// Whether the managed network is on. Null: no rule.
    pub enabled: Option<bool>,
    /// Port of the HTTP proxy. Null: no rule.
    pub http_port: Option<u16>,
    /// Port of the SOCKS proxy. Null: no rule.
    pub socks_port: Option<u16>,
    /// Whether the managed proxy may itself go through another proxy. Null: no rule.
    pub allow_upstream_proxy: Option<bool>,
    /// Whether the proxy may be on an address other than loopback; dangerous, as other machines may reach it then.
    /// Null: no rule.
    pub dangerously_allow_non_loopback_proxy: Option<bool>,
    /// Whether every Unix socket may be connected to, listed or not; dangerous. Null: no rule.
    pub dangerously_allow_all_unix_sockets: Option<bool>,
    /// Rules by domain; the form to read. Null: no rules.
    pub domains: Option<BTreeMap<String, NetworkDomainPermission>>,
    /// Patterns of hosts that need an approval even where a rule allows them. Null: none.
    pub review_domains: Option<Vec<String>>,
    /// True makes the managed network ignore allowed domains that do not come from the requirements. Null: no rule.
    pub managed_allowed_domains_only: Option<bool>,
    /// The allowed domains of `domains` as a list, for older clients. Null: none.
    pub allowed_domains: Option<Vec<String>>,
    /// The denied domains of `domains` as a list, for older clients. Null: none.
    pub denied_domains: Option<Vec<String>>,
    /// Rules by path of a Unix socket; the form to read. Null: no rules.
    pub unix_sockets: Option<BTreeMap<String, NetworkUnixSocketPermission>>,
    /// The allowed entries of `unixSockets` as a list, for older clients. Null: none.
    pub allow_unix_sockets: Option<Vec<String>>,
    /// Whether local addresses may be bound. Null: no rule.
    pub allow_local_binding: Option<bool>,
}

/// Verdict on a Unix socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NetworkUnixSocketPermission {
    /// It may be connected to.
    Allow,
    /// It may not be connected to.
    Deny,
}
