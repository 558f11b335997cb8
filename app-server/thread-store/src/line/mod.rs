//! The lines of a rollout: their kinds, their fields in the reference's order, and how one becomes bytes.
//!
//! A line is `{timestamp, ordinal?, type, payload, metadata?}`. What a caller gives is a [`RolloutItem`]; the thread's and
//! session's ids are filled in here, the stamp is put in front when the line is taken for writing.

mod context;
mod core_item;
mod core_tool;
mod events;
mod legacy;
mod other_item;
mod response_item;
mod review;
mod snake;
mod user_input;

use std::io::Write;
use std::sync::Arc;

use codex_app_server_protocol::v2;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use context::MetaLine;
pub use context::{BaseInstructions, InstructionsProvenance, SessionMeta, ThreadSettings, TurnContext};
pub use core_item::CoreItem;
pub(crate) use core_item::MemoryCitation;
pub(crate) use core_tool::{FileChange, McpToolCallEnd, WebSearch};
pub(crate) use events::TokenCountInfo;
pub use events::{TaskComplete, TaskStarted, TokenCount, TokenUsageRecord, TurnAborted};
pub(crate) use response_item::PASSTHROUGH;
pub use response_item::{
    Compacted, ItemMetadata, McpAttribution, PassthroughMetadata, ResponseItemLine, RetainedMessage, RetainedSource,
};
pub(crate) use review::{EnteredReviewMode, ExitedReviewMode};
pub(crate) use snake::{camel, camel_keys, session_source_of};
pub(crate) use user_input::TextElement;

/// Something to be kept of a thread; one line, or for legacy threads sometimes none or several.
#[derive(Clone, Debug)]
pub enum RolloutItem {
    /// A turn begins.
    TaskStarted(TaskStarted),
    /// An item of the model's history, as it is sent to the model.
    ResponseItem(ResponseItemLine),
    /// An item of the model's history that a client gave a thread to begin with; nothing is noted about it.
    SuppliedItem(Arc<RawValue>),
    /// What the model was told of the world: `{full, state}`; whole at first, later what changed.
    WorldState(Value),
    /// A summary took the place of the model's history.
    Compacted(Box<Compacted>),
    /// The settings a turn runs with.
    TurnContext(Box<TurnContext>),
    /// The settings of the thread, when they come to apply.
    ThreadSettingsApplied(Box<ThreadSettings>),
    /// An item of a turn is complete.
    ItemCompleted {
        /// The turn it belongs to.
        turn_id: String,
        /// The item in the form of the lines.
        item: Box<CoreItem>,
        /// When it began, in milliseconds since 1970.
        started_at_ms: Option<i64>,
        /// When it was complete, in milliseconds since 1970.
        completed_at_ms: Option<i64>,
    },
    /// What one model response used.
    TokenUsageRecord(TokenUsageRecord),
    /// Token usage and rate limits after a model response.
    TokenCount(Box<TokenCount>),
    /// A turn ended, completed or failed.
    TaskComplete(TaskComplete),
    /// A turn was interrupted.
    TurnAborted(TurnAborted),
}

impl RolloutItem {
    /// The line of a completed item; its times are taken from it.
    #[must_use]
    pub fn item_completed(turn_id: impl Into<String>, item: &v2::ThreadItem) -> Self {
        Self::ItemCompleted {
            turn_id: turn_id.into(),
            item: Box::new(CoreItem::from(&item.kind)),
            started_at_ms: item.started_at_ms,
            completed_at_ms: item.completed_at_ms,
        }
    }
}

/// Whose line it is: what every line of one rollout shares.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) thread_id: String,
    pub(crate) session_id: String,
    pub(crate) paginated: bool,
}

