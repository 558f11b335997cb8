//! The files of a thread's history as one run of lines: read from any place, in both directions.
//!
//! A position counts bytes from the beginning of the oldest file. Lines are added at the end alone, so what was found at a
//! position stays there.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::glance::{Glance, glance};
use crate::StoreError;
use crate::platform;
use crate::replay::{Line, Lines, MAX_LINE, Segment};

/// How much is read at a time going forward.
const BUFFER: usize = 64 * 1024;
/// How much is read first going backward; each further step is twice as long, up to `MAX_STEP`.
const STEP: usize = 16 * 1024;
const MAX_STEP: usize = 1024 * 1024;
/// A search by halves ends with so many bytes, which are read in order.
const NEAR: u64 = 64 * 1024;

/// A thread's files, oldest first.
pub(super) struct Chain {
    /// The newest file.
    path: PathBuf,
    parts: Vec<Part>,
}

struct Part {
    file: File,
    /// The position of its first byte.
    begin: u64,
    /// How much of it belongs to the history.
    length: u64,
}

impl Chain {
    /// Opens the files.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unpack`] for a compressed file that is damaged.
    pub(super) fn open(segments: &[Segment]) -> Result<Self, StoreError> {
        let mut chain = Self { path: PathBuf::new(), parts: Vec::new() };
        for segment in segments {
            let file = segment.file.open_whole()?;
            chain.path = segment.file.path();
            let length = file.metadata().map_err(|source| StoreError::io(&chain.path, source))?.len();
            chain.parts.push(Part { file, begin: chain.length(), length: length.min(segment.end) });
        }
        Ok(chain)
    }

    /// The newest file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The position after the last byte.
    pub(super) fn length(&self) -> u64 {
        self.parts.last().map_or(0, |part| part.begin + part.length)
    }

    /// An error of reading, with the name of the newest file.
    pub(super) fn io(&self, source: io::Error) -> StoreError {
        StoreError::io(&self.path, source)
    }

    /// The lines that begin in `from..until`; a line begins at `from`.
    pub(super) fn forward(&self, from: u64, until: u64) -> Forward<'_> {
        let part = self.parts.partition_point(|part| part.begin + part.length <= from);
        let mut forward = Forward { chain: self, part, until, lines: None };
        forward.enter(from);
        forward
    }

    /// The lines before the position `until`, where a line begins or the history ends, last one first.
    pub(super) fn backward(&self, until: u64) -> Backward<'_> {
        let part = self.parts.partition_point(|part| part.begin < until).saturating_sub(1);
        let start = self.parts.get(part).map_or(0, |part| until.saturating_sub(part.begin));
        Backward { chain: self, part, buffer: Vec::new(), end: 0, start, step: STEP, overlong: false }
    }

    /// Where the first line stands of which `is_earlier` does not hold; the end when there is none. Lines of which it
    /// holds come first; those it does not know (`None`) are passed over.
    pub(super) fn partition(&self, is_earlier: impl Fn(&Glance<'_>) -> Option<bool>) -> io::Result<u64> {
        for part in self.parts.iter().rev() {
            if let Some((_, true)) = part.first(0, part.length, &is_earlier)? {
                return Ok(part.begin + part.partition(&is_earlier)?);
            }
        }
        Ok(0)
    }
}

impl Part {
    fn lines(&self, offset: u64) -> Lines<BufReader<Slice<'_>>> {
        let slice = Slice { file: &self.file, offset, end: self.length };
        Lines::at(BufReader::with_capacity(BUFFER, slice), offset)
    }

    /// The first line that begins at `from` or later, but before `until`, and that `is_earlier` knows.
    fn first(
        &self,
        from: u64,
        until: u64,
        is_earlier: impl Fn(&Glance<'_>) -> Option<bool>,
    ) -> io::Result<Option<(u64, bool)>> {
        let mut lines = self.lines(from.saturating_sub(1));
        if from > 0 {
            // The rest of the line before; nothing but its newline when a line begins at `from`.
            lines.next(u64::MAX)?;
        }
        loop {
            let at = lines.offset();
            let Some(line) = lines.next(until)? else { return Ok(None) };
            if let Line::Text(text) = line
                && let Some(earlier) = glance(text).as_ref().and_then(&is_earlier)
            {
                return Ok(Some((at, earlier)));
            }
        }
    }

    fn partition(&self, is_earlier: impl Fn(&Glance<'_>) -> Option<bool>) -> io::Result<u64> {
        let (mut low, mut high) = (0, self.length);
        while high - low > NEAR {
            let middle = low + (high - low) / 2;
            match self.first(middle, high, &is_earlier)? {
                Some((at, true)) => low = at,
                Some((_, false)) | None => high = middle,
            }
        }
        let mut lines = self.lines(low);
        loop {
            let at = lines.offset();
            match lines.next(self.length)? {
                None => return Ok(self.length),
                Some(Line::Text(text)) if glance(text).as_ref().and_then(&is_earlier) == Some(false) => return Ok(at),
                Some(_) => {}
            }
        }
    }
}

/// A file's bytes from one offset to another, without moving a place that others read from.
struct Slice<'a> {
    file: &'a File,
    offset: u64,
    end: u64,
}

