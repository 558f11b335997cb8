//! What happens within a turn besides its items, as notifications, and changing the settings of a running turn. The
//! notifications go to the subscribers of the thread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::ReasoningEffort;
use crate::v2::{ApprovalsReviewer, ReasoningSummary, TurnEnvironmentParams};

/// `thread/compacted`: the history was summed up. Deprecated: go by items of type `contextCompaction`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContextCompactedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn in which it was done.
    pub turn_id: String,
}

/// `model/safetyBuffering/updated`: how safety buffering stands for a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelSafetyBufferingUpdatedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that is affected.
    pub turn_id: String,
    /// Slug of the model it concerns.
    pub model: String,
    /// Names of the use cases it concerns.
    pub use_cases: Vec<String>,
    /// Names of the reasons for it.
    pub reasons: Vec<String>,
    /// Whether clients should show the user that buffering goes on.
    pub show_buffering_ui: bool,
    /// Slug of a faster model; null for none.
    pub faster_model: Option<String>,
}

/// A verification that can be named for the model of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ModelVerification {
    /// Trusted access for work on cyber security.
    TrustedAccessForCyber,
}

/// `model/verification`: verifications for the model of a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelVerificationNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn they concern.
    pub turn_id: String,
    /// The verifications.
    pub verifications: Vec<ModelVerification>,
}

/// `turn/diff/updated`: all that a turn changed in files so far, in one diff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnDiffUpdatedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn whose changes these are.
    pub turn_id: String,
    /// The diff in the form of git, with full blob ids; it replaces the one sent before.
    pub diff: String,
}

/// `turn/moderationMetadata`: metadata about the moderation of a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnModerationMetadataNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn it is about.
    pub turn_id: String,
    /// The metadata; any JSON value, null included.
    pub metadata: JsonValue,
}

/// One step of the model's plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TurnPlanStep {
    /// What is to be done, for people.
    pub step: String,
    /// How far it is.
    pub status: TurnPlanStepStatus,
}

/// How far a step of a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TurnPlanStepStatus {
    /// Not begun.
    Pending,
    /// Being worked on.
    InProgress,
    /// Done.
    Completed,
}

/// `turn/plan/updated`: the plan of the model for a turn. Each one replaces the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnPlanUpdatedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn the plan is for.
    pub turn_id: String,
    /// Why it was changed, in the words of the model; null when it gave none.
    pub explanation: Option<String>,
    /// The steps, in order.
    pub plan: Vec<TurnPlanStep>,
}

/// Params of `turn/settings/update`: changes for one running turn of any kind. What is absent stays; fields that it
/// does not have are refused. Agents that the turn started keep theirs, and so does what works with the settings the
/// turn began with. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TurnSettingsUpdateParams {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn to change; one that does not run gives `targetUnavailable`.
    pub turn_id: String,
    /// Who answers approvals in this turn from now on; absent or null keeps it. Open approvals and steps under way stay
    /// with the former one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// Where commands of the next steps run. Absent or null keeps the choice, an empty list means nowhere; a step under
    /// way is not touched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<TurnEnvironmentParams>>,
    /// Slug of the model; absent or null keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Effort of reasoning; absent or null keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// How much of the reasoning is summed up; absent or null keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReasoningSummary>,
    /// Speed tier to ask for. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
}

/// Result of `turn/settings/update`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TurnSettingsUpdateResponse {
    /// Whether the running turn got the settings.
    pub status: TurnSettingsUpdateStatus,
}

/// What came of `turn/settings/update`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum TurnSettingsUpdateStatus {
    /// The next steps use them, also when they equal the former ones. Steps under way do not, and there may be no
    /// further call of the model.
    Applied,
    /// The turn was not running any more, so nothing was changed.
    TargetUnavailable,
}
