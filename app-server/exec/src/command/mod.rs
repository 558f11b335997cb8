//! Commands that clients run themselves: the engine behind `command/exec` and `process/*`. A command belongs to an owner, the
//! connection it came from, and is addressed there by an id that the client chose. It ends with its owner.

mod capture;
mod error;
mod run;
mod table;

use std::fmt;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::process::{CommandSpec, Io, SpawnError, Spawner, TerminalSize, Wrap};
use run::{Handles, Plan};
use table::{Key, Place, Table};

pub use capture::OutputDelta;
pub use error::{CommandError, CommandErrorKind, CommandProblem};
pub use run::FinishedCommand;

/// Bytes that are taken of each output when a client does not say.
pub const DEFAULT_OUTPUT_CAP: usize = 1024 * 1024;

/// How long a command may run when a client does not say.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// The exit code of a command that ran out of time.
pub const TIMED_OUT: i32 = 124;

/// Deltas that wait for the client; then the command waits.
const DELTAS: usize = 16;

/// Which methods a command is handled by. Ids of one family do not meet those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `command/exec` and `command/exec/*`.
    CommandExec,
    /// `process/*`.
    Process,
}

/// A limit that a client may set, lift, or leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limit<T> {
    /// Ours.
    #[default]
    Default,
    /// None.
    Off,
    /// This one.
    At(T),
    /// One and none at once, which is refused.
    Contradictory,
}

impl<T> Limit<T> {
    /// A limit from a value and a switch beside it that lifts it.
    pub fn from_switch(value: Option<T>, off: bool) -> Self {
        match (value, off) {
            (Some(_), true) => Self::Contradictory,
            (Some(value), false) => Self::At(value),
            (None, true) => Self::Off,
            (None, false) => Self::Default,
        }
    }

    /// A limit from a value that may be absent (ours) or null (none).
    pub fn from_nullable(value: Option<Option<T>>) -> Self {
        match value {
            None => Self::Default,
            Some(None) => Self::Off,
            Some(Some(value)) => Self::At(value),
        }
    }
}

/// A command as a client asks for it.
pub struct ClientCommand {
    /// Which methods are used.
    pub family: Family,
    /// What to run.
    pub spec: CommandSpec,
    /// Turns it into what really runs.
    pub wrap: Option<Wrap>,
    /// The client's name for it.
    pub id: Option<String>,
    /// Whether it gets a terminal, which implies both kinds of streaming.
    pub tty: bool,
    /// Whether it has an input.
    pub stream_stdin: bool,
    /// Whether its output comes while it runs, and not again at the end.
    pub stream_output: bool,
    /// The size of its terminal; absent: 24 x 80.
    pub size: Option<TerminalSize>,
    /// Most bytes of each output.
    pub output_cap: Limit<usize>,
    /// Most milliseconds it may run.
    pub timeout_ms: Limit<i64>,
}

/// The commands of all owners. Clones share them.
pub struct Commands<O> {
    spawner: Spawner,
    table: Arc<Table<O>>,
}

impl<O> Clone for Commands<O> {
    fn clone(&self) -> Self {
        Self { spawner: self.spawner.clone(), table: Arc::clone(&self.table) }
    }
}

