//! One file that is read and replaced under a lock.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::EditError;
use crate::layers::is_missing;
use crate::platform;

/// Links that are followed before they count as a circle, as on Linux.
const MAX_LINKS: usize = 40;

/// How the name of a temporary file begins, when it is written under the lock, and ends.
const TEMPORARY: (&str, &str) = (".codex-config-", ".tmp");

/// A file behind any symbolic links, and the lock on the folder it lies in.
pub(super) struct Target {
    path: PathBuf,
    folder: PathBuf,
    /// Given back when it is closed.
    lock: Option<File>,
}

impl Target {
    /// Follows the links of `path` and takes the lock of the folder at their end.
    pub(super) fn lock(path: &Path, patience: Duration) -> Result<Self, EditError> {
        let path = follow(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        fs::create_dir_all(&folder).map_err(|error| EditError::unusable(&folder, error))?;
        let lock = platform::open_folder_lock(&folder).map_err(|error| EditError::unusable(&folder, error))?;
        let held = wait_for(&lock, patience).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => EditError::Locked { path: folder.clone() },
            _ => EditError::unusable(&folder, error),
        })?;
        Ok(Self { path, folder, lock: held.then_some(lock) })
    }

    /// The text that is there; none when the file is missing.
    pub(super) fn read(&self) -> Result<Option<String>, EditError> {
        let unusable = |error: &dyn std::fmt::Display| EditError::unusable(&self.path, error);
        match fs::metadata(&self.path) {
            Ok(metadata) if !metadata.is_file() => return Err(unusable(&"is not a file")),
            Ok(_) => {}
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(unusable(&error)),
        }
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(unusable(&error)),
        };
        String::from_utf8(bytes).map(Some).map_err(|error| unusable(&error.utf8_error()))
    }

    /// Puts a new content in the place of the old one.
    pub(super) fn replace(&self, content: &[u8]) -> Result<(), EditError> {
        self.write_and_rename(content).map_err(|error| EditError::unusable(&self.path, error))
    }

    fn write_and_rename(&self, content: &[u8]) -> io::Result<()> {
        self.remove_leftovers();
        write_and_rename(TEMPORARY.0, &self.folder, &self.path, content, fs::metadata(&self.path).ok())
    }

    /// Removes what writers left behind that were killed; a living one would hold the lock.
    fn remove_leftovers(&self) {
        if self.lock.is_none() {
            return;
        }
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Puts a finished file at a path, for its owner only, whatever was there before. Nothing is locked: of two that do this
/// at once, one wins.
pub(crate) fn replace_private_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    write_and_rename(".codex-private-", folder, path, content, None)
}

/// Writes a new file beside the old one and renames it; it gets the mode and owner of `like`, if there is one. Its
/// temporary name begins with `prefix`.
fn write_and_rename(
    prefix: &str,
    folder: &Path,
    path: &Path,
    content: &[u8],
    like: Option<fs::Metadata>,
) -> io::Result<()> {
    // The temporary file is readable by its owner only, and is removed when anything fails.
    let mut new = tempfile::Builder::new().prefix(prefix).suffix(TEMPORARY.1).tempfile_in(folder)?;
    new.write_all(content)?;
    if let Some(old) = like {
        platform::copy_owner(&old, new.path());
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(path).map_err(|error| error.error)?;
    platform::sync_folder(folder)
}

/// Follows symbolic links to the file at their end, which need not exist.
fn follow(path: &Path) -> Result<PathBuf, EditError> {
    let mut current = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::symlink_metadata(&current) {
            Ok(metadata) if metadata.is_symlink() => {
                let target = fs::read_link(&current).map_err(|error| EditError::unusable(&current, error))?;
                current = current.parent().unwrap_or(Path::new("")).join(target);
            }
            Ok(_) => return Ok(current),
            Err(error) if is_missing(&error) => return Ok(current),
            Err(error) => return Err(EditError::unusable(&current, error)),
        }
    }
    Err(EditError::unusable(path, platform::link_loop()))
}

/// Waits for a lock; whether it is held. A file system without locks is used without one.
fn wait_for(lock: &File, patience: Duration) -> io::Result<bool> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(100);
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode_of(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn replace(path: &Path, content: &str) {
        Target::lock(path, Duration::from_secs(1)).unwrap().replace(content.as_bytes()).unwrap();
    }

    #[test]
    fn a_new_file_is_for_its_owner_and_an_old_one_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/config.toml");
        replace(&path, "a = 1\n");
        assert_eq!(mode_of(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "a = 2\n");
        assert_eq!(mode_of(&path), 0o640);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn links_stay_and_their_target_is_written_even_where_it_is_missing() {
        let root = tempfile::tempdir().unwrap();
        let link = root.path().join("config.toml");
        std::os::unix::fs::symlink("real/c.toml", &link).unwrap();
        for content in ["a = 1\n", "a = 2\n"] {
            replace(&link, content);
            assert_eq!(fs::read_link(&link).unwrap(), Path::new("real/c.toml"));
            assert_eq!(fs::read_to_string(root.path().join("real/c.toml")).unwrap(), content);
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let circle = root.path().join("circle");
        std::os::unix::fs::symlink("circle", &circle).unwrap();
        let error = Target::lock(&circle, Duration::ZERO).err().unwrap().to_string();
        assert!(error.ends_with("(os error 40)"), "{error}");
        fs::create_dir(root.path().join("folder")).unwrap();
        let folder = Target::lock(&root.path().join("folder"), Duration::ZERO).unwrap();
        assert!(folder.read().unwrap_err().to_string().ends_with("is not a file"));
    }

    #[test]
    fn one_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let held = Target::lock(&path, Duration::ZERO).unwrap();
        assert!(matches!(Target::lock(&path, Duration::ZERO), Err(EditError::Locked { .. })));
        drop(held);
        Target::lock(&path, Duration::ZERO).unwrap();
    }
}
