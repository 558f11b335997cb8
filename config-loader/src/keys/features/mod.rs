//! `[features]`: flags by name, some with a table of settings.
//!
//! Unknown names are kept, so that a file for another version still loads; their values must still be booleans.

mod list;
mod settings;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::Unexpected;
use serde::{Deserialize, Deserializer, Serialize, de};
use toml::{Table, Value};

pub use list::FEATURES;

/// How far a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureStage {
    /// Made for everyone.
    Stable,
    /// Can be tried.
    Experimental,
    /// Not finished.
    UnderDevelopment,
    /// On its way out.
    Deprecated,
    /// Accepted without effect.
    Removed,
}

/// A known feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeatureInfo {
    /// Name, the key in `[features]`.
    pub name: &'static str,
    /// How far it is.
    pub stage: FeatureStage,
    /// Whether it is on unless configured.
    pub default: bool,
}

impl FeatureInfo {
    const fn new(name: &'static str, stage: FeatureStage, default: bool) -> Self {
        Self { name, stage, default }
    }

    /// The feature of this name; old names are followed.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = current_name(name);
        let index = BY_NAME.binary_search_by(|feature| feature.name.cmp(name)).ok()?;
        BY_NAME.get(index).copied()
    }
}

/// The features, sorted by name.
static BY_NAME: LazyLock<Vec<&'static FeatureInfo>> = LazyLock::new(|| {
    let mut features: Vec<&FeatureInfo> = FEATURES.iter().collect();
    features.sort_unstable_by_key(|feature| feature.name);
    features
});

/// Features that a client may switch for the running process; config/read always shows them with their effective value.
pub const SWITCHABLE_FEATURES: [&str; 15] = [
    "api_key_cyber_access_programs",
    "api_key_model_discovery",
    "auth_elicitation",
    "background_paginated_rollout_migration",
    "codex_apps_mcp_2026_07_28",
    "daybreak_program_propagation",
    "mcp_2026_07_28",
    "mcp_connection_sharing",
    "mcp_lazy_stdio_startup",
    "memories",
    "mentions_v2",
    "remote_control",
    "remote_plugin",
    "tool_suggest",
    "windows_sandbox_service",
];

/// Old names of features, with the current one.
const OLD_NAMES: [(&str, &str); 5] = [
    ("codex_hooks", "hooks"),
    ("collab", "multi_agent"),
    ("connectors", "apps"),
    ("memory_tool", "memories"),
    ("web_search", "web_search_request"),
];

/// The name a feature has today.
pub(crate) fn current_name(name: &str) -> &str {
    OLD_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, current)| current)
}

/// The value of one feature.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FeatureToml {
    /// On or off.
    Switch(bool),
    /// A table of settings, for the features that have some; `enabled` is the switch.
    Settings(Table),
}

impl FeatureToml {
    /// Whether the value switches the feature; none when a table does not say.
    pub fn enabled(&self) -> Option<bool> {
        match self {
            Self::Switch(state) => Some(*state),
            Self::Settings(table) => table.get("enabled").and_then(Value::as_bool),
        }
    }
}

/// `[features]`: name to value, unknown names included.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct FeaturesToml(pub BTreeMap<String, FeatureToml>);

impl FeaturesToml {
    /// Names that no feature has, in order.
    pub fn unknown_names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|name| FeatureInfo::find(name).is_none())
    }

    /// The first key whose value no feature takes; for the position of an error.
    pub(crate) fn is_valid(name: &str, value: &Value) -> bool {
        parse_feature::<toml::de::Error>(name, value.clone()).is_ok()
    }
}

impl<'de> Deserialize<'de> for FeaturesToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Read loosely first: an error then is about the table, as clients know it.
        let table = Table::deserialize(deserializer)?;
        table
            .into_iter()
            .map(|(name, value)| Ok((name.clone(), parse_feature(&name, value)?)))
            .collect::<Result<_, D::Error>>()
            .map(Self)
    }
}

/// Checks the value of one feature.
fn parse_feature<E: de::Error>(name: &str, value: Value) -> Result<FeatureToml, E> {
    const EXPECTED: &&str = &"a boolean";
    let unexpected = match &value {
        Value::Boolean(state) => return Ok(FeatureToml::Switch(*state)),
        Value::Table(table) => match settings::keys_of(name) {
            Some(keys) if settings::fits(table, keys) => return Ok(FeatureToml::Settings(table.clone())),
            Some(_) => return Err(no_form()),
            None => Unexpected::Map,
        },
        _ if settings::keys_of(name).is_some() => return Err(no_form()),
        Value::String(text) => Unexpected::Str(text),
        Value::Integer(integer) => Unexpected::Signed(*integer),
        Value::Float(float) => Unexpected::Float(*float),
        Value::Array(_) => Unexpected::Seq,
        Value::Datetime(_) => Unexpected::Map,
    };
    Err(E::invalid_type(unexpected, EXPECTED))
}

/// The text that clients know for a value that is neither a switch nor fitting settings.
fn no_form<E: de::Error>() -> E {
    E::custom("data did not match any variant of untagged enum FeatureToml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<FeaturesToml, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn the_list_is_whole_and_names_are_unique() {
        assert_eq!(FEATURES.len(), 215);
        assert!(BY_NAME.is_sorted_by(|a, b| a.name < b.name));
        assert!(FEATURES.iter().all(|feature| FeatureInfo::find(feature.name) == Some(feature)));
        assert!(SWITCHABLE_FEATURES.iter().all(|name| FeatureInfo::find(name).is_some()));
    }

    #[test]
    fn old_names_are_followed() {
        assert_eq!(FeatureInfo::find("collab").unwrap().name, "multi_agent");
        assert!(FeatureInfo::find("nosuch").is_none());
    }

    #[test]
    fn switches_and_settings() {
        let features = parse("goals = false\nnosuch = true\nmulti_agent_v2 = { enabled = true }").unwrap();
        assert_eq!(features.0["goals"].enabled(), Some(false));
        assert_eq!(features.0["multi_agent_v2"].enabled(), Some(true));
        assert_eq!(features.unknown_names().collect::<Vec<_>>(), ["nosuch"]);
    }

    #[test]
    fn wrong_values_have_the_texts_of_the_reference() {
        assert_eq!(parse("goals = \"true\"").unwrap_err(), "invalid type: string \"true\", expected a boolean");
        assert_eq!(parse("goals = {}").unwrap_err(), "invalid type: map, expected a boolean");
        for text in ["multi_agent_v2 = 1", "multi_agent_v2 = { nosuch = 1 }", "token_budget = { enabled = 3 }"] {
            assert_eq!(parse(text).unwrap_err(), "data did not match any variant of untagged enum FeatureToml");
        }
    }
}