impl<O: Clone + Eq + Hash + Send + Sync + 'static> Commands<O> {
    /// No commands yet.
    pub fn new(spawner: Spawner) -> Self {
        Self { spawner, table: Arc::new(Table::default()) }
    }

    /// Starts a command. Its id is taken from now until it has ended.
    ///
    /// # Errors
    /// When the params contradict each other, the id is taken, or the command cannot be started.
    pub async fn start(&self, owner: O, command: ClientCommand) -> Result<RunningCommand, CommandError> {
        let (io, plan) = command.plan()?;
        let family = command.family;
        let fail = |problem| CommandError::new(family, problem);
        let place = Place::take(&self.table, owner, family, command.id).map_err(fail)?;
        let process = self.spawner.spawn(command.spec, command.wrap, io).await;
        let mut process = process.map_err(|error| fail(CommandProblem::Spawn(error)))?;
        let (stop, stopped) = watch::channel(false);
        let writing = Semaphore::new(1);
        place.ready(Handles { input: process.take_input(), writing, terminal: process.terminal(), stop });
        let (deltas, received) = mpsc::channel(DELTAS);
        let (done, result) = oneshot::channel();
        let task = tokio::spawn(async move {
            let finished = run::run(process, plan, stopped, deltas).await;
            // The id is free again before anybody hears of the end.
            drop(place);
            let _ = done.send(finished);
        });
        Ok(RunningCommand { family, deltas: received, result, task })
    }

    /// Writes to the input of a command, then closes it if asked to. The future ends as soon as the write has its place behind
    /// earlier ones; the [`Writing`] that it gives waits while the command does not read.
    ///
    /// # Errors
    /// When there is nothing to do, no such command, or no input.
    pub async fn write(
        &self,
        owner: &O,
        family: Family,
        id: &str,
        delta_base64: Option<&str>,
        close: bool,
    ) -> Result<Writing, CommandError> {
        let fail = move |problem| CommandError::new(family, problem);
        if delta_base64.is_none() && !close {
            return Err(fail(CommandProblem::NothingToWrite));
        }
        let bytes = STANDARD
            .decode(delta_base64.unwrap_or_default())
            .map_err(|error| fail(CommandProblem::InvalidBase64(error)))?;
        let (handles, mut ended) = self.handles(owner, family, id).await?;
        if handles.input.is_none() {
            return Err(fail(CommandProblem::StdinNotStreamed));
        }
        let id = id.to_owned();
        let mut writing: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move {
            let written = tokio::select! {
                biased;
                written = handles.write(Bytes::from(bytes), close) => written,
                _ = ended.wait_for(Option::is_none) => Err(CommandProblem::NoLongerRunning(id)),
            };
            written.map_err(fail)
        });
        // The first poll takes the place.
        let first = std::future::poll_fn(|context| Poll::Ready(writing.as_mut().poll(context))).await;
        Ok(match first {
            Poll::Ready(written) => Writing(Box::pin(std::future::ready(written))),
            Poll::Pending => Writing(writing),
        })
    }

    /// Gives the terminal of a command another size.
    ///
    /// # Errors
    /// When the size has no cells, there is no such command, or it has no terminal.
    pub async fn resize(&self, owner: &O, family: Family, id: &str, size: TerminalSize) -> Result<(), CommandError> {
        check_size(size).map_err(|problem| CommandError::new(family, problem))?;
        let (handles, _) = self.handles(owner, family, id).await?;
        let terminal = handles.terminal.as_ref().ok_or(CommandProblem::NoTerminal);
        terminal
            .and_then(|terminal| terminal.resize(size).map_err(CommandProblem::Resize))
            .map_err(|problem| CommandError::new(family, problem))
    }

    /// Kills a command and its descendants.
    ///
    /// # Errors
    /// When there is no such command.
    pub async fn terminate(&self, owner: &O, family: Family, id: &str) -> Result<(), CommandError> {
        self.handles(owner, family, id).await?.0.stop.send_replace(true);
        Ok(())
    }

    /// Kills all commands of an owner, also those that are just being started.
    pub fn end(&self, owner: &O) {
        self.table.end(owner);
    }

    /// How many commands an owner has.
    pub fn count(&self, owner: &O) -> usize {
        self.table.count(owner)
    }

    /// The handles of a command, once it has started.
    async fn handles(
        &self,
        owner: &O,
        family: Family,
        id: &str,
    ) -> Result<(Arc<Handles>, watch::Receiver<Option<Arc<Handles>>>), CommandError> {
        let not_found = || CommandError::new(family, CommandProblem::NotFound(id.to_owned()));
        let key = Key::Named(family, id.to_owned());
        let mut slot = self.table.find(owner, &key).ok_or_else(not_found)?;
        let handles = slot.wait_for(Option::is_some).await.ok().and_then(|handles| handles.clone());
        handles.map(|handles| (handles, slot)).ok_or_else(not_found)
    }
}

