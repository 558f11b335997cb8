//! Model providers: built-in ones, those of config.toml, those of our own app-server.toml.

use std::collections::BTreeMap;
use std::time::Duration;

use codex_utils_oss::OssProvider;

use crate::app_server::AppServerSettings;
use crate::env::EnvSnapshot;
use crate::keys::{AuthCommandToml, CLOUD_PROVIDERS, ConfigToml, ModelProviderToml, ProviderCapabilitiesToml, WireApi};
use crate::secret::Secret;

/// Id of the provider that is used when none is configured.
pub const OPENAI_PROVIDER_ID: &str = "openai";

/// Id of the embedded scripted model.
pub const SCRIPTED_PROVIDER_ID: &str = "scripted";

const OPENAI_BASE_URL: &str = "https://api.openai.com/v1";
const DEFAULT_REQUEST_MAX_RETRIES: u64 = 4;
const DEFAULT_STREAM_MAX_RETRIES: u64 = 5;
const DEFAULT_STREAM_IDLE_TIMEOUT: Duration = Duration::from_secs(300);
const DEFAULT_WEBSOCKET_CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// A model provider, with defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelProviderInfo {
    /// Name for people.
    pub name: String,
    /// URL that `/responses` or `/chat/completions` is appended to; none for the scripted model, and for a provider
    /// that does not say, which means the URL of `openai`.
    pub base_url: Option<String>,
    /// Which API it speaks.
    pub wire_api: WireApi,
    /// Environment variable with the API key.
    pub env_key: Option<String>,
    /// What to tell a user who lacks that variable.
    pub env_key_instructions: Option<String>,
    /// Bearer token from the file itself.
    pub bearer_token: Option<Secret>,
    /// Command that prints a bearer token.
    pub auth: Option<AuthCommandToml>,
    /// Query parameters of every request.
    pub query_params: BTreeMap<String, Secret>,
    /// Headers of every request.
    pub http_headers: BTreeMap<String, Secret>,
    /// Headers whose values are those of environment variables.
    pub env_http_headers: BTreeMap<String, String>,
    /// How often a failed request is repeated.
    pub request_max_retries: u64,
    /// How often a broken stream is begun anew.
    pub stream_max_retries: u64,
    /// How long a stream may be silent.
    pub stream_idle_timeout: Duration,
    /// How long opening a websocket may take.
    pub websocket_connect_timeout: Duration,
    /// Whether it takes the OpenAI login.
    pub requires_openai_auth: bool,
    /// Whether it answers over websockets.
    pub supports_websockets: bool,
    /// Whether it has a web search of its own.
    pub supports_standalone_web_search: bool,
    /// What it can do beyond the usual.
    pub capabilities: ProviderCapabilitiesToml,
    /// Why it cannot be used in this version; none when it can.
    pub unsupported: Option<String>,
}

/// An environment variable that a provider needs is not set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Missing environment variable: `{name}`.{}", instructions.as_ref().map(|text| format!(" {text}")).unwrap_or_default())]
pub struct MissingEnv {
    /// The variable.
    pub name: String,
    /// What the configuration says about getting it.
    pub instructions: Option<String>,
}

impl ModelProviderInfo {
    /// The provider's own key: from the environment when the configuration names a variable, else from the file. None
    /// when it has none of its own.
    ///
    /// # Errors
    ///
    /// [`MissingEnv`] when the named variable is unset or blank.
    pub fn api_key(&self, env: &EnvSnapshot) -> Result<Option<Secret>, MissingEnv> {
        let Some(name) = &self.env_key else {
            return Ok(self.bearer_token.clone());
        };
        match env.text(name) {
            Some(key) => Ok(Some(Secret::new(key))),
            None => Err(MissingEnv { name: name.clone(), instructions: self.env_key_instructions.clone() }),
        }
    }

    /// The headers of every request; those of unset or blank environment variables are left out.
    pub fn headers(&self, env: &EnvSnapshot) -> Vec<(String, Secret)> {
        let fixed = self.http_headers.iter().map(|(name, value)| (name.clone(), value.clone()));
        let from_env = self.env_http_headers.iter().filter_map(|(name, variable)| {
            let value = env.text(variable)?;
            Some((name.clone(), Secret::new(value)))
        });
        fixed.chain(from_env).collect()
    }

