//! Permission bits.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;

/// The lower nine bits of the mode.
pub(crate) fn permissions(metadata: &Metadata) -> u32 {
    metadata.permissions().mode() & 0o777
}

/// Sets them on an open file.
pub(crate) fn set_permissions(file: &File, permissions: u32) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(permissions))
}
