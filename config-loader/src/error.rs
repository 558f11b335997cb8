//! Why a configuration cannot be used.

use std::path::PathBuf;

use codex_utils_cli::OverrideError;

use crate::diagnostics::Diagnostic;

/// Why a configuration cannot be used.
///
/// The plain text is what a failing start prints after `Error: ` and what thread/start puts behind
/// `failed to load configuration: `; [`ConfigError::read_message`] is the text of config/read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A `-c` argument that is no override.
    #[error(transparent)]
    Override(#[from] OverrideError),
    /// `--enable` or `--disable` with a name that no feature has.
    #[error("Unknown feature flag: {0}")]
    UnknownFeature(String),
    /// A profile whose file is missing.
    #[error("there is no profile `{name}`: {} does not exist", file.display())]
    NoProfile {
        /// Its name.
        name: String,
        /// The file it would be in.
        file: PathBuf,
    },
    /// A key of an override that is nested too deeply.
    #[error("configuration key has more than {limit} segments: {start}...")]
    KeyTooDeep {
        /// The most segments a key may have.
        limit: usize,
        /// How the key begins.
        start: String,
    },
    /// A file that is there and cannot be read.
    #[error("failed to read {}: {message}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        message: String,
    },
    /// A file that is no TOML, or whose keys contradict each other.
    #[error(transparent)]
    File(Box<Diagnostic>),
    /// The file of a trusted project is no TOML; the text draws the place.
    #[error("Error parsing project config file {}: {drawing}", path.display())]
    ProjectFile {
        /// The file.
        path: PathBuf,
        /// The place, drawn by the TOML library.
        drawing: String,
    },
    /// A value of the merged configuration has the wrong type.
    #[error("{}", type_text(text, place))]
    Type {
        /// What is wrong and, on a second line, at which key.
        text: String,
        /// The place, when the value comes from a file.
        place: Option<Box<Diagnostic>>,
    },
    /// The values have the right types and make no sense together.
    #[error("{0}")]
    Meaning(String),
    /// The configuration asks for something that this server cannot do yet.
    #[error("{0}")]
    Unsupported(String),
    /// Requirements that are no TOML, or have a wrong value that only clients act on. The server starts nevertheless.
    #[error("{0}")]
    RequirementsSyntax(String),
    /// Requirements that cannot be met: a wrong value, a list that allows nothing.
    #[error("{text}")]
    Requirements {
        /// What is wrong, in which source and at which key.
        text: String,
        /// The place, when the source is a file.
        place: Option<Box<Diagnostic>>,
    },
    /// What device management hands out cannot be decoded.
    #[error("failed to decode managed preference `{key}`: {reason}")]
    Preference {
        /// Its key.
        key: &'static str,
        /// Why.
        reason: String,
    },
    /// Requirements and configuration together leave no way to log in.
    #[error("authentication requirements do not permit any usable login method")]
    NoLogin,
    /// A key that nothing knows, where unknown keys are refused.
    #[error("unknown configuration field `{0}` in -c/--config override")]
    UnknownOverride(String),
    /// The login brings managed configuration, and there is none that may be used.
    #[error("the managed configuration of the workspace could not be loaded: {0}")]
    Cloud(String),
    /// `approval_policy = "untrusted"`, which only a request may choose.
    #[error("approval_policy = \"untrusted\" is no longer supported; remove this setting")]
    UntrustedPolicy,
}

/// The place and what is wrong there, or the text with its key.
fn type_text(text: &str, place: &Option<Box<Diagnostic>>) -> String {
    match place {
        Some(place) => place.to_string(),
        None => text.to_owned(),
    }
}

impl ConfigError {
    /// The whole message of a failed config/read.
    pub fn read_message(&self) -> String {
        match self {
            Self::Type { text, .. } => format!("invalid configuration: {text}"),
            Self::Meaning(_) | Self::Unsupported(_) | Self::UntrustedPolicy => self.resolve_message(),
            _ => format!("failed to read configuration layers: {self}"),
        }
    }

    /// The text of a start that fails: with the place, drawn.
    pub fn start_message(&self) -> String {
        match (self, self.place()) {
            (Self::Requirements { text, .. }, Some(place)) => format!("{}\n{}", text.trim_end(), place.render()),
            (_, Some(place)) => place.render(),
            (error, None) => error.to_string(),
        }
    }

    /// The whole message of a request that needs the configuration as a whole.
    pub fn resolve_message(&self) -> String {
        format!("failed to resolve feature override precedence: {self}")
    }

    /// The place in a file, when there is one.
    pub fn place(&self) -> Option<&Diagnostic> {
        match self {
            Self::File(place) => Some(place),
            Self::Type { place, .. } | Self::Requirements { place, .. } => place.as_deref(),
            _ => None,
        }
    }
}

impl From<Diagnostic> for ConfigError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::File(Box::new(diagnostic))
    }
}
