//! Systems where the standard library is what there is: a link at the path itself is refused, one that is put in place
//! above it between the look and the call is not seen.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// A file to be written, and whether it is new.
pub(crate) fn open_to_write(path: &Path, create: bool) -> io::Result<(File, bool)> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(io::Error::other("a symbolic link has come up in its place")),
        Err(error) if create && error.kind() == io::ErrorKind::NotFound => {
            OpenOptions::new().write(true).create_new(true).open(path).map(|file| (file, true))
        }
        Err(error) => Err(error),
        Ok(_) => OpenOptions::new().write(true).open(path).map(|file| (file, false)),
    }
}

/// Makes a folder and those above it.
pub(crate) fn create_directories(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Removes a file or a link.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)
}
