//! The first and the last bytes of an output of any length.

use std::collections::VecDeque;

use super::Collected;

/// Bytes that are kept of an output: one half from its beginning, one from its end.
pub const KEPT_BYTES: usize = 1024 * 1024;

const HEAD: usize = KEPT_BYTES / 2;
const TAIL: usize = KEPT_BYTES - HEAD;

/// An output of any length, of which at most [`KEPT_BYTES`] are kept.
#[derive(Clone, Debug, Default)]
pub struct KeptOutput {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    total: u64,
}

impl KeptOutput {
    /// Adds what was printed next.
    pub fn push(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        let (first, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend_from_slice(first);
        let rest = &rest[rest.len().saturating_sub(TAIL)..];
        let overflow = (self.tail.len() + rest.len()).saturating_sub(TAIL);
        self.tail.drain(..overflow);
        self.tail.extend(rest);
    }

    /// All bytes that were printed, kept or not.
    pub fn total_bytes(&self) -> u64 {
        self.total
    }

    /// Bytes that were printed and are not kept.
    pub fn omitted_bytes(&self) -> u64 {
        self.total - (self.head.len() + self.tail.len()) as u64
    }

    /// What is kept as text, with a line that tells how much is missing between its halves. Invalid UTF-8 becomes U+FFFD.
    pub fn text(&self) -> String {
        let (front, back) = self.tail.as_slices();
        if self.omitted_bytes() == 0 {
            let whole = [self.head.as_slice(), front, back].concat();
            return text_of(whole);
        }
        let mut text = String::from_utf8_lossy(&self.head).into_owned();
        text.push('\n');
        text.push_str(&omission(self.omitted_bytes()));
        text.push('\n');
        text.push_str(&text_of([front, back].concat()));
        text
    }

    /// Takes what was printed so far and starts anew.
    pub fn take(&mut self) -> Collected {
        let taken = std::mem::take(self);
        Collected { text: taken.text(), total_bytes: taken.total, omitted_bytes: taken.omitted_bytes() }
    }
}

/// The line that stands for bytes that were not kept.
pub(super) fn omission(bytes: u64) -> String {
    format!("... {bytes} bytes omitted ...")
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_output_is_kept_whole_and_invalid_bytes_are_replaced() {
        let mut kept = KeptOutput::default();
        kept.push(b"a\xff\xfeb\xc3(");
        kept.push(b"\xe2\x82");
        assert_eq!(kept.text(), "a\u{fffd}\u{fffd}b\u{fffd}(\u{fffd}");
        assert_eq!((kept.total_bytes(), kept.omitted_bytes()), (8, 0));
    }

    #[test]
    fn a_character_across_the_middle_is_whole_while_nothing_is_omitted() {
        let mut kept = KeptOutput::default();
        kept.push(&vec![b'x'; HEAD - 1]);
        kept.push("é".as_bytes());
        assert!(kept.text().ends_with("xé"));
    }

    #[test]
    fn the_middle_of_a_long_output_is_told_in_bytes() {
        let mut kept = KeptOutput::default();
        kept.push(&vec![b'x'; 2_000_000]);
        let text = kept.text();
        assert_eq!(text.len(), KEPT_BYTES + "\n... 951424 bytes omitted ...\n".len());
        assert_eq!(&text[HEAD - 1..HEAD + 32], "x\n... 951424 bytes omitted ...\nxx");
        let collected = kept.take();
        assert_eq!((collected.total_bytes, collected.omitted_bytes), (2_000_000, 951_424));
        assert_eq!((kept.total_bytes(), kept.text()), (0, String::new()));
    }

    #[test]
    fn exactly_what_fits_is_kept() {
        let mut kept = KeptOutput::default();
        kept.push(&vec![b'x'; KEPT_BYTES]);
        assert_eq!((kept.omitted_bytes(), kept.text().len()), (0, KEPT_BYTES));
        kept.push(b"y");
        assert_eq!(kept.omitted_bytes(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn however_it_comes_the_ends_are_kept(sizes in prop::collection::vec(0usize..500_000, 0..8)) {
            let total: usize = sizes.iter().sum();
            let all: Vec<u8> = (0..total).map(|at| b'a' + (at % 23) as u8).collect();
            let mut kept = KeptOutput::default();
            let mut at = 0;
            for size in sizes {
                kept.push(&all[at..at + size]);
                at += size;
            }
            prop_assert_eq!(kept.total_bytes(), total as u64);
            prop_assert_eq!(kept.omitted_bytes(), total.saturating_sub(KEPT_BYTES) as u64);
            let text = kept.text().into_bytes();
            if total <= KEPT_BYTES {
                prop_assert!(text == all);
            } else {
                prop_assert!(text.starts_with(&all[..HEAD]));
                prop_assert!(text.ends_with(&all[total - TAIL..]));
            }
        }
    }
}
