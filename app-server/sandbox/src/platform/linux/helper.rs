//! The helper's first lines: what it is asked for, and what it does outside of every sandbox.

use std::ffi::OsString;
use std::io;
use std::os::fd::RawFd;
use std::path::PathBuf;
use std::{fs, process};

use ::fork::Fork;
use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, Signal, WaitOptions, getpid, getppid, getsid, set_child_subreaper};
use rustix::termios::{isatty, ttyname};

use super::covers::Covers;
use super::failure::{Failure, Step as _, tell};
use super::job::{Confinement, Job};
use super::namespaces::Inside;
use super::start::{Inherited, Place, become_command};
use super::supervise::{Master, Signals, Target, end_descendants, exit_code, supervise};
use super::{bubblewrap, identity, landlock, layout, namespaces, seccomp};
use crate::EXIT_SETUP_FAILED;

/// The role of the supervisor, which also sets up the sandbox.
pub const RUN: &str = "run";
/// The role of the first process in a sandbox that `bwrap` made.
pub const INSIDE: &str = "inside";
/// The role of a program that does nothing, with which backends are tried out.
pub const NOTHING: &str = "nothing";

/// The exit code when the server was gone before anything began, as if it had killed the command.
const SERVER_GONE: i32 = 128 + 9;

/// Is the helper, and ends the process. `args` are what follows [`crate::HELPER_ARGUMENT`].
///
/// The process must have one thread only: it forks.
pub fn helper_main(args: Vec<OsString>) -> ! {
    let code = work(args).unwrap_or_else(|failure| {
        tell(&failure);
        EXIT_SETUP_FAILED
    });
    process::exit(code)
}

fn work(args: Vec<OsString>) -> Result<i32, Failure> {
    let unknown = || io::Error::other("its arguments are not those that this version writes");
    let step = "understand the helper's job";
    let mut args = args.into_iter();
    let role = args.next().ok_or_else(unknown).step(step)?;
    if role == NOTHING {
        return Ok(0);
    }
    let job = args.next().and_then(|job| job.into_string().ok()).ok_or_else(unknown).step(step)?;
    let program = args.next().ok_or_else(unknown).step(step)?;
    let args = args.collect();
    match role.to_str() {
        Some(RUN) => run(&serde_json::from_str(&job).map_err(io::Error::from).step(step)?, program, args),
        Some(INSIDE) => bubblewrap::inside(&job, program, args),
        _ => Err(unknown()).step(step),
    }
}

/// A command and the state in which the helper found itself.
pub struct Order {
    /// The command's program.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// How it stands to the terminal.
    pub place: Place,
    /// The signals of this process.
    pub signals: Signals,
    /// The mask of file modes that the command gets.
    pub umask: Mode,
}

impl Order {
    /// Takes an order: from here on signals are held back and files get exactly the mode that is asked for.
    pub fn new(program: OsString, args: Vec<OsString>, place: Place) -> Result<Self, Failure> {
        let signals = Signals::hold(place == Place::Shared)?;
        let umask = rustix::process::umask(Mode::empty());
        Ok(Self { program, args, place, signals, umask })
    }

    /// What the command gets back.
    pub fn inherited(&self) -> Inherited {
        Inherited { signals: self.signals.before, umask: self.umask }
    }
}

fn run(job: &Job, program: OsString, args: Vec<OsString>) -> Result<i32, Failure> {
    close_strangers()?;
    ::fork::ensure_waitable_children().step("wait for children")?;
    let Some(master) = Master::server(job.server) else { return Ok(SERVER_GONE) };
    set_child_subreaper(Some(getpid())).step("become the parent of whatever the command leaves behind")?;
    let terminal = isatty(rustix::stdio::stdin());
    let place = match (job.shared, terminal && getsid(None).is_ok_and(|session| session == getpid())) {
        (true, _) => Place::Shared,
        (false, true) => Place::Foreground,
        (false, false) => Place::Apart,
    };
    let order = Order::new(program, args, place)?;
    let code = match &job.confinement {
        Confinement::None => run_below(&order, master, || Ok(())),
        Confinement::Landlock => run_below(&order, master, || {
            identity::give_up_power()?;
            landlock::confine()?;
            seccomp::apply(job.network, true)
        }),
        Confinement::Namespaces | Confinement::Bubblewrap { .. } => run_inside(job, &order, master, terminal),
    }?;
    Ok(code)
}

