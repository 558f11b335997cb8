//! Moving a thread's files to the archive and back, and deleting them. Whoever calls holds the thread's writer lock.
//!
//! Files are renamed, never copied. A reverted thread has several: the one that is its newest decides where the thread
//! is, so it is moved last into the archive and first out of it, and deleted last. After a crash in between the thread
//! is whole where it is, and the same request does the rest.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::time::SystemTime;

use serde::Deserialize;

use crate::StoreError;
use crate::files::{Files, RolloutFile};

/// How many lines of a file are looked at for its metadata, which is the first unless that was damaged.
const HEAD_LINES: usize = 16;
/// How much of a file they may be, in bytes.
const HEAD: u64 = 64 * 1024 * 1024;
/// How much of it is read at a time.
const HEAD_BUFFER: usize = 16 * 1024;

/// Moves a thread into the archive.
pub(crate) fn archive(files: &Files, thread_id: &str) -> Result<(), StoreError> {
    let mut all = all_of(files, thread_id)?;
    all.retain(|file| !file.archived);
    if all.is_empty() {
        return Err(StoreError::NotFound { id: thread_id.to_owned() });
    }
    let folder = files.archive_folder();
    all.iter().try_for_each(|file| move_into(&folder, file))
}

/// Moves a thread out of the archive, and marks it as changed `now`, which brings it to the top of lists.
pub(crate) fn unarchive(files: &Files, thread_id: &str, now: SystemTime) -> Result<(), StoreError> {
    let mut all = all_of(files, thread_id)?;
    all.retain(|file| file.archived);
    let Some(newest) = all.last() else { return Err(StoreError::NotArchived { id: thread_id.to_owned() }) };
    let folder_of = |file: &RolloutFile| files.home().join("sessions").join(file.day());
    let moved = folder_of(newest).join(newest.name());
    all.iter().rev().try_for_each(|file| move_into(&folder_of(file), file))?;
    let marked = OpenOptions::new().write(true).open(&moved).and_then(|file| file.set_modified(now));
    if let Err(error) = marked {
        tracing::warn!(path = %moved.display(), %error, "an unarchived thread keeps the time of its last change");
    }
    Ok(())
}

/// Deletes a thread, unless the history of another one goes on from it.
pub(crate) fn delete(files: &Files, thread_id: &str) -> Result<(), StoreError> {
    let io = |source| StoreError::io(files.home(), source);
    // What a server left that was killed before it had written the first lines is no part of any thread.
    for begun in files.begun().map_err(io)?.iter().filter(|file| file.thread_id() == thread_id) {
        let path = begun.path();
        fs::remove_file(&path).map_err(|source| StoreError::io(&path, source))?;
    }
    let all = all_of(files, thread_id)?;
    let Some(oldest) = all.first() else { return Err(StoreError::NotFound { id: thread_id.to_owned() }) };
    let others = files.others_since(oldest).map_err(io)?;
    for other in others {
        match is_based_on(&other, thread_id) {
            Ok(true) => return Err(StoreError::Referenced { id: thread_id.to_owned() }),
            // Deleted since the folder was read.
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
            based => {
                based?;
            }
        }
    }
    for file in all {
        let path = file.path();
        fs::remove_file(&path).map_err(|source| StoreError::io(&path, source))?;
    }
    Ok(())
}

fn all_of(files: &Files, thread_id: &str) -> Result<Vec<RolloutFile>, StoreError> {
    files.all_of(thread_id).map_err(|source| StoreError::io(files.home(), source))
}

fn move_into(folder: &Path, file: &RolloutFile) -> Result<(), StoreError> {
    let target = folder.join(file.name());
    let moved = fs::create_dir_all(folder).and_then(|()| {
        // A rename would put the other file aside without a word. Only the holder of the lock makes one.
        if fs::exists(&target)? { Err(io::ErrorKind::AlreadyExists.into()) } else { fs::rename(file.path(), &target) }
    });
    moved.map_err(|source| StoreError::io(&target, source))
}

/// Whether a file's history goes on from a thread's. Its turns are not read.
fn is_based_on(file: &RolloutFile, thread_id: &str) -> Result<bool, StoreError> {
    #[derive(Deserialize)]
    struct Line {
        payload: Payload,
    }
    #[derive(Deserialize)]
    struct Payload {
        history_base: Base,
    }
    #[derive(Deserialize)]
    struct Base {
        thread_id: String,
    }
    #[derive(Deserialize)]
    struct Head<'a> {
        #[serde(borrow, rename = "type")]
        kind: std::borrow::Cow<'a, str>,
    }
    let mut reader = file.read(HEAD_BUFFER)?.take(HEAD);
    let mut line = Vec::new();
    for _ in 0..HEAD_LINES {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(|source| file.failed(source))? == 0 {
            break;
        }
        if serde_json::from_slice::<Head<'_>>(&line).is_ok_and(|head| head.kind == "session_meta") {
            let base = serde_json::from_slice::<Line>(&line).ok().map(|line| line.payload.history_base.thread_id);
            return Ok(base.is_some_and(|base| base == thread_id));
        }
    }
    Ok(false)
}
