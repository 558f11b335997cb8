//! The embedded store: rollout files of one CODEX_HOME.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use codex_app_server_protocol::v2;
use uuid::Uuid;

use crate::files::{Files, RolloutFile};
use crate::index::{self, Index, IndexReport, Pace};
use crate::listing::{Found, ListQuery, Page, Shelf};
use crate::metadata::{Metadata, MetadataChange};
use crate::names::Names;
use crate::pages::{self, Look, Strays};
use crate::record::{Recorder, Writer, WriterLock};
use crate::worker::{Pool, Worker};
use crate::{
    Clock, ConversationName, Cut, DatedThread, History, HistoryReport, NewThread, Resumed, StoreError, StoreFuture,
    StoredThread, ThreadFile, ThreadStore, archive, check, packed, replay,
};

/// How much is read at a time of lines that are copied.
const LINES_BUFFER: usize = 128 * 1024;

/// Threads as rollout files below one CODEX_HOME.
///
/// Making one starts nothing and touches no disk; its threads, one that writes and a few that read, start on first use.
pub struct RolloutStore {
    files: Arc<Files>,
    names: Arc<Names>,
    metadata: Arc<Metadata>,
    index: Arc<Index>,
    clock: Clock,
    strays: Arc<Strays>,
    writer: Writer,
    /// For short work.
    reader: Worker,
    /// For looking into threads.
    pages: Pool,
    /// For reading whole threads.
    whole: Pool,
    /// For packing, which takes as long as there are files.
    packer: Worker,
}

impl RolloutStore {
    /// The threads of `codex_home`.
    #[must_use]
    pub fn new(codex_home: PathBuf, clock: Clock) -> Self {
        Self {
            names: Arc::new(Names::new(&codex_home)),
            metadata: Arc::new(Metadata::new(&codex_home)),
            index: Arc::new(Index::new(&codex_home)),
            files: Arc::new(Files::new(codex_home)),
            clock,
            strays: Arc::default(),
            writer: Writer::default(),
            reader: Worker::new("thread-reader"),
            pages: Pool::new("thread-pages"),
            whole: Pool::new("thread-history"),
            packer: Worker::new("rollout-packer"),
        }
    }

