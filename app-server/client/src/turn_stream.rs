//! One turn as a stream: its items, its texts, whatever names it, and its end.

use std::pin::Pin;
use std::task::{Context, Poll};

use codex_app_server_protocol::{ServerNotification, methods, v2};
use futures_util::Stream;
use tokio::sync::mpsc;

use crate::{Client, ClientError, Notice};

/// Events of one turn that may wait to be taken. Further ones are dropped and counted until there is room again, and
/// [`TurnEvent::Lagged`] stands in their place: a stream that nobody reads keeps nothing else waiting. How the turn ended
/// is always told, and the items of the ended turn are complete.
pub const TURN_LIMIT: usize = 8192;

/// Places for what is told in any case: how much was dropped, and the end.
const RESERVED: usize = 2;

/// Something of one turn.
#[derive(Clone, Debug)]
pub enum TurnEvent {
    /// An item began.
    ItemStarted(v2::ThreadItem),
    /// An item is final. It counts over all deltas.
    ItemCompleted(v2::ThreadItem),
    /// More text of an item.
    Delta(TextDelta),
    /// Anything else about the turn.
    Notice(Notice),
    /// Events were dropped here, as nobody took them; see [`TURN_LIMIT`].
    Lagged {
        /// How many.
        skipped: u64,
    },
    /// The connection broke; the client tries to get another one. The turn may go on meanwhile. Where nothing else says
    /// that it is so, what comes next is what was missed, from the place where this stands.
    Disconnected {
        /// What ended the connection.
        reason: String,
    },
    /// There is a connection again and the turn still runs: the turn with its items as they are now, in place of what was
    /// told so far. What follows goes on from there.
    Rejoined(v2::Turn),
    /// As [`Self::Rejoined`], from a server that tells more: items that have begun stand in the turn with what they have said so
    /// far, so that deltas go on from there too. What was missed is in there, as it was not kept to be told one by one.
    Snapshot(v2::Turn),
    /// The turn has ended, in one way or another; the last event.
    Completed(v2::Turn),
    /// Nothing more will be known of the turn; the last event.
    Lost {
        /// Why not.
        reason: String,
    },
}

/// A piece of a text that streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDelta {
    /// The notification's name, since one item streams several kinds of text.
    pub method: &'static str,
    /// The item.
    pub item_id: String,
    /// Which part of the item; 0 where there are no parts.
    pub index: i64,
    /// The piece.
    pub text: String,
}

impl TurnEvent {
    /// The event that a notification of a turn is.
    pub(crate) fn of(notice: Notice) -> Self {
        match notice.body() {
            Some(ServerNotification::ItemStarted(started)) => Self::ItemStarted(started.item.clone()),
            Some(ServerNotification::ItemCompleted(completed)) => Self::ItemCompleted(completed.item.clone()),
            Some(ServerNotification::TurnCompleted(completed)) => Self::Completed(completed.turn.clone()),
            Some(body) => match body.text_delta() {
                Some((key, text)) => Self::Delta(TextDelta {
                    method: key.method,
                    item_id: key.item_id.to_owned(),
                    index: key.index,
                    text: text.to_owned(),
                }),
                None => Self::Notice(notice),
            },
            None => Self::Notice(notice),
        }
    }

    pub(crate) fn is_last(&self) -> bool {
        matches!(self, Self::Completed(_) | Self::Lost { .. })
    }
}

/// What waits in a stream.
#[derive(Debug)]
pub(crate) enum Queued {
    /// A notification that is told nowhere else; it is one still, for the case that nobody takes the stream.
    Notice(Notice),
    /// Anything else.
    Event(Box<TurnEvent>),
}

impl Queued {
    fn is_last(&self) -> bool {
        match self {
            Self::Notice(notice) => notice.ends_turn(),
            Self::Event(event) => event.is_last(),
        }
    }
}

impl From<TurnEvent> for Queued {
    fn from(event: TurnEvent) -> Self {
        Self::Event(Box::new(event))
    }
}

impl From<Queued> for TurnEvent {
    fn from(queued: Queued) -> Self {
        match queued {
            Queued::Notice(notice) => Self::of(notice),
            Queued::Event(event) => *event,
        }
    }
}

/// Where the events of a turn are put.
#[derive(Debug)]
pub(crate) struct TurnSink {
    thread: String,
    /// The number of the start that it is for.
    start: u64,
    events: mpsc::Sender<Queued>,
    skipped: u64,
}

/// A sink and what comes out of it.
pub(crate) fn channel(thread: String, start: u64) -> (TurnSink, mpsc::Receiver<Queued>) {
    let (events, receiver) = mpsc::channel(TURN_LIMIT + RESERVED);
    (TurnSink { thread, start, events, skipped: 0 }, receiver)
}

impl TurnSink {
    pub(crate) fn thread_id(&self) -> &str {
        &self.thread
    }

    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.events.is_closed()
    }

    /// Counts events that were dropped on their way here.
    pub(crate) fn skip(&mut self, skipped: u64) {
        self.skipped += skipped;
    }

    /// Puts an event in, or counts it when there is no room.
    pub(crate) fn push(&mut self, event: impl Into<Queued>) {
        let event = event.into();
        let needed = 1 + usize::from(self.skipped > 0);
        if !event.is_last() && self.events.capacity() < needed + RESERVED {
            self.skipped += 1;
            return;
        }
        if self.skipped > 0 {
            // Fails when nobody reads any more, as does the next one.
            let lagged = TurnEvent::Lagged { skipped: std::mem::take(&mut self.skipped) };
            let _ = self.events.try_send(lagged.into());
        }
        let _ = self.events.try_send(event);
    }
}

