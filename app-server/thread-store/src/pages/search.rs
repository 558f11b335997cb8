//! Finding a text in the messages of a thread: everything the user wrote, and the final message of each turn.

use codex_app_server_protocol::v2::{self, SortDirection, ThreadItemKind, UserInput};
use serde::{Deserialize, Serialize};

use super::cursor::{self, Bound, Cursors, Scope};
use super::glance::may_be_message;
use super::region::{self, Placed, Region};
use super::turns::{final_message, phase};
use super::{Paged, fold};
use crate::StoreError;

/// Matches on a page, unless another number is asked for.
const LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 250;
/// How many characters of a message an excerpt shows before and behind the match.
const BEFORE: usize = 49;
const BEHIND: usize = 96;
/// Stands for what is left out.
const OMITTED: &str = "...";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    thread_id: String,
    search_term: String,
    /// The message with the next match.
    next_rollout_ordinal: u64,
    /// Which of its matches that is.
    next_occurrence_index: usize,
}

/// A match before its page is cut.
struct Match {
    ordinal: u64,
    index: usize,
    occurrence: v2::ThreadSearchOccurrence,
}

/// A page of the matches in a paginated thread, the oldest message first.
pub(super) fn page(
    paged: &Paged<'_>,
    params: &v2::ThreadSearchOccurrencesParams,
) -> Result<v2::ThreadSearchOccurrencesResponse, StoreError> {
    let (least, skipped) = match params.cursor.as_deref() {
        None => (0, 0),
        Some(text) => match serde_json::from_str::<Cursor>(text) {
            Ok(cursor) if cursor.thread_id == params.thread_id && cursor.search_term == params.search_term => {
                (cursor.next_rollout_ordinal, cursor.next_occurrence_index)
            }
            _ => return Err(StoreError::InvalidCursor { cursor: text.to_owned() }),
        },
    };
    let limit = params.limit.unwrap_or(LIMIT).clamp(1, MAX_LIMIT) as usize;
    let bound = if least == 0 { Bound::None } else { Bound::AtLeast(least) };
    let term = fold::Folded::new(&params.search_term);
    let cursors = Cursors { thread_id: &params.thread_id, scope: Scope::Turns };
    let mut found: Vec<Match> = Vec::new();
    region::walk(paged.chain, bound, SortDirection::Asc, |run| {
        let region = Region::read(paged.chain, run, may_be_message)?;
        let finals: Vec<usize> = run.turns.iter().filter_map(|turn| final_of(&region, &turn.id)).collect();
        for (index, placed) in region.items.iter().enumerate() {
            let text = match &placed.item.kind {
                ThreadItemKind::UserMessage { content, .. } => user_text(content),
                ThreadItemKind::AgentMessage { text, .. } if finals.contains(&index) => text.clone(),
                _ => continue,
            };
            let turn = run.turns.iter().find(|turn| turn.id == placed.turn_id).or(run.turns.last());
            let turn_cursor = || cursors.at(turn.map_or(placed.ordinal, |turn| turn.ordinal), true);
            for (index, range) in fold::Folded::new(&text).find_all(&term).enumerate() {
                if (placed.ordinal, index) < (least, skipped) {
                    continue;
                }
                let (snippet, snippet_match_range) = snippet(&text, range);
                let occurrence = v2::ThreadSearchOccurrence {
                    turn_id: placed.turn_id.clone(),
                    item_id: placed.item.kind.id().to_owned(),
                    snippet,
                    snippet_match_range,
                    turn_cursor: turn_cursor(),
                };
                found.push(Match { ordinal: placed.ordinal, index, occurrence });
                if found.len() > limit {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    })?;
    let next_cursor = found.get(limit).map(|next| {
        cursor::text(&Cursor {
            thread_id: params.thread_id.clone(),
            search_term: params.search_term.clone(),
            next_rollout_ordinal: next.ordinal,
            next_occurrence_index: next.index,
        })
    });
    found.truncate(limit);
    let data = found.into_iter().map(|found| found.occurrence).collect();
    Ok(v2::ThreadSearchOccurrencesResponse { data, next_cursor })
}

/// The index of a turn's final message among a region's items.
fn final_of(region: &Region, turn: &str) -> Option<usize> {
    let own = |placed: &Placed| if placed.turn_id == turn { phase(&placed.item.kind) } else { None };
    final_message(region.items.iter().map(own), region.has_end(turn))
}

/// What the user wrote, in one.
fn user_text(content: &[UserInput]) -> String {
    let texts = content.iter().filter_map(|input| match input {
        UserInput::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// An excerpt around a match, and where the match stands in it, in UTF-16 code units.
fn snippet(text: &str, range: std::ops::Range<usize>) -> (String, v2::ThreadSearchTextRange) {
    let (before, rest) = text.split_at(range.start);
    let (matched, behind) = rest.split_at(range.end - range.start);
    let begin = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(BEHIND).map_or(behind.len(), |(at, _)| at);
    let lead = if begin > 0 { format!("{OMITTED} {}", &before[begin..]) } else { before.to_owned() };
    let tail = if end < behind.len() { format!("{} {OMITTED}", &behind[..end]) } else { behind.to_owned() };
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let start = units(&lead);
    let range = v2::ThreadSearchTextRange { start, end: start.saturating_add(units(matched)) };
    (format!("{lead}{matched}{tail}"), range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(before: usize, behind: usize) -> (String, u32, u32) {
        let text = format!("{}needle{}", "é".repeat(before), "😀".repeat(behind));
        let start = 2 * before;
        let (snippet, range) = snippet(&text, start..start + 6);
        (snippet, range.start, range.end)
    }

    #[test]
    fn excerpts_leave_out_what_is_far_from_the_match() {
        assert_eq!(around(0, 0), ("needle".to_owned(), 0, 6));
        assert_eq!(around(49, 96), (format!("{}needle{}", "é".repeat(49), "😀".repeat(96)), 49, 55));
        assert_eq!(around(50, 97), (format!("... {}needle{} ...", "é".repeat(49), "😀".repeat(96)), 53, 59));
    }
}
