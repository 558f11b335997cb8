//! `thread/revert`: a loaded thread goes on from before one of its turns. Its file stays; a second one goes on from the place.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    Thread, ThreadHistoryMode, ThreadRevertParams, ThreadRevertResponse, ThreadRevertedNotification, ThreadStartParams,
    ThreadStatus,
};
use codex_thread_store::{Cut, StoreError, ThreadFile, WriterLock};

use super::prepare::{Asked, Beginning, Prepared, Revert, prepare};
use super::resume::note_resumption;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::settings::Settings;
use crate::thread::{self, Actor, Handle};

impl Engine {
    /// Takes a loaded thread back to before a turn. A running turn is interrupted; subscribers stay.
    pub async fn revert_thread(&self, params: ThreadRevertParams, reply: Reply<ThreadRevertResponse>) {
        let inner = &self.inner;
        let handle = match self.loaded(&params.thread_id) {
            Ok(handle) => handle,
            Err(error) => return reply(Err(error)),
        };
        let shown = handle.shared.view().thread();
        if handle.shared.log.is_ephemeral() {
            return reply(Err(EngineError::EphemeralRevert));
        }
        if shown.history_mode != ThreadHistoryMode::Paginated {
            return reply(Err(EngineError::LegacyRevert));
        }
        let _loading = inner.threads.loading(&handle.shared.id).await;
        match inner.revert(&handle, shown, params.before_turn_id).await {
            Ok(cursor) => {
                let thread = match inner.threads.get(&handle.shared.id) {
                    Some(handle) => handle.shared.view().thread(),
                    None => return reply(Err(EngineError::ThreadNotFound(handle.shared.id.to_string()))),
                };
                reply(Ok(ThreadRevertResponse {
                    thread,
                    turns_backwards_cursor: cursor.clone(),
                    items_backwards_cursor: cursor,
                }));
                let reverted = ThreadRevertedNotification { thread_id: handle.shared.id.to_string() };
                inner.broadcast(ServerNotification::ThreadReverted(reverted));
            }
            Err(error) => reply(Err(error)),
        }
    }
}

impl Inner {
    /// Unloads the thread, cuts its history and loads it again. Where that fails it is loaded as it was.
    async fn revert(
        self: &Arc<Self>,
        handle: &Handle,
        shown: Thread,
        turn_id: String,
    ) -> Result<Option<String>, EngineError> {
        let id = handle.shared.id.to_string();
        let gone = || EngineError::ThreadNotFound(id.clone());
        let settings = thread::retire(&handle.mailbox).await.ok_or_else(gone)?;
        let lock = handle.shared.log.close().await?.ok_or_else(gone)?;
        let cut = self.deps.store.history(ThreadFile::Id(id.clone()), Cut::Before(turn_id), false).await;
        match cut {
            Ok(history) => {
                let cursor = history.last_turn.as_ref().map(|(id, _)| id.clone());
                let sink = handle.shared.sink.succeed();
                let revert = Revert { history, lock, settings, sink, shown };
                let asked = self.asked_again(handle)?;
                let prepared = prepare(self, asked, Beginning::Reverted(Box::new(revert)))?;
                note_resumption(&prepared.shared, &prepared.actor.settings, None, None);
                prepared.shared.log.flush().await?;
                self.load_again(prepared);
                Ok(cursor)
            }
            Err(error) => {
                self.load_as_it_was(handle, &id, lock, settings, &error).await?;
                Err(error.into())
            }
        }
    }

    /// Loads a thread again that could not be cut. One without a file stays unloaded.
    async fn load_as_it_was(
        self: &Arc<Self>,
        handle: &Handle,
        id: &str,
        lock: WriterLock,
        settings: Settings,
        error: &StoreError,
    ) -> Result<(), EngineError> {
        if matches!(error, StoreError::NotFound { .. }) {
            return Ok(());
        }
        drop(lock);
        let resumed = self.deps.store.resume(ThreadFile::Id(id.to_owned()), false).await?;
        let asked = self.asked_again(handle)?;
        let beginning =
            Beginning::Resumed(Box::new(resumed.history), resumed.recorder, Some(handle.shared.sink.succeed()));
        let mut prepared = prepare(self, asked, beginning)?;
        prepared.actor.settings = settings;
        prepared.actor.past.has_settings = true;
        self.load_again(prepared);
        Ok(())
    }

    fn asked_again(&self, handle: &Handle) -> Result<Asked, EngineError> {
        let load_request = handle.shared.load_request.clone();
        let config = self.load_config(&load_request)?;
        Ok(Asked { params: ThreadStartParams::default(), load_request, config })
    }

    fn load_again(&self, prepared: Prepared) {
        let Prepared { shared, actor, handle, .. } = prepared;
        self.threads.insert(handle);
        shared.set_status(ThreadStatus::Idle);
        tokio::spawn(Actor::new(actor).run());
    }
}
