//! Stored threads: rollout files below `CODEX_HOME`, written and read as codex 0.169.0 does.
//!
//! What lives here: [`ThreadStore`] and its embedded form [`RolloutStore`]; the lines of a rollout ([`RolloutItem`]); the
//! one writer thread behind all [`Recorder`]s; reading files back into wire turns; the thread list; names and other facts
//! beside the rollouts; the archive.
//!
//! What must hold: the lines are the truth, nothing else is; a line is written whole or cut later, never torn apart by
//! another; an append that was answered with success has been handed to the operating system; only the holder of
//! codex's writer lock writes, moves or deletes; files are moved by renaming; damaged or foreign files cost what is damaged in them, never an error for the rest; no
//! file work happens on the caller's thread but taking the lock.
#![forbid(unsafe_code)]

mod archive;
mod check;
mod error;
mod files;
mod history;
mod index;
mod line;
mod line_file;
mod listing;
mod metadata;
mod names;
mod packed;
mod pages;
mod platform;
mod record;
mod replay;
mod rollout_store;
mod worker;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use codex_app_server_protocol::v2;

pub use check::HistoryReport;
pub use error::StoreError;
pub use history::{Cut, History, HistoryBase, HistoryItem, RecordedSandbox, RecordedSettings, Resumed, ThreadFile};
pub use index::IndexReport;
pub use line::{
    BaseInstructions, Compacted, CoreItem, InstructionsProvenance, ItemMetadata, McpAttribution, PassthroughMetadata,
    ResponseItemLine, RetainedMessage, RetainedSource, RolloutItem, SessionMeta, TaskComplete, TaskStarted,
    ThreadSettings, TokenCount, TokenUsageRecord, TurnAborted, TurnContext,
};
pub use listing::{Cursor, Found, ListQuery, Page, Relation, SortKey, Sources};
pub use metadata::MetadataChange;
pub use record::{Recorder, WriterLock};
pub use rollout_store::RolloutStore;

/// The time of day with the zone whose local time names files and folders.
pub type Clock = Arc<dyn Fn() -> jiff::Zoned + Send + Sync>;

/// The answer of a store, ready once its worker has done the file work.
pub type StoreFuture<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;

