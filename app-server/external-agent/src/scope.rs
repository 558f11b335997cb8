//! Where to look and where to write: the home of the user, or one repository.

use std::path::{Path, PathBuf};

use crate::error::ImportError;
use crate::files::{self, MAX_SETTINGS_BYTES, MAX_TEXT_BYTES};

/// Name of the other agent's folder in the home and in repositories.
const SOURCE_FOLDER: &str = ".claude";

/// The folders of one place.
///
/// In a repository anybody may have put links; there nothing is read or written that lies outside it. The links in the
/// user's home are the user's own.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The home of the user, or the root of the repository.
    pub root: PathBuf,
    /// The other agent's folder.
    pub source: PathBuf,
    /// `CODEX_HOME`, or `.codex` of the repository.
    pub target: PathBuf,
    /// Where skills go.
    pub skills: PathBuf,
    /// The home of the user, where it is known.
    pub user_home: Option<PathBuf>,
    /// The root with all links resolved; none for the home.
    confines: Option<PathBuf>,
}

impl Scope {
    /// The home of the user.
    pub(crate) fn home(user_home: Option<&Path>, codex_home: &Path) -> Result<Self, ImportError> {
        let root = user_home.ok_or(ImportError::NoUserHome)?.to_owned();
        let beside = codex_home.parent().unwrap_or(codex_home);
        Ok(Self {
            source: root.join(SOURCE_FOLDER),
            target: codex_home.to_owned(),
            skills: beside.join(".agents/skills"),
            user_home: Some(root.clone()),
            root,
            confines: None,
        })
    }

    /// The repository around an absolute working directory, or that directory itself; none when it does not exist.
    pub(crate) fn repository(user_home: Option<&Path>, cwd: &Path) -> Result<Option<Self>, ImportError> {
        let Some(metadata) = files::metadata(cwd)? else { return Ok(None) };
        let folder = if metadata.is_dir() { cwd } else { cwd.parent().unwrap_or(cwd) };
        let mut root = folder;
        for above in folder.ancestors() {
            if files::metadata(&above.join(".git"))?.is_some() {
                root = above;
                break;
            }
        }
        let confines = root.canonicalize().map_err(|error| ImportError::io(root, error))?;
        Ok(Some(Self {
            root: root.to_owned(),
            source: root.join(SOURCE_FOLDER),
            target: root.join(".codex"),
            skills: root.join(".agents/skills"),
            user_home: user_home.map(Path::to_owned),
            confines: Some(confines),
        }))
    }

    /// Whether this is the home of the user.
    pub(crate) fn is_home(&self) -> bool {
        self.confines.is_none()
    }

    /// The root with all links resolved, as far as it is known.
    pub(crate) fn resolved_root(&self) -> &Path {
        self.confines.as_deref().unwrap_or(&self.root)
    }

    /// `config.toml` of the target.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.target.join("config.toml")
    }

    /// The text of a file with instructions; none when there is no such file.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<String>, ImportError> {
        self.confine(path)?;
        files::read_text(path, MAX_TEXT_BYTES)
    }

    /// The text of a file with settings; none when there is no such file.
    pub(crate) fn read_settings(&self, path: &Path) -> Result<Option<String>, ImportError> {
        self.confine(path)?;
        files::read_text(path, MAX_SETTINGS_BYTES)
    }

    /// Whether a file is missing or holds nothing but white space, so that a new one may take its place.
    pub(crate) fn is_blank(&self, path: &Path) -> Result<bool, ImportError> {
        if files::is_free(path)? {
            self.confine(path)?;
            return Ok(true);
        }
        Ok(self.read_settings(path)?.is_some_and(|text| text.trim().is_empty()))
    }

    /// The files and folders in a folder; none when it is missing.
    pub(crate) fn entries(&self, folder: &Path) -> Result<Vec<(String, files::Kind)>, ImportError> {
        self.confine(folder)?;
        files::entries(folder)
    }

    /// Refuses what leads out of a repository: the path itself, or the nearest folder above it that exists.
    pub(crate) fn confine(&self, path: &Path) -> Result<(), ImportError> {
        let Some(root) = &self.confines else { return Ok(()) };
        for at in path.ancestors() {
            if files::is_free(at)? {
                continue;
            }
            // A link that leads nowhere is not followed either.
            return match at.canonicalize() {
                Ok(real) if real.starts_with(root) => Ok(()),
                _ => Err(ImportError::Escapes { path: path.to_owned(), root: root.clone() }),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_belongs_to_the_nearest_repository() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("a/.git")).unwrap();
        fs::create_dir_all(root.join("a/b/c")).unwrap();
        fs::create_dir_all(root.join("plain/sub")).unwrap();
        fs::create_dir_all(root.join("tree")).unwrap();
        fs::write(root.join("tree/.git"), "gitdir: x").unwrap();
        fs::write(root.join("a/b/file"), "").unwrap();
        let root_of = |path: &str| Scope::repository(None, &root.join(path)).unwrap().map(|scope| scope.root);
        assert_eq!(root_of("a/b/c"), Some(root.join("a")));
        assert_eq!(root_of("a/b/file"), Some(root.join("a")));
        assert_eq!(root_of("tree"), Some(root.join("tree")));
        assert_eq!(root_of("plain/sub"), Some(root.join("plain/sub")));
        assert_eq!(root_of("missing"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_of_a_repository_stay_in_it() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repo");
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(folder.path().join("secret"), "x").unwrap();
        fs::write(root.join("sub/fine"), "x").unwrap();
        symlink("../secret", root.join("out")).unwrap();
        symlink("sub/fine", root.join("in")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("nowhere", root.join("dangling")).unwrap();
        let scope = Scope::repository(None, &root).unwrap().unwrap();
        assert_eq!(scope.read(&root.join("in")).unwrap().as_deref(), Some("x"));
        assert_eq!(scope.read(&root.join("missing/deep")).unwrap(), None);
        for path in ["out", "up/secret", "up/new/file", "dangling"] {
            assert!(matches!(scope.confine(&root.join(path)), Err(ImportError::Escapes { .. })), "{path}");
        }
        assert!(Scope::home(Some(&root), &root.join("c")).unwrap().read(&root.join("out")).unwrap().is_some());
    }
}
