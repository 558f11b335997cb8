//! A server in the same process: its connection for the typed client, without JSON for notifications.

use std::io;
use std::sync::Arc;

use codex_app_server_client::{Connection, Incoming, MessageReceiver, MessageSender};
use codex_app_server_transport::{InProcessPeer, InProcessReceiver, InProcessSender, Outgoing, in_process};

use crate::app::App;
use crate::connections::serve;

/// The client's end of a connection to a server in this process.
#[derive(Debug)]
pub struct InProcessConnection(InProcessPeer);

impl InProcessConnection {
    /// Connects to the server; its side of the connection runs as a task of its own.
    #[must_use]
    pub fn open(app: &Arc<App>) -> Self {
        let (connection, peer) = in_process(app.transport_settings());
        let app = Arc::clone(app);
        let tasks = app.tasks.clone();
        tasks.spawn(async move { drop(serve(app, connection).await) });
        Self(peer)
    }
}

impl Connection for InProcessConnection {
    type Sender = Sender;
    type Receiver = Receiver;

    fn split(self) -> (Sender, Receiver) {
        let (sender, receiver) = self.0.split();
        (Sender(Some(sender)), Receiver(receiver))
    }
}

/// The half that sends.
#[derive(Debug)]
pub struct Sender(Option<InProcessSender>);

impl MessageSender for Sender {
    async fn send(&mut self, line: String) -> io::Result<()> {
        let sent = match &mut self.0 {
            Some(sender) => sender.send(line).await,
            None => false,
        };
        if sent { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.0 = None;
        Ok(())
    }
}

/// The half that receives.
#[derive(Debug)]
pub struct Receiver(InProcessReceiver);

impl MessageReceiver for Receiver {
    async fn receive(&mut self) -> Option<io::Result<Incoming>> {
        Some(Ok(match self.0.recv().await? {
            Outgoing::Line(line) => Incoming::Line(line),
            Outgoing::Event(event) => Incoming::Event(event),
        }))
    }
}
