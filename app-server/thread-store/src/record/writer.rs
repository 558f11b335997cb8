//! The one thread that writes all rollouts: one write per file and wake-up.
//!
//! It starts on first use and ends with the last handle. A file that cannot be written keeps its lines for the next
//! attempt and never holds up the others.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tempfile::TempPath;
use tokio::sync::oneshot;

use super::{Output, Rollout, WriterLock};
use crate::StoreError;
use crate::files::BEGUN;

/// Rollouts with something to write; each stands in the queue at most once.
const QUEUE: usize = 4096;

/// A handle on the writing thread.
#[derive(Clone, Default)]
pub(crate) struct Writer {
    rollouts: Arc<Mutex<Option<SyncSender<Arc<Rollout>>>>>,
}

impl Writer {
    pub(super) fn tell(&self, rollout: Arc<Rollout>) -> Result<(), StoreError> {
        self.sender()?.send(rollout).map_err(|_| StoreError::Stopped)
    }

    fn sender(&self) -> Result<SyncSender<Arc<Rollout>>, StoreError> {
        let mut rollouts = self.rollouts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = rollouts.as_ref() {
            return Ok(sender.clone());
        }
        let (sender, receiver) = sync_channel(QUEUE);
        thread::Builder::new()
            .name("rollout-writer".to_owned())
            .spawn(move || work(&receiver))
            .map_err(|source| StoreError::io(Path::new("rollout-writer"), source))?;
        Ok(rollouts.insert(sender).clone())
    }
}

fn work(rollouts: &Receiver<Arc<Rollout>>) {
    while let Ok(rollout) = rollouts.recv() {
        if catch_unwind(AssertUnwindSafe(|| rollout.write())).is_err() {
            tracing::error!(path = %rollout.path.display(), "writing a rollout panicked");
        }
    }
}

impl Rollout {
    /// Writes what waits and answers who waits for it.
    fn write(&self) {
        let (mut waiting, answers, closing) = {
            let mut queue = self.queue();
            queue.told = false;
            (std::mem::take(&mut queue.waiting), std::mem::take(&mut queue.answers), queue.closing.take())
        };
        if waiting.is_empty() && answers.is_empty() {
            // Nothing to write: no file is made for a thread that is only closed.
            return self.hand_over(closing);
        }
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let written = output.write(&self.path, &mut waiting).map_err(|source| StoreError::io(&self.path, source));
        drop(output);
        if let Err(error) = &written {
            tracing::warn!(%error, "a rollout could not be written");
            let mut queue = self.queue();
            waiting.append(&mut queue.waiting);
            queue.waiting = waiting;
        }
        for answer in answers {
            let _ = answer.send(written.clone());
        }
        self.hand_over(closing);
    }

    /// Closes the file and gives the lock to who asked for it; it is freed when that one is gone.
    fn hand_over(&self, closing: Option<oneshot::Sender<WriterLock>>) {
        let Some(closing) = closing else { return };
        // Also what never got its name, before anybody else may write the thread.
        *self.output.lock().unwrap_or_else(PoisonError::into_inner) = Output::default();
        let lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(lock) = lock {
            drop(closing.send(lock));
        }
    }
}

impl Output {
    /// Of a file that has lines already.
    pub(super) fn of_existing() -> Self {
        Self { exists: true, ..Self::default() }
    }

