//! Finds the characters of a short text, in their order, within a longer one: the filter behind pickers.
//!
//! The match ignores case and is greedy: each character of the needle takes the first place left for it. Texts are
//! compared character by character in lower case; one character may become several there (`İ`), never the other way
//! round (`ß` is not `ss`). A text that does not match costs no allocation.
//!
//! ```
//! use codex_utils_fuzzy_match::fuzzy_match;
//! assert_eq!(fuzzy_match("my_file_name", "file"), Some((vec![3, 4, 5, 6], 0)));
//! assert_eq!(fuzzy_match("hello", "hl"), Some((vec![0, 2], -99)));
//! assert_eq!(fuzzy_match("abc", "abcd"), None);
//! ```
#![forbid(unsafe_code)]

/// What a match gains that begins at the first character.
const PREFIX_BONUS: i32 = 100;

/// Matches `needle` against `haystack`: the places of the matched characters, and the score; none when it does not match.
///
/// Places count characters of the haystack as it was given; they are sorted and distinct. The score is the number of
/// characters between the first and the last match that were not asked for, counted in lower case, less 100 when the
/// match begins at the start: smaller is better. An empty needle matches everything at no place, with the worst score,
/// [`i32::MAX`].
pub fn fuzzy_match(haystack: &str, needle: &str) -> Option<(Vec<usize>, i32)> {
    if needle.is_empty() {
        return Some((Vec::new(), i32::MAX));
    }
    if haystack.is_ascii() && needle.is_ascii() {
        let needle = needle.bytes().map(|byte| byte.to_ascii_lowercase());
        let haystack = haystack.bytes().map(|byte| byte.to_ascii_lowercase()).enumerate();
        return matched(haystack, needle);
    }
    let haystack = haystack.chars().enumerate();
    let lowered = haystack.flat_map(|(place, character)| character.to_lowercase().map(move |lower| (place, lower)));
    matched(lowered, needle.chars().flat_map(char::to_lowercase))
}

/// Matches what is in lower case already; each item of the haystack comes with its place in the original.
fn matched<T: PartialEq>(
    haystack: impl Iterator<Item = (usize, T)> + Clone,
    needle: impl Iterator<Item = T> + Clone,
) -> Option<(Vec<usize>, i32)> {
    // The first walk only looks, so that nothing is allocated for a text that does not match.
    let mut first = None;
    let mut last = 0;
    let mut length = 0;
    for lower in places(haystack.clone(), needle.clone()) {
        last = lower?.0;
        first = first.or(Some(last));
        length += 1;
    }
    let first = first?;
    let mut indices = Vec::with_capacity(length);
    indices.extend(places(haystack, needle).flatten().map(|(_, place)| place));
    // Two matches may lie in one character of the original.
    indices.dedup();
    let gaps = i32::try_from(last - first + 1 - length).unwrap_or(i32::MAX);
    let bonus = if first == 0 { PREFIX_BONUS } else { 0 };
    Some((indices, gaps - bonus))
}

