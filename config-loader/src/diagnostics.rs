//! Where in a file something is wrong.
//!
//! Lines and columns count from 1, columns in characters; the end of a range is its last character. What is wrong is
//! found by path: the value of a key, the header of a table, the name of a table that only stands in headers.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthChar;

use crate::decode::{DecodeError, decode, decode_watched};
use crate::keys::{ConfigToml, FeaturesToml};
use crate::path::{PathBase, with_base};

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TextPosition {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A part of a text, its last character included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TextRange {
    /// The first character.
    pub start: TextPosition,
    /// The last character.
    pub end: TextPosition,
}

/// What is wrong at one place of a file. Shown as `FILE:LINE:COLUMN: message`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}:{}: {message}", path.display(), range.start.line, range.start.column)]
pub struct Diagnostic {
    /// The file.
    pub path: PathBuf,
    /// The place in it.
    pub range: TextRange,
    /// What is wrong there.
    pub message: String,
    /// The text of the first line concerned.
    pub line: String,
}

impl Diagnostic {
    /// The place of a byte range in a text.
    pub(crate) fn new(path: &Path, text: &str, span: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        let range = range_of(text, span);
        let line = text.lines().nth(range.start.line - 1).unwrap_or_default();
        Self { path: path.to_owned(), range, message: message.into(), line: line.to_owned() }
    }

    /// The form for terminals: place and message, the line, and carets below the part that is wrong.
    pub fn render(&self) -> String {
        let number = self.range.start.line.to_string();
        let gutter = " ".repeat(number.len());
        let first = self.range.start.column - 1;
        let after = match self.range.end.line == self.range.start.line {
            true => self.range.end.column,
            false => self.line.chars().count(),
        };
        // Tabs are kept and wide characters count twice, so that the carets stand where the terminal shows the text.
        let blank = |character: char| match character {
            '\t' => "\t".to_owned(),
            character => " ".repeat(width_of(character)),
        };
        let indent: String = self.line.chars().take(first).map(blank).collect();
        let wrong = self.line.chars().take(after).skip(first);
        let width: usize = wrong.map(|character| width_of(character).max(1)).sum();
        format!("{self}\n{gutter} |\n{number} | {}\n{gutter} | {indent}{}", self.line, "^".repeat(width.max(1)))
    }
}

/// The columns that a character takes in a terminal.
fn width_of(character: char) -> usize {
    character.width().unwrap_or_default()
}

/// Lines and columns of a byte range; an empty range is one character long.
fn range_of(text: &str, span: std::ops::Range<usize>) -> TextRange {
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end).max(start);
    let last = text[start..end].char_indices().next_back().map_or(start, |(offset, _)| start + offset);
    TextRange { start: position_of(text, start), end: position_of(text, last) }
}

/// Line and column of a byte.
fn position_of(text: &str, offset: usize) -> TextPosition {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    TextPosition { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What is wrong with the syntax of a file.
pub(crate) fn syntax_error(path: &Path, text: &str, error: &toml::de::Error) -> Diagnostic {
    Diagnostic::new(path, text, error.span().unwrap_or(0..0), error.message())
}

/// The first value of a file whose type is not that of its key; none when all fit, or the syntax is wrong.
pub(crate) fn type_error(path: &Path, text: &str) -> Option<Diagnostic> {
    type_error_of::<ConfigToml>(path, text).map(|(diagnostic, _)| diagnostic)
}

/// The same for a file of another kind, with the path of the value.
pub(crate) fn type_error_of<T: DeserializeOwned>(path: &Path, text: &str) -> Option<(Diagnostic, Vec<Segment>)> {
    let table: toml::Table = toml::from_str(text).ok()?;
    // Whatever the base is: a path is no error here.
    let base = PathBase { folder: path.parent().unwrap_or(path), user_home: None };
    let decoded = with_base(base, || decode_watched::<T>(toml::Value::Table(table), &mut |_| {}));
    let DecodeError { error, segments } = decoded.err()?;
    let span = span_of(text, &segments).unwrap_or(0..0);
    Some((Diagnostic::new(path, text, span, error.message()), segments))
}

/// The place of a key itself, by dotted path.
pub(crate) fn name_span(text: &str, dotted: &str) -> Option<std::ops::Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    name_span_in(document.get_ref(), dotted)
}

/// Keys may hold dots themselves, so that every beginning of the path is tried.
fn name_span_in(table: &DeTable<'_>, dotted: &str) -> Option<std::ops::Range<usize>> {
    table.iter().find_map(|(key, value)| {
        let rest = dotted.strip_prefix(key.get_ref().as_ref())?;
        if rest.is_empty() {
            return Some(key.span());
        }
        value_name_span(value.get_ref(), rest.strip_prefix('.')?)
    })
}

fn value_name_span(value: &DeValue<'_>, dotted: &str) -> Option<std::ops::Range<usize>> {
    match value {
        DeValue::Table(table) => name_span_in(table, dotted),
        DeValue::Array(elements) => {
            let (index, rest) = dotted.split_once('.')?;
            value_name_span(elements.get(index.parse::<usize>().ok()?)?.get_ref(), rest)
        }
        _ => None,
    }
}

/// The place of a key path: `keys` name tables, the last one a value.
pub(crate) fn key_span(text: &str, keys: &[&str]) -> Option<std::ops::Range<usize>> {
    let segments: Vec<Segment> = keys.iter().map(|key| Segment::Map { key: (*key).to_owned() }).collect();
    span_of(text, &segments)
}

/// The place of the value at a path.
fn span_of(text: &str, segments: &[Segment]) -> Option<std::ops::Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    if let [Segment::Map { key }] = segments
        && key == "features"
        && let Some(span) = wrong_feature_span(document.get_ref(), text)
    {
        return Some(span);
    }
    let mut table = Some(document.get_ref());
    let mut array = None;
    let mut span = None;
    for segment in segments {
        let value = match segment {
            Segment::Map { key } => table?.get(key.as_str())?,
            Segment::Seq { index } => {
                let elements: &toml::de::DeArray<'_> = array?;
                elements.get(*index)?
            }
            // A variant is a key only when it holds something; a bare word has no place of its own.
            Segment::Enum { variant } => match table.and_then(|table| table.get(variant.as_str())) {
                Some(value) => value,
                None => continue,
            },
            Segment::Unknown => return None,
        };
        span = Some(value.span());
        (table, array) = match value.get_ref() {
            DeValue::Table(table) => (Some(table), None),
            DeValue::Array(array) => (None, Some(array)),
            _ => (None, None),
        };
    }
    span
}

/// The first feature, in the order of the text, whose value no feature takes.
fn wrong_feature_span(document: &DeTable<'_>, text: &str) -> Option<std::ops::Range<usize>> {
    let features = document.get("features")?.get_ref();
    let DeValue::Table(features) = features else {
        return None;
    };
    let values: toml::Table = toml::from_str(text).ok()?;
    let values = values.get("features")?.as_table()?;
    features
        .iter()
        .filter(|(name, _)| {
            let name = name.get_ref().as_ref();
            let alone = values.get(name).map(|value| toml::Table::from_iter([(name.to_owned(), value.clone())]));
            alone.is_some_and(|table| decode::<FeaturesToml>(table).is_err())
        })
        .map(|(_, value)| value.span())
        .min_by_key(|span| span.start)
}
