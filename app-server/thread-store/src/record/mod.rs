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
use tempfile::TempPath;
use tokio::sync::oneshot;

pub use lock::WriterLock;
pub(crate) use lock::held_locks;
pub(crate) use writer::Writer;

use crate::line::{self, Bodies, Owner, RolloutItem, SessionMeta};
use crate::{Clock, History, NewThread, StoreError};

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
    /// Freed with the last handle or by the writer thread, so never before what was given has been written.
    lock: Mutex<Option<WriterLock>>,
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
    first: Option<First>,
    /// Whether nothing is taken any more.
    closed: bool,
    /// Who gets the lock once what waits has been tried.
    closing: Option<oneshot::Sender<WriterLock>>,
}

/// What a new file begins with.
struct First {
    meta: SessionMeta,
    created_at: String,
    copied: Vec<u8>,
}

#[derive(Default)]
struct Output {
    file: Option<File>,
    /// The file's length up to the last whole line.
    committed: u64,
    /// Whether the file must be there when it is opened.
    exists: bool,
    /// Where the file lies until its first lines are in it: whoever finds it under its name finds it whole. It goes with the
    /// output if that never happens.
    unnamed: Option<TempPath>,
}

impl Recorder {
    pub(crate) fn new(thread: NewThread, path: PathBuf, lock: WriterLock, writer: Writer, clock: Clock) -> Self {
        let NewThread { thread_id, created_at, meta, continuation: _, copied } = thread;
        let owner = Owner {
            session_id: meta.session_id.clone().unwrap_or_else(|| thread_id.clone()),
            thread_id,
            paginated: meta.history_mode == v2::ThreadHistoryMode::Paginated,
        };
        let next_ordinal = meta.history_base.as_ref().map_or(0, |base| base.end_ordinal_exclusive);
        let first = First { meta, created_at: line::timestamp(&created_at), copied };
        Self::over(path, owner, lock, Queue::new(next_ordinal, Some(first)), Output::default(), writer, clock)
    }

    /// Goes on writing a file.
    pub(crate) fn resume(history: &History, path: PathBuf, lock: WriterLock, writer: Writer, clock: Clock) -> Self {
        let thread = &history.stored.thread;
        let owner = Owner {
            session_id: thread.session_id.clone(),
            thread_id: thread.id.clone(),
            paginated: thread.history_mode == v2::ThreadHistoryMode::Paginated,
        };
        Self::over(path, owner, lock, Queue::new(history.next_ordinal, None), Output::of_existing(), writer, clock)
    }

    fn over(
        path: PathBuf,
        owner: Owner,
        lock: WriterLock,
        queue: Queue,
        output: Output,
        writer: Writer,
        clock: Clock,
    ) -> Self {
        let rollout =
            Rollout { path, owner, queue: Mutex::new(queue), output: Mutex::new(output), lock: Mutex::new(Some(lock)) };
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
    /// [`StoreError::Backlog`] when too much waits already, [`StoreError::Closed`] after [`Recorder::close`]: these lines
    /// were not taken.
    pub fn append(&self, lines: Vec<RolloutItem>) -> impl Future<Output = Result<(), StoreError>> + Send + use<> {
        let answer = self.give(&lines);
        async move { answer?.await.map_err(|_| StoreError::Stopped)? }
    }

    /// Ends the recording and hands the writer lock over, for a thread that is to be moved or deleted. What waits is
    /// written first, if it can be: an append without lines before tells whether it was. Later appends are refused.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when the lock was handed over before, [`StoreError::Stopped`], [`StoreError::Io`] when there
    /// is no writer thread.
    pub fn close(&self) -> impl Future<Output = Result<WriterLock, StoreError>> + Send + use<> {
        let closing = self.begin_close();
        async move { closing?.await.map_err(|_| StoreError::Stopped) }
    }

    fn begin_close(&self) -> Result<oneshot::Receiver<WriterLock>, StoreError> {
        let (closing, closed) = oneshot::channel();
        let mut queue = self.rollout.queue();
        if std::mem::replace(&mut queue.closed, true) {
            return Err(StoreError::Locked { id: self.thread_id().to_owned() });
        }
        queue.closing = Some(closing);
        self.wake_writer(queue)?;
        Ok(closed)
    }

    fn give(&self, lines: &[RolloutItem]) -> Result<oneshot::Receiver<Result<(), StoreError>>, StoreError> {
        let rollout = &self.rollout;
        let mut bodies = Bodies::default();
        for item in lines {
            bodies.push(&rollout.owner, item).map_err(|error| StoreError::io(&rollout.path, error.into()))?;
        }
        let (answer, answered) = oneshot::channel();
        let mut queue = rollout.queue();
        if queue.closed {
            return Err(StoreError::Closed { id: self.thread_id().to_owned() });
        }
        if queue.waiting.len() >= MAX_WAITING {
            return Err(StoreError::Backlog { path: rollout.path.clone(), bytes: queue.waiting.len() });
        }
        // Read under the lock, so that the lines' times never run backwards.
        let now = line::timestamp(&(self.clock)());
        if let Some(First { meta, created_at, .. }) = &queue.first {
            let mut line = Bodies::default();
            let payload = meta.payload(&rollout.owner, created_at);
            line.session_meta(&payload).map_err(|error| StoreError::io(&rollout.path, error.into()))?;
            let first = queue.first.take();
            queue.stamp(&rollout.owner, &now, &line);
            queue.waiting.extend(first.into_iter().flat_map(|first| first.copied));
        }
        queue.stamp(&rollout.owner, &now, &bodies);
        queue.answers.push(answer);
        self.wake_writer(queue)?;
        Ok(answered)
    }

    /// Tells the writer thread of the queue, unless it has been told.
    fn wake_writer(&self, mut queue: MutexGuard<'_, Queue>) -> Result<(), StoreError> {
        if !std::mem::replace(&mut queue.told, true) {
            drop(queue);
            if let Err(error) = self.writer.tell(Arc::clone(&self.rollout)) {
                self.rollout.queue().told = false;
                return Err(error);
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("path", &self.rollout.path).finish_non_exhaustive()
    }
}

impl Queue {
    fn new(next_ordinal: u64, first: Option<First>) -> Self {
        Self {
            waiting: Vec::new(),
            answers: Vec::new(),
            told: false,
            next_ordinal,
            first,
            closed: false,
            closing: None,
        }
    }

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
