//! The input of a process: a bounded queue in front of a task that writes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::platform::Writer;

/// Pieces that may wait to be written.
const MAX_PIECES: usize = 16;

/// Most bytes of a piece; longer writes are split.
const PIECE: usize = 64 * 1024;

/// What ends the input on a terminal: the end-of-file key counts at the start of a line only.
const TERMINAL_END: &[u8] = b"\n\x04";

/// Feeds the input of a process. Dropping it drops what was not written yet.
#[derive(Debug)]
pub(crate) struct Input {
    // Absent once the input was closed.
    queue: Mutex<Option<mpsc::Sender<Piece>>>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
enum Piece {
    Data(Bytes),
    End,
}

/// The input was closed, by us or by the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stdin is already closed")]
pub(crate) struct InputClosed;

impl Input {
    pub(super) fn start(mut writer: Writer, terminal: bool) -> Self {
        let (sender, mut pieces) = mpsc::channel(MAX_PIECES);
        let task = tokio::spawn(async move {
            while let Some(piece) = pieces.recv().await {
                let written = match piece {
                    Piece::Data(bytes) => writer.write_all(&bytes).await,
                    Piece::End if terminal => writer.write_all(TERMINAL_END).await,
                    Piece::End => break,
                };
                // The process does not read any more.
                if written.is_err() {
                    break;
                }
            }
        });
        Self { queue: Mutex::new(Some(sender)), task }
    }

    /// Queues bytes; waits while the queue is full, that is, while the process does not read. Writes at the same time may
    /// mix when they are longer than a piece.
    pub(crate) async fn write(&self, mut bytes: Bytes) -> Result<(), InputClosed> {
        let sender = self.lock().clone().ok_or(InputClosed)?;
        while !bytes.is_empty() {
            let piece = bytes.split_to(bytes.len().min(PIECE));
            sender.send(Piece::Data(piece)).await.map_err(|_| InputClosed)?;
        }
        Ok(())
    }

    /// Ends the input after what was queued. Ending it twice changes nothing.
    pub(crate) async fn close(&self) {
        let sender = self.lock().take();
        if let Some(sender) = sender {
            // A process that reads no more has its input closed already.
            let _ = sender.send(Piece::End).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<mpsc::Sender<Piece>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.task.abort();
    }
}
