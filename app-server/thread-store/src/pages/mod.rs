//! Looking into a stored thread page by page, without reading more of it than the page needs.
//!
//! Lines of paginated threads are numbered, so a place is found by halving; turns are found by their frames, from any
//! place in both directions. Cursors name numbers of lines and hold when lines are added. Legacy threads have no numbers:
//! they are read whole, and only their turns can be paged.

mod chain;
mod cursor;
mod fold;
mod glance;
mod items;
mod last;
mod region;
mod runs;
mod search;
mod strays;
mod timeline;
mod turns;

use codex_app_server_protocol::v2::{self, SortDirection, TurnItemsView};

pub(crate) use self::last::add_last;
pub(crate) use self::strays::Strays;

use self::chain::Chain;
use crate::StoreError;
use crate::files::{Files, RolloutFile};
use crate::replay;

/// Entries on a page, unless another number is asked for.
const LIMIT: u32 = 25;
const MAX_LIMIT: u32 = 100;

/// How many entries a page has at most.
fn limit(asked: Option<u32>) -> usize {
    asked.unwrap_or(LIMIT).clamp(1, MAX_LIMIT) as usize
}

/// A paginated thread that is paged.
pub(crate) struct Paged<'a> {
    chain: &'a Chain,
    strays: &'a Strays,
}

/// What to look for in a thread. Its wire params name the thread as its cursors do.
pub(crate) trait Look: Send + 'static {
    type Page: Send + 'static;

    /// The thread.
    fn thread_id(&self) -> &str;

    /// Looks into a paginated thread.
    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError>;

    /// Looks into a legacy thread.
    fn legacy(&self, files: &Files, file: RolloutFile) -> Result<Self::Page, StoreError> {
        let _ = (files, file);
        Err(StoreError::NotPaginated { id: self.thread_id().to_owned() })
    }
}

/// Looks into a stored thread.
pub(crate) fn look<L: Look>(
    files: &Files,
    file: RolloutFile,
    strays: &Strays,
    look: &L,
) -> Result<L::Page, StoreError> {
    let (summary, segments) = replay::open(files, file.clone())?;
    if !summary.is_numbered() {
        return look.legacy(files, file);
    }
    let chain = Chain::open(&segments)?;
    look.paginated(&Paged { chain: &chain, strays })
}

impl Look for v2::ThreadTurnsListParams {
    type Page = v2::ThreadTurnsListResponse;

    fn thread_id(&self) -> &str {
        &self.thread_id
    }

    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError> {
        turns::page(paged, self)
    }

    fn legacy(&self, files: &Files, file: RolloutFile) -> Result<Self::Page, StoreError> {
        let turns = replay::read(files, file, true)?.thread.turns;
        legacy_page(turns, self)
    }
}

impl Look for v2::ThreadItemsListParams {
    type Page = v2::ThreadItemsListResponse;

    fn thread_id(&self) -> &str {
        &self.thread_id
    }

    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError> {
        items::page(paged, self)
    }
}

impl Look for v2::ThreadItemsReadParams {
    type Page = v2::ThreadItemsReadResponse;

    fn thread_id(&self) -> &str {
        &self.thread_id
    }

    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError> {
        items::read(paged, self)
    }
}

impl Look for v2::ThreadSearchOccurrencesParams {
    type Page = v2::ThreadSearchOccurrencesResponse;

    fn thread_id(&self) -> &str {
        &self.thread_id
    }

    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError> {
        search::page(paged, self)
    }
}

impl Look for v2::ThreadTimelineListParams {
    type Page = v2::ThreadTimelineListResponse;

    fn thread_id(&self) -> &str {
        &self.thread_id
    }

    fn paginated(&self, paged: &Paged<'_>) -> Result<Self::Page, StoreError> {
        timeline::page(paged, self)
    }
}

/// A page of all turns of a thread without numbers: its cursors name turns.
fn legacy_page(
    mut turns: Vec<v2::Turn>,
    params: &v2::ThreadTurnsListParams,
) -> Result<v2::ThreadTurnsListResponse, StoreError> {
    if params.sort_direction.unwrap_or(SortDirection::Desc) == SortDirection::Desc {
        turns.reverse();
    }
    if let Some(text) = &params.cursor {
        let cursor: cursor::ByTurn =
            serde_json::from_str(text).map_err(|_| StoreError::InvalidCursor { cursor: text.clone() })?;
        let anchor = turns.iter().position(|turn| turn.id == cursor.turn_id);
        let gone = || StoreError::InvalidCursor { cursor: "anchor turn is no longer present".to_owned() };
        let anchor = anchor.ok_or_else(gone)?;
        turns.drain(..anchor + usize::from(!cursor.include_anchor));
    }
    let has_more = turns.len() > limit(params.limit);
    turns.truncate(limit(params.limit));
    let cursor =
        |turn: &v2::Turn, include_anchor| cursor::text(&cursor::ByTurn { turn_id: turn.id.clone(), include_anchor });
    let next_cursor = turns.last().filter(|_| has_more).map(|turn| cursor(turn, false));
    let backwards_cursor = turns.first().map(|turn| cursor(turn, true));
    let shown = |turn| match params.items_view.unwrap_or(TurnItemsView::Summary) {
        TurnItemsView::Summary => turns::legacy_summary(turn),
        view => turns::shown(turn, true, view),
    };
    Ok(v2::ThreadTurnsListResponse { data: turns.into_iter().map(shown).collect(), next_cursor, backwards_cursor })
}
