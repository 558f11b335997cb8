//! Text from bytes that arrive in pieces cut anywhere.

/// Makes text of bytes as they come. A sequence that is cut waits for its rest; invalid bytes become U+FFFD exactly as if all
/// bytes were decoded at once.
#[derive(Clone, Debug, Default)]
pub struct Utf8Splitter {
    // The beginning of a sequence, at most three bytes.
    begun: Vec<u8>,
}

impl Utf8Splitter {
    /// The text that is complete with these bytes.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        let joined;
        let mut rest = if self.begun.is_empty() {
            bytes
        } else {
            let mut begun = std::mem::take(&mut self.begun);
            begun.extend_from_slice(bytes);
            joined = begun;
            joined.as_slice()
        };
        let mut text = String::with_capacity(rest.len());
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    return text;
                }
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    // Checked a line above: nothing is replaced here.
                    text.push_str(&String::from_utf8_lossy(valid));
                    match error.error_len() {
                        Some(invalid) => {
                            text.push(char::REPLACEMENT_CHARACTER);
                            rest = &after[invalid..];
                        }
                        None => {
                            self.begun = after.to_vec();
                            return text;
                        }
                    }
                }
            }
        }
    }

    /// What a sequence without an end becomes when nothing follows.
    pub fn finish(&mut self) -> Option<String> {
        let begun = std::mem::take(&mut self.begun);
        (!begun.is_empty()).then(|| String::from_utf8_lossy(&begun).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_character_waits_for_its_rest() {
        let mut splitter = Utf8Splitter::default();
        assert_eq!(splitter.push(b"a\xe2\x82"), "a");
        assert_eq!(splitter.push(b"\xac!"), "€!");
        assert_eq!(splitter.push(b"\xc3"), "");
        assert_eq!(splitter.push(b"abc"), "\u{fffd}abc");
        assert_eq!(splitter.push(b"\xf0\x9f"), "");
        assert_eq!(splitter.finish(), Some("\u{fffd}".to_owned()));
        assert_eq!(splitter.finish(), None);
    }

    /// Bytes in which valid, cut and invalid sequences are likely.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            any::<char>().prop_map(|character| character.to_string().into_bytes()),
            prop::collection::vec(prop_oneof![0x80u8..=0xff, Just(b'a')], 1..4),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn cuts_change_nothing(bytes in bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut splitter = Utf8Splitter::default();
            let mut text = String::new();
            let mut from = 0;
            for cut in cuts.into_iter().chain([bytes.len()]) {
                text.push_str(&splitter.push(&bytes[from..cut]));
                from = cut;
            }
            text.push_str(&splitter.finish().unwrap_or_default());
            prop_assert_eq!(text, String::from_utf8_lossy(&bytes));
        }
    }
}
