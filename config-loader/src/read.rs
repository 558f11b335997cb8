//! The answer of config/read: every known key with its effective value, the layer of each leaf, and the layers.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::config::{
    DEFAULT_BACKGROUND_TERMINAL_MAX_TIMEOUT_MS, DEFAULT_CHATGPT_BASE_URL, DEFAULT_PROJECT_DOC_MAX_BYTES,
    FeatureSwitches, Features,
};
use crate::error::ConfigError;
use crate::keys::{ConfigToml, HistoryToml, SWITCHABLE_FEATURES, ShellEnvironmentPolicyToml};
use crate::layers::{Layer, LayerName, LayerStack};

/// The answer of config/read. It may hold credentials; its debug output shows none of it.
pub struct ConfigRead {
    /// Every known key; unset ones are null unless they have a default that is shown.
    pub config: Map<String, Value>,
    /// Dotted path of each leaf to the layer it comes from, as `{name, version}`.
    pub origins: Map<String, Value>,
    /// The layers, highest first, when asked for.
    pub layers: Option<Vec<LayerView>>,
    /// All of this as JSON text, `{"config":...,"origins":...,"layers":...}`.
    pub json: Box<str>,
}

/// A layer as clients see it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerView {
    /// What it is.
    pub name: LayerName,
    /// The digest of its values.
    pub version: String,
    /// Its values.
    pub config: Value,
    /// Why it is listed and not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_reason: Option<String>,
}

#[derive(Serialize)]
struct ReadJson<'a> {
    config: &'a Map<String, Value>,
    origins: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layers: &'a Option<Vec<LayerView>>,
}

impl ConfigRead {
    /// Makes the answer.
    pub(crate) fn new(
        stack: &LayerStack,
        config: &ConfigToml,
        switched: &FeatureSwitches,
        include_layers: bool,
    ) -> Result<Self, ConfigError> {
        let features = Features::new(config.features.as_ref(), switched, stack.requirements.features());
        let config = config_view(config, &features)?;
        let named: Vec<Value> =
            stack.layers.iter().map(|layer| json!({"name": layer.name, "version": layer.version})).collect();
        let origins = stack.origins().into_iter().map(|(path, layer)| (path, named[layer].clone())).collect();
        let layers = include_layers
            .then(|| stack.layers.iter().rev().map(layer_view).collect::<Result<Vec<_>, _>>())
            .transpose()?;
        let json = serde_json::to_string(&ReadJson { config: &config, origins: &origins, layers: &layers })
            .map_err(not_json)?;
        Ok(Self { config, origins, layers, json: json.into_boxed_str() })
    }
}

impl std::fmt::Debug for ConfigRead {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ConfigRead").finish_non_exhaustive()
    }
}

/// A layer as clients see it.
fn layer_view(layer: &Layer) -> Result<LayerView, ConfigError> {
    Ok(LayerView {
        name: layer.name.clone(),
        version: layer.version.clone(),
        config: {
            let mut config = serde_json::to_value(&layer.config).map_err(not_json)?;
            hide_otel_headers(config.get_mut("otel"));
            config
        },
        disabled_reason: layer.disabled_reason.clone(),
    })
}

/// The error for an answer that is no JSON.
pub(crate) fn not_json(error: serde_json::Error) -> ConfigError {
    ConfigError::Meaning(format!("the configuration cannot be written as JSON: {error}"))
}

/// Every known key; defaults that clients see are filled in.
fn config_view(config: &ConfigToml, features: &Features) -> Result<Map<String, Value>, ConfigError> {
    let mut view = match serde_json::to_value(config).map_err(not_json)? {
        Value::Object(view) => view,
        _ => Map::new(),
    };
    // The answer has these keys of two tables in a form of its own.
    let tools = view.get_mut("tools").and_then(Value::as_object_mut);
    let client_search_provider = tools.and_then(|tools| {
        tools.retain(|key, _| ["client_search_provider", "web_search"].contains(&key.as_str()));
        tools.remove("client_search_provider")
    });
    view.insert("client_search_provider".to_owned(), client_search_provider.unwrap_or_default());
    if let Some(plugins) = view.get_mut("plugins") {
        drop_unset(plugins);
    }
    hide_otel_headers(view.get_mut("otel"));
    show_auth_folders(&mut view);
    for (key, default) in shown_defaults()? {
        if let Some(value) = view.get_mut(key)
            && value.is_null()
        {
            *value = default;
        }
    }
    view.insert("features".to_owned(), features_view(features, view.get("features")));
    view.values_mut().for_each(times_as_text);
    Ok(view)
}