impl Read for Slice<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = platform::read_at(self.file, &mut buffer[..wanted], self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}

/// Lines in their order.
pub(super) struct Forward<'a> {
    chain: &'a Chain,
    part: usize,
    until: u64,
    lines: Option<Lines<BufReader<Slice<'a>>>>,
}

/// A line and where it stands.
pub(super) struct At<'a> {
    /// Where it begins.
    pub(super) at: u64,
    /// Where the next one begins.
    pub(super) after: u64,
    /// The line without white space around it; empty when it is blank or too long.
    pub(super) text: &'a [u8],
}

impl Forward<'_> {
    fn enter(&mut self, from: u64) {
        self.lines = self.chain.parts.get(self.part).map(|part| part.lines(from.saturating_sub(part.begin)));
    }

    /// The next line.
    pub(super) fn next(&mut self) -> io::Result<Option<At<'_>>> {
        while let (Some(part), Some(lines)) = (self.chain.parts.get(self.part), &self.lines)
            && lines.offset() >= part.length
        {
            self.part += 1;
            self.enter(0);
        }
        let (Some(part), Some(lines)) = (self.chain.parts.get(self.part), &mut self.lines) else { return Ok(None) };
        let at = part.begin + lines.offset();
        if lines.next(self.until.saturating_sub(part.begin).min(part.length))?.is_none() {
            return Ok(None);
        }
        let after = part.begin + lines.offset();
        Ok(Some(At { at, after, text: lines.text() }))
    }
}

/// Lines in reverse order.
pub(super) struct Backward<'a> {
    chain: &'a Chain,
    part: usize,
    /// What was read of the part, from `start` on. Behind `end` it was given out.
    buffer: Vec<u8>,
    end: usize,
    start: u64,
    step: usize,
    /// Whether the line at `end` is too long to be kept.
    overlong: bool,
}

impl Backward<'_> {
    /// The line before those that were given out.
    pub(super) fn previous(&mut self) -> io::Result<Option<At<'_>>> {
        let (from, end) = loop {
            let before = &self.buffer[..self.end.saturating_sub(1)];
            if let Some(newline) = memchr::memrchr(b'\n', before) {
                break (newline + 1, self.end);
            }
            if self.start == 0 {
                if self.end > 0 || self.overlong {
                    break (0, self.end);
                }
                if self.part == 0 {
                    return Ok(None);
                }
                self.part -= 1;
                self.start = self.chain.parts[self.part].length;
                continue;
            }
            self.read_before()?;
        };
        self.end = from;
        let begin = self.chain.parts[self.part].begin + self.start;
        let overlong = std::mem::take(&mut self.overlong);
        let text = if overlong { &[][..] } else { self.buffer[from..end].trim_ascii() };
        Ok(Some(At { at: begin + from as u64, after: begin + end as u64, text }))
    }

    /// Reads the bytes before those that are there.
    fn read_before(&mut self) -> io::Result<()> {
        if self.end > MAX_LINE {
            self.overlong = true;
            self.end = 0;
        }
        let wanted = self.step.max(self.end).min(usize::try_from(self.start).unwrap_or(usize::MAX));
        let start = self.start - wanted as u64;
        let mut buffer = Vec::with_capacity(wanted + self.end);
        let file = &self.chain.parts[self.part].file;
        Slice { file, offset: start, end: self.start }.read_to_end(&mut buffer)?;
        if buffer.len() < wanted {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer.extend_from_slice(&self.buffer[..self.end]);
        self.end = buffer.len();
        self.buffer = buffer;
        self.start = start;
        self.step = (self.step * 2).min(MAX_STEP);
        Ok(())
    }
}
