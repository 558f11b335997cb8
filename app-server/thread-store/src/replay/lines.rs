//! The lines of a file, one at a time: no more of it in memory than its longest line.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::value::RawValue;

/// Lines longer than this are skipped; what the server takes in one message fits.
pub(crate) const MAX_LINE: usize = 256 * 1024 * 1024;

/// A buffer above this size is given back after a huge line.
const KEPT_BUFFER: usize = 1024 * 1024;

/// Reads lines.
pub(crate) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
    /// Where the next line begins.
    offset: u64,
    /// Whether the last line ended with a newline.
    whole: bool,
}

/// What stands between two newlines.
pub(crate) enum Line<'a> {
    /// A line to look at.
    Text(&'a [u8]),
    /// Nothing but white space.
    Blank,
    /// Too long to be looked at.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self::at(reader, 0)
    }

    /// Lines of a reader that stands at `offset` already.
    pub(crate) fn at(reader: R, offset: u64) -> Self {
        Self { reader, line: Vec::new(), offset, whole: true }
    }

    /// Whether the line that was read last ended with a newline.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Where the next line begins.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The line that was read last, without white space around it; empty when it was too long.
    pub(crate) fn text(&self) -> &[u8] {
        self.line.trim_ascii()
    }

    /// The next line, when it begins before the byte `end`.
    pub(crate) fn next(&mut self, end: u64) -> io::Result<Option<Line<'_>>> {
        if self.offset >= end {
            return Ok(None);
        }
        self.line.clear();
        self.line.shrink_to(KEPT_BUFFER);
        let read = (&mut self.reader).take(MAX_LINE as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.offset += read as u64;
        self.whole = self.line.last() == Some(&b'\n');
        if read == MAX_LINE && !self.whole {
            self.whole = true;
            self.offset += self.reader.skip_until(b'\n')? as u64;
            self.line.clear();
            return Ok(Some(Line::TooLong));
        }
        let line = self.line.trim_ascii();
        Ok(Some(if line.is_empty() { Line::Blank } else { Line::Text(line) }))
    }
}

/// What every line has. The payload is not looked into.
#[derive(Deserialize)]
pub(crate) struct Head<'a> {
    #[serde(borrow)]
    pub(crate) timestamp: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) payload: &'a RawValue,
    #[serde(default)]
    pub(crate) ordinal: Option<u64>,
    #[serde(borrow, default)]
    pub(crate) metadata: Option<&'a RawValue>,
}

/// The kind of an event.
#[derive(Deserialize)]
pub(crate) struct EventHead<'a> {
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(text: &[u8], end: u64) -> Vec<Vec<u8>> {
        let mut lines = Lines::new(Cursor::new(text));
        let mut found = Vec::new();
        while let Some(line) = lines.next(end).unwrap() {
            match line {
                Line::Text(text) => found.push(text.to_vec()),
                Line::Blank => found.push(b"(blank)".to_vec()),
                Line::TooLong => found.push(b"(long)".to_vec()),
            }
        }
        found
    }

    #[test]
    fn a_last_line_without_newline_and_blank_lines_are_told() {
        assert_eq!(read(b"a\r\n \n\nb", u64::MAX), [b"a".as_slice(), b"(blank)", b"(blank)", b"b"]);
    }

    #[test]
    fn lines_that_begin_after_the_end_are_not_read() {
        assert_eq!(read(b"ab\ncd\nef\n", 6), [b"ab", b"cd"]);
        assert_eq!(read(b"ab\ncd\nef\n", 0), Vec::<Vec<u8>>::new());
    }
}
