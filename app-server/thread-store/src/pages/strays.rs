//! Items that stand behind their turn's region: a command that went on in the background ends in a later turn.
//!
//! A page in the middle of a history needs those of its turns. What was looked through once is remembered for the
//! histories that were paged last, as far as it goes: from some region to the end that the files had.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::chain::Chain;
use super::glance::glance;
use super::runs;
use crate::replay::{Head, ItemCompleted};

/// Histories that are remembered.
const MAX_KNOWN: usize = 16;
/// Items of one history that are remembered; a history with more is looked through again.
const MAX_STRAYS: usize = 65_536;

/// What is remembered.
#[derive(Default)]
pub(crate) struct Strays {
    /// The one used last comes last.
    known: Mutex<VecDeque<(PathBuf, Known)>>,
}

/// The items in a part of a history that belong to a turn of an earlier region.
#[derive(Clone, Debug, Default)]
struct Known {
    from: u64,
    until: u64,
    /// The turn that the last frame before `until` begins.
    turn: Option<String>,
    /// In their order: the turn and where the line stands.
    found: Vec<(Box<str>, u64)>,
}

impl Strays {
    /// Where items stand that a turn of `wanted` names, in the regions from `from` on.
    pub(super) fn of(&self, chain: &Chain, from: u64, wanted: &[&str]) -> io::Result<Vec<u64>> {
        if from >= chain.length() {
            return Ok(Vec::new());
        }
        let mut known = self.take(chain);
        if known.until > chain.length() || known.from > known.until {
            known = Known::default();
        }
        if known.until == 0 {
            known = Known { from, until: from, ..Known::default() };
        }
        known.extend(chain)?;
        if from < known.from {
            let mut earlier = Known { from, until: from, ..Known::default() };
            earlier.look_through(chain, known.from)?;
            earlier.found.append(&mut known.found);
            known = Known { from, found: earlier.found, ..known };
        }
        let is_wanted = |(turn, at): &&(Box<str>, u64)| *at >= from && wanted.contains(&&**turn);
        let found = known.found.iter().filter(is_wanted).map(|(_, at)| *at).collect();
        self.keep(chain, known);
        Ok(found)
    }

    fn take(&self, chain: &Chain) -> Known {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let index = all.iter().position(|(path, _)| path == chain.path());
        index.and_then(|index| all.remove(index)).map(|(_, known)| known).unwrap_or_default()
    }

    fn keep(&self, chain: &Chain, known: Known) {
        if known.found.len() > MAX_STRAYS {
            return;
        }
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(path, _)| path != chain.path());
        all.push_back((chain.path().to_owned(), known));
        if all.len() > MAX_KNOWN {
            all.pop_front();
        }
    }
}

impl Known {
    /// Looks at what was added since.
    fn extend(&mut self, chain: &Chain) -> io::Result<()> {
        self.look_through(chain, chain.length())
    }

    /// Goes on to `until`.
    fn look_through(&mut self, chain: &Chain, until: u64) -> io::Result<()> {
        self.found.truncate(self.found.partition_point(|(_, at)| *at < self.until));
        let mut lines = chain.forward(self.until, until);
        while let Some(line) = lines.next()? {
            // A last line without newline may still be written.
            let is_whole = line.after < chain.length();
            let is_item = glance(line.text).is_some_and(|glance| glance.event.as_deref() == Some("item_completed"));
            if is_item {
                if let Some(turn) = turn_of(line.text)
                    && self.turn.as_deref() != Some(&*turn)
                {
                    self.found.push((turn, line.at));
                }
            } else if let Some(frame) = runs::frame(line.text) {
                self.turn = (!frame.ends).then_some(frame.place.id);
            }
            if is_whole {
                self.until = line.after;
            }
        }
        Ok(())
    }
}

/// The turn that an item's line names.
fn turn_of(line: &[u8]) -> Option<Box<str>> {
    let head: Head<'_> = serde_json::from_slice(line).ok()?;
    let item: ItemCompleted<'_> = serde_json::from_str(head.payload.get()).ok()?;
    Some(item.turn_id.into())
}
