//! Changing configuration files, safely.
//!
//! A change is made on the document, so that comments, order and spacing elsewhere stay; under a lock that every process
//! takes, on the text that is there at that moment, so that no change of anybody is lost; and by renaming a finished
//! file over the old one, so that a reader or a crash sees the old text or the new one, never a mix.

mod change;
mod document;
mod file;
mod key_path;

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::DocumentMut;

use crate::diagnostics::Diagnostic;

pub(crate) use change::value_at;
pub use change::{Change, ChangeError, MergeStrategy};
pub(crate) use file::replace_private_file;
pub use key_path::{KeyPathError, format_key_path, parse_key_path};

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
    // As it would be written now, with unified line ends: an edit that changes nothing does not touch the file.
    let same = document.to_string();
    edit(&mut document)?;
    let after = with_head(&same, document.to_string());
    if after == same {
        return Ok(Edited { text: before.unwrap_or_default(), changed: false });
    }
    target.replace(after.as_bytes())?;
    Ok(Edited { text: after, changed: true })
}

/// Changes a file of any text as [`edit_file`] changes a TOML file: `edit` makes the new text of the one that is there.
///
/// # Errors
///
/// [`EditError`], or what `edit` says.
pub fn edit_text<E: From<EditError>>(path: &Path, edit: impl FnOnce(&str) -> Result<String, E>) -> Result<Edited, E> {
    let target = file::Target::lock(path, LOCK_PATIENCE)?;
    let before = target.read()?.unwrap_or_default();
    let text = edit(&before)?;
    let changed = text != before;
    if changed {
        target.replace(text.as_bytes())?;
    }
    Ok(Edited { text, changed })
}

/// Puts the comment at the head of a file back, when the key below it was removed and took it along.
fn with_head(before: &str, after: String) -> String {
    let is_head = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let length: usize = before.split_inclusive('\n').take_while(is_head).map(str::len).sum();
    let above = &before[..length];
    // What no blank line keeps apart is about the key and goes with it.
    let Some(end) = above.rfind("\n\n").map(|at| at + 2).filter(|_| above.len() < before.len()) else {
        return after;
    };
    let head = &above[..end];
    if head.contains('#') && !after.starts_with(head.trim_end()) { format!("{head}{after}") } else { after }
}

fn parse(path: &Path, text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let span = error.span().unwrap_or(0..0);
        EditError::Syntax(Box::new(Diagnostic::new(path, text, span, error.message())))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn edited(text: &str, edit: impl FnOnce(&mut DocumentMut)) -> (String, bool) {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        fs::write(&path, text).unwrap();
        let edited = edit_file::<EditError>(&path, |document| {
            edit(document);
            Ok(())
        })
        .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), edited.text);
        (edited.text, edited.changed)
    }

    #[test]
    fn any_text_is_edited_as_it_stands() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("new/a.rules");
        let append = |more: &'static str| edit_text::<EditError>(&path, |text| Ok(format!("{text}{more}"))).unwrap();
        assert!(append("= no toml\r\n").changed);
        assert!(!append("").changed);
        assert_eq!(append("more").text, "= no toml\r\nmore");
        let refused = edit_text(&path, |_| Err(EditError::unusable(&path, "no")));
        assert!(refused.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "= no toml\r\nmore");
    }

    #[test]
    fn an_edit_that_changes_nothing_writes_nothing() {
        assert_eq!(edited("a=1\r\n", |_| {}), ("a=1\r\n".to_owned(), false));
        assert_eq!(edited("a  =  1\n", |_| {}), ("a  =  1\n".to_owned(), false));
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        assert!(!edit_file::<EditError>(&path, |_| Ok(())).unwrap().changed);
        assert!(!path.exists());
    }

    #[test]
    fn the_head_of_a_file_outlives_the_key_below_it() {
        let remove = |document: &mut DocumentMut| {
            document.remove("a");
        };
        for (before, after) in [
            ("# head\n\n# a\na = 1\nb = 2\n", "# head\n\nb = 2\n"),
            ("# head\n\na = 1\n", "# head\n\n"),
            ("# about a\na = 1\nb = 2\n", "b = 2\n"),
            ("# head\n\nb = 2\na = 1\n", "# head\n\nb = 2\n"),
        ] {
            assert_eq!(edited(before, remove).0, after, "{before}");
        }
    }

    #[test]
    fn a_broken_file_or_a_failing_edit_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        fs::write(&path, "a = \n").unwrap();
        let error = edit_file::<EditError>(&path, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("config.toml:1:5: "), "{error}");
        fs::write(&path, "a = 1\n").unwrap();
        let error = edit_file::<EditError>(&path, |document| {
            document.remove("a");
            Err(EditError::unusable(&path, "no"))
        });
        assert!(error.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "a = 1\n");
    }
}
