//! Which path of the file system gets which kind of mount: rules in, steps out, parents before children.

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::error::SandboxError;
use crate::platform::resolve::Rules;

/// The mode of a folder that stands in the place of a protected name that did not exist: it is ours, it is empty, and
/// nobody else makes a folder of such a mode.
pub const COVER_MODE: u32 = 0o1700;

/// What is to be mounted at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Itself, writable.
    Write,
    /// Itself, writable as all around it, only so that it cannot be renamed: something below it has a mount.
    Pin,
    /// Itself, read-only.
    ReadOnly,
    /// An empty read-only folder, in the place of a name that does not exist.
    Cover,
    /// Nothing that can be read.
    Deny,
}

impl Kind {
    /// Of two rules for one path the stricter one counts.
    fn strictness(self) -> u8 {
        match self {
            Self::Pin => 0,
            Self::Write => 1,
            Self::ReadOnly | Self::Cover => 2,
            Self::Deny => 3,
        }
    }
}

/// Every mount that the rules need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Whether everything is writable unless a step says otherwise.
    pub writable: bool,
    /// What is mounted where; a parent comes before its children.
    pub steps: BTreeMap<PathBuf, Kind>,
}

impl Layout {
    /// The steps below a path, without the path itself.
    pub fn below<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = (&'a Path, Kind)> {
        let steps = self.steps.range::<Path, _>((std::ops::Bound::Excluded(path), std::ops::Bound::Unbounded));
        steps.take_while(move |(step, _)| step.starts_with(path)).map(|(step, kind)| (step.as_path(), *kind))
    }
}

/// Lays out the rules on the file system as it is now.
///
/// # Errors
/// When a protected name is a symbolic link, or a path cannot be looked at.
pub fn layout(rules: &Rules) -> Result<Layout, SandboxError> {
    let mut steps = BTreeMap::new();
    let mut put = |path: PathBuf, kind: Kind| {
        let known = steps.entry(path).or_insert(kind);
        if kind.strictness() > known.strictness() {
            *known = kind;
        }
    };
    for root in &rules.write {
        put(root.clone(), Kind::Write);
        if !inspect(root)?.is_some_and(|metadata| metadata.is_dir()) {
            continue;
        }
        for name in &rules.protected {
            let path = root.join(name);
            if rules.write.contains(&path) {
                continue;
            }
            match inspect(&path)? {
                None => put(path, Kind::Cover),
                Some(metadata) if metadata.is_symlink() => return Err(SandboxError::ProtectedLink(path)),
                Some(metadata) if is_cover(&path, &metadata)? => put(path, Kind::Cover),
                Some(metadata) => {
                    if metadata.is_file() {
                        // A work tree or submodule: what counts lies where the file points to.
                        repository(&path).into_iter().for_each(|folder| put(folder, Kind::ReadOnly));
                    }
                    put(path, Kind::ReadOnly);
                }
            }
        }
    }
    rules.read_only.iter().for_each(|path| put(path.clone(), Kind::ReadOnly));
    rules.denied.iter().for_each(|path| put(path.clone(), Kind::Deny));
    let writable = steps.get(Path::new("/")) == Some(&Kind::Write);
    steps.remove(Path::new("/"));
    let mut layout = Layout { writable, steps };
    drop_needless(&mut layout);
    pin(&mut layout);
    Ok(layout)
}

/// Whether a folder is one of our covers, left there by a sandbox that still runs or that was killed.
fn is_cover(path: &Path, metadata: &fs::Metadata) -> Result<bool, SandboxError> {
    let looks = metadata.is_dir()
        && metadata.permissions().mode() & 0o7777 == COVER_MODE
        && metadata.uid() == rustix::process::geteuid().as_raw();
    if !looks {
        return Ok(false);
    }
    let mut entries = fs::read_dir(path).map_err(|source| SandboxError::Inspect { path: path.to_owned(), source })?;
    Ok(entries.next().is_none())
}

fn inspect(path: &Path) -> Result<Option<fs::Metadata>, SandboxError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(SandboxError::Inspect { path: path.to_owned(), source }),
    }
}

