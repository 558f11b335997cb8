//! What the server tells of the machine it runs on.

use std::path::Path;
use std::{fs, io};

/// Operating system and version as user agents name them: `Debian 12.0.0`.
///
/// On Linux from os-release; versions have three numbers, missing ones are 0. `Linux Unknown` when nothing is known.
pub(crate) fn os_name_and_version() -> String {
    if cfg!(target_os = "linux") {
        let text = fs::read_to_string("/etc/os-release").or_else(|_| fs::read_to_string("/usr/lib/os-release"));
        return linux_name(&text.unwrap_or_default());
    }
    match std::env::consts::OS {
        "macos" => "Mac OS Unknown".to_owned(),
        "windows" => "Windows Unknown".to_owned(),
        other => format!("{other} Unknown"),
    }
}

fn linux_name(os_release: &str) -> String {
    let field = |name: &str| {
        os_release.lines().find_map(|line| {
            let value = line.strip_prefix(name)?.strip_prefix('=')?;
            Some(value.trim().trim_matches('"').to_owned())
        })
    };
    let name = field("NAME").unwrap_or_else(|| "Linux".to_owned());
    let name = name.split_whitespace().next().unwrap_or("Linux").to_owned();
    let version = field("VERSION_ID").map_or_else(|| "Unknown".to_owned(), |id| three_numbers(&id));
    format!("{name} {version}")
}

fn three_numbers(version: &str) -> String {
    let mut numbers = version.split('.').map(|part| part.parse::<u64>());
    let mut next = || numbers.next().unwrap_or(Ok(0));
    match (next(), next(), next()) {
        (Ok(major), Ok(minor), Ok(patch)) => format!("{major}.{minor}.{patch}"),
        _ => version.to_owned(),
    }
}

/// `unix` or `windows`, as `initialize` answers it.
pub(crate) fn family() -> &'static str {
    std::env::consts::FAMILY
}

/// `linux`, `macos` or `windows`, as `initialize` answers it.
pub(crate) fn os() -> &'static str {
    std::env::consts::OS
}

/// Gives a program another name, by a link to its path.
#[cfg(unix)]
pub(crate) fn link_program(program: &Path, name: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(program, name)
}

/// Gives a program another name: links to a path are for administrators here, so the file gets it, or a copy of it.
#[cfg(not(unix))]
pub(crate) fn link_program(program: &Path, name: &Path) -> io::Result<()> {
    fs::hard_link(program, name).or_else(|_| fs::copy(program, name).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_release_becomes_a_name_and_three_numbers() {
        assert_eq!(linux_name("NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n"), "Debian 12.0.0");
        assert_eq!(linux_name("NAME=Ubuntu\nVERSION_ID=22.04\n"), "Ubuntu 22.4.0");
        assert_eq!(linux_name("NAME=\"Arch Linux\"\n"), "Arch Unknown");
        assert_eq!(linux_name(""), "Linux Unknown");
    }
}
