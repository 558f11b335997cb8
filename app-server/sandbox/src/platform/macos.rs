//! macOS: `sandbox-exec` with a profile made from the rules.
//!
//! There is no supervisor here: whoever spawns the command ends its process group.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::resolve::{Rules, resolve};
use super::unconfined;
use crate::Sandbox;
use crate::availability::{Availability, Backend, Missing, Part};
use crate::command::{CommandSpec, PreparedCommand};
use crate::error::{Refusal, SandboxError};
use crate::spec::SandboxSpec;

/// The only place from which the program is taken: a `PATH` may have been changed by a command.
const PROGRAM: &str = "/usr/bin/sandbox-exec";

/// The sandbox of macOS.
#[derive(Debug, Clone, Copy, Default)]
pub struct MacSandbox;

impl Sandbox for MacSandbox {
    fn prepare(&self, spec: &SandboxSpec, command: CommandSpec) -> Result<PreparedCommand, SandboxError> {
        if !spec.mode.confines() {
            return Ok(unconfined(command));
        }
        let availability = self.available();
        if let Some(refusal) = Refusal::of_host(Backend::Seatbelt, &availability) {
            return Err(SandboxError::Unkept(vec![refusal]));
        }
        let mut args = vec!["-p".into(), seatbelt_profile(spec)?.into(), "--".into(), command.program];
        args.extend(command.args);
        Ok(PreparedCommand { program: PROGRAM.into(), args, cwd: command.cwd, env: command.env })
    }

    fn available(&self) -> Availability {
        if Path::new(PROGRAM).exists() {
            return Availability { parts: vec![Part::Seatbelt], missing: Vec::new() };
        }
        Availability {
            parts: Vec::new(),
            missing: vec![Missing { part: Part::Seatbelt, reason: format!("there is no {PROGRAM}") }],
        }
    }
}

/// The rules in the language of macOS's own sandbox. Later lines count before earlier ones.
///
/// # Errors
/// When the rules contradict each other or the file system.
pub fn seatbelt_profile(spec: &SandboxSpec) -> Result<String, SandboxError> {
    Ok(profile(&resolve(spec)?, spec.network))
}

/// What every program needs to start, end and talk to itself; no file, no network.
const BASE: &str = r#"(version 1)
(deny default)
(allow process-exec process-fork)
(allow signal (target same-sandbox))
(allow process-info* (target same-sandbox))
(allow sysctl-read)
(allow ipc-posix-sem ipc-posix-shm*)
(allow pseudo-tty)
(allow user-preference-read)
(allow mach-lookup
  (global-name "com.apple.system.opendirectoryd.libinfo")
  (global-name "com.apple.system.opendirectoryd.membership")
  (global-name "com.apple.system.logger")
  (global-name "com.apple.PowerManagement.control"))
