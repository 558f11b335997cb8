//! Reading the stored history of a thread page by page, as turns or as items, and adding model items to it. Threads
//! with paginated history want this in place of answers that carry all turns. Cursors are opaque: one comes from an
//! answer of the same method.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::{SortDirection, ThreadItem, Turn, TurnItemsView};

/// Params of `thread/inject_items`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadInjectItemsParams {
    /// The thread to add to.
    pub thread_id: String,
    /// Items of the Responses API as they are, put at the end of what the model sees.
    pub items: Vec<JsonValue>,
}

/// Result of `thread/inject_items`; it has no fields: an answer means that they were added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadInjectItemsResponse {}

/// An item, the turn it belongs to and when it ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItemEntry {
    /// The turn that the item is part of.
    pub turn_id: String,
    /// The item.
    pub item: ThreadItem,
    /// The stored output was left out, as `deferOutput` asked; `thread/items/read` gives the whole item. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub output_deferred: bool,
    /// When it started, in Unix milliseconds; null when not recorded.
    pub started_at_ms: Option<i64>,
    /// When it was completed, in Unix milliseconds; null when not recorded.
    pub completed_at_ms: Option<i64>,
}

/// Which stored outputs a list of items leaves out, for reading them later one by one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItemOutputDeferral {
    /// Leaves out what commands that succeeded have printed. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub command_execution: bool,
    /// Leaves out results of MCP tool calls that succeeded, where they are plain text. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub mcp_tool_call: bool,
}

/// An item to begin beside; it is not part of the page itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ThreadItemsListAnchor {
    /// An item of the turn that `turnId` names.
    Item {
        /// Id of the item.
        item_id: String,
    },
}

/// Where a page of items begins: a cursor of an answer, or an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ThreadItemsListCursor {
    /// An opaque cursor from an answer to `thread/items/list`.
    Opaque(String),
    /// An item to begin beside.
    Anchor(ThreadItemsListAnchor),
}

/// Params of `thread/items/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItemsListParams {
    /// The thread whose items are wanted.
    pub thread_id: String,
    /// Only items of this turn; absent or null: of all turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// Where to begin: `nextCursor` or `backwardsCursor` of a page, or an item, which wants a `turnId` that is not
    /// empty. Beside an item the page holds what comes after it in ascending order, and what precedes it in descending
    /// order; go on with the cursor of that page. Absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<ThreadItemsListCursor>,
    /// Items per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Absent or null means `asc`, the oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
    /// Outputs to leave out, for reading them later by `thread/items/read`. Only for the items of a single turn. Absent
    /// or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_output: Option<ThreadItemOutputDeferral>,
}

/// Result of `thread/items/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItemsListResponse {
    /// The items of this page.
    pub data: Vec<ThreadItemEntry>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Cursor for going the other way, with `sortDirection` turned round; null on an empty page.
    pub backwards_cursor: Option<String>,
}

/// Params of `thread/items/read`: some items of one turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItemsReadParams {
    /// The thread that the turn belongs to.
    pub thread_id: String,
    /// The turn that the items are part of.
    pub turn_id: String,
    /// Ids of the items; at least 1, at most 100.
    pub item_ids: Vec<String>,
}

/// Result of `thread/items/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadItemsReadResponse {
    /// The items, whole, in the order in which they are stored.
    pub data: Vec<ThreadItemEntry>,
}

/// Params of `thread/turns/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTurnsListParams {
    /// The thread whose turns are wanted.
    pub thread_id: String,
    /// Where to go on: `nextCursor` or `backwardsCursor` of a page; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Turns per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Absent or null means `desc`, the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
    /// How much of their items; absent or null means `summary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_view: Option<TurnItemsView>,
}

/// Result of `thread/turns/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTurnsListResponse {
    /// The turns of this page.
    pub data: Vec<Turn>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Cursor for going the other way, with `sortDirection` turned round; the page begins with the same turn again, so
    /// that changes to it are seen. Null on an empty page.
    pub backwards_cursor: Option<String>,
}
