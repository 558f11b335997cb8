//! codex's writer lock: one OS file lock per thread that may be written.
//!
//! The file stays when the lock is gone, also after a crash; only a held lock counts.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

use crate::StoreError;

/// Holds the lock of one thread until dropped.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    pub(crate) fn take(codex_home: &Path, thread_id: &str) -> Result<Self, StoreError> {
        let folder = codex_home.join("thread-writer-locks");
        fs::create_dir_all(&folder).map_err(|source| StoreError::io(&folder, source))?;
        let path = folder.join(format!("{thread_id}.lock"));
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| StoreError::io(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { id: thread_id.to_owned() }),
            Err(TryLockError::Error(source)) => Err(StoreError::io(&path, source)),
        }
    }
}
