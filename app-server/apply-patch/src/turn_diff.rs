//! What several patches did to a tree, as one diff.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha1::{Digest as _, Sha1};

use crate::apply::{Effect, FileMode, FileState};
use crate::diff::unified_hunks;

/// Lines of context, as git has them.
const CONTEXT: usize = 3;

/// How much of a file is looked at for a NUL byte, as git does it.
const BINARY_PREFIX: usize = 8000;

/// Collects what patches did, and tells it as `git diff --full-index` would, from the state before the first of them to
/// that after the last. Files are listed by path; one that was moved shows as one entry with both names. Left out are the
/// mode behind the hashes and the name of the function behind `@@`.
///
/// Memory is bounded: contents are kept up to a limit in bytes, over all files before and after. Beyond it only hashes
/// are kept, and a file that has changed shows as one that differs, as git shows files that are no text.
#[derive(Debug)]
pub struct TurnDiff {
    root: PathBuf,
    limit: usize,
    /// Bytes of content that are kept.
    kept: usize,
    files: BTreeMap<PathBuf, Tracked>,
    /// Entries of the last diff, by what they were made from.
    entries: HashMap<EntryKey, Arc<str>>,
}

#[derive(Debug)]
struct Tracked {
    before: Option<Blob>,
    after: Option<Blob>,
    /// Where the file was before it was moved.
    origin: Option<PathBuf>,
}

#[derive(Debug, Clone)]
struct Blob {
    mode: FileMode,
    id: [u8; 20],
    /// Absent beyond the limit.
    content: Option<Arc<[u8]>>,
}

impl Blob {
    fn same(&self, other: &Self) -> bool {
        self.mode == other.mode && self.id == other.id
    }

    /// The content, where it is kept and a text.
    fn text(&self) -> Option<&str> {
        let content = self.content.as_deref()?;
        let start = &content[..content.len().min(BINARY_PREFIX)];
        if start.contains(&0) { None } else { std::str::from_utf8(content).ok() }
    }
}

/// Two names, and the states that are compared.
type EntryKey = (PathBuf, PathBuf, Option<(FileMode, [u8; 20])>, Option<(FileMode, [u8; 20])>);

impl TurnDiff {
    /// Bytes of content that are kept when nothing else is asked for: 64 MiB.
    pub const LIMIT: usize = 64 << 20;

    /// A diff without any change. Paths are shown below the root, which holds no links; those of other files as a whole.
    pub fn new(root: PathBuf, limit: usize) -> Self {
        Self { root, limit, kept: 0, files: BTreeMap::new(), entries: HashMap::new() }
    }

    /// Adds what a patch did. What it left of a file is what the file now has; what it had is taken at the first touch only.
    pub fn record(&mut self, effects: &[Effect]) {
        for effect in effects {
            let origin = effect.moved_from.as_ref().map(|from| {
                let earlier = self.files.get(from).and_then(|tracked| tracked.origin.clone());
                earlier.unwrap_or_else(|| from.clone())
            });
            let after = effect.after.as_ref().map(|state| self.blob(state));
            let mut tracked = self.files.remove(&effect.path).unwrap_or_else(|| {
                let before = effect.before.as_ref().map(|state| self.blob(state));
                Tracked { before, after: None, origin: None }
            });
            let size = |blob: &Blob| blob.content.as_ref().map_or(0, |content| content.len());
            self.kept -= tracked.after.as_ref().map_or(0, size);
            if after.is_none() {
                tracked.origin = None;
            }
            tracked.after = after;
            tracked.origin = origin.or(tracked.origin);
            self.files.insert(effect.path.clone(), tracked);
        }
    }

    /// The diff; empty when all files are as they were.
    pub fn text(&mut self) -> String {
        let mut earlier = std::mem::take(&mut self.entries);
        let moves = self.moves();
        let targets: HashSet<&Path> = moves.values().copied().collect();
        let mut entries = HashMap::new();
        let mut result = String::new();
        for (path, tracked) in &self.files {
            if targets.contains(path.as_path()) {
                continue;
            }
            let target = moves.get(path.as_path()).copied();
            let after = match target {
                Some(target) => self.files.get(target).and_then(|tracked| tracked.after.as_ref()),
                None => tracked.after.as_ref(),
            };
            let before = tracked.before.as_ref();
            let unchanged = match (before, after) {
                (Some(before), Some(after)) => target.is_none() && before.same(after),
                (None, None) => true,
                _ => false,
            };
            if unchanged {
                continue;
            }
            let names = [self.name(path), self.name(target.unwrap_or(path))];
            let key_of = |blob: Option<&Blob>| blob.map(|blob| (blob.mode, blob.id));
            let key = (path.clone(), target.unwrap_or(path).to_owned(), key_of(before), key_of(after));
            let entry = earlier.remove(&key).unwrap_or_else(|| Arc::from(entry(&names, before, after)));
            result.push_str(&entry);
            entries.insert(key, entry);
        }
        self.entries = entries;
        result
    }

