//! All open connections: who gets what concerns everybody, and who is told when the server ends.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use codex_app_server_protocol::Event;
use codex_app_server_transport::CloseReason;
use codex_engine::{Audience, Subscriber, SubscriberId};
use tokio::sync::Notify;

use super::Session;

/// The open connections by their number.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    open: RwLock<BTreeMap<u64, Arc<Session>>>,
    /// Told when one has ended.
    left: Notify,
}

impl Connections {
    pub(crate) fn insert(&self, session: &Arc<Session>) {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert(session.connection().0, Arc::clone(session));
    }

    pub(crate) fn remove(&self, session: &Session) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).remove(&session.connection().0);
        self.left.notify_one();
    }

    /// Told when a connection has ended; for one who waits.
    pub(crate) fn left(&self) -> &Notify {
        &self.left
    }

    /// Ends every connection once what waits for it is written.
    pub(crate) fn close_all(&self) {
        for session in self.open.read().unwrap_or_else(PoisonError::into_inner).values() {
            session.outbound().close(CloseReason::GoingAway);
        }
    }
}

impl Audience for Connections {
    fn broadcast(&self, event: &Arc<Event>, but: &[SubscriberId]) {
        for session in self.open.read().unwrap_or_else(PoisonError::into_inner).values() {
            if !but.contains(&session.id()) {
                session.deliver(event);
            }
        }
    }
}
