//! Text without regard to upper and lower case, and where it was found in the text as it stands.

use std::ops::Range;

use memchr::memmem;

/// A text in one case.
pub(super) struct Folded {
    text: String,
    /// For texts that are not ASCII alone: where each character ends here, and where it stood.
    places: Option<Vec<(usize, Range<usize>)>>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { text: text.to_ascii_lowercase(), places: None };
        }
        let mut folded = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len());
        for (at, char) in text.char_indices() {
            fold(char, &mut folded);
            places.push((folded.len(), at..at + char.len_utf8()));
        }
        Self { text: folded, places: Some(places) }
    }

    /// Where another text stands in this one, as ranges of the text as it was; none touches the one before.
    pub(super) fn find_all(&self, other: &Self) -> impl Iterator<Item = Range<usize>> {
        let length = other.text.len();
        // A match ends with the character that it ends in.
        memmem::find_iter(self.text.as_bytes(), other.text.as_bytes())
            .map(|at| self.place(at).start..self.place(at + length - 1).end)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The character that a byte belongs to.
    fn place(&self, at: usize) -> Range<usize> {
        match &self.places {
            None => at..at + 1,
            Some(places) => {
                let index = places.partition_point(|(end, _)| *end <= at);
                places.get(index).map_or(0..0, |(_, range)| range.clone())
            }
        }
    }
}

/// Both `ß` and `SS` become `ss`: what is equal in upper case is equal.
fn fold(char: char, folded: &mut String) {
    match char {
        // It has the upper case of `i` and is another letter.
        'ı' => folded.push(char),
        _ => folded.extend(char.to_uppercase().flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, term: &str) -> Vec<String> {
        Folded::new(text).find_all(&Folded::new(term)).map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn case_makes_no_difference() {
        assert_eq!(found("needle NEEDLEneedle", "Needle"), ["needle", "NEEDLE", "needle"]);
        assert_eq!(found("straße STRASSE İstanbul", "strasse"), ["straße", "STRASSE"]);
        assert_eq!(found("straße STRASSE", "Straße"), ["straße", "STRASSE"]);
        assert_eq!(found("İstanbul", "i̇stanbul"), ["İstanbul"]);
        assert_eq!(found("İstanbul ısı", "isi"), Vec::<String>::new());
        assert_eq!(found("ÉCLAIR é😀", "É😀"), ["é😀"]);
        assert_eq!(found("ΟΔΟΣ οδος", "οδός"), Vec::<String>::new());
        assert_eq!(found("ΟΔΟΣ οδος", "οδος"), ["ΟΔΟΣ", "οδος"]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(found("ß", "s"), ["ß", "ß"]);
    }
}
