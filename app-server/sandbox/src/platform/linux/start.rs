//! The last steps before the helper becomes the command.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use nix::sys::signal::SigSet;
use rustix::fs::Mode;
use serde::{Deserialize, Serialize};

use super::failure::tell;
use crate::{EXIT_NOT_EXECUTABLE, EXIT_NOT_FOUND, EXIT_SETUP_FAILED};

/// What stands before the name of a variable while the helper runs.
const HIDING_PREFIX: &[u8] = b"CODEX_SANDBOX_LATER_";

/// A name for a variable that is not for the helper.
///
/// The dynamic linker obeys some variables before a program's first line. The helper runs outside the sandbox it makes,
/// so a library that lies in the workspace must not be loaded into it.
pub fn hidden(name: OsString) -> OsString {
    if !(name.as_bytes().starts_with(b"LD_") || name.as_bytes() == b"GLIBC_TUNABLES") {
        return name;
    }
    OsString::from_vec([HIDING_PREFIX, name.as_bytes()].concat())
}

/// How the command stands to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the session and group of the helper.
    Shared,
    /// In a group of its own, in the foreground of the terminal at the standard input.
    Foreground,
    /// In a session of its own, without a terminal.
    Apart,
}

/// What the helper changed of itself, and the command gets back.
#[derive(Debug, Clone, Copy)]
pub struct Inherited {
    /// The blocked signals.
    pub signals: SigSet,
    /// The mask of file modes.
    pub umask: Mode,
}

/// Becomes the command; ends the process when that fails.
pub fn become_command(program: &OsStr, args: &[OsString], place: Place, inherited: Inherited) -> ! {
    if let Err(error) = take_place(place) {
        tell(&format_args!("cannot give the command its place in the terminal: {error}"));
        std::process::exit(EXIT_SETUP_FAILED);
    }
    let mut command = Command::new(program);
    command.args(args);
    for (name, value) in std::env::vars_os() {
        if let Some(shown) = name.as_bytes().strip_prefix(HIDING_PREFIX) {
            command.env_remove(&name);
            command.env(OsStr::from_bytes(shown), value);
        }
    }
    rustix::process::umask(inherited.umask);
    let error = match inherited.signals.thread_set_mask() {
        Ok(()) => command.exec(),
        Err(error) => error.into(),
    };
    tell(&format_args!("cannot run {}: {error}", program.display()));
    std::process::exit(match error.kind() {
        io::ErrorKind::NotFound => EXIT_NOT_FOUND,
        _ => EXIT_NOT_EXECUTABLE,
    })
}

fn take_place(place: Place) -> rustix::io::Result<()> {
    match place {
        Place::Shared => {}
        Place::Foreground => {
            rustix::process::setpgid(None, None)?;
            // Allowed from the background because SIGTTOU is blocked.
            rustix::termios::tcsetpgrp(rustix::stdio::stdin(), rustix::process::getpid())?;
        }
        Place::Apart => {
            rustix::process::setsid()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_linker_s_variables_are_hidden() {
        assert_eq!(hidden("LD_PRELOAD".into()), "CODEX_SANDBOX_LATER_LD_PRELOAD");
        assert_eq!(hidden("GLIBC_TUNABLES".into()), "CODEX_SANDBOX_LATER_GLIBC_TUNABLES");
        assert_eq!(hidden("PATH".into()), "PATH");
        assert_eq!(hidden("OLD_LD_PATH".into()), "OLD_LD_PATH");
    }
}
