//! Small commands on one thread: leaving it, naming it, compacting it.
//!
//! Each names its thread by id; an id that is no UUID or names no thread is refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Params of `thread/unsubscribe`: this connection wants no more of the thread's notifications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUnsubscribeParams {
    /// The thread.
    pub thread_id: String,
}

/// Result of `thread/unsubscribe`. The thread stays loaded for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUnsubscribeResponse {
    /// What was found and done.
    pub status: ThreadUnsubscribeStatus,
}

/// What `thread/unsubscribe` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadUnsubscribeStatus {
    /// No such thread is loaded.
    NotLoaded,
    /// The connection was no subscriber.
    NotSubscribed,
    /// It was, and is no more.
    Unsubscribed,
}

/// Params of `thread/name/set`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSetNameParams {
    /// The thread.
    pub thread_id: String,
    /// The new title; blanks around it are cut off, and an empty one is refused.
    pub name: String,
}

/// Result of `thread/name/set`; empty. All connections learn the name by `thread/name/updated`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSetNameResponse {}

/// Params of `thread/compact/start`: sum up the history now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadCompactStartParams {
    /// The thread.
    pub thread_id: String,
}

/// Result of `thread/compact/start`; empty, and sent at once. The work is a turn of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadCompactStartResponse {}
