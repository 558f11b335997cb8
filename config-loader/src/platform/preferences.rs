//! Managed preferences: only macOS has them.

/// A managed preference of the application; none when it is not set, or the system has no such thing.
#[cfg(target_os = "macos")]
pub(crate) fn managed_preference(key: &str) -> Option<String> {
    use crate::layers::APPLICATION;

    // The system's own tool looks where the system's own functions do, managed values first.
    let output = std::process::Command::new("/usr/bin/defaults").args(["read", APPLICATION, key]).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

/// A managed preference of the application; none when it is not set, or the system has no such thing.
#[cfg(not(target_os = "macos"))]
pub(crate) fn managed_preference(_key: &str) -> Option<String> {
    None
}
