//! A shortest way from one sequence of lines to another: which lines go and which come.
//!
//! Myers' search for the middle of the way, from both ends at once, after lines have been set aside that can only disturb
//! it: those without counterpart, and those that are everywhere (braces, blank lines) among them. Of several shortest
//! ways it takes the one that git takes. What lies far apart is left to a search that need not find a shortest way.

use std::ops::{Range, RangeInclusive};

use imara_diff::{Algorithm, Diff, Token};

/// How many lines may go and come, halfway, before the search for a shortest way is given up.
const MAX_COST: isize = 256;

/// A place that no search has reached from the end.
const UNREACHED: isize = isize::MAX / 2;

/// How far around a frequent line is looked for lines without counterpart.
const WINDOW: usize = 100;

/// For each line of both sides whether it changes. `tokens` is the number of different lines.
pub(crate) fn changed(before: &[Token], after: &[Token], tokens: u32) -> [Vec<bool>; 2] {
    let lead = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let (middle, after_middle) = (&before[lead..], &after[lead..]);
    let trail = middle.iter().rev().zip(after_middle.iter().rev()).take_while(|(one, other)| one == other).count();
    let middles = [lead..before.len() - trail, lead..after.len() - trail];
    let kept =
        [Kept::new(before, after, middles[0].clone(), tokens), Kept::new(after, before, middles[1].clone(), tokens)];
    let mut search = Search::new(&kept[0].tokens, &kept[1].tokens, tokens);
    search.solve(0..kept[0].tokens.len(), 0..kept[1].tokens.len());
    let [gone, come] = [&search.gone, &search.come];
    [kept[0].whole(before.len(), middles[0].clone(), gone), kept[1].whole(after.len(), middles[1].clone(), come)]
}

/// The lines of one side that take part in the search.
struct Kept {
    tokens: Vec<Token>,
    places: Vec<usize>,
}

/// How a line stands to the other side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counterparts {
    None,
    Some,
    Many,
}

impl Kept {
    fn new(side: &[Token], other: &[Token], middle: Range<usize>, tokens: u32) -> Self {
        let mut counts = vec![0_usize; tokens as usize];
        other.iter().for_each(|token| counts[token.0 as usize] += 1);
        let many = frequent(side.len());
        let counterparts = side[middle.clone()].iter().map(|token| match counts[token.0 as usize] {
            0 => Counterparts::None,
            count if count >= many => Counterparts::Many,
            _ => Counterparts::Some,
        });
        let counterparts: Vec<Counterparts> = counterparts.collect();
        let keeps = |at: &usize| match counterparts[*at] {
            Counterparts::None => false,
            Counterparts::Some => true,
            Counterparts::Many => !lost(&counterparts, *at),
        };
        let places: Vec<usize> = (0..counterparts.len()).filter(keeps).map(|at| middle.start + at).collect();
        Self { tokens: places.iter().map(|&place| side[place]).collect(), places }
    }

    /// For each line of the side whether it changes: what was found for those that took part, and all others between the
    /// common ends.
    fn whole(&self, length: usize, middle: Range<usize>, found: &[bool]) -> Vec<bool> {
        let mut changed = vec![false; length];
        changed[middle].fill(true);
        for (&place, &found) in self.places.iter().zip(found) {
            changed[place] = found;
        }
        changed
    }
}

/// From how many counterparts on a line counts as one that is everywhere: about the root of the lines.
fn frequent(lines: usize) -> usize {
    let pairs_of_bits = (usize::BITS - lines.leading_zeros()).div_ceil(2);
    (1 << pairs_of_bits).min(1024)
}

/// Whether a frequent line stands among lines without counterpart, on both sides, with few of its kind.
fn lost(counterparts: &[Counterparts], at: usize) -> bool {
    let count = |around: &mut dyn Iterator<Item = &Counterparts>| {
        let (mut none, mut many) = (0, 1);
        for counterparts in around.take(WINDOW) {
            match counterparts {
                Counterparts::None => none += 1,
                Counterparts::Many => many += 1,
                Counterparts::Some => break,
            }
        }
        (none, many)
    };
    let (none_above, many_above) = count(&mut counterparts[..at].iter().rev());
    let (none_below, many_below) = count(&mut counterparts[at + 1..].iter());
    let (none, many) = (none_above + none_below, many_above + many_below);
    none_above > 0 && none_below > 0 && 3 * many < none
}

struct Search<'a> {
    before: &'a [Token],
    after: &'a [Token],
    distinct: u32,
    gone: Vec<bool>,
    come: Vec<bool>,
    /// How far each diagonal has been followed, from the start and from the end. A diagonal is a difference of positions.
    forward: Vec<isize>,
    backward: Vec<isize>,
    /// The place of diagonal 0.
    zero: isize,
}

