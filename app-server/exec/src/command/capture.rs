//! What is taken of an output: up to a cap, kept or handed on.

use bytes::Bytes;

use crate::process::Stream;

/// A piece of a streamed output, at most 64 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputDelta {
    /// Where it was printed.
    pub stream: Stream,
    /// The bytes; they may end in the middle of a character.
    pub bytes: Bytes,
    /// Whether this is the last piece because the cap was reached.
    pub cap_reached: bool,
}

/// An output while it comes.
#[derive(Debug)]
pub(super) struct Capture {
    stream: Stream,
    streamed: bool,
    cap: Option<usize>,
    taken: usize,
    kept: Vec<u8>,
    capped: bool,
    ended: bool,
}

impl Capture {
    pub(super) fn new(stream: Stream, streamed: bool, cap: Option<usize>) -> Self {
        Self { stream, streamed, cap, taken: 0, kept: Vec::new(), capped: false, ended: false }
    }

    /// Takes bytes; tells what is to be handed on. The output that fills the cap reaches it, even if nothing follows.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Option<OutputDelta> {
        if self.capped {
            return None;
        }
        let room = self.cap.map_or(bytes.len(), |cap| (cap - self.taken).min(bytes.len()));
        let bytes = &bytes[..room];
        self.taken += room;
        self.capped = self.cap.is_some_and(|cap| self.taken >= cap);
        if !self.streamed {
            self.kept.extend_from_slice(bytes);
            return None;
        }
        Some(OutputDelta { stream: self.stream, bytes: Bytes::copy_from_slice(bytes), cap_reached: self.capped })
    }

    /// Nothing follows.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Whether nothing that may follow counts.
    pub(super) fn is_complete(&self) -> bool {
        self.ended || self.capped
    }

    pub(super) fn cap_reached(&self) -> bool {
        self.capped
    }

    pub(super) fn into_kept(self) -> Vec<u8> {
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streamed(cap: usize, pieces: &[&str]) -> Vec<(String, bool)> {
        let mut capture = Capture::new(Stream::Stdout, true, Some(cap));
        let deltas = pieces.iter().filter_map(|piece| capture.take(piece.as_bytes()));
        deltas.map(|delta| (String::from_utf8(delta.bytes.to_vec()).unwrap(), delta.cap_reached)).collect()
    }

    #[test]
    fn the_piece_that_reaches_the_cap_is_the_last() {
        let last = |text: &str| (text.to_owned(), true);
        assert_eq!(streamed(4, &["0123456789", "abc"]), [last("0123")]);
        assert_eq!(streamed(10, &["0123456789", "abc"]), [last("0123456789")]);
        assert_eq!(streamed(12, &["0123456789", "abc"]), [("0123456789".to_owned(), false), last("ab")]);
        assert_eq!(streamed(0, &["0123456789"]), [last("")]);
    }

    #[test]
    fn what_is_not_streamed_is_kept() {
        let mut capture = Capture::new(Stream::Stderr, false, Some(5));
        assert_eq!((capture.take(b"abc"), capture.take(b"def")), (None, None));
        assert!(capture.cap_reached() && capture.is_complete());
        assert_eq!(capture.into_kept(), b"abcde");
        let mut unlimited = Capture::new(Stream::Stderr, false, None);
        unlimited.take(b"abc");
        assert!(!unlimited.is_complete());
    }
}
