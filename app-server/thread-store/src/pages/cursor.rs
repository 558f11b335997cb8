//! Cursors as codex spells them: JSON that names a line by its number, or in a legacy thread a turn by its id.

use codex_app_server_protocol::v2::SortDirection;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// What a cursor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(super) enum Scope {
    /// Turns, by the line that begins them.
    Turns,
    /// Items, by the line that first completed them.
    ItemsByCreatedAtOrdinal,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ByOrdinal<'a> {
    #[serde(borrow)]
    requested_thread_id: std::borrow::Cow<'a, str>,
    rollout_ordinal: u64,
    include_anchor: bool,
    scope: Scope,
}

/// A cursor of a legacy thread.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ByTurn {
    pub(super) turn_id: String,
    pub(super) include_anchor: bool,
}

/// Which numbers a page may hold, counted in its direction: from this one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// All.
    None,
    /// This number and greater ones.
    AtLeast(u64),
    /// This number and smaller ones.
    AtMost(u64),
    /// Nothing comes before the first.
    Nothing,
}

impl Bound {
    /// From a line on, in a direction, with the line itself or without.
    pub(super) fn new(ordinal: u64, with_it: bool, direction: SortDirection) -> Self {
        match (direction, with_it) {
            (SortDirection::Asc, true) => Self::AtLeast(ordinal),
            (SortDirection::Asc, false) => ordinal.checked_add(1).map_or(Self::Nothing, Self::AtLeast),
            (SortDirection::Desc, true) => Self::AtMost(ordinal),
            (SortDirection::Desc, false) => ordinal.checked_sub(1).map_or(Self::Nothing, Self::AtMost),
        }
    }

    /// Whether a number is one of them.
    pub(super) fn admits(self, ordinal: u64) -> bool {
        match self {
            Self::None => true,
            Self::AtLeast(least) => ordinal >= least,
            Self::AtMost(most) => ordinal <= most,
            Self::Nothing => false,
        }
    }

    /// The bound that a cursor of this thread sets.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another thread or scope, and for other text.
    pub(super) fn read(
        cursor: Option<&str>,
        thread_id: &str,
        scope: Scope,
        direction: SortDirection,
    ) -> Result<Self, StoreError> {
        let Some(text) = cursor else { return Ok(Self::None) };
        match serde_json::from_str::<ByOrdinal<'_>>(text) {
            Ok(cursor) if cursor.requested_thread_id == thread_id && cursor.scope == scope => {
                Ok(Self::new(cursor.rollout_ordinal, cursor.include_anchor, direction))
            }
            _ => Err(StoreError::InvalidCursor { cursor: text.to_owned() }),
        }
    }
}

/// The cursors beside the entries of a page.
pub(super) struct Cursors<'a> {
    pub(super) thread_id: &'a str,
    pub(super) scope: Scope,
}

impl Cursors<'_> {
    /// The cursor at a line.
    pub(super) fn at(&self, ordinal: u64, include_anchor: bool) -> String {
        text(&ByOrdinal {
            requested_thread_id: self.thread_id.into(),
            rollout_ordinal: ordinal,
            include_anchor,
            scope: self.scope,
        })
    }

    /// `nextCursor` and `backwardsCursor` of a page whose entries have these numbers.
    pub(super) fn of_page(&self, ordinals: &[u64], has_more: bool) -> (Option<String>, Option<String>) {
        let next = ordinals.last().filter(|_| has_more).map(|last| self.at(*last, false));
        (next, ordinals.first().map(|first| self.at(*first, true)))
    }
}

/// A cursor as text.
pub(super) fn text(cursor: &impl Serialize) -> String {
    // Strings, numbers and booleans always have a JSON form.
    serde_json::to_string(cursor).unwrap_or_default()
}
