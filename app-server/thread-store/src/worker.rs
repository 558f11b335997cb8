//! The one thread that reads: file work of all callers, in the order it was asked for.
//!
//! It starts on first use and ends with the store. A job that panics costs its own answer only.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::{StoreError, StoreFuture};

type Job = Box<dyn FnOnce() + Send>;

/// Jobs that may wait; further callers wait before they enter.
const QUEUE: usize = 256;

/// A handle on the reading thread.
#[derive(Clone, Default)]
pub(crate) struct Worker {
    jobs: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
}

impl Worker {
    /// Runs `job` on the worker; it is queued when the future is first polled.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let jobs = self.sender();
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            let job: Job = Box::new(move || {
                let _ = answer.send(job());
            });
            jobs?.send(job).await.map_err(|_| StoreError::Stopped)?;
            answered.await.map_err(|_| StoreError::Stopped)?
        })
    }

    fn sender(&self) -> Result<mpsc::Sender<Job>, StoreError> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = jobs.as_ref() {
            return Ok(sender.clone());
        }
        let (sender, receiver) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("thread-reader".to_owned())
            .spawn(move || work(receiver))
            .map_err(|source: io::Error| StoreError::io(Path::new("thread-reader"), source))?;
        Ok(jobs.insert(sender).clone())
    }
}

fn work(mut jobs: mpsc::Receiver<Job>) {
    while let Some(job) = jobs.blocking_recv() {
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("reading a stored thread panicked");
        }
    }
}
