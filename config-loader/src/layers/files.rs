//! Files that are read again only when they changed.
//!
//! A file counts as unchanged when device, inode, size and both times are equal *and* its last change was more than two
//! seconds before it was read: within that span a second change may leave all of them equal. A file changed so recently
//! is read again, and parsed again only when its bytes differ.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use toml::Table;

use crate::diagnostics::{Diagnostic, syntax_error};
use crate::error::ConfigError;
use crate::platform::Stamp;

/// How old a change must be for the stamp to be believed.
const SETTLE_TIME: Duration = Duration::from_secs(2);

/// Files kept at most; beyond that all are forgotten, which only costs time.
const MAX_FILES: usize = 1024;

/// The text of a file, and what was found in it. It may hold credentials and has no debug output.
pub(crate) struct SourceFile {
    path: PathBuf,
    text: String,
    table: OnceLock<Result<Table, Box<ParseError>>>,
}

/// Why a file is no TOML.
pub(crate) struct ParseError {
    /// The place.
    pub diagnostic: Diagnostic,
    /// The place as the TOML library draws it.
    pub drawing: String,
}

impl SourceFile {
    /// A text, as if it were the file's.
    pub fn new(path: &Path, text: String) -> Self {
        Self { path: path.to_owned(), text, table: OnceLock::new() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// It as TOML; parsed once.
    pub fn table(&self) -> &Result<Table, Box<ParseError>> {
        self.table.get_or_init(|| {
            toml::from_str(&self.text).map_err(|error| {
                Box::new(ParseError {
                    diagnostic: syntax_error(&self.path, &self.text, &error),
                    drawing: error.to_string(),
                })
            })
        })
    }
}

/// The files read so far.
#[derive(Default)]
pub(crate) struct FileCache {
    files: Mutex<HashMap<PathBuf, CachedFile>>,
}

#[derive(Clone)]
struct CachedFile {
    stamp: Stamp,
    settled: bool,
    source: Arc<SourceFile>,
}

impl FileCache {
    /// The file at a path, or none when there is no such file. The same `Arc` as before means an unchanged file.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Unreadable`] for all but a missing file: no access, no regular file, no UTF-8.
    pub fn read(&self, path: &Path) -> Result<Option<Arc<SourceFile>>, ConfigError> {
        let unreadable = |error: &dyn std::fmt::Display| ConfigError::Unreadable {
            path: path.to_owned(),
            message: error.to_string(),
        };
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if is_missing(&error) => {
                self.lock().remove(path);
                return Ok(None);
            }
            Err(error) => return Err(unreadable(&error)),
        };
        // Reading a pipe or a device could wait for ever.
        if !metadata.is_file() {
            return Err(unreadable(&"it is not a regular file"));
        }
        let stamp = Stamp::of(&metadata);
        let known = self.lock().get(path).cloned();
        if let Some(known) = &known
            && known.settled
            && known.stamp == stamp
        {
            return Ok(Some(Arc::clone(&known.source)));
        }
        let settled = stamp.age(SystemTime::now()) > SETTLE_TIME;
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(unreadable(&error)),
        };
        let text = String::from_utf8(bytes).map_err(|error| unreadable(&error.utf8_error()))?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let source = match known {
            Some(known) if known.source.text == text => known.source,
            _ => Arc::new(SourceFile::new(path, text)),
        };
        let mut files = self.lock();
        if files.len() >= MAX_FILES {
            files.clear();
        }
        let cached = CachedFile { stamp, settled, source: Arc::clone(&source) };
        files.insert(path.to_owned(), cached);
        Ok(Some(source))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, CachedFile>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an error means that there is no such file.
pub(crate) fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_file_is_parsed_once() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let cache = FileCache::default();
        assert!(cache.read(&path).unwrap().is_none());
        std::fs::write(&path, "a = 1").unwrap();
        let first = cache.read(&path).unwrap().unwrap();
        // Changed just now: read again, same bytes, same object.
        let again = cache.read(&path).unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        set_age(&path, 10);
        let settled = cache.read(&path).unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &settled));
    }

    #[test]
    fn a_change_that_no_stamp_shows_is_seen_while_the_file_is_fresh() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let cache = FileCache::default();
        for number in 0..50 {
            let text = format!("a = {:02}", number + 10);
            std::fs::write(&path, &text).unwrap();
            assert_eq!(cache.read(&path).unwrap().unwrap().text(), text);
        }
    }

    #[test]
    fn a_change_of_an_old_file_is_seen() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let cache = FileCache::default();
        std::fs::write(&path, "a = 1").unwrap();
        set_age(&path, 60);
        cache.read(&path).unwrap();
        std::fs::write(&path, "a = 2").unwrap();
        set_age(&path, 60);
        assert_eq!(cache.read(&path).unwrap().unwrap().text(), "a = 2");
        std::fs::remove_file(&path).unwrap();
        assert!(cache.read(&path).unwrap().is_none());
    }

    #[test]
    fn what_is_no_text_file_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let cache = FileCache::default();
        assert!(matches!(cache.read(root.path()), Err(ConfigError::Unreadable { .. })));
        let path = root.path().join("config.toml");
        std::fs::write(&path, b"a = \"\xff\"").unwrap();
        let error = cache.read(&path).err().unwrap().to_string();
        assert!(error.contains("invalid utf-8 sequence"), "{error}");
    }

    fn set_age(path: &Path, seconds: u64) {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    }
}
