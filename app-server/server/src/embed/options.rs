//! How a server is embedded.

use std::ffi::OsString;
use std::num::NonZeroU32;
use std::path::Path;

use codex_app_server_protocol::v1::{ClientInfo, InitializeCapabilities};

/// Requests that may be open at a time unless the options say otherwise.
const IN_FLIGHT: NonZeroU32 = NonZeroU32::MIN.saturating_add(127);

/// What [`super::Embedded::start`] needs to know.
#[derive(Clone, Debug)]
pub struct EmbedOptions {
    /// Who the client is.
    pub client_info: ClientInfo,
    /// What the client asks for; `None` for nothing. Extensions about lines, which there are none of, are not granted. With `experimentalApi` requests are looked at by no gate, and no JSON is
    /// made of them.
    pub capabilities: Option<InitializeCapabilities>,
    /// The environment of the server and of the commands that it runs.
    pub env: Vec<(OsString, OsString)>,
    /// Overrides of the configuration, `key=value` with a value in TOML, as `-c` takes them.
    pub config: Vec<String>,
    /// Refuses keys of the configuration that nothing knows.
    pub strict: bool,
    /// Requests that may be open at a time.
    pub in_flight: NonZeroU32,
}

impl EmbedOptions {
    /// A client of this name and version without capabilities, on the environment of the process and the home that it names.
    #[must_use]
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            client_info: ClientInfo { name: name.into(), title: None, version: version.into() },
            capabilities: None,
            env: std::env::vars_os().collect(),
            config: Vec::new(),
            strict: false,
            in_flight: IN_FLIGHT,
        }
    }

    /// Uses another home, a folder that exists.
    #[must_use]
    pub fn home(mut self, folder: &Path) -> Self {
        self.env.push(("CODEX_HOME".into(), folder.into()));
        self
    }

    /// Overrides a key of the configuration.
    #[must_use]
    pub fn config(mut self, key_value: impl Into<String>) -> Self {
        self.config.push(key_value.into());
        self
    }

    /// Asks for methods and fields that are marked experimental.
    #[must_use]
    pub fn experimental(mut self) -> Self {
        self.capabilities.get_or_insert_default().experimental_api = true;
        self
    }
}
