//! What stands in one region, in the order of the history.

use codex_app_server_protocol::v2::{SortDirection, ThreadItem};
use std::collections::HashMap;
use std::io;

use super::chain::Chain;
use super::cursor::Bound;
use super::glance::glance;
use super::runs::{self, FrameLine, Run};
use crate::StoreError;
use crate::replay::{Head, ItemCompleted};

/// An item and where it was first completed.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) ordinal: u64,
    pub(super) turn_id: String,
    pub(super) item: ThreadItem,
}

/// The items and the frames of a region.
#[derive(Default)]
pub(super) struct Region {
    /// In the order in which they were first completed, each as it was completed last.
    pub(super) items: Vec<Placed>,
    by_id: HashMap<(String, String), usize>,
    /// The region's own frames.
    pub(super) frames: Vec<FrameLine>,
}

impl Region {
    /// Reads a region; of its items those whose line `wants` lets pass.
    pub(super) fn read(chain: &Chain, run: &Run, wants: impl Fn(&[u8]) -> bool) -> io::Result<Self> {
        let mut region = Self::default();
        let mut lines = chain.forward(run.from, run.until);
        while let Some(line) = lines.next()? {
            match glance(line.text) {
                Some(glance) if glance.event.as_deref() == Some("item_completed") => {
                    if wants(line.text)
                        && let Some(ordinal) = glance.ordinal
                    {
                        region.take(ordinal, line.text);
                    }
                }
                Some(glance) if glance.event.is_some() => region.frames.extend(runs::frame(line.text)),
                _ => {}
            }
        }
        Ok(region)
    }

    /// Takes an item's line. What cannot be read, or is of an unknown kind, is passed over.
    pub(super) fn take(&mut self, ordinal: u64, line: &[u8]) {
        let read = || -> Result<Option<(String, ThreadItem)>, serde_json::Error> {
            let head: Head<'_> = serde_json::from_slice(line)?;
            let completed: ItemCompleted<'_> = serde_json::from_str(head.payload.get())?;
            Ok(completed.item()?.map(|item| (completed.turn_id, item)))
        };
        let (turn_id, item) = match read() {
            Ok(Some(read)) => read,
            Ok(None) => return,
            Err(error) => {
                tracing::debug!(%error, "an item of a rollout was left out of a page");
                return;
            }
        };
        let key = (turn_id.clone(), item.kind.id().to_owned());
        let index = *self.by_id.entry(key).or_insert(self.items.len());
        match self.items.get_mut(index) {
            Some(earlier) => earlier.item = item,
            None => self.items.push(Placed { ordinal, turn_id, item }),
        }
    }

    /// Whether a turn has ended.
    pub(super) fn has_end(&self, turn: &str) -> bool {
        self.frames.iter().any(|frame| frame.ends && frame.place.id == turn)
    }
}

/// Goes through regions from where the bound says, in a direction, until `visit` has enough.
pub(super) fn walk(
    chain: &Chain,
    bound: Bound,
    direction: SortDirection,
    mut visit: impl FnMut(&Run) -> io::Result<bool>,
) -> Result<(), StoreError> {
    let mut step = || -> io::Result<()> {
        let mut next = match bound {
            Bound::Nothing => None,
            Bound::AtLeast(ordinal) | Bound::AtMost(ordinal) => chain.run_of(ordinal)?,
            Bound::None if direction == SortDirection::Asc => chain.run_after(0)?,
            Bound::None => chain.run_before(chain.length())?,
        };
        while let Some(run) = next {
            if visit(&run)? {
                break;
            }
            next = match direction {
                SortDirection::Asc => chain.run_after(run.until)?,
                SortDirection::Desc => chain.run_before(run.from)?,
            };
        }
        Ok(())
    };
    step().map_err(|error| chain.io(error))
}
