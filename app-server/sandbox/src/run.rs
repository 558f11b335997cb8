//! Runs a command under given rules and waits for its end.

use std::ffi::OsString;
use std::io;
use std::process::Command;

use crate::command::{Attachment, CommandSpec};
use crate::error::SandboxError;
use crate::spec::SandboxSpec;
use crate::{EXIT_SETUP_FAILED, Sandbox};

/// Why a command could not be run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No command was given.
    #[error("no command was given to run in the sandbox")]
    NoCommand,
    /// The rules cannot be kept.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The command, or its helper, cannot be started.
    #[error("the command cannot be started in the sandbox: {0}")]
    Start(io::Error),
}

/// Runs `argv` under the rules of `spec`, in the terminal, environment and working folder of this process, and waits for
/// its end.
///
/// The result is its exit code, or 128 + n when signal n ended it.
///
/// # Errors
/// When the command is empty or cannot be started, or when the rules cannot be kept.
pub fn run_command(sandbox: &dyn Sandbox, spec: &SandboxSpec, argv: &[OsString]) -> Result<i32, RunError> {
    let (program, args) = argv.split_first().ok_or(RunError::NoCommand)?;
    let command = CommandSpec {
        program: program.clone(),
        args: args.to_vec(),
        cwd: std::env::current_dir().map_err(RunError::Start)?,
        env: std::env::vars_os().collect(),
        attachment: Attachment::Shared,
    };
    let prepared = sandbox.prepare(spec, command)?;
    let status = Command::new(prepared.program)
        .args(prepared.args)
        .current_dir(prepared.cwd)
        .env_clear()
        .envs(prepared.env)
        .status()
        .map_err(RunError::Start)?;
    Ok(status.code().or_else(|| signal(status)).unwrap_or(EXIT_SETUP_FAILED))
}

#[cfg(unix)]
fn signal(status: std::process::ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal)
}

#[cfg(not(unix))]
fn signal(_: std::process::ExitStatus) -> Option<i32> {
    None
}
