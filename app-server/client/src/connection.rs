//! What a client needs of a connection: two halves that work at the same time.
//!
//! The halves are apart because a server may stop reading until its client reads: one that waits in a write must still
//! be able to read.

use std::io;
use std::sync::Arc;

use codex_app_server_protocol::Event;

/// One duplex connection to a server, before anything was said on it.
pub trait Connection: Send + 'static {
    /// The half that sends.
    type Sender: MessageSender;
    /// The half that receives.
    type Receiver: MessageReceiver;

    /// Takes the connection apart.
    fn split(self) -> (Self::Sender, Self::Receiver);
}

/// The half of a connection that sends.
pub trait MessageSender: Send + 'static {
    /// Sends one message: a line without its end. It may stay in a buffer until [`Self::flush`].
    fn send(&mut self, line: String) -> impl Future<Output = io::Result<()>> + Send;

    /// Hands what is buffered to the system.
    fn flush(&mut self) -> impl Future<Output = io::Result<()>> + Send {
        async { Ok(()) }
    }

    /// Tells the server that nothing more comes; the server then ends the connection.
    fn close(&mut self) -> impl Future<Output = io::Result<()>> + Send;
}

/// The half of a connection that receives.
pub trait MessageReceiver: Send + 'static {
    /// The next message; `None` once the server has ended the connection in order, an error when it broke.
    ///
    /// A future that is dropped before it is ready loses nothing.
    fn receive(&mut self) -> impl Future<Output = Option<io::Result<Incoming>>> + Send;
}

/// A message of the server.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// As it stands on the wire, without its end.
    Line(String),
    /// A notification of a server in the same process, for which no JSON was made.
    Event(Arc<Event>),
}

/// Sees every message of a connection as it stands on the wire, both ways, in the order in which they pass.
///
/// It is called from the tasks that read and write, so it must not block.
pub type Tap = Arc<dyn Fn(Way, &str) + Send + Sync>;

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the client.
    ToServer,
    /// From the server.
    FromServer,
}
