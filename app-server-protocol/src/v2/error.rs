//! Why a turn failed: the message for people and the kind for programs.
//!
//! Kinds are matched by clients, so their names are fixed. The set grows: readers keep what they do not know as
//! [`CodexErrorInfo::Unknown`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::*;

/// The kind of a failure, beside its message.
///
/// Variants with `httpStatusCode` carry the status the provider answered with; null when there was no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
#[schemars(transform = open_union)]
pub enum CodexErrorInfo {
    /// The input is larger than the model's context.
    ContextWindowExceeded,
    /// The budget set for the session is used up.
    SessionBudgetExceeded,
    /// The account's allowance or quota is used up; trying again does not help before it renews.
    UsageLimitExceeded,
    /// Too many requests or tokens in a short time.
    RateLimitExceeded,
    /// The flexible service tier has no room at present.
    FlexUnavailable,
    /// The provider says it is overloaded.
    ServerOverloaded,
    /// The provider does not know the model, or the account may not use it.
    ModelNotFound,
    /// The provider's policy check has no capacity at present.
    PolicyCapacityUnavailable,
    /// Refused by the provider's rules on attacks and defence of computers.
    CyberPolicy,
    /// Stopped because the model's behaviour broke the provider's rules; see `misalignment` of the error.
    MisalignmentPolicyViolation,
    /// The turn ended because too many of its actions were refused.
    TooManyDenials,
    /// The provider answered with status 500.
    InternalServerError,
    /// The login is missing, expired or refused.
    Unauthorized,
    /// The request could not be carried out as given.
    BadRequest,
    /// Going back in the thread failed.
    ThreadRollbackFailed,
    /// The sandbox could not be set up.
    SandboxError,
    /// None of these; only the message tells.
    Other,
    /// A hook of the workspace refused the request to the model.
    InferenceHookDenied,
    /// No connection, or an answer with a status that is no success.
    HttpConnectionFailed {
        /// Status of the provider's answer; null when none came.
        http_status_code: Option<u16>,
    },
    /// The stream of the answer could not be opened.
    ResponseStreamConnectionFailed {
        /// Status of the provider's answer; null when none came.
        http_status_code: Option<u16>,
    },
    /// The stream broke off before the answer was complete.
    ResponseStreamDisconnected {
        /// Status of the provider's answer; null when none came.
        http_status_code: Option<u16>,
    },
    /// All retries are used up.
    ResponseTooManyFailedAttempts {
        /// Status of the provider's answer; null when none came.
        http_status_code: Option<u16>,
    },
    /// `turn/start` or `turn/steer` came while a turn runs that takes no further input.
    ActiveTurnNotSteerable {
        /// What that turn does.
        turn_kind: NonSteerableTurnKind,
    },
    /// A kind of a later version, kept as it came.
    #[serde(untagged)]
    #[schemars(skip)]
    Unknown(JsonValue),
}

/// Readers must expect values that later servers add: the union ends with any string or object.
fn open_union(schema: &mut schemars::Schema) {
    if let Some(JsonValue::Array(arms)) = schema.get_mut("anyOf") {
        arms.push(serde_json::json!({ "type": ["string", "object"] }));
    }
}

/// Turns that take no further input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NonSteerableTurnKind {
    /// A review.
    Review,
    /// A compaction asked for by the user.
    Compact,
}

/// What the provider says about a stop for misaligned behaviour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MisalignmentErrorDetails {
    /// Category in the provider's words; an open set.
    pub error_type: Option<String>,
    /// Explanation for the user, in their language. Without it a client offers no way to continue.
    pub detailed_explanation: Option<String>,
    /// How to continue once the user agrees; null when continuing is not possible.
    pub steer: Option<MisalignmentSteer>,
    /// Token of the provider that names what was stopped; not to be read, and alone no permission to continue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_target: Option<String>,
}

/// How to continue after such a stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MisalignmentSteer {
    /// Text to send as the input of the next turn.
    pub message: String,
}

/// `error`: a turn met an error; sent for every retry of a stream and for the final failure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorNotification {
    /// What went wrong.
    pub error: TurnError,
    /// True while the server tries again by itself; false when the turn fails with this error.
    pub will_retry: bool,
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that met the error.
    pub turn_id: String,
}