    /// Reads with the help of the index on the worker, then lets it be filled with what it lacks.
    fn indexed<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Shelf, &mut index::Look<'_>) -> std::io::Result<T> + Send + 'static,
    ) -> StoreFuture<T> {
        let (names, metadata) = (Arc::clone(&self.names), Arc::clone(&self.metadata));
        let shelf = Shelf { files: Arc::clone(&self.files), names, metadata };
        let index = Arc::clone(&self.index);
        let used = Arc::clone(&self.index);
        let answer = self.reader.run(move || {
            let mut look = used.look();
            let answer = read(&shelf, &mut look).map_err(|source| StoreError::io(shelf.files.home(), source))?;
            Ok((answer, look.finish()))
        });
        let filling = self.filling(Pace::Quiet);
        Box::pin(async move {
            let (answer, wants_filling) = answer.await?;
            // Claimed only here: whoever does not wait for the answer does not fill either.
            if wants_filling && index.claim_filling() {
                tokio::spawn(filling);
            }
            Ok(answer)
        })
    }

    /// Fills the index, a slice at a time.
    fn filling(&self, pace: Pace) -> impl Future<Output = ()> + Send + use<> {
        let (files, index, reader) = (Arc::clone(&self.files), Arc::clone(&self.index), self.reader.clone());
        async move {
            loop {
                let wait = index.wait(pace);
                if !wait.is_zero() {
                    tokio::time::sleep(wait).await;
                    continue;
                }
                let (files, filled) = (Arc::clone(&files), Arc::clone(&index));
                match reader.run(move || filled.fill(&files, pace)).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::info!(%error, "the index of threads could not be filled");
                        index.give_up_filling();
                        break;
                    }
                }
            }
        }
    }

    /// Reads every file of every thread, to tell what is damaged.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read.
    pub fn check_history(&self) -> StoreFuture<HistoryReport> {
        let files = Arc::clone(&self.files);
        self.reader.run(move || check::history(&files))
    }

    /// The databases of this server in the home, but for the index, each with what is wrong with it. They are not changed.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the home cannot be read.
    pub fn check_databases(&self) -> StoreFuture<Vec<(PathBuf, Option<String>)>> {
        let files = Arc::clone(&self.files);
        self.reader.run(move || {
            let found = check::databases(files.home()).map_err(|source| StoreError::io(files.home(), source))?;
            let verdict = |path: PathBuf| {
                let fault = check::database(&path).unwrap_or_else(|error| Some(error.to_string()));
                (path, fault)
            };
            Ok(found.into_iter().map(verdict).collect())
        })
    }

    /// Whether the index tells what the files tell.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read.
    pub fn check_index(&self) -> StoreFuture<IndexReport> {
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        self.reader.run(move || index.check(&files))
    }

    /// Makes the index anew.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the old one cannot be taken away or the folders cannot be read.
    pub fn rebuild_index(&self) -> StoreFuture<()> {
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        self.reader.run(move || index.rebuild(&files))
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

    /// Looks into a thread, on one of the pool's threads.
    fn look<L: Look>(&self, pool: &Pool, look: L) -> StoreFuture<L::Page> {
        let (files, strays) = (Arc::clone(&self.files), Arc::clone(&self.strays));
        pool.run(move || {
            let found = files.find(look.thread_id()).map_err(|source| StoreError::io(files.home(), source))?;
            let file = found.ok_or_else(|| StoreError::NotFound { id: look.thread_id().to_owned() })?;
            pages::look(&files, file, &strays, &look)
        })
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

/// Moves, deletes or unpacks a thread's files. The index forgets those that are gone then, also where not all went well.
fn moving<T>(
    files: &Files,
    index: &Index,
    thread_id: &str,
    job: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let before = files.all_of(thread_id).map_err(|source| StoreError::io(files.home(), source))?;
    let moved = job();
    index.forget(&before);
    moved
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
                let id = replay::thread_id_of(&file)?;
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
        let (writer, clock, index) = (self.writer.clone(), Arc::clone(&self.clock), Arc::clone(&self.index));
        self.whole.run(move || {
            // What is read must not change before it is gone on from.
            let (id, file) = history.find()?;
            let lock = WriterLock::take(files.home(), &id)?;
            let unpacked = packed::unpacked(&file)?;
            index.forget(&[file]);
            let history = history.read(&id, unpacked)?;
            let path = PathBuf::from(history.stored.thread.path.as_deref().unwrap_or_default());
            let recorder = Recorder::resume(&history, path, lock, writer, clock);
            Ok(Resumed { history, recorder })
        })
    }

    fn history(&self, thread: ThreadFile, cut: Cut, with_turns: bool) -> StoreFuture<History> {
        let history = self.history_of(thread, cut, with_turns);
        self.whole.run(move || {
            let (id, file) = history.find()?;
            history.read(&id, file)
        })
    }

    fn lines(&self, history: &History) -> StoreFuture<Vec<u8>> {
        let path = PathBuf::from(history.stored.thread.path.as_deref().unwrap_or_default());
        let end = history.end.as_ref().map_or(0, |end| end.end_byte_offset);
        let files = Arc::clone(&self.files);
        self.whole.run(move || {
            let file = files.at(&path).ok_or_else(|| StoreError::Damaged { path: path.clone() })?;
            let mut lines = Vec::new();
            file.read(LINES_BUFFER)?.take(end).read_to_end(&mut lines).map_err(|source| file.failed(source))?;
            Ok(lines)
        })
    }

    fn read(&self, thread_id: &str, with_turns: bool) -> StoreFuture<StoredThread> {
        let pool = if with_turns { &self.whole } else { &self.pages };
        pool.run(self.reading(thread_id, with_turns))
    }

    fn list(&self, query: ListQuery) -> StoreFuture<Page> {
        self.indexed(move |shelf, look| shelf.page(look, &query))
    }

    fn search(&self, query: ListQuery, term: &str) -> StoreFuture<Found> {
        let term = term.to_owned();
        let filling = self.filling(Pace::AtOnce);
        let search = self.indexed(move |shelf, look| shelf.search(look, &query, &term));
        Box::pin(async move {
            // Reading every file for the answer would take as long, and nobody else could read meanwhile.
            filling.await;
            search.await
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
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        self.reader.run(move || {
            let id = lock.thread_id();
            moving(&files, &index, id, || archive::archive(&files, id))
        })
    }

    fn unarchive(&self, lock: WriterLock) -> StoreFuture<StoredThread> {
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        let now = (self.clock)().timestamp();
        let read = self.reading(lock.thread_id(), false);
        self.reader.run(move || {
            let id = lock.thread_id();
            moving(&files, &index, id, || archive::unarchive(&files, id, now.into()))?;
            read()
        })
    }

    fn delete(&self, lock: WriterLock) -> StoreFuture<()> {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        let index = Arc::clone(&self.index);
        self.reader.run(move || {
            let id = lock.thread_id();
            let deleted = moving(&files, &index, id, || archive::delete(&files, id));
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

    fn turns_page(&self, params: v2::ThreadTurnsListParams) -> StoreFuture<v2::ThreadTurnsListResponse> {
        self.look(&self.pages, params)
    }

    fn items_page(&self, params: v2::ThreadItemsListParams) -> StoreFuture<v2::ThreadItemsListResponse> {
        self.look(&self.pages, params)
    }

    fn items(&self, params: v2::ThreadItemsReadParams) -> StoreFuture<v2::ThreadItemsReadResponse> {
        self.look(&self.pages, params)
    }

    fn occurrences(
        &self,
        params: v2::ThreadSearchOccurrencesParams,
    ) -> StoreFuture<v2::ThreadSearchOccurrencesResponse> {
        // A text that stands nowhere is looked for everywhere.
        self.look(&self.whole, params)
    }

    fn timeline_page(&self, params: v2::ThreadTimelineListParams) -> StoreFuture<v2::ThreadTimelineListResponse> {
        self.look(&self.pages, params)
    }

    fn unpack(&self, lock: WriterLock) -> StoreFuture<WriterLock> {
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        self.whole.run(move || {
            moving(&files, &index, lock.thread_id(), || packed::unpack(&files, &lock))?;
            Ok(lock)
        })
    }

    fn pack(&self) -> StoreFuture<()> {
        let (files, index) = (Arc::clone(&self.files), Arc::clone(&self.index));
        let now = (self.clock)().timestamp();
        self.packer.run(move || {
            index.forget(&packed::pack(&files, now.into())?);
            Ok(())
        })
    }

    fn dated(&self, name: ConversationName) -> StoreFuture<DatedThread> {
        let (files, names, metadata) = (Arc::clone(&self.files), Arc::clone(&self.names), Arc::clone(&self.metadata));
        self.pages.run(move || {
            let file = match &name {
                ConversationName::Thread(id) => {
                    files.find(id).map_err(|source| StoreError::io(files.home(), source))?
                }
                ConversationName::Path(path) => files.at(&files.home().join(path)),
            };
            let missing = || match &name {
                ConversationName::Thread(id) => StoreError::NotFound { id: id.clone() },
                ConversationName::Path(path) => StoreError::NotFound { id: path.to_string_lossy().into_owned() },
            };
            let mut dated = match replay::dated(&files, file.ok_or_else(missing)?) {
                Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                    return Err(missing());
                }
                read => read?,
            };
            let thread = &mut dated.stored.thread;
            thread.name = names.with(|names| names.get(&thread.id).cloned());
            metadata.apply(std::iter::once(thread));
            Ok(dated)
        })
    }
}
