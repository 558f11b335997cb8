//! What a model is shown of an output: all of it, or its head and tail within a budget.

use super::kept::omission;

/// Bytes that count as one token.
const TOKEN: u64 = 4;

/// How much of an output is shown. Clients know the words for what was cut, which follow from the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// So many tokens, of four bytes each.
    Tokens(u64),
    /// So many bytes.
    Bytes(u64),
}

impl Budget {
    /// Tokens that a call gets when it does not say.
    pub const DEFAULT_TOKENS: u64 = 10_000;

    /// What the model's limit and a call's `max_output_tokens` allow together: the smaller of them, the limit when equal.
    pub fn for_call(limit: Self, max_output_tokens: Option<u64>) -> Self {
        let wanted = Self::Tokens(max_output_tokens.unwrap_or(Self::DEFAULT_TOKENS));
        if wanted.bytes() < limit.bytes() { wanted } else { limit }
    }

    fn bytes(self) -> u64 {
        match self {
            Self::Tokens(tokens) => tokens.saturating_mul(TOKEN),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Output as it was collected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// What was kept, as text; with a line for what was not.
    pub text: String,
    /// Bytes that were printed, kept or not.
    pub total_bytes: u64,
    /// Bytes that were printed and not kept.
    pub omitted_bytes: u64,
}

impl Collected {
    /// Tokens of all that was printed.
    pub fn tokens(&self) -> u64 {
        self.total_bytes.div_ceil(TOKEN)
    }

    /// What fits the budget. When that is not all, a header tells how much there was, and head and tail are shown.
    pub fn within(&self, budget: Budget) -> String {
        let Some(cut) = cut(&self.text, budget) else { return self.text.clone() };
        let detail = if self.omitted_bytes > 0 {
            omission(self.omitted_bytes)
        } else {
            format!("Total output lines: {}", self.text.lines().count())
        };
        format!("Warning: truncated output (original token count: {})\n{detail}\n\n{cut}", self.tokens())
    }
}

/// The same for a text that was kept whole.
pub fn truncate_output(text: &str, budget: Budget) -> String {
    let total_bytes = text.len() as u64;
    Collected { text: text.to_owned(), total_bytes, omitted_bytes: 0 }.within(budget)
}

/// Head and tail, half the budget each, with a mark between them. `None` when the text fits.
fn cut(text: &str, budget: Budget) -> Option<String> {
    let most = budget.bytes();
    let most = usize::try_from(most).ok().filter(|most| *most < text.len())?;
    let head = &text[..text.floor_char_boundary(most / 2)];
    let tail = &text[text.ceil_char_boundary(text.len() - (most - most / 2))..];
    let mark = match budget {
        Budget::Tokens(_) => format!("…{} tokens truncated…", ((text.len() - most) as u64).div_ceil(TOKEN)),
        Budget::Bytes(_) => {
            let middle = &text[head.len()..text.len() - tail.len()];
            format!("…{} chars truncated…", middle.chars().count())
        }
    };
    Some(format!("{head}{mark}{tail}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::KeptOutput;

    fn tokens(text: &str, tokens: u64) -> String {
        truncate_output(text, Budget::Tokens(tokens))
    }

    fn cut_to(text: &str, budget: Budget) -> String {
        truncate_output(text, budget).split_once("\n\n").unwrap().1.to_owned()
    }

    #[test]
    fn the_budget_is_halved_between_head_and_tail() {
        assert_eq!(tokens("abcdefgh", 2), "abcdefgh");
        assert_eq!(
            tokens("abcdefghij", 2),
            "Warning: truncated output (original token count: 3)\nTotal output lines: 1\n\nabcd…1 tokens truncated…ghij"
        );
        assert_eq!(
            tokens("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n", 3),
            "Warning: truncated output (original token count: 7)\nTotal output lines: 13\n\na\nb\nc\n…4 tokens truncated…k\nl\nm\n"
        );
        assert_eq!(cut_to("abcdef", Budget::Tokens(0)), "…2 tokens truncated…");
    }

    #[test]
    fn characters_stay_whole_and_the_count_is_that_of_the_budget() {
        assert_eq!(cut_to(&"é".repeat(21), Budget::Tokens(3)), "ééé…8 tokens truncated…ééé");
        assert_eq!(cut_to("aaaébbbbbbb", Budget::Tokens(2)), "aaa…1 tokens truncated…bbbb");
        assert_eq!(cut_to("aaaébbbbbbbb", Budget::Tokens(2)), "aaa…2 tokens truncated…bbbb");
        assert_eq!(cut_to("ééé€€€€€€", Budget::Tokens(3)), "ééé…3 tokens truncated…€€");
    }

    #[test]
    fn a_budget_in_bytes_counts_characters() {
        let text = "é".repeat(8000) + "\n";
        let cut = cut_to(&text, Budget::Bytes(10_000));
        assert!(cut.contains("…3001 chars truncated…"), "{cut}");
        assert!(cut_to(&text, Budget::Tokens(2499)).contains("…1502 tokens truncated…"));
        assert_eq!(truncate_output(&"x".repeat(10_000), Budget::Bytes(10_000)).len(), 10_000);
    }

    #[test]
    fn what_was_not_kept_is_told_in_the_header() {
        let mut kept = KeptOutput::default();
        for number in 1..=400_000 {
            kept.push(format!("{number}\n").as_bytes());
        }
        assert_eq!(
            kept.take().within(Budget::Tokens(3)),
            "Warning: truncated output (original token count: 672224)\n... 1640319 bytes omitted ...\n\n\
             1\n2\n3\n…262149 tokens truncated…00000\n"
        );
    }

    #[test]
    fn the_smaller_budget_counts() {
        let limit = Budget::Bytes(10_000);
        assert_eq!(Budget::for_call(limit, None), limit);
        assert_eq!(Budget::for_call(limit, Some(2500)), limit);
        assert_eq!(Budget::for_call(limit, Some(2499)), Budget::Tokens(2499));
        assert_eq!(Budget::for_call(limit, Some(u64::MAX)), limit);
        assert_eq!(Budget::for_call(Budget::Tokens(20_000), None), Budget::Tokens(10_000));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_head_and_tail_within_the_budget(text in "[a-z€é\n]{0,80}", tokens in 0u64..25, bytes: bool) {
            let budget = if bytes { Budget::Bytes(tokens * 4) } else { Budget::Tokens(tokens) };
            let shown = truncate_output(&text, budget);
            if text.len() as u64 <= tokens * 4 {
                prop_assert_eq!(shown, text);
            } else {
                let (_, cut) = shown.split_once("\n\n").unwrap();
                let (head, rest) = cut.split_once('…').unwrap();
                let (_, tail) = rest.split_once('…').unwrap();
                prop_assert!(text.starts_with(head) && text.ends_with(tail));
                prop_assert!((head.len() + tail.len()) as u64 <= tokens * 4);
            }
        }
    }
}
