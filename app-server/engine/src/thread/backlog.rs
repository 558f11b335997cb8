//! What a thread has told lately, for clients that come back and ask for what they missed.
//!
//! It is kept from the first subscriber on that notes where it stands, until none has been there for as long as events are
//! kept. What must hold: it holds every event after its start,
//! without a gap, within its bounds; a place that it cannot answer for is said to be too old.

use std::collections::VecDeque;
use std::sync::Arc;

use codex_app_server_protocol::Event;
use codex_config_loader::Limits;

/// How much of a thread's events is kept for those who come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BacklogLimits {
    /// Bytes of memory.
    pub(crate) bytes: usize,
    /// Milliseconds.
    pub(crate) age_ms: i64,
}

impl BacklogLimits {
    /// As our own settings say.
    pub(crate) fn of(limits: &Limits) -> Self {
        let age_ms = i64::try_from(limits.replay_max_age.as_millis()).unwrap_or(i64::MAX);
        // More would not fit into the queue of the client that comes back.
        Self { bytes: limits.replay_bytes.min(limits.outbound_hard_bytes), age_ms }
    }
}

/// What an event takes in memory: itself, its text, and its line, which is about as long.
fn weight(event: &Event) -> usize {
    size_of::<Event>() + 2 * event.queued_bytes()
}

/// The latest events of a thread.
#[derive(Debug)]
pub(crate) struct Backlog {
    limits: BacklogLimits,
    /// Events with a greater number are kept; `None` while nothing is.
    start: Option<u64>,
    events: VecDeque<(Arc<Event>, usize)>,
    bytes: usize,
    /// Since when nobody notes places, in milliseconds since the Unix epoch; `None` while someone does.
    unwanted_since: Option<i64>,
}

impl Backlog {
    pub(crate) fn new(limits: BacklogLimits) -> Self {
        Self { limits, start: None, events: VecDeque::new(), bytes: 0, unwanted_since: None }
    }

    pub(crate) fn limits(&self) -> BacklogLimits {
        self.limits
    }

    /// One that keeps what comes after this number, if this one keeps anything.
    pub(crate) fn succeed(&self, seq: u64) -> Self {
        let start = self.start.and(Some(seq));
        Self { start, unwanted_since: self.unwanted_since, ..Self::new(self.limits) }
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.start.is_some()
    }

    /// Keeps what comes after this number, unless that is done already.
    pub(crate) fn keep_from(&mut self, seq: u64) {
        self.start.get_or_insert(seq);
        self.unwanted_since = None;
    }

    /// Nobody notes places from now on.
    pub(crate) fn unwanted(&mut self, now_ms: i64) {
        self.unwanted_since.get_or_insert(now_ms);
    }

    pub(crate) fn push(&mut self, event: &Arc<Event>) {
        self.forget_old(event.emitted_at_ms);
        if self.start.is_none() {
            return;
        }
        let bytes = weight(event);
        self.bytes += bytes;
        self.events.push_back((Arc::clone(event), bytes));
        while self.bytes > self.limits.bytes && self.forget_first() {}
    }

    /// Forgets what is too old.
    fn forget_old(&mut self, now_ms: i64) {
        let oldest = now_ms - self.limits.age_ms;
        if self.unwanted_since.is_some_and(|since| since < oldest) {
            *self = Self::new(self.limits);
        }
        while self.events.front().is_some_and(|(event, _)| event.emitted_at_ms < oldest) && self.forget_first() {}
    }

    fn forget_first(&mut self) -> bool {
        let Some((event, bytes)) = self.events.pop_front() else { return false };
        self.start = Some(event.seq);
        self.bytes -= bytes;
        true
    }

    /// What came after a number; `None` when it is not known any more, or never was.
    pub(crate) fn since(&mut self, seq: u64, now_ms: i64) -> Option<impl ExactSizeIterator<Item = &Arc<Event>>> {
        self.forget_old(now_ms);
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

    fn since(backlog: &mut Backlog, seq: u64) -> Option<Vec<u64>> {
        backlog.since(seq, 0).map(|events| events.map(|event| event.seq).collect())
    }

    #[test]
    fn a_place_within_is_answered_and_every_other_is_not() {
        let mut backlog = Backlog::new(BacklogLimits { bytes: 1 << 20, age_ms: 1000 });
        backlog.push(&event(4, 0));
        assert_eq!(since(&mut backlog, 4), None, "nothing is kept yet");
        backlog.keep_from(4);
        assert_eq!(since(&mut backlog, 4), Some(vec![]));
        backlog.push(&event(5, 0));
        backlog.push(&event(6, 0));
        backlog.keep_from(6);
        assert_eq!(since(&mut backlog, 3), None);
        assert_eq!(since(&mut backlog, 4), Some(vec![5, 6]));
        assert_eq!(since(&mut backlog, 5), Some(vec![6]));
        assert_eq!(since(&mut backlog, 6), Some(vec![]));
        assert_eq!(since(&mut backlog, 7), None, "it was never told");
    }

    #[test]
    fn bytes_and_age_are_bounded_and_what_is_gone_is_too_old() {
        let one = weight(&event(1, 0));
        let mut backlog = Backlog::new(BacklogLimits { bytes: 3 * one, age_ms: 1000 });
        backlog.keep_from(0);
        (1..=5).for_each(|seq| backlog.push(&event(seq, 0)));
        assert_eq!((since(&mut backlog, 1), since(&mut backlog, 2)), (None, Some(vec![3, 4, 5])));
        backlog.push(&event(6, 1001));
        assert_eq!((since(&mut backlog, 4), since(&mut backlog, 5)), (None, Some(vec![6])));
        assert_eq!(backlog.bytes, one);
    }

    #[test]
    fn what_is_too_old_is_not_told_even_if_nothing_came_since() {
        let mut backlog = Backlog::new(BacklogLimits { bytes: 1 << 20, age_ms: 1000 });
        backlog.keep_from(0);
        backlog.push(&event(1, 0));
        backlog.push(&event(2, 500));
        assert!(backlog.since(0, 1000).is_some());
        assert!(backlog.since(0, 1001).is_none());
        assert_eq!(backlog.since(1, 1001).unwrap().len(), 1);
        assert_eq!(backlog.since(2, 9000).unwrap().len(), 0, "nothing was missed");
    }

    #[test]
    fn nothing_is_kept_any_more_when_nobody_has_wanted_it_for_long() {
        let mut backlog = Backlog::new(BacklogLimits { bytes: 1 << 20, age_ms: 1000 });
        backlog.keep_from(0);
        backlog.unwanted(0);
        backlog.push(&event(1, 1000));
        assert!(backlog.is_kept());
        backlog.keep_from(1);
        backlog.push(&event(2, 1001));
        assert_eq!(backlog.since(0, 1001).unwrap().len(), 2, "someone came back in time");
        backlog.unwanted(1001);
        backlog.push(&event(3, 2002));
        assert!(!backlog.is_kept() && backlog.since(2, 2002).is_none());
    }
}
