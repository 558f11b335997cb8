//! What is wrong with a rules file, and where.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPosition {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRange {
    /// The first character.
    pub start: TextPosition,
    /// The place behind the last character.
    pub end: TextPosition,
}

/// Why rules could not be loaded; none of them apply then.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// A file or folder cannot be read.
    #[error("failed to read rules file {}: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not right.
    #[error("failed to parse rules file {}:{}:{}: {message}\n{excerpt}", path.display(), range.start.line, range.start.column)]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The place in it.
        range: TextRange,
        /// What is wrong there.
        message: String,
        /// The first line of that place, with a mark below what is wrong.
        excerpt: String,
    },
}

impl RulesError {
    /// The file that is wrong.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. } | Self::Invalid { path, .. } => path,
        }
    }

    /// The place in the file, where it is known.
    #[must_use]
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Unreadable { .. } => None,
            Self::Invalid { range, .. } => Some(*range),
        }
    }
}

/// Something wrong in a text, at a range of bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub span: Range<usize>,
    pub message: String,
}

impl Fault {
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }

    /// The error about a file with this text.
    pub fn in_file(self, path: &Path, text: &str) -> RulesError {
        let range = TextRange { start: position_of(text, self.span.start), end: position_of(text, self.span.end) };
        let line = text.split('\n').nth(range.start.line - 1).unwrap_or_default().trim_end_matches('\r');
        RulesError::Invalid { path: path.to_owned(), range, message: self.message, excerpt: excerpt(line, range) }
    }
}

fn excerpt(line: &str, range: TextRange) -> String {
    let number = range.start.line.to_string();
    let gutter = " ".repeat(number.len());
    let end = if range.end.line == range.start.line { range.end.column } else { line.chars().count() + 1 };
    let marks = end.saturating_sub(range.start.column).max(1);
    let indent = " ".repeat(range.start.column - 1);
    format!("{gutter} |\n{number} | {line}\n{gutter} | {indent}{}", "^".repeat(marks))
}

fn position_of(text: &str, offset: usize) -> TextPosition {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
    TextPosition { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}
