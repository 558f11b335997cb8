//! A connection to a client within the process: notifications arrive typed, no JSON is made of them.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use codex_app_server_protocol::Event;
use tokio::sync::mpsc;

use crate::inbound::Source;
use crate::outbound::{Entry, Queue, Taken, Weight};
use crate::{
    CloseReason, Connection, ConnectionId, ConnectionKind, InboundReader, Outbound, Overflow, TransportSettings,
};

/// How many messages of the client wait for the server before the client waits.
const INBOUND_MESSAGES: usize = 64;

/// What a client within the process gets.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// An answer or a request of the server, as it would stand on the wire.
    Line(String),
    /// A notification.
    Event(Arc<Event>),
}

/// The client's end of an in-process connection. Dropping it (its receiver, when split) closes the connection.
#[derive(Debug)]
pub struct InProcessPeer {
    sender: InProcessSender,
    receiver: InProcessReceiver,
}

/// Sends to the server; when the last clone is dropped, the server sees the end of the input.
#[derive(Clone, Debug)]
pub struct InProcessSender {
    lines: mpsc::Sender<String>,
}

/// Receives from the server.
pub struct InProcessReceiver {
    queue: Arc<Queue>,
    batch: VecDeque<Entry>,
    taken: Vec<Entry>,
    held: Weight,
}

/// Makes a connection and the client's end of it. What waits for the client is kept ([`Overflow::Wait`]).
#[must_use]
pub fn in_process(settings: TransportSettings) -> (Connection, InProcessPeer) {
    let (outbound, queue) = Outbound::new(settings.outbound, Overflow::Wait);
    let (sender, lines) = mpsc::channel(INBOUND_MESSAGES);
    let source = Source::Channel { lines, limit: settings.max_line_bytes };
    let connection = Connection {
        id: ConnectionId::next(),
        kind: ConnectionKind::InProcess,
        inbound: InboundReader::new(source, Arc::clone(&queue)),
        outbound,
    };
    let receiver = InProcessReceiver { queue, batch: VecDeque::new(), taken: Vec::new(), held: Weight::default() };
    (connection, InProcessPeer { sender: InProcessSender { lines: sender }, receiver })
}

impl InProcessPeer {
    /// As [`InProcessSender::send`].
    pub async fn send(&self, line: String) -> bool {
        self.sender.send(line).await
    }

    /// As [`InProcessReceiver::recv`].
    pub async fn recv(&mut self) -> Option<Outgoing> {
        self.receiver.recv().await
    }

    /// The two directions, for two tasks.
    #[must_use]
    pub fn split(self) -> (InProcessSender, InProcessReceiver) {
        (self.sender, self.receiver)
    }
}

impl InProcessSender {
    /// Sends one message, waiting while the server has many to read; `false` when the server does not read any more.
    pub async fn send(&self, line: String) -> bool {
        self.lines.send(line).await.is_ok()
    }
}

impl InProcessReceiver {
    /// The next message; `None` when the connection is closed and nothing is left. May be cancelled without loss.
    pub async fn recv(&mut self) -> Option<Outgoing> {
        loop {
            self.queue.release(std::mem::take(&mut self.held));
            if self.queue.aborted.is_cancelled() {
                self.batch.clear();
            }
            if let Some(entry) = self.batch.pop_front() {
                self.held = entry.weight();
                match entry {
                    Entry::Line(line) => return Some(Outgoing::Line(line)),
                    Entry::Event(event, _) => return Some(Outgoing::Event(event)),
                    Entry::Deltas(deltas) => return Some(Outgoing::Event(Arc::new(deltas.into_event()))),
                    Entry::Control(_) => continue,
                }
            }
            match self.queue.take(&mut self.taken) {
                Taken::Some => self.batch.extend(self.taken.drain(..)),
                Taken::Nothing => self.queue.woken().await,
                Taken::Closed => {
                    self.queue.finished.cancel();
                    return None;
                }
            }
        }
    }
}

impl Drop for InProcessReceiver {
    fn drop(&mut self) {
        self.queue.close(CloseReason::PeerGone);
        self.queue.finished.cancel();
    }
}

impl fmt::Debug for InProcessReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcessReceiver").field("closed", &self.queue.close_reason()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::FutureExt;

    use super::*;
    use crate::outbound::samples::{delta, warning};
    use crate::{DropReason, InboundLine, OutboundLimits};

    #[tokio::test]
    async fn messages_go_both_ways_and_events_stay_typed() {
        let settings = TransportSettings { max_line_bytes: 5, ..TransportSettings::default() };
        let (mut connection, mut peer) = in_process(settings);
        assert!(peer.send("hello".to_owned()).await);
        assert!(peer.send("too long".to_owned()).await);
        assert_eq!(connection.inbound.next().await, Some(InboundLine::Line(Bytes::from_static(b"hello"))));
        let reason = DropReason::TooLong { bytes: 8, limit: 5 };
        assert_eq!(connection.inbound.next().await, Some(InboundLine::Dropped { reason }));
        let event = warning("t", 1, "w");
        connection.outbound.push_line("answer".to_owned());
        connection.outbound.push_event(Arc::clone(&event));
        assert!(matches!(peer.recv().await, Some(Outgoing::Line(line)) if line == "answer"));
        assert!(matches!(peer.recv().await, Some(Outgoing::Event(got)) if Arc::ptr_eq(&got, &event)));
        assert!(peer.recv().now_or_never().is_none());
        assert_eq!(connection.outbound.queued_bytes(), 0);
    }

    #[tokio::test]
    async fn deltas_are_merged_for_a_client_that_does_not_receive() {
        let outbound = OutboundLimits { soft_bytes: 0, ..OutboundLimits::default() };
        let (connection, mut peer) = in_process(TransportSettings { outbound, ..TransportSettings::default() });
        for (seq, text) in ["a", "b", "c"].into_iter().enumerate() {
            connection.outbound.push_event(delta("t", seq as u64 + 1, "i", text));
        }
        let Some(Outgoing::Event(event)) = peer.recv().await else { panic!("no event") };
        assert_eq!(event.body.text_delta().unwrap().1, "abc");
        assert!(peer.recv().now_or_never().is_none());
    }

    #[tokio::test]
    async fn a_client_gets_what_waited_when_the_server_goes() {
        let (connection, mut peer) = in_process(TransportSettings::default());
        connection.outbound.push_line("last".to_owned());
        let outbound = connection.outbound.clone();
        outbound.close(CloseReason::GoingAway);
        drop(connection);
        assert!(matches!(peer.recv().await, Some(Outgoing::Line(line)) if line == "last"));
        assert!(peer.recv().await.is_none());
        assert!(!peer.send("x".to_owned()).await);
        outbound.finished().await;
    }

    #[tokio::test]
    async fn a_client_that_is_dropped_closes_the_connection() {
        let (mut connection, peer) = in_process(TransportSettings::default());
        drop(peer);
        assert_eq!(connection.outbound.closed(), Some(CloseReason::PeerGone));
        assert_eq!(connection.inbound.next().await, None);
    }

    #[tokio::test]
    async fn an_abort_drops_what_the_client_has_not_received() {
        let (connection, mut peer) = in_process(TransportSettings::default());
        connection.outbound.push_line("one".to_owned());
        connection.outbound.push_line("two".to_owned());
        assert!(matches!(peer.recv().await, Some(Outgoing::Line(line)) if line == "one"));
        connection.outbound.close(CloseReason::Error("over".to_owned()));
        assert!(peer.recv().await.is_none());
    }
}
