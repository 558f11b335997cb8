//! Other systems: a file is known by its size and the time of its last modification.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
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

/// What is locked while a file of a folder is replaced: a file beside it, as folders cannot be opened here.
pub(crate) fn open_folder_lock(folder: &Path) -> io::Result<File> {
    open_lock_file(&folder.join(".config.lock"))
}

/// A file of its own to lock; it stays.
pub(crate) fn open_lock_file(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Owners are left as they are here.
pub(crate) fn copy_owner(_old: &Metadata, _new: &Path) {}

/// Folders cannot be written to disk by themselves here.
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// The error for links that lead in a circle.
pub(crate) fn link_loop() -> io::Error {
    io::Error::other("the symbolic links lead in a circle")
}
