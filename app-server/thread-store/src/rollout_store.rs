//! The embedded store: rollout files of one CODEX_HOME.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

use crate::files::{Files, RolloutFile};
use crate::listing::{self, ListQuery, Page};
use crate::metadata::{Metadata, MetadataChange};
use crate::names::Names;
use crate::record::{Recorder, Writer, WriterLock};
use crate::worker::Worker;
use crate::{
    Clock, Cut, History, NewThread, Resumed, StoreError, StoreFuture, StoredThread, ThreadFile, ThreadStore, archive,
    replay,
};

/// Threads as rollout files below one CODEX_HOME.
///
/// Making one starts nothing and touches no disk; its two threads, one that writes and one that reads, start on first
/// use.
pub struct RolloutStore {
    files: Arc<Files>,
    names: Arc<Names>,
    metadata: Arc<Metadata>,
    clock: Clock,
    writer: Writer,
    reader: Worker,
}

impl RolloutStore {
    /// The threads of `codex_home`.
    #[must_use]
    pub fn new(codex_home: PathBuf, clock: Clock) -> Self {
        Self {
            names: Arc::new(Names::new(&codex_home)),
            metadata: Arc::new(Metadata::new(&codex_home)),
            files: Arc::new(Files::new(codex_home)),
            clock,
            writer: Writer::default(),
            reader: Worker::default(),
        }
    }

    /// Reads a thread on the worker.
    fn reading(&self, thread_id: &str, with_turns: bool) -> impl FnOnce() -> Result<StoredThread, StoreError> + use<> {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        let thread_id = thread_id.to_owned();
        move || {
            let found = files.find(&thread_id).map_err(|source| StoreError::io(files.home(), source))?;
            let file = found.ok_or_else(|| StoreError::NotFound { id: thread_id.clone() })?;
            let mut stored = replay::read(&files, file, with_turns)?;
            stored.thread.name = names.with(|names| names.get(&thread_id).cloned());
            metadata.apply(std::iter::once(&mut stored.thread));
            Ok(stored)
        }
    }

    fn history_of(&self, thread: ThreadFile, cut: Cut, with_turns: bool) -> HistoryJob {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        HistoryJob { files, names, metadata, thread, cut, with_turns }
    }

    /// The ids that begin with `prefix`, in order, archived threads included. Names of files tell; none is opened.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read.
    pub fn ids_beginning_with(&self, prefix: &str) -> StoreFuture<BTreeSet<String>> {
        let files = Arc::clone(&self.files);
        let prefix = prefix.to_owned();
        self.reader.run(move || files.threads(&prefix).map_err(|source| StoreError::io(files.home(), source)))
    }
}

/// A history that is to be read on the worker.
struct HistoryJob {
    files: Arc<Files>,
    names: Arc<Names>,
    metadata: Arc<Metadata>,
    thread: ThreadFile,
    cut: Cut,
    with_turns: bool,
}

impl HistoryJob {
    /// The thread and its file.
    fn find(&self) -> Result<(String, RolloutFile), StoreError> {
        let files = &self.files;
        let io = |source| StoreError::io(files.home(), source);
        let (id, file) = match &self.thread {
            ThreadFile::Id(id) => {
                let found = files.find(id).map_err(io)?;
                (id.clone(), found.ok_or_else(|| StoreError::NotFound { id: id.clone() })?)
            }
            ThreadFile::Path(path) => {
                let file = files.at(path).ok_or_else(|| StoreError::Damaged { path: path.clone() })?;
                let id = replay::thread_id_of(path)?;
                if Uuid::parse_str(&id).is_err() {
                    return Err(StoreError::InvalidId { id });
                }
                files.remember(&id, file.clone()).map_err(io)?;
                (id, file)
            }
        };
        if file.archived { Err(StoreError::Archived { id }) } else { Ok((id, file)) }
    }

    fn read(&self, id: &str, file: RolloutFile) -> Result<History, StoreError> {
        let mut history = replay::history(&self.files, file, &self.cut, self.with_turns)?;
        let thread = &mut history.stored.thread;
        thread.name = self.names.with(|names| names.get(id).cloned());
        self.metadata.apply(std::iter::once(thread));
        Ok(history)
    }
}

impl ThreadStore for RolloutStore {
    fn create(&self, thread: NewThread) -> Result<Recorder, StoreError> {
        if Uuid::parse_str(&thread.thread_id).is_err() {
            return Err(StoreError::InvalidId { id: thread.thread_id });
        }
        let lock = WriterLock::take(self.files.home(), &thread.thread_id)?;
        Ok(self.create_with(thread, lock))
    }

    fn create_with(&self, thread: NewThread, lock: WriterLock) -> Recorder {
        let path = self.files.new_path(&thread.thread_id, &thread.created_at, thread.continuation.as_deref());
        Recorder::new(thread, path, lock, self.writer.clone(), Arc::clone(&self.clock))
    }

