//! `[mcp_servers]`, `[plugins]`, `[marketplaces]`, `[apps]` and `[config_server]`: checked and not shown to clients.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[mcp_servers.<name>]`: a server that is allowed, known by what starts or reaches it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct McpServerToml {
    pub identity: McpIdentity,
}

/// What a server is known by.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "data did not match any variant of untagged enum RawMcpServerIdentity")]
pub(crate) enum McpIdentity {
    Command { command: String },
    Url { url: String },
}

/// `[plugins.<id>]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct PluginToml {
    pub mcp_servers: Option<BTreeMap<String, McpServerToml>>,
}

/// `[marketplaces]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "struct MarketplaceRequirementsToml")]
pub(crate) struct MarketplacesToml {
    pub restrict_to_allowed_sources: Option<bool>,
    pub allowed_sources: Option<BTreeMap<String, MarketplaceSource>>,
}

/// `[marketplaces.allowed_sources.<name>]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarketplaceSource {
    pub source: MarketplaceSourceKind,
    pub url: Option<String>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub host_pattern: Option<String>,
    pub path: Option<String>,
}

/// How a source is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MarketplaceSourceKind {
    Git,
    HostPattern,
    Local,
}

/// `[apps]`, by app.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(expecting = "struct AppsRequirementsToml")]
pub(crate) struct AppsToml {
    // Flattened, so that an error is about the table, as clients know it.
    #[serde(flatten)]
    pub entries: BTreeMap<String, AppToml>,
}

/// `[apps.<id>]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct AppToml {
    pub enabled: Option<bool>,
    pub tools: Option<BTreeMap<String, AppToolToml>>,
}

/// `[apps.<id>.tools.<tool>]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct AppToolToml {
    pub approval_mode: Option<AppApprovalMode>,
}

/// When a tool of an app is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AppApprovalMode {
    Auto,
    Prompt,
    Writes,
    Approve,
}

/// `[config_server]`: a server of the organisation that hands out configuration.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "struct ConfigServerInput")]
pub(crate) struct ConfigServerToml {
    pub base_url: String,
    pub oauth: Option<ConfigServerOauth>,
}

/// `[config_server.oauth]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "struct OAuthSessionConfig")]
pub(crate) struct ConfigServerOauth {
    pub authorization_url: Option<String>,
    pub token_url: Option<String>,
    pub device_authorization_url: Option<String>,
    pub client_id: Option<String>,
    pub resource: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub redirect_port: Option<u16>,
}
