//! Asking the model on the side: single answers sampled from the context of a thread, and predictions that belong to
//! one of its turns. Requests of this domain are experimental.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::{ReasoningEffort, RequestId, ThreadSource};

/// Params of `thread/prediction/request`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadPredictionRequestParams {
    /// The thread to predict for.
    pub thread_id: String,
    /// The turn that the prediction builds on.
    pub source_turn_id: String,
}

/// Result of `thread/prediction/request`; it has no fields: the request was taken, and the result comes as a
/// notification.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadPredictionRequestResponse {}

/// What came of a prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ThreadPredictionResult {
    /// It came to its end.
    Completed {
        /// The predicted text; null when there is none.
        text: Option<String>,
    },
    /// It failed.
    Failed,
}

/// `thread/prediction/updated`: what came of a prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadPredictionUpdatedNotification {
    /// The thread it was made for.
    pub thread_id: String,
    /// The turn it builds on, as the request named it.
    pub source_turn_id: String,
    /// What came of it.
    pub result: ThreadPredictionResult,
}

/// Params of `thread/sample/cancel`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThreadSampleCancelParams {
    /// Id of the `thread/sample` request to cancel.
    pub request_id: RequestId,
}

/// Result of `thread/sample/cancel`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSampleCancelResponse {}

/// Params of `thread/sample`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSampleParams {
    /// The thread whose context is used; it must be loaded.
    pub thread_id: String,
    /// The newest turn of the thread, as the client knows it. It must have ended, in whatever way, unless
    /// `allowInProgressTurn` is true.
    pub expected_turn_id: String,
    /// Accepts a newest turn that still runs. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub allow_in_progress_turn: bool,
    /// What the model is asked.
    pub prompt: String,
    /// Effort of reasoning; used only where provider and model can change it without losing the prompt cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// Why it is asked, in the client's words, for statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_source: Option<ThreadSource>,
    /// What made the client ask, for statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_trigger: Option<String>,
    /// Notes for the turn metadata of the request to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
    /// Runs without MCP servers where the context taken over works with incremental tools over Responses Lite. Default
    /// false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub disable_mcp: bool,
    /// Whether cancelling also stops the request at the provider; absent or null: as the thread has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interrupt_on_cancel: Option<bool>,
}

/// Result of `thread/sample`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSampleResponse {
    /// The turn whose context was used.
    pub source_turn_id: String,
    /// Id of the model's response, as the provider gave it.
    pub response_id: String,
    /// What the model said; null when it wanted to call a tool instead, or said nothing.
    pub text: Option<String>,
    /// Tokens read; null when not reported.
    pub input_tokens: Option<i64>,
    /// Those of the tokens read that came from the prompt cache; null when not reported.
    pub cached_input_tokens: Option<i64>,
    /// Tokens written; null when not reported.
    pub output_tokens: Option<i64>,
}
