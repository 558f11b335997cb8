//! Paths in configuration: absolute, folded, `~` resolved.

use std::path::{Component, Path, PathBuf};

/// What relative paths of one layer mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathBase<'a> {
    /// The folder they are relative to.
    pub folder: &'a Path,
    /// The home folder of the user, for `~`.
    pub user_home: Option<&'a Path>,
}

impl PathBase<'_> {
    /// Makes a path absolute; `.` and `..` are folded without looking at the file system.
    pub fn resolve(&self, path: &str) -> PathBuf {
        let home = self.user_home;
        let resolved = match (path.strip_prefix('~'), home) {
            (Some(""), Some(home)) => home.to_owned(),
            (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
            _ => self.folder.join(path),
        };
        fold(&resolved)
    }
}

/// Folds `.` and `..` by text alone.
pub(crate) fn fold(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            // At the root there is nothing above.
            Component::ParentDir => {
                folded.pop();
            }
            component => folded.push(component),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_folder_or_the_home() {
        let base = PathBase { folder: Path::new("/home/u/.codex"), user_home: Some(Path::new("/home/u")) };
        for (path, resolved) in [
            ("logs/../l2", "/home/u/.codex/l2"),
            ("./db", "/home/u/.codex/db"),
            ("~/y", "/home/u/y"),
            ("~", "/home/u"),
            ("~other/y", "/home/u/.codex/~other/y"),
            ("/abs/../z", "/z"),
            ("/../../z", "/z"),
        ] {
            assert_eq!(base.resolve(path), Path::new(resolved), "{path}");
        }
    }
}
