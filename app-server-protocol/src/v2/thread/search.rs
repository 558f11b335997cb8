//! Searching threads: which threads match a text, and where one thread holds it. Experimental. Cursors are opaque and
//! go back with the search they came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{SortDirection, Thread, ThreadSourceKind};

/// One place in a visible message that holds the text searched for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub struct ThreadSearchOccurrence {
    /// The turn of the message.
    pub turn_id: String,
    /// The item that is the message.
    pub item_id: String,
    /// Excerpt of the message, with the match in it.
    pub snippet: String,
    /// Where the match stands in `snippet`, counted in UTF-16 code units.
    pub snippet_match_range: ThreadSearchTextRange,
    /// Opaque cursor for `thread/turns/list`; the page then begins with the turn of this match.
    pub turn_cursor: String,
}

/// Params of `thread/searchOccurrences`: what to look for, in which thread. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSearchOccurrencesParams {
    /// The thread to look through; only one with paginated history.
    pub thread_id: String,
    /// Text to find as it stands, upper and lower case being equal. Looked for in what the user wrote and in the
    /// answers of the model, final or not.
    pub search_term: String,
    /// Where to go on: `nextCursor` of the page before, with the same thread and text; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Matches per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/searchOccurrences`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSearchOccurrencesResponse {
    /// The matches of this page, the oldest message first.
    pub data: Vec<ThreadSearchOccurrence>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/search`: the text, filters and the page. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSearchParams {
    /// Also finds threads that are attached to another one and kept on disk. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_attached_threads: bool,
    /// Only threads that the current ChatGPT account may see. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub current_account_only: bool,
    /// Where to go on: `nextCursor` or `backwardsCursor` of a page; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Threads per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What to sort by; absent or null means `created_at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_key: Option<ThreadSearchSortKey>,
    /// Absent or null means `desc`, the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
    /// Only threads of these sources; absent, null or empty means those that people started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_kinds: Option<Vec<ThreadSourceKind>>,
    /// True finds archived threads only, anything else only those that are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// The text to search for; always needed.
    pub search_term: String,
}

/// Result of `thread/search`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSearchResponse {
    /// The matching threads of this page.
    pub data: Vec<ThreadSearchResult>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Cursor for going the other way, with `sortDirection` turned round; null on an empty page. With times it starts
    /// at the page's first second, so that other threads of that second are not missed.
    pub backwards_cursor: Option<String>,
}

/// A thread that matches a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSearchResult {
    /// The thread that was found.
    pub thread: Thread,
    /// Excerpt to show with the hit.
    pub snippet: String,
}

/// What search results are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThreadSearchSortKey {
    /// When the thread was created.
    CreatedAt,
    /// When the thread last changed.
    UpdatedAt,
    /// When the thread was last of interest.
    RecencyAt,
}

/// A range of `snippet`, counted in UTF-16 code units as in JavaScript strings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-experimental" = true))]
pub struct ThreadSearchTextRange {
    /// Offset of the first code unit, counted from 0.
    pub start: u32,
    /// Offset just behind the last code unit.
    pub end: u32,
}
