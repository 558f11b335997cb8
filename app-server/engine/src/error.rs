//! Why a request is refused. The text of each variant is the message on the wire, which clients search.

use codex_app_server_protocol::ErrorKind;
use codex_thread_state::StateError;
use codex_thread_store::StoreError;
use serde_json::Value;

use crate::tools::DynamicToolError;

/// Why a request is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EngineError {
    /// The thread id is no UUID.
    #[error("invalid thread id: {reason}")]
    InvalidThreadId {
        /// What was given.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The thread id of a resume is no UUID.
    #[error("invalid session id: {reason}")]
    InvalidSessionId {
        /// What was given.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No such thread is loaded.
    #[error("thread not found: {0}")]
    ThreadNotFound(String),
    /// No such thread is loaded or stored.
    #[error("thread not loaded: {0}")]
    ThreadNotLoaded(String),
    /// The thread has no file.
    #[error("no rollout found for thread id {0}")]
    RolloutNotFound(String),
    /// The file that a resume names does not exist.
    #[error("failed to resolve rollout path `{0}`: file does not exist")]
    RolloutPathNotFound(String),
    /// The thread is loaded from another file than a resume names.
    #[error("cannot resume running thread {id} with stale path: requested `{requested}`, active `{active}`")]
    StalePath {
        /// The thread.
        id: String,
        /// The path of the request.
        requested: String,
        /// Where the thread is kept.
        active: String,
    },
    /// A history for a thread that is loaded.
    #[error("cannot resume thread {0} with history while it is already running")]
    HistoryOfLoaded(String),
    /// A history without items.
    #[error("history must not be empty")]
    EmptyHistory,
    /// The provider that a stored thread ran with is not configured any more.
    #[error(
        "This chat uses model provider \u{201c}{0}\u{201d}, which is no longer configured. Restore this provider\u{2019}s \
         configuration to continue."
    )]
    ProviderGone(String),
    /// The thread is archived.
    #[error("session {0} is archived. Run `codex unarchive {0}` to unarchive it first.")]
    Archived(String),
    /// A turn while the history is compacted.
    #[error("failed to submit turn input: ActiveTurnNotSteerable {{ turn_kind: Compact }}")]
    InputWhileCompacting,
    /// A steer of a compaction.
    #[error("cannot steer a compact turn")]
    SteerWhileCompacting,
    /// Nothing to put into the history.
    #[error("items must not be empty")]
    EmptyItems,
    /// A change of a running turn's settings, which a feature has to allow.
    #[error("turn settings updates require the step_model_switching feature")]
    TurnSettingsOff,
    /// The thread has no such turn.
    #[error("turn not found: {0}")]
    TurnNotFound(String),
    /// The whole turns of a fork that is not stored.
    #[error("ephemeral paginated thread/fork requires `excludeTurns: true`")]
    EphemeralForkTurns,
    /// A prediction in a thread that is stored.
    #[error("`experimentalPredictionMode` requires `ephemeral: true`")]
    StoredPrediction,
    /// A legacy thread cannot go back.
    #[error("thread/revert only supports paginated threads")]
    LegacyRevert,
    /// A thread that is not stored cannot go back.
    #[error("ephemeral threads do not support thread/revert")]
    EphemeralRevert,
    /// Another process writes the thread.
    #[error("thread {0} already has an active writer")]
    ThreadLocked(String),
    /// The configuration cannot be used.
    #[error("failed to load configuration: {0}")]
    Configuration(String),
    /// A turn asks for settings that requirements do not allow.
    #[error("invalid thread settings override: {0}")]
    SettingsRefused(String),
    /// Nothing runs that could be interrupted.
    #[error("no active turn to interrupt")]
    NothingToInterrupt,
    /// Nothing runs that could be steered.
    #[error("no active turn to steer")]
    NothingToSteer,
    /// Another turn runs than the one to be interrupted.
    #[error("expected active turn id {expected} but found {found}")]
    InterruptMismatch {
        /// The turn that was named.
        expected: String,
        /// The turn that runs.
        found: String,
    },
    /// Another turn runs than the one to be steered.
    #[error("expected active turn id `{expected}` but found `{found}`")]
    SteerMismatch {
        /// The turn that was named.
        expected: String,
        /// The turn that runs.
        found: String,
    },
    /// A steer without the id of the turn.
    #[error("expectedTurnId must not be empty")]
    EmptyExpectedTurnId,
    /// A steer without input.
    #[error("input must not be empty")]
    EmptyInput,
    /// More steers wait than are kept.
    #[error("too many messages wait for turn {0}; send them again later")]
    SteerBacklog(String),
    /// A command line of blanks.
    #[error("command must not be empty")]
    EmptyCommand,
    /// A time limit below zero.
    #[error("timeoutMs must be non-negative, got {0}")]
    NegativeTimeout(i64),
    /// A process id that is no number.
    #[error("invalid background terminal process id: {0}")]
    InvalidProcessId(String),
    /// A name of blanks.
    #[error("thread name must not be empty")]
    EmptyName,
    /// The turns of a thread without any.
    #[error("list_turns is not supported yet")]
    NoTurns,
    /// The turns of a thread that is not stored.
    #[error("ephemeral threads do not support includeTurns")]
    EphemeralTurns,
    /// The pages of a thread that is not stored.
    #[error("ephemeral threads do not support {0}")]
    EphemeralPaging(&'static str),
    /// The pages of a thread that has no file yet.
    #[error("thread {id} is not materialized yet; {method} is unavailable before first user message")]
    NotMaterialized {
        /// The thread.
        id: String,
        /// What was asked.
        method: &'static str,
    },
    /// A page of items that is to begin beside one of no turn.
    #[error("turnId is required when cursor is an item anchor")]
    AnchorWithoutTurn,
    /// No item, or more than are read at once.
    #[error("itemIds must contain 1 to {0} IDs")]
    ItemIds(usize),
    /// A search for blanks.
    #[error("thread/searchOccurrences requires a non-empty searchTerm")]
    EmptySearchTerm,
    /// The thread has no file; in the words of version 1.
    #[error("no rollout found for conversation id {0}")]
    ConversationNotFound(String),
    /// A change to what is stored about a thread that is not.
    #[error("ephemeral thread does not support metadata updates: {0}")]
    EphemeralMetadata(String),
    /// A change to what is stored about a thread that changes nothing.
    #[error("{0} must include at least one field")]
    NoMetadata(&'static str),
    /// A text of blanks for what is stored about a thread.
    #[error("{0} must not be empty")]
    EmptyMetadata(&'static str),
    /// No such project.
    #[error("project not found: {0}")]
    ProjectNotFound(String),
    /// A thread that is not stored cannot be deleted.
    #[error("thread is not persisted and cannot be deleted: {0}")]
    EphemeralDelete(String),
    /// The thread has no archived file.
    #[error("no archived rollout found for thread id {0}")]
    ArchivedRolloutNotFound(String),
    /// The history of a fork goes on from the thread.
    #[error("cannot delete thread {0}: forked history still references it")]
    ThreadReferenced(String),
    /// Two fields that exclude each other.
    #[error("`{0}` cannot be combined with `{1}`")]
    Combined(&'static str, &'static str),
    /// A filter of a list names a thread by what is no id.
    #[error("invalid {filter} id: {reason}")]
    InvalidFilterId {
        /// What the filter names.
        filter: &'static str,
        /// The text that was given as id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Filters of a list that exclude or need each other.
    #[error("{0}")]
    UnfitFilter(&'static str),
    /// A filter of a list with a value that is out of range or not served here.
    #[error("{0}")]
    RefusedFilter(String),
    /// A page cursor of someone else.
    #[error("invalid cursor: {0}")]
    InvalidCursor(String),
    /// A key that came with other params before.
    #[error("the idempotency key {0} was used for another request; use a new one")]
    KeyReused(String),
    /// A tool of the client that cannot be offered to a model.
    #[error(transparent)]
    DynamicTool(#[from] DynamicToolError),
    /// The server cannot do this yet.
    #[error("{0} is not supported yet")]
    NotSupported(&'static str),
    /// The server is about to end.
    #[error("the server is shutting down")]
    ShuttingDown,
    /// Params that cannot be used.
    #[error("{0}")]
    BadParams(String),
    /// What cannot be done to a thread.
    #[error("{0}")]
    Refused(String),
    /// What threads that are not stored do not have.
    #[error("ephemeral thread does not support {what}: {id}")]
    Ephemeral {
        /// The thread.
        id: String,
        /// What it does not have.
        what: &'static str,
    },
    /// A thread that is not there, where the reference tries to read it first.
    #[error("failed to read {what}: invalid thread-store request: no rollout found for thread id {id}")]
    Unreadable {
        /// What was to be read.
        what: &'static str,
        /// The thread.
        id: String,
    },
    /// What has been read of a thread that has nothing to read.
    #[error("thread read state unavailable")]
    NoReadState,
    /// An input of the queue cannot start beside a turn.
    #[error("thread already has an active or pending turn")]
    TurnActive,
    /// More text than a turn may begin with.
    #[error("Input exceeds the maximum length of {max} characters.")]
    InputTooLarge {
        /// How many characters there are.
        actual: usize,
        /// How many there may be.
        max: usize,
    },
    /// What is kept beside the threads' files.
    #[error(transparent)]
    State(#[from] StateError),
    /// The store failed.
    #[error("{0}")]
    Store(StoreError),
}

impl EngineError {
    /// The class that programs branch on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidThreadId { .. } | Self::InvalidSessionId { .. } | Self::InvalidFilterId { .. } => {
                ErrorKind::InvalidThreadId
            }
            Self::RefusedFilter(_) => ErrorKind::InvalidParams,
            Self::ThreadNotFound(_) | Self::ThreadNotLoaded(_) => ErrorKind::ThreadNotFound,
            Self::RolloutNotFound(_)
            | Self::RolloutPathNotFound(_)
            | Self::ArchivedRolloutNotFound(_)
            | Self::ConversationNotFound(_)
            | Self::NotMaterialized { .. } => ErrorKind::RolloutNotFound,
            Self::ProjectNotFound(_) => ErrorKind::NotFound,
            Self::TurnNotFound(_) => ErrorKind::TurnNotFound,
            Self::ProviderGone(_) => ErrorKind::ConfigInvalid,
            Self::ThreadReferenced(_) => ErrorKind::ThreadReferenced,
            Self::EphemeralMetadata(_)
            | Self::EphemeralDelete(_)
            | Self::EphemeralForkTurns
            | Self::EphemeralPaging(_)
            | Self::EphemeralRevert => ErrorKind::EphemeralThread,
            Self::Archived(_) => ErrorKind::ThreadArchived,
            Self::LegacyRevert => ErrorKind::HistoryNotPaginated,
            Self::ThreadLocked(_) => ErrorKind::ThreadLocked,
            Self::Configuration(_) => ErrorKind::ConfigInvalid,
            Self::NothingToInterrupt
            | Self::NothingToSteer
            | Self::InterruptMismatch { .. }
            | Self::SteerMismatch { .. } => ErrorKind::TurnMismatch,
            Self::SteerWhileCompacting => ErrorKind::TurnNotSteerable,
            Self::InputWhileCompacting => ErrorKind::Internal,
            Self::EmptyExpectedTurnId
            | Self::EmptyItems
            | Self::TurnSettingsOff
            | Self::EmptyInput
            | Self::EmptyCommand
            | Self::NegativeTimeout(_)
            | Self::InvalidProcessId(_)
            | Self::EmptyName
            | Self::EphemeralTurns
            | Self::ItemIds(_)
            | Self::EmptySearchTerm
            | Self::StalePath { .. }
            | Self::HistoryOfLoaded(_)
            | Self::EmptyHistory
            | Self::StoredPrediction
            | Self::NoMetadata(_)
            | Self::EmptyMetadata(_)
            | Self::SettingsRefused(_)
            | Self::UnfitFilter(_)
            | Self::Combined(..) => ErrorKind::InvalidRequest,
            Self::SteerBacklog(_) => ErrorKind::Overloaded,
            Self::AnchorWithoutTurn | Self::Store(StoreError::UnknownAnchor) => ErrorKind::InvalidParams,
            Self::InvalidCursor(_)
            | Self::Store(StoreError::InvalidTimelineCursor | StoreError::ForeignTimelineCursor) => {
                ErrorKind::InvalidCursor
            }
            Self::NoTurns | Self::NotSupported(_) => ErrorKind::NotSupported,
            Self::KeyReused(_) => ErrorKind::IdempotencyKeyReused,
            Self::ShuttingDown => ErrorKind::ShuttingDown,
            Self::Store(StoreError::Unpack { .. }) => ErrorKind::IoFailed,
            Self::BadParams(_) | Self::InputTooLarge { .. } => ErrorKind::InvalidParams,
            Self::Refused(_) | Self::DynamicTool(_) => ErrorKind::InvalidRequest,
            Self::NoReadState => ErrorKind::InvalidRequest,
            Self::Ephemeral { .. } => ErrorKind::EphemeralThread,
            Self::Unreadable { .. } => ErrorKind::Internal,
            Self::TurnActive => ErrorKind::TurnNotSteerable,
            Self::State(error) => state_kind(error),
            Self::Store(_) => ErrorKind::Internal,
        }
    }

    /// The id or path that the error is about.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::InvalidThreadId { id, .. } | Self::InvalidSessionId { id, .. } | Self::InvalidFilterId { id, .. } => {
                Some(id)
            }
            Self::ThreadNotFound(subject)
            | Self::ThreadNotLoaded(subject)
            | Self::RolloutNotFound(subject)
            | Self::RolloutPathNotFound(subject)
            | Self::ThreadLocked(subject)
            | Self::SteerBacklog(subject)
            | Self::EphemeralMetadata(subject)
            | Self::EphemeralDelete(subject)
            | Self::ArchivedRolloutNotFound(subject)
            | Self::ThreadReferenced(subject)
            | Self::ProjectNotFound(subject)
            | Self::ConversationNotFound(subject)
            | Self::NotMaterialized { id: subject, .. }
            | Self::TurnNotFound(subject)
            | Self::HistoryOfLoaded(subject)
            | Self::ProviderGone(subject)
            | Self::Archived(subject)
            | Self::StalePath { id: subject, .. }
            | Self::Ephemeral { id: subject, .. }
            | Self::Unreadable { id: subject, .. }
            | Self::KeyReused(subject)
            | Self::InvalidCursor(subject) => Some(subject),
            Self::InterruptMismatch { found, .. } | Self::SteerMismatch { found, .. } => Some(found),
            _ => None,
        }
    }

    /// Further fields of `data`, where the wire has them.
    #[must_use]
    pub fn rpc_data(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::ProviderGone(provider) => {
                vec![("type", "modelProviderNotConfigured".into()), ("modelProvider", provider.as_str().into())]
            }
            Self::SteerWhileCompacting => {
                vec![("codexErrorInfo", serde_json::json!({ "activeTurnNotSteerable": { "turnKind": "compact" } }))]
            }
            Self::InputTooLarge { actual, max } => vec![
                ("input_error_code", "input_too_large".into()),
                ("max_chars", (*max).into()),
                ("actual_chars", (*actual).into()),
            ],
            Self::State(StateError::ReadStateConflict(present)) => {
                let present = serde_json::to_value(present).unwrap_or_default();
                vec![("reason", "readStateConflict".into()), ("readState", present)]
            }
            _ => Vec::new(),
        }
    }

    /// An item that cannot be written as JSON.
    pub(crate) fn unwritable(error: serde_json::Error) -> Self {
        Self::Configuration(format!("an item of the history cannot be written as JSON: {error}"))
    }
}

