//! A place in a stream that waits for the test.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::DEADLINE;

/// A place where a scripted stream waits until the test opens it. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    reached: watch::Sender<bool>,
    open: watch::Sender<bool>,
}

impl Gate {
    /// A closed gate that no stream has reached.
    #[must_use]
    pub fn new() -> Self {
        Self { shared: Arc::new(Shared { reached: watch::Sender::new(false), open: watch::Sender::new(false) }) }
    }

    /// Lets all through, now and later.
    pub fn open(&self) {
        self.shared.open.send_replace(true);
    }

    /// Waits until a stream stands before the gate: what came earlier in it is sent.
    pub async fn reached(&self) {
        let mut reached = self.shared.reached.subscribe();
        let waited = timeout(DEADLINE, reached.wait_for(|reached| *reached)).await;
        assert!(waited.is_ok(), "no stream of the model reached its gate within {DEADLINE:?}");
    }

    /// The stream's side: tells that it is here and waits.
    pub(crate) async fn pass(&self) {
        self.shared.reached.send_replace(true);
        let mut open = self.shared.open.subscribe();
        // The sender lives as long as `self`.
        let _ = open.wait_for(|open| *open).await;
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
