//! Systems without permission bits: every file counts as a plain one.

use std::fs::{File, Metadata};
use std::io;

/// What a plain file has.
pub(crate) fn permissions(_: &Metadata) -> u32 {
    0o644
}

/// Nothing to set.
pub(crate) fn set_permissions(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}
