//! Server-sent events: an incremental parser over whatever pieces the network delivers.
//!
//! Only the data of events matters to us, so names, ids and comments are skipped. A line that arrives in one piece is
//! handed on without being copied. What is kept between pieces is bounded by [`MAX_EVENT_BYTES`]; bytes need not be
//! UTF-8. However a stream is cut into pieces, the same events come out.

#[cfg(test)]
mod tests;

use memchr::memchr2;

/// The longest event, and the longest line, that is accepted: 64 MiB.
pub const MAX_EVENT_BYTES: usize = 64 * 1024 * 1024;

/// An event or a line beyond the limit; the stream is of no more use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event is longer than {limit} bytes")]
pub struct EventTooLong {
    limit: usize,
}

/// The state between two pieces of a stream.
#[derive(Debug)]
pub struct SseParser {
    /// The beginning of a line whose end has not come yet.
    line: Vec<u8>,
    /// The data lines of the current event, joined by newlines.
    data: Vec<u8>,
    /// Whether `data` holds a line, be it an empty one.
    has_data: bool,
    /// The last piece ended with a carriage return, so a line feed at the start of the next belongs to it.
    after_cr: bool,
    /// No line has been seen yet, so a byte order mark may come.
    at_start: bool,
    limit: usize,
}

impl Default for SseParser {
    fn default() -> Self {
        Self::with_limit(MAX_EVENT_BYTES)
    }
}

impl SseParser {
    /// A parser with a limit of its own, in bytes.
    pub fn with_limit(limit: usize) -> Self {
        Self { line: Vec::new(), data: Vec::new(), has_data: false, after_cr: false, at_start: true, limit }
    }

    /// Takes the next piece and hands the data of each event that it completes to `on_data`.
    ///
    /// Events complete before the error have been handed over.
    pub fn push(&mut self, piece: &[u8], mut on_data: impl FnMut(&[u8])) -> Result<(), EventTooLong> {
        let mut rest = piece;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        // The first data line of an event stays where it is as long as the event may end within this piece.
        let mut borrowed: Option<&[u8]> = None;
        while let Some(end) = memchr2(b'\n', b'\r', rest) {
            let here = &rest[..end];
            let is_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_cr {
                match rest.first() {
                    Some(b'\n') => rest = &rest[1..],
                    Some(_) => {}
                    None => self.after_cr = true,
                }
            }
            if self.line.is_empty() {
                let line = self.strip_mark(here);
                if let Some(data) = data_of(line) {
                    if self.has_data || borrowed.is_some() {
                        self.keep(borrowed.take())?;
                        self.keep(Some(data))?;
                    } else {
                        borrowed = Some(data);
                    }
                    continue;
                }
                if line.is_empty() {
                    self.dispatch(borrowed.take(), &mut on_data);
                }
            } else {
                self.keep(borrowed.take())?;
                self.room(self.line.len(), here.len())?;
                self.line.extend_from_slice(here);
                let whole = std::mem::take(&mut self.line);
                let line = self.strip_mark(&whole);
                let kept = match data_of(line) {
                    Some(data) => self.keep(Some(data)),
                    None => {
                        if line.is_empty() {
                            self.dispatch(None, &mut on_data);
                        }
                        Ok(())
                    }
                };
                kept?;
                self.line = whole;
                self.line.clear();
            }
        }
        self.keep(borrowed)?;
        self.room(self.line.len() + self.data.len(), rest.len())?;
        self.line.extend_from_slice(rest);
        Ok(())
    }

    fn strip_mark<'a>(&mut self, line: &'a [u8]) -> &'a [u8] {
        if std::mem::take(&mut self.at_start) { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line }
    }

    fn keep(&mut self, data: Option<&[u8]>) -> Result<(), EventTooLong> {
        let Some(data) = data else { return Ok(()) };
        self.room(self.data.len(), data.len() + 1)?;
        if self.has_data {
            self.data.push(b'\n');
        }
        self.has_data = true;
        self.data.extend_from_slice(data);
        Ok(())
    }

    fn dispatch(&mut self, borrowed: Option<&[u8]>, on_data: &mut impl FnMut(&[u8])) {
        if let Some(data) = borrowed {
            on_data(data);
        } else if self.has_data {
            on_data(&self.data);
            self.data.clear();
            self.has_data = false;
            // One giant event must not be paid for until the stream's end.
            if self.data.capacity() > 1024 * 1024 {
                self.data = Vec::new();
            }
        }
    }

    fn room(&self, held: usize, more: usize) -> Result<(), EventTooLong> {
        if held.saturating_add(more) > self.limit { Err(EventTooLong { limit: self.limit }) } else { Ok(()) }
    }
}

/// The value of a `data` line.
fn data_of(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"data")?;
    match rest.split_first() {
        None => Some(rest),
        Some((b':', value)) => Some(value.strip_prefix(b" ").unwrap_or(value)),
        Some(_) => None,
    }
}
