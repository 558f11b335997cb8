//! Systems on which commands cannot be run: starting one is refused, so the rest here is never reached.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};

use crate::process::{CommandSpec, Exit, Io, Signal, Stream, TerminalSize};

/// Our ends of the input and output of a command; there is none.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(crate) outputs: Vec<(Stream, Infallible)>,
    pub(crate) input: Option<Infallible>,
    pub(crate) terminal: Option<Infallible>,
}

/// Refuses.
pub(crate) fn start(_: &CommandSpec, _: Io) -> io::Result<(Child, Ends)> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "commands cannot be run on this operating system"))
}

/// Refuses.
pub(crate) fn find_program(_: &str, _: &Path, _: Option<&OsStr>) -> io::Result<PathBuf> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "commands cannot be run on this operating system"))
}

/// Our side of a pseudo-terminal; there is none.
#[derive(Clone, Debug)]
pub(crate) struct Terminal(Infallible);

impl Terminal {
    pub(crate) fn new(master: Infallible) -> io::Result<Self> {
        match master {}
    }

    pub(crate) fn resize(&self, _: TerminalSize) -> io::Result<()> {
        match self.0 {}
    }
}

/// Reads an output; there is none.
#[derive(Debug)]
pub(crate) struct Reader(Infallible);

impl Reader {
    pub(crate) fn new(source: Infallible, _: Option<&Terminal>) -> io::Result<Self> {
        match source {}
    }

    pub(crate) async fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match self.0 {}
    }

    pub(crate) fn try_read(&mut self, _: &mut [u8]) -> Option<usize> {
        match self.0 {}
    }
}

/// Writes an input; there is none.
#[derive(Debug)]
pub(crate) struct Writer(Infallible);

impl Writer {
    pub(crate) fn new(sink: Infallible, _: Option<&Terminal>) -> io::Result<Self> {
        match sink {}
    }

    pub(crate) async fn write_all(&mut self, _: &[u8]) -> io::Result<()> {
        match self.0 {}
    }
}

/// Tells when a process has exited; there is none.
#[derive(Debug)]
pub(crate) struct Exited(Infallible);

impl Exited {
    pub(crate) fn of(_: &Child) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) async fn wait(&mut self) {
        match self.0 {}
    }
}

/// The group of processes whose leader we started; there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupId(Infallible);

impl GroupId {
    pub(crate) fn of(_: &Child) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn signal(self, _: Signal) {
        match self.0 {}
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        Self { code: status.code(), signal: None }
    }
}

/// The login shell of the user, which such a system does not tell.
pub(crate) fn default_shell() -> Option<PathBuf> {
    None
}

/// Whether a path names a file that may be executed.
pub(crate) fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// A name or value as text.
pub(crate) fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
