//! Compressed rollouts: `<name>.jsonl.zst`, as codex packs threads that were not used for a while.
//!
//! A file is packed or unpacked beside itself and takes its new name when it is whole on disk; then the old one is removed.
//! After a crash in between both lie there, and the one that is not compressed counts. Who packs or unpacks holds the
//! thread's writer lock. Offsets into a file mean its unpacked bytes.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::StoreError;
use crate::files::{Files, RolloutFile};
use crate::record::WriterLock;

/// Files that did not change for this long are packed.
const UNUSED: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How hard to pack: the library's usual balance.
const LEVEL: i32 = zstd::DEFAULT_COMPRESSION_LEVEL;
/// How much is read at a time.
const BUFFER: usize = 128 * 1024;

/// A rollout's bytes in their order, compressed or not.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

impl RolloutFile {
    /// Opens the file under the name that it has now: it may have been packed or unpacked since it was found.
    fn open(&self) -> io::Result<(File, Self)> {
        match File::open(self.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let other = self.other_form();
                File::open(other.path()).map(|file| (file, other)).map_err(|_| error)
            }
            opened => opened.map(|file| (file, self.clone())),
        }
    }

    /// Its bytes, `buffer` at a time.
    pub(crate) fn read(&self, buffer: usize) -> Result<Bytes, StoreError> {
        let (file, found) = self.open().map_err(|source| StoreError::io(&self.path(), source))?;
        let reader = BufReader::with_capacity(buffer, file);
        if !found.is_packed() {
            return Ok(Box::new(reader));
        }
        let decoder = zstd::Decoder::with_buffer(reader).map_err(|source| StoreError::unpack(&found.path(), source))?;
        Ok(Box::new(BufReader::with_capacity(buffer, decoder)))
    }

    /// The file for reading at any place; a compressed one as an unnamed file with what it holds.
    pub(crate) fn open_whole(&self) -> Result<File, StoreError> {
        let (file, found) = self.open().map_err(|source| StoreError::io(&self.path(), source))?;
        if !found.is_packed() {
            return Ok(file);
        }
        let unpack = |file| -> io::Result<File> {
            let mut whole = tempfile::tempfile()?;
            zstd::stream::copy_decode(file, &mut whole)?;
            whole.rewind()?;
            Ok(whole)
        };
        unpack(file).map_err(|source| StoreError::unpack(&found.path(), source))
    }

    /// When it changed last.
    pub(crate) fn modified(&self) -> io::Result<SystemTime> {
        self.open()?.0.metadata()?.modified()
    }

    /// An error of reading it.
    pub(crate) fn failed(&self, source: io::Error) -> StoreError {
        let path = self.path();
        if self.is_packed() { StoreError::unpack(&path, source) } else { StoreError::io(&path, source) }
    }
}

/// Unpacks all files of the lock's thread in place. Their times stay.
pub(crate) fn unpack(files: &Files, lock: &WriterLock) -> Result<(), StoreError> {
    let all = files.all_of(lock.thread_id()).map_err(|source| StoreError::io(files.home(), source))?;
    for file in all.iter().filter(|file| file.is_packed()) {
        unpack_file(file)?;
    }
    Ok(())
}

/// The file as it may be gone on with: unpacked in place if it is compressed.
pub(crate) fn unpacked(file: &RolloutFile) -> Result<RolloutFile, StoreError> {
    let (packed, unpacked) =
        if file.is_packed() { (file.clone(), file.other_form()) } else { (file.other_form(), file.clone()) };
    if packed.path().exists() {
        unpack_file(&packed)?;
    }
    Ok(unpacked)
}

/// Unpacks one file in place.
fn unpack_file(file: &RolloutFile) -> Result<(), StoreError> {
    let (packed, unpacked) = (file.path(), file.unpacked_path());
    let io = |source| StoreError::unpack(&packed, source);
    if fs::exists(&unpacked).map_err(io)? {
        return fs::remove_file(&packed).map_err(io);
    }
    replace(&packed, &unpacked, |from, to| zstd::stream::copy_decode(from, to)).map_err(io)
}

/// Packs what was not used for a while, of threads that nobody may write. What cannot be packed stays as it is. Gives the files
/// that were looked at, as they were.
pub(crate) fn pack(files: &Files, now: SystemTime) -> Result<Vec<RolloutFile>, StoreError> {
    let mut all = files.all().map_err(|source| StoreError::io(files.home(), source))?;
    all.retain(|file| !file.is_packed());
    for file in &all {
        if let Err(error) = pack_file(files, file, now) {
            tracing::debug!(%error, "a rollout is not packed");
        }
    }
    Ok(all)
}

fn pack_file(files: &Files, file: &RolloutFile, now: SystemTime) -> Result<(), StoreError> {
    let path = file.path();
    let io = |source| StoreError::io(&path, source);
    let is_unused = || -> io::Result<bool> {
        let modified = fs::metadata(&path)?.modified()?;
        Ok(now.duration_since(modified).is_ok_and(|age| age >= UNUSED))
    };
    if !is_unused().map_err(io)? {
        return Ok(());
    }
    let _lock = WriterLock::take(files.home(), file.thread_id())?;
    // It may have been used while the lock was taken.
    if !is_unused().map_err(io)? {
        return Ok(());
    }
    let packed = file.other_form().path();
    if fs::exists(&packed).map_err(io)? {
        // What an earlier attempt left.
        fs::remove_file(&packed).map_err(io)?;
    }
    replace(&path, &packed, |from, to| {
        let mut encoder = zstd::Encoder::new(to, LEVEL)?;
        encoder.set_pledged_src_size(Some(fs::metadata(&path)?.len()))?;
        io::copy(&mut BufReader::with_capacity(BUFFER, from), &mut encoder)?;
        encoder.finish()?.flush()
    })
    .map_err(io)
}

/// Writes what a file becomes beside it, puts it in the place of `to` once it is on disk, and removes the old one.
fn replace(from: &Path, to: &Path, write: impl FnOnce(File, &mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = to.parent().unwrap_or(Path::new("."));
    let source = File::open(from)?;
    let metadata = source.metadata()?;
    // Its name is none of a rollout.
    let mut target = tempfile::Builder::new().prefix(".rollout-").tempfile_in(folder)?;
    write(source, target.as_file_mut())?;
    let file = target.as_file();
    file.set_permissions(metadata.permissions())?;
    file.set_modified(metadata.modified()?)?;
    file.sync_all()?;
    target.persist_noclobber(to).map_err(|error| error.error)?;
    fs::remove_file(from)
}
