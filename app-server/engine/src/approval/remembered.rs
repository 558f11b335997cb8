//! What a user has allowed for the rest of a thread.

use std::collections::HashSet;
use std::path::PathBuf;

use super::Permissions;

/// A command that was allowed: the same again is not asked about, anything else is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CommandKey {
    pub(crate) argv: Vec<String>,
    pub(crate) cwd: PathBuf,
    pub(crate) tty: bool,
    /// Whether it leaves the sandbox.
    pub(crate) escalated: bool,
    /// What it may do beyond the rules of the sandbox.
    pub(crate) permissions: Permissions,
}

/// What was allowed so far. It lives as long as the thread is loaded.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    commands: HashSet<CommandKey>,
    files: HashSet<PathBuf>,
}

impl Remembered {
    pub(crate) fn allows(&self, command: &CommandKey) -> bool {
        self.commands.contains(command)
    }

    pub(crate) fn allow(&mut self, command: CommandKey) {
        self.commands.insert(command);
    }

    /// Whether each of the files was allowed.
    pub(crate) fn allows_files(&self, files: &[PathBuf]) -> bool {
        !files.is_empty() && files.iter().all(|file| self.files.contains(file))
    }

    pub(crate) fn allow_files(&mut self, files: Vec<PathBuf>) {
        self.files.extend(files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_same_is_remembered() {
        let mut remembered = Remembered::default();
        let key = CommandKey {
            argv: vec!["ls".to_owned()],
            cwd: "/".into(),
            tty: false,
            escalated: false,
            permissions: Permissions::default(),
        };
        remembered.allow(key.clone());
        assert!(remembered.allows(&key));
        for other in [
            CommandKey { argv: vec!["ls".to_owned(), "-l".to_owned()], ..key.clone() },
            CommandKey { cwd: "/tmp".into(), ..key.clone() },
            CommandKey { tty: true, ..key.clone() },
            CommandKey { escalated: true, ..key.clone() },
        ] {
            assert!(!remembered.allows(&other), "{other:?}");
        }
        remembered.allow_files(vec!["/a".into(), "/b".into()]);
        assert!(remembered.allows_files(&["/b".into()]));
        assert!(!remembered.allows_files(&["/b".into(), "/c".into()]));
        assert!(!remembered.allows_files(&[]));
    }
}
