//! Pages of items, and items by their ids.

use codex_app_server_protocol::v2::{
    self, SortDirection, ThreadItemEntry, ThreadItemKind, ThreadItemsListAnchor, ThreadItemsListCursor,
};

use super::cursor::{Bound, Cursors, Scope};
use super::region::{self, Placed, Region};
use super::runs::Run;
use super::{Paged, limit};
use crate::StoreError;

/// A page of the items of a paginated thread, or of one of its turns.
pub(super) fn page(
    paged: &Paged<'_>,
    params: &v2::ThreadItemsListParams,
) -> Result<v2::ThreadItemsListResponse, StoreError> {
    let direction = params.sort_direction.unwrap_or(SortDirection::Asc);
    let limit = limit(params.limit);
    let scope = Scope::ItemsByCreatedAtOrdinal;
    let read = |cursor| Bound::read(cursor, &params.thread_id, scope, direction);
    let (mut found, defer) = match (&params.turn_id, &params.cursor) {
        (Some(turn), Some(ThreadItemsListCursor::Anchor(ThreadItemsListAnchor::Item { item_id: anchor }))) => {
            let all = paged.items_of(turn)?;
            let ordinal = all.iter().find(|placed| placed.item.kind.id() == anchor).map(|placed| placed.ordinal);
            let ordinal = ordinal.ok_or(StoreError::UnknownAnchor)?;
            (cut(all, Bound::new(ordinal, false, direction), direction), params.defer_output.as_ref())
        }
        (None, Some(ThreadItemsListCursor::Anchor(_))) => return Err(StoreError::UnknownAnchor),
        (Some(turn), cursor) => {
            let bound = read(opaque(cursor.as_ref()))?;
            (cut(paged.items_of(turn)?, bound, direction), params.defer_output.as_ref())
        }
        (None, cursor) => (paged.items(read(opaque(cursor.as_ref()))?, direction, limit + 1)?, None),
    };
    let has_more = found.len() > limit;
    found.truncate(limit);
    let ordinals: Vec<u64> = found.iter().map(|placed| placed.ordinal).collect();
    let cursors = Cursors { thread_id: &params.thread_id, scope };
    let (next_cursor, backwards_cursor) = cursors.of_page(&ordinals, has_more);
    let data = found.into_iter().map(|placed| entry(placed, defer)).collect();
    Ok(v2::ThreadItemsListResponse { data, next_cursor, backwards_cursor })
}

/// Items of one turn by their ids, in the order of the history.
pub(super) fn read(
    paged: &Paged<'_>,
    params: &v2::ThreadItemsReadParams,
) -> Result<v2::ThreadItemsReadResponse, StoreError> {
    let mut found = paged.items_of(&params.turn_id)?;
    found.retain(|placed| params.item_ids.iter().any(|id| id == placed.item.kind.id()));
    Ok(v2::ThreadItemsReadResponse { data: found.into_iter().map(|placed| entry(placed, None)).collect() })
}

fn opaque(cursor: Option<&ThreadItemsListCursor>) -> Option<&str> {
    match cursor {
        Some(ThreadItemsListCursor::Opaque(text)) => Some(text),
        _ => None,
    }
}

/// What the bound admits of items in their order, in the direction's order.
fn cut(mut items: Vec<Placed>, bound: Bound, direction: SortDirection) -> Vec<Placed> {
    items.retain(|placed| bound.admits(placed.ordinal));
    if direction == SortDirection::Desc {
        items.reverse();
    }
    items
}

impl Paged<'_> {
    /// At most `count` items that the bound admits, in the direction's order.
    fn items(&self, bound: Bound, direction: SortDirection, count: usize) -> Result<Vec<Placed>, StoreError> {
        let mut found = Vec::new();
        region::walk(self.chain, bound, direction, |run| {
            let region = Region::read(self.chain, run, |_| true)?;
            found.append(&mut cut(region.items, bound, direction));
            Ok(found.len() >= count)
        })?;
        found.truncate(count);
        Ok(found)
    }

    /// All items of a turn, in their order; none when there is no such turn.
    fn items_of(&self, turn: &str) -> Result<Vec<Placed>, StoreError> {
        let io = |error| self.chain.io(error);
        let Some(run) = self.chain.run_of_turn(turn).map_err(io)? else { return Ok(Vec::new()) };
        let whole = Run { from: self.chain.items_from(&run).map_err(io)?, ..run.clone() };
        let mut region = Region::read(self.chain, &whole, |_| true).map_err(io)?;
        for at in self.strays.of(self.chain, run.until, &[turn]).map_err(io)? {
            let mut lines = self.chain.forward(at, self.chain.length());
            if let Some(line) = lines.next().map_err(io)?
                && let Some(ordinal) = super::glance::glance(line.text).and_then(|glance| glance.ordinal)
            {
                region.take(ordinal, line.text);
            }
        }
        region.items.retain(|placed| placed.turn_id == turn);
        Ok(region.items)
    }
}

/// An item as a list shows it.
fn entry(placed: Placed, defer: Option<&v2::ThreadItemOutputDeferral>) -> ThreadItemEntry {
    let Placed { turn_id, mut item, .. } = placed;
    let (started_at_ms, completed_at_ms) = (item.started_at_ms, item.completed_at_ms);
    let output_deferred = defer.is_some_and(|defer| deferred(&mut item.kind, defer));
    ThreadItemEntry { turn_id, item, output_deferred, started_at_ms, completed_at_ms }
}

/// Takes the output out of an item that succeeded, where it is asked for. Whether there was any.
fn deferred(item: &mut ThreadItemKind, defer: &v2::ThreadItemOutputDeferral) -> bool {
    match item {
        ThreadItemKind::CommandExecution { status, aggregated_output, .. }
            if defer.command_execution && *status == v2::CommandExecutionStatus::Completed =>
        {
            aggregated_output.take().is_some_and(|output| !output.is_empty())
        }
        ThreadItemKind::McpToolCall { status, result: Some(result), .. }
            if defer.mcp_tool_call && *status == v2::McpToolCallStatus::Completed =>
        {
            let is_text = |part: &serde_json::Value| part["type"] == "text";
            let is_plain = result.structured_content.is_none() && result._meta.is_none();
            let deferred = is_plain && !result.content.is_empty() && result.content.iter().all(is_text);
            if deferred {
                result.content.clear();
            }
            deferred
        }
        _ => false,
    }
}
