//! Reading with limits, and writing that never replaces anything and is seen whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::ImportError;
use crate::platform;

/// Bytes that a file with instructions may have.
pub(crate) const MAX_TEXT_BYTES: u64 = 1024 * 1024;

/// Bytes that a file with settings may have; the other agent keeps its state in one of them.
pub(crate) const MAX_SETTINGS_BYTES: u64 = 64 * 1024 * 1024;

/// Entries that one folder may have.
pub(crate) const MAX_ENTRIES: usize = 1000;

/// Files and folders that are copied at once.
pub(crate) const MAX_COPIED_ENTRIES: usize = 2000;

/// Bytes that are copied at once.
pub(crate) const MAX_COPIED_BYTES: u64 = 64 * 1024 * 1024;

/// Folders that may lie in each other.
pub(crate) const MAX_DEPTH: usize = 16;

/// Whether an error only says that nothing is there.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether nothing has this name, not even a link that leads nowhere.
pub(crate) fn is_free(path: &Path) -> Result<bool, ImportError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(false),
        Err(error) if is_missing(&error) => Ok(true),
        Err(error) => Err(ImportError::io(path, error)),
    }
}

/// What a path leads to; none when that is missing.
pub(crate) fn metadata(path: &Path) -> Result<Option<Metadata>, ImportError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(ImportError::io(path, error)),
    }
}

/// The text of a file; none when there is no such file.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<Option<String>, ImportError> {
    if !metadata(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let bytes = read_bytes(path, limit)?;
    let text = String::from_utf8(bytes).map_err(|error| ImportError::malformed(path, error.utf8_error()))?;
    Ok(Some(text))
}

fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| ImportError::io(path, error))?;
    // One byte more than is allowed tells that there is more.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| ImportError::io(path, error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(ImportError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// Whether two files are there and have the same content.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let content = |path| read_bytes(path, MAX_COPIED_BYTES).ok();
    content(one).is_some_and(|bytes| content(other) == Some(bytes))
}

/// What a directory entry is, without following links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    File,
    Folder,
}

/// The files and folders of a folder by name. Links, devices and names that are no text are left out; a missing folder is
/// empty.
pub(crate) fn entries(folder: &Path) -> Result<Vec<(String, Kind)>, ImportError> {
    let failed = |error| ImportError::io(folder, error);
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if is_missing(&error) => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut found = Vec::new();
    for (count, entry) in listing.enumerate() {
        if count >= MAX_ENTRIES {
            return Err(ImportError::TooMany { path: folder.to_owned(), limit: MAX_ENTRIES });
        }
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let kind = if kind.is_file() {
            Kind::File
        } else if kind.is_dir() {
            Kind::Folder
        } else {
            continue;
        };
        if let Ok(name) = entry.file_name().into_string() {
            found.push((name, kind));
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a new file, and the folders above it.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> Result<(), ImportError> {
    let new = prepare(path, content)?;
    persist_new(new, path)
}

/// Writes a file where there is none, or one that holds nothing but white space.
pub(crate) fn write_over_blank(path: &Path, content: &[u8]) -> Result<(), ImportError> {
    if is_free(path)? {
        return write_new(path, content);
    }
    let new = prepare(path, content)?;
    match read_text(path, MAX_TEXT_BYTES)? {
        Some(text) if text.trim().is_empty() => {}
        _ => return Err(ImportError::TargetExists(path.to_owned())),
    }
    let permissions = fs::metadata(path).map_err(|error| ImportError::io(path, error))?.permissions();
    new.as_file().set_permissions(permissions).map_err(|error| ImportError::io(path, error))?;
    // A link to the blank file stays a link.
    let target = fs::canonicalize(path).map_err(|error| ImportError::io(path, error))?;
    new.persist(&target).map(drop).map_err(|error| ImportError::io(path, error.error))
}

/// A finished file beside the place where it is to be.
fn prepare(path: &Path, content: &[u8]) -> Result<NamedTempFile, ImportError> {
    let folder = parent(path)?;
    fs::create_dir_all(folder).map_err(|error| ImportError::io(folder, error))?;
    let write = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".importing-").suffix(".tmp");
        if let Some(mode) = platform::usual_mode() {
            builder.permissions(mode);
        }
        let mut new = builder.tempfile_in(folder)?;
        new.write_all(content)?;
        new.as_file().sync_all()?;
        Ok(new)
    };
    write().map_err(|error| ImportError::io(path, error))
}

fn persist_new(new: NamedTempFile, path: &Path) -> Result<(), ImportError> {
    new.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => ImportError::TargetExists(path.to_owned()),
        _ => ImportError::io(path, error.error),
    })
}

fn parent(path: &Path) -> Result<&Path, ImportError> {
    path.parent().ok_or_else(|| ImportError::malformed(path, "lies in no folder"))
}

/// Changes the text of some files while they are copied, by name.
pub(crate) type Rewrite = fn(name: &str, text: &str) -> Option<String>;

/// Copies a folder with all files and folders in it to a place that is free; it appears there complete. Links are left out.
pub(crate) fn copy_folder(from: &Path, to: &Path, rewrite: Rewrite) -> Result<(), ImportError> {
    let folder = parent(to)?;
    fs::create_dir_all(folder).map_err(|error| ImportError::io(folder, error))?;
    let workshop = tempfile::Builder::new()
        .prefix(".importing-")
        .tempdir_in(folder)
        .map_err(|error| ImportError::io(to, error))?;
    let copy = workshop.path().join("copy");
    let mut copying = Copying { root: from, entries: 0, bytes: 0, rewrite };
    copying.folder(from, &copy, 0)?;
    if !is_free(to)? {
        return Err(ImportError::TargetExists(to.to_owned()));
    }
    fs::rename(&copy, to).map_err(|error| ImportError::io(to, error))
}

