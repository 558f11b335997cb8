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

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use proptest::prelude::*;
    use tokio::io::{AsyncWriteExt, ReadBuf, duplex};

    use super::*;

    /// Yields its chunks one by one.
    struct Chunks(VecDeque<Vec<u8>>);

    impl AsyncRead for Chunks {
        fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            if let Some(mut chunk) = self.0.pop_front() {
                let rest = chunk.split_off(chunk.len().min(buf.remaining()));
                buf.put_slice(&chunk);
                if !rest.is_empty() {
                    self.0.push_front(rest);
                }
            }
            Poll::Ready(Ok(()))
        }
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    fn line(text: &[u8]) -> InboundLine {
        InboundLine::Line(Bytes::copy_from_slice(text))
    }

    fn expected(input: &[u8], limit: usize) -> Vec<InboundLine> {
        let mut lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
        if lines.last().is_some_and(|last| last.is_empty()) {
            lines.pop();
        }
        let judge = |text: &[u8]| match text.len() {
            bytes if bytes > limit => InboundLine::Dropped { reason: DropReason::TooLong { bytes, limit } },
            _ => line(text),
        };
        lines.into_iter().map(judge).collect()
    }

    async fn all<R: AsyncRead + Unpin>(mut reader: LineReader<R>) -> Vec<InboundLine> {
        let mut lines = Vec::new();
        while let Some(line) = reader.next().await {
            lines.push(line);
        }
        assert_eq!(reader.next().await, None);
        lines
    }

    proptest! {
        #[test]
        fn where_the_input_is_split_makes_no_difference(
            input in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200),
            cuts in prop::collection::vec(1usize..40, 1..40),
            limit in prop_oneof![Just(3usize), Just(1000)],
        ) {
            let mut chunks = VecDeque::new();
            let mut rest = input.as_slice();
            for cut in cuts.iter().cycle().take_while(|_| !rest.is_empty()) {
                let (chunk, after) = rest.split_at((*cut).min(rest.len()));
                chunks.push_back(chunk.to_vec());
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(run(all(LineReader::new(Chunks(chunks), limit))), expected(&input, limit));
        }
    }

    #[test]
    fn what_is_no_text_passes_as_it_is() {
        let reader = LineReader::new(&b"a\xff\x00\r\n\n\xc3"[..], 100);
        assert_eq!(run(all(reader)), [line(b"a\xff\x00\r"), line(b""), line(b"\xc3")]);
    }

    #[test]
    fn a_line_without_an_end_is_skipped_within_bounds() {
        let limit = 1 << 20;
        let mut chunks: VecDeque<Vec<u8>> = vec![vec![b'x'; 60_000]; 1000].into();
        chunks.push_back(b"\nnext\n".to_vec());
        let mut reader = LineReader::new(Chunks(chunks), limit);
        run(async {
            let reason = DropReason::TooLong { bytes: 60_000_000, limit };
            assert_eq!(reader.next().await, Some(InboundLine::Dropped { reason }));
            assert!(reader.buffer.capacity() <= 2 * READ_BYTES, "{}", reader.buffer.capacity());
            assert_eq!(reader.next().await, Some(line(b"next")));
        });
    }

    #[test]
    fn a_huge_line_takes_its_memory_along() {
        let huge = vec![b'x'; 8 << 20];
        let input = [huge.as_slice(), b"\nsmall\nlast"].concat();
        let mut reader = LineReader::new(input.as_slice(), 64 << 20);
        run(async {
            assert_eq!(reader.next().await, Some(line(&huge)));
            assert!(reader.buffer.capacity() <= 2 * READ_BYTES, "{}", reader.buffer.capacity());
            assert_eq!(reader.next().await, Some(line(b"small")));
            assert_eq!(reader.next().await, Some(line(b"last")));
            assert!(reader.buffer.capacity() <= 2 * READ_BYTES, "{}", reader.buffer.capacity());
        });
    }

    #[test]
    fn a_reader_that_is_cancelled_loses_nothing() {
        run(async {
            let (mut peer, input) = duplex(64);
            let mut reader = LineReader::new(input, 100);
            peer.write_all(b"one\ntw").await.unwrap();
            assert_eq!(reader.next().await, Some(line(b"one")));
            tokio::select! {
                biased;
                line = reader.next() => panic!("half a line was read: {line:?}"),
                () = tokio::task::yield_now() => {}
            }
            peer.write_all(b"o\n").await.unwrap();
            assert_eq!(reader.next().await, Some(line(b"two")));
        });
    }
}
