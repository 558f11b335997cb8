//! Which shell runs a command line.

use std::path::{Path, PathBuf};

use crate::environment::Environment;
use crate::platform;

/// A shell that runs command lines of the model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shell {
    /// Its program.
    pub path: PathBuf,
}

/// What takes over when nothing else is there.
const LAST_RESORT: &str = "/bin/sh";

/// The shells whose ways are known.
const KINDS: &[&str] = &["bash", "zsh", "sh"];

/// Which of the known shells a path or name means, if one.
fn kind_of(name: &Path) -> Option<&'static str> {
    let stem = name.file_stem()?.to_str()?;
    KINDS.iter().copied().find(|kind| *kind == stem)
}

/// The shells of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shells {
    user: Shell,
}

impl Shells {
    /// The user's login shell as the system knows it; bash, zsh or `/bin/sh` when that is another or none.
    pub fn of_user(server: &Environment) -> Self {
        Self::with_login_shell(platform::default_shell().as_deref(), server)
    }

    /// The same for a login shell that is known already.
    pub fn with_login_shell(login: Option<&Path>, server: &Environment) -> Self {
        let known = login.filter(|path| kind_of(path).is_some() && platform::is_executable(path));
        let path = known
            .map(Path::to_owned)
            .or_else(|| find("bash", server))
            .or_else(|| find("zsh", server))
            .unwrap_or_else(|| PathBuf::from(LAST_RESORT));
        Self { user: Shell { path } }
    }

    /// The user's shell.
    pub fn user(&self) -> &Shell {
        &self.user
    }

    /// The shell that a call asks for. Only its kind counts, the folder does not: the user's own when it is of that kind,
    /// else the one found in the server's `PATH`, else the one in `/bin`. `/bin/sh` stands for anything else.
    pub fn choose(&self, wanted: Option<&str>, server: &Environment) -> Shell {
        let Some(wanted) = wanted else { return self.user.clone() };
        let found = kind_of(Path::new(wanted)).and_then(|kind| {
            if kind_of(&self.user.path) == Some(kind) { Some(self.user.path.clone()) } else { find(kind, server) }
        });
        Shell { path: found.unwrap_or_else(|| PathBuf::from(LAST_RESORT)) }
    }
}

fn find(kind: &str, server: &Environment) -> Option<PathBuf> {
    let in_path = server.get("PATH").map(std::env::split_paths).into_iter().flatten();
    // An empty entry means the working folder, where no shell is to be looked for.
    let absolute = in_path.filter(|folder| folder.is_absolute());
    absolute
        .chain([PathBuf::from("/bin")])
        .map(|folder| folder.join(kind))
        .find(|candidate| platform::is_executable(candidate))
}

impl Shell {
    /// The command that runs a script: `-lc` reads the user's profile first, `-c` does not.
    pub fn argv(&self, script: &str, login: bool) -> Vec<String> {
        let flag = if login { "-lc" } else { "-c" };
        vec![self.path.to_string_lossy().into_owned(), flag.to_owned(), script.to_owned()]
    }
}

/// A command as one line that a shell would read back as the same words: what items show.
pub fn command_line(argv: &[String]) -> String {
    // Only a NUL byte cannot be quoted.
    shlex::try_join(argv.iter().map(String::as_str)).unwrap_or_else(|_| "<command included NUL byte>".to_owned())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    struct Bin(tempfile::TempDir);

    impl Bin {
        fn new(names: &[&str]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for name in names {
                let path = folder.path().join(name);
                fs::write(&path, "").unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            }
            Self(folder)
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn environment(&self) -> Environment {
            Environment::new([("PATH".into(), self.0.path().into())])
        }
    }

    #[test]
    fn the_kind_counts_and_the_folder_does_not() {
        let bin = Bin::new(&["bash", "zsh", "sh", "fish"]);
        let shells = Shells::with_login_shell(Some(&bin.path("bash")), &bin.environment());
        for (wanted, expected) in [
            (None, bin.path("bash")),
            (Some("bash"), bin.path("bash")),
            (Some("/nonexistent/bash"), bin.path("bash")),
            (Some("bash.exe"), bin.path("bash")),
            (Some("zsh"), bin.path("zsh")),
            (Some("/bin/zsh"), bin.path("zsh")),
            (Some("/bin/sh"), bin.path("sh")),
            (Some("BASH"), PathBuf::from(LAST_RESORT)),
            (Some("fish"), PathBuf::from(LAST_RESORT)),
            (Some("python3"), PathBuf::from(LAST_RESORT)),
            (Some(""), PathBuf::from(LAST_RESORT)),
        ] {
            assert_eq!(shells.choose(wanted, &bin.environment()).path, expected, "{wanted:?}");
        }
    }

    #[test]
    fn an_unknown_login_shell_is_replaced() {
        let bin = Bin::new(&["zsh", "fish"]);
        fs::write(bin.path("bash"), "").unwrap();
        let path_only = Environment::new([("PATH".into(), bin.0.path().into())]);
        for login in [None, Some(bin.path("fish")), Some(bin.path("missing"))] {
            let user = Shells::with_login_shell(login.as_deref(), &path_only).user().path.clone();
            // A bash that cannot be executed does not count; one in /bin does.
            let expected =
                if platform::is_executable(Path::new("/bin/bash")) { "/bin/bash".into() } else { bin.path("zsh") };
            assert_eq!(user, expected);
        }
    }

    #[test]
    fn lines_are_quoted_as_clients_know_it() {
        for (script, line) in [
            ("true", "/bin/bash -lc true"),
            ("", "/bin/bash -lc ''"),
            ("echo hi; echo err >&2", "/bin/bash -lc 'echo hi; echo err >&2'"),
            (r"printf 'a\377'", r#"/bin/bash -lc "printf 'a\\377'""#),
            ("trap '' EXIT; echo $$", r#"/bin/bash -lc "trap '' EXIT; echo "'$$'"#),
            ("echo a\0b", "<command included NUL byte>"),
        ] {
            assert_eq!(command_line(&["/bin/bash".to_owned(), "-lc".to_owned(), script.to_owned()]), line);
        }
    }

    #[test]
    fn a_login_shell_reads_the_profile() {
        let shell = Shell { path: PathBuf::from("/bin/bash") };
        assert_eq!(shell.argv("ls -l", true), ["/bin/bash", "-lc", "ls -l"]);
        assert_eq!(shell.argv("ls -l", false), ["/bin/bash", "-c", "ls -l"]);
    }
}