/// Where threads are kept.
pub trait ThreadStore: Send + Sync + 'static {
    /// Takes the writer lock of a new thread. Its path is known at once; its file comes with the first append.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when someone else may write the thread, [`StoreError::InvalidId`], [`StoreError::Io`].
    fn create(&self, thread: NewThread) -> Result<Recorder, StoreError>;

    /// The same with a writer lock that the caller has.
    fn create_with(&self, thread: NewThread, lock: WriterLock) -> Recorder;

    /// Takes the writer lock of a stored thread and reads what it goes on from. Its newest file is written on.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when someone else may write the thread, [`StoreError::NotFound`], [`StoreError::Archived`],
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    fn resume(&self, thread: ThreadFile, with_turns: bool) -> StoreFuture<Resumed>;

    /// Reads what a fork of a stored thread goes on from. Someone may write the thread meanwhile.
    ///
    /// # Errors
    /// [`StoreError::TurnNotFound`], [`StoreError::NotFound`], [`StoreError::Archived`], [`StoreError::Damaged`],
    /// [`StoreError::Io`].
    fn history(&self, thread: ThreadFile, cut: Cut, with_turns: bool) -> StoreFuture<History>;

    /// The lines of the file that a history ends in, up to its end: what a legacy fork copies.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    fn lines(&self, history: &History) -> StoreFuture<Vec<u8>>;

    /// Reads a stored thread, archived ones included.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it has no file, [`StoreError::Damaged`] when the file has no session metadata.
    fn read(&self, thread_id: &str, with_turns: bool) -> StoreFuture<StoredThread>;

    /// One page of the threads that have a user message. Their turns are not read.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read; files that cannot be read are left out.
    fn list(&self, query: ListQuery) -> StoreFuture<Page>;

    /// One page of the threads in whose messages a term stands. Case and the blanks between words do not count.
    ///
    /// # Errors
    /// As [`ThreadStore::list`].
    fn search(&self, query: ListQuery, term: &str) -> StoreFuture<Found>;

    /// Gives a thread a name, or takes it away. The thread need not have a file yet.
    fn set_name(&self, thread_id: &str, name: Option<&str>) -> StoreFuture<()>;

    /// Changes what is stored about a thread beside its history. The thread need not have a file yet.
    fn set_metadata(&self, thread_id: &str, change: MetadataChange) -> StoreFuture<()>;

    /// Takes the writer lock of a thread that nobody records, to move or delete it. It need not exist.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when someone may write the thread, [`StoreError::InvalidId`], [`StoreError::Io`].
    fn lock(&self, thread_id: &str) -> StoreFuture<WriterLock>;

    /// Archives the thread of the lock: lists leave it out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it has no file outside the archive, [`StoreError::Io`].
    fn archive(&self, lock: WriterLock) -> StoreFuture<()>;

    /// Brings the thread of the lock back from the archive, and reads it without turns.
    ///
    /// # Errors
    /// [`StoreError::NotArchived`] when it has no archived file; nothing was moved then. [`StoreError::Io`],
    /// [`StoreError::Unpack`], [`StoreError::Damaged`].
    fn unarchive(&self, lock: WriterLock) -> StoreFuture<StoredThread>;

    /// Deletes the thread of the lock with all its files, archived or not, its name and its metadata.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it has no file, [`StoreError::Referenced`] when a fork goes on from it,
    /// [`StoreError::Unpack`] when one may and cannot be read, [`StoreError::Io`].
    fn delete(&self, lock: WriterLock) -> StoreFuture<()>;

    /// One page of a thread's turns. One whose end is not recorded counts as interrupted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], [`StoreError::InvalidCursor`], [`StoreError::Io`],
    /// [`StoreError::Unpack`].
    fn turns_page(&self, params: v2::ThreadTurnsListParams) -> StoreFuture<v2::ThreadTurnsListResponse>;

    /// One page of the items of a thread, or of one of its turns.
    ///
    /// # Errors
    /// As [`ThreadStore::turns_page`], [`StoreError::NotPaginated`], [`StoreError::UnknownAnchor`].
    fn items_page(&self, params: v2::ThreadItemsListParams) -> StoreFuture<v2::ThreadItemsListResponse>;

    /// Items of one turn by their ids.
    ///
    /// # Errors
    /// As [`ThreadStore::turns_page`], [`StoreError::NotPaginated`].
    fn items(&self, params: v2::ThreadItemsReadParams) -> StoreFuture<v2::ThreadItemsReadResponse>;

    /// Where the messages of a thread hold a text, page by page.
    ///
    /// # Errors
    /// As [`ThreadStore::turns_page`], [`StoreError::NotPaginated`].
    fn occurrences(
        &self,
        params: v2::ThreadSearchOccurrencesParams,
    ) -> StoreFuture<v2::ThreadSearchOccurrencesResponse>;

    /// One page of a thread's timeline.
    ///
    /// # Errors
    /// As [`ThreadStore::turns_page`], [`StoreError::NotPaginated`], [`StoreError::InvalidTimelineCursor`],
    /// [`StoreError::ForeignTimelineCursor`].
    fn timeline_page(&self, params: v2::ThreadTimelineListParams) -> StoreFuture<v2::ThreadTimelineListResponse>;

    /// Unpacks the compressed files of the lock's thread in place; nothing happens where none is. Times stay.
    ///
    /// # Errors
    /// [`StoreError::Unpack`] when one is damaged: it stays as it is.
    fn unpack(&self, lock: WriterLock) -> StoreFuture<WriterLock>;

    /// Compresses the files of threads that nobody may write and that did not change for a week.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read; a file that cannot be compressed stays as it is.
    fn pack(&self) -> StoreFuture<()>;

    /// Reads a thread without its turns, and tells its times to the millisecond.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no file of a thread has this name, [`StoreError::Damaged`], [`StoreError::Io`],
    /// [`StoreError::Unpack`].
    fn dated(&self, name: ConversationName) -> StoreFuture<DatedThread>;

    /// Whether a stored thread is archived.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it has no file.
    fn is_archived(&self, thread_id: &str) -> StoreFuture<bool>;

    /// Whether the thread has a file.
    fn exists(&self, thread_id: &str) -> StoreFuture<bool>;
}

/// A thread that is about to be recorded.
#[derive(Clone, Debug)]
pub struct NewThread {
    /// Its id, a UUID.
    pub thread_id: String,
    /// When it was created; the local time names the file and its folders.
    pub created_at: jiff::Zoned,
    /// What its first line tells.
    pub meta: SessionMeta,
    /// A UUID that tells the file from the thread's earlier ones, for a thread that goes on from one of them.
    pub continuation: Option<String>,
    /// Whole lines, stamped, that follow the first line: what a legacy fork has copied.
    pub copied: Vec<u8>,
}

/// How a stored thread is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationName {
    /// By its id.
    Thread(String),
    /// By the path of its file; a relative one counts from CODEX_HOME.
    Path(PathBuf),
}

/// A thread and its times.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedThread {
    /// The thread, without turns.
    pub stored: StoredThread,
    /// When it was created.
    pub created: jiff::Timestamp,
    /// When its file changed last.
    pub updated: jiff::Timestamp,
}

/// A thread as its file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredThread {
    /// The thread on the wire, `notLoaded`. `model_provider` is empty where the file names none: the reference shows
    /// the configured default then. Turns are filled only when asked for.
    pub thread: v2::Thread,
    /// The token usage after the thread's last model response. Not read for lists.
    pub last_token_usage: Option<v2::ThreadTokenUsage>,
    /// Whether the file lies among the archived ones.
    pub archived: bool,
    /// Lines that could not be read and were skipped: no JSON, cut, too long, or a known kind in an unknown shape. Counted
    /// when turns are read.
    pub damaged_lines: usize,
}
