//! `thread/readState/update`.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadReadState, ThreadReadStateChangedNotification, ThreadReadStateOperation, ThreadReadStateUpdateParams,
    ThreadReadStateUpdateResponse,
};

use super::{Known, thread_param};
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::thread::Handle;

impl Engine {
    /// Marks a thread as read or unread. Its subscribers are told.
    pub async fn update_read_state(
        &self,
        params: ThreadReadStateUpdateParams,
        reply: Reply<ThreadReadStateUpdateResponse>,
    ) {
        let (read_state, loaded) = match self.inner.mark_read(params).await {
            Ok(marked) => marked,
            Err(error) => return reply(Err(error)),
        };
        reply(Ok(ThreadReadStateUpdateResponse { read_state: read_state.clone() }));
        if let Some(handle) = loaded {
            let changed = ThreadReadStateChangedNotification { thread_id: handle.shared.id.to_string(), read_state };
            handle.shared.sink.emit(ServerNotification::ThreadReadStateChanged(changed));
        }
    }
}

impl Inner {
    async fn mark_read(
        &self,
        params: ThreadReadStateUpdateParams,
    ) -> Result<(ThreadReadState, Option<Handle>), EngineError> {
        let id = thread_param(&params.thread_id)?;
        let loaded = match self.known(&id).await? {
            None => return Err(EngineError::ThreadNotLoaded(id)),
            Some(Known::Stored { .. }) => None,
            Some(Known::Loaded(handle)) => {
                self.refresh(&handle.shared).await;
                // Before the first turn there is nothing to read.
                if handle.shared.view().read_state().is_none() {
                    return Err(EngineError::NoReadState);
                }
                Some(handle)
            }
        };
        let unread = params.operation == ThreadReadStateOperation::Unread;
        let revision = self.deps.env.new_id();
        let read_state = self.state.mark_read(id, unread, params.expected_revision, revision).await?;
        if let Some(handle) = &loaded {
            handle.shared.view().set_read_state(read_state.clone());
        }
        Ok((read_state, loaded))
    }
}
