//! What can go wrong with stored threads.
//!
//! Every variant names the thread or the file; the server turns them into wire errors at its edge.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A failure of the thread store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// No file of this thread exists.
    #[error("no rollout found for thread id {id}")]
    NotFound {
        /// The thread that was asked for.
        id: String,
    },
    /// The thread has no archived file.
    #[error("no archived rollout found for thread id {id}")]
    NotArchived {
        /// The thread that was asked for.
        id: String,
    },
    /// The history of another thread goes on from this one, which so cannot be deleted.
    #[error("cannot delete thread {id}: forked history still references it")]
    Referenced {
        /// The thread that was to be deleted.
        id: String,
    },
    /// The thread has no such turn.
    #[error("turn not found: {id}")]
    TurnNotFound {
        /// The turn that was asked for.
        id: String,
    },
    /// The thread is archived, so it cannot go on.
    #[error("session {id} is archived. Run `codex unarchive {id}` to unarchive it first.")]
    Archived {
        /// The thread.
        id: String,
    },
    /// The file is compressed and cannot be unpacked: it is damaged, or there is no room.
    #[error("{} cannot be unpacked: {source}", path.display())]
    Unpack {
        /// The compressed file.
        path: PathBuf,
        /// What is wrong with it.
        source: Arc<io::Error>,
    },
    /// The thread has no paginated history, which what was asked for needs.
    #[error("thread {id} has no paginated history")]
    NotPaginated {
        /// The thread that was asked for.
        id: String,
    },
    /// A page of items is to begin beside one that is not there.
    #[error("cursor.itemId does not identify an item in the requested history scope")]
    UnknownAnchor,
    /// A text that is no cursor of a timeline.
    #[error("invalid thread timeline cursor")]
    InvalidTimelineCursor,
    /// The cursor of the timeline of another thread.
    #[error("thread timeline cursor belongs to another thread")]
    ForeignTimelineCursor,
    /// The thread is not recorded any more: it was archived or deleted meanwhile.
    #[error("thread {id} is not recorded any more")]
    Closed {
        /// The thread.
        id: String,
    },
    /// The id is no UUID, so it cannot name a file.
    #[error("invalid thread id: {id}")]
    InvalidId {
        /// The text that was given as id.
        id: String,
    },
    /// Another process, or another recorder of this one, may write the thread.
    #[error("thread {id} already has an active writer")]
    Locked {
        /// The thread.
        id: String,
    },
    /// The operating system refused an operation on a file.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A cursor that no page of this store handed out.
    #[error("invalid cursor: {cursor}")]
    InvalidCursor {
        /// The text that was given as cursor.
        cursor: String,
    },
    /// The file exists but holds no readable `session_meta` line, so the thread cannot be shown.
    #[error("{} does not start with session metadata", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Earlier lines could not be written yet and too many wait already; the new ones were not taken.
    #[error("{} cannot be written: {bytes} bytes wait already", path.display())]
    Backlog {
        /// The file.
        path: PathBuf,
        /// How many bytes wait to be written.
        bytes: usize,
    },
    /// A worker of the store ended, or gave up on this request.
    #[error("the thread store stopped before it could answer")]
    Stopped,
}

impl StoreError {
    pub(crate) fn unpack(path: &Path, source: io::Error) -> Self {
        Self::Unpack { path: path.to_owned(), source: Arc::new(source) }
    }

    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source: Arc::new(source) }
    }
}
