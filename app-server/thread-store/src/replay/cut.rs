//! Cutting a thread's history at a turn.

use super::{BUFFER, Lines, Place, Replay, Segment, Summary, Turns};
use crate::{Cut, StoreError};

/// Where a turn begins: in which segment, and at which line.
struct TurnPlace {
    id: String,
    segment: usize,
    place: Place,
}

/// The segments of the history up to the cut; none when nothing stands before it.
///
/// # Errors
/// [`StoreError::TurnNotFound`] when there is no such turn.
pub(super) fn apply(mut segments: Vec<Segment>, cut: &Cut, summary: &Summary) -> Result<Vec<Segment>, StoreError> {
    let (turn_id, through) = match cut {
        Cut::All => return Ok(segments),
        Cut::Before(turn_id) => (turn_id, 0),
        Cut::Through(turn_id) => (turn_id, 1),
    };
    let turns = turns(&segments, summary)?;
    let found = turns.iter().position(|turn| turn.id == *turn_id);
    let index = found.ok_or_else(|| StoreError::TurnNotFound { id: turn_id.clone() })? + through;
    if index == 0 {
        return Ok(Vec::new());
    }
    if let Some(next) = turns.get(index) {
        segments.truncate(next.segment + 1);
        if let Some(last) = segments.last_mut() {
            last.end = last.end.min(next.place.offset);
        }
    }
    Ok(segments)
}

/// The turns and where they begin, oldest first.
fn turns(segments: &[Segment], summary: &Summary) -> Result<Vec<TurnPlace>, StoreError> {
    let mut replay = Replay { turns: Some(Turns::new(summary.meta.paginated())), ..Replay::new(summary.clone()) };
    let mut places: Vec<TurnPlace> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let io = |source| segment.file.failed(source);
        let mut lines = Lines::new(segment.file.read(BUFFER)?);
        loop {
            let place = Place { offset: lines.offset(), ordinal: replay.ordinal };
            let Some(line) = lines.next(segment.end).map_err(io)? else { break };
            replay.any_line(&line);
            let Some(turns) = &replay.turns else { continue };
            places.truncate(turns.ids().len());
            let new = turns.ids().skip(places.len());
            places.extend(new.map(|id| TurnPlace { id: id.to_owned(), segment: index, place }));
        }
    }
    Ok(places)
}
