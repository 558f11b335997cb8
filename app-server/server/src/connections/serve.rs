//! The loop of one connection: line by line into dispatch, until the peer is gone.

use std::sync::Arc;

use codex_app_server_transport::{Connection, InboundLine};
use codex_engine::{Subscriber, SubscriberId};
use codex_utils_metrics::BYTES_IN;

use super::Session;
use super::session::MAX_IN_FLIGHT;
use crate::app::App;
use crate::dispatch;
use crate::observe::transport;

/// Serves a connection until its client sends nothing more. Threads and turns that it started live on.
///
/// What comes back keeps the connection in the registry and subscribed: a client that only ended its input is still told
/// what happens while it is held. Cancelling the future ends that as well.
pub async fn serve(app: Arc<App>, connection: Connection) -> Registered {
    let Connection { id, kind, mut inbound, outbound } = connection;
    let session = Arc::new(Session::new(id, transport(kind), outbound));
    app.connections.insert(&session);
    let registered = Registered { app, session };
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
    /// Resolves once every request that came in has been answered.
    pub(crate) async fn answered(&self) {
        // All places are free again; the semaphore is never closed.
        let all = u32::try_from(MAX_IN_FLIGHT).unwrap_or(u32::MAX);
        let _ = self.session.in_flight.acquire_many(all).await;
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.session.ended().cancel();
        self.app.connections.remove(&self.session);
        let id: SubscriberId = self.session.id();
        self.app.engine.drop_subscriber(id);
    }
}
