//! Pages of the timeline: turns' beginnings and ends with the items between them, newest page first, each page oldest
//! entry first.

use codex_app_server_protocol::v2::{self, SortDirection, ThreadTimelineEntry};
use serde::{Deserialize, Serialize};

use super::cursor::{self, Bound};
use super::region::{self, Region};
use super::runs::{FrameLine, Run};
use super::{Paged, limit};
use crate::StoreError;
use crate::replay::FrameError;

/// What an entry is, in the order of those at the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    TurnStarted = 0,
    Item = 1,
    TurnCompleted = 3,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    thread_id: String,
    position: u64,
    kind: u8,
    id: String,
}

/// An entry and what it is ordered by.
struct Entry {
    place: (u64, u8, String),
    entry: ThreadTimelineEntry,
}

/// A page of the timeline of a paginated thread.
pub(super) fn page(
    paged: &Paged<'_>,
    params: &v2::ThreadTimelineListParams,
) -> Result<v2::ThreadTimelineListResponse, StoreError> {
    let before = params.cursor.as_deref().map(|text| read(text, &params.thread_id)).transpose()?;
    let bound = before.as_ref().map_or(Bound::None, |(position, _, _)| Bound::AtMost(*position));
    let limit = limit(params.limit);
    let mut found: Vec<Entry> = Vec::new();
    region::walk(paged.chain, bound, SortDirection::Desc, |run| {
        let region = Region::read(paged.chain, run, |_| true)?;
        let mut entries = entries(run, region);
        entries.retain(|entry| before.as_ref().is_none_or(|before| entry.place < *before));
        found.extend(entries.into_iter().rev());
        Ok(found.len() > limit)
    })?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    found.reverse();
    let next_cursor = found.first().filter(|_| has_more).map(|entry| {
        let (position, kind, id) = entry.place.clone();
        cursor::text(&Cursor { thread_id: params.thread_id.clone(), position, kind, id })
    });
    Ok(v2::ThreadTimelineListResponse {
        data: found.into_iter().map(|entry| entry.entry).collect(),
        next_cursor,
        // No kind of line that is read here belongs to a realtime session.
        active_realtime_session_at_page_start: None,
    })
}

fn read(text: &str, thread_id: &str) -> Result<(u64, u8, String), StoreError> {
    let cursor: Cursor = serde_json::from_str(text).map_err(|_| StoreError::InvalidTimelineCursor)?;
    if cursor.thread_id != thread_id {
        return Err(StoreError::ForeignTimelineCursor);
    }
    Ok((cursor.position, cursor.kind, cursor.id))
}

/// The entries of a region, oldest first.
fn entries(run: &Run, region: Region) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::with_capacity(region.items.len() + 2 * run.turns.len());
    for turn in &run.turns {
        let own = |frame: &&FrameLine| frame.place.id == turn.id;
        let started_at = region.frames.iter().filter(own).find_map(|frame| frame.frame.started_at);
        let entry = ThreadTimelineEntry::TurnStarted { position: turn.ordinal, started_at, turn_id: turn.id.clone() };
        entries.push(Entry { place: (turn.ordinal, Kind::TurnStarted as u8, turn.id.clone()), entry });
    }
    let mut frames = region.frames;
    for turn in &run.turns {
        // Its last end counts.
        let last = frames.iter().rposition(|frame| frame.ends && frame.place.id == turn.id);
        entries.extend(last.map(|last| end(frames.remove(last))));
    }
    entries.extend(region.items.into_iter().map(|placed| Entry {
        place: (placed.ordinal, Kind::Item as u8, placed.item.kind.id().to_owned()),
        entry: ThreadTimelineEntry::Item {
            position: placed.ordinal,
            turn_id: placed.turn_id,
            item: Box::new(placed.item),
        },
    }));
    entries.sort_by(|a, b| a.place.cmp(&b.place));
    entries
}

/// How a turn ended.
fn end(line: FrameLine) -> Entry {
    let FrameLine { place, aborted, frame, .. } = line;
    let status = match (&frame.error, aborted) {
        (Some(_), _) => v2::TurnStatus::Failed,
        (None, true) => v2::TurnStatus::Interrupted,
        (None, false) => v2::TurnStatus::Completed,
    };
    let entry = ThreadTimelineEntry::TurnCompleted {
        position: place.ordinal,
        status,
        error: frame.error.map(FrameError::wire),
        completed_at: frame.completed_at,
        duration_ms: frame.duration_ms,
        started_at: frame.started_at,
        turn_id: place.id.clone(),
    };
    Entry { place: (place.ordinal, Kind::TurnCompleted as u8, place.id), entry }
}
