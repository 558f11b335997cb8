//! What is wrong with the composed requirements, and what follows from them.

use toml::Table;

use super::exact::pins_of;
use super::features::known_features;
use super::keys::AllowedSandboxMode;
use super::{Requirements, RequirementsToml};
use crate::decode::decode;
use crate::error::ConfigError;

impl Requirements {
    /// Checks what was composed and works out what follows from it.
    pub(super) fn finish(mut self, composed: Table) -> Result<Self, ConfigError> {
        let toml: RequirementsToml = decode(composed.clone())
            .map_err(|error| refused(format!("the requirements contradict each other: {error}")))?;
        self.toml = toml;
        self.check_lists()?;
        if let Some(rules) = &self.toml.rules {
            let source = self.source_of("rules");
            rules
                .check()
                .map_err(|reason| refused(format!("invalid rules in requirements (set by {source}): {reason}")))?;
        }
        self.pins = pins_of(&composed, &self.sources);
        let source = self.source_of("features").to_owned();
        (self.features, self.warnings) = known_features(self.toml.features.as_ref(), &source);
        self.toml = self.toml.without_empty();
        Ok(self)
    }

    /// Refuses lists that allow nothing.
    fn check_lists(&self) -> Result<(), ConfigError> {
        let toml = &self.toml;
        let windows = toml.windows.as_ref().and_then(|windows| windows.allowed_sandbox_implementations.as_ref());
        for (key, empty) in [
            ("allowed_approval_policies", toml.allowed_approval_policies.as_ref().is_some_and(Vec::is_empty)),
            ("allowed_approvals_reviewers", toml.allowed_approvals_reviewers.as_ref().is_some_and(Vec::is_empty)),
            ("windows.allowed_sandbox_implementations", windows.is_some_and(Vec::is_empty)),
        ] {
            if empty {
                return Err(refused(format!("field `{key}` cannot be empty")));
            }
        }
        if let Some(modes) = &toml.allowed_sandbox_modes
            && !modes.contains(&AllowedSandboxMode::ReadOnly)
        {
            let source = self.source_of("allowed_sandbox_modes");
            return Err(refused(format!(
                "invalid value for `allowed_sandbox_modes`: `read-only` must be among the allowed modes (set by {source})"
            )));
        }
        Ok(())
    }
}

fn refused(text: String) -> ConfigError {
    ConfigError::Requirements { text, place: None }
}
