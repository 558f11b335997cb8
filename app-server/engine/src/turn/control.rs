//! How a running turn is reached: stopped, or given more to consider.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::v2::UserInput;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Messages that may wait to be taken up.
const MOST_PENDING: usize = 1024;

/// What a user says.
#[derive(Debug)]
pub(crate) struct Message {
    /// The client's own name for it.
    pub(crate) client_id: Option<String>,
    pub(crate) content: Vec<UserInput>,
}

/// Shared by the actor and the work of one turn.
#[derive(Debug, Default)]
pub(crate) struct Control {
    /// Ends the turn.
    pub(crate) stop: CancellationToken,
    pending: Mutex<VecDeque<Message>>,
    more: Notify,
}

impl Control {
    /// Whether as much waits as may wait.
    pub(crate) fn is_full(&self) -> bool {
        self.pending().len() >= MOST_PENDING
    }

    /// Gives the turn more to consider. Only the thread's actor does, and looks first whether there is room.
    pub(crate) fn steer(&self, message: Message) {
        self.pending().push_back(message);
        self.more.notify_one();
    }

    /// The next message to consider.
    pub(crate) fn take(&self) -> Option<Message> {
        self.pending().pop_front()
    }

    pub(crate) fn has_pending(&self) -> bool {
        !self.pending().is_empty()
    }

    /// Waits until there is more to consider.
    pub(crate) async fn steered(&self) {
        while !self.has_pending() {
            self.more.notified().await;
        }
    }

    fn pending(&self) -> MutexGuard<'_, VecDeque<Message>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