/// Copies a file to a place that is free.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Result<(), ImportError> {
    let new = prepare(to, &read_bytes(from, MAX_COPIED_BYTES)?)?;
    let mode = fs::metadata(from).map_err(|error| ImportError::io(from, error))?.permissions();
    new.as_file().set_permissions(platform::copied_mode(&mode)).map_err(|error| ImportError::io(to, error))?;
    persist_new(new, to)
}

/// One copy of a folder and how much of it is done.
struct Copying<'a> {
    root: &'a Path,
    entries: usize,
    bytes: u64,
    rewrite: Rewrite,
}

impl Copying<'_> {
    fn folder(&mut self, from: &Path, to: &Path, depth: usize) -> Result<(), ImportError> {
        if depth >= MAX_DEPTH {
            return Err(ImportError::TooDeep { path: self.root.to_owned(), limit: MAX_DEPTH });
        }
        fs::create_dir(to).map_err(|error| ImportError::io(to, error))?;
        for (name, kind) in entries(from)? {
            self.entries += 1;
            if self.entries > MAX_COPIED_ENTRIES {
                return Err(ImportError::TooMany { path: self.root.to_owned(), limit: MAX_COPIED_ENTRIES });
            }
            let (from, to) = (from.join(&name), to.join(&name));
            match kind {
                Kind::Folder => self.folder(&from, &to, depth + 1)?,
                Kind::File => self.file(&name, &from, &to)?,
            }
        }
        Ok(())
    }

    fn file(&mut self, name: &str, from: &Path, to: &Path) -> Result<(), ImportError> {
        let too_large = || ImportError::TooLarge { path: self.root.to_owned(), limit: MAX_COPIED_BYTES };
        let bytes = read_bytes(from, MAX_COPIED_BYTES - self.bytes).map_err(|error| match error {
            ImportError::TooLarge { .. } => too_large(),
            other => other,
        })?;
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let rewritten = std::str::from_utf8(&bytes).ok().and_then(|text| (self.rewrite)(name, text));
        let content = rewritten.as_deref().map_or(&*bytes, str::as_bytes);
        let mode = fs::metadata(from).map_err(|error| ImportError::io(from, error))?.permissions();
        let write = || {
            let mut new = File::create_new(to)?;
            new.write_all(content)?;
            new.set_permissions(platform::copied_mode(&mode))
        };
        write().map_err(|error| ImportError::io(to, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(_: &str, _: &str) -> Option<String> {
        None
    }

    #[test]
    fn what_is_there_is_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b.md");
        write_new(&path, b"one").unwrap();
        assert!(matches!(write_new(&path, b"two"), Err(ImportError::TargetExists(_))));
        assert!(matches!(write_over_blank(&path, b"two"), Err(ImportError::TargetExists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        fs::write(&path, " \n").unwrap();
        write_over_blank(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_file_that_is_too_large_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read_text(&path, 5).unwrap().as_deref(), Some("12345"));
        let error = read_text(&path, 4).unwrap_err().to_string();
        assert!(error.contains("larger than 4 bytes"), "{error}");
    }

    #[test]
    fn a_folder_that_is_too_much_is_copied_in_no_part() {
        let root = tempfile::tempdir().unwrap();
        let (from, to) = (root.path().join("from"), root.path().join("out/to"));
        let mut deep = from.clone();
        for _ in 0..MAX_DEPTH {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        assert!(matches!(copy_folder(&from, &to, plain), Err(ImportError::TooDeep { .. })));
        fs::remove_dir_all(&from).unwrap();
        fs::create_dir_all(&from).unwrap();
        for number in 0..=MAX_ENTRIES {
            fs::write(from.join(number.to_string()), "").unwrap();
        }
        assert!(matches!(copy_folder(&from, &to, plain), Err(ImportError::TooMany { .. })));
        fs::remove_dir_all(&from).unwrap();
        fs::create_dir_all(&from).unwrap();
        File::create(from.join("hole")).unwrap().set_len(MAX_COPIED_BYTES + 1).unwrap();
        assert!(matches!(copy_folder(&from, &to, plain), Err(ImportError::TooLarge { .. })));
        assert_eq!(fs::read_dir(root.path().join("out")).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_copy_keeps_modes_and_leaves_links_out() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let root = tempfile::tempdir().unwrap();
        let (from, to) = (root.path().join("from"), root.path().join("to"));
        fs::create_dir_all(from.join("sub")).unwrap();
        fs::write(from.join("sub/run"), "x").unwrap();
        fs::set_permissions(from.join("sub/run"), fs::Permissions::from_mode(0o4755)).unwrap();
        symlink("/etc/hostname", from.join("link")).unwrap();
        symlink("/etc", from.join("sub/folder")).unwrap();
        copy_folder(&from, &to, plain).unwrap();
        assert_eq!(fs::metadata(to.join("sub/run")).unwrap().permissions().mode() & 0o7777, 0o755);
        assert_eq!(entries(&to).unwrap(), [("sub".to_owned(), Kind::Folder)]);
        assert_eq!(entries(&to.join("sub")).unwrap(), [("run".to_owned(), Kind::File)]);
        assert!(matches!(copy_folder(&from, &to, plain), Err(ImportError::TargetExists(_))));
    }
}
