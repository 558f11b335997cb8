//! Lines out of pieces of bytes, wherever the pieces end.

use std::ops::ControlFlow;

/// Collects pieces until a line is complete. Who pushes bounds what is pending.
pub(super) struct Lines {
    /// The bytes that end a line, each by itself.
    ends: &'static [u8],
    pending: Vec<u8>,
}

impl Lines {
    pub(super) fn new(ends: &'static [u8]) -> Self {
        Self { ends, pending: Vec::new() }
    }

    /// Takes a piece and hands over the lines that it completes, until `on_line` breaks off.
    pub(super) fn push(
        &mut self,
        mut piece: &[u8],
        mut on_line: impl FnMut(&str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        while let Some(end) = piece.iter().position(|byte| self.ends.contains(byte)) {
            self.pending.extend_from_slice(&piece[..end]);
            piece = &piece[end + 1..];
            let line = std::mem::take(&mut self.pending);
            on_line(text(&line).as_ref())?;
        }
        self.pending.extend_from_slice(piece);
        ControlFlow::Continue(())
    }

    /// Bytes of the line that is not complete yet.
    pub(super) fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Hands over what stands behind the last end of a line, if anything does.
    pub(super) fn finish(&mut self, mut on_line: impl FnMut(&str) -> ControlFlow<()>) -> ControlFlow<()> {
        let line = std::mem::take(&mut self.pending);
        if line.is_empty() { ControlFlow::Continue(()) } else { on_line(text(&line).as_ref()) }
    }
}

/// A line as text, without the half of a line end that CRLF leaves.
fn text(line: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(pieces: &[&[u8]]) -> Vec<String> {
        let mut found = Vec::new();
        let mut keep = |line: &str| {
            found.push(line.to_owned());
            ControlFlow::Continue(())
        };
        let mut lines = Lines::new(b"\n");
        for piece in pieces {
            assert!(lines.push(piece, &mut keep).is_continue());
        }
        assert!(lines.finish(keep).is_continue());
        found
    }

    #[test]
    fn lines_may_be_cut_anywhere() {
        assert_eq!(lines(&[b"a", b"b\r", b"\nc\n\nd"]), ["ab", "c", "", "d"]);
        assert_eq!(lines(&["é".as_bytes().split_at(1).0, "é".as_bytes().split_at(1).1, b"\n"]), ["é"]);
        assert_eq!(lines(&[b"\xff\n"]), ["\u{fffd}"]);
        assert_eq!(lines(&[]), [""; 0]);
    }

    #[test]
    fn breaking_off_leaves_the_rest() {
        let mut lines = Lines::new(b"\n");
        let mut seen = 0;
        let outcome = lines.push(b"a\nb\n", |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        assert_eq!((outcome, seen), (ControlFlow::Break(()), 1));
    }

    proptest! {
        #[test]
        fn cuts_do_not_matter(text in "[ab\n]{0,30}", cut in 0..30usize) {
            let bytes = text.as_bytes();
            let (one, two) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(lines(&[one, two]), lines(&[bytes]));
        }
    }
}
