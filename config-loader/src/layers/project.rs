//! Project folders: the root, the `.codex` folders below it, and what the user said about them.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::keys::TrustLevel;
use crate::path::fold;

use super::deps::Dependencies;

/// What git keeps in a checkout.
const GIT: &str = ".git";

/// Root markers when no layer names some.
pub(crate) const DEFAULT_ROOT_MARKERS: [&str; 1] = [GIT];

/// Keys that a project may not set.
const DENIED_KEYS: [&str; 12] = [
    "openai_base_url",
    "chatgpt_base_url",
    "apps_mcp_product_sku",
    "model_provider",
    "model_providers",
    "notify",
    "profile",
    "profiles",
    "experimental_realtime_ws_base_url",
    "experimental_realtime_webrtc_call_base_url",
    "otel",
    "responses_api_metadata",
];

/// Features that a project may not set.
const DENIED_FEATURES: [&str; 1] = ["respect_system_proxy"];

/// Where a working folder lies.
pub(crate) struct Project {
    /// The root of the project; the working folder itself when no marker was found.
    pub root: PathBuf,
    /// The root of the main checkout, when the working folder is in a git repository.
    pub repository: Option<PathBuf>,
    /// Folders from the root down to the working folder that have a `.codex` folder.
    pub folders: Vec<PathBuf>,
}

/// Finds the project of a working folder.
pub(crate) fn find_project(
    cwd: &Path,
    markers: &[String],
    codex_home: &Path,
    dependencies: &mut Dependencies<'_>,
) -> Project {
    let root = cwd
        .ancestors()
        .find(|folder| markers.iter().any(|marker| has_marker(folder, marker, dependencies)))
        .unwrap_or(cwd);
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in cwd.ancestors() {
        let codex = folder.join(".codex");
        if dependencies.is_dir(&codex) && dependencies.canonical(&codex).as_deref() != Some(codex_home) {
            folders.push(folder.to_owned());
        }
        if folder == root {
            break;
        }
    }
    folders.reverse();
    Project { root: root.to_owned(), repository: main_repository(cwd, dependencies), folders }
}

/// Whether a folder has a marker of a root. A `.git` folder without `HEAD` is no repository and does not count.
fn has_marker(folder: &Path, marker: &str, dependencies: &mut Dependencies<'_>) -> bool {
    let path = folder.join(marker);
    if marker == GIT && dependencies.is_dir(&path) {
        return dependencies.exists(&path.join("HEAD"));
    }
    dependencies.exists(&path)
}

/// The root of the main checkout of the git repository around a folder. In a worktree `.git` is a file that points into
/// the main checkout.
fn main_repository(cwd: &Path, dependencies: &mut Dependencies<'_>) -> Option<PathBuf> {
    let folder = cwd.ancestors().find(|folder| has_marker(folder, GIT, dependencies))?;
    let git = folder.join(GIT);
    if dependencies.is_dir(&git) {
        return Some(folder.to_owned());
    }
    let link = dependencies.read(&git).ok().flatten()?;
    let target = link.text().strip_prefix("gitdir:")?.trim();
    let target = fold(&folder.join(target));
    let worktrees = target.parent()?;
    let main_git = worktrees.parent()?;
    (worktrees.file_name()? == "worktrees" && main_git.file_name()? == ".git")
        .then(|| main_git.parent().map(Path::to_owned))?
}

/// What the user said about a folder: about itself, the project's root, or the repository's main checkout.
pub(crate) fn trust_of(
    folder: &Path,
    project: &Project,
    projects: Option<&Table>,
    dependencies: &mut Dependencies<'_>,
) -> Option<TrustLevel> {
    let projects = projects?;
    [Some(folder), Some(&*project.root), project.repository.as_deref()].into_iter().flatten().find_map(|folder| {
        entry_of(folder, projects).or_else(|| {
            let canonical = dependencies.canonical(folder)?;
            entry_of(&canonical, projects)
        })
    })
}

/// The entry of exactly this folder.
fn entry_of(folder: &Path, projects: &Table) -> Option<TrustLevel> {
    match projects.get(folder.to_str()?)?.get("trust_level")?.as_str()? {
        "trusted" => Some(TrustLevel::Trusted),
        "untrusted" => Some(TrustLevel::Untrusted),
        _ => None,
    }
}

/// Takes the keys out that a project may not set, and names them.
pub(crate) fn drop_denied_keys(layer: &mut Table) -> Vec<String> {
    let mut dropped: Vec<String> =
        DENIED_KEYS.into_iter().filter(|key| layer.remove(*key).is_some()).map(str::to_owned).collect();
    if let Some(Value::Table(features)) = layer.get_mut("features") {
        for name in DENIED_FEATURES {
            if features.remove(name).is_some() {
                dropped.push(format!("features.{name}"));
            }
        }
    }
    dropped
}
