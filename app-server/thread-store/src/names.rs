//! Names of threads: `session_index.jsonl`, appended under its lock file, the last line of a thread wins.
//!
//! What was read is kept while the file stays the same one; when it grew, only what is new is read.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::StoreError;

pub(crate) struct Names {
    path: PathBuf,
    lock: PathBuf,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    file: Option<FileIdentity>,
    /// How far the file was read: the end of its last whole line.
    offset: u64,
    names: HashMap<String, String>,
}

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileIdentity {
    /// Device and inode, where the platform has them.
    file: Option<(u64, u64)>,
    size: u64,
    modified: Option<std::time::SystemTime>,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    thread_name: std::borrow::Cow<'a, str>,
    #[serde(default)]
    updated_at: String,
}

impl Names {
    pub(crate) fn new(home: &Path) -> Self {
        Self {
            path: home.join("session_index.jsonl"),
            lock: home.join("session_index.jsonl.lock"),
            known: Mutex::default(),
        }
    }

    /// Appends a name; an empty one takes the name away.
    pub(crate) fn set(&self, thread_id: &str, name: &str, now: jiff::Timestamp) -> Result<(), StoreError> {
        let line = Line { id: thread_id.into(), thread_name: name.into(), updated_at: now.to_string() };
        let mut line = serde_json::to_vec(&line).map_err(|error| StoreError::io(&self.path, error.into()))?;
        line.push(b'\n');
        self.append(line).map_err(|source| StoreError::io(&self.path, source))
    }

    fn append(&self, line: Vec<u8>) -> io::Result<()> {
        if let Some(home) = self.path.parent() {
            fs::create_dir_all(home)?;
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&self.lock)?;
        lock.lock()?;
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        let mut bytes = line;
        if !ends_with_newline(&mut file)? {
            bytes.insert(0, b'\n');
        }
        file.write_all(&bytes)
    }

    /// The names of all threads that have one. An index that cannot be read counts as empty.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&HashMap<String, String>) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = known.refresh(&self.path) {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(path = %self.path.display(), %error, "names of threads cannot be read");
            }
            *known = Known::default();
        }
        look(&known.names)
    }
}

/// Whether a new line can begin at the file's end: a crash may have left half of one.
fn ends_with_newline(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last[0] == b'\n')
}

impl Known {
    fn refresh(&mut self, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let now = FileIdentity::of(&file.metadata()?);
        if self.file == Some(now) {
            return Ok(());
        }
        let grew =
            self.file.is_some_and(|before| before.file.is_some() && before.file == now.file && before.size < now.size);
        if !grew {
            *self = Self::default();
        }
        file.seek(SeekFrom::Start(self.offset))?;
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            if line.last() == Some(&b'\n') {
                self.offset += line.len() as u64;
                self.take(&line);
            }
            line.clear();
        }
        self.file = Some(now);
        Ok(())
    }

    fn take(&mut self, line: &[u8]) {
        if let Ok(line) = serde_json::from_slice::<Line<'_>>(line) {
            if line.thread_name.is_empty() {
                self.names.remove(&*line.id);
            } else {
                self.names.insert(line.id.into_owned(), line.thread_name.into_owned());
            }
        }
    }
}

impl FileIdentity {
    fn of(metadata: &fs::Metadata) -> Self {
        Self { file: crate::platform::file_id(metadata), size: metadata.len(), modified: metadata.modified().ok() }
    }
}
