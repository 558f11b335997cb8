//! What was said in a thread: the texts of the user's and the agent's messages, and nothing else.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{BUFFER, EventHead, Head, Line, Lines, metadata_of, open, user_message};
use crate::StoreError;
use crate::files::{Files, RolloutFile};
use crate::line::CoreItem;
use codex_app_server_protocol::v2::ThreadItemKind;

/// Hands every message's text to `each`, oldest first, those of the thread's older files too, until it answers `false`.
/// Lines that cannot be read are passed over. Whether all of the thread's files were there.
///
/// # Errors
/// [`StoreError::Damaged`] without session metadata, [`StoreError::Io`].
pub(crate) fn messages(
    files: &Files,
    file: RolloutFile,
    each: &mut dyn FnMut(&str) -> bool,
) -> Result<bool, StoreError> {
    let (summary, segments) = open(files, file)?;
    let paginated = summary.meta.paginated();
    for segment in &segments {
        let mut lines = Lines::new(segment.file.read(BUFFER)?);
        while let Some(line) = lines.next(segment.end).map_err(|source| segment.file.failed(source))? {
            if let Line::Text(text) = line
                && let Some(text) = message(text, paginated)
                && !each(&text)
            {
                return Ok(true);
            }
        }
    }
    Ok(super::is_whole(&segments))
}

/// The text of a line that is a message.
fn message(line: &[u8], paginated: bool) -> Option<String> {
    let head: Head<'_> = serde_json::from_slice(line).ok()?;
    if head.kind != "event_msg" {
        return None;
    }
    let event: EventHead<'_> = serde_json::from_str(head.payload.get()).ok()?;
    match (&*event.kind, paginated) {
        ("user_message", false) => user_message(&event.kind, head.payload, false).ok()?.map(|(text, _)| text),
        ("agent_message", false) => {
            #[derive(Deserialize)]
            struct AgentMessage {
                message: String,
            }
            serde_json::from_str::<AgentMessage>(head.payload.get()).ok().map(|agent| agent.message)
        }
        ("item_completed", true) => {
            #[derive(Deserialize)]
            struct Completed<'a> {
                #[serde(borrow)]
                item: &'a RawValue,
            }
            let completed: Completed<'_> = serde_json::from_str(head.payload.get()).ok()?;
            let item: EventHead<'_> = serde_json::from_str(completed.item.get()).ok()?;
            match &*item.kind {
                "UserMessage" => user_message(&event.kind, head.payload, true).ok()?.map(|(text, _)| text),
                "AgentMessage" => match CoreItem::read(completed.item).ok()?? {
                    ThreadItemKind::AgentMessage { text, .. } => Some(text),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether no file is missing at the beginning of the chain.
pub(super) fn is_whole(segments: &[super::Segment]) -> bool {
    let oldest = segments.first().and_then(|segment| metadata_of(&segment.file).ok());
    oldest.is_some_and(|summary| summary.meta.history_base().is_none())
}
