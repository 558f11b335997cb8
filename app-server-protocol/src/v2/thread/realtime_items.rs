//! The timeline of a thread: ordinary items, realtime items and the bounds of turns in one sequence, read page by page.
//! Experimental. Realtime items belong to the thread and to a realtime session, not to a turn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{ThreadItem, TurnError, TurnStatus};

/// Experimental. How an item of the agent is shown within a realtime conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ThreadRealtimeBemItemPresentation {
    /// The item as a whole.
    WholeItem,
    /// Its Markdown, within the conversation.
    InlineMarkdown,
    /// One of its visualizations, within the conversation.
    InlineVisualization {
        /// Which visualization of the item.
        index: u32,
    },
}

/// Experimental. An item of a realtime conversation, as the timeline of its thread keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeItem {
    /// Id of the item.
    pub id: String,
    /// The realtime session it belongs to.
    pub realtime_session_id: String,
    /// What it is, told apart by `type`.
    #[serde(flatten)]
    pub kind: ThreadRealtimeItemKind,
}

/// The kinds of [`ThreadRealtimeItem`] and their content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ThreadRealtimeItemKind {
    /// The session began.
    RealtimeSessionStarted,
    /// A stretch of speech or text of one side, as text.
    TranscriptSegment {
        /// Whose words these are.
        role: ThreadRealtimeTranscriptRole,
        /// The words.
        text: String,
    },
    /// An item of an ordinary turn of the agent became part of the realtime conversation.
    BemItemPromoted {
        /// How it is shown there.
        presentation: ThreadRealtimeBemItemPresentation,
        /// The item that is shown.
        item_id: String,
        /// The turn that holds the item.
        turn_id: String,
    },
    /// The session is over.
    RealtimeSessionClosed {
        /// How it came to its end.
        outcome: ThreadRealtimeSessionOutcome,
    },
}

/// How a realtime session came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadRealtimeSessionOutcome {
    /// Without an error.
    Ended,
    /// By an error.
    Failed,
}

/// Who speaks in a realtime conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadRealtimeTranscriptRole {
    /// The user.
    User,
    /// The model.
    Assistant,
}

/// Experimental. One entry of a thread's timeline: an item, or the start or end of a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ThreadTimelineEntry {
    /// An item of a turn.
    Item {
        /// Its place in the order of the rollout.
        position: u64,
        /// The turn it belongs to.
        turn_id: String,
        /// The item.
        item: Box<ThreadItem>,
    },
    /// An item of a realtime conversation.
    Realtime {
        /// Its place in the order of the rollout.
        position: u64,
        /// The realtime item.
        item: ThreadRealtimeItem,
    },
    /// A turn began here.
    TurnStarted {
        /// Its place in the order of the rollout.
        position: u64,
        /// The turn that began.
        #[schemars(extend("x-reference-name" = "turn_id"))]
        turn_id: String,
        /// When it began, in Unix seconds; null when unknown.
        #[schemars(extend("x-reference-name" = "started_at"))]
        started_at: Option<i64>,
    },
    /// A turn ended here.
    TurnCompleted {
        /// Its place in the order of the rollout.
        position: u64,
        /// The turn that ended.
        #[schemars(extend("x-reference-name" = "turn_id"))]
        turn_id: String,
        /// How it ended.
        status: TurnStatus,
        /// Why it failed; null otherwise.
        error: Option<TurnError>,
        /// When it began, in Unix seconds; null when unknown.
        #[schemars(extend("x-reference-name" = "started_at"))]
        started_at: Option<i64>,
        /// When it ended, in Unix seconds; null when unknown.
        #[schemars(extend("x-reference-name" = "completed_at"))]
        completed_at: Option<i64>,
        /// From start to end, in milliseconds; null when unknown.
        #[schemars(extend("x-reference-name" = "duration_ms"))]
        duration_ms: Option<i64>,
    },
}

/// Params of `thread/timeline/list`: which page. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTimelineListParams {
    /// The thread whose timeline is read.
    pub thread_id: String,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Entries per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/timeline/list`: one page, and which realtime session was open where it begins. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTimelineListResponse {
    /// The entries of this page, in the order of the rollout.
    pub data: Vec<ThreadTimelineEntry>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Id of the realtime session that was open where the page begins; null for none.
    pub active_realtime_session_at_page_start: Option<String>,
}
