//! Which model is asked, what is known of it, and the client of its provider.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::v2::{CodexErrorInfo, TurnError};
use codex_config_loader::{Config, ConfigLoader, ModelProviderInfo, OPENAI_PROVIDER_ID, WireApi};
use codex_model_client::catalog::{Catalog, ModelInfo};
use codex_model_client::scripted::{Recorder, Script};
use codex_model_client::{MissingEnv, ModelClient, Provider, Secret, Wire};

use crate::deps::Credentials;
use crate::error::EngineError;
use crate::turn::failure;

/// Clients kept at most; beyond that the oldest is forgotten, which only costs a connection.
const MOST_CLIENTS: usize = 64;

/// The models and providers that threads share.
pub(crate) struct Models {
    config: Arc<ConfigLoader>,
    credentials: Arc<dyn Credentials>,
    recorder: Option<Recorder>,
    /// Catalogues of users, by file; read once.
    catalogs: Mutex<Vec<(PathBuf, Arc<Catalog>)>>,
    clients: Mutex<Vec<(Key, ModelClient)>>,
}

/// What a client is made from: another client is needed as soon as one of these changes.
#[derive(PartialEq)]
struct Key {
    id: String,
    provider: ModelProviderInfo,
    bearer: Option<Secret>,
}

impl Models {
    pub(crate) fn new(
        config: Arc<ConfigLoader>,
        credentials: Arc<dyn Credentials>,
        recorder: Option<Recorder>,
    ) -> Self {
        Self { config, credentials, recorder, catalogs: Mutex::default(), clients: Mutex::default() }
    }

    /// The catalogue in effect.
    pub(crate) fn catalog(&self, config: &Config) -> Result<Arc<Catalog>, EngineError> {
        let Some(path) = &config.model_catalog_json else { return Ok(Catalog::builtin()) };
        let mut catalogs = lock(&self.catalogs);
        if let Some((_, catalog)) = catalogs.iter().find(|(known, _)| known == path) {
            return Ok(Arc::clone(catalog));
        }
        let catalog = Catalog::load_file(path).map_err(|error| EngineError::Configuration(error.to_string()))?;
        let catalog = Arc::new(catalog);
        catalogs.push((path.clone(), Arc::clone(&catalog)));
        Ok(catalog)
    }

    /// The client of a provider, with the key it needs now.
    pub(crate) fn client(&self, id: &str, provider: &ModelProviderInfo) -> Result<ModelClient, Box<TurnError>> {
        if provider.auth.is_some() {
            return Err(Box::new(failure::other(format!(
                "model provider `{id}` gets its token from a command (`auth`), which this server does not support yet; \
                 use `env_key`"
            ))));
        }
        let (mut bearer, missing_env) = match provider.api_key(self.config.env()) {
            Ok(key) => (key.map(|key| Secret::new(key.expose())), None),
            Err(missing) => (None, Some(MissingEnv { name: missing.name, instructions: missing.instructions })),
        };
        if bearer.is_none() && missing_env.is_none() && provider.requires_openai_auth {
            bearer = self
                .credentials
                .bearer(id)
                .map_err(|error| Box::new(failure::with(CodexErrorInfo::Unauthorized, error.to_string())))?;
        }
        let key = Key { id: id.to_owned(), provider: provider.clone(), bearer };
        let mut clients = lock(&self.clients);
        if let Some((_, client)) = clients.iter().find(|(known, _)| *known == key) {
            return Ok(client.clone());
        }
        let provider = Provider { missing_env, ..self.provider(&key)? };
        let client = match &self.recorder {
            Some(recorder) => ModelClient::recording(provider, recorder.clone()),
            None => ModelClient::new(provider),
        };
        if clients.len() >= MOST_CLIENTS {
            clients.remove(0);
        }
        clients.push((key, client.clone()));
        Ok(client)
    }

    fn provider(&self, key: &Key) -> Result<Provider, Box<TurnError>> {
        let Key { id, provider, bearer } = key;
        let wire = match provider.wire_api {
            WireApi::Responses => Wire::Responses,
            WireApi::Chat => Wire::Chat,
            WireApi::Scripted => Wire::Scripted,
        };
        let script = match (wire, &self.config.app_server().script) {
            (Wire::Scripted, Some(path)) => {
                Some(Arc::new(Script::load(path).map_err(|error| Box::new(failure::other(error.to_string())))?))
            }
            _ => None,
        };
        let secret = |(name, value): (&String, &codex_config_loader::Secret)| (name.clone(), value.expose().into());
        let headers = provider.headers(self.config.env());
        Ok(Provider {
            name: provider.name.clone(),
            query_params: provider.query_params.iter().map(secret).collect(),
            headers: headers.iter().map(|(name, value)| secret((name, value))).collect(),
            bearer: bearer.clone(),
            request_max_retries: provider.request_max_retries,
            stream_max_retries: provider.stream_max_retries,
            stream_idle_timeout: provider.stream_idle_timeout,
            script,
            ..Provider::new(id, wire, provider.base_url.clone().unwrap_or_default())
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A provider that names no URL is reached where `openai` is.
pub(crate) fn with_url(provider: &ModelProviderInfo, config: &Config) -> ModelProviderInfo {
    let mut provider = provider.clone();
    if provider.base_url.is_none() && provider.wire_api != WireApi::Scripted {
        let openai = config.model_providers.get(OPENAI_PROVIDER_ID);
        provider.base_url = openai.and_then(|openai| openai.base_url.clone());
    }
    provider
}

/// What a turn assumes of its model.
#[derive(Clone, Debug)]
pub(crate) struct ModelFacts {
    pub(crate) info: ModelInfo,
    /// Whether the catalogue knows it.
    pub(crate) known: bool,
    /// The tokens of context that are used at most.
    pub(crate) window: i64,
    /// The tokens that fit into it at all.
    pub(crate) full_window: i64,
}

impl ModelFacts {
    pub(crate) fn new(catalog: &Catalog, model: &str, config: &Config) -> Self {
        let found = catalog.find(model);
        let info = found.cloned().unwrap_or_else(|| ModelInfo::unknown(model));
        let full = config.model_context_window.unwrap_or(info.context_window);
        let window = full.saturating_mul(info.effective_context_window_percent) / 100;
        Self { known: found.is_some(), window, full_window: full, info }
    }
}
