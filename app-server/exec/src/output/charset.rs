//! Text from the whole output of a command that may not speak UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{IBM866, WINDOWS_1252};

/// Bytes that are curly quotes, dashes and the trade mark in windows-1252, and capital letters in IBM866. Short texts with few
/// of them are taken for the latter too easily.
const PUNCTUATION: std::ops::RangeInclusive<u8> = 0x91..=0x99;

/// The output of a finished command as text: UTF-8 when it is valid, else in the encoding that it most likely is in. Bytes
/// that fit no encoding become U+FFFD.
pub fn decode_output(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let mut encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == IBM866 && is_punctuated_ascii(bytes) {
        encoding = WINDOWS_1252;
    }
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged { String::from_utf8_lossy(bytes).into_owned() } else { text.into_owned() }
}

/// Whether all that is not ASCII is punctuation of windows-1252, around at least one letter.
fn is_punctuated_ascii(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| !byte.is_ascii()).all(|byte| PUNCTUATION.contains(byte) && *byte != 0x98)
        && bytes.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_read_as_clients_know_it() {
        // What codex 0.169.0 answers for these bytes.
        for (bytes, text) in [
            (b"caf\xc3\xa9".as_slice(), "café"),
            (b"\x96\x97", "ЦЧ"),
            (b"\x93hi\x94", "\u{201c}hi\u{201d}"),
            (b"caf\xe9", "café"),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0", "Привет мир"),
            (b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd", "こんにちは"),
            (b"\xff\xfeh\x00i\x00", "hi"),
            (b"abc\xff", "abcÿ"),
            (b"\xe2\x82", "ā‚"),
            (b"\x00\x80\x81\xfe\xff", "\0€\u{81}þÿ"),
            (b"\x1b$B$3$s\x1b(B", "\u{1b}$B$3$s\u{1b}(B"),
            (b"\x99 x", "\u{2122} x"),
            (b"\xc4\xe3\xba\xc3 world", "콱봤 world"),
            (b"a\xff\xfeb\xc3(\xe2\x82", "aÿþbÃ(â‚"),
        ] {
            assert_eq!(decode_output(bytes), text, "{bytes:02x?}");
        }
    }
}
