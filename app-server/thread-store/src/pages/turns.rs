//! Pages of turns.

use codex_app_server_protocol::v2::{self, SortDirection, ThreadItemKind, TurnItemsView};

use super::chain::Chain;
use super::cursor::{Bound, Cursors, Scope};
use super::glance::{glance, may_be_message};
use super::runs::{Place, Run};
use super::{Paged, limit, region};
use crate::StoreError;
use crate::replay::{Head, Turns};

/// A page of the turns of a paginated thread.
pub(super) fn page(
    paged: &Paged<'_>,
    params: &v2::ThreadTurnsListParams,
) -> Result<v2::ThreadTurnsListResponse, StoreError> {
    let direction = params.sort_direction.unwrap_or(SortDirection::Desc);
    let view = params.items_view.unwrap_or(TurnItemsView::Summary);
    let bound = Bound::read(params.cursor.as_deref(), &params.thread_id, Scope::Turns, direction)?;
    let mut runs = runs(paged.chain, bound, direction, limit(params.limit) + 1)?;
    let has_more = runs.len() > limit(params.limit);
    runs.truncate(limit(params.limit));
    let cursors = Cursors { thread_id: &params.thread_id, scope: Scope::Turns };
    let ordinals: Vec<u64> = runs.iter().map(|(place, _)| place.ordinal).collect();
    let data = paged.turns(&runs, view)?;
    let (next_cursor, backwards_cursor) = cursors.of_page(&ordinals, has_more);
    Ok(v2::ThreadTurnsListResponse { data, next_cursor, backwards_cursor })
}

/// The regions of at most `count` turns that the bound admits, in the direction's order.
fn runs(chain: &Chain, bound: Bound, direction: SortDirection, count: usize) -> Result<Vec<(Place, Run)>, StoreError> {
    let mut found = Vec::new();
    region::walk(chain, bound, direction, |run| {
        let places = run.turns.iter().filter(|place| bound.admits(place.ordinal));
        let mut places: Vec<_> = places.map(|place| (place.clone(), run.clone())).collect();
        if direction == SortDirection::Desc {
            places.reverse();
        }
        found.append(&mut places);
        Ok(found.len() >= count)
    })?;
    found.truncate(count);
    Ok(found)
}

impl Paged<'_> {
    /// The turns of regions that follow each other, in the order of these.
    fn turns(&self, runs: &[(Place, Run)], view: TurnItemsView) -> Result<Vec<v2::Turn>, StoreError> {
        let wanted: Vec<&str> = runs.iter().map(|(place, _)| place.id.as_str()).collect();
        let io = |error| self.chain.io(error);
        let oldest = runs.iter().map(|(_, run)| run).min_by_key(|run| run.from);
        let from = oldest.map_or(Ok(0), |oldest| self.chain.items_from(oldest)).map_err(io)?;
        let until = runs.iter().map(|(_, run)| run.until).max().unwrap_or_default();
        let mut replay = Turns::new(true);
        let mut lines = self.chain.forward(from, until);
        while let Some(line) = lines.next().map_err(io)? {
            take(&mut replay, line.text, view);
        }
        if view != TurnItemsView::NotLoaded {
            for at in self.strays.of(self.chain, until, &wanted).map_err(io)? {
                if let Some(line) = self.chain.forward(at, self.chain.length()).next().map_err(io)? {
                    take(&mut replay, line.text, view);
                }
            }
        }
        let mut turns: Vec<_> = replay.finish_told().into_iter().map(Some).collect();
        let mut take = |id: &str| {
            let is_it = |turn: &&mut Option<(v2::Turn, bool)>| turn.as_ref().is_some_and(|(turn, _)| turn.id == id);
            turns.iter_mut().find(is_it).and_then(Option::take)
        };
        Ok(wanted.iter().filter_map(|id| take(id)).map(|(turn, ended)| shown(turn, ended, view)).collect())
    }
}

/// Takes a line as far as the view needs it.
fn take(replay: &mut Turns, line: &[u8], view: TurnItemsView) {
    let Some(event) = glance(line).and_then(|glance| glance.event) else { return };
    let is_needed = match (&*event, view) {
        ("item_completed", TurnItemsView::NotLoaded) => false,
        ("item_completed", TurnItemsView::Summary) => may_be_message(line),
        ("item_completed", TurnItemsView::Full) => true,
        ("task_started" | "turn_started" | "task_complete" | "turn_complete" | "turn_aborted", _) => true,
        _ => false,
    };
    if is_needed
        && let Ok(head) = serde_json::from_slice::<Head<'_>>(line)
        && let Err(error) = replay.event(&event, head.payload, 0)
    {
        tracing::debug!(%error, "a line of a rollout was left out of a page");
    }
}

/// A turn with as much of its items as the view shows.
pub(super) fn shown(mut turn: v2::Turn, ended: bool, view: TurnItemsView) -> v2::Turn {
    turn.items_view = view;
    match view {
        TurnItemsView::Full => {}
        TurnItemsView::NotLoaded => turn.items.clear(),
        TurnItemsView::Summary => {
            let first = turn.items.iter().position(|item| matches!(item.kind, ThreadItemKind::UserMessage { .. }));
            let phases = turn.items.iter().map(|item| phase(&item.kind));
            let last = final_message(phases, ended);
            keep(&mut turn, first, last);
        }
    }
    turn
}

/// The same for a turn of a legacy thread, where the last message counts as the final one whatever it was.
pub(super) fn legacy_summary(mut turn: v2::Turn) -> v2::Turn {
    turn.items_view = TurnItemsView::Summary;
    let first = turn.items.iter().position(|item| matches!(item.kind, ThreadItemKind::UserMessage { .. }));
    let last = turn.items.iter().rposition(|item| matches!(item.kind, ThreadItemKind::AgentMessage { .. }));
    keep(&mut turn, first, last);
    turn
}

fn keep(turn: &mut v2::Turn, first: Option<usize>, last: Option<usize>) {
    let mut index = 0;
    turn.items.retain(|_| {
        let kept = Some(index) == first || Some(index) == last;
        index += 1;
        kept
    });
}

/// The phase of a message of the model; the outer `None` for other items.
pub(super) fn phase(item: &ThreadItemKind) -> Option<Option<v2::MessagePhase>> {
    match item {
        ThreadItemKind::AgentMessage { phase, .. } => Some(*phase),
        _ => None,
    }
}

/// Which item is the final message of a turn: the last that says so; in a turn that has ended, else the last that says
/// nothing.
pub(super) fn final_message(
    phases: impl DoubleEndedIterator<Item = Option<Option<v2::MessagePhase>>> + ExactSizeIterator + Clone,
    ended: bool,
) -> Option<usize> {
    let named = phases.clone().rposition(|phase| phase == Some(Some(v2::MessagePhase::FinalAnswer)));
    named.or_else(|| phases.clone().rposition(|phase| ended && phase == Some(None)))
}
