//! The queue behind an [`crate::Outbound`]: order, weights, merging, closing.
//!
//! What must hold: entries leave in the order in which they were pushed; the concatenation of the deltas of one text is
//! never changed by merging; the lock is held for a push or a swap, never for I/O, encoding or dropping a queue.

use std::mem;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::Event;
use codex_utils_metrics::{CLIENTS_TOO_SLOW, EVENTS_DELIVERED, QUEUED_BYTES};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{CloseReason, OutboundLimits, Overflow};

/// The longest text that merging makes: long enough to save the envelopes, short enough for readers with small buffers.
const MERGED_TEXT_BYTES: usize = 16 << 10;

/// Something on its way to the peer.
pub(crate) enum Entry {
    /// A message, without a line end.
    Line(String),
    /// Bytes that the framing itself sends, such as a pong; never inside a message.
    Control(Vec<u8>),
    /// A notification, and what it weighs.
    Event(Arc<Event>, usize),
    /// Neighbouring text deltas in one.
    Deltas(Box<Deltas>),
}

/// Text deltas that follow each other in their thread.
pub(crate) struct Deltas {
    last: Arc<Event>,
    text: String,
    bytes: usize,
}

impl Deltas {
    /// One delta with all the text, at the place of the last one in the thread.
    pub(crate) fn into_event(self) -> Event {
        let Self { last, text, .. } = self;
        Event::new(last.thread.clone(), last.seq, last.emitted_at_ms, last.body.with_text(text))
    }
}

/// Bytes that wait, by what may be done about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// Answers and requests of the server.
    pub(crate) lines: usize,
    /// What a client gets unasked.
    pub(crate) events: usize,
}

impl Weight {
    fn total(self) -> usize {
        self.lines + self.events
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.events += other.events;
    }

    fn subtract(&mut self, other: Self) {
        self.lines = self.lines.saturating_sub(other.lines);
        self.events = self.events.saturating_sub(other.events);
    }
}

impl Entry {
    pub(crate) fn weight(&self) -> Weight {
        match self {
            Self::Line(line) => Weight { lines: line.len(), events: 0 },
            Self::Control(bytes) => Weight { lines: 0, events: bytes.len() },
            Self::Event(_, bytes) => Weight { lines: 0, events: *bytes },
            Self::Deltas(deltas) => Weight { lines: 0, events: deltas.bytes },
        }
    }

    /// Takes in `event` if both are deltas of one text with nothing between them in their thread; says how many bytes it grew.
    fn merge(&mut self, event: &Arc<Event>) -> Option<usize> {
        match self {
            Self::Event(last, bytes) => {
                let (text, more) = neighbours(last, event)?;
                if text.len() + more.len() > MERGED_TEXT_BYTES {
                    return None;
                }
                let text = [text, more].concat();
                let bytes = *bytes + more.len();
                *self = Self::Deltas(Box::new(Deltas { last: Arc::clone(event), text, bytes }));
                Some(more.len())
            }
            Self::Deltas(deltas) => {
                let (_, more) = neighbours(&deltas.last, event)?;
                if deltas.text.len() + more.len() > MERGED_TEXT_BYTES {
                    return None;
                }
                deltas.text.push_str(more);
                deltas.bytes += more.len();
                deltas.last = Arc::clone(event);
                Some(more.len())
            }
            Self::Line(_) | Self::Control(_) => None,
        }
    }
}

/// The texts of two deltas of one text that follow each other in their thread.
///
/// The numbers, not the places in a queue, say that they do: what stood between them may have been kept from this client,
/// such as the end of a turn whose successor uses the same item id again.
fn neighbours<'a, 'b>(last: &'a Event, event: &'b Event) -> Option<(&'a str, &'b str)> {
    if last.seq.checked_add(1) != Some(event.seq) || last.thread != event.thread {
        return None;
    }
    let (last_key, last_text) = last.body.text_delta()?;
    let (key, text) = event.body.text_delta()?;
    (last_key == key).then_some((last_text, text))
}

/// What the writer finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Entries are in the batch.
    Some,
    /// Nothing waits; [`Queue::woken`] tells when to look again.
    Nothing,
    /// Nothing waits and nothing will come.
    Closed,
}

pub(crate) struct Queue {
    pub(crate) limits: OutboundLimits,
    pub(crate) overflow: Overflow,
    /// Whether the client notes the places of notifications in their thread.
    pub(crate) cursors: AtomicBool,
    state: Mutex<State>,
    wake: Notify,
    room: Notify,
    /// Nothing more is taken in.
    pub(crate) closed: CancellationToken,
    /// What waits is not to be written any more.
    pub(crate) aborted: CancellationToken,
    /// The writer has ended.
    pub(crate) finished: CancellationToken,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    /// Of the entries and of those that the writer holds.
    weight: Weight,
    writer_sleeps: bool,
    closed: Option<CloseReason>,
    aborted: bool,
}

impl State {
    /// Every change of the weight goes through here, so that the process's sum is that of its queues.
    fn set_weight(&mut self, change: impl FnOnce(&mut Weight)) {
        let before = self.weight.total();
        change(&mut self.weight);
        // Both are sizes of things in memory.
        QUEUED_BYTES.add(self.weight.total() as i64 - before as i64);
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.set_weight(|weight| *weight = Weight::default());
    }
}

