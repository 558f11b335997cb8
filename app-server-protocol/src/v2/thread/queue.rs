//! The queue of a thread: inputs of the user that wait for their turn, kept by the server so that every client sees the
//! same. `thread/queue/changed` tells of changes; read the list again then. Requests of this domain are experimental.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{Turn, UserInput};

/// An input that waits in the queue of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueuedSubmission {
    /// Id of the entry, for the other methods of the queue.
    pub id: String,
    /// The parts of the message.
    pub input: Vec<UserInput>,
    /// The client's own id of the message; comes back as `clientId` of its item.
    pub client_user_message_id: String,
    /// Notes for the turn metadata of requests to the model; they stay with the input when a client reconnects or the
    /// queue is restored. Null for none.
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
}

/// Params of `thread/queue/add`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueAddParams {
    /// The thread that the input is for.
    pub thread_id: String,
    /// The parts of the message.
    pub input: Vec<UserInput>,
    /// The client's own id of the message; comes back as `clientId` of its item.
    pub client_user_message_id: String,
    /// Notes of the client that sends the input, for the turn metadata of requests to the model; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
}

/// Result of `thread/queue/add`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueAddResponse {
    /// The entry as it is stored.
    pub queued_submission: QueuedSubmission,
}

/// `thread/queue/changed`: entries came, went, moved or changed; it does not carry them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueChangedNotification {
    /// The thread whose queue changed.
    pub thread_id: String,
}

/// Params of `thread/queue/delete`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueDeleteParams {
    /// The thread whose queue it is.
    pub thread_id: String,
    /// The entry to take out.
    pub queued_submission_id: String,
}

/// Result of `thread/queue/delete`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadQueueDeleteResponse {
    /// Whether an entry was taken out.
    pub deleted: bool,
}

/// Params of `thread/queue/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueListParams {
    /// The thread whose queue is wanted.
    pub thread_id: String,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Entries per page; absent or null: as many as `thread/list` gives by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/queue/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueListResponse {
    /// The entries of this page, the next to run first.
    pub data: Vec<QueuedSubmission>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/queue/reorder`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueReorderParams {
    /// The thread whose queue it is.
    pub thread_id: String,
    /// Ids of the entries in the order wanted.
    pub queued_submission_ids: Vec<String>,
}

/// Result of `thread/queue/reorder`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadQueueReorderResponse {}

/// Params of `thread/queue/start`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueStartParams {
    /// The thread to start the turn in.
    pub thread_id: String,
    /// The entry to start with; absent or null: the server's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queued_submission_id: Option<String>,
}

/// Result of `thread/queue/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadQueueStartResponse {
    /// The turn that was started.
    pub turn: Turn,
}

/// Params of `thread/queue/update`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueUpdateParams {
    /// The thread whose queue it is.
    pub thread_id: String,
    /// The entry to change.
    pub queued_submission_id: String,
    /// The new parts of the message, in place of all former ones.
    pub input: Vec<UserInput>,
    /// New notes in place of the former ones; absent, null or empty keeps those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
}

/// Result of `thread/queue/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadQueueUpdateResponse {
    /// The entry as it is now.
    pub queued_submission: QueuedSubmission,
}