/// Where each item of the needle is found: its place in lower case and in the original; none where it is not.
fn places<T: PartialEq>(
    haystack: impl Iterator<Item = (usize, T)>,
    needle: impl Iterator<Item = T>,
) -> impl Iterator<Item = Option<(usize, usize)>> {
    let mut rest = haystack.enumerate();
    needle.map(move |wanted| {
        let (lower, (place, _)) = rest.find(|(_, (_, found))| *found == wanted)?;
        Some((lower, place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vectors() {
        for (haystack, needle, expected) in [
            ("hello", "hl", Some((vec![0, 2], -99))),
            ("Hello", "heL", Some((vec![0, 1, 2], -100))),
            ("a-b-c", "abc", Some((vec![0, 2, 4], -98))),
            ("file_name", "file", Some((vec![0, 1, 2, 3], -100))),
            ("my_file_name", "file", Some((vec![3, 4, 5, 6], 0))),
            ("foobar", "br", Some((vec![3, 5], 1))),
            ("README.md", "rdm", Some((vec![0, 3, 4], -98))),
            ("aab", "ab", Some((vec![0, 2], -99))),
            ("İstanbul", "is", Some((vec![0, 1], -99))),
            ("straße", "strasse", None),
            ("abc", "abcd", None),
            ("", "a", None),
            ("日本語", "日語", Some((vec![0, 2], -99))),
            ("anything", "", Some((vec![], 2_147_483_647))),
            ("", "", Some((vec![], i32::MAX))),
        ] {
            assert_eq!(fuzzy_match(haystack, needle), expected, "{haystack:?} {needle:?}");
        }
    }

    #[test]
    fn both_lower_characters_of_one_are_one_place() {
        assert_eq!(fuzzy_match("aİ", "İ"), Some((vec![1], 0)));
    }

    #[test]
    fn a_final_sigma_matches_itself() {
        assert_eq!(fuzzy_match("ΟΔΟΣ", "ΟΔΟΣ"), Some((vec![0, 1, 2, 3], -100)));
    }

    /// Every character in lower case with the place of its origin.
    fn lowered(text: &str) -> Vec<(usize, char)> {
        let characters = text.chars().enumerate();
        characters.flat_map(|(place, character)| character.to_lowercase().map(move |lower| (place, lower))).collect()
    }

    /// The definition, as plainly as it can be written.
    fn by_definition(haystack: &str, needle: &str) -> Option<(Vec<usize>, i32)> {
        let (haystack, needle) = (lowered(haystack), lowered(needle));
        let mut found = Vec::new();
        for (_, wanted) in &needle {
            let start = found.last().map_or(0, |last| last + 1);
            found.push((start..haystack.len()).find(|at| haystack[*at].1 == *wanted)?);
        }
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return Some((Vec::new(), i32::MAX)) };
        let gaps = i32::try_from((last - first + 1).saturating_sub(needle.len())).unwrap();
        let mut places: Vec<usize> = found.iter().map(|at| haystack[*at].0).collect();
        places.dedup();
        Some((places, if *first == 0 { gaps - 100 } else { gaps }))
    }

    /// Texts of few letters, so that matches are frequent; some change their length in lower case.
    const TEXT: &str = "[abAB_İıßΣς日]{0,12}";

    proptest! {
        #[test]
        fn matches_are_those_of_the_definition(haystack in TEXT, needle in "[abAB_İıßΣς日]{0,4}") {
            prop_assert_eq!(fuzzy_match(&haystack, &needle), by_definition(&haystack, &needle));
        }

        #[test]
        fn matches_of_ascii_are_those_of_the_definition(haystack in "[a-cA-C_]{0,12}", needle in "[a-cA-C_]{0,4}") {
            prop_assert_eq!(fuzzy_match(&haystack, &needle), by_definition(&haystack, &needle));
        }

        #[test]
        fn indices_are_sorted_unique_and_in_range(haystack in "\\PC{0,40}", needle in "\\PC{0,3}") {
            if let Some((indices, _)) = fuzzy_match(&haystack, &needle) {
                prop_assert!(indices.is_sorted_by(|one, next| one < next));
                prop_assert!(indices.iter().all(|index| *index < haystack.chars().count()));
            }
        }

        #[test]
        fn what_was_picked_from_a_text_matches_it(text in "\\PC{1,40}", picks in prop::collection::vec(any::<bool>(), 40)) {
            let picked: String = text.chars().zip(picks).filter(|(_, pick)| *pick).map(|(one, _)| one).collect();
            prop_assert!(fuzzy_match(&text, &picked).is_some());
        }

        #[test]
        fn case_does_not_count(haystack in "[a-zA-Z]{0,20}", needle in "[a-zA-Z]{0,4}") {
            let upper = fuzzy_match(&haystack.to_uppercase(), &needle.to_uppercase());
            prop_assert_eq!(fuzzy_match(&haystack, &needle), upper);
        }

        #[test]
        fn the_matched_characters_are_the_needle(haystack in "[a-zA-Z ]{0,30}", needle in "[a-zA-Z ]{1,4}") {
            if let Some((indices, _)) = fuzzy_match(&haystack, &needle) {
                let bytes = haystack.as_bytes();
                let found: String = indices.iter().map(|index| char::from(bytes[*index])).collect();
                prop_assert!(found.eq_ignore_ascii_case(&needle));
            }
        }
    }
}
