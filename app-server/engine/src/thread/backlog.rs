//! What a thread has told lately, for clients that come back and ask for what they missed.
//!
//! It is kept from the first subscriber on that notes where it stands. What must hold: it holds every event after its start,
//! without a gap, within its bounds; a place that it cannot answer for is said to be too old.

use std::collections::VecDeque;
use std::sync::Arc;

use codex_app_server_protocol::Event;
use codex_config_loader::Limits;

/// How much of a thread's events is kept for those who come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BacklogLimits {
    /// Bytes, as they weigh in a queue.
    pub(crate) bytes: usize,
    /// Milliseconds.
    pub(crate) age_ms: i64,
}

impl BacklogLimits {
    /// As our own settings say.
    pub(crate) fn of(limits: &Limits) -> Self {
        let age_ms = i64::try_from(limits.replay_max_age.as_millis()).unwrap_or(i64::MAX);
        Self { bytes: limits.replay_bytes, age_ms }
    }
}

/// What an event weighs besides its text.
const OVERHEAD: usize = 128;

/// The latest events of a thread.
#[derive(Debug)]
pub(crate) struct Backlog {
    limits: BacklogLimits,
    /// Events with a greater number are kept; `None` while nothing is.
    start: Option<u64>,
    events: VecDeque<(Arc<Event>, usize)>,
    bytes: usize,
}

impl Backlog {
    pub(crate) fn new(limits: BacklogLimits) -> Self {
        Self { limits, start: None, events: VecDeque::new(), bytes: 0 }
    }

    pub(crate) fn limits(&self) -> BacklogLimits {
        self.limits
    }

    /// One that keeps what comes after this number, if this one keeps anything.
    pub(crate) fn succeed(&self, seq: u64) -> Self {
        Self { start: self.start.and(Some(seq)), ..Self::new(self.limits) }
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.start.is_some()
    }

    /// Keeps what comes after this number, unless that is done already.
    pub(crate) fn keep_from(&mut self, seq: u64) {
        self.start.get_or_insert(seq);
    }

    pub(crate) fn push(&mut self, event: &Arc<Event>) {
        if self.start.is_none() {
            return;
        }
        let bytes = event.queued_bytes() + OVERHEAD;
        self.bytes += bytes;
        self.events.push_back((Arc::clone(event), bytes));
        let oldest = event.emitted_at_ms - self.limits.age_ms;
        while let Some((event, bytes)) = self.events.front()
            && (self.bytes > self.limits.bytes || event.emitted_at_ms < oldest)
        {
            self.start = Some(event.seq);
            self.bytes -= bytes;
            self.events.pop_front();
        }
    }

    /// What came after a number; `None` when it is not known any more, or never was.
    pub(crate) fn since(&self, seq: u64) -> Option<impl ExactSizeIterator<Item = &Arc<Event>>> {
        let last = self.events.back().map(|(event, _)| event.seq).or(self.start)?;
        if seq < self.start? || seq > last {
            return None;
        }
        let first = self.events.partition_point(|(event, _)| event.seq <= seq);
        Some(self.events.range(first..).map(|(event, _)| event))
    }
}

#[cfg(test)]
mod tests {
    use codex_app_server_protocol::ServerNotification;
    use codex_app_server_protocol::v2::WarningNotification;

    use super::*;

    fn event(seq: u64, at: i64) -> Arc<Event> {
        let body = ServerNotification::Warning(WarningNotification { thread_id: None, message: String::new() });
        Arc::new(Event::new(Some("t".into()), seq, at, body))
    }

    fn since(backlog: &Backlog, seq: u64) -> Option<Vec<u64>> {
        backlog.since(seq).map(|events| events.map(|event| event.seq).collect())
    }

    #[test]
    fn a_place_within_is_answered_and_every_other_is_not() {
        let mut backlog = Backlog::new(BacklogLimits { bytes: 1 << 20, age_ms: 1000 });
        backlog.push(&event(4, 0));
        assert_eq!(since(&backlog, 4), None, "nothing is kept yet");
        backlog.keep_from(4);
        assert_eq!(since(&backlog, 4), Some(vec![]));
        backlog.push(&event(5, 0));
        backlog.push(&event(6, 0));
        backlog.keep_from(6);
        assert_eq!(since(&backlog, 3), None);
        assert_eq!(since(&backlog, 4), Some(vec![5, 6]));
        assert_eq!(since(&backlog, 5), Some(vec![6]));
        assert_eq!(since(&backlog, 6), Some(vec![]));
        assert_eq!(since(&backlog, 7), None, "it was never told");
    }

    #[test]
    fn bytes_and_age_are_bounded_and_what_is_gone_is_too_old() {
        let one = event(1, 0).queued_bytes() + OVERHEAD;
        let mut backlog = Backlog::new(BacklogLimits { bytes: 3 * one, age_ms: 1000 });
        backlog.keep_from(0);
        (1..=5).for_each(|seq| backlog.push(&event(seq, 0)));
        assert_eq!((since(&backlog, 1), since(&backlog, 2)), (None, Some(vec![3, 4, 5])));
        backlog.push(&event(6, 1001));
        assert_eq!((since(&backlog, 4), since(&backlog, 5)), (None, Some(vec![6])));
        assert_eq!(backlog.bytes, one);
    }
}
