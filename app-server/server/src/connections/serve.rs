//! The loop of one connection: line by line into dispatch, until the peer is gone.

use std::sync::Arc;

use codex_app_server_transport::{Connection, ConnectionId, InboundLine, Outbound};
use codex_engine::{Subscriber, SubscriberId};
use codex_utils_metrics::{BYTES_IN, ConnectionLabel};

use super::Session;
use crate::app::App;
use crate::dispatch;
use crate::observe::transport;

/// Serves a connection until its client sends nothing more. Threads and turns that it started live on.
///
/// What comes back keeps the connection in the registry and subscribed: a client that only ended its input is still told
/// what happens while it is held. Cancelling the future ends that as well.
pub async fn serve(app: Arc<App>, connection: Connection) -> Registered {
    let Connection { id, kind, mut inbound, outbound } = connection;
    let registered = Registered::new(app, id, transport(kind), outbound);
    let Registered { app, session } = &registered;
    while let Some(line) = inbound.next().await {
        match line {
            InboundLine::Line(line) => {
                BYTES_IN.add(line.len() as u64);
                dispatch::line(app, session, &line);
            }
            InboundLine::Dropped { reason } => session.dropped(&reason),
        }
        // A client that sends without reading is made to wait, so that its answers stay bounded.
        if !session.outbound().has_room() {
            session.outbound().ready().await;
        }
    }
    registered
}

/// A connection that is open; dropped, it is taken out of everything that knows it, and its commands are killed.
#[must_use = "dropping it ends the connection's subscriptions"]
pub struct Registered {
    app: Arc<App>,
    session: Arc<Session>,
}

impl Registered {
    /// Registers a connection whose requests come from elsewhere.
    pub(crate) fn new(app: Arc<App>, id: ConnectionId, transport: ConnectionLabel, outbound: Outbound) -> Self {
        let session =
            Arc::new(Session::new(id, transport, outbound, app.config.app_server().limits.requests_in_flight));
        app.connections.insert(&session);
        Self { app, session }
    }

    /// What is known about the connection.
    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// Resolves once every request that came in has been answered.
    pub(crate) async fn answered(&self) {
        // All places are free again; the semaphore is never closed.
        let all = self.app.config.app_server().limits.requests_in_flight.get();
        let _ = self.session.in_flight.acquire_many(all).await;
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        // First, so that what is still under way does not subscribe it again.
        self.session.ended().cancel();
        self.app.connections.remove(&self.session);
        let id: SubscriberId = self.session.id();
        self.app.engine.drop_subscriber(id);
    }
}
