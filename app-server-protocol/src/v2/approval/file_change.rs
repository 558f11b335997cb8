//! Asking the client before the agent changes files. The changes themselves are in the `fileChange` item, whose
//! `item/started` comes first; the question goes to all subscribers of the thread, and the first answer counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is decided about changes to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum FileChangeApprovalDecision {
    /// Makes them, this once.
    Accept,
    /// Makes them and does not ask again for exactly these paths in this thread.
    AcceptForSession,
    /// Refuses them; the item ends as `declined`, the model is told and the turn goes on.
    Decline,
    /// Refuses them and interrupts the turn.
    Cancel,
}

/// Params of `item/fileChange/requestApproval`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileChangeRequestApprovalParams {
    /// The thread that asks.
    pub thread_id: String,
    /// The turn that waits for the answer.
    pub turn_id: String,
    /// The `fileChange` item with the changes to decide about.
    pub item_id: String,
    /// When the question was raised, in Unix milliseconds.
    pub started_at_ms: i64,
    /// Why it is asked, for people; null when there is nothing to add.
    pub reason: Option<String>,
    /// Unstable: a folder below which writing is to be allowed until the session ends; null: no such wish. Do not rely
    /// on it having an effect.
    pub grant_root: Option<String>,
}

/// Result of `item/fileChange/requestApproval`, from the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileChangeRequestApprovalResponse {
    /// What the user decided.
    pub decision: FileChangeApprovalDecision,
}
