//! `[model_providers.<id>]`: model providers of the user's own.

mod gateway;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::path::PathBuf;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::path::AbsolutePath;
use crate::secret::Secret;

pub use gateway::*;

/// Ids that a file cannot redefine.
const RESERVED_IDS: [&str; 3] = ["lmstudio", "ollama", OPENAI_ID];

/// The built-in provider of which only the model catalogue can be changed.
const OPENAI_ID: &str = "openai";

/// Id of the provider of Google Cloud.
pub(crate) const GCP_ID: &str = "gcp";

/// A built-in provider of a cloud: its id, its name, and the keys of it that a file may change.
type CloudProvider = (&'static str, &'static str, &'static [&'static str]);

/// The built-in providers of clouds.
pub(crate) const CLOUD_PROVIDERS: [CloudProvider; 3] = [
    ("amazon-bedrock", "Amazon Bedrock Mantle", &["base_url", "auth", "http_headers", "aws"]),
    ("amazon-bedrock-runtime", "Amazon Bedrock Runtime", &["base_url", "auth", "http_headers", "aws"]),
    (
        GCP_ID,
        "Google Cloud Vertex AI",
        &["base_url", "auth", "http_headers", "project_id", "location", "credential_file"],
    ),
];

/// Whether an id belongs to a built-in provider.
pub(crate) fn is_built_in_provider(id: &str) -> bool {
    RESERVED_IDS.contains(&id) || cloud_provider(id).is_some()
}

/// The built-in provider of a cloud with this id.
pub(crate) fn cloud_provider(id: &str) -> Option<CloudProvider> {
    CLOUD_PROVIDERS.into_iter().find(|(known, ..)| *known == id)
}

/// A model provider as a file describes it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "struct ModelProviderInfo")]
pub struct ModelProviderToml {
    /// Name for people; not blank.
    #[serde(default)]
    pub name: String,
    /// URL that `/responses` or `/chat/completions` is appended to.
    pub base_url: Option<String>,
    /// URL of a model catalogue.
    pub model_catalog_url: Option<String>,
    /// Environment variable with the API key.
    pub env_key: Option<String>,
    /// What to tell a user who lacks that variable.
    pub env_key_instructions: Option<String>,
    /// Bearer token, in the clear.
    pub experimental_bearer_token: Option<Secret>,
    /// Command that prints a bearer token.
    pub auth: Option<ModelProviderAuthInfo>,
    /// OAuth towards a gateway; needs `base_url`.
    pub gateway_oauth: Option<GatewayOAuthToml>,
    /// Credentials of Amazon Bedrock; for the provider `amazon-bedrock` only.
    pub aws: Option<ModelProviderAwsAuthInfo>,
    /// Project of a cloud provider.
    pub project_id: Option<String>,
    /// Location of a cloud provider.
    pub location: Option<String>,
    /// Credentials file of a cloud provider, absolute; kept as written.
    pub credential_file: Option<PathBuf>,
    /// Which API it speaks.
    #[serde(default)]
    pub wire_api: WireApi,
    /// What it can do beyond the usual.
    pub capabilities: Option<ModelProviderCapabilities>,
    /// Query parameters of every request.
    pub query_params: Option<BTreeMap<String, Secret>>,
    /// Headers of every request.
    pub http_headers: Option<BTreeMap<String, Secret>>,
    /// Headers whose values are those of environment variables.
    pub env_http_headers: Option<BTreeMap<String, String>>,
    /// How often a failed request is repeated.
    pub request_max_retries: Option<u64>,
    /// How often a broken stream is begun anew.
    pub stream_max_retries: Option<u64>,
    /// Milliseconds without an event after which a stream counts as broken.
    pub stream_idle_timeout_ms: Option<u64>,
    /// Milliseconds for opening a websocket.
    pub websocket_connect_timeout_ms: Option<u64>,
    /// Whether it takes the OpenAI login.
    #[serde(default)]
    pub requires_openai_auth: bool,
    /// Whether it answers over websockets.
    #[serde(default)]
    pub supports_websockets: bool,
    /// Whether it has a web search of its own.
    #[serde(default)]
    pub supports_standalone_web_search: bool,
}

impl std::fmt::Debug for ModelProviderToml {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ModelProviderToml")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("wire_api", &self.wire_api)
            .finish_non_exhaustive()
    }
}

/// `[model_providers.<id>.auth]`: a command that prints a bearer token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderAuthInfo {
    /// The program.
    pub command: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Milliseconds it may take.
    #[serde(default = "default_auth_timeout_ms")]
    pub timeout_ms: NonZeroU64,
    /// Milliseconds after which it is run again.
    #[serde(default = "default_auth_refresh_interval_ms")]
    pub refresh_interval_ms: u64,
    /// Its working folder; unset means the server's.
    #[serde(default)]
    pub cwd: Option<AbsolutePath>,
}

/// `[model_providers.<id>.capabilities]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderCapabilities {
    /// Whether it knows programs of cyber access.
    pub cyber_access_programs: Option<bool>,
    /// Whether its web search may reach the web itself.
    pub external_web_access: Option<bool>,
    /// Whether it compacts conversations itself.
    pub remote_compaction: Option<RemoteCompaction>,
}

