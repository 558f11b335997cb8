//! What is odd about a configuration and does not keep it from being used.

use std::path::PathBuf;

use serde::Serialize;
use toml::Value;

use crate::diagnostics::TextRange;
use crate::error::ConfigError;
use crate::keys::{ConfigToml, FeatureInfo, FeaturesToml};
use crate::layers::{DroppedKeys, LayerStack};

/// Unknown keys that a warning names; the others are counted.
const NAMED_KEYS: usize = 3;

/// A warning about the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfigWarning {
    /// What is wrong.
    pub summary: String,
    /// More about it.
    pub details: Option<String>,
    /// The file.
    pub path: Option<PathBuf>,
    /// The place in the file.
    pub range: Option<TextRange>,
}

/// A notice about something that will go away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeprecationNotice {
    /// What is old.
    pub summary: String,
    /// What to do instead.
    pub details: Option<String>,
}

impl ConfigWarning {
    pub(crate) fn new(summary: String) -> Self {
        Self { summary, details: None, path: None, range: None }
    }

    /// About a configuration that cannot be used.
    pub(crate) fn invalid(summary: &str, error: &ConfigError) -> Self {
        let place = error.place();
        Self {
            summary: summary.to_owned(),
            details: Some(error.to_string()),
            path: place.map(|place| place.path.clone()),
            range: place.map(|place| place.range),
        }
    }
}

/// One warning about all keys that nothing knows; none when there are none.
pub(crate) fn unknown_keys(stack: &LayerStack) -> Option<ConfigWarning> {
    let mut unknown: Vec<(String, String)> = Vec::new();
    for layer in stack.enabled() {
        let label = layer.name.label();
        // A layer alone may lack what another one adds; what was seen until then still counts.
        let ignored = serde_ignored::deserialize::<_, _, ConfigToml>(Value::Table(layer.config.clone()), |path| {
            unknown.push((label.clone(), key_of(&path)))
        });
        let features = match ignored {
            Ok(config) => config.features,
            Err(_) => None,
        };
        for name in features.iter().flat_map(FeaturesToml::unknown_names) {
            unknown.push((label.clone(), format!("features.{name}")));
        }
    }
    if unknown.is_empty() {
        return None;
    }
    unknown.sort();
    let count = unknown.len();
    let noun = if count == 1 { "setting" } else { "settings" };
    let mut summary = format!("Ignoring {count} unknown configuration {noun}; check for misspelt or outdated names.");
    for (label, key) in unknown.iter().take(NAMED_KEYS) {
        summary.push_str(&format!("\n  {label}: `{key}` is ignored."));
    }
    if count > NAMED_KEYS {
        summary.push_str(&format!("\n  ... and {} more.", count - NAMED_KEYS));
    }
    Some(ConfigWarning::new(summary))
}

/// The dotted path of an ignored key.
fn key_of(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    let (parent, segment) = match path {
        Path::Root => return String::new(),
        Path::Seq { parent, index } => (parent, index.to_string()),
        Path::Map { parent, key } => (parent, key.clone()),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            return key_of(parent);
        }
    };
    let parent = key_of(parent);
    if parent.is_empty() { segment } else { format!("{parent}.{segment}") }
}

/// About keys of a trusted project that a project may not set.
pub(crate) fn dropped_keys(dropped: &DroppedKeys) -> ConfigWarning {
    ConfigWarning::new(format!(
        "{}: these keys cannot be set by a project and are ignored: {}.",
        dropped.file.display(),
        dropped.keys.join(", ")
    ))
}

/// About features that were switched on and are not finished.
pub(crate) fn unstable_features(names: &[&str]) -> Option<ConfigWarning> {
    if names.is_empty() {
        return None;
    }
    Some(ConfigWarning::new(format!(
        "Features under development are enabled: {}. They are incomplete and may misbehave. To hide this warning, \
         set `suppress_unstable_features_warning = true` in config.toml.",
        names.join(", ")
    )))
}

/// About features that are written with an old name, or that are on their way out.
pub(crate) fn deprecated_features(features: &FeaturesToml) -> Vec<DeprecationNotice> {
    let mut notices = Vec::new();
    for (name, _) in features.states() {
        let Some(feature) = FeatureInfo::find(name) else {
            continue;
        };
        if matches!(feature.name, "web_search_request" | "web_search_cached") {
            notices.push(DeprecationNotice {
                summary: format!("`[features].{name}` is deprecated; web search is on by default."),
                details: Some(
                    "Set `web_search` to `\"live\"`, `\"indexed\"`, `\"cached\"` or `\"disabled\"` at the top level \
                     of config.toml to change it."
                        .to_owned(),
                ),
            });
        } else if feature.name != name {
            notices.push(DeprecationNotice {
                summary: format!("`[features].{name}` is deprecated. Use `[features].{}` instead.", feature.name),
                details: Some(format!(
                    "Write `[features].{0}` in config.toml, or `--enable {0}` on the command line.",
                    feature.name
                )),
            });
        }
    }
    notices
}
