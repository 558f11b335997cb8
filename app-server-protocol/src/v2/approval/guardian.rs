//! Automatic review of approvals: with the reviewer `auto_review` a second model decides in the user's place. The
//! notifications show what it looks at and how it decided; the methods overrule a refusal or ask for a review. Most of
//! it is unstable and may change shape.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::{AbsolutePathBuf, LegacyAppPathString};
use crate::v2::{NetworkApprovalProtocol, RequestPermissionProfile};

/// Unstable: who made the final decision of an automatic review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AutoReviewDecisionSource {
    /// The reviewing agent.
    Agent,
}

/// Unstable: how an automatic review stands and what it found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianApprovalReview {
    /// How it stands.
    pub status: GuardianApprovalReviewStatus,
    /// How risky the action is; null when not assessed.
    pub risk_level: Option<GuardianRiskLevel>,
    /// How far the user is taken to have authorized the action; null when not assessed.
    pub user_authorization: Option<GuardianUserAuthorization>,
    /// Reasons of the reviewer, for people; null when none were given.
    pub rationale: Option<String>,
}

/// What is under review, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GuardianApprovalReviewAction {
    /// Running a command line.
    Command {
        /// The tool it came through.
        source: GuardianCommandSource,
        /// The command as one line.
        command: String,
        /// Directory it would run in.
        cwd: LegacyAppPathString,
    },
    /// Starting a program from within a command.
    Execve {
        /// The tool that the command came through.
        source: GuardianCommandSource,
        /// The program to start.
        program: String,
        /// Its argument vector.
        argv: Vec<String>,
        /// Directory it would run in, an absolute path.
        cwd: AbsolutePathBuf,
    },
    /// Sending input to a command that already runs.
    WriteStdin {
        /// Id of this approval, since the item is that of the running command.
        approval_id: String,
        /// The process to get the input.
        process_id: String,
        /// The input to send.
        stdin: String,
        /// Working directory that belongs to the command.
        cwd: LegacyAppPathString,
    },
    /// Changing files by a patch.
    ApplyPatch {
        /// Directory that the patch applies in.
        cwd: LegacyAppPathString,
        /// The files it touches.
        files: Vec<LegacyAppPathString>,
    },
    /// Reaching a host over the network.
    NetworkAccess {
        /// The destination as a whole, for display.
        target: String,
        /// Host to be reached.
        host: String,
        /// How it is to be reached.
        protocol: NetworkApprovalProtocol,
        /// Port to be reached, 0 to 65535.
        port: u16,
    },
    /// Calling a tool of an MCP server.
    McpToolCall {
        /// Name of the server.
        server: String,
        /// Name of the tool on that server.
        tool_name: String,
        /// Id of the connector behind the tool; null when there is none.
        connector_id: Option<String>,
        /// Name of the connector, for people; null when unknown.
        connector_name: Option<String>,
        /// Title of the tool, for people; null when it has none.
        tool_title: Option<String>,
    },
    /// Giving the model more permissions.
    RequestPermissions {
        /// Why the model wants them; null when it does not say.
        reason: Option<String>,
        /// The permissions asked for.
        permissions: RequestPermissionProfile,
    },
}

/// Unstable: how an automatic review stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GuardianApprovalReviewStatus {
    /// It runs.
    InProgress,
    /// The action was approved.
    Approved,
    /// The action was denied.
    Denied,
    /// It took too long and ended without a verdict.
    TimedOut,
    /// It was stopped before a verdict.
    Aborted,
}

/// The reviewer's verdict in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true, "x-root" = true))]
pub enum GuardianAssessmentOutcome {
    /// The action may go ahead.
    Allow,
    /// The action is refused.
    Deny,
}

/// The tool through which the model runs commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GuardianCommandSource {
    /// The shell tool.
    Shell,
    /// The exec tool with sessions that can be written to.
    UnifiedExec,
}

/// Unstable: how risky the reviewer finds an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GuardianRiskLevel {
    /// Little risk.
    Low,
    /// Some risk.
    Medium,
    /// Much risk.
    High,
    /// The highest level.
    Critical,
}

/// Unstable: how far the reviewer takes the user to have authorized an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GuardianUserAuthorization {
    /// It cannot be told.
    Unknown,
    /// Hardly.
    Low,
    /// In part.
    Medium,
    /// Clearly.
    High,
}

/// Params of `guardianWarning`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianWarningNotification {
    /// The thread that is warned about.
    pub thread_id: String,
    /// The warning in short, to show to the user.
    pub message: String,
}

/// Params of `item/autoApprovalReview/completed`. Unstable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemGuardianApprovalReviewCompletedNotification {
    /// The thread with the action.
    pub thread_id: String,
    /// The turn with the action.
    pub turn_id: String,
    /// When the review began, in Unix milliseconds.
    pub started_at_ms: i64,
    /// When the review ended, in Unix milliseconds.
    pub completed_at_ms: i64,
    /// Id of the review, the same as in `item/autoApprovalReview/started`.
    pub review_id: String,
    /// The item or tool call under review. Several reviews may share one: programs started within a command, and input
    /// to a running one. Null where there is none, as with network access.
    pub target_item_id: Option<String>,
    /// Who decided.
    pub decision_source: AutoReviewDecisionSource,
    /// How it ended and what was found.
    pub review: GuardianApprovalReview,
    /// What was reviewed.
    pub action: GuardianApprovalReviewAction,
}

/// Params of `item/autoApprovalReview/started`. Unstable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemGuardianApprovalReviewStartedNotification {
    /// The thread with the action.
    pub thread_id: String,
    /// The turn with the action.
    pub turn_id: String,
    /// When the review began, in Unix milliseconds.
    pub started_at_ms: i64,
    /// Id of the review; `item/autoApprovalReview/completed` has the same.
    pub review_id: String,
    /// The item or tool call under review. Several reviews may share one: programs started within a command, and input
    /// to a running one. Null where there is none, as with network access.
    pub target_item_id: Option<String>,
    /// How it stands.
    pub review: GuardianApprovalReview,
    /// What is reviewed.
    pub action: GuardianApprovalReviewAction,
}

/// Params of `autoApprovalReview/strictReviewRequired`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StrictReviewRequiredNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that needs strict review.
    pub turn_id: String,
    /// When the review began, in Unix milliseconds.
    pub started_at_ms: i64,
}

/// Params of `thread/approveGuardianDeniedAction`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadApproveGuardianDeniedActionParams {
    /// The thread in which the action was denied.
    pub thread_id: String,
    /// The reviewer's assessment event that denied the action, as JSON.
    pub event: JsonValue,
}

/// Result of `thread/approveGuardianDeniedAction`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadApproveGuardianDeniedActionResponse {}

/// What the automatic reviewer thinks of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub struct ThreadGuardianAssessment {
    /// The verdict.
    pub outcome: GuardianAssessmentOutcome,
    /// How risky the action is.
    pub risk_level: GuardianRiskLevel,
    /// How far the user is taken to have authorized it.
    pub user_authorization: GuardianUserAuthorization,
    /// Reasons for the verdict, for people.
    pub rationale: String,
}

/// Params of `thread/guardianReview`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGuardianReviewParams {
    /// The thread to review in; the connection stays subscribed to it afterwards.
    pub thread_id: String,
}

/// Result of `thread/guardianReview`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadGuardianReviewResponse {
    /// Id of the call that the answer is about.
    pub call_id: String,
    /// What was found; null when no review was needed, because of the policy in force or an approval given earlier.
    pub assessment: Option<ThreadGuardianAssessment>,
}
