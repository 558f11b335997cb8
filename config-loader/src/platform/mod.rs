//! What differs between operating systems.

mod preferences;
pub(crate) use preferences::managed_preference;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::{Stamp, copy_owner, link_loop, open_folder_lock, open_lock_file, sync_folder};

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub(crate) use other::{Stamp, copy_owner, link_loop, open_folder_lock, open_lock_file, sync_folder};
