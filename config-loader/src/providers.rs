//! Model providers as clients see and edit them: which are configured, and changes of single settings.
//!
//! Nothing here shows a key or token; a base URL that may hold one is not shown.

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use toml::Value;
use url::Url;

use crate::config::OPENAI_PROVIDER_ID;
use crate::decode::decode;
use crate::edit::{MergeStrategy, format_key_path, value_at};
use crate::error::ConfigError;
use crate::keys::{GCP_ID, ModelProviderToml, cloud_provider, is_built_in_provider};
use crate::layers::{LayerName, LayerStack};
use crate::loader::ConfigLoader;
use crate::write::{WriteEdit, WriteError, WriteRequest};

/// The id of a provider whose name has no letter or digit.
const NAMELESS_ID: &str = "custom";

/// The providers of the configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderList {
    /// The configured ones and the one of OpenAI, by id.
    pub providers: Vec<ProviderSummary>,
    /// Id of the one that threads use when they name none.
    pub default_id: String,
    /// Whether a write of `model_provider` would have an effect.
    pub can_change_default: bool,
}

/// A provider as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderSummary {
    /// Its id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Base URL of its API; none when there is none or it may hold a secret.
    pub base_url: Option<String>,
    /// Its settings.
    pub settings: ProviderSettings,
}

/// Settings of a provider, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderSettings {
    /// The service of OpenAI; it cannot be edited.
    OpenAi,
    /// Any other service that speaks the same API.
    CustomGateway(GatewayAuth),
    /// Amazon Bedrock.
    Bedrock {
        /// Name of the AWS profile.
        profile: Option<String>,
        /// AWS region.
        region: Option<String>,
    },
    /// Google Cloud.
    Gcp {
        /// Id of the project.
        project_id: Option<String>,
        /// Location.
        location: Option<String>,
        /// File with credentials.
        credential_file: Option<String>,
    },
}

/// How requests to a gateway are authenticated.
#[derive(Clone, Debug, PartialEq)]
pub enum GatewayAuth {
    /// Not at all.
    None,
    /// With the key in an environment variable of this name.
    EnvironmentVariable(String),
    /// With settings that are not edited here; perhaps with an environment variable among them.
    External(Option<String>),
}

/// A change of one setting: left alone, removed, or set.
pub type FieldChange = Option<Option<String>>;

/// Changes of a provider's settings.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderChange {
    /// A gateway: an existing one, or a new one when no id is given.
    CustomGateway {
        /// Its id.
        id: Option<String>,
        /// Its name; none keeps it.
        name: Option<String>,
        /// Base URL of its API.
        base_url: FieldChange,
        /// Name of the environment variable with the key.
        env_key: FieldChange,
    },
    /// A built-in provider of a cloud: its id, and its settings by key path below it.
    Cloud {
        /// Its id.
        id: &'static str,
        /// Key paths below the provider, and their changes.
        fields: Vec<(&'static [&'static str], FieldChange)>,
    },
}

