//! Key paths of write requests: `mcp_servers."a.b".command`.
//!
//! Dots separate segments. A segment may be put in double quotes to hold dots, with a backslash before a quote or a
//! backslash inside; a quote may also end inside a segment. Everything else is an ordinary character.

/// Why a text is no key path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyPathError {
    /// Nothing, or only blanks.
    #[error("keyPath must not be empty")]
    Empty,
    /// Two dots in a row, or a dot at an end.
    #[error("keyPath segments must not be empty")]
    EmptySegment,
    /// A quote that nothing closes.
    #[error("unterminated quoted keyPath segment")]
    Unterminated,
    /// A quote behind the beginning of a segment.
    #[error("invalid quoted keyPath segment")]
    QuoteInside,
    /// A backslash with nothing behind it.
    #[error("unterminated escape in keyPath")]
    UnterminatedEscape,
}

/// The segments of a key path, at least one.
///
/// # Errors
///
/// [`KeyPathError`]; its texts are those that clients know.
pub fn parse_key_path(text: &str) -> Result<Vec<String>, KeyPathError> {
    if text.trim().is_empty() {
        return Err(KeyPathError::Empty);
    }
    let mut segments = Vec::new();
    let mut segment = String::new();
    let mut quoted = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted => segment.push(characters.next().ok_or(KeyPathError::UnterminatedEscape)?),
            '"' if quoted => quoted = false,
            '"' if segment.is_empty() => quoted = true,
            '"' => return Err(KeyPathError::QuoteInside),
            '.' if !quoted => segments.push(finish(&mut segment)?),
            other => segment.push(other),
        }
    }
    if quoted {
        return Err(KeyPathError::Unterminated);
    }
    segments.push(finish(&mut segment)?);
    Ok(segments)
}

fn finish(segment: &mut String) -> Result<String, KeyPathError> {
    if segment.is_empty() { Err(KeyPathError::EmptySegment) } else { Ok(std::mem::take(segment)) }
}

/// The text of a key path, with quotes where a segment needs them. [`parse_key_path`] gives the segments back.
pub fn format_key_path<S: AsRef<str>>(segments: &[S]) -> String {
    let mut text = String::new();
    for segment in segments {
        let segment = segment.as_ref();
        if !text.is_empty() {
            text.push('.');
        }
        if segment.contains(['.', '"', '\\']) || segment.trim().is_empty() {
            text.push('"');
            for character in segment.chars() {
                if matches!(character, '"' | '\\') {
                    text.push('\\');
                }
                text.push(character);
            }
            text.push('"');
        } else {
            text.push_str(segment);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn segments() {
        for (text, segments) in [
            ("model", &["model"][..]),
            ("a.b-c_d", &["a", "b-c_d"]),
            ("mcp_servers.\"a.b\".command", &["mcp_servers", "a.b", "command"]),
            ("desktop.\"a\\\"b\"", &["desktop", "a\"b"]),
            ("plugins.sample@catalog.enabled", &["plugins", "sample@catalog", "enabled"]),
            ("a.'b'", &["a", "'b'"]),
            ("a.\"b\"c", &["a", "bc"]),
            ("desktop.a b", &["desktop", "a b"]),
        ] {
            assert_eq!(parse_key_path(text).unwrap(), segments, "{text}");
        }
    }

    #[test]
    fn refused() {
        for (text, error) in [
            ("", KeyPathError::Empty),
            ("  ", KeyPathError::Empty),
            ("a..b", KeyPathError::EmptySegment),
            (".a", KeyPathError::EmptySegment),
            ("a.", KeyPathError::EmptySegment),
            ("a.\"b", KeyPathError::Unterminated),
            ("a.b\"c\"", KeyPathError::QuoteInside),
            ("a.\"b\\", KeyPathError::UnterminatedEscape),
        ] {
            assert_eq!(parse_key_path(text).unwrap_err(), error, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_formatted_is_parsed_back(segments in prop::collection::vec("[ -~é]{1,6}", 1..5)) {
            prop_assert_eq!(parse_key_path(&format_key_path(&segments)).unwrap(), segments);
        }

        #[test]
        fn nothing_panics(text in "[a.\"\\\\ ]{0,12}") {
            let _ = parse_key_path(&text);
        }
    }
}