    fn resume(&self, thread: ThreadFile, with_turns: bool) -> StoreFuture<Resumed> {
        let (history, files) = (self.history_of(thread, Cut::All, with_turns), Arc::clone(&self.files));
        let (writer, clock) = (self.writer.clone(), Arc::clone(&self.clock));
        self.reader.run(move || {
            // What is read must not change before it is gone on from.
            let (id, file) = history.find()?;
            let lock = WriterLock::take(files.home(), &id)?;
            let history = history.read(&id, file)?;
            let path = PathBuf::from(history.stored.thread.path.as_deref().unwrap_or_default());
            let recorder = Recorder::resume(&history, path, lock, writer, clock);
            Ok(Resumed { history, recorder })
        })
    }

    fn history(&self, thread: ThreadFile, cut: Cut, with_turns: bool) -> StoreFuture<History> {
        let history = self.history_of(thread, cut, with_turns);
        self.reader.run(move || {
            let (id, file) = history.find()?;
            history.read(&id, file)
        })
    }

    fn lines(&self, history: &History) -> StoreFuture<Vec<u8>> {
        let path = PathBuf::from(history.stored.thread.path.as_deref().unwrap_or_default());
        let end = history.end.as_ref().map_or(0, |end| end.end_byte_offset);
        self.reader.run(move || {
            let mut lines = Vec::new();
            let read = File::open(&path).and_then(|file| file.take(end).read_to_end(&mut lines));
            read.map_err(|source| StoreError::io(&path, source))?;
            Ok(lines)
        })
    }

    fn read(&self, thread_id: &str, with_turns: bool) -> StoreFuture<StoredThread> {
        self.reader.run(self.reading(thread_id, with_turns))
    }

    fn list(&self, query: ListQuery) -> StoreFuture<Page> {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        self.reader.run(move || {
            let mut page = listing::page(&files, &query).map_err(|source| StoreError::io(files.home(), source))?;
            names.with(|names| {
                for stored in &mut page.threads {
                    stored.thread.name = names.get(&stored.thread.id).cloned();
                }
            });
            metadata.apply(page.threads.iter_mut().map(|stored| &mut stored.thread));
            Ok(page)
        })
    }

    fn set_name(&self, thread_id: &str, name: Option<&str>) -> StoreFuture<()> {
        let names = Arc::clone(&self.names);
        let thread_id = thread_id.to_owned();
        let name = name.unwrap_or_default().to_owned();
        let now = (self.clock)().timestamp();
        self.reader.run(move || names.set(&thread_id, &name, now))
    }

    fn is_archived(&self, thread_id: &str) -> StoreFuture<bool> {
        let files = Arc::clone(&self.files);
        let thread_id = thread_id.to_owned();
        self.reader.run(move || {
            let found = files.find(&thread_id).map_err(|source| StoreError::io(files.home(), source))?;
            found.map(|file| file.archived).ok_or(StoreError::NotFound { id: thread_id })
        })
    }

    fn exists(&self, thread_id: &str) -> StoreFuture<bool> {
        let files = Arc::clone(&self.files);
        let thread_id = thread_id.to_owned();
        self.reader.run(move || {
            let found = files.find(&thread_id).map_err(|source| StoreError::io(files.home(), source))?;
            Ok(found.is_some())
        })
    }

    fn set_metadata(&self, thread_id: &str, change: MetadataChange) -> StoreFuture<()> {
        let metadata = Arc::clone(&self.metadata);
        let thread_id = thread_id.to_owned();
        let now = (self.clock)().timestamp();
        self.reader.run(move || metadata.add(&thread_id, &change, now))
    }

    fn lock(&self, thread_id: &str) -> StoreFuture<WriterLock> {
        let files = Arc::clone(&self.files);
        let thread_id = thread_id.to_owned();
        self.reader.run(move || match Uuid::parse_str(&thread_id) {
            Ok(_) => WriterLock::take(files.home(), &thread_id),
            Err(_) => Err(StoreError::InvalidId { id: thread_id }),
        })
    }

    fn archive(&self, lock: WriterLock) -> StoreFuture<()> {
        let files = Arc::clone(&self.files);
        self.reader.run(move || archive::archive(&files, lock.thread_id()))
    }

    fn unarchive(&self, lock: WriterLock) -> StoreFuture<StoredThread> {
        let files = Arc::clone(&self.files);
        let now = (self.clock)().timestamp();
        let read = self.reading(lock.thread_id(), false);
        self.reader.run(move || {
            archive::unarchive(&files, lock.thread_id(), now.into())?;
            read()
        })
    }

    fn delete(&self, lock: WriterLock) -> StoreFuture<()> {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        self.reader.run(move || {
            let id = lock.thread_id();
            let deleted = archive::delete(&files, id);
            if matches!(deleted, Ok(()) | Err(StoreError::NotFound { .. })) {
                // The files are the thread; what is left of it beside them shows nowhere.
                for forgotten in [names.forget(id), metadata.forget(id)] {
                    if let Err(error) = forgotten {
                        tracing::warn!(%error, "facts about a deleted thread could not be taken away");
                    }
                }
            }
            deleted
        })
    }
}