/// Why a provider was not changed. Clients know the texts.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The configuration that is there cannot be loaded.
    #[error("failed to read providers: {0}")]
    Load(ConfigError),
    /// There is no such provider.
    #[error("Unknown provider ID.")]
    Unknown(String),
    /// A layer above the user's says something about a setting.
    #[error("This configuration field is read-only.")]
    Readonly(String),
    /// A setting that makes no sense; what to do.
    #[error("{0}")]
    Invalid(&'static str),
    /// The write failed.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The keys that matter here; others may be wrong.
#[derive(Deserialize)]
struct ProviderKeys {
    model_provider: Option<String>,
    openai_base_url: Option<String>,
    #[serde(default, deserialize_with = "crate::keys::deserialize_providers")]
    model_providers: Option<std::collections::BTreeMap<String, ModelProviderToml>>,
}

impl ConfigLoader {
    /// The providers of the configuration.
    ///
    /// # Errors
    ///
    /// When what the configuration says about providers cannot be understood.
    pub fn providers(&self) -> Result<ProviderList, ConfigError> {
        list(&self.layers_now(None)?)
    }

    /// Changes settings of a provider in the user's configuration and shows the provider as it is then.
    ///
    /// This waits for the disk, as [`ConfigLoader::write`] does.
    ///
    /// # Errors
    ///
    /// [`ProviderError`]; nothing was written then.
    pub fn write_provider(&self, change: ProviderChange) -> Result<ProviderSummary, ProviderError> {
        let stack = self.layers_now(None).map_err(ProviderError::Load)?;
        let known = list(&stack).map_err(ProviderError::Load)?;
        let (id, edits) = match change {
            ProviderChange::CustomGateway { id: None, name, base_url, env_key } => {
                create_gateway(&stack, name, base_url, env_key)?
            }
            ProviderChange::CustomGateway { id: Some(id), name, base_url, env_key } => {
                if is_built_in_provider(&id) {
                    return Err(ProviderError::Invalid(
                        "A custom provider or gateway cannot use a built-in provider ID.",
                    ));
                }
                let provider = known.providers.iter().find(|provider| provider.id == id);
                let Some(ProviderSettings::CustomGateway(auth)) = provider.map(|provider| &provider.settings) else {
                    return Err(ProviderError::Unknown(id));
                };
                let edits = edit_gateway(&id, auth, name, base_url, env_key)?;
                (id, edits)
            }
            ProviderChange::Cloud { id, fields } => (id.to_owned(), edit_cloud(id, fields)?),
        };
        check_layers_above(&stack, &edits)?;
        self.write(&WriteRequest { edits: edits.into_iter().map(Edit::written).collect(), ..WriteRequest::default() })?;
        let after = self.providers().map_err(ProviderError::Load)?;
        let summary = after.providers.into_iter().find(|provider| provider.id == id);
        Ok(summary.unwrap_or_else(|| summary_of(&id, &ModelProviderToml::default())))
    }
}

fn list(stack: &LayerStack) -> Result<ProviderList, ConfigError> {
    let keys: ProviderKeys =
        decode(stack.merged()).map_err(|error| ConfigError::Type { text: error.to_string(), place: None })?;
    let mut providers: Vec<ProviderSummary> =
        keys.model_providers.iter().flatten().map(|(id, provider)| summary_of(id, provider)).collect();
    providers.push(ProviderSummary {
        id: OPENAI_PROVIDER_ID.to_owned(),
        name: "OpenAI".to_owned(),
        base_url: keys.openai_base_url.filter(|url| is_plain_url(url)),
        settings: ProviderSettings::OpenAi,
    });
    providers.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(ProviderList {
        providers,
        default_id: keys.model_provider.unwrap_or_else(|| OPENAI_PROVIDER_ID.to_owned()),
        can_change_default: layer_above(stack, &["model_provider".to_owned()]).is_none(),
    })
}

fn summary_of(id: &str, provider: &ModelProviderToml) -> ProviderSummary {
    let cloud = cloud_provider(id);
    let settings = match cloud {
        None => ProviderSettings::CustomGateway(auth_of(provider)),
        Some(_) if id == GCP_ID => ProviderSettings::Gcp {
            project_id: provider.project_id.clone(),
            location: provider.location.clone(),
            credential_file: provider.credential_file.as_ref().map(|file| file.display().to_string()),
        },
        Some(_) => {
            let aws = provider.aws.clone().unwrap_or_default();
            ProviderSettings::Bedrock { profile: aws.profile, region: aws.region }
        }
    };
    let name = cloud.map_or(provider.name.as_str(), |(_, name, _)| name);
    ProviderSummary {
        id: id.to_owned(),
        name: name.to_owned(),
        base_url: provider.base_url.clone().filter(|url| is_plain_url(url)),
        settings,
    }
}

fn auth_of(provider: &ModelProviderToml) -> GatewayAuth {
    let has = |map: &Option<std::collections::BTreeMap<_, _>>| map.as_ref().is_some_and(|map| !map.is_empty());
    let external = provider.experimental_bearer_token.is_some()
        || provider.auth.is_some()
        || provider.gateway_oauth.is_some()
        || provider.aws.is_some()
        || provider.requires_openai_auth
        || has(&provider.http_headers)
        || has(&provider.query_params)
        || provider.env_http_headers.as_ref().is_some_and(|map| !map.is_empty())
        || provider.base_url.as_deref().is_some_and(|url| !is_plain_url(url));
    match (external, provider.env_key.clone()) {
        (true, env_key) => GatewayAuth::External(env_key),
        (false, Some(env_key)) => GatewayAuth::EnvironmentVariable(env_key),
        (false, None) => GatewayAuth::None,
    }
}

/// Whether a URL can be shown and edited: HTTP, without credentials, query or fragment.
fn is_plain_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    })
}

/// One edit with its segments; no value removes the key.
struct Edit {
    segments: Vec<String>,
    value: Option<Json>,
}

impl Edit {
    fn below(id: &str, path: &[&str], value: Option<Json>) -> Self {
        let segments = ["model_providers", id].iter().chain(path).map(|segment| (*segment).to_owned()).collect();
        Self { segments, value }
    }

    fn written(self) -> WriteEdit {
        WriteEdit {
            key_path: format_key_path(&self.segments),
            value: self.value.unwrap_or_default(),
            strategy: MergeStrategy::Replace,
        }
    }
}

