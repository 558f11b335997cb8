//! Why something could not be kept or found. The texts are those of the wire, which clients search.

use codex_utils_database::rusqlite;

/// Why something could not be kept or found.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StateError {
    /// The database cannot be opened, read or written.
    #[error("the database of what is kept beside the threads' files cannot be used: {0}")]
    Unusable(String),
    /// No such section, to whom it may concern.
    #[error("thread section not found: {0}")]
    SectionNotFound(String),
    /// No such section, to a thread that is to be moved there.
    #[error("section {0} does not exist")]
    NoSuchSection(String),
    /// The section that is always there has a fixed name.
    #[error("the built-in pinned section cannot be renamed")]
    PinnedRenamed,
    /// The section that is always there.
    #[error("the built-in pinned section cannot be deleted")]
    PinnedDeleted,
    /// A thread is to stand before one that is elsewhere.
    #[error("before thread {before} is not in section {section}")]
    BeforeElsewhere {
        /// The other thread.
        before: String,
        /// The section.
        section: String,
    },
    /// No such project.
    #[error("project not found: {0}")]
    ProjectNotFound(String),
    /// No such project to stand before.
    #[error("before project not found: {0}")]
    BeforeProjectNotFound(String),
    /// The project of this key is gone.
    #[error("idempotency key refers to deleted project: {0}")]
    KeyOfDeleted(String),
    /// A cursor of another list of projects.
    #[error("invalid project cursor: malformed or mismatched sort anchor")]
    ProjectCursor,
    /// A cursor of another list of attachments or their owners.
    #[error("invalid pagination cursor")]
    Cursor,
    /// The state was changed by someone else meanwhile.
    #[error("read state changed")]
    ReadStateConflict(Box<codex_app_server_protocol::v2::ThreadReadState>),
    /// No such entry in the queue.
    #[error("queued submission not found: {0}")]
    QueuedNotFound(String),
    /// The queue has nothing to start.
    #[error("queue is empty")]
    QueueEmpty,
    /// A new order that is not one of the whole queue.
    #[error("queue reorder must include every queued submission exactly once")]
    QueueReorder,
    /// A cursor of no queue.
    #[error("invalid queue pagination cursor: {0}")]
    QueueCursor(String),
    /// A change of a goal that is not there.
    #[error("cannot update goal for thread {0}: no goal exists")]
    NoGoal(String),
    /// A new goal beside one that is not reached.
    #[error("cannot create a new goal because this thread has an unfinished goal; complete the existing goal first")]
    GoalUnfinished,
}

impl From<rusqlite::Error> for StateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unusable(error.to_string())
    }
}

impl From<serde_json::Error> for StateError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unusable(format!("it holds something that is no JSON: {error}"))
    }
}
