//! Unified diffs, told the way git tells them.

use std::fmt::Write as _;
use std::ops::Range;

use imara_diff::{InternedInput, TokenSource};

use crate::groups::settled;
use crate::shortest::changed;

/// The hunks of a unified diff between two texts, without file headers; empty when they are equal. Lines end at line
/// feeds; texts that have none, but carriage returns, are split there.
pub fn unified_hunks(before: &str, after: &str, context: usize) -> String {
    if before == after {
        return String::new();
    }
    let carriage_returns = !before.contains('\n') && !after.contains('\n');
    let lines = |text| Lines { text, separator: if carriage_returns { '\r' } else { '\n' } };
    let input = InternedInput::new(lines(before), lines(after));
    let found = changed(&input.before, &input.after, input.interner.num_tokens());
    let changes = changes(&settled(found, &input));
    let mut printer = Printer { input: &input, result: String::new() };
    let near = context.saturating_mul(2);
    for group in changes.chunk_by(|one, next| next.before.start - one.before.end <= near) {
        printer.group(group, context);
    }
    printer.result
}

/// A run of lines that go, and the lines that come in their place.
struct Change {
    before: Range<usize>,
    after: Range<usize>,
}

fn changes([before, after]: &[Vec<bool>; 2]) -> Vec<Change> {
    let run =
        |lines: &[bool], start: usize| start..start + lines[start..].iter().take_while(|changed| **changed).count();
    let mut changes = Vec::new();
    let (mut at, mut at_after) = (0, 0);
    while at < before.len() || at_after < after.len() {
        let change = Change { before: run(before, at), after: run(after, at_after) };
        // One line that stays follows on both sides.
        (at, at_after) = (change.before.end + 1, change.after.end + 1);
        if !change.before.is_empty() || !change.after.is_empty() {
            changes.push(change);
        }
    }
    changes
}

struct Lines<'a> {
    text: &'a str,
    separator: char,
}

impl<'a> TokenSource for Lines<'a> {
    type Token = &'a str;
    type Tokenizer = std::str::SplitInclusive<'a, char>;

    fn tokenize(&self) -> Self::Tokenizer {
        self.text.split_inclusive(self.separator)
    }

    fn estimate_tokens(&self) -> u32 {
        u32::try_from(self.text.len() / 32).unwrap_or(u32::MAX)
    }
}

struct Printer<'a> {
    input: &'a InternedInput<&'a str>,
    result: String,
}

impl Printer<'_> {
    /// One hunk of the output: changes that stand close, with context around and between them.
    fn group(&mut self, changes: &[Change], context: usize) {
        let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
        let lead = first.before.start.min(context);
        let trail = (self.input.before.len() - last.before.end).min(context);
        let before = first.before.start - lead..last.before.end + trail;
        let after = first.after.start - lead..last.after.end + trail;
        self.result.push_str("@@ -");
        self.numbers(&before);
        self.result.push_str(" +");
        self.numbers(&after);
        self.result.push_str(" @@\n");
        let mut at = before.start;
        for change in changes {
            self.lines(' ', false, at..change.before.start);
            self.lines('-', false, change.before.clone());
            self.lines('+', true, change.after.clone());
            at = change.before.end;
        }
        self.lines(' ', false, at..before.end);
    }

    fn numbers(&mut self, range: &Range<usize>) {
        let length = range.len();
        // Writing to a string cannot fail.
        let _ = match length {
            0 => write!(self.result, "{},0", range.start),
            1 => write!(self.result, "{}", range.start + 1),
            _ => write!(self.result, "{},{length}", range.start + 1),
        };
    }

    fn lines(&mut self, sign: char, after: bool, range: Range<usize>) {
        let side = if after { &self.input.after } else { &self.input.before };
        for &token in &side[range] {
            let line = self.input.interner[token];
            self.result.push(sign);
            self.result.push_str(line);
            if !line.ends_with(['\n', '\r']) {
                self.result.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}
