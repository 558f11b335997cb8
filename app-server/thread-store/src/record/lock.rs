//! codex's writer lock: one OS file lock per thread that may be written.
//!
//! A lock's file is made when it is taken and removed when it is given back; one left by a crash does no harm, only a held
//! lock counts. Both steps happen under the coordination lock, so that nobody locks a file that is just being removed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::StoreError;

/// How often the coordination lock is asked for, and how long in between; others hold it for microseconds.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(2);

/// The right to write one thread, or to move or delete its files; given back when dropped.
#[derive(Debug)]
pub struct WriterLock {
    thread_id: Box<str>,
    /// `Some` until dropped.
    file: Option<File>,
    path: PathBuf,
}

impl WriterLock {
    pub(crate) fn take(codex_home: &Path, thread_id: &str) -> Result<Self, StoreError> {
        let folder = codex_home.join("thread-writer-locks");
        fs::create_dir_all(&folder).map_err(|source| StoreError::io(&folder, source))?;
        let path = folder.join(format!("{thread_id}.lock"));
        let _coordination = coordinate(&path, TRIES).map_err(|source| StoreError::io(&folder, source))?;
        let file = lock_file(&path).map_err(|source| StoreError::io(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { thread_id: thread_id.into(), file: Some(file), path }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { id: thread_id.to_owned() }),
            Err(TryLockError::Error(source)) => Err(StoreError::io(&path, source)),
        }
    }

    /// The thread that may be written.
    #[must_use]
    pub fn thread_id(&self) -> &str {
        &self.thread_id
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        let coordination = coordinate(&self.path, 1);
        self.file = None;
        if coordination.is_ok() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The threads whose writer lock someone holds, and the locks' files.
pub(crate) fn held_locks(codex_home: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let folder = codex_home.join("thread-writer-locks");
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    // Nobody takes a lock while it is looked at.
    let _coordination = coordinate(&folder.join("x.lock"), TRIES)?;
    let mut held = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".lock"));
        if let Some(thread) = name.filter(|name| !name.starts_with('.'))
            && matches!(File::open(&path)?.try_lock(), Err(TryLockError::WouldBlock))
        {
            held.push((thread.to_owned(), path));
        }
    }
    held.sort();
    Ok(held)
}

/// The lock that is held while a lock's file is made or removed; given back when the file is dropped.
fn coordinate(path: &Path, tries: u32) -> io::Result<File> {
    let file = lock_file(&path.with_file_name(".coordination.lock"))?;
    for attempt in 1.. {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if attempt < tries => thread::sleep(PAUSE),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(file)
}

fn lock_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}
