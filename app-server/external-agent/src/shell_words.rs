//! Words of a shell command, with their places, so that single ones can be replaced and everything else stays.

use std::ops::Range;

/// One word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the command, quotes included.
    pub range: Range<usize>,
    /// Its text without quotes and backslashes; variables are not filled in.
    pub text: String,
}

/// Letters that end a word outside quotes.
const ENDS: &str = " \t\n;|&<>()";

/// The words of a command; a quote that is never closed reaches to the end.
pub(crate) fn words(command: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut current: Option<Word> = None;
    let mut quote = None;
    let mut letters = command.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if quote.is_none() && ENDS.contains(letter) {
            found.extend(current.take());
            continue;
        }
        let word = current.get_or_insert_with(|| Word { range: at..at, text: String::new() });
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), closing) if open == closing => quote = None,
            (None, '\\') => word.text.extend(letters.next().map(|(_, next)| next)),
            (Some('"'), '\\') if letters.peek().is_some_and(|(_, next)| "\\\"$`".contains(*next)) => {
                word.text.extend(letters.next().map(|(_, next)| next));
            }
            _ => word.text.push(letter),
        }
        word.range.end = letters.peek().map_or(command.len(), |(next, _)| *next);
    }
    found.extend(current);
    found
}

/// A text as one word.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_with_their_places() {
        let command = r#"a "b c"/d 'e'f;g|h\ i "j\"k" 'open"#;
        let found: Vec<(&str, String)> =
            words(command).into_iter().map(|word| (&command[word.range], word.text)).collect();
        let expected = [
            ("a", "a"),
            ("\"b c\"/d", "b c/d"),
            ("'e'f", "ef"),
            ("g", "g"),
            ("h\\ i", "h i"),
            ("\"j\\\"k\"", "j\"k"),
            ("'open", "open"),
        ];
        assert_eq!(found, expected.map(|(range, text)| (range, text.to_owned())));
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_in_the_command(command in r#"([ ;|'"\\a$é]|\PC){0,20}"#) {
            let mut end = 0;
            for word in words(&command) {
                prop_assert!(word.range.start >= end && word.range.end > word.range.start);
                end = word.range.end;
                prop_assert!(command.get(word.range).is_some());
            }
        }

        #[test]
        fn a_quoted_text_is_one_word(text in r"\PC{0,20}") {
            let quoted = quoted(&text);
            prop_assert_eq!(words(&quoted), vec![Word { range: 0..quoted.len(), text }]);
        }
    }
}
