//! SQLite databases of ours: opened alike, brought up to the present schema, and, where they are only a cache, replaced
//! when they are broken.
//!
//! What must hold: a database is opened by whoever first needs it, never before; several processes may have it open;
//! one that holds the truth is never replaced; one that was written by a later version is not written.
#![forbid(unsafe_code)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

pub use rusqlite;

/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(5);

/// What a database is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It can be made anew from something else: a broken one, or one of another version, is replaced by an empty one.
    Cache,
    /// It holds what stands nowhere else: a broken one is an error.
    Truth,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLite or the operating system refused.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The database's file.
        path: PathBuf,
        /// What was said.
        source: rusqlite::Error,
    },
    /// The broken file of a cache could not be taken away.
    #[error("{}: {source}", path.display())]
    Io {
        /// The database's file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A later version of this program has changed the schema.
    #[error("{} has schema {found}, and this version knows {known} only; use the later version", path.display())]
    Later {
        /// The database's file.
        path: PathBuf,
        /// The schema in the file.
        found: usize,
        /// The newest one known here.
        known: usize,
    },
}

/// Opens the database at `path`, making it when there is none. `schema` holds one script for each version of the schema;
/// those that the file has not seen yet are run in order, in one transaction.
///
/// # Errors
/// [`OpenError`]; a [`Kind::Cache`] is replaced once before it is given up.
pub fn open(path: &Path, kind: Kind, schema: &[&str]) -> Result<Connection, OpenError> {
    open_within(path, kind, schema, BUSY)
}

/// The same for who would rather do without than wait: no statement waits longer than `busy` for another process.
///
/// # Errors
/// As [`open`].
pub fn open_within(path: &Path, kind: Kind, schema: &[&str], busy: Duration) -> Result<Connection, OpenError> {
    match open_once(path, schema, busy) {
        Err(error) if kind == Kind::Cache && replaceable(&error) => {
            tracing::warn!(%error, "a cache is replaced by an empty one");
            remove(path)?;
            open_once(path, schema, busy)
        }
        other => other,
    }
}

/// Takes a database away, with the files beside it.
///
/// # Errors
/// [`OpenError::Io`].
pub fn remove(path: &Path) -> Result<(), OpenError> {
    for suffix in ["-wal", "-shm", "-journal", ""] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match fs::remove_file(&file) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(OpenError::Io { path: path.to_owned(), source });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether an error of a statement says that the file is no usable database.
#[must_use]
pub fn is_corrupt(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn replaceable(error: &OpenError) -> bool {
    match error {
        OpenError::Later { .. } => true,
        OpenError::Sqlite { source, .. } => is_corrupt(source),
        OpenError::Io { .. } => false,
    }
}

fn open_once(path: &Path, schema: &[&str], busy: Duration) -> Result<Connection, OpenError> {
    let sqlite = |source| OpenError::Sqlite { path: path.to_owned(), source };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    connection.busy_timeout(busy).map_err(sqlite)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(sqlite)?;
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(sqlite)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(sqlite)?;
    let version = |connection: &Connection| {
        connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).map_err(sqlite)
    };
    let known = schema.len();
    let check = |found: i64| match usize::try_from(found) {
        Ok(found) if found <= known => Ok(found),
        found => Err(OpenError::Later { path: path.to_owned(), found: found.unwrap_or(usize::MAX), known }),
    };
    if check(version(&connection)?)? < known {
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        // Another process may have been faster.
        let found = check(version(&change)?)?;
        for script in schema.iter().skip(found) {
            change.execute_batch(script).map_err(sqlite)?;
        }
        change.pragma_update(None, "user_version", known).map_err(sqlite)?;
        change.commit().map_err(sqlite)?;
    }
    Ok(connection)
}
