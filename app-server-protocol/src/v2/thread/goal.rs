//! Goals: what a thread is to reach over many turns, which it goes on with by itself. A thread has at most one goal; a
//! budget in tokens may bound it, and its use of tokens and time is counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a thread works towards, and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoal {
    /// The thread it belongs to.
    pub thread_id: String,
    /// What is to be reached, in plain words.
    pub objective: String,
    /// How it stands.
    pub status: ThreadGoalStatus,
    /// Tokens that may be spent on it; null for no limit.
    pub token_budget: Option<i64>,
    /// Tokens spent on it so far.
    pub tokens_used: i64,
    /// Time spent on it so far, in seconds.
    pub time_used_seconds: i64,
    /// When it was set, in Unix seconds.
    pub created_at: i64,
    /// When it last changed, in Unix seconds.
    pub updated_at: i64,
}

/// Params of `thread/goal/clear`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoalClearParams {
    /// The thread whose goal to take away.
    pub thread_id: String,
    /// Who wants it; absent or null does not count as the user's wish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<ThreadGoalMutationOrigin>,
}

/// Result of `thread/goal/clear`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadGoalClearResponse {
    /// Whether there was a goal to take away.
    pub cleared: bool,
}

/// Params of `thread/goal/get`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoalGetParams {
    /// The thread whose goal is wanted.
    pub thread_id: String,
}

/// Result of `thread/goal/get`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadGoalGetResponse {
    /// The goal; null when the thread has none.
    pub goal: Option<ThreadGoal>,
}

/// Who wants a goal to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadGoalMutationOrigin {
    /// The user, by an action of their own.
    User,
    /// Nobody in particular: the goal changes by itself, in the course of the work on it.
    Automatic,
}

/// Params of `thread/goal/set`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoalSetParams {
    /// The thread that gets the goal.
    pub thread_id: String,
    /// Who wants it; absent or null does not count as the user's wish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<ThreadGoalMutationOrigin>,
    /// What is to be reached; absent or null gives no new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// Status to put the goal in; absent or null asks for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ThreadGoalStatus>,
    /// Tokens that may be spent on it. `max_goal_token_budget` of the configuration is the highest that is allowed,
    /// when set. Absent leaves it; null takes it away.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub token_budget: Option<Option<i64>>,
}

/// Result of `thread/goal/set`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadGoalSetResponse {
    /// The goal as it is now.
    pub goal: ThreadGoal,
}

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadGoalStatus {
    /// It is worked on.
    Active,
    /// Work on it rests until it is taken up again.
    Paused,
    /// Something stands in the way of going on.
    Blocked,
    /// Stopped by a usage limit.
    UsageLimited,
    /// Stopped by its token budget.
    BudgetLimited,
    /// It was reached.
    Complete,
}

/// `thread/goal/updated`: the goal of a thread was set or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGoalUpdatedNotification {
    /// The thread that has the goal.
    pub thread_id: String,
    /// The turn in which it changed; null when it was none.
    pub turn_id: Option<String>,
    /// The goal as it is now.
    pub goal: ThreadGoal,
}
