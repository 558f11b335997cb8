//! `thread/memoryMode/set`.

use codex_app_server_protocol::v2::{ThreadMemoryModeSetParams, ThreadMemoryModeSetResponse};

use super::Known;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::registry::thread_id;

impl Engine {
    /// Keeps whether a thread takes part in memories.
    pub async fn set_memory_mode(&self, params: ThreadMemoryModeSetParams, reply: Reply<ThreadMemoryModeSetResponse>) {
        reply(self.inner.keep_memory_mode(params).await.map(|()| ThreadMemoryModeSetResponse {}));
    }
}

impl Inner {
    async fn keep_memory_mode(&self, params: ThreadMemoryModeSetParams) -> Result<(), EngineError> {
        let id = thread_id(&params.thread_id)?;
        match self.known(&id).await? {
            None | Some(Known::Stored { archived: true }) => return Err(EngineError::RolloutNotFound(id)),
            Some(Known::Loaded(handle)) if handle.shared.log.is_ephemeral() => {
                return Err(EngineError::EphemeralMetadata(id));
            }
            Some(_) => {}
        }
        Ok(self.state.set_memory_mode(id, params.mode).await?)
    }
}
