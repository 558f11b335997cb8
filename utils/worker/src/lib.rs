//! One thread for blocking work: jobs of all callers, in the order they were given.
//!
//! What must hold: making a worker starts nothing; its thread starts with the first job and ends once it has had nothing
//! to do for a while; a job that was taken runs, even when nobody waits for it any more; a job that panics costs its own
//! answer only; the queue is bounded, and callers wait before they enter it.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// Jobs that may wait for the thread; further callers wait before they enter.
const QUEUE: usize = 256;

/// A handle on the thread. Clones share it.
#[derive(Clone)]
pub struct Worker {
    inner: Arc<Inner>,
}

struct Inner {
    name: &'static str,
    idle: Duration,
    /// One permit a place in the queue.
    places: Arc<Semaphore>,
    queue: Mutex<Queue>,
    more: Condvar,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    /// Whether the thread lives and will look at the queue again.
    served: bool,
}

/// A job got no answer: its thread could not be started, or the job panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the worker {worker} gave no answer")]
pub struct NoAnswer {
    /// The worker's name.
    pub worker: &'static str,
}

impl Worker {
    /// A worker whose thread is called `name` and ends after `idle` without work. Nothing is started.
    #[must_use]
    pub fn new(name: &'static str, idle: Duration) -> Self {
        let inner = Inner {
            name,
            idle,
            places: Arc::new(Semaphore::new(QUEUE)),
            queue: Mutex::default(),
            more: Condvar::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Runs `job` on the thread. The job is queued when the future is first polled.
    ///
    /// # Errors
    /// [`NoAnswer`] when the thread could not be started, or the job panicked.
    pub fn run<T, J>(&self, job: J) -> impl Future<Output = Result<T, NoAnswer>> + Send + use<T, J>
    where
        T: Send + 'static,
        J: FnOnce() -> T + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        async move {
            let no_answer = NoAnswer { worker: inner.name };
            let place = Arc::clone(&inner.places).acquire_owned().await.map_err(|_| no_answer)?;
            let (answer, answered) = oneshot::channel();
            inner.give(Box::new(move || {
                // Its place in the queue is free once it is its turn.
                drop(place);
                let _ = answer.send(job());
            }))?;
            answered.await.map_err(|_| no_answer)
        }
    }
}

impl Inner {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(self: &Arc<Self>, job: Job) -> Result<(), NoAnswer> {
        let mut queue = self.queue();
        if !queue.served {
            let inner = Arc::clone(self);
            let started = thread::Builder::new().name(self.name.to_owned()).spawn(move || inner.serve());
            if let Err(error) = started {
                tracing::error!(worker = self.name, %error, "a worker's thread could not be started");
                return Err(NoAnswer { worker: self.name });
            }
            queue.served = true;
        }
        queue.jobs.push_back(job);
        drop(queue);
        self.more.notify_one();
        Ok(())
    }

    fn serve(&self) {
        while let Some(job) = self.next() {
            if catch_unwind(AssertUnwindSafe(job)).is_err() {
                tracing::error!(worker = self.name, "a job panicked");
            }
        }
    }

    /// The next job; `None` after a while without one, and the thread is not counted on any more.
    fn next(&self) -> Option<Job> {
        let queue = self.queue();
        let waited = self.more.wait_timeout_while(queue, self.idle, |queue| queue.jobs.is_empty());
        let (mut queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let job = queue.jobs.pop_front();
        queue.served = job.is_some();
        job
    }
}

#[cfg(test)]
mod tests {
    use std::thread::ThreadId;

    use super::*;

    fn id() -> ThreadId {
        thread::current().id()
    }

    #[tokio::test]
    async fn jobs_run_in_order_on_one_thread_that_is_not_the_callers() {
        let worker = Worker::new("test", Duration::from_secs(60));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let jobs = (0..600).map(|number| {
            let seen = Arc::clone(&seen);
            worker.run(move || {
                seen.lock().unwrap().push(number);
                id()
            })
        });
        let running: Vec<_> = jobs.map(tokio::spawn).collect();
        let mut threads = Vec::new();
        for job in running {
            threads.push(job.await.unwrap().unwrap());
        }
        threads.dedup();
        assert_eq!(threads.len(), 1);
        assert_ne!(threads[0], id());
        assert_eq!(*seen.lock().unwrap(), (0..600).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_panic_costs_one_answer() {
        let worker = Worker::new("test", Duration::from_secs(60));
        let panicked = worker.run(|| std::panic::resume_unwind(Box::new("on purpose"))).await;
        assert_eq!(panicked.map(|(): ()| ()), Err(NoAnswer { worker: "test" }));
        assert_eq!(worker.run(|| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn an_idle_thread_ends_and_another_takes_its_place() {
        let worker = Worker::new("test", Duration::ZERO);
        for number in 0..50 {
            assert_eq!(worker.run(move || number).await, Ok(number));
        }
        let mut queue = worker.inner.queue();
        while queue.served {
            drop(queue);
            thread::yield_now();
            queue = worker.inner.queue();
        }
        assert!(queue.jobs.is_empty());
    }
}
