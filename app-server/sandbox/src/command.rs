//! Commands before and after they are put into a sandbox.

use std::ffi::OsString;
use std::path::PathBuf;

/// A command as a caller wants it to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSpec {
    /// The program: a path, or a name that is looked up in the `PATH` of `env`.
    pub program: OsString,
    /// Its arguments, without the program's name.
    pub args: Vec<OsString>,
    /// The working folder.
    pub cwd: PathBuf,
    /// The whole environment; nothing is inherited besides.
    pub env: Vec<(OsString, OsString)>,
    /// How it stands to the terminal and to signals.
    pub attachment: Attachment,
}

/// How a command stands to the terminal and to the signals of whoever runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attachment {
    /// A session of its own, without a terminal, or, when the standard input is a terminal that was opened for it (the
    /// prepared command leads the terminal's session), in that terminal's foreground. Signals sent to the prepared
    /// command's process are passed on to the command's group.
    #[default]
    Own,
    /// In the session, process group and terminal of the caller, as when a person typed it. Only SIGTERM and SIGHUP are
    /// passed on: the terminal itself tells the rest to everybody.
    Shared,
}

/// A command that runs another one under the rules it was prepared for.
///
/// It must be spawned directly by the process that prepared it: it ends, with all that it started, as soon as that
/// process is gone, however that came about. Its exit code is the command's, or 128 + n when signal n ended the
/// command. When the command has ended, everything that it left running is ended too, also what went into another
/// session.
///
/// SIGTERM asks the command to end; half a second later, or at once after a second SIGTERM, everything is killed. SIGKILL
/// to the prepared command's process, or to its group, kills everything at once as well, but then it may still be ending
/// when that process is gone already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedCommand {
    /// The program to start.
    pub program: PathBuf,
    /// Its arguments, without the program's name.
    pub args: Vec<OsString>,
    /// The working folder.
    pub cwd: PathBuf,
    /// The whole environment; the spawner lets nothing be inherited besides.
    pub env: Vec<(OsString, OsString)>,
}
