//! The helper's first lines: what it is asked for, and what it does outside of every sandbox.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::RawFd;
use std::path::PathBuf;
use std::{fs, process};

use ::fork::Fork;
use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, WaitOptions, getpid, getsid, set_child_subreaper};
use rustix::termios::{isatty, ttyname};

use super::covers::Covers;
use super::failure::{Failure, Step as _, tell};
use super::job::{Confinement, Job};
use super::layout::Layout;
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
    let terminal = isatty(rustix::stdio::stdin());
    let place = match (job.shared, terminal && getsid(None).is_ok_and(|session| session == getpid())) {
        (true, _) => Place::Shared,
        (false, true) => Place::Foreground,
        (false, false) => Place::Apart,
    };
    let mut order = Order::new(program, args, place)?;
    adopt()?;
    let (control, speaker) = pipe_with(PipeFlags::CLOEXEC).step("make a pipe")?;
    let Some(keeper) = fork()? else {
        drop((master, speaker));
        order.signals.mute();
        return keep(job, &order, Master::Pipe(File::from(control)), terminal);
    };
    drop(control);
    silence();
    let code = supervise(Some(keeper), &order.signals, master, Target::Pipe(speaker));
    end_descendants(&order.signals);
    Ok(code)
}

/// Becomes the parent of whatever loses its own below this process.
fn adopt() -> Result<(), Failure> {
    set_child_subreaper(Some(getpid())).step("become the parent of whatever the command leaves behind")
}

/// Is the keeper: starts the command and ends everything after it, also when somebody kills the process above.
fn keep(job: &Job, order: &Order, master: Master, terminal: bool) -> Result<i32, Failure> {
    if order.place != Place::Shared {
        // Out of the group that may be killed together with the process above.
        rustix::process::setpgid(None, None).step("make a process group")?;
    }
    adopt()?;
    match &job.confinement {
        Confinement::None => run_below(order, master, || Ok(())),
        Confinement::Landlock => run_below(order, master, || {
            identity::give_up_power()?;
            landlock::confine()?;
            seccomp::apply(job.network, true)
        }),
        Confinement::Namespaces | Confinement::Bubblewrap { .. } => {
            let mut layout = layout::layout(&job.rules).map_err(io::Error::other).step("lay out the rules")?;
            let mut covers = Covers::default();
            let code = covers.lay(&mut layout).and_then(|()| run_inside(job, order, master, terminal, layout));
            end_descendants(&order.signals);
            covers.lift();
            code
        }
    }
}

/// Runs the command as a child, confined by what `confine` does to it.
fn run_below(order: &Order, master: Master, confine: impl FnOnce() -> Result<(), Failure>) -> Result<i32, Failure> {
    let Some(command) = fork()? else {
        confine()?;
        become_command(&order.program, &order.args, order.place, order.inherited());
    };
    silence();
    let code = supervise(Some(command), &order.signals, master, order.target(command));
    end_descendants(&order.signals);
    Ok(code)
}

/// Runs the command in namespaces.
fn run_inside(job: &Job, order: &Order, master: Master, terminal: bool, layout: Layout) -> Result<i32, Failure> {
    let cwd = std::env::current_dir().step("find the working folder")?;
    let console = terminal.then(|| ttyname(rustix::stdio::stdin(), Vec::new()).ok()?.into_string().ok()).flatten();
    let (control, speaker) = pipe_with(PipeFlags::CLOEXEC).step("make a pipe")?;
    let (listener, report) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK).step("make a pipe")?;
    let Some(child) = fork()? else {
        drop((speaker, listener));
        let console = console.map(PathBuf::from);
        let inside = Inside { layout, cwd, console, network: job.network, control, report };
        match &job.confinement {
            Confinement::Bubblewrap { program } => bubblewrap::enter(program, inside, order),
            _ => namespaces::enter(inside, order),
        }
    };
    drop((control, report));
    // Without bubblewrap the child ends as soon as the first process of the namespaces exists, which then is the only
    // child of this process.
    let first = match job.confinement {
        Confinement::Bubblewrap { .. } => Some(child),
        _ => match wait_for(child) {
            0 => None,
            code => return Ok(code),
        },
    };
    silence();
    let code = supervise(first, &order.signals, master, Target::Pipe(speaker));
    // Exit codes of bubblewrap itself look like those of a command.
    let started = rustix::io::read(&listener, &mut [0; 1]).is_ok_and(|count| count == 1);
    Ok(if started { code } else { EXIT_SETUP_FAILED })
}

/// The exit code of a child that ends soon.
fn wait_for(child: Pid) -> i32 {
    loop {
        match rustix::process::waitpid(Some(child), WaitOptions::empty()) {
            Ok(Some((_, status))) => return exit_code(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return EXIT_SETUP_FAILED,
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
