//! What a client is told without having asked: notifications, and what becomes of its connection, in their order.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use codex_app_server_protocol::v1::InitializeResponse;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::{ClientError, Notice, Rejoined};

/// What may wait to be taken. When so much waits the client reads no further, answers included, until something is taken,
/// the receiver is dropped or [`NOTICE_PATIENCE`] is over.
pub const NOTICE_LIMIT: usize = 65_536;

/// How long the client waits for a receiver that is full. After that what comes for it is dropped and counted until it has
/// room again, so that one reader that sleeps does not keep calls and turns from going on.
pub const NOTICE_PATIENCE: Duration = Duration::from_secs(30);

/// One thing that a client is told.
#[derive(Debug)]
pub enum Update {
    /// A notification of the server that belongs to no [`crate::TurnStream`].
    Notice(Notice),
    /// Something happened to the connection.
    Link(LinkEvent),
}

/// What happened to the connection of a client that reconnects.
#[derive(Debug)]
pub enum LinkEvent {
    /// The connection broke. Calls that were open end with [`ClientError::Closed`], but for those with a key.
    Disconnected {
        /// What ended it.
        reason: String,
    },
    /// Another try comes after a pause.
    Reconnecting {
        /// Counts the tries since the client was last back in its threads and stayed there, from 1.
        attempt: u32,
        /// How long the pause is.
        after: Duration,
    },
    /// There is a connection again, initialized as the first one. What the server told on it comes behind this.
    Reconnected {
        /// What the server said about itself; it may be another one.
        server: Box<InitializeResponse>,
        /// The threads that the client was subscribed to and what became of each. Those that are left when this connection
        /// breaks on the way are seen to on the next one.
        threads: Vec<LeftThread>,
    },
    /// There will be no connection any more.
    GaveUp {
        /// Why not.
        reason: String,
    },
}

/// A thread that the client was subscribed to when its connection broke.
#[derive(Debug)]
pub struct LeftThread {
    /// The thread.
    pub thread_id: String,
    /// How the client got back into it, or why it did not.
    pub outcome: Result<Rejoined, ClientError>,
}

/// What a client is told, see [`Update`].
///
/// Whoever does not want it drops it; whoever keeps it must go on taking, see [`NOTICE_LIMIT`].
#[derive(Debug)]
pub struct Updates {
    queue: mpsc::Receiver<Update>,
    skipped: Arc<AtomicU64>,
}

impl Updates {
    /// The next one; `None` once the connection is over for good and all are taken.
    ///
    /// A future that is dropped before it is ready loses nothing.
    pub async fn next(&mut self) -> Option<Update> {
        self.queue.recv().await
    }

    /// The next one if it has come already.
    pub fn try_next(&mut self) -> Option<Update> {
        self.queue.try_recv().ok()
    }

    /// How many have come and wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// How many were dropped, as nobody took any for longer than [`NOTICE_PATIENCE`], or as more than [`NOTICE_LIMIT`] came
    /// before the client was back in its threads.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }
}

/// The notifications of a client with one connection.
///
/// Whoever does not want them drops this; whoever keeps it must go on taking them, see [`NOTICE_LIMIT`].
#[derive(Debug)]
pub struct Notifications(Updates);

impl Notifications {
    pub(crate) fn new(updates: Updates) -> Self {
        Self(updates)
    }

    /// The next notification; `None` once the connection is over and all are taken.
    ///
    /// A future that is dropped before it is ready loses nothing.
    pub async fn next(&mut self) -> Option<Notice> {
        loop {
            if let Update::Notice(notice) = self.0.next().await? {
                return Some(notice);
            }
        }
    }

    /// The next notification if one has come already.
    pub fn try_next(&mut self) -> Option<Notice> {
        loop {
            if let Update::Notice(notice) = self.0.try_next()? {
                return Some(notice);
            }
        }
    }

    /// How many have come and wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.waiting()
    }

    /// As [`Updates::skipped`].
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.0.skipped()
    }
}

/// The end of the queue that is filled.
#[derive(Clone, Debug)]
pub(crate) struct UpdateSender {
    queue: mpsc::Sender<Update>,
    skipped: Arc<AtomicU64>,
    /// Set once the client wants to end: what nobody takes must not keep it.
    closing: watch::Receiver<bool>,
    /// The patience with the reader is over until it has made room.
    impatient: bool,
}

/// A queue for updates; waiting for it ends when `closing` says so.
pub(crate) fn channel(closing: watch::Receiver<bool>) -> (UpdateSender, Updates) {
    let (sender, queue) = mpsc::channel(NOTICE_LIMIT);
    let skipped = Arc::<AtomicU64>::default();
    let sender = UpdateSender { queue: sender, skipped: Arc::clone(&skipped), closing, impatient: false };
    (sender, Updates { queue, skipped })
}

impl UpdateSender {
    /// Queues it, waiting for room as long as the patience lasts.
    pub(crate) async fn tell(&mut self, update: Update) {
        let update = match self.queue.try_send(update) {
            Ok(()) => {
                self.impatient = false;
                return;
            }
            // Nobody wants updates.
            Err(mpsc::error::TrySendError::Closed(_)) => return,
            Err(mpsc::error::TrySendError::Full(update)) => update,
        };
        if !self.impatient {
            let sent = tokio::select! {
                biased;
                sent = timeout(NOTICE_PATIENCE, self.queue.send(update)) => sent.is_ok(),
                // Fails when the last client is gone, which is the same.
                _ = self.closing.wait_for(|closing| *closing) => true,
            };
            if sent {
                return;
            }
        }
        self.impatient = true;
        self.skip(1);
    }

    /// Queues what `next` gives, until it gives nothing. It takes nothing before there is room, so that a future that is
    /// dropped before it is ready loses nothing.
    pub(crate) async fn tell_each(&self, mut next: impl FnMut() -> Option<Notice>) {
        // Fails when nobody wants updates.
        while let Ok(room) = self.queue.reserve().await {
            let Some(notice) = next() else { return };
            room.send(Update::Notice(notice));
        }
    }

    /// Counts what was dropped on its way here.
    pub(crate) fn skip(&self, skipped: u64) {
        self.skipped.fetch_add(skipped, Ordering::Relaxed);
    }
}
