//! Facts about threads that stand in no rollout: a file with one JSON line each, appended under its lock file.
//!
//! What was read is kept while the file stays the same one; when it grew, only what is new is read. Lines are taken away
//! by a new file in the place of the old one.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::StoreError;

/// What the lines of a file come to.
pub(crate) trait Gathered: Default {
    /// Takes a line; what is none of the file's kind is passed over.
    fn take(&mut self, line: &[u8]);
}

/// A file of lines, each about one thread.
pub(crate) struct LineFile<T> {
    path: PathBuf,
    lock: PathBuf,
    known: Mutex<Known<T>>,
}

#[derive(Default)]
struct Known<T> {
    file: Option<FileIdentity>,
    /// How far the file was read: the end of its last whole line.
    offset: u64,
    gathered: T,
}

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileIdentity {
    /// Device and inode, where the platform has them.
    file: Option<(u64, u64)>,
    size: u64,
    modified: Option<std::time::SystemTime>,
}

/// The part that every line has.
#[derive(Deserialize)]
struct About<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

impl<T: Gathered> LineFile<T> {
    /// The file `name` in a folder.
    pub(crate) fn new(home: &Path, name: &str) -> Self {
        Self { path: home.join(name), lock: home.join(format!("{name}.lock")), known: Mutex::default() }
    }

    /// Appends a line.
    pub(crate) fn append(&self, line: &impl Serialize) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(line).map_err(|error| StoreError::io(&self.path, error.into()))?;
        line.push(b'\n');
        self.append_bytes(line).map_err(|source| StoreError::io(&self.path, source))
    }

    fn append_bytes(&self, line: Vec<u8>) -> io::Result<()> {
        let _lock = self.lock()?;
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        let mut bytes = line;
        if !ends_with_newline(&mut file)? {
            bytes.insert(0, b'\n');
        }
        file.write_all(&bytes)
    }

    /// Takes all lines about a thread away.
    pub(crate) fn forget(&self, thread_id: &str) -> Result<(), StoreError> {
        self.rewrite_without(thread_id).map_err(|source| StoreError::io(&self.path, source))
    }

    fn rewrite_without(&self, thread_id: &str) -> io::Result<()> {
        let is_absent = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        if fs::metadata(&self.path).is_err_and(|error| is_absent(&error)) {
            return Ok(());
        }
        let _lock = self.lock()?;
        let before = match fs::read(&self.path) {
            Err(error) if is_absent(&error) => return Ok(()),
            read => read?,
        };
        let about = |line: &&[u8]| serde_json::from_slice::<About<'_>>(line).is_ok_and(|about| about.id == thread_id);
        let after: Vec<u8> =
            before.split_inclusive(|byte| *byte == b'\n').filter(|line| !about(line)).flatten().copied().collect();
        if after.len() == before.len() {
            return Ok(());
        }
        let replacement = self.path.with_extension("jsonl.tmp");
        fs::write(&replacement, after)?;
        fs::set_permissions(&replacement, fs::metadata(&self.path)?.permissions())?;
        fs::rename(&replacement, &self.path)
    }

    /// Held while the file is changed; given back when dropped.
    fn lock(&self) -> io::Result<File> {
        if let Some(home) = self.path.parent() {
            fs::create_dir_all(home)?;
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&self.lock)?;
        lock.lock()?;
        Ok(lock)
    }

    /// Looks at what all lines come to. A file that cannot be read counts as empty.
    pub(crate) fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = known.refresh(&self.path) {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(path = %self.path.display(), %error, "facts about threads cannot be read");
            }
            *known = Known::default();
        }
        look(&known.gathered)
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

impl<T: Gathered> Known<T> {
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
                self.gathered.take(&line);
            }
            line.clear();
        }
        self.file = Some(now);
        Ok(())
    }
}

impl FileIdentity {
    fn of(metadata: &fs::Metadata) -> Self {
        Self { file: crate::platform::file_id(metadata), size: metadata.len(), modified: metadata.modified().ok() }
    }
}