/// Lines without their stamp, one after the other in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Bodies {
    /// Every body, from `"type"` to the closing brace.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start..end])
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Encodes `item` as the lines it makes in a rollout of `owner`.
    pub(crate) fn push(&mut self, owner: &Owner, item: &RolloutItem) -> Result<(), serde_json::Error> {
        match item {
            RolloutItem::ResponseItem(line) => self.line("response_item", &line.payload()?, Some(&line.metadata)),
            RolloutItem::SuppliedItem(item) => self.line("response_item", item, NONE),
            RolloutItem::Compacted(compacted) => self.line("compacted", &compacted.payload()?, NONE),
            RolloutItem::WorldState(state) => self.line("world_state", state, NONE),
            RolloutItem::TurnContext(context) => self.line("turn_context", context, NONE),
            RolloutItem::TokenUsageRecord(record) => self.line("token_usage_record", &record.payload(owner), NONE),
            RolloutItem::TaskStarted(event) => self.event(&event.payload()),
            RolloutItem::ThreadSettingsApplied(settings) => self.event(&settings.payload(owner)),
            RolloutItem::TokenCount(event) => self.event(&event.payload()?),
            RolloutItem::TaskComplete(event) => self.event(&event.payload()?),
            RolloutItem::TurnAborted(event) => self.event(&event.payload()),
            RolloutItem::ItemCompleted { turn_id, item, started_at_ms, completed_at_ms } => {
                if !owner.paginated && !legacy::keeps_item_completed(item) {
                    return legacy::events(item, turn_id).iter().try_for_each(|event| self.event(event));
                }
                self.event(&events::ItemCompletedPayload {
                    kind: "item_completed",
                    thread_id: &owner.thread_id,
                    turn_id,
                    item,
                    started_at_ms: *started_at_ms,
                    completed_at_ms: *completed_at_ms,
                })
            }
        }
    }

    pub(crate) fn session_meta(&mut self, payload: &MetaLine<'_>) -> Result<(), serde_json::Error> {
        self.line("session_meta", payload, NONE)
    }

    fn event(&mut self, payload: &impl Serialize) -> Result<(), serde_json::Error> {
        self.line("event_msg", payload, NONE)
    }

    fn line(
        &mut self,
        kind: &'static str,
        payload: &impl Serialize,
        metadata: Option<&ItemMetadata>,
    ) -> Result<(), serde_json::Error> {
        let begin = self.bytes.len();
        let written = encode(&mut self.bytes, kind, payload, metadata);
        if written.is_err() {
            self.bytes.truncate(begin);
        } else {
            self.ends.push(self.bytes.len());
        }
        written
    }
}

const NONE: Option<&ItemMetadata> = None;

fn encode(
    bytes: &mut Vec<u8>,
    kind: &str,
    payload: &impl Serialize,
    metadata: Option<&ItemMetadata>,
) -> Result<(), serde_json::Error> {
    write!(bytes, "\"type\":\"{kind}\",\"payload\":").map_err(serde_json::Error::io)?;
    serde_json::to_writer(&mut *bytes, payload)?;
    if let Some(metadata) = metadata {
        bytes.extend_from_slice(b",\"metadata\":");
        serde_json::to_writer(&mut *bytes, metadata)?;
    }
    bytes.push(b'}');
    Ok(())
}

/// Puts one stamped line, newline included, at the end of `out`.
pub(crate) fn stamp(out: &mut Vec<u8>, timestamp: &str, ordinal: Option<u64>, body: &[u8]) {
    out.extend_from_slice(b"{\"timestamp\":\"");
    out.extend_from_slice(timestamp.as_bytes());
    out.extend_from_slice(b"\",");
    if let Some(ordinal) = ordinal {
        out.extend_from_slice(format!("\"ordinal\":{ordinal},").as_bytes());
    }
    out.extend_from_slice(body);
    out.push(b'\n');
}

/// A moment as the lines write it: milliseconds, `Z`.
pub(crate) fn timestamp(moment: &jiff::Zoned) -> String {
    format!("{:.3}", moment.timestamp())
}
