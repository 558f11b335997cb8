//! What a shell script does, as far as a policy needs to know.
//!
//! There are two readers, made for opposite mistakes. [`plain_commands`] reads only scripts that consist of nothing but
//! simple commands with literal words, and refuses everything else: what it returns is what the shell runs.
//! [`all_commands`] reads any script and finds the commands in every corner of it: what it returns may be too much,
//! which is right for what looks for danger.

mod patch;
mod plain;
mod quote;
mod scan;

use std::path::Path;

pub use patch::{PatchScript, patch_script};
pub use plain::plain_commands;
pub use quote::{join, split};
pub(crate) use scan::all_commands;

/// Shells whose `-c` takes a script in the syntax that is read here.
const SHELLS: &[&str] = &["bash", "sh", "zsh"];

/// Flags after which such a shell takes a script.
const SCRIPT_FLAGS: &[&str] = &["-lc", "-c"];

/// The script of `[SHELL, "-lc" or "-c", SCRIPT]`; none when the command is another one.
#[must_use]
pub fn shell_script(argv: &[String]) -> Option<&str> {
    match argv {
        [shell, flag, script] if SCRIPT_FLAGS.contains(&flag.as_str()) && SHELLS.contains(&base_name(shell)) => {
            Some(script)
        }
        _ => None,
    }
}

/// The commands that a call runs, each with its words: those of its script when it is a shell call whose script can be
/// split, else the call itself as the only one.
#[must_use]
pub fn parts(argv: &[String]) -> Vec<Vec<String>> {
    shell_script(argv).and_then(plain_commands).unwrap_or_else(|| vec![argv.to_vec()])
}

/// The last component of a program's path.
pub(crate) fn base_name(program: &str) -> &str {
    Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_script_is_found_behind_known_shells_only() {
        for (argv, script) in [
            (&["bash", "-lc", "ls"][..], Some("ls")),
            (&["/bin/zsh", "-c", "ls"], Some("ls")),
            (&["/usr/bin/sh", "-lc", "ls"], Some("ls")),
            (&["bash", "-x", "ls"], None),
            (&["bash", "-lc", "ls", "more"], None),
            (&["python3", "-c", "ls"], None),
            (&["bash", "-lc"], None),
            (&[], None),
        ] {
            assert_eq!(shell_script(&words(argv)), script, "{argv:?}");
        }
    }

    #[test]
    fn what_cannot_be_split_is_one_part() {
        assert_eq!(parts(&words(&["bash", "-lc", "a b && c"])), [words(&["a", "b"]), words(&["c"])]);
        for whole in [&["bash", "-lc", "a > b"][..], &["git", "status"], &["bash", "-lc", ""]] {
            assert_eq!(parts(&words(whole)), [words(whole)]);
        }
    }
}