fn create_gateway(
    stack: &LayerStack,
    name: Option<String>,
    base_url: FieldChange,
    env_key: FieldChange,
) -> Result<(String, Vec<Edit>), ProviderError> {
    let name = checked_name(name.as_deref().unwrap_or_default())?;
    let base = id_of(&name);
    if is_built_in_provider(&base) {
        return Err(ProviderError::Invalid(
            "This name is reserved for a built-in provider. Enter a different custom provider name.",
        ));
    }
    let Some(base_url) = base_url.flatten() else {
        return Err(ProviderError::Invalid("A base URL is required to create a custom provider."));
    };
    let mut fields = Map::new();
    fields.insert("base_url".to_owned(), checked_url(&base_url)?.into());
    if let Some(env_key) = env_key.flatten() {
        fields.insert("env_key".to_owned(), checked_variable(&env_key)?.into());
    }
    fields.insert("name".to_owned(), name.into());
    fields.insert("wire_api".to_owned(), "responses".into());
    let merged = stack.merged();
    let taken = merged.get("model_providers").and_then(Value::as_table);
    let is_free = |id: &str| !taken.is_some_and(|taken| taken.contains_key(id));
    let numbered = (2..u32::MAX).map(|number| format!("{base}-{number}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(|id| is_free(id)).unwrap_or(base);
    let edit = Edit::below(&id, &[], Some(Json::Object(fields)));
    Ok((id, vec![edit]))
}

fn edit_gateway(
    id: &str,
    auth: &GatewayAuth,
    name: Option<String>,
    base_url: FieldChange,
    env_key: FieldChange,
) -> Result<Vec<Edit>, ProviderError> {
    let mut edits = Vec::new();
    if let Some(name) = name {
        edits.push(Edit::below(id, &["name"], Some(checked_name(&name)?.into())));
    }
    if let Some(base_url) = base_url {
        let value = base_url.map(|url| checked_url(&url)).transpose()?;
        edits.push(Edit::below(id, &["base_url"], value.map(Json::String)));
    }
    if let Some(env_key) = env_key {
        if matches!(auth, GatewayAuth::External(_)) {
            return Err(ProviderError::Invalid("Authentication is configured externally. Omit envKey to preserve it."));
        }
        let value = env_key.map(|name| checked_variable(&name)).transpose()?;
        edits.push(Edit::below(id, &["env_key"], value.map(Json::String)));
    }
    Ok(edits)
}

fn edit_cloud(id: &str, fields: Vec<(&[&str], FieldChange)>) -> Result<Vec<Edit>, ProviderError> {
    let mut edits = Vec::new();
    for (path, change) in fields {
        let Some(value) = change else { continue };
        let value = value.map(|text| match text.trim() {
            "" => Err(ProviderError::Invalid("Configuration values must not be empty; use null to clear a field.")),
            text => Ok(Json::from(text)),
        });
        edits.push(Edit::below(id, path, value.transpose()?));
    }
    Ok(edits)
}

/// Refuses what a layer above the user's says, as a write would have no effect.
fn check_layers_above(stack: &LayerStack, edits: &[Edit]) -> Result<(), ProviderError> {
    match edits.iter().find(|edit| layer_above(stack, &edit.segments).is_some()) {
        Some(edit) => Err(ProviderError::Readonly(format_key_path(&edit.segments))),
        None => Ok(()),
    }
}

/// The highest layer above the user's that has a value at a path.
fn layer_above<'a>(stack: &'a LayerStack, segments: &[String]) -> Option<&'a LayerName> {
    let above = stack.enabled().rev().take_while(|layer| !matches!(layer.name, LayerName::User { .. }));
    above.into_iter().find(|layer| value_at(&layer.config, segments).is_some()).map(|layer| &layer.name)
}

fn checked_name(name: &str) -> Result<String, ProviderError> {
    match name.trim() {
        "" => Err(ProviderError::Invalid("Enter a provider name.")),
        name => Ok(name.to_owned()),
    }
}

fn checked_url(url: &str) -> Result<String, ProviderError> {
    let url = url.trim();
    if is_plain_url(url) {
        return Ok(url.to_owned());
    }
    Err(ProviderError::Invalid("Enter an HTTP(S) base URL without credentials, a query, or a fragment."))
}

fn checked_variable(name: &str) -> Result<String, ProviderError> {
    let name = name.trim();
    let mut characters = name.chars();
    let begins = characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    if begins && characters.all(|character| character.is_ascii_alphanumeric() || character == '_') {
        return Ok(name.to_owned());
    }
    Err(ProviderError::Invalid("Invalid API key environment variable name."))
}

/// An id made of a name: its ASCII letters and digits, in lower case, with hyphens in place of everything else.
fn id_of(name: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if id.is_empty() { NAMELESS_ID.to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_names() {
        for (name, id) in [("My Gate way!", "my-gate-way"), ("Ünï çode", "n-ode"), ("!!!", "custom"), ("A1", "a1")] {
            assert_eq!(id_of(name), id, "{name}");
        }
    }

    #[test]
    fn urls_with_secrets_are_not_plain() {
        for url in ["http://h/v1", "https://h.example:8080"] {
            assert!(is_plain_url(url), "{url}");
        }
        for url in ["", "nonsense", "ftp://x", "http://u:p@x", "http://u@x", "http://x/?k=v", "http://x/#f"] {
            assert!(!is_plain_url(url), "{url}");
        }
    }
}
