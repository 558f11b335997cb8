//! How a thread is reached: a bounded mailbox.

use std::sync::Arc;

use codex_app_server_protocol::ext::ThreadReplayResponse;
use codex_app_server_protocol::v2;
use codex_thread_store::MetadataChange;
use codex_utils_trace_context::TraceContext;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::ThreadShared;
use crate::deps::{Subscriber, SubscriberId};
use crate::engine::Reply;
use crate::settings::Settings;
use crate::tools::UserShell;

/// Requests that may wait for a thread; who sends more waits before entering.
pub(crate) const MAILBOX: usize = 64;

/// What a thread is asked to do.
pub(crate) enum Command {
    /// A request that belongs to a trace.
    Traced(TraceContext, Box<Self>),
    /// Starts a turn, under this id where one is given.
    StartTurn(Box<v2::TurnStartParams>, Option<String>, Reply<v2::TurnStartResponse>),
    Steer(Box<v2::TurnSteerParams>, Reply<v2::TurnSteerResponse>),
    Interrupt(String, Reply<v2::TurnInterruptResponse>),
    /// Runs a command line of the user.
    UserShell(UserShell, Reply<v2::ThreadShellCommandResponse>),
    /// Compacts the history.
    Compact(Reply<v2::ThreadCompactStartResponse>),
    /// Changes the settings, in the words of a turn's start.
    UpdateSettings(Box<v2::TurnStartParams>, Reply<v2::ThreadSettingsUpdateResponse>),
    /// Puts items into the history.
    Inject(Vec<Value>, Reply<v2::ThreadInjectItemsResponse>),
    /// Reads the thread, with or without its turns.
    Read(bool, Arc<dyn Subscriber>, Reply<v2::ThreadReadResponse>),
    /// Subscribes to the thread; the answer has its turns unless they are excluded.
    Resume(bool, Arc<dyn Subscriber>, Reply<v2::ThreadResumeResponse>),
    /// Subscribes to the thread; it is answered as its start was.
    JoinStarted(Arc<dyn Subscriber>, Reply<v2::ThreadStartResponse>),
    /// Subscribes to the thread and tells what came after a place.
    Replay(Option<u64>, Arc<dyn Subscriber>, Reply<ThreadReplayResponse>),
    /// The turns that an earlier request asked for have been read.
    TurnsRead(Box<super::reads::TurnsRead>),
    /// Starts a turn with an input of the queue: the named one, or the first.
    StartQueued(Option<String>, Reply<v2::ThreadQueueStartResponse>),
    /// Something was added to the queue.
    QueueGrown,
    /// The goal was changed by a client.
    GoalChanged,
    SetName(String, Reply<v2::ThreadSetNameResponse>),
    /// Changes what is stored about the thread beside its history.
    UpdateMetadata(MetadataChange, Reply<v2::ThreadMetadataUpdateResponse>),
    Unsubscribe(SubscriberId, Reply<v2::ThreadUnsubscribeResponse>),
    /// The configuration was changed.
    ReloadConfig,
    /// Ends the thread's task, its turn first.
    Stop(oneshot::Sender<()>),
    /// The same for a thread whose files are to change: everyone is told that it is not loaded any more.
    Retire(oneshot::Sender<Settings>),
}

/// Reaches one loaded thread.
#[derive(Clone)]
pub(crate) struct Handle {
    pub(crate) shared: Arc<ThreadShared>,
    pub(crate) mailbox: mpsc::Sender<Command>,
}

impl Command {
    /// The same, as a part of the trace that the caller is in.
    pub(crate) fn in_current_trace(self) -> Self {
        match codex_utils_trace_context::current() {
            Some(trace) => Self::Traced(trace, Box::new(self)),
            None => self,
        }
    }

    /// Answers that the thread is not there any more.
    pub(crate) fn refuse(self, id: &str) {
        use crate::error::EngineError::ThreadNotFound;
        let gone = || ThreadNotFound(id.to_owned());
        match self {
            Self::Traced(_, command) => command.refuse(id),
            Self::StartTurn(_, _, reply) => reply(Err(gone())),
            Self::Steer(_, reply) => reply(Err(gone())),
            Self::Interrupt(_, reply) => reply(Err(gone())),
            Self::UserShell(_, reply) => reply(Err(gone())),
            Self::Compact(reply) => reply(Err(gone())),
            Self::UpdateSettings(_, reply) => reply(Err(gone())),
            Self::Inject(_, reply) => reply(Err(gone())),
            Self::Read(_, _, reply) => reply(Err(gone())),
            Self::Resume(_, _, reply) => reply(Err(gone())),
            Self::JoinStarted(_, reply) => reply(Err(gone())),
            Self::Replay(_, _, reply) => reply(Err(gone())),
            Self::TurnsRead(read) => read.refuse(gone()),
            Self::StartQueued(_, reply) => reply(Err(gone())),
            Self::SetName(_, reply) => reply(Err(gone())),
            Self::UpdateMetadata(_, reply) => reply(Err(gone())),
            Self::Unsubscribe(_, reply) => {
                reply(Ok(v2::ThreadUnsubscribeResponse { status: v2::ThreadUnsubscribeStatus::NotLoaded }));
            }
            Self::ReloadConfig | Self::QueueGrown | Self::GoalChanged => {}
            Self::Stop(done) => drop(done.send(())),
            Self::Retire(done) => drop(done),
        }
    }
}
