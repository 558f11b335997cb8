//! Whether the stored threads can be read, file by file. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use codex_utils_database::rusqlite::{self, Connection, OpenFlags};

use crate::files::{Files, RolloutFile};
use crate::record::held_locks;
use crate::replay::{self, Inspection};
use crate::{StoreError, platform};

/// What was found about the files of all threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryReport {
    /// Threads, archived ones included.
    pub threads: usize,
    /// Rollout files, compressed ones included.
    pub files: usize,
    /// How many of them lie in the archive.
    pub archived: usize,
    /// How many bytes they have together.
    pub bytes: u64,
    /// What is lost or cannot be read, a sentence each.
    pub faults: Vec<String>,
    /// What is unusual and costs nothing, a sentence each.
    pub notes: Vec<String>,
    /// Threads that someone may write now, and the process, where the system tells it.
    pub held: Vec<(String, Option<u32>)>,
}

/// Reads every file of every thread.
pub(crate) fn history(files: &Files) -> Result<HistoryReport, StoreError> {
    let mut report = HistoryReport::default();
    let mut beginnings: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut threads = BTreeSet::new();
    for file in files.all().map_err(|source| StoreError::io(files.home(), source))? {
        let path = file.path();
        report.files += 1;
        report.archived += usize::from(file.archived);
        report.bytes += fs::metadata(&path).map_or(0, |metadata| metadata.len());
        threads.insert(file.thread_id().to_owned());
        if !file.is_continuation() {
            beginnings.entry(file.thread_id().to_owned()).or_default().push(path);
        }
        if !file.is_packed() {
            report.inspect(files, file);
        }
    }
    report.threads = threads.len();
    for (thread, paths) in beginnings.into_iter().filter(|(_, paths)| paths.len() > 1) {
        let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        report.notes.push(format!("thread {thread} begins in {} files: {}", paths.len(), paths.join(", ")));
    }
    match held_locks(files.home()) {
        Ok(held) => report.held = held.into_iter().map(|(id, file)| (id, platform::lock_holder(&file))).collect(),
        Err(error) => report.faults.push(format!("the writer locks cannot be looked at: {error}")),
    }
    for file in files.begun().map_err(|source| StoreError::io(files.home(), source))? {
        if !report.held.iter().any(|(thread, _)| thread == file.thread_id()) {
            let path = file.path();
            report
                .notes
                .push(format!("{} was begun by a server that was killed; it is part of no thread", path.display()));
        }
    }
    Ok(report)
}

impl HistoryReport {
    fn inspect(&mut self, files: &Files, file: RolloutFile) {
        let path = file.path();
        let shown = path.display();
        match replay::inspect(files, file) {
            Ok(Inspection { damaged, torn, whole }) => {
                if damaged > 0 {
                    self.faults.push(format!("{shown} has {damaged} lines that cannot be read; they are left out"));
                }
                if !whole {
                    self.faults.push(format!("{shown} goes on from a file that is gone; what stood there is lost"));
                }
                if torn {
                    self.notes.push(format!(
                        "{shown} ends in the middle of a line; the next one that is written begins anew"
                    ));
                }
            }
            Err(error) => self.faults.push(format!("a rollout cannot be read: {error}")),
        }
    }
}

/// What is wrong with a database of ours that holds more than a cache; `None` when nothing is.
///
/// # Errors
/// What SQLite says when it cannot be opened or read.
pub(crate) fn database(path: &Path) -> Result<Option<String>, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok((verdict != "ok").then_some(verdict))
}

/// The databases of ours in a home, but for the index.
pub(crate) fn databases(home: &Path) -> std::io::Result<Vec<PathBuf>> {
    let is_ours =
        |name: &str| name.starts_with("app-server-") && name.ends_with(".sqlite") && name != crate::index::NAME;
    let mut found = Vec::new();
    for entry in fs::read_dir(home)? {
        let path = entry?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_ours) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
