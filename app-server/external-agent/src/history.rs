//! The history of imports: a small JSON file in `CODEX_HOME`, newest import first.
//!
//! The file is of this server alone. It is for its owner only, is replaced whole, and forgets its oldest imports when it
//! grows too long or too large.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use codex_app_server_protocol::v2::ExternalAgentConfigImportHistory as Import;
use codex_config_loader::CodexHome;
use serde::{Deserialize, Serialize};

use crate::error::HistoryError;

/// Imports that are remembered.
pub const MAX_IMPORTS: usize = 100;

/// Bytes of the imports that are remembered.
pub const MAX_LOG_BYTES: usize = 4 * 1024 * 1024;

/// How long a change waits for other processes that change files in the home.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// Time between two looks at a lock that somebody else has.
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// Name of the file in `CODEX_HOME`.
const FILE: &str = "app-server-imports.json";

/// The history of one `CODEX_HOME`.
#[derive(Clone, Debug)]
pub struct ImportLog {
    home: CodexHome,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    imports: Vec<Import>,
}

impl ImportLog {
    /// The history in this home; nothing is read yet.
    #[must_use]
    pub fn new(home: CodexHome) -> Self {
        Self { home }
    }

    /// All imports on record, the newest first; none when there is no history yet.
    ///
    /// # Errors
    /// When the file cannot be read, or is no history.
    pub fn read(&self) -> Result<Vec<Import>, HistoryError> {
        let path = self.path();
        match fs::read(&path) {
            Ok(bytes) => match serde_json::from_slice::<Stored>(&bytes) {
                Ok(stored) => Ok(stored.imports),
                Err(source) => Err(HistoryError::Malformed { path, source }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(HistoryError::Io { path, source }),
        }
    }

    /// Adds an import as the newest one. Other processes may do so at the same time.
    ///
    /// # Errors
    /// When the file cannot be read, locked or written, is no history, or the import alone is too large. Nothing is changed
    /// then.
    pub fn add(&self, import: Import) -> Result<(), HistoryError> {
        let failed = |source| HistoryError::Io { path: self.home.path().to_owned(), source };
        fs::create_dir_all(self.home.path()).map_err(failed)?;
        // Given back when it is closed. Where a folder cannot be opened as a file there is no such lock.
        let folder = File::open(self.home.path()).ok();
        if let Some(folder) = &folder {
            wait_for(folder, LOCK_PATIENCE).map_err(failed)?;
        }
        let newest = size(&import);
        if newest > MAX_LOG_BYTES {
            return Err(HistoryError::TooLarge { size: newest, limit: MAX_LOG_BYTES });
        }
        let mut imports = vec![import];
        imports.extend(self.read()?);
        imports.truncate(MAX_IMPORTS);
        let mut total = 0;
        imports.retain(|import| {
            total += size(import);
            total <= MAX_LOG_BYTES
        });
        self.replace(&Stored { imports }).map_err(|source| HistoryError::Io { path: self.path(), source })
    }

    fn replace(&self, stored: &Stored) -> io::Result<()> {
        // The temporary file is readable by its owner only, and is removed when anything fails.
        let mut new = tempfile::Builder::new().prefix(".imports-").suffix(".tmp").tempfile_in(self.home.path())?;
        new.write_all(&serde_json::to_vec(stored)?)?;
        new.as_file().sync_all()?;
        new.persist(self.path()).map(drop).map_err(|error| error.error)
    }

    fn path(&self) -> PathBuf {
        self.home.path().join(FILE)
    }
}

/// Waits for the lock that everybody takes who changes files of the home. A file system without locks is used without one.
fn wait_for(folder: &File, patience: Duration) -> io::Result<()> {
    let start = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => {
                let message = "another process has been changing files in this folder for too long; try again later";
                return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
            }
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Bytes of an import in the file; one that cannot be written counts as too large.
fn size(import: &Import) -> usize {
    serde_json::to_vec(import).map_or(usize::MAX, |bytes| bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(id: &str, provider: &str) -> Import {
        Import {
            import_id: id.to_owned(),
            provider_id: Some(provider.to_owned()),
            completed_at_ms: 1,
            successes: Vec::new(),
            failures: Vec::new(),
        }
    }

    fn ids(log: &ImportLog) -> Vec<String> {
        log.read().unwrap().into_iter().map(|import| import.import_id).collect()
    }

    #[test]
    fn the_newest_comes_first_and_the_oldest_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let log = ImportLog::new(CodexHome::new(folder.path().join("home")));
        assert_eq!(ids(&log), [""; 0]);
        for number in 0..MAX_IMPORTS + 2 {
            log.add(import(&number.to_string(), "p")).unwrap();
        }
        let ids = ids(&log);
        assert_eq!((ids.len(), ids[0].as_str(), ids[MAX_IMPORTS - 1].as_str()), (MAX_IMPORTS, "101", "2"));
    }

    #[test]
    fn it_stays_small_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let log = ImportLog::new(CodexHome::new(folder.path()));
        let large = "x".repeat(MAX_LOG_BYTES / 2);
        for id in ["a", "b", "c"] {
            log.add(import(id, &large)).unwrap();
        }
        assert_eq!(ids(&log), ["c"]);
        let too_large = "x".repeat(MAX_LOG_BYTES);
        assert!(matches!(log.add(import("d", &too_large)), Err(HistoryError::TooLarge { .. })));
        assert_eq!(ids(&log), ["c"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (File::open(folder.path()).unwrap(), File::open(folder.path()).unwrap());
        wait_for(&one, Duration::ZERO).unwrap();
        assert_eq!(wait_for(&other, Duration::ZERO).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(one);
        wait_for(&other, Duration::ZERO).unwrap();
    }

    #[test]
    fn a_file_that_is_no_history_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{").unwrap();
        let log = ImportLog::new(CodexHome::new(folder.path()));
        let error = log.add(import("a", "p")).unwrap_err().to_string();
        assert!(error.contains(FILE) && error.contains("move the file away"), "{error}");
        assert_eq!(fs::read(folder.path().join(FILE)).unwrap(), b"{");
    }
}
