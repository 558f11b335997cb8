//! Rules that texts keep although their fields are plain strings: for `deserialize_with`, so that a rule costs no type.
//!
//! The complaints are the reference's own: clients see them in -32600 answers.

use serde::{Deserialize, Deserializer, de};

use crate::PathText;

/// A path of any form; see [`PathText`].
pub(crate) fn path_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    PathText::deserialize(deserializer).map(|path| path.0)
}

/// A text that may be absent, for fields where null is wrong.
pub(crate) fn never_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// A UUID in any of its usual spellings; the text is kept as it came.
pub(crate) fn uuid_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    if is_uuid(&text) { Ok(text.into()) } else { Err(de::Error::custom("no UUID")) }
}

/// 32 hexadecimal digits; or with hyphens, and then also in braces or as a URN.
fn is_uuid(text: &str) -> bool {
    let in_braces = || text.strip_prefix('{')?.strip_suffix('}');
    let plain = in_braces().or_else(|| text.strip_prefix("urn:uuid:"));
    let hyphen_or_digit = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    let hyphenated = plain.unwrap_or(text);
    hyphenated.len() == 36 && hyphenated.bytes().enumerate().all(hyphen_or_digit)
        || text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// An absolute path of an environment, which may run another operating system: a path in the manner of Unix or of Windows,
/// or a `file:` URL.
pub(crate) fn environment_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let path = String::deserialize(deserializer)?;
    let complaint = match path.as_bytes() {
        [b'/' | b'\\', b'/' | b'\\', rest @ ..] => (!names_a_share(rest)).then_some(" using Windows path syntax"),
        [b'/', ..] => None,
        [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic() => None,
        _ => (!is_file_url(&path)).then_some(""),
    };
    match complaint {
        None => Ok(path),
        Some(how) => Err(de::Error::custom(format_args!("path `{path}` is not absolute{how}"))),
    }
}

/// What follows the two slashes of a Windows path: host and share, or the sign of a device or of a verbatim path.
fn names_a_share(rest: &[u8]) -> bool {
    let mut parts = rest.split(|byte| matches!(byte, b'/' | b'\\'));
    match (parts.next(), parts.next()) {
        (Some(b"?" | b"."), Some(_)) => true,
        (Some(host), Some(share)) => !host.is_empty() && !share.is_empty(),
        _ => false,
    }
}

/// A `file:` URL with nothing behind its path. As in browsers, blanks around it and line breaks in it do not count.
fn is_file_url(text: &str) -> bool {
    let text: String =
        text.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let host = match rest.as_bytes() {
        [b'/' | b'\\', b'/' | b'\\', ..] => rest.split(['/', '\\']).nth(2).unwrap_or_default(),
        _ => "",
    };
    let is_drive = matches!(host.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic());
    scheme.eq_ignore_ascii_case("file")
        && !rest.contains(['?', '#'])
        && !rest.contains("%00")
        && (is_drive || !host.contains([' ', ':', '<', '>', '@', '[', ']', '^', '|']))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn environment(path: &str) -> Result<String, String> {
        environment_path(Value::from(path)).map_err(|error| error.to_string())
    }

    #[test]
    fn environment_paths_are_absolute_on_some_system() {
        let unix = ["/", "/a?b", "/\0", "/ x"];
        let windows =
            ["C:\\", "c:/x", "x://y", "//h/s", "\\\\h\\s", "/\\h\\s", "\\\\?\\C:\\x", "\\\\.\\x", "//?/", "//h/ "];
        let urls = [
            "file:",
            "file:x",
            "FILE:///x",
            "file://h/x",
            "file:///C:/x",
            "file://C:/x",
            "file:%2F%zz",
            " file:x",
            "fi\tle:/x",
        ];
        for path in unix.iter().chain(&windows).chain(&urls) {
            assert_eq!(environment(path).as_deref(), Ok(*path));
        }
        let relative = ["", "x", "~/x", "C:x", "C:", "\\x", "http://x", " /x", "é:/x", "1:/x", "filex:"];
        let bad_urls = ["file:///a?b", "file:a#b", "file:%00", "file://h:1/x", "file://[/x", "file://h h/x"];
        for path in relative.iter().chain(&bad_urls) {
            assert_eq!(environment(path), Err(format!("path `{path}` is not absolute")));
        }
        for path in ["//", "//x", "///", "\\\\x", "//h/", "//h//s", "///h/s", "//?", "\\\\.", "\\/"] {
            assert_eq!(environment(path), Err(format!("path `{path}` is not absolute using Windows path syntax")));
        }
    }

    #[test]
    fn uuids_have_four_spellings() {
        let plain = "01900000-0000-7000-8000-00000000abCD";
        for text in [plain, &plain.replace('-', ""), &format!("{{{plain}}}"), &format!("urn:uuid:{plain}")] {
            assert_eq!(uuid_text::<_, String>(Value::from(text)).unwrap(), text);
        }
        for text in ["", "x", &plain[1..], &plain.replace('0', "g"), &format!("{{{plain}"), &format!("{plain} ")] {
            assert!(uuid_text::<_, String>(Value::from(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn complaints_about_types_say_what_is_wanted() {
        let error = path_text(Value::from(1)).unwrap_err().to_string();
        assert_eq!(error, "invalid type: integer `1`, expected path string");
        let error = never_null(Value::Null).unwrap_err().to_string();
        assert_eq!(error, "invalid type: null, expected a string");
    }
}
