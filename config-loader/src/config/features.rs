//! The feature flags in effect.

use std::collections::BTreeMap;

use crate::keys::{FEATURES, FeatureInfo, FeatureStage, FeaturesToml};

/// What clients switched for the running process, by current name. It counts where nothing is configured.
pub type FeatureSwitches = BTreeMap<&'static str, bool>;

/// The feature flags in effect: what is configured, over what was switched, over the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// By current name; only what somebody said.
    configured: BTreeMap<&'static str, bool>,
}

impl Features {
    /// What is configured, over what was switched; and what requirements demand, over both.
    pub(crate) fn new(features: Option<&FeaturesToml>, switched: &FeatureSwitches, demanded: &FeatureSwitches) -> Self {
        let mut configured = BTreeMap::new();
        for (name, state) in features.into_iter().flat_map(FeaturesToml::states) {
            if let (Some(feature), Some(enabled)) = (FeatureInfo::find(name), state) {
                // The current name wins over an old one, whatever their order.
                if feature.name == name {
                    configured.insert(feature.name, enabled);
                } else {
                    configured.entry(feature.name).or_insert(enabled);
                }
            }
        }
        for (name, enabled) in switched {
            configured.entry(*name).or_insert(*enabled);
        }
        configured.extend(demanded);
        Self { configured }
    }

    /// Whether a feature is on; false for a name that no feature has.
    pub fn enabled(&self, name: &str) -> bool {
        FeatureInfo::find(name).is_some_and(|feature| self.state(feature))
    }

    /// Every feature and whether it is on, in the order of [`FEATURES`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static FeatureInfo, bool)> {
        FEATURES.iter().map(|feature| (feature, self.state(feature)))
    }

    /// Names of features that were switched on and are not finished.
    pub(crate) fn unstable(&self) -> Vec<&'static str> {
        self.iter()
            .filter(|(feature, enabled)| {
                *enabled && feature.stage == FeatureStage::UnderDevelopment && !feature.default
            })
            .map(|(feature, _)| feature.name)
            .collect()
    }

    fn state(&self, feature: &FeatureInfo) -> bool {
        self.configured.get(feature.name).copied().unwrap_or(feature.default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(text: &str) -> Features {
        Features::new(Some(&toml::from_str(text).unwrap()), &FeatureSwitches::new(), &FeatureSwitches::new())
    }

    #[test]
    fn demanded_over_configured_and_switched() {
        let configured = toml::from_str("goals = true").unwrap();
        let switched = FeatureSwitches::from([("apps", false), ("memories", false)]);
        let demanded = FeatureSwitches::from([("goals", false), ("memories", true)]);
        let features = Features::new(Some(&configured), &switched, &demanded);
        assert!(!features.enabled("goals") && features.enabled("memories") && !features.enabled("apps"));
    }

    #[test]
    fn configured_over_default() {
        let features = features("goals = false\nmulti_agent_v2 = { enabled = true }\nnosuch = true");
        assert!(!features.enabled("goals"));
        assert!(features.enabled("multi_agent_v2"));
        assert!(features.enabled("apps"));
        assert!(!features.enabled("nosuch"));
    }

    #[test]
    fn what_was_switched_counts_where_nothing_is_configured() {
        let configured = toml::from_str("memories = false").unwrap();
        let switched = FeatureSwitches::from([("memories", true), ("remote_control", true)]);
        let features = Features::new(Some(&configured), &switched, &FeatureSwitches::new());
        assert!(!features.enabled("memories"));
        assert!(features.enabled("remote_control"));
    }

    #[test]
    fn an_old_name_counts_unless_the_current_one_is_there() {
        assert!(!features("collab = false").enabled("multi_agent"));
        assert!(features("codex_hooks = false\nhooks = true").enabled("hooks"));
        assert!(features("connectors = false\napps = true").enabled("apps"));
    }
}
