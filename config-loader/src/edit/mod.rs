//! Changing configuration files, safely.
//!
//! A change is made on the document, so that comments, order and spacing elsewhere stay; under a lock that every process
//! takes, on the text that is there at that moment, so that no change of anybody is lost; and by renaming a finished
//! file over the old one, so that a reader or a crash sees the old text or the new one, never a mix.

mod file;

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::DocumentMut;

use crate::diagnostics::Diagnostic;

pub(crate) use file::replace_private_file;

/// How long a change waits for other processes that change files in the same folder.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// Why a file could not be changed; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The file, its folder or its lock cannot be used.
    #[error("{}: {message}", path.display())]
    Unusable {
        /// What cannot be used.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// The file is no TOML; it must be repaired by hand before a program can change it.
    #[error(transparent)]
    Syntax(Box<Diagnostic>),
    /// Another process has held the lock for too long.
    #[error(
        "{}: another process has been changing files in this folder for {} seconds; try again when it has ended",
        path.display(), LOCK_PATIENCE.as_secs()
    )]
    Locked {
        /// The folder.
        path: PathBuf,
    },
}

impl EditError {
    fn unusable(path: &Path, message: impl std::fmt::Display) -> Self {
        Self::Unusable { path: path.to_owned(), message: message.to_string() }
    }
}

/// What a change left behind.
#[derive(Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole text of the file now.
    pub text: String,
    /// Whether it is another one than before; an equal text is not written.
    pub changed: bool,
}

impl std::fmt::Debug for Edited {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The text may hold credentials.
        formatter.debug_struct("Edited").field("changed", &self.changed).finish_non_exhaustive()
    }
}

/// Changes a TOML file.
///
/// `edit` gets the document that is there (an empty one when the file is missing) while no other process changes it; when
/// it fails, the file stays as it is. Symbolic links are followed and stay. Mode and owner of the file are kept; a new
/// file is readable by its owner only. Missing folders are made. This waits for the disk and for other processes: not to
/// be called where waiting is forbidden.
///
/// # Errors
///
/// [`EditError`], or what `edit` says.
pub fn edit_file<E: From<EditError>>(
    path: &Path,
    edit: impl FnOnce(&mut DocumentMut) -> Result<(), E>,
) -> Result<Edited, E> {
    let target = file::Target::lock(path, LOCK_PATIENCE)?;
    let before = target.read()?;
    let text = before.as_deref().unwrap_or_default();
    let mut document = parse(path, text)?;
    edit(&mut document)?;
    let after = document.to_string();
    let changed = before.as_deref().map_or(!after.is_empty(), |before| before != after);
    if changed {
        target.replace(after.as_bytes())?;
    }
    Ok(Edited { text: after, changed })
}

fn parse(path: &Path, text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let span = error.span().unwrap_or(0..0);
        EditError::Syntax(Box::new(Diagnostic::new(path, text, span, error.message())))
    })
}