impl Queue {
    pub(crate) fn new(limits: OutboundLimits, overflow: Overflow) -> Self {
        Self {
            limits,
            overflow,
            cursors: AtomicBool::new(false),
            state: Mutex::default(),
            wake: Notify::new(),
            room: Notify::new(),
            closed: CancellationToken::new(),
            aborted: CancellationToken::new(),
            finished: CancellationToken::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push_line(&self, line: String) {
        self.push(Entry::Line(line), self.lock());
    }

    pub(crate) fn push_event(&self, event: Arc<Event>) {
        let mut state = self.lock();
        if self.too_slow(&state) {
            return self.close_too_slow(state);
        }
        EVENTS_DELIVERED.inc();
        if state.weight.total() > self.limits.soft_bytes
            && let Some(grown) = state.entries.last_mut().and_then(|last| last.merge(&event))
        {
            state.set_weight(|weight| weight.events += grown);
            return;
        }
        let bytes = event.queued_bytes();
        self.push(Entry::Event(event, bytes), state);
    }

    pub(crate) fn push_control(&self, bytes: Vec<u8>) {
        let state = self.lock();
        if self.too_slow(&state) {
            return self.close_too_slow(state);
        }
        self.push(Entry::Control(bytes), state);
    }

    fn push(&self, entry: Entry, mut state: MutexGuard<'_, State>) {
        if state.closed.is_some() {
            return;
        }
        state.set_weight(|weight| weight.add(entry.weight()));
        state.entries.push(entry);
        let wake = mem::take(&mut state.writer_sleeps);
        drop(state);
        if wake {
            self.wake.notify_one();
        }
    }

    /// Answers do not count: a client that reads a huge one is not slow.
    fn too_slow(&self, state: &State) -> bool {
        self.overflow == Overflow::Close && state.weight.events >= self.limits.hard_bytes
    }

    fn close_too_slow(&self, state: MutexGuard<'_, State>) {
        let queued_bytes = state.weight.total();
        drop(state);
        self.close(CloseReason::TooSlow { queued_bytes });
    }

    pub(crate) fn queued_bytes(&self) -> usize {
        self.lock().weight.total()
    }

    pub(crate) fn has_room(&self) -> bool {
        self.queued_bytes() < self.limits.hard_bytes
    }

    pub(crate) async fn ready(&self) {
        self.below(self.limits.hard_bytes).await;
    }

    pub(crate) async fn calm(&self) {
        self.below(self.calm_bytes()).await;
    }

    /// The soft bound where it is one: 0 means that nothing waits, and the hard bound holds in any case.
    fn calm_bytes(&self) -> usize {
        self.limits.soft_bytes.max(1).min(self.limits.hard_bytes)
    }

    /// Waits until fewer bytes wait than one of the bounds, or the queue is closed.
    async fn below(&self, bound: usize) {
        loop {
            let mut room = std::pin::pin!(self.room.notified());
            room.as_mut().enable();
            if self.queued_bytes() < bound || self.closed.is_cancelled() {
                return;
            }
            room.await;
        }
    }

    pub(crate) fn close_reason(&self) -> Option<CloseReason> {
        self.lock().closed.clone()
    }

    pub(crate) fn close(&self, reason: CloseReason) {
        let mut state = self.lock();
        let aborts = reason != CloseReason::GoingAway && !state.aborted;
        if state.closed.is_some() && !aborts {
            return;
        }
        if state.closed.is_none() && matches!(reason, CloseReason::TooSlow { .. } | CloseReason::Stalled { .. }) {
            CLIENTS_TOO_SLOW.inc();
        }
        state.closed.get_or_insert(reason);
        let mut dropped = Vec::new();
        if aborts {
            state.aborted = true;
            state.set_weight(|weight| *weight = Weight::default());
            mem::swap(&mut dropped, &mut state.entries);
        }
        state.writer_sleeps = false;
        drop(state);
        self.closed.cancel();
        if aborts {
            self.aborted.cancel();
        }
        self.room.notify_waiters();
        self.wake.notify_one();
    }

    /// Everything that waits goes into `batch`, which must be empty; it still weighs until [`Self::release`].
    pub(crate) fn take(&self, batch: &mut Vec<Entry>) -> Taken {
        let mut state = self.lock();
        if !state.entries.is_empty() {
            mem::swap(batch, &mut state.entries);
            return Taken::Some;
        }
        if state.closed.is_some() {
            return Taken::Closed;
        }
        state.writer_sleeps = true;
        Taken::Nothing
    }

    /// Waits until something was pushed, or the queue closed, since [`Taken::Nothing`].
    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// So much has reached the peer.
    pub(crate) fn release(&self, weight: Weight) {
        let mut state = self.lock();
        let before = state.weight.total();
        state.set_weight(|held| held.subtract(weight));
        let after = state.weight.total();
        drop(state);
        if [self.calm_bytes(), self.limits.hard_bytes].iter().any(|bound| before >= *bound && after < *bound) {
            self.room.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
