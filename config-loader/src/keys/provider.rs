//! `[model_providers.<id>]`: model providers of the user's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, de};
use toml::Table;

use crate::secret::Secret;

/// Ids that a file cannot redefine.
const RESERVED_IDS: [&str; 3] = ["lmstudio", "ollama", "openai"];

/// Id of the provider of Google Cloud.
pub(crate) const GCP_ID: &str = "gcp";

/// Built-in providers of clouds, with their names; a file may change a few keys of each.
pub(crate) const CLOUD_PROVIDERS: [(&str, &str); 3] = [
    ("amazon-bedrock", "Amazon Bedrock Mantle"),
    ("amazon-bedrock-runtime", "Amazon Bedrock Runtime"),
    (GCP_ID, "Google Cloud Vertex AI"),
];

/// Whether an id belongs to a built-in provider.
pub(crate) fn is_built_in_provider(id: &str) -> bool {
    RESERVED_IDS.contains(&id) || cloud_provider_name(id).is_some()
}

/// The name of a built-in provider of a cloud; none when the id belongs to no such one.
pub(crate) fn cloud_provider_name(id: &str) -> Option<&'static str> {
    CLOUD_PROVIDERS.iter().find(|(known, _)| *known == id).map(|(_, name)| *name)
}

/// A model provider as a file describes it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelProviderToml {
    /// Name for people; not blank.
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
    pub auth: Option<AuthCommandToml>,
    /// OAuth towards a gateway.
    pub gateway_oauth: Option<Table>,
    /// Settings of Amazon Bedrock.
    pub aws: Option<Table>,
    /// Project of a cloud provider.
    pub project_id: Option<String>,
    /// Location of a cloud provider.
    pub location: Option<String>,
    /// Credentials file of a cloud provider.
    pub credential_file: Option<String>,
    /// Which API it speaks.
    pub wire_api: WireApi,
    /// What it can do beyond the usual.
    pub capabilities: Option<ProviderCapabilitiesToml>,
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
    pub requires_openai_auth: bool,
    /// Whether it answers over websockets.
    pub supports_websockets: bool,
    /// Whether it has a web search of its own.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthCommandToml {
    /// The program.
    pub command: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Milliseconds it may take.
    #[serde(default = "default_auth_timeout_ms")]
    pub timeout_ms: u64,
    /// Milliseconds after which it is run again.
    #[serde(default = "default_auth_refresh_interval_ms")]
    pub refresh_interval_ms: u64,
    /// Its working folder; unset means the server's.
    #[serde(default)]
    pub cwd: Option<PathBuf>,
}

/// `[model_providers.<id>.capabilities]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProviderCapabilitiesToml {
    /// Whether it compacts conversations itself.
    pub remote_compaction: Option<RemoteCompaction>,
}

/// Compaction by the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

fn default_auth_timeout_ms() -> u64 {
    5_000
}

fn default_auth_refresh_interval_ms() -> u64 {
    300_000
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
    let reserved: Vec<String> =
        providers.keys().filter(|id| RESERVED_IDS.contains(&id.as_str())).map(|id| format!("`{id}`")).collect();
    if !reserved.is_empty() {
        return Err(format!(
            "model_providers must not redefine built-in providers: {}. Give your provider another id.",
            reserved.join(", ")
        ));
    }
    for (id, provider) in providers {
        if cloud_provider_name(id).is_some() {
            check_cloud(id, provider)?;
            continue;
        }
        if provider.name.trim().is_empty() {
            return Err(format!("model_providers.{id}: provider name must not be empty"));
        }
        if provider.auth.is_some() && provider.env_key.is_some() {
            return Err(format!("model_providers.{id}: provider auth cannot be combined with env_key"));
        }
    }
    Ok(())
}

/// Lets through only the keys that may be changed of a cloud's provider.
fn check_cloud(id: &str, provider: &ModelProviderToml) -> Result<(), String> {
    let (allowed, keys) = if id == GCP_ID {
        if provider.credential_file.as_deref().is_some_and(|file| !Path::new(file).is_absolute()) {
            return Err(format!("model_providers.{id}: provider credential_file must be an absolute path"));
        }
        let allowed = ModelProviderToml {
            project_id: provider.project_id.clone(),
            location: provider.location.clone(),
            credential_file: provider.credential_file.clone(),
            ..ModelProviderToml::default()
        };
        (allowed, "`project_id`, `location` and `credential_file`")
    } else {
        let allowed = ModelProviderToml {
            base_url: provider.base_url.clone(),
            auth: provider.auth.clone(),
            http_headers: provider.http_headers.clone(),
            aws: provider.aws.clone(),
            ..ModelProviderToml::default()
        };
        (allowed, "`base_url`, `auth`, `http_headers` and `aws`")
    };
    if *provider == allowed {
        return Ok(());
    }
    Err(format!("model_providers.{id}: only {keys} can be changed"))
}
