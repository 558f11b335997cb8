//! A history cut into regions of one turn each, found from any place without reading the rest.
//!
//! Frames of one turn that follow each other are one run. A region goes from the end of the turn before to the end of its
//! own turn; where a turn has no end, to the frame of the next one. Regions leave nothing out.

use std::io;

use super::chain::Chain;
use super::glance::glance;
use crate::replay::{Frame, Head};

/// A turn's region.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// The turn; `None` where no frame stands in the whole history.
    pub(super) turn: Option<Place>,
    /// Where the region begins.
    pub(super) from: u64,
    /// Where it ends: the next one's beginning, or the history's end.
    pub(super) until: u64,
}

/// A turn's place in the order of the history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) id: String,
    /// The number of the frame line that first names it.
    pub(super) ordinal: u64,
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
    let place = Place { id: frame.turn_id.clone()?, ordinal: glance.ordinal? };
    Some(FrameLine { place, ends, aborted, frame })
}

impl Chain {
    /// The region that ends at `until`, where another begins or the history ends. `None` at the beginning.
    pub(super) fn run_before(&self, until: u64) -> io::Result<Option<Run>> {
        let mut lines = self.backward(until);
        let mut turn: Option<Place> = None;
        let (mut first, mut from) = (until, 0);
        while let Some(line) = lines.previous()? {
            let Some(frame) = frame(line.text) else { continue };
            if turn.as_ref().is_some_and(|turn| turn.id != frame.place.id) {
                from = if frame.ends { line.after } else { first };
                break;
            }
            turn = Some(frame.place);
            first = line.at;
        }
        Ok((until > 0).then_some(Run { turn, from, until }))
    }

    /// The region that begins at `from`, where another ends. `None` at the end.
    pub(super) fn run_after(&self, from: u64) -> io::Result<Option<Run>> {
        let mut lines = self.forward(from, self.length());
        let mut turn: Option<Place> = None;
        let (mut ended, mut until) = (None, self.length());
        while let Some(line) = lines.next()? {
            let (at, after) = (line.at, line.after);
            let Some(frame) = frame(line.text) else { continue };
            if turn.as_ref().is_some_and(|turn| turn.id != frame.place.id) {
                until = ended.unwrap_or(at);
                break;
            }
            turn.get_or_insert(frame.place);
            ended = frame.ends.then_some(after);
        }
        Ok((from < self.length()).then_some(Run { turn, from, until }))
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
                let same = |run: &Run| run.turn.as_ref().is_some_and(|turn| turn.id == frame.place.id);
                if !next.as_ref().is_some_and(same) {
                    return Ok(next);
                }
            }
            let begin = self.run_before(position)?.map_or(0, |run| run.from);
            return self.run_after(begin);
        }
        self.run_after(0)
    }

    /// The region that the line numbered `ordinal` stands in, or the one after it.
    pub(super) fn run_of(&self, ordinal: u64) -> io::Result<Option<Run>> {
        self.run_at(self.partition(|line| line.ordinal.map(|found| found < ordinal))?)
    }

    /// The region of a turn. One whose id tells its time is looked for there first.
    pub(super) fn run_of_turn(&self, id: &str) -> io::Result<Option<Run>> {
        let is_it = |run: &Run| run.turn.as_ref().is_some_and(|turn| turn.id == id);
        if let Some(time) = time_of(id) {
            let mut near = self.run_at(self.partition(|line| Some(*line.timestamp < *time))?)?;
            for _ in 0..NEARBY {
                match near {
                    Some(run) if is_it(&run) => return Ok(Some(run)),
                    Some(run) => near = self.run_after(run.until)?,
                    None => break,
                }
            }
        }
        let mut until = self.length();
        while let Some(run) = self.run_before(until)? {
            if is_it(&run) {
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
