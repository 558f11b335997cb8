//! The one thread from which every process is started. A process that is to die with its parent dies with the *thread* that
//! started it, so that thread lives as long as there is anyone who may start processes. It also wraps commands, which may
//! wait for the disk, and reaps processes that were dropped.

use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::{CommandSpec, Io, Process, Signal, SpawnError, Wrap, WrapError};
use crate::platform::{self, Ends, GroupId};

/// How many commands may wait for being started; the next ones wait outside the queue.
const MAX_WAITING: usize = 64;

/// How often killed processes are looked at until they can be reaped.
const REAP_EVERY: Duration = Duration::from_millis(10);

/// Starts processes. Clones share one thread, which is started with the first process and ends after the last clone and the
/// last process are gone.
#[derive(Clone, Debug)]
pub struct Spawner {
    shared: Arc<Shared>,
    // The thread ends when nobody holds this any more.
    _alive: Arc<Alive>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    wake: Condvar,
    waiting: Semaphore,
}

#[derive(Debug, Default)]
struct State {
    running: bool,
    closed: bool,
    jobs: VecDeque<Job>,
    dying: Vec<Child>,
}

struct Job {
    spec: CommandSpec,
    wrap: Option<Wrap>,
    io: Io,
    answer: oneshot::Sender<Result<(Newborn, Ends), SpawnError>>,
}

impl fmt::Debug for Job {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Job").field("spec", &self.spec).field("io", &self.io).finish_non_exhaustive()
    }
}

/// A process that was started and belongs to nobody yet. Dropped, it is killed with its group and reaped.
#[derive(Debug)]
pub(super) struct Newborn {
    child: Option<Child>,
    shared: Arc<Shared>,
}

impl Newborn {
    pub(super) fn child(&self) -> std::io::Result<&Child> {
        self.child.as_ref().ok_or_else(|| std::io::Error::other("the process belongs to somebody else"))
    }

    pub(super) fn into_child(mut self) -> Option<Child> {
        self.child.take()
    }
}

impl Drop for Newborn {
    fn drop(&mut self) {
        let Some(child) = self.child.take() else { return };
        if let Ok(group) = GroupId::of(&child) {
            group.signal(Signal::Kill);
        }
        self.shared.bury(child);
    }
}

#[derive(Debug)]
struct Alive(Arc<Shared>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.wake.notify_one();
    }
}

impl Default for Spawner {
    fn default() -> Self {
        Self::new()
    }
}

impl Spawner {
    /// A spawner whose thread does not run yet.
    pub fn new() -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::new(State::default()),
            wake: Condvar::new(),
            waiting: Semaphore::new(MAX_WAITING),
        });
        Self { _alive: Arc::new(Alive(Arc::clone(&shared))), shared }
    }

    /// Starts a process, wrapped when there is a hook for it. When the future is dropped, a process that was started meanwhile
    /// is killed.
    pub(crate) async fn spawn(&self, spec: CommandSpec, wrap: Option<Wrap>, io: Io) -> Result<Process, SpawnError> {
        if spec.argv.first().is_none_or(String::is_empty) {
            return Err(SpawnError::MissingProgram { terminal: matches!(io, Io::Terminal(_)) });
        }
        let gone = |error: &dyn std::fmt::Display| SpawnError::Thread(error.to_string());
        let _place = self.shared.waiting.acquire().await.map_err(|error| gone(&error))?;
        let (answer, started) = oneshot::channel();
        self.shared.run(|state| state.jobs.push_back(Job { spec, wrap, io, answer })).map_err(|error| gone(&error))?;
        let (newborn, ends) = started.await.map_err(|error| gone(&error))??;
        Process::attach(newborn, ends, self)
    }

    /// Reaps a killed process without anybody waiting for it.
    pub(super) fn bury(&self, child: Child) {
        self.shared.bury(child);
    }
}

impl Shared {
    fn bury(self: &Arc<Self>, child: Child) {
        // Without a thread nobody can wait for it; it stays a zombie until this process ends.
        let _ = self.run(|state| state.dying.push(child));
    }

    /// Gives the thread something to do, starting it when needed.
    fn run(self: &Arc<Self>, change: impl FnOnce(&mut State)) -> std::io::Result<()> {
        let mut state = self.lock();
        if !state.running {
            let shared = Arc::clone(self);
            thread::Builder::new().name("exec-spawn".to_owned()).spawn(move || shared.work())?;
            state.running = true;
        }
        change(&mut state);
        drop(state);
        self.wake.notify_one();
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(self: &Arc<Self>) {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                self.start(job);
                state = self.lock();
                continue;
            }
            state.dying.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
            state = if !state.dying.is_empty() {
                self.wake.wait_timeout(state, REAP_EVERY).unwrap_or_else(PoisonError::into_inner).0
            } else if state.closed {
                state.running = false;
                return;
            } else {
                self.wake.wait(state).unwrap_or_else(PoisonError::into_inner)
            };
        }
    }

    fn start(self: &Arc<Self>, job: Job) {
        // Whoever asked may have gone meanwhile; gone later, the newborn is dropped with the answer.
        if !job.answer.is_closed() {
            let started = wrapped(job.spec, job.wrap).and_then(|spec| {
                let (child, ends) = platform::start(&spec, job.io)?;
                Ok((Newborn { child: Some(child), shared: Arc::clone(self) }, ends))
            });
            drop(job.answer.send(started));
        }
    }
}

/// The command that really runs. A hook that panics costs its command, not the thread.
fn wrapped(spec: CommandSpec, wrap: Option<Wrap>) -> Result<CommandSpec, SpawnError> {
    let Some(wrap) = wrap else { return Ok(spec) };
    catch_unwind(AssertUnwindSafe(|| wrap(spec)))
        .unwrap_or_else(|_| Err(WrapError("preparing the command broke off inside the server".to_owned())))
        .map_err(SpawnError::from)
}
