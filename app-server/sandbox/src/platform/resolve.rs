//! The paths of the rules as the file system has them: absolute, without symbolic links, and without traps.

use std::collections::VecDeque;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::error::SandboxError;
use crate::spec::SandboxSpec;

/// How many symbolic links one path may lead over, as in the kernel.
const MAX_LINKS: usize = 40;

/// Rules whose paths exist and lead over no symbolic link.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rules {
    /// Writable roots.
    pub write: Vec<PathBuf>,
    /// Names that stay read-only directly inside each root that is a folder.
    pub protected: Vec<String>,
    /// Read-only paths.
    pub read_only: Vec<PathBuf>,
    /// Paths that are neither readable nor writable.
    pub denied: Vec<PathBuf>,
}

/// Resolves the paths of the rules. Those that do not exist are left out.
///
/// # Errors
/// When a path is relative, not text, cannot be looked at, or leads over a link that a confined command may change.
pub fn resolve(spec: &SandboxSpec) -> Result<Rules, SandboxError> {
    for name in &spec.protected_names {
        let mut components = Path::new(name).components();
        if !matches!((components.next(), components.next()), (Some(Component::Normal(only)), None) if only == name.as_str())
        {
            return Err(SandboxError::NotAName(name.clone()));
        }
    }
    let write = trails(&spec.writable())?;
    let read_only = trails(&spec.read_only)?;
    let denied = trails(&spec.denied)?;
    for trail in write.iter().chain(&read_only).chain(&denied) {
        for link in &trail.links {
            if let Some(root) = write.iter().find(|root| link.starts_with(&root.end) && *link != root.end) {
                return Err(SandboxError::WritableLink {
                    path: trail.given.clone(),
                    link: link.clone(),
                    root: root.end.clone(),
                });
            }
        }
    }
    if let Some(everything) = denied.iter().find(|trail| trail.end.parent().is_none()) {
        return Err(SandboxError::DeniesEverything(everything.given.clone()));
    }
    let ends = |trails: Vec<Trail>| {
        let mut ends: Vec<PathBuf> = trails.into_iter().map(|trail| trail.end).collect();
        ends.sort();
        ends.dedup();
        ends
    };
    Ok(Rules {
        write: ends(write),
        protected: spec.protected_names.clone(),
        read_only: ends(read_only),
        denied: ends(denied),
    })
}

/// A way through the file system.
struct Trail {
    /// The path that was given.
    given: PathBuf,
    /// Where it ends, without links.
    end: PathBuf,
    /// Where the links lie over which it leads.
    links: Vec<PathBuf>,
}

fn trails(paths: &[PathBuf]) -> Result<Vec<Trail>, SandboxError> {
    let mut trails = Vec::new();
    for path in paths {
        if !path.is_absolute() {
            return Err(SandboxError::RelativePath(path.clone()));
        }
        match trail(path) {
            Ok(trail) if trail.end.to_str().is_none() => return Err(SandboxError::NotText(trail.end)),
            Ok(trail) => trails.push(trail),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(source) => return Err(SandboxError::Inspect { path: path.clone(), source }),
        }
    }
    Ok(trails)
}

/// Follows a path step by step.
fn trail(path: &Path) -> io::Result<Trail> {
    let mut end = PathBuf::new();
    let mut links = Vec::new();
    let mut ahead: VecDeque<PathBuf> =
        path.components().map(|component| PathBuf::from(component.as_os_str())).collect();
    while let Some(step) = ahead.pop_front() {
        match step.components().next() {
            Some(Component::Normal(_)) => {}
            Some(Component::ParentDir) => {
                end.pop();
                continue;
            }
            Some(Component::CurDir) | None => continue,
            Some(Component::RootDir | Component::Prefix(_)) => {
                end = if step.has_root() { step } else { end.join(step) };
                continue;
            }
        }
        let next = end.join(&step);
        if !fs::symlink_metadata(&next)?.is_symlink() {
            end = next;
            continue;
        }
        if links.len() == MAX_LINKS {
            return Err(io::Error::other("it leads over too many symbolic links"));
        }
        for component in fs::read_link(&next)?.components().rev() {
            ahead.push_front(PathBuf::from(component.as_os_str()));
        }
        links.push(next);
    }
    Ok(Trail { given: path.to_owned(), end, links })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::spec::{SandboxMode, TempFolders};

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        (folder, path)
    }

    fn spec(cwd: &Path) -> SandboxSpec {
        let mut spec = SandboxSpec::new(SandboxMode::WorkspaceWrite, cwd.to_owned());
        spec.temp = TempFolders { slash_tmp: false, tmpdir: None };
        spec
    }

    #[test]
    fn links_outside_of_every_root_are_followed() {
        let (_keep, base) = folder();
        fs::create_dir_all(base.join("real/w")).unwrap();
        symlink("real", base.join("link")).unwrap();
        let mut spec = spec(&base.join("link/./w/../w"));
        spec.denied = vec![base.join("link/w"), base.join("missing")];
        let rules = resolve(&spec).unwrap();
        assert_eq!(rules.write, [base.join("real/w")]);
        assert_eq!(rules.denied, [base.join("real/w")]);
    }

    #[test]
    fn a_link_inside_a_writable_root_is_refused() {
        let (_keep, base) = folder();
        fs::create_dir_all(base.join("w")).unwrap();
        symlink("/", base.join("w/sub")).unwrap();
        let mut spec = spec(&base.join("w"));
        spec.writable_roots = vec![base.join("w/sub/etc")];
        let error = resolve(&spec).unwrap_err();
        assert!(matches!(&error, SandboxError::WritableLink { link, .. } if *link == base.join("w/sub")), "{error}");
        spec.writable_roots.clear();
        spec.denied = vec![base.join("w/sub")];
        assert!(matches!(resolve(&spec).unwrap_err(), SandboxError::WritableLink { .. }));
    }

    #[test]
    fn impossible_rules_are_refused() {
        let (_keep, base) = folder();
        let mut relative = spec(&base);
        relative.writable_roots = vec!["here".into()];
        assert!(matches!(resolve(&relative).unwrap_err(), SandboxError::RelativePath(_)));
        let mut everything = spec(&base);
        everything.denied = vec!["/".into()];
        assert!(matches!(resolve(&everything).unwrap_err(), SandboxError::DeniesEverything(_)));
        for name in ["", ".", "..", "a/b", "/a", "a/"] {
            let mut named = spec(&base);
            named.protected_names = vec![name.to_owned()];
            assert!(matches!(resolve(&named).unwrap_err(), SandboxError::NotAName(_)), "{name:?}");
        }
        symlink("loop", base.join("loop")).unwrap();
        let mut endless = spec(&base);
        endless.denied = vec![base.join("loop")];
        assert!(matches!(
            resolve(&endless).unwrap_err(),
            SandboxError::Inspect { .. } | SandboxError::WritableLink { .. }
        ));
    }
}
