//! Unix: sessions and process groups, pipes, pseudo-terminals. On Linux an exit is awaited on a pidfd; elsewhere, and on
//! kernels without one, a thread waits for it. Neither reaps: a process id stays taken until its group has been ended.

use std::any::Any;
use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, PipeReader, PipeWriter};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;

use nix::unistd::{Uid, User};
use process_wrap::std::{ChildWrapper, CommandWrap, ProcessSession};
use rustix::fs::{Access, OFlags, access, fcntl_getfl, fcntl_setfl};
use rustix::process::{Pid, WaitId, WaitIdOptions, kill_process_group, waitid};
use rustix::termios::{Winsize, tcsetwinsize};
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::unix::pipe;
use tokio::sync::watch;

use crate::process::{CommandSpec, Exit, Io, Signal, Stream, TerminalSize};

/// Our ends of the input and output of a command.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(crate) outputs: Vec<(Stream, Source)>,
    pub(crate) input: Option<Sink>,
    pub(crate) terminal: Option<OwnedFd>,
}

/// Our end of an output, not yet bound to a runtime.
#[derive(Debug)]
pub(crate) enum Source {
    Pipe(OwnedFd),
    Terminal,
}

/// Our end of an input, not yet bound to a runtime.
#[derive(Debug)]
pub(crate) enum Sink {
    Pipe(OwnedFd),
    Terminal,
}

/// Starts a command as the leader of a session of its own. Waits for the start, so this is for a thread that may block.
/// The child that is given must be waited for.
pub(crate) fn start(spec: &CommandSpec, io: Io) -> io::Result<(Child, Ends)> {
    if !fs::metadata(&spec.cwd)?.is_dir() {
        return Err(rustix::io::Errno::NOTDIR.into());
    }
    let (program, arguments) = spec.argv.split_first().ok_or_else(|| io::Error::other("the command is empty"))?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&spec.cwd).env_clear().envs(spec.env.iter());
    if let Some(name) = &spec.arg0 {
        command.arg0(name);
    }
    match io {
        Io::Terminal(size) => start_on_terminal(command, size),
        Io::Merged => {
            let (reader, writer) = io::pipe()?;
            command.stdin(null()?).stdout(writer.try_clone()?).stderr(writer);
            let outputs = vec![source(Stream::Stdout, reader)];
            Ok((spawn(command)?, Ends { outputs, input: None, terminal: None }))
        }
        Io::Separate { input } => {
            let (stdout, stdout_writer) = io::pipe()?;
            let (stderr, stderr_writer) = io::pipe()?;
            command.stdout(stdout_writer).stderr(stderr_writer);
            let input = if input {
                let (reader, writer): (PipeReader, PipeWriter) = io::pipe()?;
                command.stdin(reader);
                Some(Sink::Pipe(writer.into()))
            } else {
                command.stdin(null()?);
                None
            };
            let outputs = vec![source(Stream::Stdout, stdout), source(Stream::Stderr, stderr)];
            Ok((spawn(command)?, Ends { outputs, input, terminal: None }))
        }
    }
}

/// Where the system looks for programs when there is no `PATH`.
const DEFAULT_PATH: &str = "/bin:/usr/bin";

/// The program that a name stands for in a folder and a `PATH`, as `execvp` finds it; with its errors.
pub(crate) fn find_program(name: &str, cwd: &Path, search_path: Option<&OsStr>) -> io::Result<PathBuf> {
    let look_at = |path: PathBuf| {
        if fs::metadata(&path)?.is_dir() {
            return Err(rustix::io::Errno::ACCESS.into());
        }
        access(&path, Access::EXEC_OK)?;
        Ok(path)
    };
    if name.contains('/') {
        return look_at(cwd.join(name));
    }
    let mut error = io::Error::from(rustix::io::Errno::NOENT);
    if name.is_empty() {
        return Err(error);
    }
    for folder in std::env::split_paths(search_path.unwrap_or(OsStr::new(DEFAULT_PATH))) {
        match look_at(cwd.join(folder).join(name)) {
            Ok(program) => return Ok(program),
            Err(other) if other.kind() == io::ErrorKind::PermissionDenied => error = other,
            Err(_) => {}
        }
    }
    Err(error)
}