/// The folders of the repository to which a `.git` file points: its own and the one it shares with others.
fn repository(file: &Path) -> Vec<PathBuf> {
    let pointer = |path: &Path| fs::read_to_string(path).ok().filter(|text| text.len() <= 4096);
    let Some(parent) = file.parent() else { return Vec::new() };
    let Some(own) = pointer(file).and_then(|text| Some(parent.join(text.strip_prefix("gitdir:")?.trim()))) else {
        return Vec::new();
    };
    let shared = pointer(&own.join("commondir")).map(|text| own.join(text.trim()));
    std::iter::once(own).chain(shared).filter_map(|folder| folder.canonicalize().ok()).collect()
}

/// Drops the steps that only repeat what holds around them.
fn drop_needless(layout: &mut Layout) {
    let needless: Vec<PathBuf> = layout
        .steps
        .iter()
        .filter(|(path, kind)| match (kind, around(layout, path)) {
            (Kind::ReadOnly | Kind::Cover, around) => around == Kind::ReadOnly,
            (Kind::Deny, around) => around == Kind::Deny,
            (Kind::Write | Kind::Pin, _) => false,
        })
        .map(|(path, _)| path.clone())
        .collect();
    for path in needless {
        layout.steps.remove(&path);
    }
}

/// What holds around a path: the kind of the nearest step above it.
fn around(layout: &Layout, path: &Path) -> Kind {
    let nearest = path.ancestors().skip(1).find_map(|ancestor| layout.steps.get(ancestor));
    match nearest {
        Some(Kind::Write | Kind::Pin) => Kind::Write,
        Some(Kind::ReadOnly | Kind::Cover) => Kind::ReadOnly,
        Some(Kind::Deny) => Kind::Deny,
        None if layout.writable => Kind::Write,
        None => Kind::ReadOnly,
    }
}

