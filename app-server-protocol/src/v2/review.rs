//! Code reviews by the model. A review is a turn of the thread it was asked on, with its own items (`enteredReviewMode`
//! ... `exitedReviewMode`), and runs without network, sub-agents and MCP tools. A configured `review_model` decides
//! which model reviews.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::Turn;

/// Where a review runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReviewDelivery {
    /// On the thread that was given; the only place there is. `detached` is refused.
    Inline,
}

/// Params of `review/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewStartParams {
    /// The thread to review on.
    pub thread_id: String,
    /// What to review.
    pub target: ReviewTarget,
    /// Where to run it; absent or null: `inline`, the only choice. For a review apart, start a thread of its own and
    /// name that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<ReviewDelivery>,
}

/// Result of `review/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewStartResponse {
    /// The turn of the review; its items hold a user message that says what is reviewed.
    pub turn: Turn,
    /// The thread the review runs on, always the one that was given.
    pub review_thread_id: String,
}

/// What a review looks at. Blank texts are refused with -32600.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ReviewTarget {
    /// Everything not committed: what is staged, what is not, and new files.
    UncommittedChanges,
    /// How the current branch differs from another; outside of git the turn fails.
    BaseBranch {
        /// The branch to compare with; not blank.
        branch: String,
    },
    /// What one commit changed.
    Commit {
        /// Hash of the commit; not blank.
        sha: String,
        /// Text to show for it, such as its subject line; absent or null: none.
        title: Option<String>,
    },
    /// Whatever the client asks for in its own words.
    Custom {
        /// What to review and how; not blank.
        instructions: String,
    },
}
