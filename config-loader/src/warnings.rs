//! What is odd about a configuration and does not keep it from being used.

use std::path::PathBuf;

use serde::Serialize;
use toml::{Table, Value};

use crate::decode::decode_watched;
use crate::diagnostics::TextRange;
use crate::error::ConfigError;
use crate::keys::{ConfigToml, FeatureInfo, FeaturesToml, TuiToml};
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

/// A key that nothing knows.
pub(crate) struct UnknownKey {
    /// Its dotted path.
    pub key: String,
    /// Whether it is warned about. Programs keep settings of their own in `[tui]`; those are only refused when loading
    /// is strict.
    pub is_told: bool,
}

/// The keys of a configuration that nothing knows.
pub(crate) fn unknown_keys_of(config: &Table) -> Vec<UnknownKey> {
    let mut unknown = Vec::new();
    // A layer alone may lack what another one adds; what was seen until then still counts.
    let mut take = |key| unknown.push(UnknownKey { key, is_told: true });
    let typed = decode_watched::<ConfigToml>(Value::Table(config.clone()), &mut take);
    if let Ok(config) = typed {
        let features = config.features.iter().flat_map(FeaturesToml::unknown_names);
        unknown.extend(features.map(|name| UnknownKey { key: format!("features.{name}"), is_told: true }));
        let tui = config.tui.iter().flat_map(TuiToml::unknown_names);
        unknown.extend(tui.map(|name| UnknownKey { key: format!("tui.{name}"), is_told: false }));
    }
    unknown
}

/// One warning about all keys that nothing knows; none when there are none.
pub(crate) fn unknown_keys(stack: &LayerStack) -> Option<ConfigWarning> {
    let mut unknown: Vec<(String, String)> = stack.requirements.unknown().to_vec();
    for layer in stack.enabled() {
        let label = layer.name.label();
        let told = unknown_keys_of(&layer.config).into_iter().filter(|unknown| unknown.is_told);
        unknown.extend(told.map(|unknown| (label.clone(), unknown.key)));
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
