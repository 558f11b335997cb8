//! What device management hands out: TOML in base64 under a few keys of one application.
//!
//! It is read once, at the start; a change takes effect with the next one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use toml::Table;

use crate::error::ConfigError;
use crate::platform;

/// The application whose preferences are read.
pub(crate) const APPLICATION: &str = "com.openai.codex";

/// The key of a managed configuration.
pub(crate) const CONFIG_KEY: &str = "config_toml_base64";

/// The key of requirements.
pub(crate) const REQUIREMENTS_KEY: &str = "requirements_toml_base64";

/// The preferences as they are handed out: base64 of TOML, none when nothing is.
#[derive(Clone, Default)]
pub struct DevicePreferences {
    /// The managed configuration.
    pub config_toml_base64: Option<String>,
    /// The requirements.
    pub requirements_toml_base64: Option<String>,
}

impl std::fmt::Debug for DevicePreferences {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // They may hold credentials.
        formatter
            .debug_struct("DevicePreferences")
            .field(CONFIG_KEY, &self.config_toml_base64.is_some())
            .field(REQUIREMENTS_KEY, &self.requirements_toml_base64.is_some())
            .finish()
    }
}

impl DevicePreferences {
    /// Those of this machine; none where the system has no such thing.
    pub fn of_this_machine() -> Self {
        Self {
            config_toml_base64: platform::managed_preference(CONFIG_KEY),
            requirements_toml_base64: platform::managed_preference(REQUIREMENTS_KEY),
        }
    }

    /// The managed configuration; none when there is none.
    pub(crate) fn config(&self) -> Result<Option<Table>, ConfigError> {
        let Some(text) = decode(CONFIG_KEY, self.config_toml_base64.as_deref())? else {
            return Ok(None);
        };
        let refused = |error: toml::de::Error| ConfigError::Preference { key: CONFIG_KEY, reason: error.to_string() };
        toml::from_str(&text).map(Some).map_err(refused)
    }

    /// The text of the requirements; none when there are none.
    pub(crate) fn requirements(&self) -> Result<Option<String>, ConfigError> {
        decode(REQUIREMENTS_KEY, self.requirements_toml_base64.as_deref())
    }
}

/// The text behind a preference; a blank one is none.
fn decode(key: &'static str, value: Option<&str>) -> Result<Option<String>, ConfigError> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let bytes = STANDARD
        .decode(value)
        .map_err(|error| ConfigError::Preference { key, reason: format!("it is no base64: {error}") })?;
    let text = String::from_utf8(bytes)
        .map_err(|error| ConfigError::Preference { key, reason: error.utf8_error().to_string() })?;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferences(text: &str) -> DevicePreferences {
        DevicePreferences { config_toml_base64: Some(text.to_owned()), requirements_toml_base64: Some(text.to_owned()) }
    }

    #[test]
    fn base64_of_toml_is_read() {
        let preferences = preferences(&format!("  {}\n", STANDARD.encode("model = 'm'")));
        assert_eq!(preferences.config().unwrap().unwrap(), toml::from_str("model = 'm'").unwrap());
        assert_eq!(preferences.requirements().unwrap().unwrap(), "model = 'm'");
    }

    #[test]
    fn blank_is_nothing() {
        assert!(preferences(" \n").config().unwrap().is_none());
        assert!(DevicePreferences::default().requirements().unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_decoded_names_its_key() {
        for text in ["%%%".to_owned(), STANDARD.encode(b"\xff"), STANDARD.encode("model =")] {
            let error = preferences(&text).config().unwrap_err().to_string();
            assert!(error.starts_with("failed to decode managed preference `config_toml_base64`: "), "{error}");
        }
    }
}