fn null() -> io::Result<Stdio> {
    Ok(OpenOptions::new().read(true).open("/dev/null")?.into())
}

fn source(stream: Stream, reader: PipeReader) -> (Stream, Source) {
    (stream, Source::Pipe(reader.into()))
}

/// The command goes with its copies of the pipes, so that their ends are seen here.
fn spawn(command: Command) -> io::Result<Child> {
    let wrapped = CommandWrap::from(command).wrap(ProcessSession).spawn()?.into_inner();
    let child: Box<dyn Any> = wrapped as Box<dyn ChildWrapper>;
    child.downcast::<Child>().map(|child| *child).map_err(|_| io::Error::other("the process could not be taken over"))
}

fn start_on_terminal(command: Command, size: TerminalSize) -> io::Result<(Child, Ends)> {
    let (master, slave) = pty_process::blocking::open().map_err(terminal_error)?;
    let master = OwnedFd::from(master);
    tcsetwinsize(&master, window(size))?;
    let child = pty_process::blocking::Command::from(command).spawn(slave).map_err(terminal_error)?;
    let outputs = vec![(Stream::Stdout, Source::Terminal)];
    Ok((child, Ends { outputs, input: Some(Sink::Terminal), terminal: Some(master) }))
}

fn terminal_error(error: pty_process::Error) -> io::Error {
    match error {
        pty_process::Error::Io(error) => error,
        pty_process::Error::Rustix(error) => error.into(),
    }
}

fn window(size: TerminalSize) -> Winsize {
    Winsize { ws_row: size.rows, ws_col: size.cols, ws_xpixel: 0, ws_ypixel: 0 }
}

#[expect(deprecated, reason = "unsound only for types that lie about their descriptor; its successor is unsafe")]
fn register(fd: OwnedFd, interest: Interest) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(fd, interest)
}

/// Our side of a pseudo-terminal.
#[derive(Clone, Debug)]
pub(crate) struct Terminal(Arc<AsyncFd<OwnedFd>>);

impl Terminal {
    pub(crate) fn new(master: OwnedFd) -> io::Result<Self> {
        fcntl_setfl(&master, fcntl_getfl(&master)? | OFlags::NONBLOCK)?;
        Ok(Self(Arc::new(register(master, Interest::READABLE | Interest::WRITABLE)?)))
    }

    pub(crate) fn resize(&self, size: TerminalSize) -> io::Result<()> {
        Ok(tcsetwinsize(self.0.get_ref(), window(size))?)
    }
}

/// Reads an output; 0 bytes mean its end.
#[derive(Debug)]
pub(crate) enum Reader {
    Pipe(pipe::Receiver),
    Terminal(Terminal),
}

impl Reader {
    pub(crate) fn new(source: Source, terminal: Option<&Terminal>) -> io::Result<Self> {
        match (source, terminal) {
            (Source::Pipe(pipe), _) => Ok(Self::Pipe(pipe::Receiver::from_owned_fd(pipe)?)),
            (Source::Terminal, Some(terminal)) => Ok(Self::Terminal(terminal.clone())),
            (Source::Terminal, None) => Err(io::Error::other("the terminal is missing")),
        }
    }

    pub(crate) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Pipe(pipe) => pipe.read(buffer).await,
            Self::Terminal(terminal) => {
                let read = terminal.0.async_io(Interest::READABLE, |fd| Ok(rustix::io::read(fd, &mut *buffer)?)).await;
                end_of_terminal(read)
            }
        }
    }

    /// What is there already; `None` when there is nothing now.
    pub(crate) fn try_read(&mut self, buffer: &mut [u8]) -> Option<usize> {
        let read = match self {
            Self::Pipe(pipe) => pipe.try_read(buffer),
            Self::Terminal(terminal) => {
                end_of_terminal(rustix::io::read(terminal.0.get_ref(), buffer).map_err(Into::into))
            }
        };
        read.ok()
    }
}

/// Linux answers with an error once nobody has the other side open.
fn end_of_terminal(read: io::Result<usize>) -> io::Result<usize> {
    match read {
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => Ok(0),
        other => other,
    }
}

/// Writes an input.
#[derive(Debug)]
pub(crate) enum Writer {
    Pipe(pipe::Sender),
    Terminal(Terminal),
}

