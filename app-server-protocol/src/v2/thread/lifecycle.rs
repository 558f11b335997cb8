//! Putting threads away and bringing them back, deleting them, cutting their history short, and the facts stored beside
//! it. A change made by one connection is told to the others by a notification.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::Thread;

/// Params of `thread/archive`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadArchiveParams {
    /// The thread to archive.
    pub thread_id: String,
}

/// Result of `thread/archive`; it has no fields: an answer means that it was done. `thread/archived` follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadArchiveResponse {}

/// `thread/archived`: a thread was archived, and is no longer loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadArchivedNotification {
    /// The thread that was archived.
    pub thread_id: String,
}

/// Params of `thread/delete`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadDeleteParams {
    /// The thread to delete.
    pub thread_id: String,
}

/// Result of `thread/delete`; it has no fields: an answer means that it was done. `thread/deleted` follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadDeleteResponse {}

/// `thread/deleted`: a thread is gone for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadDeletedNotification {
    /// The thread that was deleted.
    pub thread_id: String,
}

/// Changes to the stored Git facts of a thread; at least one field must be given. Each has three states: absent keeps
/// the fact, null clears it, a text that is not empty replaces it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadMetadataGitInfoUpdateParams {
    /// Hash of the commit. Three states: absent keeps it, null clears it, a text replaces it; an empty one is refused.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub sha: Option<Option<String>>,
    /// Name of the branch. Three states: absent keeps it, null clears it, a text replaces it; an empty one is refused.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub branch: Option<Option<String>>,
    /// URL of the remote `origin`. Three states: absent keeps it, null clears it, a text replaces it; an empty one is
    /// refused.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin_url: Option<Option<String>>,
}

/// Params of `thread/metadata/update`: the thread, and at least one thing to change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadMetadataUpdateParams {
    /// The thread to change.
    pub thread_id: String,
    /// Id of an existing project that the thread is assigned to; an empty text takes it out of its project, absent
    /// keeps it.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<String>,
    /// Changes to the stored Git facts; absent changes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git_info: Option<ThreadMetadataGitInfoUpdateParams>,
    /// Choice about the Daybreak programme to save; absent or null keeps it. Grants nothing by itself, and turns do not
    /// follow it in their `cyberAccessProgram`; not for ephemeral threads.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub daybreak_enabled: Option<bool>,
}

/// Result of `thread/metadata/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadMetadataUpdateResponse {
    /// The thread as it is now.
    pub thread: Thread,
}

/// `thread/project/updated`: a thread belongs to another project, or to none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadProjectUpdatedNotification {
    /// The thread that was assigned.
    pub thread_id: String,
    /// Its project now; null for none.
    #[schemars(extend("x-required" = true))]
    #[serde(deserialize_with = "Option::deserialize")]
    pub project_id: Option<String>,
}

/// Params of `thread/revert`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRevertParams {
    /// The thread to cut short.
    pub thread_id: String,
    /// The first turn to leave out; all that follow go with it.
    pub before_turn_id: String,
}

/// Result of `thread/revert`: the thread, and where to read what is left of its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRevertResponse {
    /// The thread as it is now, loaded and without turns; page through `thread/turns/list` for them.
    pub thread: Thread,
    /// Cursor for `thread/turns/list` with direction `desc`; the page begins with the turn it stands for. Null when
    /// there is nothing to page.
    pub turns_backwards_cursor: Option<String>,
    /// Cursor for `thread/items/list` with direction `desc`; the page begins with the item it stands for. Null when
    /// there is nothing to page.
    pub items_backwards_cursor: Option<String>,
}

/// `thread/reverted`: the history of a thread was cut short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRevertedNotification {
    /// The thread whose history changed.
    pub thread_id: String,
}

/// Params of `thread/unarchive`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUnarchiveParams {
    /// The archived thread to bring back.
    pub thread_id: String,
}

/// Result of `thread/unarchive`. `thread/unarchived` follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadUnarchiveResponse {
    /// The thread, not loaded.
    pub thread: Thread,
}

/// `thread/unarchived`: a thread is back from the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUnarchivedNotification {
    /// The thread that was brought back.
    pub thread_id: String,
}