/// The defaults that are shown for keys nobody set.
pub(crate) fn shown_defaults() -> Result<[(&'static str, Value); 22], ConfigError> {
    Ok([
        ("allow_login_shell", json!(true)),
        ("background_terminal_max_timeout", json!(DEFAULT_BACKGROUND_TERMINAL_MAX_TIMEOUT_MS)),
        ("chatgpt_base_url", json!(DEFAULT_CHATGPT_BASE_URL)),
        ("cli_auth_credentials_store", json!("file")),
        ("file_opener", json!("vscode")),
        ("hide_agent_reasoning", json!(false)),
        ("history", to_json(&HistoryToml::default())?),
        ("include_apps_instructions", json!(true)),
        ("include_collaboration_mode_instructions", json!(true)),
        ("include_environment_context", json!(true)),
        ("include_environment_context_time", json!(true)),
        ("include_permissions_instructions", json!(true)),
        ("marketplaces", json!({})),
        ("mcp_oauth_credentials_store", json!("auto")),
        ("mcp_servers", json!({})),
        ("model_providers", json!({})),
        ("plugins", json!({})),
        ("profiles", json!({})),
        ("project_doc_fallback_filenames", json!([])),
        ("project_doc_max_bytes", json!(DEFAULT_PROJECT_DOC_MAX_BYTES)),
        ("project_root_markers", json!([".git"])),
        ("shell_environment_policy", to_json(&ShellEnvironmentPolicyToml::default())?),
    ])
}

fn to_json(value: &impl Serialize) -> Result<Value, ConfigError> {
    serde_json::to_value(value).map_err(not_json)
}

/// Takes unset keys out of a table and those below it.
fn drop_unset(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, value| !value.is_null());
        fields.values_mut().for_each(drop_unset);
    }
}

/// Headers towards collectors are credentials more often than not, and no client needs them.
fn hide_otel_headers(otel: Option<&mut Value>) {
    const EXPORTERS: [&str; 3] = ["exporter", "trace_exporter", "metrics_exporter"];
    let Some(Value::Object(otel)) = otel else {
        return;
    };
    let exporters = otel.iter_mut().filter(|(key, _)| EXPORTERS.contains(&key.as_str()));
    let kinds = exporters.filter_map(|(_, exporter)| exporter.as_object_mut()).flat_map(Map::values_mut);
    let headers = kinds.filter_map(|kind| kind.get_mut("headers")?.as_object_mut());
    for header in headers.flat_map(Map::values_mut) {
        *header = "[redacted]".into();
    }
}

/// The commands of model providers run in the server's own folder unless they name one.
fn show_auth_folders(view: &mut Map<String, Value>) {
    let providers = view.get_mut("model_providers").and_then(Value::as_object_mut);
    let commands = providers.into_iter().flat_map(Map::values_mut).filter_map(|provider| provider.get_mut("auth"));
    for folder in commands.filter_map(|auth| auth.get_mut("cwd")).filter(|folder| folder.is_null()) {
        *folder = std::env::current_dir().ok().map(|folder| folder.to_string_lossy().into()).unwrap_or_default();
    }
}

/// The features that are set, and those that are always shown.
fn features_view(features: &Features, configured: Option<&Value>) -> Value {
    let mut view = Map::new();
    if let Some(Value::Object(configured)) = configured {
        view.insert("network_proxy".to_owned(), Value::Null);
        view.extend(configured.clone());
    }
    for name in SWITCHABLE_FEATURES {
        view.insert(name.to_owned(), features.enabled(name).into());
    }
    Value::Object(view)
}

/// Replaces the TOML library's own form of a time by its text.
fn times_as_text(value: &mut Value) {
    const FORM: &str = "$__toml_private_datetime";
    match value {
        Value::Object(fields) => {
            if fields.len() == 1
                && let Some(text) = fields.get_mut(FORM)
            {
                *value = text.take();
            } else {
                fields.values_mut().for_each(times_as_text);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(times_as_text),
        _ => {}
    }
}
