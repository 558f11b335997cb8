//! The threads that read: short file work on one of them in the order it was asked for, long work on others, so that
//! nobody waits behind a long read for a short one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::{StoreError, StoreFuture};

/// How long the thread waits for more before it ends.
const IDLE: Duration = Duration::from_secs(10);

/// A handle on a thread.
#[derive(Clone)]
pub(crate) struct Worker(codex_utils_worker::Worker);

/// A few threads for work of one kind.
pub(crate) struct Pool {
    workers: [Worker; 2],
    /// Counts the jobs, which go to the threads in turn.
    next: AtomicUsize,
}

impl Pool {
    /// Threads of this name. None is started.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { workers: [Worker::new(name), Worker::new(name)], next: AtomicUsize::new(0) }
    }

    /// Runs `job` on one of the threads; it is queued when the future is first polled.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        self.workers[next % self.workers.len()].run(job)
    }
}

impl Worker {
    /// A thread of this name. It is not started.
    pub(crate) fn new(name: &'static str) -> Self {
        Self(codex_utils_worker::Worker::new(name, IDLE))
    }

    /// Runs `job` on the worker; it is queued when the future is first polled.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let answer = self.0.run(job);
        Box::pin(async move { answer.await.map_err(|_| StoreError::Stopped)? })
    }
}
