//! Unified diffs, with the lines that git would choose.

use std::fmt::Write as _;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput, TokenSource};

/// The hunks of a unified diff between two texts, without file headers; empty when they are equal. Lines end at line
/// feeds; texts that have none, but carriage returns, are split there.
pub fn unified_hunks(before: &str, after: &str, context: u32) -> String {
    if before == after {
        return String::new();
    }
    let carriage_returns = !before.contains('\n') && !after.contains('\n');
    let lines = |text| Lines { text, separator: if carriage_returns { '\r' } else { '\n' } };
    let input = InternedInput::new(lines(before), lines(after));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let mut printer = Printer { input: &input, result: String::new() };
    let mut group: Vec<Hunk> = Vec::new();
    for hunk in diff.hunks() {
        if group.last().is_some_and(|last| hunk.before.start - last.before.end > context.saturating_mul(2)) {
            printer.group(&group, context);
            group.clear();
        }
        group.push(hunk);
    }
    printer.group(&group, context);
    printer.result
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
    fn group(&mut self, changes: &[Hunk], context: u32) {
        let [first, .., last] = changes else {
            if let [only] = changes {
                self.range(std::slice::from_ref(only), only, only, context);
            }
            return;
        };
        self.range(changes, first, last, context);
    }

    fn range(&mut self, changes: &[Hunk], first: &Hunk, last: &Hunk, context: u32) {
        let lead = first.before.start.min(context);
        let before_lines = u32::try_from(self.input.before.len()).unwrap_or(u32::MAX);
        let trail = (before_lines - last.before.end).min(context);
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

    fn numbers(&mut self, range: &Range<u32>) {
        let length = range.end - range.start;
        // Writing to a string cannot fail.
        let _ = match length {
            0 => write!(self.result, "{},0", range.start),
            1 => write!(self.result, "{}", range.start + 1),
            _ => write!(self.result, "{},{length}", range.start + 1),
        };
    }

    fn lines(&mut self, sign: char, after: bool, range: Range<u32>) {
        let side = if after { &self.input.after } else { &self.input.before };
        for &token in &side[range.start as usize..range.end as usize] {
            let line = self.input.interner[token];
            self.result.push(sign);
            self.result.push_str(line);
            if !line.ends_with(['\n', '\r']) {
                self.result.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}
