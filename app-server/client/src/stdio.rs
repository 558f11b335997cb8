//! A server as a child process that speaks over its standard input and output.

use std::io;
use std::process::{ExitStatus, Stdio};

use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

use crate::lines::LineConnection;

/// The connection to a child process. Closing it ends the child's input, at which a server exits.
pub type ChildConnection = LineConnection<ChildStdout, ChildStdin>;

/// A server that runs as a child process; it is killed when this is dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
}

/// Starts a server. Program, arguments, environment, working folder and what becomes of its standard error are the
/// command's; standard input and output are the connection.
///
/// # Errors
/// When the program cannot be started.
pub fn spawn(mut command: Command) -> io::Result<(ChildConnection, ServerProcess)> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let (Some(output), Some(input)) = (child.stdout.take(), child.stdin.take()) else {
        return Err(io::Error::other("the child process has no pipes"));
    };
    Ok((LineConnection::new(output, input), ServerProcess { child }))
}

impl ServerProcess {
    /// The id of the process; `None` once it has ended and was waited for.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Its standard error, when the command had it piped and it was not taken yet.
    pub fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Waits until it has ended. A server ends when its connection is closed.
    ///
    /// # Errors
    /// Of the system.
    pub async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// How it has ended; `None` while it runs.
    ///
    /// # Errors
    /// Of the system.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Kills it and waits until it is gone.
    ///
    /// # Errors
    /// Of the system.
    pub async fn kill(&mut self) -> io::Result<()> {
        self.child.kill().await
    }
}
