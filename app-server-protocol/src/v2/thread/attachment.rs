//! Attachments: small records that clients store with a thread, apart from its history. An attachment is named by its
//! type and an identity key within its thread; the same pair on several threads can be looked up across the store of
//! this server.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// A record that a client stored with a thread; it is kept on its own, not in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachment {
    /// Id of the attachment.
    pub id: String,
    /// The kind of attachment, as the client named it.
    pub attachment_type: String,
    /// Key that tells it from others of its type on the thread.
    pub identity_key: String,
    /// The content, any JSON value; the client decides its form.
    pub payload: JsonValue,
    /// When it was created, in Unix seconds.
    pub created_at: i64,
}

/// Whether `thread/attachment/add` made something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadAttachmentAddOutcome {
    /// It was created by this request.
    Created,
    /// The thread already had one with this type and key.
    Existing,
}

/// Params of `thread/attachment/add`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentAddParams {
    /// The thread to store it with.
    pub thread_id: String,
    /// The kind of attachment, a name of the client's choice.
    pub attachment_type: String,
    /// Key that tells it from others of its type; with the type it decides whether there is one already.
    pub identity_key: String,
    /// The content, any JSON value.
    pub payload: JsonValue,
}

/// Result of `thread/attachment/add`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadAttachmentAddResponse {
    /// Whether it was created or was there already.
    pub outcome: ThreadAttachmentAddOutcome,
    /// The attachment as it is stored.
    pub attachment: ThreadAttachment,
}

/// Params of `thread/attachment/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentListParams {
    /// The thread whose attachments are wanted.
    pub thread_id: String,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Attachments per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/attachment/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentListResponse {
    /// The attachments of this page.
    pub data: Vec<ThreadAttachment>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// What happened to an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadAttachmentOperation {
    /// It was stored with the thread.
    Created,
    /// It was deleted from the thread.
    Deleted,
}

/// A thread that has the attachment asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentOwner {
    /// Id of the thread.
    pub thread_id: String,
    /// Whether the thread is archived; says nothing about whether a turn runs in it.
    pub archived: bool,
}

/// Params of `thread/attachmentOwner/list`: which attachment to look for in the store of this server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentOwnerListParams {
    /// The kind of attachment to look for.
    pub attachment_type: String,
    /// The identity key to look for.
    pub identity_key: String,
    /// True for archived threads only, false for those that are not; absent or null: both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Threads per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/attachmentOwner/list`. Threads in which the user has written nothing yet are shown too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentOwnerListResponse {
    /// The threads of this page.
    pub data: Vec<ThreadAttachmentOwner>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/attachment/remove`; the attachment is named by type and key, not by its id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentRemoveParams {
    /// The thread to take it from.
    pub thread_id: String,
    /// The kind of attachment to delete.
    pub attachment_type: String,
    /// The identity key of the attachment to delete.
    pub identity_key: String,
}

/// Result of `thread/attachment/remove`; it has no fields: an answer means that it was deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadAttachmentRemoveResponse {}

/// `thread/attachment/updated`: an attachment was created or deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadAttachmentUpdatedNotification {
    /// The thread that owns or owned it.
    pub thread_id: String,
    /// The kind of attachment.
    pub attachment_type: String,
    /// The identity key of the attachment.
    pub identity_key: String,
    /// Id of the attachment, also after it was deleted.
    pub attachment_id: String,
    /// What happened to it.
    pub operation: ThreadAttachmentOperation,
}
