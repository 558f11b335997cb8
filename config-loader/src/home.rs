//! CODEX_HOME: the folder of the user's configuration and threads.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder of the user's configuration and threads: absolute; symbolic links are resolved when it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodexHome(PathBuf);

/// Why there is no CODEX_HOME.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The variable names nothing.
    #[error("CODEX_HOME points to {0:?}, but that path does not exist")]
    Missing(PathBuf),
    /// The variable names something else than a folder.
    #[error("CODEX_HOME points to {0:?}, but that path is not a directory")]
    NotADirectory(PathBuf),
    /// The folder could not be looked at.
    #[error("CODEX_HOME points to {path:?}, which cannot be used: {source}")]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Neither the variable nor the user's own folder is known.
    #[error("neither CODEX_HOME nor the home directory of the user is known; set CODEX_HOME")]
    NoUserHome,
}

impl CodexHome {
    /// Takes an absolute folder as it is.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The user's configuration file in it.
    pub fn config_file(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// The file of a profile in it.
    pub fn profile_file(&self, profile: &str) -> PathBuf {
        self.0.join(format!("{profile}.config.toml"))
    }
}

impl AsRef<Path> for CodexHome {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

/// Finds CODEX_HOME: the variable of that name, against `cwd` when relative, else `.codex` in the user's home.
///
/// The folder that the variable names must exist; the default need not.
///
/// # Errors
///
/// [`HomeError`] when the variable names no folder, or nothing is known.
pub fn find_codex_home(env: &dyn Fn(&str) -> Option<OsString>, cwd: &Path) -> Result<CodexHome, HomeError> {
    let named = env("CODEX_HOME").filter(|value| !value.is_empty());
    let Some(named) = named else {
        return user_home(env).map(|home| CodexHome(home.join(".codex"))).ok_or(HomeError::NoUserHome);
    };
    let path = PathBuf::from(named);
    let unusable = |source| HomeError::Unusable { path: path.clone(), source };
    let canonical = match cwd.join(&path).canonicalize() {
        Ok(canonical) => canonical,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(HomeError::Missing(path));
        }
        Err(error) => return Err(unusable(error)),
    };
    if !canonical.metadata().map_err(unusable)?.is_dir() {
        return Err(HomeError::NotADirectory(path));
    }
    Ok(CodexHome(canonical))
}

/// The home folder of the user: `HOME`, else what the system's user database says.
pub(crate) fn user_home(env: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    env("HOME").filter(|value| !value.is_empty()).map(PathBuf::from).or_else(std::env::home_dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(variables: &[(&str, &str)], cwd: &Path) -> Result<CodexHome, HomeError> {
        find_codex_home(
            &|name| {
                let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
                Some(OsString::from(value))
            },
            cwd,
        )
    }

    #[test]
    fn unset_or_empty_is_in_the_user_home() {
        for variables in [&[("HOME", "/home/u")][..], &[("HOME", "/home/u"), ("CODEX_HOME", "")][..]] {
            let home = find(variables, Path::new("/")).unwrap();
            assert_eq!(home.path(), Path::new("/home/u/.codex"));
        }
    }

    #[test]
    fn a_named_folder_must_exist() {
        let root = tempfile::tempdir().unwrap();
        let missing = root.path().join("nohome");
        let missing = missing.to_str().unwrap();
        assert_eq!(
            find(&[("CODEX_HOME", missing)], root.path()).unwrap_err().to_string(),
            format!("CODEX_HOME points to \"{missing}\", but that path does not exist")
        );
        std::fs::write(missing, "").unwrap();
        assert_eq!(
            find(&[("CODEX_HOME", missing)], root.path()).unwrap_err().to_string(),
            format!("CODEX_HOME points to \"{missing}\", but that path is not a directory")
        );
    }

    #[test]
    fn a_relative_name_is_against_the_working_folder() {
        let root = tempfile::tempdir().unwrap();
        let canonical = root.path().canonicalize().unwrap();
        std::fs::create_dir(canonical.join("home")).unwrap();
        let home = find(&[("CODEX_HOME", "home")], root.path()).unwrap();
        assert_eq!(home.path(), canonical.join("home"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_resolved() {
        let root = tempfile::tempdir().unwrap();
        let canonical = root.path().canonicalize().unwrap();
        std::fs::create_dir(canonical.join("home")).unwrap();
        std::os::unix::fs::symlink("home", canonical.join("link")).unwrap();
        let home = find(&[("CODEX_HOME", "link")], &canonical).unwrap();
        assert_eq!(home.path(), canonical.join("home"));
    }
}