impl<'a> Search<'a> {
    fn new(before: &'a [Token], after: &'a [Token], distinct: u32) -> Self {
        let diagonals = before.len() + after.len() + 3;
        Self {
            before,
            after,
            distinct,
            gone: vec![false; before.len()],
            come: vec![false; after.len()],
            forward: vec![0; diagonals],
            backward: vec![0; diagonals],
            zero: after.len() as isize + 1,
        }
    }

    fn solve(&mut self, mut before: Range<usize>, mut after: Range<usize>) {
        let same = |one: usize, other: usize| self.before[one] == self.after[other];
        while !before.is_empty() && !after.is_empty() && same(before.start, after.start) {
            before.start += 1;
            after.start += 1;
        }
        while !before.is_empty() && !after.is_empty() && same(before.end - 1, after.end - 1) {
            before.end -= 1;
            after.end -= 1;
        }
        if before.is_empty() || after.is_empty() {
            self.gone[before].fill(true);
            self.come[after].fill(true);
            return;
        }
        match self.middle(&before, &after) {
            Some((at, at_after)) => {
                self.solve(before.start..at, after.start..at_after);
                self.solve(at..before.end, at_after..after.end);
            }
            None => {
                let mut diff = Diff::default();
                let (old, new) = (&self.before[before.clone()], &self.after[after.clone()]);
                diff.compute_with(Algorithm::Myers, old, new, self.distinct);
                for hunk in diff.hunks() {
                    let [gone, come] =
                        [&hunk.before, &hunk.after].map(|range| range.start as usize..range.end as usize);
                    self.gone[before.clone()][gone].fill(true);
                    self.come[after.clone()][come].fill(true);
                }
            }
        }
    }

    /// A point on a shortest way through the box, where the searches from both ends meet; nothing if that is too far.
    fn middle(&mut self, before: &Range<usize>, after: &Range<usize>) -> Option<(usize, usize)> {
        let [start, end] = [before.start as isize, before.end as isize];
        let [start_after, end_after] = [after.start as isize, after.end as isize];
        let same = |one: isize, other: isize| self.before[one as usize] == self.after[other as usize];
        let zero = self.zero;
        let place = |diagonal: isize| (zero + diagonal) as usize;
        let (lowest, highest) = (start - end_after, end - start_after);
        let (first, last) = (start - start_after, end - end_after);
        let odd = (first - last) % 2 != 0;
        let (mut ahead, mut back) = (first..=first, last..=last);
        self.forward[place(first)] = start;
        self.backward[place(last)] = end;
        for _ in 0..MAX_COST {
            ahead = widened(ahead, lowest, highest, |diagonal| self.forward[place(diagonal)] = -1);
            for diagonal in ahead.clone().rev().step_by(2) {
                let (left, right) = (self.forward[place(diagonal - 1)], self.forward[place(diagonal + 1)]);
                let mut at = if left >= right { left + 1 } else { right };
                while at < end && at - diagonal < end_after && same(at, at - diagonal) {
                    at += 1;
                }
                self.forward[place(diagonal)] = at;
                if odd && back.contains(&diagonal) && self.backward[place(diagonal)] <= at {
                    return Some((at as usize, (at - diagonal) as usize));
                }
            }
            back = widened(back, lowest, highest, |diagonal| self.backward[place(diagonal)] = UNREACHED);
            for diagonal in back.clone().rev().step_by(2) {
                let (left, right) = (self.backward[place(diagonal - 1)], self.backward[place(diagonal + 1)]);
                let mut at = if left < right { left } else { right - 1 };
                while at > start && at - diagonal > start_after && same(at - 1, at - diagonal - 1) {
                    at -= 1;
                }
                self.backward[place(diagonal)] = at;
                if !odd && ahead.contains(&diagonal) && at <= self.forward[place(diagonal)] {
                    return Some((at as usize, (at - diagonal) as usize));
                }
            }
        }
        None
    }
}

/// The diagonals of the next round: one more on each side, or one less where the box ends. `outside` marks the diagonal
/// beyond a new one as not reached.
fn widened(
    diagonals: RangeInclusive<isize>,
    lowest: isize,
    highest: isize,
    mut outside: impl FnMut(isize),
) -> RangeInclusive<isize> {
    let (mut low, mut high) = diagonals.into_inner();
    if low > lowest {
        low -= 1;
        outside(low - 1);
    } else {
        low += 1;
    }
    if high < highest {
        high += 1;
        outside(high + 1);
    } else {
        high -= 1;
    }
    low..=high
}