(allow file-read*)
(allow file-write-data file-ioctl
  (literal "/dev/null") (literal "/dev/zero") (literal "/dev/tty") (literal "/dev/ptmx")
  (regex #"^/dev/ttys[0-9]+$") (regex #"^/dev/fd/[0-9]+$"))
"#;

/// What name resolution and TLS need beyond the network itself.
const NETWORK: &str = r#"(allow network*)
(allow system-socket)
(allow mach-lookup
  (global-name "com.apple.SecurityServer")
  (global-name "com.apple.networkd")
  (global-name "com.apple.dnssd.service")
  (global-name "com.apple.trustd.agent")
  (global-name "com.apple.SystemConfiguration.DNSConfiguration")
  (global-name "com.apple.SystemConfiguration.configd"))
"#;

fn profile(rules: &Rules, network: bool) -> String {
    let mut text = BASE.to_owned();
    // The deeper path comes later, and for one path the stricter rule does.
    let mut lines: Vec<(&Path, u8, String)> = Vec::new();
    for root in &rules.write {
        let mut line = format!("(allow file-write* (subpath {}))\n", quoted(root));
        for name in &rules.protected {
            let protected = root.join(name);
            if rules.write.contains(&protected) {
                continue;
            }
            let path = quoted(&protected);
            let _ = writeln!(line, "(deny file-write* (literal {path}) (subpath {path}))");
        }
        lines.push((root, 0, line));
    }
    for path in &rules.read_only {
        let path_text = quoted(path);
        lines.push((
            path,
            1,
            format!("(deny file-write* (subpath {path_text}))\n(allow file-read* (subpath {path_text}))\n"),
        ));
    }
    for path in &rules.denied {
        lines.push((path, 2, format!("(deny file-read* file-write* (subpath {}))\n", quoted(path))));
    }
    for (root, _, _) in lines.clone().iter().filter(|(_, rank, _)| *rank == 0) {
        // A writable root below a denied folder is to be read as well.
        lines.push((root, 0, format!("(allow file-read* (subpath {}))\n", quoted(root))));
    }
    lines.sort_by(|(left, left_rank, _), (right, right_rank, _)| (left, left_rank).cmp(&(right, right_rank)));
    for (_, _, line) in lines {
        text.push_str(&line);
    }
    // Rules are about paths: whoever could rename a folder above one would carry what it protects out of its reach.
    let ruled = rules.write.iter().chain(&rules.read_only).chain(&rules.denied);
    let pinned: BTreeSet<&Path> = ruled
        .flat_map(|path| path.ancestors())
        .filter(|folder| rules.write.iter().any(|root| folder.starts_with(root)))
        .collect();
    for folder in pinned {
        let _ = writeln!(text, "(deny file-write-unlink (literal {}))", quoted(folder));
    }
    if network {
        text.push_str(NETWORK);
    }
    text
}

/// A path as a string of the profile language.
fn quoted(path: &Path) -> String {
    let mut text = String::from('"');
    for character in path.to_string_lossy().chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn rules(write: &[&str], read_only: &[&str], denied: &[&str]) -> Rules {
        let paths = |list: &[&str]| list.iter().map(PathBuf::from).collect::<Vec<_>>();
        Rules {
            write: paths(write),
            protected: vec![".git".to_owned()],
            read_only: paths(read_only),
            denied: paths(denied),
        }
    }

    /// Where a line stands in the profile.
    fn place(text: &str, line: &str) -> usize {
        text.find(line).unwrap_or_else(|| panic!("{line} is missing in\n{text}"))
    }

    #[test]
    fn reading_only_allows_no_write_but_to_devices() {
        let text = profile(&rules(&[], &[], &[]), false);
        assert!(text.starts_with("(version 1)\n(deny default)\n"));
        assert!(!text.contains("file-write*"), "{text}");
        assert!(!text.contains("network"), "{text}");
    }

    #[test]
    fn protected_names_are_denied_after_their_root_is_allowed() {
        let text = profile(&rules(&["/w"], &["/w/docs"], &["/w/secret", "/private"]), true);
        let root = place(&text, "(allow file-write* (subpath \"/w\"))");
        assert!(root < place(&text, "(deny file-write* (literal \"/w/.git\") (subpath \"/w/.git\"))"));
        assert!(root < place(&text, "(deny file-write* (subpath \"/w/docs\"))"));
        assert!(root < place(&text, "(deny file-read* file-write* (subpath \"/w/secret\"))"));
        assert!(text.contains("(allow network*)"));
    }

    #[test]
    fn folders_above_a_rule_in_a_root_cannot_be_renamed() {
        let text = profile(&rules(&["/w", "/w/a/root"], &[], &["/w/b/c/secret", "/else/where"]), false);
        for folder in ["/w", "/w/a", "/w/a/root", "/w/b", "/w/b/c", "/w/b/c/secret"] {
            place(&text, &format!("(deny file-write-unlink (literal \"{folder}\"))"));
        }
        assert_eq!(text.matches("file-write-unlink").count(), 6, "{text}");
    }

    #[test]
    fn a_deeper_root_counts_before_a_denied_folder() {
        let text = profile(&rules(&["/private/x/w"], &[], &["/private"]), false);
        let denied = place(&text, "(deny file-read* file-write* (subpath \"/private\"))");
        assert!(denied < place(&text, "(allow file-write* (subpath \"/private/x/w\"))"));
        assert!(denied < place(&text, "(allow file-read* (subpath \"/private/x/w\"))"));
    }

    #[test]
    fn quotes_cannot_end_a_string() {
        let text = profile(&rules(&["/w\")(allow file-write* (subpath \"/"], &[], &[]), false);
        assert!(text.contains(r#"(subpath "/w\")(allow file-write* (subpath \"/"))"#), "{text}");
    }

    #[test]
    fn parentheses_are_balanced() {
        for network in [false, true] {
            let text = profile(&rules(&["/w"], &["/w/docs"], &["/private"]), network);
            assert_eq!(text.matches('(').count(), text.matches(')').count());
        }
    }
}
