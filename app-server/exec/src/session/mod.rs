//! Sessions: the commands of one thread. A call starts a command and waits a while; a command that runs on is a session, which
//! later calls write to and read from. Sessions outlive the turn that started them and end when they exit, when they are
//! terminated, when they are the least used of too many, and when the last handle of [`Sessions`] is dropped.

mod error;
mod pump;
mod report;
mod table;
mod watcher;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::process::{CommandSpec, Group, Input, Io, Signal, Spawner, TerminalSize, Wrap};
use pump::Shared;
use table::Table;

pub use error::{StartError, WriteError, rejected};
pub use report::{CallReport, CallStatus};
pub use watcher::{SessionEnd, SessionEvent, Watcher};

/// Sessions that a thread may have at the same time.
pub const MAX_SESSIONS: usize = 64;

/// How long a session that is being terminated may take to clean up before it is killed.
pub const TERMINATE_GRACE: Duration = Duration::from_millis(500);

/// The byte that the interrupt key sends.
const INTERRUPT: &str = "\u{3}";

/// The exit code of a session that did not end by itself.
pub const ENDED_BY_SERVER: i32 = -1;

/// Random numbers for ids.
pub type Random = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A command of the model. `tag` is whatever the caller wants to find again with the session.
pub struct ExecCommand<T> {
    /// What to run.
    pub spec: CommandSpec,
    /// Turns it into what really runs.
    pub wrap: Option<Wrap>,
    /// Whether it gets a terminal. Without one it has no input, and writing to it is refused.
    pub tty: bool,
    /// Goes with the session.
    pub tag: T,
}

/// A session as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo<T> {
    /// Its id: four or five digits, random.
    pub id: i32,
    /// The command as it was asked for, before it was wrapped.
    pub argv: Vec<String>,
    /// The folder it was started in.
    pub cwd: std::path::PathBuf,
    /// Whether it has a terminal.
    pub tty: bool,
    /// What came with the command.
    pub tag: T,
}

/// The sessions of one thread. Clones share them.
pub struct Sessions<T> {
    inner: Arc<Inner<T>>,
}

impl<T> Clone for Sessions<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

struct Inner<T> {
    spawner: Spawner,
    random: Random,
    table: Mutex<Table<T>>,
}

/// A session, held by the table and by the calls that use it. Dropped, its command is killed.
struct Session<T> {
    info: SessionInfo<T>,
    shared: Arc<Shared>,
    input: Option<Input>,
    group: Group,
    stop: watch::Sender<bool>,
}

impl<T> Session<T> {
    fn stop(&self) {
        self.stop.send_replace(true);
    }
}

