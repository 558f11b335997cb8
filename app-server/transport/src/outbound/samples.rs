//! Events for the tests of this crate.

use std::sync::Arc;

use codex_app_server_protocol::v2::{
    AgentMessageDeltaNotification, ReasoningTextDeltaNotification, WarningNotification,
};
use codex_app_server_protocol::{Event, ServerNotification};

pub(crate) fn delta(thread: &str, seq: u64, item: &str, text: &str) -> Arc<Event> {
    let body = ServerNotification::AgentMessageDelta(AgentMessageDeltaNotification {
        thread_id: thread.to_owned(),
        turn_id: "turn".to_owned(),
        item_id: item.to_owned(),
        delta: text.to_owned(),
    });
    Arc::new(Event::new(Some(thread.into()), seq, 1000 + i64::try_from(seq).unwrap(), body))
}

pub(crate) fn reasoning(thread: &str, seq: u64, item: &str, index: i64, text: &str) -> Arc<Event> {
    let body = ServerNotification::ReasoningTextDelta(ReasoningTextDeltaNotification {
        thread_id: thread.to_owned(),
        turn_id: "turn".to_owned(),
        item_id: item.to_owned(),
        delta: text.to_owned(),
        content_index: index,
    });
    Arc::new(Event::new(Some(thread.into()), seq, 1000 + i64::try_from(seq).unwrap(), body))
}

pub(crate) fn warning(thread: &str, seq: u64, message: &str) -> Arc<Event> {
    let body = ServerNotification::Warning(WarningNotification {
        thread_id: Some(thread.to_owned()),
        message: message.to_owned(),
    });
    Arc::new(Event::new(Some(thread.into()), seq, 1000 + i64::try_from(seq).unwrap(), body))
}
