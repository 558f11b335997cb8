//! Modes of files, where the platform has them.

use std::fs::Permissions;

/// The mode that a program usually asks for, before the umask of the process.
#[cfg(unix)]
pub(crate) fn usual_mode() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

/// Windows has no modes.
#[cfg(not(unix))]
pub(crate) fn usual_mode() -> Option<Permissions> {
    None
}

/// The mode of a copy: what may be done with the file, without the bits that run it as somebody else.
#[cfg(unix)]
pub(crate) fn copied_mode(of: &Permissions) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(of.mode() & 0o777)
}

/// The attributes of a copy.
#[cfg(not(unix))]
pub(crate) fn copied_mode(of: &Permissions) -> Permissions {
    of.clone()
}
