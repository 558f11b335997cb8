//! The queue of a thread as its actor sees it: what starts from it, and when.

use std::sync::Arc;

use codex_app_server_protocol::v2::{ThreadQueueStartResponse, TurnStartParams};
use codex_thread_state::StateError;

use super::actor::Actor;
use crate::engine::Reply;
use crate::error::EngineError;
use crate::kept::tell_queue;

impl Actor {
    /// Starts the first input of the queue, if it is its turn.
    pub(super) async fn go_on_with_queue(&mut self) {
        if self.queue_held || self.running.is_some() || self.is_closing() || self.shared.log.is_ephemeral() {
            return;
        }
        match self.shared.state.is_queued(self.shared.id.to_string(), None).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                return tracing::warn!(thread = %self.shared.id, %error, "the queue of a thread is not looked at");
            }
        }
        let refused = |thread: Arc<str>| -> Reply<ThreadQueueStartResponse> {
            Box::new(move |started| match started {
                // Another process was faster.
                Ok(_) | Err(EngineError::State(StateError::QueueEmpty)) => {}
                Err(error) => tracing::warn!(%thread, %error, "the queue of a thread does not go on"),
            })
        };
        self.start_queued(None, refused(Arc::clone(&self.shared.id))).await;
    }

    /// Starts a turn with an input of the queue: the named one, or the first.
    pub(super) async fn start_queued(&mut self, wanted: Option<String>, reply: Reply<ThreadQueueStartResponse>) {
        let id = self.shared.id.to_string();
        if self.running.is_some() {
            let queued = match &wanted {
                Some(wanted) => self.shared.state.is_queued(id, Some(wanted.clone())).await,
                None => Ok(true),
            };
            return reply(Err(match (queued, wanted) {
                (Ok(false), Some(wanted)) => StateError::QueuedNotFound(wanted).into(),
                (Ok(_), _) => EngineError::TurnActive,
                (Err(error), _) => error.into(),
            }));
        }
        // What cannot start stays in the queue.
        let startable = match self.is_closing() {
            true => Err(EngineError::ShuttingDown),
            false => self.settings_for(&TurnStartParams::default()).map(drop),
        };
        if let Err(error) = startable {
            return reply(Err(error));
        }
        let entry = match self.shared.state.dequeue(id.clone(), wanted).await {
            Ok(entry) => entry,
            Err(error) => return reply(Err(error.into())),
        };
        let params = TurnStartParams {
            thread_id: id,
            input: entry.input,
            client_user_message_id: Some(entry.client_user_message_id),
            responsesapi_client_metadata: entry.responsesapi_client_metadata,
            ..TurnStartParams::default()
        };
        let shared = Arc::clone(&self.shared);
        let answer = move |started: Result<codex_app_server_protocol::v2::TurnStartResponse, EngineError>| {
            reply(started.map(|started| ThreadQueueStartResponse { turn: started.turn }));
            tell_queue(&shared);
        };
        self.start_turn(params, None, Box::new(answer));
    }
}
