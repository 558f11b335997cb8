//! Processes: started from one dedicated thread, each the leader of a session of its own, never left behind. A process
//! that is dropped is killed with its whole group and reaped.

mod input;
mod spawner;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::environment::Environment;
use crate::platform::{self, Ends, Exited, GroupId, Reader, Terminal, Writer};

use spawner::Newborn;

pub(crate) use input::Input;
pub use spawner::Spawner;

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandSpec {
    /// Program and arguments. A program without a slash is looked for in the `PATH` of `env`.
    pub argv: Vec<String>,
    /// What the program sees as its own name; absent: the first of `argv`.
    pub arg0: Option<String>,
    /// The absolute folder to run in.
    pub cwd: PathBuf,
    /// All of its variables.
    pub env: Environment,
}

impl CommandSpec {
    /// The program that will run, as the system will find it. Waits for the disk.
    ///
    /// # Errors
    /// Those of the start: there is none, or it may not be executed.
    pub fn find_program(&self) -> std::io::Result<PathBuf> {
        let name = self.argv.first().map(String::as_str).unwrap_or_default();
        platform::find_program(name, &self.cwd, self.env.get("PATH"))
    }
}

/// Turns a command into the one that really runs: a sandbox's helper, a supervisor. Called once per command, before it starts, on
/// the thread that starts processes: it may wait for the disk.
pub type Wrap = Arc<dyn Fn(CommandSpec) -> Result<CommandSpec, WrapError> + Send + Sync>;

/// Why a command was not wrapped, so it is not run at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrapError(pub String);

/// How a process is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Io {
    /// No input; both outputs are one pipe, so their order is the order of writing.
    Merged,
    /// A pipe per output, and one for the input when asked for.
    Separate {
        /// Whether there is an input.
        input: bool,
    },
    /// A terminal of its own, which is its controlling terminal.
    Terminal(TerminalSize),
}

/// Size of a terminal in character cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalSize {
    /// Height in cells.
    pub rows: u16,
    /// Width in cells.
    pub cols: u16,
}

impl Default for TerminalSize {
    fn default() -> Self {
        Self { rows: 24, cols: 80 }
    }
}

/// An output of a process. A terminal and merged outputs are `Stdout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A signal for all processes of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// What the interrupt key sends.
    Interrupt,
    /// Asks to end.
    Terminate,
    /// Ends at once.
    Kill,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exit {
    /// Its exit code, unless a signal ended it.
    pub(crate) code: Option<i32>,
    /// The signal that ended it.
    pub(crate) signal: Option<i32>,
}

impl Exit {
    /// As one number, as clients know it: 128 + n for a signal n, but 1 for any signal on a terminal.
    pub(crate) fn number(self, terminal: bool) -> i32 {
        match (self.code, self.signal) {
            (Some(code), _) => code,
            (None, Some(signal)) if !terminal => 128 + signal,
            (None, _) => 1,
        }
    }
}

/// Why a command does not run.
#[derive(Debug, thiserror::Error)]
pub enum SpawnError {
    /// No program was named.
    #[error("missing program for {} spawn", if *terminal { "PTY" } else { "pipe" })]
    MissingProgram {
        /// Whether it was to run on a terminal.
        terminal: bool,
    },
    /// The hook that wraps commands refused.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// The system refused: no such program, no such folder, no permission, too many processes.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The thread that starts processes cannot be started or is gone.
    #[error("the thread that starts processes is not running: {0}")]
    Thread(String),
}

/// A running process, or one that exited and was not reaped yet.
pub(crate) struct Process {
    // Present until it is reaped or handed over for burial.
    child: Option<std::process::Child>,
    exited: Exited,
    group: Group,
    spawner: Spawner,
    outputs: Vec<(Stream, Reader)>,
    writer: Option<Writer>,
    terminal: Option<Terminal>,
    _counted: codex_utils_metrics::Held,
}

impl Process {
    /// Binds a started process to the runtime of the caller. Should that fail, it is killed.
    fn attach(newborn: Newborn, ends: Ends, spawner: &Spawner) -> Result<Self, SpawnError> {
        let exited = Exited::of(newborn.child()?)?;
        let group = GroupId::of(newborn.child()?)?;
        let terminal = ends.terminal.map(Terminal::new).transpose()?;
        let mut outputs = Vec::with_capacity(ends.outputs.len());
        for (stream, source) in ends.outputs {
            outputs.push((stream, Reader::new(source, terminal.as_ref())?));
        }
        let writer = ends.input.map(|sink| Writer::new(sink, terminal.as_ref())).transpose()?;
        Ok(Self {
            child: newborn.into_child(),
            exited,
            group: Group(Arc::new(Mutex::new(Some(group)))),
            spawner: spawner.clone(),
            outputs,
            writer,
            terminal,
            _counted: codex_utils_metrics::COMMANDS_OPEN.hold(),
        })
    }

    /// Its outputs; the second call gets none.
    pub(crate) fn take_outputs(&mut self) -> Vec<(Stream, Reader)> {
        std::mem::take(&mut self.outputs)
    }

    /// Its input, fed by a task of its own; the second call gets none.
    pub(crate) fn take_input(&mut self) -> Option<Input> {
        self.writer.take().map(|writer| Input::start(writer, self.terminal.is_some()))
    }

    /// Its terminal, when it has one.
    pub(crate) fn terminal(&self) -> Option<Terminal> {
        self.terminal.clone()
    }

    /// Signals it and its descendants.
    pub(crate) fn group(&self) -> Group {
        self.group.clone()
    }

    /// Waits until it has exited. May be dropped and called again.
    pub(crate) async fn exited(&mut self) {
        self.exited.wait().await;
    }

    /// Ends what is left of its group and reaps it. To be called once it has exited; it is killed otherwise.
    pub(crate) fn finish(mut self) -> std::io::Result<Exit> {
        let mut group = self.group.lock();
        if let Some(group) = group.take() {
            group.signal(Signal::Kill);
        }
        match self.child.take() {
            Some(mut child) => child.wait().map(Exit::from),
            None => Err(std::io::Error::other("the process was reaped before")),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let Some(child) = self.child.take() else { return };
        if let Some(group) = self.group.lock().take() {
            group.signal(Signal::Kill);
        }
        self.spawner.bury(child);
    }
}

/// Signals a process and its descendants for as long as their group is surely theirs.
#[derive(Clone)]
pub(crate) struct Group(Arc<Mutex<Option<GroupId>>>);

impl Group {
    /// Sends a signal; nothing happens once the process was reaped.
    pub(crate) fn signal(&self, signal: Signal) {
        if let Some(group) = *self.lock() {
            group.signal(signal);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<GroupId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Process {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Process").field("id", &self.child.as_ref().map(std::process::Child::id)).finish()
    }
}
