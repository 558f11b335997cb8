//! Commands on the machine: processes with pipes or a terminal, what they print, and the sessions and tables that own them.
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
    Family, FinishedCommand, Limit, OutputDelta, RunningCommand, TIMED_OUT,
};
pub use environment::{CallVariables, Environment, EnvironmentPolicy, Inherit, PlainOutput, add_patch_variable};
pub use login::LoginEnvironments;
pub use output::{Budget, Collected, KEPT_BYTES, KeptOutput, Utf8Splitter, decode_output, truncate_output};
pub use process::{CommandSpec, Exit, Io, Signal, SpawnError, Spawner, Stream, TerminalSize, Wrap, WrapError};
pub use session::{
    Call, CallReport, CallStatus, ENDED_BY_SERVER, ExecCommand, MAX_SESSIONS, Random, SessionEnd, SessionEvent,
    SessionInfo, Sessions, StartError, TERMINATE_GRACE, Watcher, WriteError, rejected,
};
pub use shell::{Shell, Shells};