impl<T: Clone + Send + Sync + 'static> Sessions<T> {
    /// No sessions yet.
    pub fn new(spawner: Spawner, random: Random) -> Self {
        Self { inner: Arc::new(Inner { spawner, random, table: Mutex::new(Table::new()) }) }
    }

    /// Starts a command. It is a session from now on; when [`MAX_SESSIONS`] are there, one that was not used for long ends.
    ///
    /// # Errors
    /// When the command cannot be started; its text is what the model and the item tell.
    pub async fn start(&self, command: ExecCommand<T>) -> Result<Call<T>, StartError> {
        let started = Instant::now();
        let ExecCommand { spec, wrap, tty, tag } = command;
        let (argv, cwd) = (spec.argv.clone(), spec.cwd.clone());
        let io = if tty { Io::Terminal(TerminalSize::default()) } else { Io::Merged };
        let mut process = self.inner.spawner.spawn(spec, wrap, io).await?;
        let (group, input) = (process.group(), process.take_input());
        let shared = Arc::new(Shared::new(started));
        let watcher = shared.watch();
        let (stop, stopped) = watch::channel(false);
        let mut table = self.table();
        let id = table.free_id(&self.inner.random);
        let session = Arc::new(Session {
            info: SessionInfo { id, argv, cwd, tty, tag },
            shared: Arc::clone(&shared),
            input,
            group,
            stop,
        });
        let evicted = table.insert(Arc::clone(&session));
        drop(table);
        tokio::spawn(pump::run(process, shared, stopped, tty));
        if let Some(evicted) = evicted {
            evicted.stop();
        }
        Ok(Call { sessions: self.clone(), session, watcher: Some(watcher), started, done: false })
    }

    /// Writes to a session and tells what it printed since the last call, after it exited or the time is over. Without text it
    /// only waits. `yield_time_ms` is 250 to 30000 with text (absent: 250) and 5000 to 300000 without (absent: 5000).
    ///
    /// # Errors
    /// When there is no such session, or it takes no text.
    pub async fn write_stdin(&self, id: i32, text: &str, yield_time_ms: Option<u64>) -> Result<CallReport, WriteError> {
        let started = Instant::now();
        let (least, most) = if text.is_empty() { (5000, 300_000) } else { (250, 30_000) };
        let deadline = started + Duration::from_millis(yield_time_ms.unwrap_or(least).clamp(least, most));
        let session = self.table().use_session(id).ok_or(WriteError::Unknown(id))?;
        if !text.is_empty() {
            session.take_text(text, deadline).await?;
        }
        let report = self.collect(&session, started, deadline).await;
        // Another call may have told about the end meanwhile.
        if matches!(report.status, CallStatus::Exited(_)) && !self.table().remove(&session) {
            return Err(WriteError::Unknown(id));
        }
        Ok(report)
    }

    /// A session, also one that exited and was not told about yet.
    pub fn get(&self, id: i32) -> Option<SessionInfo<T>> {
        self.table().get(id).map(|session| session.info.clone())
    }

    /// The sessions that run, by id.
    pub fn list(&self) -> Vec<SessionInfo<T>> {
        let mut running: Vec<_> = self
            .table()
            .iter()
            .filter(|session| !session.shared.has_ended())
            .map(|session| session.info.clone())
            .collect();
        running.sort_by_key(|info| info.id);
        running
    }

    /// Terminates a session: its processes are asked to end and killed after [`TERMINATE_GRACE`]. Nobody can use it any more.
    /// False when there is none that runs.
    pub fn terminate(&self, id: i32) -> bool {
        let mut table = self.table();
        let Some(session) = table.get(id).filter(|session| !session.shared.has_ended()) else { return false };
        table.remove(&session);
        drop(table);
        session.stop();
        true
    }

    /// Terminates all sessions; tells how many ran.
    pub fn clean(&self) -> usize {
        let sessions = self.table().remove_all();
        sessions.iter().filter(|session| !session.shared.has_ended()).inspect(|session| session.stop()).count()
    }

    async fn collect(&self, session: &Session<T>, started: Instant, deadline: Instant) -> CallReport {
        let exit_code = session.shared.ended(deadline).await;
        let collected = session.shared.take_output();
        CallReport {
            chunk_id: format!("{:06x}", (self.inner.random)() & 0xff_ffff),
            wall_time: started.elapsed(),
            status: exit_code.map_or(CallStatus::Running(session.info.id), CallStatus::Exited),
            output: collected,
        }
    }

    fn table(&self) -> MutexGuard<'_, Table<T>> {
        self.inner.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Session<T> {
    /// Gives text to the command: as keys to a terminal; without one only the interrupt key is known.
    async fn take_text(&self, text: &str, deadline: Instant) -> Result<(), WriteError> {
        match &self.input {
            // What has ended is told by its status instead.
            Some(_) if self.shared.has_ended() => Ok(()),
            Some(input) => {
                let written =
                    tokio::time::timeout_at(deadline, input.write(bytes::Bytes::copy_from_slice(text.as_bytes())));
                // A terminal that takes no more keys belongs to a command that is ending.
                written.await.map(drop).map_err(|_| WriteError::NotReading)
            }
            None if text == INTERRUPT => {
                self.group.signal(Signal::Interrupt);
                Ok(())
            }
            None => Err(WriteError::Closed),
        }
    }
}

/// A command that was started and has not been waited for. Dropped before it was, as when the turn is interrupted, the command
/// is terminated; afterwards the session is spared.
pub struct Call<T: Clone + Send + Sync + 'static> {
    sessions: Sessions<T>,
    session: Arc<Session<T>>,
    watcher: Option<Watcher>,
    started: Instant,
    done: bool,
}

impl<T: Clone + Send + Sync + 'static> Call<T> {
    /// The session of the command.
    pub fn info(&self) -> &SessionInfo<T> {
        &self.session.info
    }

    /// Tells what the command prints, from its first byte, and its end. The second call gets none.
    pub fn take_watcher(&mut self) -> Option<Watcher> {
        self.watcher.take()
    }

    /// Waits until the command exited or the time is over: 250 to 30000 ms, absent: 10000.
    pub async fn finish(mut self, yield_time_ms: Option<u64>) -> CallReport {
        // A watcher that nobody took must not hold output.
        self.watcher = None;
        let wait = Duration::from_millis(yield_time_ms.unwrap_or(10_000).clamp(250, 30_000));
        let report = self.sessions.collect(&self.session, self.started, self.started + wait).await;
        if matches!(report.status, CallStatus::Exited(_)) {
            self.sessions.table().remove(&self.session);
        }
        self.done = true;
        report
    }
}

impl<T: Clone + Send + Sync + 'static> Drop for Call<T> {
    fn drop(&mut self) {
        if !self.done {
            self.sessions.table().remove(&self.session);
            self.session.stop();
        }
    }
}
