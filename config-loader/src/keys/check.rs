//! What the types of single keys cannot say: values that make no sense.

use std::time::Duration;

use super::{ConfigToml, FeaturesToml, FilesystemPermissionToml};

/// Digits that a preset of the terminal interface may have as its name.
const PRESET_DIGITS: std::ops::RangeInclusive<char> = '0'..='9';

impl ConfigToml {
    /// The first value that has the right type and makes no sense.
    pub(crate) fn check_values(&self) -> Result<(), String> {
        self.check_agents()?;
        self.check_permissions()?;
        self.check_presets()?;
        self.check_features()?;
        if let Some(auth) = &self.mcp_enterprise_managed_auth {
            if auth.idp.client_secret.as_ref().is_some_and(|secret| secret.expose().is_empty()) {
                return Err("enterprise IdP client_secret must not be empty".to_owned());
            }
            if auth.idp.token_endpoint_auth_method.is_some() && auth.idp.client_secret.is_none() {
                return Err("enterprise IdP token_endpoint_auth_method requires client_secret".to_owned());
            }
        }
        // A deadline this far away cannot be told from the present moment.
        if let Some(seconds) = self.thread_unload_delay_secs
            && std::time::Instant::now().checked_add(Duration::from_secs(seconds)).is_none()
        {
            return Err("thread_unload_delay_secs is too large".to_owned());
        }
        Ok(())
    }

    fn check_features(&self) -> Result<(), String> {
        self.features.as_ref().map_or(Ok(()), FeaturesToml::check_values)
    }

    fn check_agents(&self) -> Result<(), String> {
        let threads = self.agents.as_ref().and_then(|agents| agents.max_concurrent_threads_per_session);
        if threads == Some(0) {
            return Err("agents.max_concurrent_threads_per_session must be at least 1".to_owned());
        }
        Ok(())
    }

    fn check_permissions(&self) -> Result<(), String> {
        let profiles = self.permissions.iter().flat_map(|permissions| permissions.profiles.values());
        for filesystem in profiles.filter_map(|profile| profile.filesystem.as_ref()) {
            if filesystem.glob_scan_max_depth == Some(0) {
                return Err("glob_scan_max_depth must be at least 1".to_owned());
            }
            let says_something = |permission: &FilesystemPermissionToml| !matches!(permission, FilesystemPermissionToml::Scoped(paths) if paths.is_empty());
            for (path, _) in filesystem.entries.iter().filter(|(_, permission)| says_something(permission)) {
                let is_known_form =
                    path.starts_with(':') || path.starts_with("~/") || std::path::Path::new(path).is_absolute();
                if !is_known_form {
                    return Err(format!("filesystem path `{path}` must be absolute, use `~/...`, or start with `:`"));
                }
            }
        }
        Ok(())
    }

    fn check_presets(&self) -> Result<(), String> {
        for (slot, preset) in self.tui.iter().flat_map(|tui| &tui.presets) {
            let mut characters = slot.chars();
            let is_digit = characters.next().is_some_and(|digit| PRESET_DIGITS.contains(&digit));
            if !is_digit || characters.next().is_some() {
                return Err(format!("tui.presets.{slot}: slot must be a single digit from 0 to 9"));
            }
            let input = preset.input.trim();
            if input.is_empty() {
                return Err(format!("tui.presets.{slot}: the input is empty"));
            }
            if input.starts_with('!') {
                return Err(format!(
                    "tui.presets.{slot}: a preset is a prompt or a slash command, not a shell command"
                ));
            }
        }
        Ok(())
    }
}
