//! `[permissions.<id>.network.mitm]`: requests that the proxy looks into and changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The only version of this table.
const VERSION: u8 = 2;

/// `[permissions.<id>.network.mitm]`: which requests are looked into, and what is done with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "NetworkMitmTomlUnchecked")]
#[schemars(!try_from, deny_unknown_fields)]
pub struct NetworkMitmToml {
    /// Version of this table: 2, or unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2, max = 2))]
    pub version: Option<u8>,
    /// Requests by a name of one's own.
    pub hooks: Option<BTreeMap<String, NetworkMitmHookToml>>,
    /// Actions by a name of one's own.
    pub actions: Option<BTreeMap<String, NetworkMitmActionToml>>,
}

/// The table before it is checked as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkMitmTomlUnchecked {
    version: Option<u8>,
    hooks: Option<BTreeMap<String, NetworkMitmHookToml>>,
    actions: Option<BTreeMap<String, NetworkMitmActionToml>>,
}

impl TryFrom<NetworkMitmTomlUnchecked> for NetworkMitmToml {
    type Error = String;

    fn try_from(keys: NetworkMitmTomlUnchecked) -> Result<Self, String> {
        if let Some(version) = keys.version.filter(|version| *version != VERSION) {
            return Err(format!("unsupported network.mitm.version {version}"));
        }
        for (name, hook) in keys.hooks.iter().flatten() {
            if hook.action.is_empty() {
                return Err(format!("network.mitm.hooks.{name}.action must not be empty"));
            }
        }
        for (name, action) in keys.actions.iter().flatten() {
            if *action == NetworkMitmActionToml::default() {
                return Err(format!("network.mitm.actions.{name} must define at least one operation"));
            }
        }
        Ok(Self { version: keys.version, hooks: keys.hooks, actions: keys.actions })
    }
}

/// Requests, and the actions for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkMitmHookToml {
    /// URL schemes; empty means every one.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// Ports; empty means every one.
    #[serde(default)]
    pub ports: Vec<u16>,
    /// The host.
    pub host: String,
    /// HTTP methods.
    pub methods: Vec<String>,
    /// Beginnings of the path.
    pub path_prefixes: Vec<String>,
    /// Query parameters, name to values.
    #[serde(default)]
    pub query: BTreeMap<String, Vec<String>>,
    /// Headers, name to values.
    #[serde(default)]
    pub headers: BTreeMap<String, Vec<String>>,
    /// What the body must hold.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Value>")]
    pub body: Option<toml::Value>,
    /// Names of actions.
    pub action: Vec<String>,
}

/// What is done with a request; at least one of these.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkMitmActionToml {
    /// Placeholders in the body that are replaced by secrets.
    #[serde(default)]
    pub body_secret_substitution: Option<BodySecretSubstitutionConfig>,
    /// Signs the request for AWS.
    #[serde(default)]
    pub aws_sigv4: Option<AwsSigV4Config>,
    /// Headers that are taken out.
    #[serde(default)]
    pub strip_request_headers: Vec<String>,
    /// Headers that are added.
    #[serde(default)]
    pub inject_request_headers: Vec<NetworkMitmInjectedHeaderToml>,
}

/// Placeholders in a body that are replaced by secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodySecretSubstitutionConfig {
    /// The placeholders.
    pub replacements: Vec<BodySecretReplacement>,
    /// The only port for which it is done.
    #[serde(default)]
    pub port: Option<u16>,
    /// Largest body in bytes.
    #[serde(default)]
    pub max_body_bytes: Option<usize>,
}

/// A placeholder and its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodySecretReplacement {
    /// The text that is replaced.
    pub placeholder: String,
    /// What it is replaced by.
    pub secret: SecretSource,
}

/// Where a secret is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecretSource {
    /// In an environment variable.
    EnvVar(String),
    /// In a file.
    File(String),
}

/// A signature for AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwsSigV4Config {
    /// Key id in the request, which marks it.
    pub placeholder_access_key_id: String,
    /// The region.
    pub region: String,
    /// The service.
    pub service: String,
    /// Real key id.
    pub access_key_id: SecretSource,
    /// Real secret key.
    pub secret_access_key: SecretSource,
    /// Session token.
    #[serde(default)]
    pub session_token: Option<SecretSource>,
    /// The only port for which it is done.
    #[serde(default)]
    pub port: Option<u16>,
    /// Largest body in bytes.
    #[serde(default)]
    pub max_body_bytes: Option<usize>,
}

/// A header that is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkMitmInjectedHeaderToml {
    /// Value in the request that is replaced; unset means the header is set whatever it was.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// Name of the header.
    #[serde(default)]
    pub name: Option<String>,
    /// Environment variable with the value.
    #[serde(default)]
    pub secret_env_var: Option<String>,
    /// File with the value.
    #[serde(default)]
    pub secret_file: Option<String>,
    /// Text before the value.
    #[serde(default)]
    pub prefix: Option<String>,
}
