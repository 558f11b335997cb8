//! A server in the same process: its connection for the typed client, without JSON for notifications.

use std::io;
use std::sync::Arc;

use codex_app_server_client::{Connection, Incoming};
use codex_app_server_transport::{InProcessPeer, Outgoing, in_process};

use crate::app::App;
use crate::connections::serve;

/// The client's end of a connection to a server in this process.
pub struct InProcessConnection {
    peer: InProcessPeer,
}

impl InProcessConnection {
    /// Connects to the server; its side of the connection runs as a task of its own.
    #[must_use]
    pub fn open(app: &Arc<App>) -> Self {
        let (connection, peer) = in_process(app.transport_settings());
        app.tasks.spawn(serve(Arc::clone(app), connection));
        Self { peer }
    }
}

impl Connection for InProcessConnection {
    async fn send(&mut self, line: String) -> io::Result<()> {
        self.peer.send(line).await
    }

    async fn receive(&mut self) -> Option<io::Result<Incoming>> {
        Some(Ok(match self.peer.recv().await? {
            Outgoing::Line(line) => Incoming::Line(line),
            Outgoing::Event(event) => Incoming::Event(event),
        }))
    }
}