/// The class of what went wrong with what is kept beside the threads' files.
fn state_kind(error: &StateError) -> ErrorKind {
    match error {
        StateError::Unusable(_) => ErrorKind::Internal,
        StateError::SectionNotFound(_)
        | StateError::PinnedRenamed
        | StateError::PinnedDeleted
        | StateError::ProjectNotFound(_)
        | StateError::BeforeProjectNotFound(_)
        | StateError::KeyOfDeleted(_)
        | StateError::ProjectCursor
        | StateError::Cursor => ErrorKind::InvalidParams,
        StateError::NoSuchSection(_)
        | StateError::BeforeElsewhere { .. }
        | StateError::QueuedNotFound(_)
        | StateError::NoGoal(_) => ErrorKind::NotFound,
        StateError::ReadStateConflict(_) => ErrorKind::VersionConflict,
        StateError::QueueEmpty | StateError::QueueReorder | StateError::GoalUnfinished => ErrorKind::InvalidRequest,
        StateError::QueueCursor(_) => ErrorKind::InvalidCursor,
    }
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { id } => Self::RolloutNotFound(id),
            StoreError::NotArchived { id } => Self::ArchivedRolloutNotFound(id),
            StoreError::Referenced { id } => Self::ThreadReferenced(id),
            StoreError::Locked { id } => Self::ThreadLocked(id),
            StoreError::Archived { id } => Self::Archived(id),
            StoreError::TurnNotFound { id } => Self::TurnNotFound(id),
            StoreError::InvalidCursor { cursor } => Self::InvalidCursor(cursor),
            StoreError::InvalidId { id } => Self::InvalidThreadId { reason: "not a UUID".to_owned(), id },
            other => Self::Store(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_the_wire() {
        let mismatch = |steer: bool| {
            let (expected, found) = ("a".to_owned(), "b".to_owned());
            if steer {
                EngineError::SteerMismatch { expected, found }
            } else {
                EngineError::InterruptMismatch { expected, found }
            }
        };
        assert_eq!(mismatch(false).to_string(), "expected active turn id a but found b");
        assert_eq!(mismatch(true).to_string(), "expected active turn id `a` but found `b`");
        assert_eq!(mismatch(true).subject(), Some("b"));
        let locked = EngineError::from(StoreError::Locked { id: "x".to_owned() });
        assert_eq!(locked.to_string(), "thread x already has an active writer");
        assert_eq!(locked.kind(), ErrorKind::ThreadLocked);
    }
}
