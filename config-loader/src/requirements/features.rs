//! Features that must be on or off.

use std::collections::BTreeMap;

use super::Requirements;
use super::keys::FeatureRequirements;
use crate::keys::{FeatureInfo, FeaturesToml};
use crate::warnings::ConfigWarning;

/// The known features of a table by current name, and warnings about the others.
pub(super) fn known_features(
    features: Option<&FeatureRequirements>,
    source: &str,
) -> (BTreeMap<&'static str, bool>, Vec<ConfigWarning>) {
    let mut known = BTreeMap::new();
    let mut warnings = Vec::new();
    for (name, enabled) in features.iter().flat_map(|features| &features.entries) {
        match FeatureInfo::find(name) {
            None => warnings.push(ConfigWarning::new(format!(
                "`features` requirement `{name}` from {source} names no feature and is ignored."
            ))),
            // The current name wins over an old one, whatever their order.
            Some(feature) if feature.name == name => {
                known.insert(feature.name, *enabled);
            }
            Some(feature) => {
                known.entry(feature.name).or_insert(*enabled);
                warnings.push(ConfigWarning::new(format!(
                    "`features` requirement `{name}` from {source} uses an old name; write `{}`.",
                    feature.name
                )));
            }
        }
    }
    (known, warnings)
}

impl Requirements {
    /// Features by current name, and whether they must be on.
    pub(crate) fn features(&self) -> &BTreeMap<&'static str, bool> {
        &self.features
    }

    /// Checks what a file would say about features.
    ///
    /// # Errors
    ///
    /// The words that refuse the write, when a feature would be set to another state than the demanded one.
    pub fn check_features(&self, features: &FeaturesToml) -> Result<(), String> {
        let differs = |name: &str, enabled: Option<bool>| {
            let demanded = FeatureInfo::find(name).and_then(|feature| self.features.get(feature.name));
            matches!((demanded, enabled), (Some(demanded), Some(enabled)) if *demanded != enabled)
        };
        let Some((name, enabled)) = features.states().find(|(name, enabled)| differs(name, *enabled)) else {
            return Ok(());
        };
        let demanded: Vec<String> = self.features.iter().map(|(name, enabled)| format!("{name}={enabled}")).collect();
        Err(format!(
            "invalid value for `features`: `features.{name}={}` is not in the allowed set [{}] (set by {})",
            enabled.unwrap_or_default(),
            demanded.join(", "),
            self.source_of("features")
        ))
    }
}
