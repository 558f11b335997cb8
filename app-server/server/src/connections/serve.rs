//! The loop of one connection: line by line into dispatch, until the peer is gone.

use std::sync::Arc;

use codex_app_server_transport::{Connection, InboundLine};
use codex_engine::{Subscriber, SubscriberId};

use super::Session;
use crate::app::App;
use crate::dispatch;

/// Serves a connection until it ends. Threads and turns that it started live on.
pub async fn serve(app: Arc<App>, connection: Connection) {
    let Connection { id, mut inbound, outbound, .. } = connection;
    let session = Arc::new(Session::new(id, outbound));
    app.connections.insert(&session);
    let _registered = Registered { app: &app, session: &session };
    while let Some(line) = inbound.next().await {
        match line {
            InboundLine::Line(line) => dispatch::line(&app, &session, &line),
            InboundLine::Dropped { reason } => session.dropped(&reason),
        }
        // A client that sends without reading is made to wait, so that its answers stay bounded.
        if !session.outbound().has_room() {
            session.outbound().ready().await;
        }
    }
}

/// Takes the connection out of everything that knows it, also when its task is cancelled.
struct Registered<'a> {
    app: &'a App,
    session: &'a Session,
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        self.app.connections.remove(self.session);
        let id: SubscriberId = self.session.id();
        self.app.engine.drop_subscriber(id);
    }
}
