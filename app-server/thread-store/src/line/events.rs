//! Lines that frame a turn and count its tokens.

use codex_app_server_protocol::v2;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::snake::{error_info, snake_keys};
use super::{CoreItem, Owner};

/// A turn begins.
#[derive(Clone, Debug)]
pub struct TaskStarted {
    /// The turn.
    pub turn_id: String,
    /// The turn that caused it; itself when no other did.
    pub root_turn_id: String,
    /// What set it off, in the client's words.
    pub turn_trigger: Option<String>,
    /// The turn it was started from.
    pub parent_turn_id: Option<String>,
    /// When it began, in seconds since 1970.
    pub started_at: i64,
    /// The tokens the model can take.
    pub model_context_window: Option<i64>,
    /// The collaboration mode.
    pub collaboration_mode_kind: v2::ModeKind,
}

#[derive(Serialize)]
pub(super) struct TaskStartedPayload<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    turn_attribution: TurnAttribution<'a>,
    turn_id: &'a str,
    root_turn_id: &'a str,
    started_at: i64,
    model_context_window: Option<i64>,
    collaboration_mode_kind: v2::ModeKind,
}

#[derive(Serialize)]
struct TurnAttribution<'a> {
    turn_id: &'a str,
    turn_trigger: Option<&'a str>,
    parent_turn_id: Option<&'a str>,
    initiating_agent_path: Option<&'a str>,
    root_turn_id: &'a str,
}

impl TaskStarted {
    pub(super) fn payload(&self) -> TaskStartedPayload<'_> {
        TaskStartedPayload {
            kind: "task_started",
            turn_attribution: TurnAttribution {
                turn_id: &self.turn_id,
                turn_trigger: self.turn_trigger.as_deref(),
                parent_turn_id: self.parent_turn_id.as_deref(),
                initiating_agent_path: None,
                root_turn_id: &self.root_turn_id,
            },
            turn_id: &self.turn_id,
            root_turn_id: &self.root_turn_id,
            started_at: self.started_at,
            model_context_window: self.model_context_window,
            collaboration_mode_kind: self.collaboration_mode_kind,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ItemCompletedPayload<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) thread_id: &'a str,
    pub(super) turn_id: &'a str,
    pub(super) item: &'a CoreItem,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) started_at_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) completed_at_ms: Option<i64>,
}

/// What one model response used, and the sums it brought the turn and the thread to.
#[derive(Clone, Debug)]
pub struct TokenUsageRecord {
    /// The turn.
    pub turn_id: String,
    /// The turn that caused it; itself when no other did.
    pub root_turn_id: String,
    /// The response, as the model's server names it.
    pub response_id: Option<String>,
    /// The response alone.
    pub usage: v2::TokenUsageBreakdown,
    /// The turn so far.
    pub turn_token_usage: v2::TokenUsageBreakdown,
    /// The thread so far.
    pub thread_token_usage: v2::TokenUsageBreakdown,
}

#[derive(Serialize)]
pub(super) struct TokenUsageRecordPayload<'a> {
    thread_id: &'a str,
    turn_id: &'a str,
    session_id: &'a str,
    root_turn_id: &'a str,
    response_id: Option<&'a str>,
    usage: Usage,
    turn_token_usage: Usage,
    thread_token_usage: Usage,
}

impl TokenUsageRecord {
    pub(super) fn payload<'a>(&'a self, owner: &'a Owner) -> TokenUsageRecordPayload<'a> {
        TokenUsageRecordPayload {
            thread_id: &owner.thread_id,
            turn_id: &self.turn_id,
            session_id: &owner.session_id,
            root_turn_id: &self.root_turn_id,
            response_id: self.response_id.as_deref(),
            usage: Usage::from(&self.usage),
            turn_token_usage: Usage::from(&self.turn_token_usage),
            thread_token_usage: Usage::from(&self.thread_token_usage),
        }
    }
}

/// Token usage and rate limits after a model response.
#[derive(Clone, Debug)]
pub struct TokenCount {
    /// The thread's usage; `None` when the response told none.
    pub usage: Option<v2::ThreadTokenUsage>,
    /// Whether the last response's tokens count reasoning of earlier ones.
    pub last_usage_includes_reasoning: bool,
    /// The limits the response told.
    pub rate_limits: Option<v2::RateLimitSnapshot>,
}

#[derive(Serialize)]
pub(super) struct TokenCountPayload {
    #[serde(rename = "type")]
    kind: &'static str,
    info: Option<TokenCountInfo>,
    rate_limits: Option<Value>,
}

/// The `info` of a `token_count` event.
#[derive(Serialize, Deserialize)]
pub(crate) struct TokenCountInfo {
    total_token_usage: Usage,
    last_token_usage: Usage,
    #[serde(default)]
    last_usage_includes_reasoning: bool,
    #[serde(default)]
    model_context_window: Option<i64>,
}

impl TokenCount {
    pub(super) fn payload(&self) -> Result<TokenCountPayload, serde_json::Error> {
        Ok(TokenCountPayload {
            kind: "token_count",
            info: self.usage.as_ref().map(|usage| TokenCountInfo {
                total_token_usage: Usage::from(&usage.total),
                last_token_usage: Usage::from(&usage.last),
                last_usage_includes_reasoning: self.last_usage_includes_reasoning,
                model_context_window: usage.model_context_window,
            }),
            rate_limits: self.rate_limits.as_ref().map(rate_limits).transpose()?,
        })
    }
}