/// Pins every folder between a writable root and a mount in it.
fn pin(layout: &mut Layout) {
    let mut pins = Vec::new();
    for path in layout.steps.keys() {
        if around(layout, path) != Kind::Write {
            continue;
        }
        let between = path
            .ancestors()
            .skip(1)
            .take_while(|ancestor| ancestor.parent().is_some() && !layout.steps.contains_key(*ancestor));
        pins.extend(between.map(Path::to_owned));
    }
    for path in pins {
        layout.steps.insert(path, Kind::Pin);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{DirBuilderExt as _, symlink};

    use proptest::prelude::*;

    use super::*;

    fn rules(write: &[&Path], read_only: &[&Path], denied: &[&Path]) -> Rules {
        let paths = |list: &[&Path]| list.iter().map(|path| path.to_path_buf()).collect::<Vec<_>>();
        Rules {
            write: paths(write),
            protected: vec![".git".to_owned()],
            read_only: paths(read_only),
            denied: paths(denied),
        }
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        (folder, path)
    }

    #[test]
    fn a_root_gets_a_cover_or_a_read_only_name() {
        let (_keep, base) = folder();
        let laid = layout(&rules(&[&base], &[], &[])).unwrap();
        assert_eq!(laid.steps, BTreeMap::from([(base.clone(), Kind::Write), (base.join(".git"), Kind::Cover)]));
        fs::create_dir(base.join(".git")).unwrap();
        assert_eq!(layout(&rules(&[&base], &[], &[])).unwrap().steps[&base.join(".git")], Kind::ReadOnly);
    }

    #[test]
    fn an_old_cover_is_told_from_a_real_folder() {
        let (_keep, base) = folder();
        let cover = base.join(".git");
        fs::DirBuilder::new().mode(0o700).create(&cover).unwrap();
        fs::set_permissions(&cover, fs::Permissions::from_mode(COVER_MODE)).unwrap();
        assert_eq!(layout(&rules(&[&base], &[], &[])).unwrap().steps[&cover], Kind::Cover);
        fs::write(cover.join("HEAD"), "ref").unwrap();
        assert_eq!(layout(&rules(&[&base], &[], &[])).unwrap().steps[&cover], Kind::ReadOnly);
    }

    #[test]
    fn a_protected_link_is_refused() {
        let (_keep, base) = folder();
        symlink("elsewhere", base.join(".git")).unwrap();
        let error = layout(&rules(&[&base], &[], &[])).unwrap_err();
        assert!(matches!(error, SandboxError::ProtectedLink(path) if path == base.join(".git")));
    }

    #[test]
    fn the_repository_of_a_work_tree_is_protected_too() {
        let (_keep, base) = folder();
        let own = base.join("main.git/worktrees/w");
        fs::create_dir_all(&own).unwrap();
        fs::create_dir(base.join("w")).unwrap();
        fs::write(own.join("commondir"), "../..\n").unwrap();
        fs::write(base.join("w/.git"), "gitdir: ../main.git/worktrees/w\n").unwrap();
        let laid = layout(&rules(&[&base.join("w"), &base], &[], &[])).unwrap();
        assert_eq!(laid.steps[&base.join("main.git")], Kind::ReadOnly);
        assert_eq!(laid.steps.get(&own), None, "it lies in the read-only one");
        assert_eq!(laid.steps[&base.join("w/.git")], Kind::ReadOnly);
    }

    #[test]
    fn folders_above_a_mount_in_a_root_are_pinned() {
        let (_keep, base) = folder();
        fs::create_dir_all(base.join("a/b/c")).unwrap();
        let laid = layout(&rules(&[&base], &[&base.join("a/b/c")], &[])).unwrap();
        assert_eq!(laid.steps[&base.join("a")], Kind::Pin);
        assert_eq!(laid.steps[&base.join("a/b")], Kind::Pin);
        assert_eq!(laid.steps[&base.join("a/b/c")], Kind::ReadOnly);
        assert!(!laid.steps.contains_key(base.parent().unwrap()));
    }

    #[test]
    fn the_whole_file_system_can_be_writable() {
        let root = Path::new("/");
        let mut rules = rules(&[root], &[Path::new("/etc")], &[]);
        rules.protected.clear();
        let laid = layout(&rules).unwrap();
        assert!(laid.writable);
        assert_eq!(laid.steps, BTreeMap::from([(PathBuf::from("/etc"), Kind::ReadOnly)]));
    }

    /// What the steps make of a path: the deepest one at or above it.
    fn decided(laid: &Layout, path: &Path) -> Kind {
        match laid.steps.get(path) {
            Some(Kind::Write | Kind::Pin) => Kind::Write,
            Some(Kind::ReadOnly | Kind::Cover) => Kind::ReadOnly,
            Some(Kind::Deny) => Kind::Deny,
            None => around(laid, path),
        }
    }

    /// What the rules say about a path: of the deepest ones the strictest.
    fn said(rules: &[(PathBuf, Kind)], path: &Path) -> Kind {
        let covering = rules.iter().filter(|(rule, _)| path.starts_with(rule));
        covering
            .max_by_key(|(rule, kind)| (rule.components().count(), kind.strictness()))
            .map_or(Kind::ReadOnly, |(_, kind)| *kind)
    }

    fn any_path() -> impl Strategy<Value = PathBuf> {
        prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 1..5)
            .prop_map(|parts| Path::new("/nonexistent").join(parts.join("/")))
    }

    proptest! {
        #[test]
        fn steps_decide_as_the_rules_say(
            write in prop::collection::vec(any_path(), 0..4),
            read_only in prop::collection::vec(any_path(), 0..4),
            denied in prop::collection::vec(any_path(), 0..4),
            asked in prop::collection::vec(any_path(), 1..20),
        ) {
            let laid = layout(&Rules {
                write: write.clone(), protected: Vec::new(), read_only: read_only.clone(), denied: denied.clone(),
            }).unwrap();
            let mut rules: Vec<(PathBuf, Kind)> = write.into_iter().map(|path| (path, Kind::Write)).collect();
            rules.extend(read_only.into_iter().map(|path| (path, Kind::ReadOnly)));
            rules.extend(denied.into_iter().map(|path| (path, Kind::Deny)));
            for path in asked.iter().chain(laid.steps.keys()) {
                prop_assert_eq!(decided(&laid, path), said(&rules, path), "{}", path.display());
            }
            for path in laid.steps.keys().filter(|path| around(&laid, path) == Kind::Write) {
                let parent = path.parent().unwrap();
                prop_assert!(laid.steps.contains_key(parent), "{} can be moved", parent.display());
            }
        }
    }
}
