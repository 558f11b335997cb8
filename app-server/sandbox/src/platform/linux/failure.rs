//! Why a sandbox could not be set up, told by the helper on its standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

/// A step that failed, and why.
#[derive(Debug, thiserror::Error)]
#[error("cannot {step}: {source}")]
pub struct Failure {
    /// The step; a fragment that completes "cannot ...".
    step: String,
    /// What the system said.
    source: io::Error,
}

/// Names the step that failed.
pub trait Step<T> {
    /// Turns an error into a [`Failure`] with the step's name.
    ///
    /// # Errors
    /// When it was one.
    fn step(self, name: impl Display) -> Result<T, Failure>;
}

impl<T, E: Into<io::Error>> Step<T> for Result<T, E> {
    fn step(self, name: impl Display) -> Result<T, Failure> {
        self.map_err(|error| Failure { step: name.to_string(), source: error.into() })
    }
}

/// What stands before every reason.
const TOLD: &str = "sandbox: ";

/// Tells a person why nothing ran.
pub fn tell(reason: &dyn Display) {
    // Nobody is left to be told when this fails.
    let _ = writeln!(io::stderr(), "{TOLD}{reason}");
}

/// The reason in a line that was told.
pub fn untold(line: &str) -> &str {
    line.strip_prefix(TOLD).unwrap_or(line)
}
