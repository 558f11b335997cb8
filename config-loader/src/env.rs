//! The environment, taken once.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

/// The environment variables of the process at its start. Nothing in the server reads the environment elsewhere.
///
/// Values may be secrets: its debug output shows none of them.
#[derive(Clone, Default)]
pub struct EnvSnapshot {
    variables: HashMap<OsString, OsString>,
}

impl EnvSnapshot {
    /// Takes variables, as from [`std::env::vars_os`]; of several with one name the last counts.
    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        Self { variables: variables.into_iter().collect() }
    }

    /// The value of a variable.
    pub fn get(&self, name: impl AsRef<OsStr>) -> Option<&OsStr> {
        self.variables.get(name.as_ref()).map(OsString::as_os_str)
    }

    /// All variables, for the environment of commands.
    pub fn variables(&self) -> impl Iterator<Item = (OsString, OsString)> {
        self.variables.iter().map(|(name, value)| (name.clone(), value.clone()))
    }

    /// The value of a variable, when it is text and not blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.to_str().filter(|text| !text.trim().is_empty())
    }
}

impl std::fmt::Debug for EnvSnapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "EnvSnapshot({} variables)", self.variables.len())
    }
}
