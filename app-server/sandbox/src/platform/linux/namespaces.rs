//! Makes the namespaces of a sandbox, and is the first process in them.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use nix::sched::{CloneFlags, unshare};
use rustix::process::{Pid, getegid, geteuid};

use super::failure::{Failure, Step as _, tell};
use super::helper::{Order, fork, silence};
use super::layout::Layout;
use super::start::become_command;
use super::supervise::{Master, Target, supervise};
use super::{identity, mounts, seccomp};
use crate::EXIT_SETUP_FAILED;

/// What the first process needs beside the order.
pub struct Inside {
    /// What is mounted where.
    pub layout: Layout,
    /// The working folder of the command.
    pub cwd: PathBuf,
    /// The command's terminal, if it has one.
    pub console: Option<PathBuf>,
    /// Whether the command may use the network.
    pub network: bool,
    /// The pipe through which the process above speaks.
    pub control: OwnedFd,
    /// The pipe through which that process learns that the first one inside has begun.
    pub report: OwnedFd,
}

/// Leaves the namespaces of the host and starts the first process of the new ones.
///
/// This process ends when that is done. The supervisor, as subreaper, becomes the parent of the first process.
pub fn enter(inside: Inside, order: &Order) -> ! {
    let code = match leave(&inside) {
        Ok(Some(_)) => 0,
        Ok(None) => first(inside, order),
        Err(failure) => failed(&failure),
    };
    std::process::exit(code)
}

/// Enters new namespaces and forks; nothing in the child.
fn leave(inside: &Inside) -> Result<Option<Pid>, Failure> {
    let (user, group) = (geteuid().as_raw(), getegid().as_raw());
    let mut flags =
        CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWIPC;
    if !inside.network {
        flags |= CloneFlags::CLONE_NEWNET;
    }
    unshare(flags).step(
        "make namespaces for the sandbox (user.max_user_namespaces, kernel.unprivileged_userns_clone or AppArmor may \
         forbid them)",
    )?;
    identity::keep_user(user, group)?;
    fork()
}

fn first(inside: Inside, order: &Order) -> i32 {
    began(&inside.report);
    let ready = mounts::build(&inside.layout, inside.console.as_deref()).and_then(|()| {
        rustix::process::chdir(&inside.cwd).step(format_args!("enter the working folder {}", inside.cwd.display()))
    });
    match ready {
        Ok(()) => serve(File::from(inside.control), inside.network, order),
        Err(failure) => failed(&failure),
    }
}

/// Tells the process above that the first process of the namespaces has begun.
pub fn began(report: &OwnedFd) {
    // When nobody listens any more, the end comes anyway.
    let _ = rustix::io::write(report, b"b");
}

/// Is the first process of the namespaces: starts the command without any power, and waits for its end.
pub fn serve(control: File, network: bool, order: &Order) -> i32 {
    let started = identity::give_up_power()
        .and_then(|()| identity::hide_memory())
        .and_then(|()| seccomp::apply(network, false))
        .and_then(|()| fork());
    match started {
        Ok(Some(command)) => {
            silence();
            supervise(Some(command), &order.signals, Master::Pipe(control), order.target(command))
        }
        Ok(None) => become_command(&order.program, &order.args, order.place, order.inherited()),
        Err(failure) => failed(&failure),
    }
}

fn failed(failure: &Failure) -> i32 {
    tell(failure);
    EXIT_SETUP_FAILED
}

impl Order {
    /// Where the signals for a command of this order go.
    pub fn target(&self, command: Pid) -> Target {
        match self.place {
            super::start::Place::Shared => Target::Process(command),
            super::start::Place::Foreground | super::start::Place::Apart => Target::Group(command),
        }
    }
}
