//! `thread/queue/*`: what the user has said and what waits for its turn.
//!
//! The queue goes on by itself when a turn has ended and was not interrupted, and when something is added while nothing
//! runs; a thread that is loaded does not start it. What is started leaves the queue first, so that nobody starts it twice.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    QueuedSubmission, ThreadQueueAddParams, ThreadQueueAddResponse, ThreadQueueChangedNotification,
    ThreadQueueDeleteParams, ThreadQueueDeleteResponse, ThreadQueueListParams, ThreadQueueListResponse,
    ThreadQueueReorderParams, ThreadQueueReorderResponse, ThreadQueueStartParams, ThreadQueueStartResponse,
    ThreadQueueUpdateParams, ThreadQueueUpdateResponse, UserInput,
};
use codex_thread_state::QueuedChange;

use super::Known;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::registry::thread_id;
use crate::thread::{Command, Handle, ThreadShared};

/// How many characters of text an entry may have.
const MAX_CHARS: usize = 1 << 20;

impl Engine {
    /// Puts an input at the end of a thread's queue. It starts at once when nothing runs.
    pub async fn add_to_queue(&self, params: ThreadQueueAddParams, reply: Reply<ThreadQueueAddResponse>) {
        let (id, loaded) = match self.inner.queue_of(&params.thread_id).await {
            Ok(found) => found,
            Err(error) => return reply(Err(error)),
        };
        if let Err(error) = check_input(&params.input) {
            return reply(Err(error));
        }
        let queued_submission = QueuedSubmission {
            id: self.inner.deps.env.new_id(),
            input: params.input,
            client_user_message_id: params.client_user_message_id,
            responsesapi_client_metadata: params.responsesapi_client_metadata,
        };
        if let Err(error) = self.inner.state.enqueue(id, queued_submission.clone()).await {
            return reply(Err(error.into()));
        }
        reply(Ok(ThreadQueueAddResponse { queued_submission }));
        if let Some(handle) = loaded {
            tell_queue(&handle.shared);
            // A thread that has ended meanwhile starts nothing.
            let _ = handle.mailbox.send(Command::QueueGrown).await;
        }
    }

    /// Lists a thread's queue.
    pub async fn list_queue(&self, params: ThreadQueueListParams, reply: Reply<ThreadQueueListResponse>) {
        let page = match self.inner.queue_of(&params.thread_id).await {
            Ok((id, _)) => self.inner.state.queue(id, params.cursor, params.limit).await,
            Err(error) => return reply(Err(error)),
        };
        reply(match page {
            Ok(page) => Ok(ThreadQueueListResponse { data: page.data, next_cursor: page.next }),
            Err(error) => Err(error.into()),
        });
    }

    /// Changes an input that waits.
    pub async fn update_queued(&self, params: ThreadQueueUpdateParams, reply: Reply<ThreadQueueUpdateResponse>) {
        let (id, loaded) = match self.inner.queue_of(&params.thread_id).await {
            Ok(found) => found,
            Err(error) => return reply(Err(error)),
        };
        if let Err(error) = check_input(&params.input) {
            return reply(Err(error));
        }
        let change = QueuedChange {
            id: params.queued_submission_id,
            input: params.input,
            metadata: params.responsesapi_client_metadata,
        };
        match self.inner.state.update_queued(id, change).await {
            Ok(queued_submission) => {
                reply(Ok(ThreadQueueUpdateResponse { queued_submission }));
                tell_loaded(loaded.as_ref());
            }
            Err(error) => reply(Err(error.into())),
        }
    }

    /// Takes an input out of a thread's queue.
    pub async fn delete_queued(&self, params: ThreadQueueDeleteParams, reply: Reply<ThreadQueueDeleteResponse>) {
        let (id, loaded) = match self.inner.queue_of(&params.thread_id).await {
            Ok(found) => found,
            Err(error) => return reply(Err(error)),
        };
        match self.inner.state.delete_queued(id, params.queued_submission_id).await {
            Ok(deleted) => {
                reply(Ok(ThreadQueueDeleteResponse { deleted }));
                tell_loaded(loaded.as_ref().filter(|_| deleted));
            }
            Err(error) => reply(Err(error.into())),
        }
    }

    /// Gives a thread's queue another order.
    pub async fn reorder_queue(&self, params: ThreadQueueReorderParams, reply: Reply<ThreadQueueReorderResponse>) {
        let (id, loaded) = match self.inner.queue_of(&params.thread_id).await {
            Ok(found) => found,
            Err(error) => return reply(Err(error)),
        };
        match self.inner.state.reorder_queue(id, params.queued_submission_ids).await {
            Ok(()) => {
                reply(Ok(ThreadQueueReorderResponse {}));
                tell_loaded(loaded.as_ref());
            }
            Err(error) => reply(Err(error.into())),
        }
    }

    /// Starts a turn with an input that waits: the named one, or the first.
    pub async fn start_queued(&self, params: ThreadQueueStartParams, reply: Reply<ThreadQueueStartResponse>) {
        match self.inner.queue_of(&params.thread_id).await {
            Ok((_, Some(handle))) => {
                self.send(&handle, Command::StartQueued(params.queued_submission_id, reply)).await;
            }
            Ok((_, None)) => {
                reply(Err(EngineError::Refused("resume the thread before starting a queued message".to_owned())));
            }
            Err(error) => reply(Err(error)),
        }
    }
}

impl Inner {
    /// The thread whose queue is meant, with its handle when it is loaded.
    async fn queue_of(&self, text: &str) -> Result<(String, Option<Handle>), EngineError> {
        let id = thread_id(text)?;
        match self.known(&id).await? {
            None => Err(EngineError::Unreadable { what: "thread", id }),
            Some(Known::Stored { archived: true }) => Err(EngineError::Archived(id)),
            Some(Known::Stored { archived: false }) => Ok((id, None)),
            Some(Known::Loaded(handle)) if handle.shared.log.is_ephemeral() => {
                Err(EngineError::Ephemeral { id, what: "queued submissions" })
            }
            Some(Known::Loaded(handle)) => Ok((id, Some(handle))),
        }
    }
}

fn check_input(input: &[UserInput]) -> Result<(), EngineError> {
    if input.is_empty() {
        return Err(EngineError::Refused("only user input can be added to the user-message queue".to_owned()));
    }
    let chars = |part: &UserInput| match part {
        UserInput::Text { text, .. } => text.chars().count(),
        _ => 0,
    };
    match input.iter().map(chars).sum() {
        actual if actual > MAX_CHARS => Err(EngineError::InputTooLarge { actual, max: MAX_CHARS }),
        _ => Ok(()),
    }
}

/// Tells the subscribers that the queue is another one.
pub(crate) fn tell_queue(shared: &ThreadShared) {
    let changed = ThreadQueueChangedNotification { thread_id: shared.id.to_string() };
    shared.sink.emit(ServerNotification::ThreadQueueChanged(changed));
}

fn tell_loaded(handle: Option<&Handle>) {
    if let Some(handle) = handle {
        tell_queue(&handle.shared);
    }
}
