//! Other systems: a file is known by its size and the time of its last modification.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The state of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }

    /// The time since the content was last modified; none at all when that is unknown or lies in the future.
    pub fn age(&self, now: SystemTime) -> Duration {
        self.modified.and_then(|modified| now.duration_since(modified).ok()).unwrap_or_default()
    }
}