    /// Files that are gone from where they were, and where each is now.
    fn moves(&self) -> BTreeMap<&Path, &Path> {
        let mut moves = BTreeMap::new();
        for (path, tracked) in &self.files {
            let Some(origin) = &tracked.origin else { continue };
            let gone = self.files.get(origin).is_some_and(|from| from.before.is_some() && from.after.is_none());
            if gone && tracked.before.is_none() && tracked.after.is_some() {
                moves.entry(origin.as_path()).or_insert(path.as_path());
            }
        }
        moves
    }

    fn name(&self, path: &Path) -> String {
        let name = path.strip_prefix(&self.root).unwrap_or(path).display().to_string();
        if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
    }

    fn blob(&mut self, state: &FileState) -> Blob {
        let mut hash = Sha1::new();
        hash.update(format!("blob {}\0", state.content.len()));
        hash.update(&state.content);
        let fits = self.limit.saturating_sub(self.kept) >= state.content.len();
        if fits {
            self.kept += state.content.len();
        }
        let content = fits.then(|| Arc::clone(&state.content));
        Blob { mode: state.mode, id: hash.finalize().into(), content }
    }
}

/// One file's part of the diff.
fn entry(names: &[String; 2], before: Option<&Blob>, after: Option<&Blob>) -> String {
    // What a link holds is no earlier version of a file.
    if let (Some(old), Some(new)) = (before, after)
        && (old.mode == FileMode::Link) != (new.mode == FileMode::Link)
    {
        return entry(names, before, None) + &entry(names, None, after);
    }
    let [old_name, new_name] = names;
    let mut result = format!("diff --git a/{old_name} b/{new_name}\n");
    // Writing to a string cannot fail.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = result.write_fmt(format_args!("{text}\n"));
    };
    match (before, after) {
        (None, Some(new)) => line(format_args!("new file mode {}", mode(new.mode))),
        (Some(old), None) => line(format_args!("deleted file mode {}", mode(old.mode))),
        (Some(old), Some(new)) if old.mode != new.mode => {
            line(format_args!("old mode {}", mode(old.mode)));
            line(format_args!("new mode {}", mode(new.mode)));
        }
        _ => {}
    }
    let id = |blob: Option<&Blob>| blob.map_or([0; 20], |blob| blob.id);
    if id(before) == id(after) {
        if old_name != new_name {
            line(format_args!("similarity index 100%\nrename from {old_name}\nrename to {new_name}"));
        }
        return result;
    }
    line(format_args!("index {}..{}", hex(&id(before)), hex(&id(after))));
    let side = |letter: char, name: &str, blob: Option<&Blob>| match blob {
        Some(_) => format!("{letter}/{name}"),
        None => "/dev/null".to_owned(),
    };
    let (old_side, new_side) = (side('a', old_name, before), side('b', new_name, after));
    match text(before).zip(text(after)) {
        None => line(format_args!("Binary files {old_side} and {new_side} differ")),
        Some((old, new)) => {
            let hunks = unified_hunks(old, new, CONTEXT);
            if !hunks.is_empty() {
                line(format_args!("--- {old_side}\n+++ {new_side}\n{}", hunks.strip_suffix('\n').unwrap_or(&hunks)));
            }
        }
    }
    result
}

/// The text of a state; of none the empty one.
fn text(blob: Option<&Blob>) -> Option<&str> {
    blob.map_or(Some(""), Blob::text)
}

fn mode(mode: FileMode) -> &'static str {
    match mode {
        FileMode::Regular => "100644",
        FileMode::Executable => "100755",
        FileMode::Link => "120000",
    }
}

fn hex(id: &[u8; 20]) -> String {
    id.iter().fold(String::with_capacity(40), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
