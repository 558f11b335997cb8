//! A notification on its way to many readers: encoded once, by the first writer that needs the bytes.

use std::sync::{Arc, OnceLock};

use crate::ServerNotification;

/// A notification of the server with what all its readers share.
#[derive(Debug)]
pub struct Event {
    /// The thread it belongs to; `None` for what concerns the whole process.
    pub thread: Option<Arc<str>>,
    /// Counts the events that subscribers of one thread get, without gaps; 0 for what is told outside of that order.
    pub seq: u64,
    /// When it was emitted, in milliseconds since the Unix epoch.
    pub emitted_at_ms: i64,
    /// What happened.
    pub body: ServerNotification,
    line: OnceLock<Box<str>>,
}

/// What neighbouring text deltas must share to be merged: the same kind of text of the same item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeltaKey<'a> {
    /// The method, since one item streams several kinds of text.
    pub method: &'static str,
    /// The item.
    pub item_id: &'a str,
    /// Which part of the item; 0 where there are no parts.
    pub index: i64,
}

impl Event {
    /// An event whose bytes are not made yet.
    #[must_use]
    pub fn new(thread: Option<Arc<str>>, seq: u64, emitted_at_ms: i64, body: ServerNotification) -> Self {
        Self { thread, seq, emitted_at_ms, body, line: OnceLock::new() }
    }

    /// The notification as it stands on the wire, without a line end: `{"method":..,"params":..,"emittedAtMs":..}`.
    #[must_use]
    pub fn line(&self) -> &str {
        self.line.get_or_init(|| self.body.encode(self.emitted_at_ms).into_boxed_str())
    }

    /// The two parts of the line with the place of the event in its thread, for clients that note it:
    /// `..,"emittedAtMs":..` and `,"cursor":".."}`. `None` for what is told outside of the thread's order. Only the second is
    /// made anew each time.
    #[must_use]
    pub fn line_with_cursor(&self) -> Option<(&str, String)> {
        let cursor = self.cursor()?;
        Some((self.line().strip_suffix('}')?, format!(",\"cursor\":\"{cursor}\"}}")))
    }

    /// The place of the event in its thread, as clients give it back; opaque to them. `None` also where a client could not tell
    /// whose place it is.
    #[must_use]
    pub fn cursor(&self) -> Option<u64> {
        (self.seq > 0 && self.thread.is_some() && !self.body.names_no_thread()).then_some(self.seq)
    }

    /// Bytes that the event takes in a queue: those of the line once it is made, else an estimate that costs nothing.
    #[must_use]
    pub fn queued_bytes(&self) -> usize {
        /// What stands around the text of a delta, and what anything else takes besides what may be long in it.
        const AROUND: (usize, usize) = (256, 512);
        match self.line.get() {
            Some(line) => line.len(),
            None => self.body.bulk_bytes() + if self.body.text_delta().is_some() { AROUND.0 } else { AROUND.1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v2::{
        AccountRateLimitsUpdatedNotification, AgentMessageDeltaNotification, CommandExecOutputDeltaNotification,
        CommandExecOutputStream, CommandExecutionOutputDeltaNotification, RateLimitSnapshot,
        TurnDiffUpdatedNotification, WarningNotification,
    };

    #[test]
    fn the_line_has_the_keys_in_order_and_is_made_once() {
        let body = ServerNotification::Warning(WarningNotification { thread_id: None, message: "careful".to_owned() });
        let event = Event::new(None, 1, 42, body);
        assert_eq!(
            event.line(),
            r#"{"method":"warning","params":{"threadId":null,"message":"careful"},"emittedAtMs":42}"#
        );
        assert!(std::ptr::eq(event.line(), event.line()));
    }

    #[test]
    fn only_what_has_a_place_in_its_thread_has_a_cursor() {
        let body = ServerNotification::Warning(WarningNotification { thread_id: None, message: "m".to_owned() });
        let event = |thread: Option<&str>, seq| Event::new(thread.map(Into::into), seq, 42, body.clone());
        let placed = event(Some("t"), 7);
        let (line, place) = placed.line_with_cursor().unwrap();
        assert_eq!(
            format!("{line}{place}"),
            r#"{"method":"warning","params":{"threadId":null,"message":"m"},"emittedAtMs":42,"cursor":"7"}"#
        );
        assert!(!placed.line().contains("cursor"));
        let rate_limits: RateLimitSnapshot = serde_json::from_str("{}").unwrap();
        let limits = ServerNotification::AccountRateLimitsUpdated(AccountRateLimitsUpdatedNotification { rate_limits });
        assert!(Event::new(Some("t".into()), 7, 42, limits).line_with_cursor().is_none(), "it names no thread");
        assert!(event(None, 7).line_with_cursor().is_none() && event(Some("t"), 0).line_with_cursor().is_none());
    }

    #[test]
    fn text_deltas_name_their_item() {
        let body = ServerNotification::AgentMessageDelta(AgentMessageDeltaNotification {
            thread_id: "t".to_owned(),
            turn_id: "u".to_owned(),
            item_id: "i".to_owned(),
            delta: "abc".to_owned(),
        });
        let (key, text) = body.text_delta().unwrap();
        assert_eq!((key.item_id, text), ("i", "abc"));
        assert_eq!(body.with_text("xyz".to_owned()).text_delta().unwrap().1, "xyz");
    }

    #[test]
    fn what_is_long_weighs_before_it_is_encoded() {
        let long = "x".repeat(100_000);
        let delta = |text: &str| {
            ServerNotification::ItemCommandExecutionOutputDelta(CommandExecutionOutputDeltaNotification {
                thread_id: "t".to_owned(),
                turn_id: "u".to_owned(),
                item_id: "i".to_owned(),
                delta: text.to_owned(),
            })
        };
        let diff = ServerNotification::TurnDiffUpdated(TurnDiffUpdatedNotification {
            thread_id: "t".to_owned(),
            turn_id: "u".to_owned(),
            diff: long.clone(),
        });
        let output = ServerNotification::CommandExecOutputDelta(CommandExecOutputDeltaNotification {
            process_id: "p".to_owned(),
            stream: CommandExecOutputStream::Stdout,
            delta_base64: long.clone(),
            cap_reached: false,
        });
        for body in [delta(&long), diff, output, delta("x").with_text(long)] {
            let event = Event::new(None, 1, 0, body);
            let estimated = event.queued_bytes();
            assert!(estimated.abs_diff(event.line().len()) < 1000, "{estimated} for {}", event.line().len());
            assert_eq!(event.queued_bytes(), event.line().len());
        }
    }
}
