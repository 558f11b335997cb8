//! `[features]`: flags by name, some with a table of settings.
//!
//! Unknown names are kept, so that a file for another version still loads; their values must still be booleans.

mod check;
mod list;
mod settings;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use list::FEATURES;
use settings::Settings;
pub use settings::*;

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
pub(crate) const OLD_FEATURE_NAMES: [(&str, &str); 5] = [
    ("codex_hooks", "hooks"),
    ("collab", "multi_agent"),
    ("connectors", "apps"),
    ("memory_tool", "memories"),
    ("web_search", "web_search_request"),
];

/// The name a feature has today.
pub(crate) fn current_name(name: &str) -> &str {
    OLD_FEATURE_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, current)| current)
}

/// The value of a feature that has settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum FeatureToml<T> {
    /// On or off.
    Switch(bool),
    /// Settings; `enabled` is the switch.
    Settings(T),
}

/// Whether a value switches its feature; none when a table does not say.
fn state_of<T: Settings>(value: &FeatureToml<T>) -> Option<bool> {
    match value {
        FeatureToml::Switch(state) => Some(*state),
        FeatureToml::Settings(settings) => settings.enabled(),
    }
}

/// Declares the features that have settings.
macro_rules! features {
    ($($feature:ident: $settings:ident $(, $attribute:meta)?;)*) => {
        /// `[features]`: name to value, unknown names included.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct FeaturesToml {
            $(
                #[doc = concat!("The feature `", stringify!($feature), "`: a switch, or a table with its settings.")]
                #[serde(default, skip_serializing_if = "Option::is_none" $(, $attribute)?)]
                pub $feature: Option<FeatureToml<$settings>>,
            )*
            /// The registry of tools; no feature.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub tool_registry: Option<ToolRegistryConfigToml>,
            /// The other features, unknown ones included.
            #[serde(flatten)]
            pub switches: BTreeMap<String, bool>,
        }

        impl FeaturesToml {
            /// Every feature of the table, and whether it is switched; none when its table does not say.
            pub fn states(&self) -> impl Iterator<Item = (&str, Option<bool>)> {
                let with_settings = [
                    $((stringify!($feature), self.$feature.as_ref().map(state_of)),)*
                ];
                let with_settings =
                    with_settings.into_iter().filter_map(|(name, state)| state.map(|state| (name, state)));
                self.switches.iter().map(|(name, state)| (name.as_str(), Some(*state))).chain(with_settings)
            }
        }
    };
}

features! {
    apps_mcp_path_override: RemovedAppsMcpPathOverrideConfigToml, skip_serializing;
    async_compaction: AsyncCompactionConfigToml;
    code_mode: CodeModeConfigToml;
    code_mode_host: CodeModeHostConfigToml;
    context_management: ContextManagementConfigToml;
    current_time_reminder: CurrentTimeReminderConfigToml;
    guardianv2: GuardianV2ConfigToml;
    guardianv3: GuardianV3ConfigToml;
    multi_agent_v2: MultiAgentV2ConfigToml;
    network_proxy: NetworkProxyConfigToml;
    non_prefixed_mcp_tool_names: NonPrefixedMcpToolNamesConfigToml;
    rollout_budget: RolloutBudgetConfigToml;
    runtime_agent_instances: RuntimeAgentInstancesConfigToml;
    sleep_tool: SleepToolConfigToml;
    token_budget: TokenBudgetConfigToml;
}

impl FeaturesToml {
    /// Names that no feature has, in order.
    pub fn unknown_names(&self) -> impl Iterator<Item = &str> {
        self.switches.keys().map(String::as_str).filter(|name| FeatureInfo::find(name).is_none())
    }
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
        let states: Vec<_> = features.states().collect();
        assert_eq!(states, [("goals", Some(false)), ("nosuch", Some(true)), ("multi_agent_v2", Some(true))]);
        assert_eq!(features.unknown_names().collect::<Vec<_>>(), ["nosuch"]);
    }

    #[test]
    fn every_feature_with_settings_is_known() {
        let text = toml::to_string(&FeaturesToml::default()).unwrap();
        assert_eq!(text, "", "unset features are not written");
        let schema = schemars::schema_for!(FeaturesToml);
        let names: Vec<&String> = schema.get("properties").unwrap().as_object().unwrap().keys().collect();
        assert_eq!(names.len(), 16);
        for name in names.into_iter().filter(|name| *name != "tool_registry") {
            assert!(FeatureInfo::find(name).is_some(), "{name}");
        }
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