impl Writer {
    pub(crate) fn new(sink: Sink, terminal: Option<&Terminal>) -> io::Result<Self> {
        match (sink, terminal) {
            (Sink::Pipe(pipe), _) => Ok(Self::Pipe(pipe::Sender::from_owned_fd(pipe)?)),
            (Sink::Terminal, Some(terminal)) => Ok(Self::Terminal(terminal.clone())),
            (Sink::Terminal, None) => Err(io::Error::other("the terminal is missing")),
        }
    }

    pub(crate) async fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Pipe(pipe) => pipe.write_all(bytes).await,
            Self::Terminal(terminal) => {
                while !bytes.is_empty() {
                    let written =
                        terminal.0.async_io(Interest::WRITABLE, |fd| Ok(rustix::io::write(fd, bytes)?)).await?;
                    bytes = &bytes[written..];
                }
                Ok(())
            }
        }
    }
}

/// Tells when a process has exited, without reaping it.
#[derive(Debug)]
pub(crate) enum Exited {
    #[cfg(target_os = "linux")]
    Pidfd(AsyncFd<OwnedFd>),
    Thread(watch::Receiver<bool>),
}

impl Exited {
    pub(crate) fn of(child: &Child) -> io::Result<Self> {
        let pid = pid_of(child)?;
        #[cfg(target_os = "linux")]
        if let Ok(pidfd) = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::NONBLOCK) {
            return Ok(Self::Pidfd(register(pidfd, Interest::READABLE)?));
        }
        Self::by_thread(pid)
    }

    fn by_thread(pid: Pid) -> io::Result<Self> {
        let (sender, receiver) = watch::channel(false);
        thread::Builder::new().name("exec-wait".to_owned()).spawn(move || {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), options) {}
            sender.send_replace(true);
        })?;
        Ok(Self::Thread(receiver))
    }

    pub(crate) async fn wait(&mut self) {
        match self {
            #[cfg(target_os = "linux")]
            // Only a runtime that is being shut down gives an error; the process is killed then.
            Self::Pidfd(pidfd) => drop(pidfd.readable().await),
            Self::Thread(receiver) => drop(receiver.wait_for(|exited| *exited).await),
        }
    }
}

fn pid_of(child: &Child) -> io::Result<Pid> {
    i32::try_from(child.id())
        .ok()
        .and_then(Pid::from_raw)
        .ok_or_else(|| io::Error::other("the process has no usable id"))
}

/// The group of processes whose leader we started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupId(Pid);

impl GroupId {
    pub(crate) fn of(child: &Child) -> io::Result<Self> {
        pid_of(child).map(Self)
    }

    /// Signals all of the group. Whoever is gone needs no signal, so nothing is told.
    pub(crate) fn signal(self, signal: Signal) {
        let signal = match signal {
            Signal::Interrupt => rustix::process::Signal::INT,
            Signal::Terminate => rustix::process::Signal::TERM,
            Signal::Kill => rustix::process::Signal::KILL,
        };
        let _ = kill_process_group(self.0, signal);
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        Self { code: status.code(), signal: status.signal() }
    }
}

/// The login shell of the user who runs this process, when the system knows it.
pub(crate) fn default_shell() -> Option<PathBuf> {
    User::from_uid(Uid::current()).ok().flatten().map(|user| user.shell)
}

/// Whether a path names a file that may be executed.
pub(crate) fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// A name or value as the system has it.
pub(crate) fn os_string(bytes: &[u8]) -> OsString {
    OsStr::from_bytes(bytes).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_thread_tells_of_the_exit_and_leaves_the_process_to_be_reaped() {
        let (reader, writer) = io::pipe().unwrap();
        let mut child = Command::new("cat").stdin(reader).spawn().unwrap();
        let mut exited = Exited::by_thread(pid_of(&child).unwrap()).unwrap();
        assert!(child.try_wait().unwrap().is_none());
        drop(writer);
        exited.wait().await;
        assert_eq!(child.try_wait().unwrap().map(Exit::from), Some(Exit { code: Some(0), signal: None }));
    }

    #[test]
    fn the_user_of_the_tests_has_a_shell() {
        assert!(default_shell().is_some_and(|shell| shell.is_absolute()));
    }
}