    /// Puts `lines` at the end of the file. After an error, `lines` holds what is still to be written after what stands
    /// in the file.
    fn write(&mut self, path: &Path, lines: &mut Vec<u8>) -> io::Result<()> {
        self.open(path)?;
        let committed = self.committed;
        let Some(file) = &mut self.file else { return Err(io::ErrorKind::NotFound.into()) };
        let mut written = 0;
        while written < lines.len() {
            match file.write(&lines[written..]) {
                Ok(0) => return keep_rest(file, committed, lines, written, io::ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return keep_rest(file, committed, lines, written, error),
            }
        }
        self.committed += written as u64;
        if let Some(unnamed) = self.unnamed.take() {
            lines.clear();
            if let Err(failed) = unnamed.persist(path) {
                self.unnamed = Some(failed.path);
                return Err(failed.error);
            }
        }
        Ok(())
    }

    fn open(&mut self, path: &Path) -> io::Result<()> {
        if self.file.is_some() {
            return Ok(());
        }
        let mut options = OpenOptions::new();
        options.append(true);
        if self.exists {
            let mut file = options.read(true).open(path)?;
            self.committed = mend(&mut file)?;
            self.file = Some(file);
        } else {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            if path.try_exists()? {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            let unnamed = TempPath::try_from_path(path.with_extension(BEGUN))?;
            // What a server left here that was killed: nobody else may write the thread.
            if let Err(error) = fs::remove_file(&unnamed)
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err(error);
            }
            self.file = Some(options.create_new(true).open(&unnamed)?);
            self.unnamed = Some(unnamed);
            // It is opened again after it was closed for a while.
            self.exists = true;
        }
        Ok(())
    }
}

/// Ends a torn last line: one that is whole but for its newline gets it, another is cut. Gives the file's length.
fn mend(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    let begin = last_line(file, length)?;
    if begin == length {
        return Ok(length);
    }
    let mut torn = Vec::new();
    file.seek(SeekFrom::Start(begin))?;
    file.read_to_end(&mut torn)?;
    if serde_json::from_slice::<serde::de::IgnoredAny>(&torn).is_ok() {
        file.write_all(b"\n")?;
        return Ok(length + 1);
    }
    tracing::warn!(bytes = torn.len(), "the torn last line of a rollout is cut");
    file.set_len(begin)?;
    Ok(begin)
}

/// Where what follows the last newline begins.
fn last_line(file: &mut File, length: u64) -> io::Result<u64> {
    const STEP: u64 = 64 * 1024;
    let mut end = length;
    while end > 0 {
        let begin = end.saturating_sub(STEP);
        let mut part = vec![0; usize::try_from(end - begin).unwrap_or_default()];
        file.seek(SeekFrom::Start(begin))?;
        file.read_exact(&mut part)?;
        if let Some(at) = part.iter().rposition(|byte| *byte == b'\n') {
            return Ok(begin + at as u64 + 1);
        }
        end = begin;
    }
    Ok(0)
}

/// Takes a part of a line out of the file again; where that fails too, the rest of it is what is still to be written.
fn keep_rest(file: &File, committed: u64, lines: &mut Vec<u8>, written: usize, error: io::Error) -> io::Result<()> {
    if written > 0 && file.set_len(committed).is_err() {
        lines.drain(..written);
    }
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock;
    use crate::record::{Owner, Queue, Recorder};

    #[test]
    fn a_part_of_a_line_is_taken_out_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout");
        let mut output = Output::default();
        output.write(&path, &mut b"one\n".to_vec()).unwrap();
        let mut lines = b"two\nthree\n".to_vec();
        let mut file = output.file.take().unwrap();
        file.write_all(&lines[..6]).unwrap();
        let error = keep_rest(&file, output.committed, &mut lines, 6, io::ErrorKind::StorageFull.into());
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"one\n");
        output.file = Some(file);
        output.write(&path, &mut lines).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\nthree\n");
    }

    #[test]
    fn where_it_cannot_be_taken_out_the_rest_follows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout");
        fs::write(&path, "one\ntwo\nth").unwrap();
        // A handle that cannot write cannot shorten the file either.
        let file = File::open(&path).unwrap();
        let mut lines = b"two\nthree\n".to_vec();
        keep_rest(&file, 4, &mut lines, 6, io::ErrorKind::StorageFull.into()).unwrap_err();
        assert_eq!(lines, b"ree\n");
        let file = Some(OpenOptions::new().append(true).open(&path).unwrap());
        Output { file, committed: 4, exists: true, unnamed: None }.write(&path, &mut lines).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\nthree\n");
    }

    #[test]
    fn a_torn_last_line_is_ended_or_cut_before_more_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout");
        let long = format!("{{\"a\":\"{}", "x".repeat(200_000));
        for (before, after) in [
            (String::new(), "2\n".to_owned()),
            ("1\n".to_owned(), "1\n2\n".to_owned()),
            ("{\"a\":1}\n{\"b\":2}".to_owned(), "{\"a\":1}\n{\"b\":2}\n2\n".to_owned()),
            ("{\"a\":1}\n{\"b\":".to_owned(), "{\"a\":1}\n2\n".to_owned()),
            (format!("1\n{long}"), "1\n2\n".to_owned()),
            (long.clone(), "2\n".to_owned()),
        ] {
            fs::write(&path, before).unwrap();
            let mut output = Output::of_existing();
            output.write(&path, &mut b"2\n".to_vec()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), after);
            assert_eq!(output.committed, after.len() as u64);
        }
        fs::remove_file(&path).unwrap();
        let gone = Output::of_existing().write(&path, &mut b"2\n".to_vec());
        assert_eq!(gone.unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_file_has_its_name_only_with_its_first_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout.jsonl");
        let mut output = Output::default();
        output.open(&path).unwrap();
        assert!(!path.exists());
        output.write(&path, &mut b"1\n".to_vec()).unwrap();
        output.write(&path, &mut b"2\n".to_vec()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1\n2\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let other = Output::default().write(&path, &mut b"3\n".to_vec());
        assert_eq!(other.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }

    #[test]
    fn what_never_gets_its_name_is_not_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let left = || fs::read_dir(folder.path()).unwrap().count();
        let path = folder.path().join("rollout.jsonl");
        let mut output = Output::default();
        output.open(&path).unwrap();
        fs::create_dir(&path).unwrap();
        output.write(&path, &mut b"1\n".to_vec()).unwrap_err();
        assert_eq!(left(), 2, "it may still get it");
        fs::remove_dir(&path).unwrap();
        output.write(&path, &mut b"2\n".to_vec()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1\n2\n");

        fs::remove_file(&path).unwrap();
        Output::default().open(&path).unwrap();
        assert_eq!(left(), 0);
    }

    #[test]
    fn what_a_killed_server_has_begun_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout.jsonl");
        fs::write(path.with_extension(BEGUN), "a long first li").unwrap();
        Output::default().write(&path, &mut b"1\n".to_vec()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn who_gets_the_lock_finds_nothing_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollout.jsonl");
        let mut output = Output::default();
        output.open(&path).unwrap();
        let lock = WriterLock::take(folder.path(), "t").unwrap();
        let owner = Owner { session_id: "t".to_owned(), thread_id: "t".to_owned(), paginated: true };
        let clock: Clock = Arc::new(jiff::Zoned::now);
        let queue = Queue::new(0, None);
        let recorder = Recorder::over(path.clone(), owner, lock, queue, output, Writer::default(), clock);
        let _lock = recorder.close().await.unwrap();
        assert!(!path.with_extension(BEGUN).exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_keeps_the_lines() {
        let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
        let mut output = Output { file: Some(full), ..Output::default() };
        let mut lines = b"one\n".to_vec();
        let error = output.write(Path::new("/dev/full"), &mut lines).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(lines, b"one\n");
    }
}
