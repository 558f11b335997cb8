//! `[experimental_network]`: the network of sandboxed commands. An older form with lists is read into the one with maps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::keys::AllowDeny;

/// `[experimental_network]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "RawNetwork")]
pub(crate) struct NetworkToml {
    switches: Switches,
    domains: BTreeMap<String, AllowDeny>,
    unix_sockets: BTreeMap<String, AllowDeny>,
}

/// The keys that are shown as they are read.
#[derive(Clone, Debug, Default, PartialEq)]
struct Switches {
    enabled: Option<bool>,
    http_port: Option<u16>,
    socks_port: Option<u16>,
    allow_upstream_proxy: Option<bool>,
    dangerously_allow_non_loopback_proxy: Option<bool>,
    dangerously_allow_all_unix_sockets: Option<bool>,
    review_domains: Option<Vec<String>>,
    managed_allowed_domains_only: Option<bool>,
    allow_local_binding: Option<bool>,
}

/// The table as a file has it, in either form.
#[derive(Deserialize)]
#[serde(expecting = "struct RawNetworkRequirementsToml")]
struct RawNetwork {
    enabled: Option<bool>,
    http_port: Option<u16>,
    socks_port: Option<u16>,
    allow_upstream_proxy: Option<bool>,
    dangerously_allow_non_loopback_proxy: Option<bool>,
    dangerously_allow_all_unix_sockets: Option<bool>,
    domains: Option<Verdicts>,
    allowed_domains: Option<Vec<String>>,
    denied_domains: Option<Vec<String>>,
    review_domains: Option<Vec<String>>,
    managed_allowed_domains_only: Option<bool>,
    unix_sockets: Option<Verdicts>,
    allow_unix_sockets: Option<Vec<String>>,
    allow_local_binding: Option<bool>,
}

/// Verdicts by name.
#[derive(Default, Deserialize)]
struct Verdicts {
    // Flattened, so that an error is about the table, as clients know it.
    #[serde(flatten)]
    entries: BTreeMap<String, AllowDeny>,
}

impl TryFrom<RawNetwork> for NetworkToml {
    type Error = String;

    fn try_from(raw: RawNetwork) -> Result<Self, String> {
        if raw.domains.is_some() && (raw.allowed_domains.is_some() || raw.denied_domains.is_some()) {
            return Err("`domains` cannot be combined with legacy `allowed_domains` or `denied_domains` in managed \
                        network requirements"
                .to_owned());
        }
        if raw.unix_sockets.is_some() && raw.allow_unix_sockets.is_some() {
            return Err("`unix_sockets` cannot be combined with legacy `allow_unix_sockets` in managed network \
                        requirements"
                .to_owned());
        }
        let mut domains = raw.domains.unwrap_or_default().entries;
        domains.extend(raw.allowed_domains.into_iter().flatten().map(|domain| (domain, AllowDeny::Allow)));
        domains.extend(raw.denied_domains.into_iter().flatten().map(|domain| (domain, AllowDeny::Deny)));
        let mut unix_sockets = raw.unix_sockets.unwrap_or_default().entries;
        unix_sockets.extend(raw.allow_unix_sockets.into_iter().flatten().map(|path| (path, AllowDeny::Allow)));
        let switches = Switches {
            enabled: raw.enabled,
            http_port: raw.http_port,
            socks_port: raw.socks_port,
            allow_upstream_proxy: raw.allow_upstream_proxy,
            dangerously_allow_non_loopback_proxy: raw.dangerously_allow_non_loopback_proxy,
            dangerously_allow_all_unix_sockets: raw.dangerously_allow_all_unix_sockets,
            review_domains: raw.review_domains,
            managed_allowed_domains_only: raw.managed_allowed_domains_only,
            allow_local_binding: raw.allow_local_binding,
        };
        Ok(Self { switches, domains, unix_sockets })
    }
}

/// The network as clients see it: the maps, and the lists that older clients read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NetworkView {
    enabled: Option<bool>,
    http_port: Option<u16>,
    socks_port: Option<u16>,
    allow_upstream_proxy: Option<bool>,
    dangerously_allow_non_loopback_proxy: Option<bool>,
    dangerously_allow_all_unix_sockets: Option<bool>,
    domains: Option<BTreeMap<String, AllowDeny>>,
    review_domains: Option<Vec<String>>,
    managed_allowed_domains_only: Option<bool>,
    allowed_domains: Option<Vec<String>>,
    denied_domains: Option<Vec<String>>,
    unix_sockets: Option<BTreeMap<String, AllowDeny>>,
    allow_unix_sockets: Option<Vec<String>>,
    allow_local_binding: Option<bool>,
}

impl NetworkToml {
    /// The network as clients see it. Empty maps and lists are none.
    pub(super) fn view(&self) -> NetworkView {
        let switches = self.switches.clone();
        NetworkView {
            enabled: switches.enabled,
            http_port: switches.http_port,
            socks_port: switches.socks_port,
            allow_upstream_proxy: switches.allow_upstream_proxy,
            dangerously_allow_non_loopback_proxy: switches.dangerously_allow_non_loopback_proxy,
            dangerously_allow_all_unix_sockets: switches.dangerously_allow_all_unix_sockets,
            domains: (!self.domains.is_empty()).then(|| self.domains.clone()),
            review_domains: switches.review_domains,
            managed_allowed_domains_only: switches.managed_allowed_domains_only,
            allowed_domains: keys_with(&self.domains, AllowDeny::Allow),
            denied_domains: keys_with(&self.domains, AllowDeny::Deny),
            unix_sockets: (!self.unix_sockets.is_empty()).then(|| self.unix_sockets.clone()),
            allow_unix_sockets: keys_with(&self.unix_sockets, AllowDeny::Allow),
            allow_local_binding: switches.allow_local_binding,
        }
    }
}

fn keys_with(map: &BTreeMap<String, AllowDeny>, verdict: AllowDeny) -> Option<Vec<String>> {
    let keys: Vec<String> = map.iter().filter(|(_, found)| **found == verdict).map(|(key, _)| key.clone()).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Replaces the lists of a file by the maps, so that files in either form merge. The table has been checked before.
pub(super) fn with_maps(network: &mut Table) {
    for (list, map, verdict) in [
        ("allowed_domains", "domains", "allow"),
        ("denied_domains", "domains", "deny"),
        ("allow_unix_sockets", "unix_sockets", "allow"),
    ] {
        let Some(Value::Array(entries)) = network.remove(list) else {
            continue;
        };
        let Value::Table(target) = network.entry(map).or_insert_with(|| Value::Table(Table::new())) else {
            continue;
        };
        for entry in entries {
            if let Value::String(entry) = entry {
                target.insert(entry, Value::String(verdict.to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_maps_say_the_same() {
        let text = "allowed_domains = ['a']\ndenied_domains = ['b']\nallow_unix_sockets = ['/s']\nenabled = true";
        let mut table: Table = toml::from_str(text).unwrap();
        let listed: NetworkToml = toml::from_str(text).unwrap();
        with_maps(&mut table);
        let mapped = "enabled = true\ndomains = {a = 'allow', b = 'deny'}\nunix_sockets = {'/s' = 'allow'}";
        assert_eq!(table, toml::from_str(mapped).unwrap());
        assert_eq!(listed, toml::from_str(mapped).unwrap());
    }
}
