//! The one thread that reads: file work of all callers, in the order it was asked for.

use std::time::Duration;

use crate::{StoreError, StoreFuture};

/// How long the thread waits for more before it ends.
const IDLE: Duration = Duration::from_secs(10);

/// A handle on the reading thread.
#[derive(Clone)]
pub(crate) struct Worker(codex_utils_worker::Worker);

impl Default for Worker {
    fn default() -> Self {
        Self(codex_utils_worker::Worker::new("thread-reader", IDLE))
    }
}

impl Worker {
    /// Runs `job` on the worker; it is queued when the future is first polled.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let answer = self.0.run(job);
        Box::pin(async move { answer.await.map_err(|_| StoreError::Stopped)? })
    }
}
