//! The files that patches are checked against and written to.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform;

/// What stands at a path, when no link is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing.
    Missing,
    /// A file, with its permission bits where the system has such.
    File {
        /// The lower nine bits of the mode.
        permissions: u32,
    },
    /// A folder.
    Directory,
    /// A symbolic link.
    Link,
    /// A device, a pipe, a socket.
    Other,
}

/// Read access to files. Nothing here writes.
pub trait FileReader {
    /// What stands at the path itself; a link is not followed.
    ///
    /// # Errors
    /// When the system does not tell. A missing file is no error.
    fn status(&self, path: &Path) -> io::Result<Status>;

    /// Where a link points, as it stands in the link.
    ///
    /// # Errors
    /// When the path is no link or cannot be read.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;

    /// The whole content of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
}

/// Write access to files. Paths given here hold no link; where one has come up since, the call must fail and not follow it.
pub trait FileSystem: FileReader {
    /// Whether a file that exists could be written. Changes nothing.
    ///
    /// # Errors
    /// When it could not.
    fn check_write(&self, path: &Path) -> io::Result<()>;

    /// Makes the folder and those above it, as far as they are missing.
    ///
    /// # Errors
    /// When one cannot be made, or something else is in its place.
    fn create_directories(&self, path: &Path) -> io::Result<()>;

    /// Writes a whole file. One that exists keeps its mode and its identity; a new one gets the permissions, or without
    /// them those that are usual.
    ///
    /// # Errors
    /// When it cannot be written; it may then hold a part.
    fn write(&self, path: &Path, content: &[u8], permissions: Option<u32>) -> io::Result<()>;

    /// Removes a file or a link.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The files of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalFiles;

impl FileReader for LocalFiles {
    fn status(&self, path: &Path) -> io::Result<Status> {
        let found = match std::fs::symlink_metadata(path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Status::Missing);
            }
            found => found?,
        };
        let kind = found.file_type();
        Ok(if kind.is_symlink() {
            Status::Link
        } else if kind.is_dir() {
            Status::Directory
        } else if kind.is_file() {
            Status::File { permissions: platform::permissions(&found) }
        } else {
            Status::Other
        })
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::read_link(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

impl FileSystem for LocalFiles {
    fn check_write(&self, path: &Path) -> io::Result<()> {
        platform::open_to_write(path, false).map(drop)
    }

    fn create_directories(&self, path: &Path) -> io::Result<()> {
        platform::create_directories(path)
    }

    fn write(&self, path: &Path, content: &[u8], permissions: Option<u32>) -> io::Result<()> {
        use io::Write as _;
        let (mut file, new) = platform::open_to_write(path, true)?;
        if let Some(permissions) = permissions.filter(|_| new) {
            platform::set_permissions(&file, permissions)?;
        }
        // Cut last: a disk that is full then leaves as much of the old file as can be.
        file.write_all(content)?;
        file.set_len(content.len() as u64)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        platform::remove(path)
    }
}
