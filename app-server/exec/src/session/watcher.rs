//! Looking at a session from outside: what it prints while it prints it, and its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::pump::Shared;

/// What happens to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEvent {
    /// It printed this. Whole characters, at most 8 KiB.
    Output(Arc<str>),
    /// It ended; nothing follows.
    Ended(SessionEnd),
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionEnd {
    /// Its exit code; 128 + n for a signal n (1 on a terminal), -1 when the server ended it.
    pub exit_code: i32,
    /// All that it printed, as far as it was kept: first and last half MiB.
    pub output: String,
    /// From its start to its end.
    pub duration: Duration,
}

/// Tells what happens to a session. It never holds the session up: output that is not fetched in time is missing here, but
/// not in [`SessionEnd::output`].
#[derive(Debug)]
pub struct Watcher {
    shared: Arc<Shared>,
    // Absent after the end was told.
    output: Option<broadcast::Receiver<Arc<str>>>,
    missed: u64,
}

impl Watcher {
    pub(super) fn new(shared: Arc<Shared>, output: broadcast::Receiver<Arc<str>>) -> Self {
        Self { shared, output: Some(output), missed: 0 }
    }

    /// The next event; none after the end.
    pub async fn next(&mut self) -> Option<SessionEvent> {
        loop {
            match self.output.as_mut()?.recv().await {
                Ok(text) => return Some(SessionEvent::Output(text)),
                Err(RecvError::Lagged(pieces)) => self.missed += pieces,
                Err(RecvError::Closed) => {
                    self.output = None;
                    return self.shared.end().map(SessionEvent::Ended);
                }
            }
        }
    }

    /// How many pieces of output were missed so far.
    pub fn missed(&self) -> u64 {
        self.missed
    }
}
