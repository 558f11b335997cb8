//! Texts as they are searched: blanks and case do not count. What is shown of a hit.

use std::collections::BTreeSet;

/// How many characters a snippet shows before and after the hit.
const BEFORE: usize = 49;
const AFTER: usize = 96;
/// Parts of a term that the index is asked for; further ones hardly narrow what it finds.
const MAX_PARTS: usize = 64;

/// The words of a text with one blank between them.
fn spaced(text: &str) -> String {
    let is_blank = |letter: char| letter.is_whitespace() || letter == '\0';
    let mut spaced = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// A text as it is compared.
pub(crate) fn folded(text: &str) -> String {
    spaced(text).chars().flat_map(char::to_lowercase).collect()
}

/// What to show of a text that holds a term, which is folded; `None` when it does not hold it.
pub(crate) fn snippet(text: &str, term: &str) -> Option<String> {
    let letters: Vec<char> = spaced(text).chars().collect();
    // Where each byte of the folded text comes from.
    let mut origins = Vec::with_capacity(letters.len());
    let mut folded = String::with_capacity(letters.len());
    for (index, letter) in letters.iter().enumerate() {
        for lower in letter.to_lowercase() {
            folded.push(lower);
            origins.resize(folded.len(), index);
        }
    }
    let at = folded.find(term)?;
    let first = origins.get(at).copied()?;
    let last = origins.get(at + term.len() - 1).copied()?;
    let begin = first.saturating_sub(BEFORE);
    let end = letters.len().min(last + 1 + AFTER);
    let shown: String = letters.get(begin..end)?.iter().collect();
    let left = if begin > 0 { "... " } else { "" };
    let right = if end < letters.len() { " ..." } else { "" };
    Some(format!("{left}{}{right}", shown.trim()))
}

/// What the index is asked for to find texts that may hold a term, which is folded; `None` for terms too short for it.
pub(super) fn question(term: &str) -> Option<String> {
    let letters: Vec<char> = term.chars().collect();
    let parts: BTreeSet<String> = letters.windows(3).take(MAX_PARTS).map(|part| part.iter().collect()).collect();
    (!parts.is_empty()).then(|| joined(&parts, " AND "))
}

/// A term of two letters, as long as many a word of scripts that have a letter for a word or syllable.
pub(super) fn pair(term: &str) -> Option<&str> {
    (term.chars().count() == 2).then_some(term)
}

/// What the index is asked for to find texts with one of these parts.
pub(super) fn any_of(parts: &BTreeSet<String>) -> String {
    joined(parts, " OR ")
}

fn joined(parts: &BTreeSet<String>, word: &str) -> String {
    let quoted: Vec<String> = parts.iter().map(|part| format!("\"{}\"", part.replace('"', "\"\""))).collect();
    quoted.join(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_show_the_hit_with_what_stands_around_it() {
        let letters = |count: usize| "abcdefghijklmnopqrstuvwxyz".chars().cycle().take(count).collect::<String>();
        let around = |count: usize| snippet(&format!("{0}NEEDLE{0}", letters(count)), "needle").unwrap();
        assert_eq!(around(0), "NEEDLE");
        assert_eq!(around(49), format!("{0}NEEDLE{0}", letters(49)));
        assert_eq!(around(50), format!("... {}NEEDLE{}", &letters(50)[1..], letters(50)));
        assert_eq!(around(100), format!("... {}NEEDLE{} ...", &letters(100)[51..], letters(96)));
        assert_eq!(snippet("  padded   NEEDLE \n\t tabs  ", "needle").unwrap(), "padded NEEDLE tabs");
        let words = format!("{}NEEDLE{}", "w ".repeat(100), " v".repeat(100));
        let shown = snippet(&words, "needle").unwrap();
        assert_eq!(shown, format!("... {}NEEDLE{} ...", "w ".repeat(24), " v".repeat(48)));
    }

    #[test]
    fn case_and_blanks_do_not_count_whatever_the_script() {
        assert_eq!(snippet("Äpfel\n ÜBER straße", &folded("äPFEL über")).unwrap(), "Äpfel ÜBER straße");
        assert_eq!(snippet("İstanbul x", &folded("stanbul X")).unwrap(), "İstanbul x");
        assert_eq!(snippet("abc", "abd"), None);
        assert_eq!(snippet("", "a"), None);
    }

    #[test]
    fn the_index_is_asked_for_three_letters_at_a_time() {
        assert_eq!(question("ab"), None);
        assert_eq!(question("a\"bc").unwrap(), "\"\"\"bc\" AND \"a\"\"b\"");
        assert_eq!(question("äöü").unwrap(), "\"äöü\"");
    }
}
