//! How files are opened, made and removed without following a link.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::{create_directories, open_to_write, remove};

#[cfg(not(target_os = "linux"))]
mod portable;
#[cfg(not(target_os = "linux"))]
pub(crate) use portable::{create_directories, open_to_write, remove};

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::{permissions, set_permissions};

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub(crate) use other::{permissions, set_permissions};
