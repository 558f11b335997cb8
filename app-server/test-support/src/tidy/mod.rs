//! The workspace's own rules, so that they are tests and not opinions.
//!
//! Every check takes the root of a workspace and returns what is wrong, a sentence each, with the place in front.

mod crates;
mod promises;
mod sources;

pub use crates::{EDGES, crate_rules};
pub use promises::promise_rules;
pub use sources::{LONG_FILES, MAX_LINES, source_rules};

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders that hold nothing written by hand.
const SKIPPED: &[&str] = &["target", "node_modules", "schema", "snapshots"];

/// All files below `folder` in a stable order, without hidden folders (but `.ci`) and those in [`SKIPPED`].
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        if kind.is_file() {
            found.push(entry.path());
        } else if kind.is_dir() && (name == ".ci" || !name.starts_with('.')) && !SKIPPED.contains(&name.as_ref()) {
            found.extend(files(&entry.path())?);
        }
    }
    Ok(found)
}

/// The path below the root, with forward slashes.
fn below(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
