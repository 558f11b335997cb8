//! Which of several equal ways to tell a difference is chosen: the one that git chooses.
//!
//! A run of changed lines whose first line equals the line behind it can as well be told one line further down. Runs
//! are joined where they can touch, put beside a run of the other side where there is one, and else put where the
//! indentation says that a block begins or ends (git's "indent heuristic", with its weights).

use imara_diff::{InternedInput, Token};

/// The lines of one side, and which of them change.
struct Side<'a> {
    tokens: &'a [Token],
    changed: Vec<bool>,
}

/// A run of changed lines between two lines that stay; often empty. Both sides have equally many.
#[derive(Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
}

impl Group {
    fn first(side: &Side<'_>) -> Self {
        let mut group = Self::default();
        group.grow_down(side);
        group
    }

    fn is_empty(self) -> bool {
        self.start == self.end
    }

    fn size(self) -> usize {
        self.end - self.start
    }

    fn grow_down(&mut self, side: &Side<'_>) {
        self.end += side.changed[self.end..].iter().take_while(|changed| **changed).count();
    }

    fn grow_up(&mut self, side: &Side<'_>) {
        self.start -= side.changed[..self.start].iter().rev().take_while(|changed| **changed).count();
    }

    /// Goes to the next group, if there is one.
    fn next(&mut self, side: &Side<'_>) -> bool {
        if self.end == side.changed.len() {
            return false;
        }
        self.start = self.end + 1;
        self.end = self.start;
        self.grow_down(side);
        true
    }

    /// Goes to the group before, if there is one.
    fn previous(&mut self, side: &Side<'_>) {
        if self.start > 0 {
            self.end = self.start - 1;
            self.start = self.end;
            self.grow_up(side);
        }
    }

    /// Moves the run one line down, if that tells the same; it takes in a run that it touches then.
    fn slide_down(&mut self, side: &mut Side<'_>) -> bool {
        if side.tokens.get(self.end) != Some(&side.tokens[self.start]) {
            return false;
        }
        side.changed[self.start] = false;
        side.changed[self.end] = true;
        self.start += 1;
        self.end += 1;
        self.grow_down(side);
        true
    }

    /// Moves the run one line up, if that tells the same; it takes in a run that it touches then.
    fn slide_up(&mut self, side: &mut Side<'_>) -> bool {
        if self.start == 0 || side.tokens[self.start - 1] != side.tokens[self.end - 1] {
            return false;
        }
        self.start -= 1;
        self.end -= 1;
        side.changed[self.start] = true;
        side.changed[self.end] = false;
        self.grow_up(side);
        true
    }
}

/// The lines that change, on both sides, in the places that git would choose.
pub(crate) fn settled([gone, come]: [Vec<bool>; 2], input: &InternedInput<&str>) -> [Vec<bool>; 2] {
    let indent = |token: Token| indent(input.interner[token]);
    let mut before = Side { tokens: &input.before, changed: gone };
    let mut after = Side { tokens: &input.after, changed: come };
    settle(&mut before, &after, indent);
    settle(&mut after, &before, indent);
    [before.changed, after.changed]
}

/// Puts the runs of one side where they should be.
fn settle(side: &mut Side<'_>, other: &Side<'_>, indent: impl Fn(Token) -> Option<u32>) {
    let mut group = Group::first(side);
    let mut beside = Group::first(other);
    loop {
        if !group.is_empty() {
            settle_group(side, &mut group, other, &mut beside, &indent);
        }
        if !group.next(side) {
            return;
        }
        beside.next(other);
    }
}

