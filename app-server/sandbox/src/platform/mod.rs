//! The sandboxes of each operating system, all behind [`crate::Sandbox`].

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;
mod macos;
mod resolve;
mod windows;

#[cfg(not(target_os = "linux"))]
pub use elsewhere::{LinuxSandbox, helper_main};
#[cfg(target_os = "linux")]
pub use linux::{LinuxSandbox, helper_main};
pub use macos::{MacSandbox, seatbelt_profile};
pub use windows::WindowsSandbox;

use std::ffi::OsString;

use crate::command::{CommandSpec, PreparedCommand};

/// The first argument with which a program that embeds this crate is started as its helper.
pub const HELPER_ARGUMENT: &str = "--sandbox-helper";

/// Becomes the helper when this process was started as one; otherwise does nothing.
///
/// The embedding program calls it first in `main`: before it starts a thread, opens a file or reads its arguments.
pub fn run_if_helper() {
    let mut args = std::env::args_os().skip(1);
    if args.next().is_some_and(|first| first == HELPER_ARGUMENT) {
        helper_main(args.collect::<Vec<OsString>>());
    }
}

/// The sandbox of the operating system for which this crate was built.
#[cfg(target_os = "linux")]
pub type HostSandbox = LinuxSandbox;
/// The sandbox of the operating system for which this crate was built.
#[cfg(target_os = "macos")]
pub type HostSandbox = MacSandbox;
/// The sandbox of the operating system for which this crate was built.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub type HostSandbox = WindowsSandbox;

/// A command as it is, for modes without a sandbox on systems without a supervisor.
fn unconfined(command: CommandSpec) -> PreparedCommand {
    PreparedCommand { program: command.program.into(), args: command.args, cwd: command.cwd, env: command.env }
}
