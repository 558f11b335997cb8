//! Why a request of `command/exec` or `process/*` fails, in the words that clients know.

use std::fmt;

use super::Family;
use crate::process::SpawnError;

/// What kind of error a client is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandErrorKind {
    /// The request cannot be done now.
    InvalidRequest,
    /// The params cannot be right.
    InvalidParams,
    /// The system refused.
    Internal,
}

/// Why a request fails.
#[derive(Debug)]
pub struct CommandError {
    /// Which methods were used; the words follow it.
    pub family: Family,
    /// What is wrong.
    pub problem: CommandProblem,
}

/// What is wrong with a request.
#[derive(Debug)]
pub enum CommandProblem {
    /// No program was named.
    EmptyCommand,
    /// The handle is empty.
    EmptyHandle,
    /// A terminal or streaming was asked for without an id.
    IdNeeded,
    /// The id belongs to a command that runs.
    Duplicate(String),
    /// No command runs under the id.
    NotFound(String),
    /// The command ended while the request was being done.
    NoLongerRunning(String),
    /// The command was started without an input.
    StdinNotStreamed,
    /// The input was closed.
    StdinClosed,
    /// The command has no terminal.
    NoTerminal,
    /// The terminal could not be resized.
    Resize(std::io::Error),
    /// A time limit and none were asked for.
    TwoTimeouts,
    /// An output cap and none were asked for.
    TwoCaps,
    /// The time limit is negative.
    NegativeTimeout(i64),
    /// A size was given for no terminal.
    SizeWithoutTerminal,
    /// The size has no cells.
    ZeroSize,
    /// Nothing was to be written.
    NothingToWrite,
    /// The bytes to write are not in base64.
    InvalidBase64(base64::DecodeError),
    /// The command did not start.
    Spawn(SpawnError),
}

impl CommandError {
    pub(super) fn new(family: Family, problem: CommandProblem) -> Self {
        Self { family, problem }
    }

    /// What kind of error a client is answered with.
    pub fn kind(&self) -> CommandErrorKind {
        match self.problem {
            CommandProblem::EmptyCommand
            | CommandProblem::EmptyHandle
            | CommandProblem::IdNeeded
            | CommandProblem::Duplicate(_)
            | CommandProblem::NotFound(_)
            | CommandProblem::NoLongerRunning(_)
            | CommandProblem::StdinNotStreamed
            | CommandProblem::StdinClosed
            | CommandProblem::NoTerminal
            | CommandProblem::Resize(_) => CommandErrorKind::InvalidRequest,
            CommandProblem::TwoTimeouts
            | CommandProblem::TwoCaps
            | CommandProblem::NegativeTimeout(_)
            | CommandProblem::SizeWithoutTerminal
            | CommandProblem::ZeroSize
            | CommandProblem::NothingToWrite
            | CommandProblem::InvalidBase64(_) => CommandErrorKind::InvalidParams,
            CommandProblem::Spawn(_) => CommandErrorKind::Internal,
        }
    }
}

impl std::error::Error for CommandError {}

impl fmt::Display for CommandError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.family.words();
        match &self.problem {
            CommandProblem::EmptyCommand => write!(formatter, "command must not be empty"),
            CommandProblem::EmptyHandle => write!(formatter, "processHandle must not be empty"),
            CommandProblem::IdNeeded => {
                write!(formatter, "{} tty or streaming requires a client-supplied {}", words.start, words.id_field)
            }
            CommandProblem::Duplicate(id) => write!(formatter, "duplicate active {}: {id:?}", words.id),
            CommandProblem::NotFound(id) => write!(formatter, "no active {} {id:?}", words.found_by),
            CommandProblem::NoLongerRunning(id) => write!(formatter, "{} {id:?} is no longer running", words.what),
            CommandProblem::StdinNotStreamed => {
                write!(formatter, "stdin streaming is not enabled for this {}", words.what)
            }
            CommandProblem::StdinClosed => write!(formatter, "stdin is already closed"),
            CommandProblem::NoTerminal => {
                write!(formatter, "failed to resize PTY: process is not attached to a PTY")
            }
            CommandProblem::Resize(error) => write!(formatter, "failed to resize PTY: {error}"),
            CommandProblem::TwoTimeouts => {
                write!(formatter, "{} cannot set both timeoutMs and disableTimeout", words.start)
            }
            CommandProblem::TwoCaps => {
                write!(formatter, "{} cannot set both outputBytesCap and disableOutputCap", words.start)
            }
            CommandProblem::NegativeTimeout(timeout) => {
                write!(formatter, "{} timeoutMs must be non-negative, got {timeout}", words.start)
            }
            CommandProblem::SizeWithoutTerminal => write!(formatter, "{} size requires tty: true", words.start),
            CommandProblem::ZeroSize => {
                write!(formatter, "{} size rows and cols must be greater than 0", words.what)
            }
            CommandProblem::NothingToWrite => write!(formatter, "{} requires deltaBase64 or closeStdin", words.write),
            CommandProblem::InvalidBase64(error) => write!(formatter, "invalid deltaBase64: {error}"),
            CommandProblem::Spawn(error) => write!(formatter, "failed to spawn {}: {error}", words.spawned),
        }
    }
}

