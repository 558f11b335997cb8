//! What a client sends, message by message.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::lines::LineReader;
use crate::outbound::Queue;
use crate::stdio::Input;
use crate::websocket::{FrameReader, ReadHalf};

/// What a reader yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboundLine {
    /// One message without its line end, as the peer sent it: not looked at, not even for UTF-8.
    Line(Bytes),
    /// A message that was not kept.
    Dropped {
        /// Why not.
        reason: DropReason,
    },
}

/// Why a message was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DropReason {
    /// Longer than the limit of the transport.
    #[error("a message of {bytes} bytes is longer than the limit of {limit} bytes")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The longest that is taken.
        limit: usize,
    },
    /// A binary frame on a websocket, where messages are text frames.
    #[error("a binary frame is no message; messages are text frames")]
    Binary,
}

/// The receiving side of a connection.
pub struct InboundReader {
    source: Source,
    queue: Arc<Queue>,
}

pub(crate) enum Source {
    Lines(LineReader<Input>),
    Frames(FrameReader<ReadHalf>),
    Channel { lines: mpsc::Receiver<String>, limit: usize },
}

impl InboundReader {
    pub(crate) fn new(source: Source, queue: Arc<Queue>) -> Self {
        Self { source, queue }
    }

    /// The next message; `None` when the peer is gone or the connection is closed. May be cancelled without loss.
    ///
    /// A websocket whose peer is gone is closed with that. On stdio and within the process the other direction stays open:
    /// who closed the input may still read the answers.
    pub async fn next(&mut self) -> Option<InboundLine> {
        if self.queue.closed.is_cancelled() {
            return None;
        }
        if let Source::Lines(lines) = &mut self.source
            && let Some(line) = lines.buffered()
        {
            return Some(line);
        }
        let next = async {
            match &mut self.source {
                Source::Lines(lines) => lines.next().await,
                Source::Frames(frames) => frames.next().await,
                Source::Channel { lines, limit } => {
                    let line = lines.recv().await?;
                    if line.len() > *limit {
                        let reason = DropReason::TooLong { bytes: line.len(), limit: *limit };
                        return Some(InboundLine::Dropped { reason });
                    }
                    Some(InboundLine::Line(Bytes::from(line)))
                }
            }
        };
        tokio::select! {
            biased;
            () = self.queue.closed.cancelled() => None,
            line = next => line,
        }
    }
}

impl fmt::Debug for InboundReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.source {
            Source::Lines(_) => "InboundReader(lines)",
            Source::Frames(_) => "InboundReader(frames)",
            Source::Channel { .. } => "InboundReader(channel)",
        })
    }
}
