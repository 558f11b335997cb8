//! Unix: a file is known by device and inode, and has a time of its last change that no program can set; a folder can
//! be locked and written to disk like a file.

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// The state of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// The time since the content was last modified; none at all when that lies in the future.
    pub fn age(&self, now: SystemTime) -> Duration {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let modified = Duration::from_secs(u64::try_from(self.modified.0).unwrap_or_default());
        now.saturating_sub(modified)
    }
}

/// What is locked while a file of a folder is replaced: the folder itself, so that no lock file is left lying about.
pub(crate) fn open_folder_lock(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// A file of its own to lock, for its owner only; it stays.
pub(crate) fn open_lock_file(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).mode(0o600).open(path)
}

/// Gives a file the owner that another one has, where that is allowed and makes a difference.
pub(crate) fn copy_owner(old: &Metadata, new: &Path) {
    let Ok(now) = std::fs::metadata(new) else {
        return;
    };
    if now.uid() != old.uid() || now.gid() != old.gid() {
        // Only root may give files away; everyone else keeps what the folder allows.
        let _ = chown(new, Some(old.uid()), Some(old.gid())).or_else(|_| chown(new, None, Some(old.gid())));
    }
}

/// Makes sure that a rename in a folder outlives a power failure.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems cannot do this for folders; the rename is then as safe as they make it.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// The system's own error for links that lead in a circle.
pub(crate) fn link_loop() -> io::Error {
    const ELOOP: i32 = if cfg!(target_os = "linux") { 40 } else { 62 };
    io::Error::from_raw_os_error(ELOOP)
}