/// A turn that the client has started, event by event, up to [`TurnEvent::Completed`] or [`TurnEvent::Lost`].
///
/// **Dropping it before the end interrupts the turn**, unless [`Self::keep_running`] was called; a client that is about to
/// reconnect asks for that on the next connection. What it yields comes nowhere else; after it was dropped the rest of the
/// turn comes with all other updates.
#[derive(Debug)]
pub struct TurnStream {
    client: Client,
    thread: String,
    turn: v2::Turn,
    events: mpsc::Receiver<Queued>,
    ended: bool,
    interrupts: bool,
}

impl TurnStream {
    pub(crate) fn new(client: Client, thread: String, turn: v2::Turn, events: mpsc::Receiver<Queued>) -> Self {
        Self { client, thread, turn, events, ended: false, interrupts: true }
    }

    /// The thread of the turn.
    #[must_use]
    pub fn thread_id(&self) -> &str {
        &self.thread
    }

    /// The turn.
    #[must_use]
    pub fn turn_id(&self) -> &str {
        &self.turn.id
    }

    /// Lets the turn run on when this is dropped.
    #[must_use]
    pub fn keep_running(mut self) -> Self {
        self.interrupts = false;
        self
    }

    /// The next event; `None` behind the last one. A future that is dropped before it is ready loses nothing.
    pub async fn next(&mut self) -> Option<TurnEvent> {
        let queued = self.events.recv().await;
        self.seen(queued)
    }

    fn seen(&mut self, queued: Option<Queued>) -> Option<TurnEvent> {
        let event = queued.map(TurnEvent::from);
        self.ended |= event.as_ref().is_none_or(TurnEvent::is_last);
        event
    }

    /// Asks the server to interrupt the turn. The stream goes on to its end.
    ///
    /// # Errors
    /// [`ClientError`], also when the turn has ended already.
    pub async fn interrupt(&self) -> Result<(), ClientError> {
        let params = v2::TurnInterruptParams { thread_id: self.thread.clone(), turn_id: self.turn.id.clone() };
        self.client.call::<methods::TurnInterrupt>(params).await?;
        Ok(())
    }

    /// Interrupts the turn and waits for its end, which it returns; what comes before it is passed over. Where there is no
    /// connection, or it breaks meanwhile, a client that reconnects asks on the next one.
    ///
    /// # Errors
    /// [`ClientError`] when nothing is known of the end.
    pub async fn cancel(mut self) -> Result<v2::Turn, ClientError> {
        self.client.shared.router.interrupt(&self.thread, &self.turn.id);
        let asked = self.interrupt().await;
        loop {
            match self.next().await {
                Some(TurnEvent::Completed(turn)) => return Ok(turn),
                // One that ended by itself cannot be interrupted, and then its end waits here.
                Some(_) => {}
                None => {
                    asked?;
                    return Err(ClientError::Closed {
                        reason: "nothing is known of the turn".to_owned(),
                        unsent: false,
                    });
                }
            }
        }
    }

    /// Waits for the end and returns it; what comes before it is passed over.
    ///
    /// # Errors
    /// [`ClientError::Closed`] when nothing is known of the end.
    pub async fn completed(mut self) -> Result<v2::Turn, ClientError> {
        let mut last = "the stream was read to its end".to_owned();
        while let Some(event) = self.next().await {
            match event {
                TurnEvent::Completed(turn) => return Ok(turn),
                TurnEvent::Lost { reason } => last = reason,
                _ => {}
            }
        }
        Err(ClientError::Closed { reason: last, unsent: false })
    }
}

impl Stream for TurnStream {
    type Item = TurnEvent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<TurnEvent>> {
        let queued = std::task::ready!(self.events.poll_recv(context));
        Poll::Ready(self.seen(queued))
    }
}

impl Drop for TurnStream {
    fn drop(&mut self) {
        self.events.close();
        if self.client.forget_turn(&self.turn.id) && self.interrupts && !self.ended {
            self.client.post_interrupt(&self.thread, &self.turn.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delta(text: &str) -> TurnEvent {
        TurnEvent::Delta(TextDelta { method: "m", item_id: "i".to_owned(), index: 0, text: text.to_owned() })
    }

    #[tokio::test]
    async fn a_stream_that_nobody_reads_loses_events_but_neither_their_number_nor_its_end() {
        let (mut sink, mut events) = channel("t".to_owned(), 1);
        for number in 0..TURN_LIMIT + 5 {
            sink.push(delta(&number.to_string()));
        }
        let lost = || TurnEvent::Lost { reason: "over".to_owned() };
        for _ in 0..3 {
            events.recv().await.unwrap();
        }
        sink.push(delta("after"));
        for _ in 0..10 {
            sink.push(delta("too many"));
        }
        sink.push(lost());
        let mut kept = Vec::new();
        while let Ok(queued) = events.try_recv() {
            kept.push(TurnEvent::from(queued));
        }
        let numbers = |event: &TurnEvent| match event {
            TurnEvent::Delta(delta) => delta.text.clone(),
            TurnEvent::Lagged { skipped } => format!("lagged {skipped}"),
            TurnEvent::Lost { .. } => "lost".to_owned(),
            other => panic!("{other:?}"),
        };
        let tail: Vec<String> = kept[kept.len() - 6..].iter().map(numbers).collect();
        assert_eq!(tail[0], (TURN_LIMIT - 1).to_string());
        assert_eq!(tail[1..], ["lagged 5", "after", "too many", "lagged 9", "lost"]);
    }
}