/// The limits as a line spells them: without the model's slug, which is of the wire alone.
fn rate_limits(snapshot: &v2::RateLimitSnapshot) -> Result<Value, serde_json::Error> {
    let mut value = snake_keys(serde_json::to_value(snapshot)?);
    if let Some(object) = value.as_object_mut() {
        object.shift_remove("normal_model_slug");
        for window in ["primary", "secondary"] {
            if let Some(Value::Object(window)) = object.get_mut(window) {
                let minutes = window.shift_remove("window_duration_mins").unwrap_or_default();
                window.shift_insert(window.len().min(1), "window_minutes".to_owned(), minutes);
            }
        }
    }
    Ok(value)
}

impl From<TokenCountInfo> for v2::ThreadTokenUsage {
    fn from(info: TokenCountInfo) -> Self {
        Self {
            total: info.total_token_usage.into(),
            last: info.last_token_usage.into(),
            model_context_window: info.model_context_window,
        }
    }
}

/// A turn ended by itself.
#[derive(Clone, Debug)]
pub struct TaskComplete {
    /// The turn.
    pub turn_id: String,
    /// The turn that caused it; itself when no other did.
    pub root_turn_id: String,
    /// The text of the turn's last agent message.
    pub last_agent_message: Option<String>,
    /// Why the turn failed; `None` when it did not.
    pub error: Option<v2::TurnError>,
    /// When it began, in seconds since 1970.
    pub started_at: Option<i64>,
    /// When it ended, in seconds since 1970.
    pub completed_at: Option<i64>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<i64>,
    /// How long until the model's first token, in milliseconds.
    pub time_to_first_token_ms: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct TaskCompletePayload<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    root_turn_id: &'a str,
    turn_id: &'a str,
    last_agent_message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorLine<'a>>,
    started_at: Option<i64>,
    completed_at: Option<i64>,
    duration_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_first_token_ms: Option<i64>,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    message: &'a str,
    codex_error_info: Option<Value>,
}

impl TaskComplete {
    pub(super) fn payload(&self) -> Result<TaskCompletePayload<'_>, serde_json::Error> {
        let error = match &self.error {
            None => None,
            Some(error) => Some(ErrorLine {
                message: &error.message,
                codex_error_info: error.codex_error_info.as_ref().map(error_info).transpose()?,
            }),
        };
        Ok(TaskCompletePayload {
            kind: "task_complete",
            root_turn_id: &self.root_turn_id,
            turn_id: &self.turn_id,
            last_agent_message: self.last_agent_message.as_deref(),
            error,
            started_at: self.started_at,
            completed_at: self.completed_at,
            duration_ms: self.duration_ms,
            time_to_first_token_ms: self.time_to_first_token_ms,
        })
    }
}

/// A turn was ended from outside.
#[derive(Clone, Debug)]
pub struct TurnAborted {
    /// The turn.
    pub turn_id: String,
    /// The turn that caused it; itself when no other did.
    pub root_turn_id: String,
    /// Why, `interrupted` for a client's wish.
    pub reason: String,
    /// When it began, in seconds since 1970.
    pub started_at: Option<i64>,
    /// When it ended, in seconds since 1970.
    pub completed_at: Option<i64>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct TurnAbortedPayload<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    root_turn_id: &'a str,
    turn_id: &'a str,
    reason: &'a str,
    started_at: Option<i64>,
    completed_at: Option<i64>,
    duration_ms: Option<i64>,
}

impl TurnAborted {
    pub(super) fn payload(&self) -> TurnAbortedPayload<'_> {
        TurnAbortedPayload {
            kind: "turn_aborted",
            root_turn_id: &self.root_turn_id,
            turn_id: &self.turn_id,
            reason: &self.reason,
            started_at: self.started_at,
            completed_at: self.completed_at,
            duration_ms: self.duration_ms,
        }
    }
}

/// Token counts in the order of the lines.
#[derive(Serialize, Deserialize)]
struct Usage {
    #[serde(default)]
    input_tokens: i64,
    #[serde(default)]
    cached_input_tokens: i64,
    #[serde(default)]
    cache_write_input_tokens: i64,
    #[serde(default)]
    output_tokens: i64,
    #[serde(default)]
    reasoning_output_tokens: i64,
    #[serde(default)]
    total_tokens: i64,
}

impl From<&v2::TokenUsageBreakdown> for Usage {
    fn from(usage: &v2::TokenUsageBreakdown) -> Self {
        Self {
            input_tokens: usage.input_tokens,
            cached_input_tokens: usage.cached_input_tokens,
            cache_write_input_tokens: usage.cache_write_input_tokens,
            output_tokens: usage.output_tokens,
            reasoning_output_tokens: usage.reasoning_output_tokens,
            total_tokens: usage.total_tokens,
        }
    }
}

impl From<Usage> for v2::TokenUsageBreakdown {
    fn from(usage: Usage) -> Self {
        Self {
            total_tokens: usage.total_tokens,
            input_tokens: usage.input_tokens,
            cached_input_tokens: usage.cached_input_tokens,
            cache_write_input_tokens: usage.cache_write_input_tokens,
            output_tokens: usage.output_tokens,
            reasoning_output_tokens: usage.reasoning_output_tokens,
        }
    }
}
