//! Lines out of a stream of bytes.
//!
//! One buffer, grown as a line needs it; lines share it instead of being copied. What must hold: memory stays within the
//! limit (and one read) whatever the peer sends, and a huge line's memory goes with that line.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};
use tracing::debug;

use crate::{DropReason, InboundLine};

/// How much is read at once: what a pipe holds.
const READ_BYTES: usize = 64 << 10;
/// With less room the buffer is exchanged; otherwise many small lines share one.
const LEAST_ROOM: usize = 4 << 10;
/// A line from this length on takes the buffer with it.
const HUGE_BYTES: usize = 1 << 20;

/// Reads lines; `\r` before the line end is left in place, and blank lines are lines.
pub(crate) struct LineReader<R> {
    input: R,
    buffer: BytesMut,
    /// So much of the buffer has no line end.
    scanned: usize,
    /// While the rest of a line that is too long is skipped: its length so far.
    skipped: Option<usize>,
    limit: usize,
    ended: bool,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        Self { input, buffer: BytesMut::new(), scanned: 0, skipped: None, limit, ended: false }
    }

    /// The next line; `None` at the end of the input. A last line without a line end counts.
    pub(crate) async fn next(&mut self) -> Option<InboundLine> {
        loop {
            if let Some(line) = self.buffered() {
                return Some(line);
            }
            if self.ended {
                return self.last();
            }
            if self.buffer.capacity() - self.buffer.len() < LEAST_ROOM {
                self.buffer.reserve(READ_BYTES);
            }
            match self.input.read_buf(&mut (&mut self.buffer).limit(READ_BYTES)).await {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(error) => {
                    debug!(%error, "reading from the peer failed");
                    self.ended = true;
                }
            }
        }
    }

    /// A line that is already there.
    pub(crate) fn buffered(&mut self) -> Option<InboundLine> {
        let unseen = self.buffer.get(self.scanned..)?;
        let Some(end) = memchr::memchr(b'\n', unseen).map(|at| self.scanned + at) else {
            self.scanned = self.buffer.len();
            if self.skipped.is_some() || self.scanned > self.limit {
                *self.skipped.get_or_insert(0) += self.scanned;
                self.buffer = BytesMut::new();
                self.scanned = 0;
            }
            return None;
        };
        self.scanned = 0;
        let line = self.split(end);
        self.buffer.advance(1);
        Some(self.judge(line))
    }

    fn last(&mut self) -> Option<InboundLine> {
        let rest = self.split(self.buffer.len());
        self.scanned = 0;
        if rest.is_empty() && self.skipped.is_none() {
            return None;
        }
        Some(self.judge(rest))
    }

    fn split(&mut self, end: usize) -> Bytes {
        let line = self.buffer.split_to(end).freeze();
        if end >= HUGE_BYTES {
            self.buffer = BytesMut::from(self.buffer.as_ref());
        }
        line
    }

    fn judge(&mut self, line: Bytes) -> InboundLine {
        let bytes = self.skipped.take().unwrap_or(0) + line.len();
        if bytes > self.limit {
            return InboundLine::Dropped { reason: DropReason::TooLong { bytes, limit: self.limit } };
        }
        InboundLine::Line(line)
    }
}
