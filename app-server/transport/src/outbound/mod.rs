//! What waits for a client: a queue bounded in bytes and age, which never makes the one who pushes wait.
//!
//! [`queue`] holds and merges, [`writer`] empties it into the peer.

mod queue;
#[cfg(test)]
pub(crate) mod samples;
mod writer;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use codex_app_server_protocol::Event;

pub(crate) use queue::{Entry, Queue, Taken, Weight};
pub(crate) use writer::{Framing, Writer};

/// Bounds of an outbound queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboundLimits {
    /// While more bytes wait, neighbouring text deltas of the same text are merged; 256 KiB by default.
    pub soft_bytes: usize,
    /// While as many bytes wait, [`Outbound::has_room`] is false; a websocket client for which an event arrives when events of
    /// as many bytes wait is closed. 8 MiB by default.
    pub hard_bytes: usize,
    /// A websocket client that has taken nothing for so long, while bytes wait, is closed; 60 s by default.
    pub max_age: Duration,
}

impl Default for OutboundLimits {
    fn default() -> Self {
        Self { soft_bytes: 256 << 10, hard_bytes: 8 << 20, max_age: Duration::from_secs(60) }
    }
}

/// What happens when a client does not take what waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    /// Its connection closes, with a reason.
    Close,
    /// Everything is kept; who produces a lot waits for [`Outbound::ready`].
    Wait,
}

/// Why a connection closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The peer went away, or cannot be written to.
    PeerGone,
    /// The peer did not take what waited for it.
    TooSlow {
        /// Bytes that waited.
        queued_bytes: usize,
    },
    /// The peer took nothing of what waited for it, for too long.
    Stalled {
        /// For how long.
        after: Duration,
        /// Bytes that waited.
        queued_bytes: usize,
    },
    /// The peer sent nothing for too long, and did not answer a ping either.
    Unresponsive {
        /// How long the ping was waited for.
        after: Duration,
    },
    /// The server ends; what waits is still written. On a websocket code 1001.
    GoingAway,
    /// Something else, said in a few words.
    Error(String),
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeerGone => f.write_str("the peer is gone"),
            Self::TooSlow { queued_bytes } => write!(f, "too slow: {queued_bytes} bytes were waiting"),
            Self::Stalled { after, queued_bytes } => {
                write!(f, "too slow: nothing was taken for {after:?} while {queued_bytes} bytes were waiting")
            }
            Self::Unresponsive { after } => write!(f, "no answer to a ping within {after:?}"),
            Self::GoingAway => f.write_str("the server is going away"),
            Self::Error(message) => f.write_str(message),
        }
    }
}

/// The sending side of a connection; clones share one queue.
#[derive(Clone)]
pub struct Outbound {
    handle: Arc<Handle>,
}

/// Closes the queue when nobody can push any more.
struct Handle(Arc<Queue>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.close(CloseReason::GoingAway);
    }
}

impl Outbound {
    pub(crate) fn new(limits: OutboundLimits, overflow: Overflow) -> (Self, Arc<Queue>) {
        let queue = Arc::new(Queue::new(limits, overflow));
        (Self { handle: Arc::new(Handle(Arc::clone(&queue))) }, queue)
    }

    fn queue(&self) -> &Queue {
        &self.handle.0
    }

    /// Queues an answer or a request of the server, as it stands on the wire, without a line end.
    ///
    /// It is never merged and never refused for its size: who takes requests bounds answers by waiting for
    /// [`Self::ready`] before taking more. Dropped when the connection is closed.
    pub fn push_line(&self, line: String) {
        self.queue().push_line(line);
    }

    /// Queues a notification.
    ///
    /// Above the soft bound a text delta is merged into the delta before it, if that is the one before it in the thread
    /// too. Above the hard bound a connection of [`Overflow::Close`] closes. Dropped when the connection is closed.
    pub fn push_event(&self, event: Arc<Event>) {
        self.queue().push_event(event);
    }

    /// From now on notifications that have a place in their thread carry it as `cursor`, beside `emittedAtMs`.
    pub fn write_cursors(&self) {
        self.queue().cursors.store(true, Ordering::Relaxed);
    }

    /// Whether fewer bytes wait than the hard bound.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.queue().has_room()
    }

    /// Waits until there is room or the connection is closed.
    pub async fn ready(&self) {
        self.queue().ready().await;
    }

    /// Waits until fewer bytes wait than the soft bound, or the connection is closed: for who produces as much as the client
    /// takes, so that room is left for all the rest, whatever [`Self::overflow`] says.
    pub async fn calm(&self) {
        self.queue().calm().await;
    }

    /// What happens when the client does not take what waits for it: whether producers are to wait for [`Self::ready`].
    #[must_use]
    pub fn overflow(&self) -> Overflow {
        self.queue().overflow
    }

    /// Closes the connection: nothing more is queued, its reader ends.
    ///
    /// With [`CloseReason::GoingAway`] what waits is still written, however long that takes; a second call with another
    /// reason gives that up. With any other reason what waits is dropped.
    pub fn close(&self, reason: CloseReason) {
        self.queue().close(reason);
    }

    /// Why the connection closed; `None` while it is open.
    #[must_use]
    pub fn closed(&self) -> Option<CloseReason> {
        self.queue().close_reason()
    }

    /// Waits until the connection is closed.
    pub async fn wait_closed(&self) {
        self.queue().closed.cancelled().await;
    }

    /// Waits until the writer has ended: what could be written is written, a websocket's socket is shut down.
    pub async fn finished(&self) {
        self.queue().finished.cancelled().await;
    }

    /// Bytes that wait, those being written included.
    #[must_use]
    pub fn queued_bytes(&self) -> usize {
        self.queue().queued_bytes()
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("queued_bytes", &self.queued_bytes()).field("closed", &self.closed()).finish()
    }
}
