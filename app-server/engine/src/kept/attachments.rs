//! `thread/attachment/*` and `thread/attachmentOwner/list`.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadAttachment, ThreadAttachmentAddOutcome, ThreadAttachmentAddParams, ThreadAttachmentAddResponse,
    ThreadAttachmentListParams, ThreadAttachmentListResponse, ThreadAttachmentOperation, ThreadAttachmentOwner,
    ThreadAttachmentOwnerListParams, ThreadAttachmentOwnerListResponse, ThreadAttachmentRemoveParams,
    ThreadAttachmentRemoveResponse, ThreadAttachmentUpdatedNotification,
};
use codex_thread_state::AttachmentKey;
use codex_thread_store::StoreError;

use super::thread_param;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;

/// How long each part of an attachment's name may be, in bytes.
const MAX_NAME: usize = 256;
/// How long a payload may be as JSON, in bytes.
const MAX_PAYLOAD: usize = 64 * 1024;

impl Engine {
    /// Stores an attachment with a thread that has a file.
    pub async fn add_attachment(&self, params: ThreadAttachmentAddParams, reply: Reply<ThreadAttachmentAddResponse>) {
        match self.inner.attach(params).await {
            Ok((id, attachment, is_new)) => {
                let outcome = match is_new {
                    true => ThreadAttachmentAddOutcome::Created,
                    false => ThreadAttachmentAddOutcome::Existing,
                };
                let told = told(id, &attachment, ThreadAttachmentOperation::Created);
                reply(Ok(ThreadAttachmentAddResponse { outcome, attachment }));
                if is_new {
                    self.inner.broadcast(told);
                }
            }
            Err(error) => reply(Err(error)),
        }
    }

    /// Lists the attachments of a thread.
    pub async fn list_attachments(
        &self,
        params: ThreadAttachmentListParams,
        reply: Reply<ThreadAttachmentListResponse>,
    ) {
        let id = match thread_param(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        let page = self.inner.state.attachments(id, params.cursor, params.limit).await;
        reply(match page {
            Ok(page) => Ok(ThreadAttachmentListResponse { data: page.data, next_cursor: page.next }),
            Err(error) => Err(error.into()),
        });
    }

    /// Lists the threads that have an attachment.
    pub async fn list_attachment_owners(
        &self,
        params: ThreadAttachmentOwnerListParams,
        reply: Reply<ThreadAttachmentOwnerListResponse>,
    ) {
        reply(self.inner.owners(params).await);
    }

    /// Takes an attachment away from a thread; none is there afterwards, whether there was one or not.
    pub async fn remove_attachment(
        &self,
        params: ThreadAttachmentRemoveParams,
        reply: Reply<ThreadAttachmentRemoveResponse>,
    ) {
        match self.inner.detach(params).await {
            Ok(removed) => {
                reply(Ok(ThreadAttachmentRemoveResponse {}));
                if let Some(removed) = removed {
                    self.inner.broadcast(ServerNotification::ThreadAttachmentUpdated(removed));
                }
            }
            Err(error) => reply(Err(error)),
        }
    }
}

impl Inner {
    async fn attach(&self, params: ThreadAttachmentAddParams) -> Result<(String, ThreadAttachment, bool), EngineError> {
        let id = thread_param(&params.thread_id)?;
        let key = key(params.attachment_type, params.identity_key)?;
        if params.payload.to_string().len() > MAX_PAYLOAD {
            return Err(EngineError::BadParams(format!("attachment payload must not exceed {MAX_PAYLOAD} bytes")));
        }
        self.must_be_stored(&id).await?;
        let env = &self.deps.env;
        let attachment = ThreadAttachment {
            id: env.new_id(),
            attachment_type: key.attachment_type,
            identity_key: key.identity_key,
            payload: params.payload,
            created_at: env.now_ms().div_euclid(1000),
        };
        let (attachment, is_new) = self.state.add_attachment(id.clone(), attachment).await?;
        Ok((id, attachment, is_new))
    }

    async fn detach(
        &self,
        params: ThreadAttachmentRemoveParams,
    ) -> Result<Option<ThreadAttachmentUpdatedNotification>, EngineError> {
        let id = thread_param(&params.thread_id)?;
        let key = key(params.attachment_type, params.identity_key)?;
        self.must_be_stored(&id).await?;
        let AttachmentKey { attachment_type, identity_key } = key.clone();
        let removed = self.state.remove_attachment(id.clone(), key).await?;
        Ok(removed.map(|attachment_id| ThreadAttachmentUpdatedNotification {
            thread_id: id,
            attachment_type,
            identity_key,
            attachment_id,
            operation: ThreadAttachmentOperation::Deleted,
        }))
    }

    async fn owners(
        &self,
        params: ThreadAttachmentOwnerListParams,
    ) -> Result<ThreadAttachmentOwnerListResponse, EngineError> {
        let key = key(params.attachment_type, params.identity_key)?;
        let page = self.state.attachment_owners(key, params.archived, params.cursor, params.limit).await?;
        let mut data = Vec::new();
        for thread_id in &page.threads {
            let archived = match self.deps.store.is_archived(thread_id).await {
                Ok(archived) => archived,
                // Another process has deleted it in some other way.
                Err(StoreError::NotFound { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            if params.archived.is_some_and(|wanted| wanted != archived) {
                continue;
            }
            if data.len() == page.limit {
                let last =
                    data.last().map(|owner: &ThreadAttachmentOwner| page.cursor(&owner.thread_id)).transpose()?;
                return Ok(ThreadAttachmentOwnerListResponse { data, next_cursor: last });
            }
            data.push(ThreadAttachmentOwner { thread_id: thread_id.clone(), archived });
        }
        Ok(ThreadAttachmentOwnerListResponse { data, next_cursor: None })
    }

    /// Only threads with a file have attachments.
    async fn must_be_stored(&self, id: &str) -> Result<(), EngineError> {
        match self.deps.store.exists(id).await? {
            true => Ok(()),
            false => Err(EngineError::BadParams(format!("thread not found: {id}"))),
        }
    }
}

fn key(attachment_type: String, identity_key: String) -> Result<AttachmentKey, EngineError> {
    for (what, text) in [("attachmentType", &attachment_type), ("identityKey", &identity_key)] {
        if text.trim().is_empty() {
            return Err(EngineError::BadParams(format!("{what} must not be empty")));
        }
        if text.len() > MAX_NAME {
            return Err(EngineError::BadParams(format!("{what} must not exceed {MAX_NAME} bytes")));
        }
    }
    Ok(AttachmentKey { attachment_type, identity_key })
}

fn told(thread_id: String, attachment: &ThreadAttachment, operation: ThreadAttachmentOperation) -> ServerNotification {
    ServerNotification::ThreadAttachmentUpdated(ThreadAttachmentUpdatedNotification {
        thread_id,
        attachment_type: attachment.attachment_type.clone(),
        identity_key: attachment.identity_key.clone(),
        attachment_id: attachment.id.clone(),
        operation,
    })
}
