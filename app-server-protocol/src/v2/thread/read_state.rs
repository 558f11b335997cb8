//! Marking a thread as read or unread, for clients that show what is new. Two clients may do so at a time, so an update
//! names the revision it was decided on. The domain is experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::ThreadReadState;

/// How to mark a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ThreadReadStateOperation {
    /// As read.
    Read,
    /// As unread.
    Unread,
}

/// Params of `thread/readState/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadStateUpdateParams {
    /// The thread to mark.
    pub thread_id: String,
    /// How to mark it.
    pub operation: ThreadReadStateOperation,
    /// `revision` of the read state that the user had before their eyes; after a conflict, wait for the user to act
    /// again.
    pub expected_revision: String,
}

/// Result of `thread/readState/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadStateUpdateResponse {
    /// The state as it is now.
    pub read_state: ThreadReadState,
}
