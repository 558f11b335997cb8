//! What a command may do to the machine.
//!
//! A [`SandboxSpec`] says what is allowed, a [`Sandbox`] of the host turns a command into another command that runs it
//! under these rules, or says clearly why this host cannot keep them: there is no silent fallback to fewer rules.
//! Commands without a sandbox get a supervisor instead, so that nothing they started outlives the server.
//!
//! The prepared command starts the program that embeds this crate once more, with a hidden first argument. Such a
//! program calls [`run_if_helper`] before anything else.
//!
//! This crate spawns nothing by itself (except for [`run_command`] and for finding out what the host offers): who
//! spawns, reads and writes is the caller's affair.
#![forbid(unsafe_code)]

mod availability;
mod command;
mod error;
mod platform;
mod run;
mod spec;

pub use availability::{Availability, Backend, Missing, Part};
pub use command::{Attachment, CommandSpec, PreparedCommand};
pub use error::{Refusal, SandboxError};
pub use platform::{
    HELPER_ARGUMENT, HostSandbox, LinuxSandbox, MacSandbox, WindowsSandbox, helper_main, run_if_helper,
    seatbelt_profile,
};
pub use run::{RunError, run_command};
pub use spec::{PROTECTED_NAMES, SandboxMode, SandboxSpec, TempFolders};

/// Exit code of a prepared command when its sandbox or supervisor could not be set up. The command itself did not run;
/// the reason is on the standard error.
pub const EXIT_SETUP_FAILED: i32 = 125;

/// Exit code of a prepared command when the program exists and cannot be run.
pub const EXIT_NOT_EXECUTABLE: i32 = 126;

/// Exit code of a prepared command when the program does not exist.
pub const EXIT_NOT_FOUND: i32 = 127;

/// What every operating system's sandbox offers.
pub trait Sandbox: Send + Sync {
    /// Turns a command into one that runs under the rules of `spec`.
    ///
    /// # Errors
    /// When the rules contradict each other, or when this host cannot keep every one of them.
    fn prepare(&self, spec: &SandboxSpec, command: CommandSpec) -> Result<PreparedCommand, SandboxError>;

    /// What this host offers for sandboxes, and what it lacks. The first call may take a few milliseconds, for it tries
    /// the parts out.
    fn available(&self) -> Availability;
}
