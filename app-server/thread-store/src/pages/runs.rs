//! A history cut into regions of one turn each, found from any place without reading the rest.
//!
//! Frames of one turn that follow each other are one run. A region goes from the end of the turn before to the end of its
//! own turn; where a turn has no end, to the frame that begins the next one. A turn that is only ended, not begun, shares
//! the region of the turn before, if that has no end: a review is such a turn around the one that it runs. Regions leave
//! nothing out.

use std::io;

use super::chain::Chain;
use super::glance::glance;
use crate::replay::{Frame, Head};

/// A region.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Its turns, oldest first; none where no frame stands in the whole history.
    pub(super) turns: Vec<Place>,
    /// Where the region begins.
    pub(super) from: u64,
    /// Where it ends: the next one's beginning, or the history's end.
    pub(super) until: u64,
}

impl Run {
    /// Whether a turn is one of the region's.
    pub(super) fn has(&self, id: &str) -> bool {
        self.turns.iter().any(|turn| turn.id == id)
    }
}

/// A turn's place in the order of the history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) id: String,
    /// The number of the frame line that first names it.
    pub(super) ordinal: u64,
    /// Whether that line begins it.
    pub(super) begun: bool,
}

/// A line that frames a turn.
pub(super) struct FrameLine {
    pub(super) place: Place,
    /// Whether it ends the turn.
    pub(super) ends: bool,
    /// What the event that ends it is called.
    pub(super) aborted: bool,
    pub(super) frame: Frame,
}

/// The frame that a line is; `None` for any other line.
pub(super) fn frame(line: &[u8]) -> Option<FrameLine> {
    let glance = glance(line)?;
    let (ends, aborted) = match glance.event.as_deref()? {
        "task_started" | "turn_started" => (false, false),
        "task_complete" | "turn_complete" => (true, false),
        "turn_aborted" => (true, true),
        _ => return None,
    };
    let head: Head<'_> = serde_json::from_slice(line).ok()?;
    let frame: Frame = serde_json::from_str(head.payload.get()).ok()?;
    let place = Place { id: frame.turn_id.clone()?, ordinal: glance.ordinal?, begun: !ends };
    Some(FrameLine { place, ends, aborted, frame })
}

impl Chain {
    /// The region that ends at `until`, where another begins or the history ends. `None` at the beginning.
    pub(super) fn run_before(&self, until: u64) -> io::Result<Option<Run>> {
        let mut lines = self.backward(until);
        let mut turns: Vec<Place> = Vec::new();
        // The first frame of the turn that was found last: where it stands, and whether it is an end.
        let (mut first, mut is_end) = (until, false);
        let mut from = 0;
        while let Some(line) = lines.previous()? {
            let Some(frame) = frame(line.text) else { continue };
            match turns.last_mut() {
                Some(turn) if turn.id == frame.place.id => *turn = frame.place,
                Some(_) if frame.ends => {
                    from = line.after;
                    break;
                }
                Some(_) if !is_end => {
                    from = first;
                    break;
                }
                _ => turns.push(frame.place),
            }
            (first, is_end) = (line.at, frame.ends);
        }
        turns.reverse();
        Ok((until > 0).then_some(Run { turns, from, until }))
    }

    /// The region that begins at `from`, where another ends. `None` at the end.
    pub(super) fn run_after(&self, from: u64) -> io::Result<Option<Run>> {
        let mut lines = self.forward(from, self.length());
        let mut turns: Vec<Place> = Vec::new();
        let (mut ended, mut until) = (None, self.length());
        while let Some(line) = lines.next()? {
            let (at, after) = (line.at, line.after);
            let Some(frame) = frame(line.text) else { continue };
            if turns.last().is_none_or(|turn| turn.id != frame.place.id) {
                if !turns.is_empty() && (ended.is_some() || !frame.ends) {
                    until = ended.unwrap_or(at);
                    break;
                }
                turns.push(frame.place);
            }
            ended = frame.ends.then_some(after);
        }
        Ok((from < self.length()).then_some(Run { turns, from, until }))
    }

    /// The region that the line at `position` stands in; the last one for the history's end.
    pub(super) fn run_at(&self, position: u64) -> io::Result<Option<Run>> {
        if position >= self.length() {
            return self.run_before(self.length());
        }
        let mut lines = self.backward(position);
        while let Some(line) = lines.previous()? {
            let Some(frame) = frame(line.text) else { continue };
            if frame.ends {
                let next = self.run_after(line.after)?;
                if !next.as_ref().is_some_and(|run| run.has(&frame.place.id)) {
                    return Ok(next);
                }
            }
            let begin = self.run_before(position)?.map_or(0, |run| run.from);
            return self.run_after(begin);
        }
        self.run_after(0)
    }

    /// Where the items of a region's turns begin: a turn that is only ended may have some before the region, where that
    /// follows a turn without an end.
    pub(super) fn items_from(&self, run: &Run) -> io::Result<u64> {
        if run.turns.iter().all(|turn| turn.begun) {
            return Ok(run.from);
        }
        Ok(self.run_before(run.from)?.map_or(run.from, |before| before.from))
    }

    /// The region that the line numbered `ordinal` stands in, or the one after it.
    pub(super) fn run_of(&self, ordinal: u64) -> io::Result<Option<Run>> {
        self.run_at(self.partition(|line| line.ordinal.map(|found| found < ordinal))?)
    }

    /// The region of a turn. One whose id tells its time is looked for there first.
    pub(super) fn run_of_turn(&self, id: &str) -> io::Result<Option<Run>> {
        if let Some(time) = time_of(id) {
            let mut near = self.run_at(self.partition(|line| Some(*line.timestamp < *time))?)?;
            for _ in 0..NEARBY {
                match near {
                    Some(run) if run.has(id) => return Ok(Some(run)),
                    Some(run) => near = self.run_after(run.until)?,
                    None => break,
                }
            }
        }
        let mut until = self.length();
        while let Some(run) = self.run_before(until)? {
            if run.has(id) {
                return Ok(Some(run));
            }
            until = run.from;
        }
        Ok(None)
    }
}

/// Regions that are looked at where a turn's time says it began.
const NEARBY: usize = 3;

/// When a turn began, by its id, as lines spell times; `None` for an id without a time.
fn time_of(id: &str) -> Option<String> {
    let (seconds, nanos) = uuid::Uuid::parse_str(id).ok()?.get_timestamp()?.to_unix();
    let moment = jiff::Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}
