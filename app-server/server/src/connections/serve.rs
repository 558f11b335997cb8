//! The loop of one connection: line by line into dispatch, until the peer is gone.

use std::num::NonZeroU32;
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
    let in_flight = app.config.app_server().limits.requests_in_flight;
    let registered = Registered::new(app, (id, transport(kind)), outbound, in_flight);
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
    /// Registers a connection with room for so many unanswered requests, which come from elsewhere.
    pub(crate) fn new(
        app: Arc<App>,
        (id, transport): (ConnectionId, ConnectionLabel),
        outbound: Outbound,
        in_flight: NonZeroU32,
    ) -> Self {
        let session = Arc::new(Session::new(id, transport, outbound, in_flight));
        app.connections.insert(&session);
        Self { app, session }
    }

    /// What is known about the connection.
    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// Resolves once every request that came in has been answered.
    pub(crate) async fn answered(&self) {
        self.session.in_flight.all_answered().await;
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
