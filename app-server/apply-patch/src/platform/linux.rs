//! Linux: the kernel itself refuses links anywhere in a path (openat2, since 5.6), so that nobody can put one in place
//! between the look and the call.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

/// A file to be written, and whether it is new.
pub(crate) fn open_to_write(path: &Path, create: bool) -> io::Result<(File, bool)> {
    // A pipe that took the file's place must not hold us up.
    let flags = OFlags::WRONLY | OFlags::NONBLOCK;
    match open(path, flags, Mode::empty()) {
        Err(Errno::NOENT) if create => {
            let usual = Mode::from_raw_mode(0o666);
            let file = open(path, flags | OFlags::CREATE | OFlags::EXCL, usual)?;
            Ok((file.into(), true))
        }
        opened => Ok((opened?.into(), false)),
    }
}

/// Makes a folder and those above it.
pub(crate) fn create_directories(path: &Path) -> io::Result<()> {
    match open_directory(path) {
        Err(Errno::NOENT) => {}
        found => return Ok(found.map(drop)?),
    }
    let (parent, name) = parts(path)?;
    create_directories(parent)?;
    match rustix::fs::mkdirat(open_directory(parent)?, name, Mode::from_raw_mode(0o777)) {
        // Somebody else made it.
        Err(Errno::EXIST) => Ok(open_directory(path).map(drop)?),
        made => Ok(made?),
    }
}

/// Removes a file or a link.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    let (parent, name) = parts(path)?;
    Ok(rustix::fs::unlinkat(open_directory(parent)?, name, AtFlags::empty())?)
}

fn parts(path: &Path) -> io::Result<(&Path, &std::ffi::OsStr)> {
    path.parent().zip(path.file_name()).ok_or_else(|| io::Error::from(Errno::INVAL))
}

fn open_directory(path: &Path) -> Result<OwnedFd, Errno> {
    open(path, OFlags::PATH | OFlags::DIRECTORY, Mode::empty())
}

fn open(path: &Path, flags: OFlags, mode: Mode) -> Result<OwnedFd, Errno> {
    let flags = flags | OFlags::CLOEXEC;
    match rustix::fs::openat2(CWD, path, flags, mode, ResolveFlags::NO_SYMLINKS) {
        // Old kernels, and filters that do not know the call: the last name at least is no link.
        Err(Errno::NOSYS | Errno::PERM) => rustix::fs::openat(CWD, path, flags | OFlags::NOFOLLOW, mode),
        opened => opened,
    }
}