/// The words of a family.
struct Words {
    start: &'static str,
    write: &'static str,
    what: &'static str,
    id: &'static str,
    id_field: &'static str,
    found_by: &'static str,
    spawned: &'static str,
}

impl Family {
    fn words(self) -> Words {
        match self {
            Self::CommandExec => Words {
                start: "command/exec",
                write: "command/exec/write",
                what: "command/exec",
                id: "command/exec process id",
                id_field: "processId",
                found_by: "command/exec for process id",
                spawned: "command",
            },
            Self::Process => Words {
                start: "process/spawn",
                write: "process/writeStdin",
                what: "process",
                id: "process handle",
                id_field: "processHandle",
                found_by: "process for process handle",
                spawned: "process",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(family: Family, problem: CommandProblem) -> String {
        CommandError::new(family, problem).to_string()
    }

    #[test]
    fn the_words_are_those_that_clients_know() {
        use CommandProblem as P;
        let id = || "p".to_owned();
        let (exec, process) = (Family::CommandExec, Family::Process);
        for (family, problem, expected) in [
            (exec, P::IdNeeded, "command/exec tty or streaming requires a client-supplied processId"),
            (exec, P::Duplicate(id()), "duplicate active command/exec process id: \"p\""),
            (process, P::Duplicate(id()), "duplicate active process handle: \"p\""),
            (exec, P::NotFound(id()), "no active command/exec for process id \"p\""),
            (process, P::NotFound(id()), "no active process for process handle \"p\""),
            (exec, P::NoLongerRunning(id()), "command/exec \"p\" is no longer running"),
            (exec, P::StdinNotStreamed, "stdin streaming is not enabled for this command/exec"),
            (process, P::StdinNotStreamed, "stdin streaming is not enabled for this process"),
            (exec, P::TwoTimeouts, "command/exec cannot set both timeoutMs and disableTimeout"),
            (exec, P::TwoCaps, "command/exec cannot set both outputBytesCap and disableOutputCap"),
            (exec, P::NegativeTimeout(-5), "command/exec timeoutMs must be non-negative, got -5"),
            (process, P::NegativeTimeout(-3), "process/spawn timeoutMs must be non-negative, got -3"),
            (exec, P::SizeWithoutTerminal, "command/exec size requires tty: true"),
            (process, P::SizeWithoutTerminal, "process/spawn size requires tty: true"),
            (exec, P::ZeroSize, "command/exec size rows and cols must be greater than 0"),
            (process, P::ZeroSize, "process size rows and cols must be greater than 0"),
            (exec, P::NothingToWrite, "command/exec/write requires deltaBase64 or closeStdin"),
            (process, P::NothingToWrite, "process/writeStdin requires deltaBase64 or closeStdin"),
            (
                exec,
                P::Spawn(std::io::Error::from_raw_os_error(2).into()),
                "failed to spawn command: No such file or directory (os error 2)",
            ),
            (
                process,
                P::Spawn(SpawnError::MissingProgram { terminal: false }),
                "failed to spawn process: missing program for pipe spawn",
            ),
            (
                exec,
                P::Spawn(SpawnError::MissingProgram { terminal: true }),
                "failed to spawn command: missing program for PTY spawn",
            ),
        ] {
            assert_eq!(text(family, problem), expected);
        }
    }
}
