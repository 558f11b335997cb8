//! Recording: lines of one thread, in the order they were given, through the one writer thread.
//!
//! A line gets its time and its ordinal when it is given; what is given together is written together. Nothing here waits
//! for a disk but the writer thread.

mod lock;
mod writer;

use std::fs::File;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::v2;
use tokio::sync::oneshot;

pub(crate) use lock::WriterLock;
pub(crate) use writer::Writer;

use crate::line::{self, Bodies, Owner, RolloutItem, SessionMeta};
use crate::{Clock, NewThread, StoreError};

/// Bytes that may wait to be written for one thread. Beyond that, appends are refused until some were written.
const MAX_WAITING: usize = 256 * 1024 * 1024;

/// A thread that may be written. Holds codex's writer lock until dropped.
pub struct Recorder {
    rollout: Arc<Rollout>,
    writer: Writer,
    clock: Clock,
}

/// One rollout file and what waits to be written to it.
pub(crate) struct Rollout {
    path: PathBuf,
    owner: Owner,
    queue: Mutex<Queue>,
    /// Used by the writer thread alone.
    output: Mutex<Output>,
    /// Freed with the last handle, so never before what was given has been written.
    _lock: WriterLock,
}

struct Queue {
    /// Whole lines that are not in the file yet.
    waiting: Vec<u8>,
    /// Who wants to know about them.
    answers: Vec<oneshot::Sender<Result<(), StoreError>>>,
    /// Whether the writer thread has been told.
    told: bool,
    next_ordinal: u64,
    /// The first line, until it was given to the writer.
    first: Option<(SessionMeta, String)>,
}

#[derive(Default)]
struct Output {
    file: Option<File>,
    /// The file's length up to the last whole line.
    committed: u64,
}

impl Recorder {
    pub(crate) fn new(thread: NewThread, path: PathBuf, lock: WriterLock, writer: Writer, clock: Clock) -> Self {
        let NewThread { thread_id, created_at, meta } = thread;
        let owner = Owner {
            session_id: meta.session_id.clone().unwrap_or_else(|| thread_id.clone()),
            thread_id,
            paginated: meta.history_mode == v2::ThreadHistoryMode::Paginated,
        };
        let queue = Queue {
            waiting: Vec::new(),
            answers: Vec::new(),
            told: false,
            next_ordinal: 0,
            first: Some((meta, line::timestamp(&created_at))),
        };
        let rollout =
            Rollout { path, owner, queue: Mutex::new(queue), output: Mutex::new(Output::default()), _lock: lock };
        Self { rollout: Arc::new(rollout), writer, clock }
    }

    /// Where the thread is kept. The file exists after the first append.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.rollout.path
    }

    /// The thread's id.
    #[must_use]
    pub fn thread_id(&self) -> &str {
        &self.rollout.owner.thread_id
    }

    /// Gives lines to be kept. They are stamped and queued now, in the order of the calls; the future says when they were
    /// handed to the operating system. It need not be polled for that.
    ///
    /// The first append creates the file and its folders and puts the session's metadata first.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the lines could not be written: they stay queued, whole, and go first with the next append.
    /// [`StoreError::Backlog`] when too much waits already: these lines were not taken.
    pub fn append(&self, lines: Vec<RolloutItem>) -> impl Future<Output = Result<(), StoreError>> + Send + use<> {
        let answer = self.give(&lines);
        async move { answer?.await.map_err(|_| StoreError::Stopped)? }
    }

    fn give(&self, lines: &[RolloutItem]) -> Result<oneshot::Receiver<Result<(), StoreError>>, StoreError> {
        let rollout = &self.rollout;
        let mut bodies = Bodies::default();
        for item in lines {
            bodies.push(&rollout.owner, item).map_err(|error| StoreError::io(&rollout.path, error.into()))?;
        }
        let (answer, answered) = oneshot::channel();
        let mut queue = rollout.queue();
        if queue.waiting.len() >= MAX_WAITING {
            return Err(StoreError::Backlog { path: rollout.path.clone(), bytes: queue.waiting.len() });
        }
        // Read under the lock, so that the lines' times never run backwards.
        let now = line::timestamp(&(self.clock)());
        if let Some((meta, created_at)) = &queue.first {
            let mut first = Bodies::default();
            let payload = meta.payload(&rollout.owner, created_at);
            first.session_meta(&payload).map_err(|error| StoreError::io(&rollout.path, error.into()))?;
            queue.first = None;
            queue.stamp(&rollout.owner, &now, &first);
        }
        queue.stamp(&rollout.owner, &now, &bodies);
        queue.answers.push(answer);
        if !std::mem::replace(&mut queue.told, true) {
            drop(queue);
            if let Err(error) = self.writer.tell(Arc::clone(rollout)) {
                rollout.queue().told = false;
                return Err(error);
            }
        }
        Ok(answered)
    }
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("path", &self.rollout.path).finish_non_exhaustive()
    }
}

impl Queue {
    fn stamp(&mut self, owner: &Owner, now: &str, bodies: &Bodies) {
        self.waiting.reserve(bodies.len());
        for body in bodies.iter() {
            let ordinal = owner.paginated.then_some(self.next_ordinal);
            line::stamp(&mut self.waiting, now, ordinal, body);
            self.next_ordinal += 1;
        }
    }
}

impl Rollout {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
