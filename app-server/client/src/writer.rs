//! The task that writes: everything the client says, in order, in few writes.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::pending::{Handover, Pending};
use crate::{MessageSender, Tap, Way};

/// Messages that may wait to be written; whoever sends then waits.
pub(crate) const OUTBOUND_LIMIT: usize = 1024;

/// What the writer does next.
#[derive(Debug)]
pub(crate) enum Outbound {
    /// Sends one message.
    Line(String),
    /// Sends a request, unless it was given up meanwhile.
    Request(String, Handover),
    /// Tells the server that nothing more comes, and ends.
    Close,
}

/// Writes until told to close, until nobody is left who could send, or until the connection breaks.
pub(crate) async fn run<S: MessageSender>(
    mut sender: S,
    mut queue: mpsc::Receiver<Outbound>,
    pending: Arc<Pending>,
    tap: Option<Tap>,
) {
    let written: std::io::Result<()> = async {
        while let Some(outbound) = queue.recv().await {
            let mut next = Some(outbound);
            while let Some(outbound) = next {
                let line = match outbound {
                    Outbound::Line(line) => Some(line),
                    Outbound::Request(line, handover) => handover.take().then_some(line),
                    Outbound::Close => return sender.flush().await,
                };
                if let Some(line) = line {
                    if let Some(tap) = &tap {
                        tap(Way::ToServer, &line);
                    }
                    sender.send(line).await?;
                }
                next = queue.try_recv().ok();
            }
            sender.flush().await?;
        }
        Ok(())
    }
    .await;
    if let Err(error) = written {
        pending.close(&format!("cannot write to it: {error}"));
    }
    if let Err(error) = sender.close().await {
        tracing::debug!(%error, "the connection could not be closed in order");
    }
}
