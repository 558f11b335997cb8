//! Empties a queue into a peer: whatever waits goes out in as few writes as possible.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use codex_app_server_protocol::Event;
use codex_utils_metrics::BYTES_OUT;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tracing::debug;

use super::{Entry, Queue, Taken, Weight};
use crate::{CloseReason, Overflow};

/// How much is gathered for one write; a longer message goes out as it is, without a copy.
const GATHER_BYTES: usize = 256 << 10;
/// What an idle writer keeps of its buffer.
const IDLE_BYTES: usize = 16 << 10;
/// What an idle writer keeps of its batch.
const IDLE_ENTRIES: usize = 256;

/// How messages are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// A line feed ends each.
    Lines,
    /// Each is a text frame.
    WebSocket,
}

/// The only one who writes to a peer.
pub(crate) struct Writer<W> {
    queue: Arc<Queue>,
    pub(crate) sink: W,
    framing: Framing,
    buffer: Vec<u8>,
    /// How much of the buffer is written.
    written: usize,
    /// What the buffer, and what has been dropped from it since the last release, weighs.
    weight: Weight,
    /// A message was begun that will not be finished.
    torn: bool,
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    pub(crate) fn new(queue: Arc<Queue>, sink: W, framing: Framing) -> Self {
        Self { queue, sink, framing, buffer: Vec::new(), written: 0, weight: Weight::default(), torn: false }
    }

    /// Writes until the queue is closed (and, if it is drained, empty) or the peer cannot be written to; then the queue is
    /// closed in any case. Says whether the peer may still be written to.
    pub(crate) async fn run(&mut self) -> bool {
        match self.pump().await {
            Ok(()) => !self.torn,
            Err(error) => {
                debug!(%error, "writing to the peer failed");
                self.queue.close(CloseReason::PeerGone);
                false
            }
        }
    }

    /// Finishes what was begun and writes `last`, for at most `grace`.
    pub(crate) async fn finish(&mut self, last: &[u8], grace: Duration) {
        let rest = async {
            self.buffer.extend_from_slice(last);
            self.sink.write_all(self.buffer.get(self.written..).unwrap_or_default()).await?;
            self.sink.flush().await
        };
        match timeout(grace, rest).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => debug!(%error, "the last bytes could not be written"),
            Err(_) => debug!("the peer did not take the last bytes in time"),
        }
    }

    /// Waits until the peer's side has everything.
    pub(crate) async fn flush(&mut self) {
        if let Err(error) = self.sink.flush().await {
            debug!(%error, "the last bytes could not be written");
        }
    }

    async fn pump(&mut self) -> io::Result<()> {
        let mut batch = Vec::new();
        loop {
            match self.queue.take(&mut batch) {
                Taken::Some => {}
                Taken::Closed => return Ok(()),
                Taken::Nothing => {
                    batch.shrink_to(IDLE_ENTRIES);
                    self.buffer.shrink_to(IDLE_BYTES);
                    self.queue.woken().await;
                    continue;
                }
            }
            for entry in batch.drain(..) {
                if !self.put(entry).await? {
                    return Ok(());
                }
            }
            if !self.write_out().await? {
                return Ok(());
            }
        }
    }

    /// Adds an entry to the buffer and writes when enough has come together; `false` when it is given up.
    async fn put(&mut self, entry: Entry) -> io::Result<bool> {
        let weight = entry.weight();
        let going_on = match entry {
            Entry::Line(line) => self.put_message(line.as_bytes(), &[]).await?,
            Entry::Event(event, _) => self.put_event(&event).await?,
            Entry::Deltas(deltas) => self.put_event(&deltas.into_event()).await?,
            Entry::Control(bytes) => {
                self.buffer.extend_from_slice(&bytes);
                true
            }
        };
        self.weight.add(weight);
        if going_on && self.buffer.len() >= GATHER_BYTES {
            return self.write_out().await;
        }
        Ok(going_on)
    }

    async fn put_event(&mut self, event: &Event) -> io::Result<bool> {
        let with_cursor = if self.queue.cursors.load(Ordering::Relaxed) { event.line_with_cursor() } else { None };
        match with_cursor {
            Some((line, place)) => self.put_message(line.as_bytes(), place.as_bytes()).await,
            None => self.put_message(event.line().as_bytes(), &[]).await,
        }
    }

    /// Adds a message, given with its end apart.
    async fn put_message(&mut self, message: &[u8], end: &[u8]) -> io::Result<bool> {
        if self.framing == Framing::WebSocket {
            put_header(&mut self.buffer, message.len() + end.len());
        }
        if message.len() < GATHER_BYTES {
            self.buffer.extend_from_slice(message);
        } else {
            self.torn = true;
            if !self.write_out().await? || !self.write(message).await? {
                return Ok(false);
            }
            self.torn = false;
        }
        self.buffer.extend_from_slice(end);
        if self.framing == Framing::Lines {
            self.buffer.push(b'\n');
        }
        Ok(true)
    }

    async fn write_out(&mut self) -> io::Result<bool> {
        let buffer = std::mem::take(&mut self.buffer);
        let (written, outcome) = self.write_counting(&buffer).await;
        self.buffer = buffer;
        self.written = written;
        if !outcome? {
            return Ok(false);
        }
        self.buffer.clear();
        self.written = 0;
        self.queue.release(std::mem::take(&mut self.weight));
        Ok(true)
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<bool> {
        self.write_counting(bytes).await.1
    }

    /// Writes all, and says how much it was and whether it is to go on; `false` when the queue was aborted.
    async fn write_counting(&mut self, bytes: &[u8]) -> (usize, io::Result<bool>) {
        let mut written = 0;
        while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
            let write = async {
                match self.queue.overflow {
                    Overflow::Wait => Some(self.sink.write(rest).await),
                    Overflow::Close => timeout(self.queue.limits.max_age, self.sink.write(rest)).await.ok(),
                }
            };
            let outcome = tokio::select! {
                biased;
                () = self.queue.aborted.cancelled() => return (written, Ok(false)),
                outcome = write => outcome,
            };
            match outcome {
                Some(Ok(0)) => return (written, Err(io::ErrorKind::WriteZero.into())),
                Some(Ok(count)) => {
                    BYTES_OUT.add(count as u64);
                    written += count;
                }
                Some(Err(error)) => return (written, Err(error)),
                None => self.queue.close(CloseReason::Stalled {
                    after: self.queue.limits.max_age,
                    queued_bytes: self.queue.queued_bytes(),
                }),
            }
        }
        (written, Ok(true))
    }
}

/// The header of a text frame; a server's frames are not masked.
fn put_header(buffer: &mut Vec<u8>, len: usize) {
    let header = FrameHeader { opcode: OpCode::Data(Data::Text), ..FrameHeader::default() };
    // Writing to a vector does not fail.
    let _ = header.format(len as u64, buffer);
}

#[cfg(test)]
mod tests;