/// Runs the command as a child, confined by what `confine` does to it.
fn run_below(order: &Order, master: Master, confine: impl FnOnce() -> Result<(), Failure>) -> Result<i32, Failure> {
    let this = getpid();
    let Some(command) = fork()? else {
        // Only for the case that somebody kills this helper against all advice.
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).step("follow the supervisor")?;
        if getppid() != Some(this) {
            process::exit(SERVER_GONE);
        }
        confine()?;
        become_command(&order.program, &order.args, order.place, order.inherited());
    };
    silence();
    let code = supervise(Some(command), &order.signals, master, order.target(command));
    end_descendants(&order.signals);
    Ok(code)
}

/// Runs the command in namespaces.
fn run_inside(job: &Job, order: &Order, master: Master, terminal: bool) -> Result<i32, Failure> {
    let mut layout = layout::layout(&job.rules).map_err(io::Error::other).step("lay out the rules")?;
    let cwd = std::env::current_dir().step("find the working folder")?;
    let console = if terminal {
        ttyname(rustix::stdio::stdin(), Vec::new()).ok().and_then(|name| name.into_string().ok())
    } else {
        None
    };
    let (control, speaker) = pipe_with(PipeFlags::CLOEXEC).step("make a pipe")?;
    let covers = Covers::lay(&mut layout)?;
    let Some(child) = fork()? else {
        drop((covers, speaker));
        let inside = Inside { layout, cwd, console: console.map(PathBuf::from), network: job.network, control };
        match &job.confinement {
            Confinement::Bubblewrap { program } => bubblewrap::enter(program, inside, order),
            _ => namespaces::enter(inside, order),
        }
    };
    drop(control);
    // Without bubblewrap the child ends as soon as the first process of the namespaces exists, which then is the only
    // child of this process.
    let first = match job.confinement {
        Confinement::Bubblewrap { .. } => Ok(Some(child)),
        _ => wait_for(child).map(|()| None),
    };
    let code = match first {
        Ok(first) => {
            silence();
            supervise(first, &order.signals, master, Target::Pipe(speaker))
        }
        Err(code) => code,
    };
    end_descendants(&order.signals);
    covers.lift();
    Ok(code)
}

/// Waits for a child that should succeed; its exit code when it did not.
fn wait_for(child: Pid) -> Result<(), i32> {
    loop {
        match rustix::process::waitpid(Some(child), WaitOptions::empty()) {
            Ok(Some((_, status))) if exit_code(status) == 0 => return Ok(()),
            Ok(Some((_, status))) => return Err(exit_code(status)),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Err(EXIT_SETUP_FAILED),
        }
    }
}

/// Forks this process; nothing in the child.
pub fn fork() -> Result<Option<Pid>, Failure> {
    let step = "fork the helper";
    // Another thread could hold a lock that the child then waits for without end.
    if fs::read_dir("/proc/self/task").step(step)?.count() != 1 {
        return Err(io::Error::other("it has more than one thread; it must be started before everything else"))
            .step(step);
    }
    match ::fork::fork().step(step)? {
        Fork::Parent(child) => Ok(Pid::from_raw(child)),
        Fork::Child => Ok(None),
    }
}

/// Lets go of the command's input and output, so that their ends are seen when the command lets go.
pub fn silence() {
    // When it cannot be done, the ends are seen when this process ends, right after the command.
    let Ok(nothing) = openat(CWD, "/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty()) else { return };
    let _ = rustix::stdio::dup2_stdin(&nothing);
    let _ = rustix::stdio::dup2_stdout(&nothing);
    let _ = rustix::stdio::dup2_stderr(&nothing);
}

/// Closes every descriptor but the standard ones: nothing of the server gets into the sandbox.
fn close_strangers() -> Result<(), Failure> {
    let step = "close the server's descriptors";
    let mut strangers: Vec<RawFd> = Vec::new();
    for entry in fs::read_dir("/proc/self/fd").step(step)? {
        strangers.extend(entry.step(step)?.file_name().to_str().and_then(|name| name.parse::<RawFd>().ok()));
    }
    for number in strangers.into_iter().filter(|number| *number > 2) {
        match nix::unistd::close(number) {
            // The descriptor with which the folder was read.
            Ok(()) | Err(nix::errno::Errno::EBADF) => {}
            Err(error) => return Err(error).step(step),
        }
    }
    Ok(())
}
