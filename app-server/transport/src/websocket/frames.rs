//! Messages out of the frames of a client.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::tcp::OwnedReadHalf;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::{Message, Role, WebSocketConfig};
use tracing::debug;

use crate::outbound::Queue;
use crate::{CloseReason, DropReason, InboundLine};

/// How much is read at once.
const READ_BYTES: usize = 16 << 10;
/// A message from this length on must not leave its memory to the messages after it.
const HUGE_BYTES: usize = 1 << 20;

/// The frames of one client.
pub(crate) struct FrameReader {
    frames: WebSocketStream<Half>,
    queue: Arc<Queue>,
    /// Keeps the protocol's buffer from being used again after a huge message.
    huge: Option<Bytes>,
}

/// The reading half of a socket; what the protocol wants to write (pongs) is queued for the writer.
struct Half {
    socket: OwnedReadHalf,
    queue: Arc<Queue>,
}

impl FrameReader {
    /// Reads frames after a handshake; `read_ahead` was read with it.
    pub(super) async fn new(socket: OwnedReadHalf, read_ahead: Vec<u8>, limit: usize, queue: Arc<Queue>) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(limit))
            .max_frame_size(Some(limit));
        let half = Half { socket, queue: Arc::clone(&queue) };
        let frames = WebSocketStream::from_partially_read(half, read_ahead, Role::Server, Some(config)).await;
        Self { frames, queue, huge: None }
    }

    /// The next message; `None`, with the queue closed, when there is none any more. May be cancelled without loss.
    pub(crate) async fn next(&mut self) -> Option<InboundLine> {
        loop {
            let Self { frames, huge, .. } = self;
            let message = std::future::poll_fn(|cx| {
                let message = frames.poll_next_unpin(cx);
                *huge = None;
                message
            })
            .await;
            let reason = match message {
                Some(Ok(Message::Text(text))) => {
                    let line = Bytes::from(text);
                    if line.len() >= HUGE_BYTES {
                        self.huge = Some(line.clone());
                    }
                    return Some(InboundLine::Line(line));
                }
                Some(Ok(Message::Binary(_))) => return Some(InboundLine::Dropped { reason: DropReason::Binary }),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
                Some(Ok(Message::Close(_))) | None => CloseReason::PeerGone,
                Some(Err(
                    Error::ConnectionClosed
                    | Error::AlreadyClosed
                    | Error::Io(_)
                    | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake),
                )) => CloseReason::PeerGone,
                Some(Err(Error::Capacity(CapacityError::MessageTooLong { size, max_size }))) => {
                    let reason = DropReason::TooLong { bytes: size, limit: max_size };
                    self.queue.close(CloseReason::Error(reason.to_string()));
                    return Some(InboundLine::Dropped { reason });
                }
                Some(Err(error)) => CloseReason::Error(error.to_string()),
            };
            debug!(%reason, "the websocket ended");
            self.queue.close(reason);
            return None;
        }
    }
}

impl AsyncRead for Half {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, buf)
    }
}

impl AsyncWrite for Half {
    /// Takes everything, so that what is queued is always whole frames.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.queue.push_control(bytes.to_vec());
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
