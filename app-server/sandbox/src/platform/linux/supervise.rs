//! Waits for a command, passes signals on, and ends everything when its time has come.

use std::fs;
use std::io::Read as _;
use std::os::fd::{AsFd as _, OwnedFd};
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, PidfdFlags, WaitOptions, WaitStatus, getpid, getppid, kill_process, kill_process_group, pidfd_open, wait,
};

use super::failure::{Failure, Step as _};

/// How long a command may go on after it was asked to end.
const GRACE: Duration = Duration::from_millis(500);

/// How often the parent is looked at where the kernel cannot tell its end.
const LOOK_AFTER_PARENT: Duration = Duration::from_millis(250);

/// How long the killing of what a command left behind may take: a process may wait for a broken disk, or belong to
/// another user.
const CLEAN_UP: Duration = Duration::from_secs(5);

/// Signals that are passed on to the command.
const PASSED: [Signal; 8] = [
    Signal::SIGHUP,
    Signal::SIGINT,
    Signal::SIGQUIT,
    Signal::SIGTERM,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
    Signal::SIGCONT,
    Signal::SIGWINCH,
];

/// The same without those that a shared terminal tells everybody.
const PASSED_WHEN_SHARED: [Signal; 2] = [Signal::SIGHUP, Signal::SIGTERM];

/// Signals that arrive as something to read.
pub struct Signals {
    source: SignalFd,
    passed: &'static [Signal],
    /// What was blocked before.
    pub before: SigSet,
}

impl Signals {
    /// Holds back every signal that is to be passed on. Processes that are started later must set the former mask.
    pub fn hold(shared: bool) -> Result<Self, Failure> {
        let step = "listen for signals";
        let mut set: SigSet = PASSED.iter().copied().collect();
        set.add(Signal::SIGCHLD);
        let source = SignalFd::with_flags(&set, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)
            .map_err(std::io::Error::from)
            .step(step)?;
        // Whoever sits in the background of a terminal may still arrange its foreground.
        set.add(Signal::SIGTTOU);
        let before = SigSet::thread_get_mask().map_err(std::io::Error::from).step(step)?;
        set.thread_block().map_err(std::io::Error::from).step(step)?;
        let passed: &[Signal] = if shared { &PASSED_WHEN_SHARED } else { &PASSED };
        Ok(Self { source, passed, before })
    }

    /// Passes none of the signals on that this process gets itself: they come through a pipe from the process above.
    pub fn mute(&mut self) {
        self.passed = &[];
    }

    /// The next signal, if one waits.
    fn next(&self) -> Option<i32> {
        let read = self.source.read_signal().ok()??;
        Some(read.ssi_signo.cast_signed())
    }
}

/// From whom this process learns that its time has come.
pub enum Master {
    /// From the end of the server, of which this is a child.
    Server {
        /// The server.
        pid: Pid,
        /// Readable when it is gone; nothing on kernels without such descriptors.
        end: Option<OwnedFd>,
    },
    /// From a pipe: its end is the end, and a byte is a signal to pass on.
    Pipe(fs::File),
}

impl Master {
    /// Watches the server; nothing when it is gone already.
    pub fn server(pid: i32) -> Option<Self> {
        let pid = Pid::from_raw(pid)?;
        let end = pidfd_open(pid, PidfdFlags::empty()).ok();
        // The number may have been given to somebody else: only a parent that is still there is the right one.
        (getppid() == Some(pid)).then_some(Self::Server { pid, end })
    }

    /// Whether the time has come, together with the signals that are to be passed on.
    fn news(&mut self) -> (bool, Vec<i32>) {
        match self {
            // Only asked when the descriptor says so, or when there is none.
            Self::Server { pid, end } => (end.is_some() || getppid() != Some(*pid), Vec::new()),
            Self::Pipe(pipe) => {
                let mut bytes = [0; 64];
                match pipe.read(&mut bytes) {
                    Ok(0) => (true, Vec::new()),
                    Ok(count) => (false, bytes[..count].iter().map(|byte| i32::from(*byte)).collect()),
                    Err(error) => {
                        use std::io::ErrorKind::{Interrupted, WouldBlock};
                        (!matches!(error.kind(), Interrupted | WouldBlock), Vec::new())
                    }
                }
            }
        }
    }
}

/// Where signals go.
pub enum Target {
    /// To one process.
    Process(Pid),
    /// To a process group, or to its first process as long as there is no group yet.
    Group(Pid),
    /// As bytes into the pipe of another supervisor, whose end also ends what that one supervises.
    Pipe(OwnedFd),
}

