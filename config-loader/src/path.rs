//! Paths in configuration: absolute, folded, `~` resolved.
//!
//! A key that holds a path has the type [`AbsolutePath`]: reading it makes a relative path absolute, against the base of the
//! file that is being read. The base is set with [`with_base`] around the reading, as serde hands no context to a type.

use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Component, Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

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

/// A path of a configuration file. It is always absolute; the file may say it relative to its own folder, or with `~`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AbsolutePath(#[schemars(extend("format" = "path"))] PathBuf);

impl AbsolutePath {
    /// Takes an absolute path, folded by text alone; none when it is relative.
    pub fn new(path: &Path) -> Option<Self> {
        path.is_absolute().then(|| Self(fold(path)))
    }
}

impl Deref for AbsolutePath {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl AsRef<Path> for AbsolutePath {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl From<AbsolutePath> for PathBuf {
    fn from(path: AbsolutePath) -> Self {
        path.0
    }
}

impl<'de> Deserialize<'de> for AbsolutePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = PathBuf::deserialize(deserializer)?;
        let resolved = BASE.with_borrow(|base| match (base, path.to_str()) {
            (Some(base), Some(text)) => Some(base.as_path_base().resolve(text)),
            _ => Self::new(&path).map(PathBuf::from),
        });
        // The text is the one that clients of codex know.
        resolved.map(Self).ok_or_else(|| de::Error::custom("AbsolutePathBuf deserialized without a base path"))
    }
}

/// A [`PathBase`] that owns its folders.
struct OwnedBase {
    folder: PathBuf,
    user_home: Option<PathBuf>,
}

impl OwnedBase {
    fn as_path_base(&self) -> PathBase<'_> {
        PathBase { folder: &self.folder, user_home: self.user_home.as_deref() }
    }
}

thread_local! {
    /// What relative paths mean in the file that this thread is reading; none outside [`with_base`].
    static BASE: RefCell<Option<OwnedBase>> = const { RefCell::new(None) };
}

/// Reads something whose relative paths have this base. Without a base a relative path is an error.
pub(crate) fn with_base<T>(base: PathBase<'_>, read: impl FnOnce() -> T) -> T {
    /// Puts the outer base back, also when the reading panics.
    struct Restore(Option<OwnedBase>);
    impl Drop for Restore {
        fn drop(&mut self) {
            BASE.set(self.0.take());
        }
    }
    let base = OwnedBase { folder: base.folder.to_owned(), user_home: base.user_home.map(Path::to_owned) };
    let _restore = Restore(BASE.replace(Some(base)));
    read()
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
    fn a_path_is_read_with_a_base_or_must_be_absolute() {
        let read = |text: &str| serde_json::from_value::<AbsolutePath>(text.into()).map(PathBuf::from);
        let outer = PathBase { folder: Path::new("/outer"), user_home: None };
        let inner = PathBase { folder: Path::new("/inner"), user_home: Some(Path::new("/user")) };
        with_base(outer, || {
            assert_eq!(with_base(inner, || read("~/x")).unwrap(), Path::new("/user/x"));
            assert_eq!(read("x/../y").unwrap(), Path::new("/outer/y"));
        });
        assert_eq!(read("/a/./b").unwrap(), Path::new("/a/b"));
        assert_eq!(read("x").unwrap_err().to_string(), "AbsolutePathBuf deserialized without a base path");
    }

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