    fn from_toml(provider: ModelProviderToml) -> Self {
        let millis = |value: Option<u64>, default| value.map_or(default, Duration::from_millis);
        Self {
            name: provider.name,
            base_url: provider.base_url,
            wire_api: provider.wire_api,
            env_key: provider.env_key,
            env_key_instructions: provider.env_key_instructions,
            bearer_token: provider.experimental_bearer_token,
            auth: provider.auth,
            query_params: provider.query_params.unwrap_or_default(),
            http_headers: provider.http_headers.unwrap_or_default(),
            env_http_headers: provider.env_http_headers.unwrap_or_default(),
            request_max_retries: provider.request_max_retries.unwrap_or(DEFAULT_REQUEST_MAX_RETRIES),
            stream_max_retries: provider.stream_max_retries.unwrap_or(DEFAULT_STREAM_MAX_RETRIES),
            stream_idle_timeout: millis(provider.stream_idle_timeout_ms, DEFAULT_STREAM_IDLE_TIMEOUT),
            websocket_connect_timeout: millis(provider.websocket_connect_timeout_ms, DEFAULT_WEBSOCKET_CONNECT_TIMEOUT),
            requires_openai_auth: provider.requires_openai_auth,
            supports_websockets: provider.supports_websockets,
            supports_standalone_web_search: provider.supports_standalone_web_search,
            capabilities: provider.capabilities.unwrap_or_default(),
            unsupported: None,
        }
    }

    fn named(name: &str, base_url: Option<String>) -> Self {
        Self {
            base_url,
            ..Self::from_toml(ModelProviderToml { name: name.to_owned(), ..ModelProviderToml::default() })
        }
    }
}

/// All providers that can be chosen, by id. Those of config.toml win over those of app-server.toml.
pub(super) fn providers(
    config: &ConfigToml,
    app_server: &AppServerSettings,
    env: &EnvSnapshot,
) -> BTreeMap<String, ModelProviderInfo> {
    let mut providers = built_in(config, env);
    let configured = config.model_providers.clone().unwrap_or_default();
    for (id, provider) in app_server.model_providers.clone().into_iter().chain(configured) {
        // A file may change parts of a cloud's provider; that does not make it supported.
        if providers.get(&id).is_some_and(|known| known.unsupported.is_some()) {
            continue;
        }
        providers.insert(id, ModelProviderInfo::from_toml(provider));
    }
    providers
}

/// The providers that need no configuration.
fn built_in(config: &ConfigToml, env: &EnvSnapshot) -> BTreeMap<String, ModelProviderInfo> {
    let openai_base_url =
        config.openai_base_url.as_deref().or_else(|| env.text("OPENAI_BASE_URL")).unwrap_or(OPENAI_BASE_URL);
    let openai = ModelProviderInfo {
        env_http_headers: [("OpenAI-Organization", "OPENAI_ORGANIZATION"), ("OpenAI-Project", "OPENAI_PROJECT")]
            .map(|(header, variable)| (header.to_owned(), variable.to_owned()))
            .into(),
        requires_openai_auth: true,
        supports_websockets: true,
        ..ModelProviderInfo::named("OpenAI", Some(openai_base_url.to_owned()))
    };
    let local = |provider: OssProvider| {
        let base_url = local_base_url(env, provider.default_port());
        (provider.id(), ModelProviderInfo::named(provider.name(), Some(base_url)))
    };
    let scripted =
        ModelProviderInfo { wire_api: WireApi::Scripted, ..ModelProviderInfo::named("Scripted model", None) };
    let cloud = |(id, name)| {
        let unsupported =
            format!("model provider `{id}` is not supported by this server yet; choose another `model_provider`");
        (id, ModelProviderInfo { unsupported: Some(unsupported), ..ModelProviderInfo::named(name, None) })
    };
    [
        (OPENAI_PROVIDER_ID, openai),
        local(OssProvider::Ollama),
        local(OssProvider::LmStudio),
        (SCRIPTED_PROVIDER_ID, scripted),
    ]
    .into_iter()
    .chain(CLOUD_PROVIDERS.map(cloud))
    .map(|(id, provider)| (id.to_owned(), provider))
    .collect()
}

/// The URL of a model server on this machine.
fn local_base_url(env: &EnvSnapshot, default_port: u16) -> String {
    if let Some(url) = env.text("CODEX_OSS_BASE_URL") {
        return url.to_owned();
    }
    let port = env.text("CODEX_OSS_PORT").and_then(|port| port.trim().parse().ok()).unwrap_or(default_port);
    format!("http://localhost:{port}/v1")
}