impl Target {
    fn pass(&self, signal: i32) {
        // What is gone needs no signal.
        let Some(number) = rustix::process::Signal::from_named_raw(signal) else { return };
        let _ = match self {
            Self::Process(pid) => kill_process(*pid, number),
            Self::Group(pid) => kill_process_group(*pid, number).or_else(|_| kill_process(*pid, number)),
            Self::Pipe(pipe) => match u8::try_from(signal) {
                Ok(byte) => rustix::io::write(pipe, &[byte]).map(drop),
                Err(_) => Ok(()),
            },
        };
    }

    fn kill(&self) {
        if !matches!(self, Self::Pipe(_)) {
            self.pass(Signal::SIGKILL as i32);
        }
    }
}

/// Waits until the child ends, or until it has to; any child will do when none is named.
///
/// The result is its exit code, or 128 + n for signal n. Other children are reaped on the way.
pub fn supervise(child: Option<Pid>, signals: &Signals, mut master: Master, target: Target) -> i32 {
    let mut deadline: Option<Instant> = None;
    loop {
        if let Some(code) = reap(child) {
            return code;
        }
        let mut passed: Vec<i32> = Vec::new();
        let mut over = match wait_for_news(signals, &master, deadline) {
            true => {
                let (over, told) = master.news();
                passed.extend(told);
                over
            }
            false => matches!(master, Master::Server { end: None, .. }) && master.news().0,
        };
        while let Some(signal) = signals.next() {
            if signals.passed.iter().any(|known| *known as i32 == signal) {
                passed.push(signal);
            }
        }
        for signal in passed {
            if signal == Signal::SIGTERM as i32 {
                over |= deadline.is_some();
                deadline.get_or_insert_with(|| Instant::now() + GRACE);
            }
            target.pass(signal);
        }
        over |= deadline.is_some_and(|deadline| deadline <= Instant::now());
        if over {
            return end(child, target);
        }
    }
}

/// Waits; whether the master has something to say.
fn wait_for_news(signals: &Signals, master: &Master, deadline: Option<Instant>) -> bool {
    let mut timeout = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let mut watched = vec![PollFd::from_borrowed_fd(signals.source.as_fd(), PollFlags::IN)];
    match master {
        Master::Server { end: Some(end), .. } => watched.push(PollFd::new(end, PollFlags::IN)),
        Master::Server { end: None, .. } => {
            timeout = Some(timeout.map_or(LOOK_AFTER_PARENT, |timeout| timeout.min(LOOK_AFTER_PARENT)));
        }
        Master::Pipe(pipe) => watched.push(PollFd::new(pipe, PollFlags::IN)),
    }
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    match poll(&mut watched, timeout.as_ref()) {
        Ok(_) => watched.get(1).is_some_and(|master| !master.revents().is_empty()),
        Err(_) => false,
    }
}

/// Kills the child and waits for its end.
fn end(child: Option<Pid>, target: Target) -> i32 {
    target.kill();
    drop(target);
    loop {
        match rustix::process::waitpid(child, WaitOptions::empty()) {
            Ok(Some((_, status))) => return exit_code(status),
            Ok(None) | Err(Errno::INTR) => {}
            Err(_) => return 128 + Signal::SIGKILL as i32,
        }
    }
}

/// Takes note of every child that has ended; the exit code of the one that counts.
fn reap(child: Option<Pid>) -> Option<i32> {
    while let Ok(Some((pid, status))) = wait(WaitOptions::NOHANG) {
        if child.is_none_or(|child| child == pid) {
            return Some(exit_code(status));
        }
    }
    None
}

/// The exit code that stands for how a process ended.
pub fn exit_code(status: WaitStatus) -> i32 {
    status.exit_status().or_else(|| status.terminating_signal().map(|signal| 128 + signal)).unwrap_or(128)
}

/// Ends whatever is left below this process, which must be a subreaper.
pub fn end_descendants(signals: &Signals) {
    let deadline = Instant::now() + CLEAN_UP;
    loop {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some(_)) | Err(Errno::INTR) => {}
                Ok(None) => break,
                // There is no child left, and so no grandchild either.
                Err(_) => return,
            }
        }
        if Instant::now() > deadline {
            return;
        }
        for pid in descendants() {
            // What is gone, or belongs to another user, cannot be helped.
            let _ = kill_process(pid, rustix::process::Signal::KILL);
        }
        // The end of a child, or a moment for processes that were forked meanwhile.
        let moment = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        let _ = poll(&mut [PollFd::from_borrowed_fd(signals.source.as_fd(), PollFlags::IN)], Some(&moment));
        while signals.next().is_some() {}
    }
}

/// Every process below this one.
fn descendants() -> Vec<Pid> {
    let mut parents: Vec<(i32, i32)> = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        // The name may contain anything, so fields are counted from its closing parenthesis.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parents.extend(parent.map(|parent| (pid, parent)));
    }
    let mut found = vec![getpid().as_raw_pid()];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(parents.iter().filter(|(_, above)| *above == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    found.into_iter().skip(1).filter_map(Pid::from_raw).collect()
}