/// Compaction by the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RemoteCompaction {
    /// Not there.
    Unsupported,
    /// The second version.
    V2,
}

/// The API a provider speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireApi {
    /// The Responses API over SSE.
    #[default]
    Responses,
    /// Chat completions over SSE. Never from a config.toml, which the reference would then refuse.
    Chat,
    /// The embedded scripted model; no file can ask for it.
    Scripted,
}

/// Said about `wire_api = "chat"` in a config.toml.
pub(crate) const CHAT_REFUSED: &str = "`wire_api = \"chat\"` is not supported in config.toml.\n\
    How to fix: set `wire_api = \"responses\"`, or move the provider to `app-server.toml` in CODEX_HOME, \
    where `wire_api = \"chat\"` is allowed.\n\
    For a single run, `-c model_providers.<id>.wire_api=\"chat\"` works too.";

impl<'de> Deserialize<'de> for WireApi {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        match word.as_str() {
            "responses" => Ok(Self::Responses),
            // Which layers may say so is decided where the layer is known.
            "chat" => Ok(Self::Chat),
            _ => Err(de::Error::unknown_variant(&word, &["responses"])),
        }
    }
}

fn default_auth_timeout_ms() -> NonZeroU64 {
    const { NonZeroU64::new(5_000).unwrap() }
}

fn default_auth_refresh_interval_ms() -> u64 {
    300_000
}

impl JsonSchema for WireApi {
    fn schema_name() -> Cow<'static, str> {
        "WireApi".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The API a provider speaks. `chat` works in app-server.toml and on the command line only.",
            "type": "string",
            "enum": ["responses"],
        })
    }
}

/// Reads the table and checks it as a whole, so that errors name the table.
pub(crate) fn deserialize_providers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, ModelProviderToml>>, D::Error> {
    let providers = BTreeMap::<String, ModelProviderToml>::deserialize(deserializer)?;
    check_providers(&providers).map_err(de::Error::custom)?;
    Ok(Some(providers))
}

/// Refuses built-in ids and contradicting keys.
fn check_providers(providers: &BTreeMap<String, ModelProviderToml>) -> Result<(), String> {
    let reserved: Vec<String> = providers
        .iter()
        .filter(|(id, provider)| RESERVED_IDS.contains(&id.as_str()) && !provider.changes_catalog_only(id))
        .map(|(id, _)| format!("`{id}`"))
        .collect();
    if !reserved.is_empty() {
        return Err(format!(
            "model_providers must not redefine built-in providers: {}. Give your provider another id.",
            reserved.join(", ")
        ));
    }
    for (id, provider) in providers.iter().filter(|(id, _)| *id != OPENAI_ID) {
        provider.check(id).map_err(|problem| format!("model_providers.{id}: {problem}"))?;
    }
    Ok(())
}

impl ModelProviderToml {
    /// Whether it is the built-in one with another model catalogue, or nothing changed.
    fn changes_catalog_only(&self, id: &str) -> bool {
        let catalog = Self { model_catalog_url: self.model_catalog_url.clone(), ..Self::default() };
        id == OPENAI_ID && *self == catalog
    }

    /// What is wrong with it, beyond the types of its keys.
    fn check(&self, id: &str) -> Result<(), String> {
        match cloud_provider(id) {
            Some((.., keys)) if *self != self.with_only(keys) => {
                return Err(format!("only {} can be changed", list(keys)));
            }
            Some(_) => {}
            None if self.name.trim().is_empty() => return Err("provider name must not be empty".to_owned()),
            None if self.aws.is_some() => {
                let ids: Vec<&str> =
                    CLOUD_PROVIDERS.iter().filter(|(.., keys)| keys.contains(&"aws")).map(|(id, ..)| *id).collect();
                return Err(format!("provider aws is only supported for {}", list(&ids)));
            }
            None => {}
        }
        let problem = if self.auth.is_some() && self.env_key.is_some() {
            "provider auth cannot be combined with env_key"
        } else if self.auth.is_some() && self.aws.is_some() {
            "provider aws cannot be combined with auth"
        } else if self.gateway_oauth.is_some() && self.base_url.is_none() {
            "gateway_oauth requires base_url"
        } else if self.credential_file.as_ref().is_some_and(|file| !file.is_absolute()) && id == GCP_ID {
            "provider credential_file must be an absolute path"
        } else {
            return self.aws.as_ref().map_or(Ok(()), ModelProviderAwsAuthInfo::check);
        };
        Err(problem.to_owned())
    }

    /// The provider with nothing but these keys.
    fn with_only(&self, keys: &[&str]) -> Self {
        /// The value, when its key is among those.
        fn kept<T: Clone>(keys: &[&str], key: &str, value: &Option<T>) -> Option<T> {
            value.as_ref().filter(|_| keys.contains(&key)).cloned()
        }
        Self {
            base_url: kept(keys, "base_url", &self.base_url),
            auth: kept(keys, "auth", &self.auth),
            http_headers: kept(keys, "http_headers", &self.http_headers),
            aws: kept(keys, "aws", &self.aws),
            project_id: kept(keys, "project_id", &self.project_id),
            location: kept(keys, "location", &self.location),
            credential_file: kept(keys, "credential_file", &self.credential_file),
            ..Self::default()
        }
    }
}

/// Names in backticks, for people.
fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