fn check_size(size: TerminalSize) -> Result<(), CommandProblem> {
    if size.rows == 0 || size.cols == 0 { Err(CommandProblem::ZeroSize) } else { Ok(()) }
}

impl ClientCommand {
    /// Checks that the params fit together, as the start does first.
    ///
    /// # Errors
    /// The first thing that is wrong, in the order that clients know.
    pub fn check(&self) -> Result<(), CommandError> {
        self.plan().map(drop)
    }

    /// What follows from the params, once they fit together.
    fn plan(&self) -> Result<(Io, Plan), CommandError> {
        let fail = |problem| Err(CommandError::new(self.family, problem));
        if self.spec.argv.is_empty() {
            return fail(CommandProblem::EmptyCommand);
        }
        if self.family == Family::Process && self.id.as_deref() == Some("") {
            return fail(CommandProblem::EmptyHandle);
        }
        if self.size.is_some() && !self.tty {
            return fail(CommandProblem::SizeWithoutTerminal);
        }
        let cap = match self.output_cap {
            Limit::Default => Some(DEFAULT_OUTPUT_CAP),
            Limit::Off => None,
            Limit::At(bytes) => Some(bytes),
            Limit::Contradictory => return fail(CommandProblem::TwoCaps),
        };
        let timeout = match self.timeout_ms {
            Limit::Default => Some(DEFAULT_TIMEOUT),
            Limit::Off => None,
            Limit::At(milliseconds) => match u64::try_from(milliseconds) {
                Ok(milliseconds) => Some(Duration::from_millis(milliseconds)),
                Err(_) => return fail(CommandProblem::NegativeTimeout(milliseconds)),
            },
            Limit::Contradictory => return fail(CommandProblem::TwoTimeouts),
        };
        self.size.map_or(Ok(()), check_size).map_err(|problem| CommandError::new(self.family, problem))?;
        if self.id.is_none() && (self.tty || self.stream_stdin || self.stream_output) {
            return fail(CommandProblem::IdNeeded);
        }
        let io = if self.tty {
            Io::Terminal(self.size.unwrap_or_default())
        } else {
            Io::Separate { input: self.stream_stdin }
        };
        let plan = Plan { stream: self.tty || self.stream_output, terminal: self.tty, cap, timeout };
        Ok((io, plan))
    }
}

/// A write to the input of a command that has its place behind earlier ones. Dropped, it is given up: what was not written yet is
/// not written.
pub struct Writing(Pin<Box<dyn Future<Output = Result<(), CommandError>> + Send>>);

impl Future for Writing {
    type Output = Result<(), CommandError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Writing").finish_non_exhaustive()
    }
}

/// A command that was started. Dropped, it is killed.
#[derive(Debug)]
pub struct RunningCommand {
    family: Family,
    deltas: mpsc::Receiver<OutputDelta>,
    result: oneshot::Receiver<FinishedCommand>,
    task: JoinHandle<()>,
}

impl RunningCommand {
    /// The next piece of a streamed output; none once all came. The command waits while nobody asks.
    pub async fn next_delta(&mut self) -> Option<OutputDelta> {
        self.deltas.recv().await
    }

    /// How it ended. Deltas that were not fetched are dropped.
    ///
    /// # Errors
    /// When the command's task is gone, which means that the server is being shut down.
    pub async fn finish(mut self) -> Result<FinishedCommand, CommandError> {
        self.deltas.close();
        let gone = |_| SpawnError::Thread("the server is shutting down".to_owned());
        (&mut self.result).await.map_err(|error| CommandError::new(self.family, CommandProblem::Spawn(gone(error))))
    }
}

impl Drop for RunningCommand {
    fn drop(&mut self) {
        self.task.abort();
    }
}
