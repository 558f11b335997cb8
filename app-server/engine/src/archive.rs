//! `thread/archive`, `thread/unarchive`, `thread/delete`, `thread/metadata/update`: threads as stored things.
//!
//! A loaded thread leaves memory before its files are moved or deleted; its writer lock goes from its recorder to who does
//! that, so that nobody can write the thread in between.

use std::sync::Arc;

use codex_app_server_protocol::v2;
use codex_app_server_protocol::{Event, ServerNotification};
use codex_thread_store::{MetadataChange, StoreError, WriterLock};

use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::listing;
use crate::registry::{session_id, thread_id};
use crate::thread::{self, Command, Handle, MetadataUpdate};

impl Engine {
    /// Archives a thread, loaded or stored. A running turn is interrupted.
    pub fn archive_thread(&self, params: &v2::ThreadArchiveParams, reply: Reply<v2::ThreadArchiveResponse>) {
        let id = match session_id(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        let inner = Arc::clone(&self.inner);
        let loaded = inner.threads.get(&id);
        tokio::spawn(async move {
            match inner.archive(&id, loaded).await {
                Ok(()) => {
                    reply(Ok(v2::ThreadArchiveResponse {}));
                    let archived = v2::ThreadArchivedNotification { thread_id: id };
                    inner.broadcast(ServerNotification::ThreadArchived(archived));
                }
                Err(error) => reply(Err(error)),
            }
        });
    }

    /// Brings a thread back from the archive; it is not loaded by that.
    pub fn unarchive_thread(&self, params: &v2::ThreadUnarchiveParams, reply: Reply<v2::ThreadUnarchiveResponse>) {
        let id = match session_id(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            match inner.unarchive(&id).await {
                Ok(thread) => {
                    reply(Ok(v2::ThreadUnarchiveResponse { thread }));
                    let unarchived = v2::ThreadUnarchivedNotification { thread_id: id };
                    inner.broadcast(ServerNotification::ThreadUnarchived(unarchived));
                }
                Err(error) => reply(Err(error)),
            }
        });
    }

    /// Deletes a thread, loaded, stored or archived. A running turn is interrupted.
    pub fn delete_thread(&self, params: &v2::ThreadDeleteParams, reply: Reply<v2::ThreadDeleteResponse>) {
        let id = match thread_id(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        let inner = Arc::clone(&self.inner);
        let loaded = inner.threads.get(&id);
        tokio::spawn(async move {
            match inner.delete(&id, loaded).await {
                Ok(()) => {
                    reply(Ok(v2::ThreadDeleteResponse {}));
                    let deleted = v2::ThreadDeletedNotification { thread_id: id };
                    inner.broadcast(ServerNotification::ThreadDeleted(deleted));
                }
                Err(error) => reply(Err(error)),
            }
        });
    }

    /// Changes what is stored about a thread beside its history, loaded or not.
    pub async fn update_metadata(
        &self,
        params: v2::ThreadMetadataUpdateParams,
        reply: Reply<v2::ThreadMetadataUpdateResponse>,
    ) {
        let (id, update) = match thread_id(&params.thread_id).and_then(|id| Ok((id, MetadataUpdate::new(params)?))) {
            Ok(checked) => checked,
            Err(error) => return reply(Err(error)),
        };
        if let Some(handle) = self.inner.threads.get(&id) {
            if handle.shared.log.is_ephemeral() {
                return reply(Err(EngineError::EphemeralMetadata(id)));
            }
            if let Some(project) = update.project {
                let recency = handle.shared.view().thread().recency_at;
                if let Err(error) = self.inner.assign_project(&id, project, recency).await {
                    return reply(Err(error));
                }
            }
            self.inner.refresh(&handle.shared).await;
            return self.send(&handle, Command::UpdateMetadata(update.change, reply)).await;
        }
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            let updated = inner.update_stored(&id, update).await;
            reply(updated.map(|thread| v2::ThreadMetadataUpdateResponse { thread }));
        });
    }
}

impl Inner {
    async fn archive(&self, id: &str, loaded: Option<Handle>) -> Result<(), EngineError> {
        let lock = match loaded {
            None => self.deps.store.lock(id).await?,
            Some(handle) if handle.shared.log.is_ephemeral() => {
                return Err(EngineError::RolloutNotFound(id.to_owned()));
            }
            Some(handle) => {
                thread::retire(&handle.mailbox).await;
                // Also a thread without a turn is archived, so it needs a file. Where that fails, the thread is
                // nevertheless free again.
                let written = handle.shared.log.flush().await;
                let lock = take_lock(id, &handle).await?;
                written?;
                lock
            }
        };
        Ok(self.deps.store.archive(lock).await?)
    }

    async fn unarchive(&self, id: &str) -> Result<v2::Thread, EngineError> {
        let store = &self.deps.store;
        let stored = store.unarchive(store.lock(id).await?).await?;
        Ok(self.with_facts(listing::with_provider(self, stored.thread)).await.0)
    }

    async fn delete(&self, id: &str, loaded: Option<Handle>) -> Result<(), EngineError> {
        let was_loaded = loaded.is_some();
        let lock = match loaded {
            None => self.deps.store.lock(id).await?,
            Some(handle) if handle.shared.log.is_ephemeral() => {
                return Err(EngineError::EphemeralDelete(id.to_owned()));
            }
            Some(handle) => {
                thread::retire(&handle.mailbox).await;
                take_lock(id, &handle).await?
            }
        };
        let deleted = self.deps.store.delete(lock).await;
        // The thread is gone, maybe since an attempt that was cut short; what is left of it here is never found again.
        if matches!(deleted, Ok(()) | Err(StoreError::NotFound { .. }))
            && let Err(error) = self.state.forget_thread(id.to_owned()).await
        {
            tracing::warn!(thread = id, %error, "what was kept of a deleted thread is left behind");
        }
        match deleted {
            // A loaded thread has no file before its first turn.
            Err(StoreError::NotFound { .. }) if was_loaded => Ok(()),
            deleted => Ok(deleted?),
        }
    }

    async fn update_stored(&self, id: &str, update: MetadataUpdate) -> Result<v2::Thread, EngineError> {
        let MetadataUpdate { change, project } = update;
        let store = &self.deps.store;
        let mut thread = match store.read(id, false).await {
            Ok(stored) => stored.thread,
            // Other words than for Git facts, as in the reference.
            Err(StoreError::NotFound { .. }) if matches!(project, Some(Some(_))) => {
                return Err(EngineError::Unreadable { what: "thread metadata", id: id.to_owned() });
            }
            Err(StoreError::NotFound { .. }) if change.git_info.is_none() => {
                return Err(EngineError::ThreadNotFound(id.to_owned()));
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(project) = project {
            self.assign_project(id, project, thread.recency_at).await?;
        }
        if change != MetadataChange::default() {
            store.set_metadata(id, change.clone()).await?;
            change.apply(&mut thread);
        }
        Ok(self.with_facts(listing::with_provider(self, thread)).await.0)
    }

    /// Tells everyone, outside the numbering of any thread.
    pub(crate) fn broadcast(&self, body: ServerNotification) {
        self.deps.audience.broadcast(&Arc::new(Event::new(None, 0, self.deps.env.now_ms(), body)), &[]);
    }
}

/// Takes the writer lock over from a thread that has ended.
async fn take_lock(id: &str, handle: &Handle) -> Result<WriterLock, EngineError> {
    handle.shared.log.close().await?.ok_or_else(|| EngineError::RolloutNotFound(id.to_owned()))
}
