//! Commands on the machine: started, fed, read, ended.
//!
//! What lives here: [`Sessions`], the commands that the model runs in a thread; [`Commands`], those that clients run themselves;
//! what both stand on, processes with pipes or a terminal ([`Spawner`]), bounded output ([`KeptOutput`], [`truncate_output`]) and
//! the text of it ([`Utf8Splitter`], [`decode_output`]); which shell runs a script ([`Shells`]) and which variables it gets
//! ([`EnvironmentPolicy`], [`CallVariables`], [`LoginEnvironments`]).
//!
//! What must hold: every process leads a group of its own, and the whole group is killed when the command ends, is ended, or is
//! dropped, also with the runtime; a group is signalled only while its leader is not reaped, so never a stranger's; everything
//! is reaped; all processes are started from one thread; memory per command is bounded, and a slow reader of a session never
//! holds it up. What a command may do is decided elsewhere: a [`Wrap`] hook turns it into what really runs.
#![forbid(unsafe_code)]

mod command;
mod environment;
mod login;
mod output;
mod platform;
mod process;
mod session;
mod shell;

pub use command::{
    ClientCommand, CommandError, CommandErrorKind, CommandProblem, Commands, DEFAULT_OUTPUT_CAP, DEFAULT_TIMEOUT,
    Family, FinishedCommand, Limit, OutputDelta, RunningCommand, TIMED_OUT, Writing,
};
pub use environment::{
    CallVariables, Environment, EnvironmentPolicy, Inherit, PlainOutput, add_patch_variable, mark_network_disabled,
};
pub use login::LoginEnvironments;
pub use output::{Budget, Collected, KEPT_BYTES, KeptOutput, Utf8Splitter, decode_output, truncate_output};
pub use process::{CommandSpec, SpawnError, Spawner, Stream, TerminalSize, Wrap, WrapError};
pub use session::{
    Call, CallReport, CallStatus, ENDED_BY_SERVER, ExecCommand, MAX_SESSIONS, Random, SessionEnd, SessionEvent,
    SessionInfo, Sessions, StartError, TERMINATE_GRACE, Watcher, WriteError, rejected,
};
pub use shell::{Shell, Shells, command_line};
