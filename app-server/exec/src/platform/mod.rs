//! What differs between operating systems: how a command is started, how its pipes or its terminal are read and written,
//! how its exit is awaited, how its processes are signalled, and which shell a user has.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::{
    Ends, Exited, GroupId, Reader, Terminal, Writer, default_shell, find_program, is_executable, os_string, start,
};
#[cfg(unix)]
pub(crate) use unix::{
    Ends, Exited, GroupId, Reader, Terminal, Writer, default_shell, find_program, is_executable, os_string, start,
};
