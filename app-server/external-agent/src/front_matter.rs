//! Markdown with YAML between two lines of dashes in front.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A Markdown file in its parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Markdown<'a> {
    /// The plain values in front by name. Empty when there are none or the YAML is broken; lists, maps and null are left out.
    pub fields: BTreeMap<String, String>,
    /// The text behind; all of it when there is nothing in front.
    pub body: &'a str,
}

impl<'a> Markdown<'a> {
    /// Takes a text apart; never fails.
    pub(crate) fn parse(text: &'a str) -> Self {
        match split(text) {
            None => Self { fields: BTreeMap::new(), body: text },
            Some((yaml, body)) => Self { fields: fields(yaml).unwrap_or_default(), body },
        }
    }

    /// A value that is not blank.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

/// The YAML and what follows; the first line has to be the dashes.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some((&text[first.len()..end], &text[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

/// The plain values of a map; none when the YAML is broken or no map.
///
/// The events are read one by one: nothing recurses, and aliases are never expanded, whatever the file says.
fn fields(yaml: &str) -> Option<BTreeMap<String, String>> {
    let mut fields = BTreeMap::new();
    let mut depth = 0_usize;
    // The key whose value comes next; the inner one is none for a key that is no plain value.
    let mut key: Option<Option<String>> = None;
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.ok()?;
        let scalar = match event {
            Event::MappingStart(..) if depth == 0 => {
                depth = 1;
                continue;
            }
            Event::MappingEnd if depth == 1 => return Some(fields),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                depth += 1;
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                None
            }
            Event::Scalar(value, style, ..) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                (!is_null).then(|| value.into_owned())
            }
            Event::Alias(_) => None,
            _ => continue,
        };
        if depth != 1 {
            continue;
        }
        // Here a whole node of the outer map has ended: a key or a value.
        match (key.take(), scalar) {
            (None, scalar) => key = Some(scalar),
            (Some(Some(name)), Some(value)) => {
                fields.insert(name, value);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(yaml: &str) -> Vec<(String, String)> {
        fields(yaml).unwrap_or_default().into_iter().collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn only_plain_values_of_the_outer_map_count() {
        let yaml = "a: 'it''s' # remark\nl: [x, {a: no}]\nm:\n  a: no\n\"? odd\": 5\n? [k]\n: lost\nb: >\n  folded\n  text\nn: ~\ne: \"\"\nr: &x v\ns: *x\n";
        let expected =
            [pair("? odd", "5"), pair("a", "it's"), pair("b", "folded text\n"), pair("e", ""), pair("r", "v")];
        assert_eq!(values(yaml), expected);
    }

    #[test]
    fn broken_yaml_has_no_values() {
        for yaml in ["a: b: c", "a: [x", "- a", "a", "", "a: *x", "a: \"\\q\"", &"[".repeat(100_000)] {
            assert_eq!(fields(yaml), None);
        }
    }

    #[test]
    fn the_body_is_what_follows_the_second_line_of_dashes() {
        for (text, name, body) in [
            ("---\nname: x\n---\nBody\n---\n", Some("x"), "Body\n---\n"),
            ("---\r\nname: x\r\n---\r\nBody\r\n", Some("x"), "Body\r\n"),
            ("---\nname: x\n---", Some("x"), ""),
            ("---\nname: [x\n---\nBody", None, "Body"),
            ("---\nname: x\nBody", None, "---\nname: x\nBody"),
            ("\n---\nname: x\n---\n", None, "\n---\nname: x\n---\n"),
        ] {
            let markdown = Markdown::parse(text);
            assert_eq!((markdown.field("name"), markdown.body), (name, body), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in r"(---\n|a: |[\[\]{}&*?:, \n'-]|\PC){0,40}") {
            let markdown = Markdown::parse(&text);
            prop_assert!(text.ends_with(markdown.body));
        }

        #[test]
        fn a_quoted_value_comes_back(value in r"\PC{0,20}") {
            let yaml = format!("k: {}\n", serde_json::to_string(&value).unwrap());
            prop_assert_eq!(values(&yaml), vec![pair("k", &value)]);
        }
    }
}