fn settle_group(
    side: &mut Side<'_>,
    group: &mut Group,
    other: &Side<'_>,
    beside: &mut Group,
    indent: &impl Fn(Token) -> Option<u32>,
) {
    let mut earliest;
    let mut meets_other;
    loop {
        let size = group.size();
        while group.slide_up(side) {
            beside.previous(other);
        }
        earliest = group.end;
        meets_other = !beside.is_empty();
        while group.slide_down(side) {
            beside.next(other);
            meets_other |= !beside.is_empty();
        }
        // A run that has grown on its way down may reach further up.
        if group.size() == size {
            break;
        }
    }
    if group.end == earliest {
        return;
    }
    if meets_other {
        while beside.is_empty() && group.slide_up(side) {
            beside.previous(other);
        }
        return;
    }
    let best = best_end(side.tokens, *group, earliest, indent);
    while group.end > best && group.slide_up(side) {
        beside.previous(other);
    }
}

/// How far a run is moved at most for the sake of indentation.
const MAX_SLIDING: usize = 100;

/// How many blank lines are looked at.
const MAX_BLANKS: usize = 20;

/// Deeper is not told apart.
const MAX_INDENT: u32 = 200;

/// Where the run should end, between the earliest end and the one that it has.
fn best_end(tokens: &[Token], group: Group, earliest: usize, indent: &impl Fn(Token) -> Option<u32>) -> usize {
    let size = group.size();
    let lowest = earliest.max(group.start.saturating_sub(1)).max(group.end.saturating_sub(MAX_SLIDING));
    let mut best = (group.end, None::<Score>);
    for end in lowest..=group.end {
        let mut score = Score::default();
        score.add(tokens, end, indent);
        score.add(tokens, end - size, indent);
        if best.1.as_ref().is_none_or(|best| score.compared(best) <= 0) {
            best = (end, Some(score));
        }
    }
    best.0
}

/// The columns before the first character, nothing for a blank line.
fn indent(line: &str) -> Option<u32> {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 8 - columns % 8,
            // Other blanks take no column.
            b'\n' | b'\r' | 0x0b | 0x0c => {}
            _ => return Some(columns),
        }
        if columns >= MAX_INDENT {
            return Some(MAX_INDENT);
        }
    }
    None
}

/// How bad it is to begin or end a run in a place; less is better.
#[derive(Default)]
struct Score {
    indent: i64,
    penalty: i64,
}

impl Score {
    /// Adds the place before a line.
    fn add(&mut self, tokens: &[Token], at: usize, indent: &impl Fn(Token) -> Option<u32>) {
        let own = tokens.get(at).and_then(|&token| indent(token));
        let (before_blank, before) = neighbour(tokens[..at].iter().rev(), indent);
        let (after_blank, after) = neighbour(tokens[tokens.len().min(at + 1)..].iter(), indent);
        if before.is_none() && before_blank == 0 {
            self.penalty += 1;
        }
        if at >= tokens.len() {
            self.penalty += 21;
        }
        let after_blank = if own.is_none() { after_blank + 1 } else { 0 };
        let blank = before_blank + after_blank;
        self.penalty += -30 * blank + 6 * after_blank;
        let own = own.or(after);
        self.indent += own.map_or(-1, i64::from);
        let (Some(own), Some(before)) = (own, before) else { return };
        let by_blank = |without: i64, with: i64| if blank == 0 { without } else { with };
        self.penalty += match own.cmp(&before) {
            std::cmp::Ordering::Greater => by_blank(-4, 10),
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Less if after.is_some_and(|after| after > own) => by_blank(24, 17),
            std::cmp::Ordering::Less => by_blank(23, 17),
        };
    }

    fn compared(&self, other: &Self) -> i64 {
        60 * (self.indent - other.indent).signum() + self.penalty - other.penalty
    }
}

/// How many blank lines come, and the indentation of the line behind them.
fn neighbour<'a>(lines: impl Iterator<Item = &'a Token>, indent: &impl Fn(Token) -> Option<u32>) -> (i64, Option<u32>) {
    let mut blank = 0;
    for &line in lines {
        if let Some(indent) = indent(line) {
            return (blank, Some(indent));
        }
        blank += 1;
        if blank as usize == MAX_BLANKS {
            return (blank, Some(0));
        }
    }
    (blank, None)
}
