//! The standard input and output of the process as a connection.
//!
//! Pipes and sockets are driven by the runtime; what must not be made non-blocking (terminals and files, which others may
//! share) has a thread of its own that blocks. [`platform`] tells them apart.

mod platform;
mod threads;

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::task::TaskTracker;

use crate::inbound::Source;
use crate::lines::LineReader;
use crate::outbound::{Framing, Writer};
use crate::{
    CloseReason, Connection, ConnectionId, ConnectionKind, InboundReader, Outbound, Overflow, TransportSettings,
};

/// Bytes from the peer.
pub(crate) type Input = Box<dyn AsyncRead + Send + Unpin>;
/// Bytes to the peer.
pub(crate) type Output = Box<dyn AsyncWrite + Send + Unpin>;

/// Connects to the standard input and output; must be called within a runtime, once.
///
/// What waits for the client is kept ([`Overflow::Wait`]). The end of the input ends the reader only: what is under way may
/// still be answered.
///
/// # Errors
/// When the streams cannot be duplicated or registered with the runtime.
pub fn stdio(settings: TransportSettings, tracker: &TaskTracker) -> io::Result<Connection> {
    Ok(connect(platform::input()?, platform::output()?, settings, tracker))
}

fn connect(input: Input, output: Output, settings: TransportSettings, tracker: &TaskTracker) -> Connection {
    let (outbound, queue) = Outbound::new(settings.outbound, Overflow::Wait);
    let inbound =
        InboundReader::new(Source::Lines(LineReader::new(input, settings.max_line_bytes)), Arc::clone(&queue));
    tracker.spawn(async move {
        let _finished = queue.finished.clone().drop_guard();
        let mut writer = Writer::new(Arc::clone(&queue), output, Framing::Lines);
        let writable = writer.run().await;
        if writable && queue.close_reason() == Some(CloseReason::GoingAway) && !queue.aborted.is_cancelled() {
            // The end is awaited with the same patience as the rest; who has none aborts.
            tokio::select! {
                () = queue.aborted.cancelled() => {}
                () = writer.flush() => {}
            }
        }
    });
    Connection { id: ConnectionId::next(), kind: ConnectionKind::Stdio, inbound, outbound }
}
