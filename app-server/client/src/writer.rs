//! The task that writes: everything the client says, in order, in few writes.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::pending::Pending;
use crate::{MessageSender, Tap, Way};

/// Messages that may wait to be written; whoever sends then waits.
pub(crate) const OUTBOUND_LIMIT: usize = 1024;

/// What the writer does next.
#[derive(Debug)]
pub(crate) enum Outbound {
    /// Sends one message.
    Line(String),
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
        while let Some(Outbound::Line(line)) = queue.recv().await {
            let mut next = Some(line);
            while let Some(line) = next.take() {
                if let Some(tap) = &tap {
                    tap(Way::ToServer, &line);
                }
                sender.send(line).await?;
                next = match queue.try_recv() {
                    Ok(Outbound::Line(line)) => Some(line),
                    Ok(Outbound::Close) => return sender.flush().await,
                    Err(_) => None,
                };
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
