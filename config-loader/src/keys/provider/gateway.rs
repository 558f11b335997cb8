//! Credentials of a model provider that a command or an OAuth login brings: of a gateway, of Amazon Bedrock.

use std::borrow::Cow;
use std::num::{NonZeroU16, NonZeroU64};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de};

/// `[model_providers.<id>.gateway_oauth]`: the credential of a gateway, from a command or an OAuth login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatewayOAuthToml {
    /// Where the credential comes from.
    #[serde(flatten)]
    pub source: GatewayCredentialSource,
    /// Where it is put in a request.
    pub delivery: GatewayOAuthDelivery,
}

/// Where the credential of a gateway comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum GatewayCredentialSource {
    /// A command prints it.
    Command {
        /// The command.
        credential_export: CredentialExportConfig,
    },
    /// The user logs in.
    Login(GatewayOAuthLogin),
}

/// An OAuth login at a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatewayOAuthLogin {
    /// URL of the login page.
    pub authorization_url: String,
    /// URL of the login without a browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_authorization_url: Option<String>,
    /// URL that gives tokens.
    pub token_url: String,
    /// Id of the client.
    pub client_id: String,
    /// Resource that tokens are asked for.
    pub resource: Option<String>,
    /// Scopes that are asked for.
    pub scopes: Vec<String>,
    /// Local port of the redirect.
    pub redirect_port: Option<NonZeroU16>,
    /// Where tokens are kept.
    #[serde(skip_serializing_if = "GatewayCredentialsStore::is_default")]
    pub credentials_store: GatewayCredentialsStore,
}

/// The table as a file has it: `credential_export`, or `authorization_url`, `token_url` and `client_id`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GatewayOAuthToml")]
struct GatewayOAuthKeys {
    /// Command that prints the credential; takes the place of the login.
    credential_export: Option<CredentialExportConfig>,
    /// URL of the login page.
    authorization_url: Option<String>,
    /// URL of the login without a browser.
    device_authorization_url: Option<String>,
    /// URL that gives tokens.
    token_url: Option<String>,
    /// Id of the client.
    client_id: Option<String>,
    /// Resource that tokens are asked for.
    resource: Option<String>,
    /// Scopes that are asked for.
    scopes: Option<Vec<String>>,
    /// Local port of the redirect.
    redirect_port: Option<NonZeroU16>,
    /// Where tokens are kept.
    credentials_store: Option<GatewayCredentialsStore>,
    /// Where the credential is put in a request.
    #[serde(default)]
    delivery: GatewayOAuthDelivery,
}

impl JsonSchema for GatewayOAuthToml {
    fn schema_name() -> Cow<'static, str> {
        GatewayOAuthKeys::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        GatewayOAuthKeys::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for GatewayOAuthToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Whatever is wrong in it, clients of codex know one error, and it is about the table.
        let value = toml::Value::deserialize(deserializer)?;
        crate::decode::decode_value(value).ok().and_then(Self::from_keys).ok_or_else(|| {
            de::Error::custom(
                "a gateway needs either `credential_export` or `authorization_url`, `token_url` and `client_id`, and \
                 every key known and of the right type",
            )
        })
    }
}

impl GatewayOAuthToml {
    fn from_keys(keys: GatewayOAuthKeys) -> Option<Self> {
        let source = match (keys.credential_export, keys.authorization_url, keys.token_url, keys.client_id) {
            (Some(credential_export), None, None, None) => GatewayCredentialSource::Command { credential_export },
            (None, Some(authorization_url), Some(token_url), Some(client_id)) => {
                GatewayCredentialSource::Login(GatewayOAuthLogin {
                    authorization_url,
                    device_authorization_url: keys.device_authorization_url,
                    token_url,
                    client_id,
                    resource: keys.resource,
                    scopes: keys.scopes.unwrap_or_default(),
                    redirect_port: keys.redirect_port,
                    credentials_store: keys.credentials_store.unwrap_or_default(),
                })
            }
            _ => return None,
        };
        Some(Self { source, delivery: keys.delivery })
    }
}

/// Where tokens of a gateway are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GatewayCredentialsStore {
    /// In the system's keyring.
    #[default]
    Keyring,
    /// In a file.
    File,
}

impl GatewayCredentialsStore {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Where the credential of a gateway is put in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum GatewayOAuthDelivery {
    /// Into a header.
    Header {
        /// Name of the header.
        name: String,
        /// Word before the credential.
        #[serde(default = "default_scheme")]
        scheme: String,
    },
    /// Into a cookie.
    Cookie {
        /// Name of the cookie.
        name: String,
    },
}

impl Default for GatewayOAuthDelivery {
    fn default() -> Self {
        Self::Header { name: "Authorization".to_owned(), scheme: default_scheme() }
    }
}

fn default_scheme() -> String {
    "Bearer".to_owned()
}

/// A command that prints a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CredentialExportConfig {
    /// The program.
    pub command: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Milliseconds it may take.
    #[serde(default = "default_export_timeout_ms")]
    pub timeout_ms: NonZeroU64,
}

fn default_export_timeout_ms() -> NonZeroU64 {
    const { NonZeroU64::new(30_000).unwrap() }
}

/// `[model_providers.amazon-bedrock.aws]`: credentials of Amazon Bedrock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderAwsAuthInfo {
    /// Profile of the AWS configuration.
    pub profile: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Command that prints credentials.
    pub credential_export: Option<CredentialExportConfig>,
    /// Command that renews the login; its program must be `aws`.
    pub auth_refresh: Option<AwsAuthRefreshConfig>,
}

impl ModelProviderAwsAuthInfo {
    /// What is wrong with it, beyond the types of its keys.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.credential_export.is_some() && self.profile.is_some() {
            return Err("provider aws.credential_export cannot be combined with aws.profile".to_owned());
        }
        if self.auth_refresh.as_ref().is_some_and(|refresh| refresh.command != "aws") {
            return Err("provider aws.auth_refresh.command must be `aws`".to_owned());
        }
        Ok(())
    }
}

/// A command that renews a login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AwsAuthRefreshConfig {
    /// The program.
    pub command: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Milliseconds it may take.
    #[serde(default = "default_refresh_timeout_ms")]
    pub timeout_ms: NonZeroU64,
}

fn default_refresh_timeout_ms() -> NonZeroU64 {
    const { NonZeroU64::new(300_000).unwrap() }
}
