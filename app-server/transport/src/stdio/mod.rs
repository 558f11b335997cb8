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
pub(crate) type Input = Box<dyn AsyncRead + Send + Sync + Unpin>;
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

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;
    use crate::InboundLine;

    #[tokio::test]
    async fn the_end_of_the_input_leaves_the_output_open() {
        let (mut peer_output, input) = duplex(1024);
        let (output, mut peer_input) = duplex(1024);
        let tracker = TaskTracker::new();
        let mut connection = connect(Box::new(input), Box::new(output), TransportSettings::default(), &tracker);
        peer_output.write_all(b"{}\nlast").await.unwrap();
        drop(peer_output);
        assert_eq!(connection.inbound.next().await, Some(InboundLine::Line(Bytes::from_static(b"{}"))));
        assert_eq!(connection.inbound.next().await, Some(InboundLine::Line(Bytes::from_static(b"last"))));
        assert_eq!(connection.inbound.next().await, None);
        assert_eq!(connection.outbound.closed(), None);
        connection.outbound.push_line("answer".to_owned());
        connection.outbound.close(CloseReason::GoingAway);
        connection.outbound.finished().await;
        let mut got = String::new();
        peer_input.read_to_string(&mut got).await.unwrap();
        assert_eq!(got, "answer\n");
        tracker.close();
        tracker.wait().await;
    }

    #[tokio::test]
    async fn closing_ends_the_reader_even_with_lines_left() {
        let (_output, output) = duplex(1024);
        let tracker = TaskTracker::new();
        let mut connection =
            connect(Box::new(&b"one\ntwo\n"[..]), Box::new(output), TransportSettings::default(), &tracker);
        assert_eq!(connection.inbound.next().await, Some(InboundLine::Line(Bytes::from_static(b"one"))));
        connection.outbound.close(CloseReason::PeerGone);
        assert_eq!(connection.inbound.next().await, None);
    }

    #[tokio::test]
    async fn a_reader_that_waits_is_ended_by_closing() {
        let (_peer, input) = duplex(1024);
        let (output, _peer) = duplex(1024);
        let tracker = TaskTracker::new();
        let mut connection = connect(Box::new(input), Box::new(output), TransportSettings::default(), &tracker);
        let outbound = connection.outbound.clone();
        let (line, ()) = tokio::join!(connection.inbound.next(), async {
            tokio::task::yield_now().await;
            outbound.close(CloseReason::GoingAway);
        });
        assert_eq!(line, None);
    }

    #[tokio::test]
    async fn a_connection_that_nobody_holds_ends() {
        let (output, mut peer) = duplex(1024);
        let tracker = TaskTracker::new();
        let connection =
            connect(Box::new(tokio::io::empty()), Box::new(output), TransportSettings::default(), &tracker);
        connection.outbound.push_line("last".to_owned());
        drop(connection);
        tracker.close();
        tracker.wait().await;
        let mut got = String::new();
        peer.read_to_string(&mut got).await.unwrap();
        assert_eq!(got, "last\n");
    }
}
