//! What stands for the Linux parts on other systems.

use std::ffi::OsString;
use std::io::Write as _;

use crate::Sandbox;
use crate::availability::Availability;
use crate::command::{CommandSpec, PreparedCommand};
use crate::error::SandboxError;
use crate::spec::SandboxSpec;

/// The sandbox of Linux, which this system is not: every command is refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinuxSandbox;

impl Sandbox for LinuxSandbox {
    fn prepare(&self, _: &SandboxSpec, _: CommandSpec) -> Result<PreparedCommand, SandboxError> {
        Err(SandboxError::Unsupported("this program was not built for Linux".to_owned()))
    }

    fn available(&self) -> Availability {
        Availability::default()
    }
}

/// Ends the process: there is no helper on this system.
pub fn helper_main(_: Vec<OsString>) -> ! {
    // Nobody is left to be told when this fails.
    let _ = writeln!(std::io::stderr(), "sandbox helper: there is none on this system");
    std::process::exit(crate::EXIT_SETUP_FAILED)
}
