//! From what a provider sent to the error it means: HTTP statuses with their bodies, and codes within a stream.
//!
//! Shared by all wires. A [`Failure`] also says whether the request itself is to be repeated before anyone is told.

use std::time::Duration;

use serde::Deserialize;

use crate::error::{ModelError, ModelErrorKind as Kind};
use crate::retry::{named_pause, retry_after};

/// A request that brought no stream.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the caller is told when it stays so.
    pub(crate) error: ModelError,
    /// `Some` when the request is to be repeated; with the pause the provider asked for, if any.
    pub(crate) repeat: Option<Option<Duration>>,
}

impl Failure {
    pub(crate) fn last(error: ModelError) -> Self {
        Self { error, repeat: None }
    }

    pub(crate) fn repeatable(error: ModelError) -> Self {
        Self { error, repeat: Some(None) }
    }
}

/// An answer with a status other than success.
pub(crate) struct Refusal<'a> {
    pub(crate) status: reqwest::StatusCode,
    pub(crate) headers: &'a reqwest::header::HeaderMap,
    /// As much of the body as came; bytes that are no text are replaced.
    pub(crate) body: &'a str,
    /// Where the request went, without its query.
    pub(crate) url: &'a str,
}

/// `error` of a JSON body, or of a failed response.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ErrorBody {
    #[serde(deserialize_with = "crate::json::text_or_none")]
    pub(crate) code: Option<String>,
    #[serde(rename = "type", deserialize_with = "crate::json::text_or_none")]
    pub(crate) kind: Option<String>,
    #[serde(deserialize_with = "crate::json::text_or_none")]
    pub(crate) message: Option<String>,
}

impl ErrorBody {
    /// The code, also where a local server says it in its own way.
    pub(crate) fn code(&self) -> Option<&str> {
        match self.kind.as_deref() {
            Some("exceed_context_size_error") => Some("context_length_exceeded"),
            _ => self.code.as_deref(),
        }
    }
}

#[derive(Deserialize)]
struct Body {
    error: ErrorBody,
}

/// The most of a body that is shown in a sentence of ours, in characters.
const SHOWN: usize = 1000;

impl Refusal<'_> {
    pub(crate) fn failure(&self) -> Failure {
        let status = self.status.as_u16();
        let after = retry_after(self.headers);
        let body = serde_json::from_str::<Body>(self.body).map(|body| body.error).unwrap_or_default();
        let error = self.error(&body, after);
        // 5xx: the request may be repeated silently, whatever the final word will be.
        Failure { repeat: (status >= 500).then_some(after), error }
    }

    fn error(&self, body: &ErrorBody, after: Option<Duration>) -> ModelError {
        let status = self.status.as_u16();
        match (status, body.code()) {
            (
                400 | 404,
                Some(code @ ("context_length_exceeded" | "cyber_policy" | "misalignment_policy_violation")),
            )
            | (400, Some(code @ "invalid_prompt"))
            | (404 | 400, Some(code @ "model_not_found"))
            | (503, Some(code @ ("server_is_overloaded" | "slow_down" | "policy_capacity_unavailable")))
            | (429, Some(code @ "insufficient_quota")) => {
                let mut error = from_code(Some(code), body.message.as_deref());
                if let crate::error::Retry::Stream { after: named } = &mut error.retry {
                    *named = after.or(*named);
                }
                error
            }
            (400, _)
                if body.message.as_deref().is_some_and(|text| text.contains("does not represent a valid image")) =>
            {
                ModelError::new(
                    Kind::BadRequest,
                    "The provider could not read an image of the input. Leave it out and try again.",
                )
            }
            (400, _) => ModelError::new(Kind::Other, self.body),
            (429, _) if body.kind.as_deref() == Some("usage_limit_reached") => usage_limit(self.body),
            (429, _) if body.kind.as_deref() == Some("usage_not_included") => {
                from_code(Some("usage_not_included"), None)
            }
            (429, _) => {
                let mut message = "exceeded retry limit, last status: 429 Too Many Requests".to_owned();
                if let Some(id) = self.header("x-request-id") {
                    message.push_str(&format!(", request id: {id}"));
                }
                let error = ModelError::new(Kind::ResponseTooManyFailedAttempts, message).status(429);
                if after.is_some() { error.again(after) } else { error }
            }
            (500, _) => internal().again(after),
            _ => ModelError::new(Kind::HttpConnectionFailed, self.sentence(body)).status(status).again(after),
        }
    }

    fn sentence(&self, body: &ErrorBody) -> String {
        let text = body.message.as_deref().unwrap_or(self.body).trim();
        let text = if text.is_empty() { "Unknown error" } else { text };
        let (shown, dots) = match text.char_indices().nth(SHOWN) {
            Some((cut, _)) => (&text[..cut], "..."),
            None => (text, ""),
        };
        let mut sentence = format!("unexpected status {}: {shown}{dots}, url: {}", self.status, self.url);
        for (name, label) in [("cf-ray", "cf-ray"), ("x-request-id", "request id")] {
            if let Some(value) = self.header(name) {
                sentence.push_str(&format!(", {label}: {value}"));
            }
        }
        sentence
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().filter(|value| !value.is_empty())
    }
}

fn internal() -> ModelError {
    ModelError::new(
        Kind::InternalServerError,
        "The provider failed while working on the request (500). It may work again shortly.",
    )
}

/// 429 of the type `usage_limit_reached`, with the time at which the limit is lifted when the body names it.
fn usage_limit(body: &str) -> ModelError {
    #[derive(Deserialize)]
    struct Limit {
        resets_in_seconds: Option<f64>,
    }
    #[derive(Deserialize)]
    struct Outer {
        error: Limit,
    }
    let wait = serde_json::from_str::<Outer>(body).ok().and_then(|outer| outer.error.resets_in_seconds);
    let mut message = "The usage limit of this account is reached.".to_owned();
    match wait {
        Some(seconds) if seconds.is_finite() && seconds > 0.0 => {
            let minutes = (seconds / 60.0).ceil() as u64;
            match (minutes / 60, minutes % 60) {
                (0, minutes) => message.push_str(&format!(" Try again in {minutes} min.")),
                (hours, minutes) => message.push_str(&format!(" Try again in {hours} h {minutes} min.")),
            }
        }
        _ => message.push_str(" Try again later."),
    }
    ModelError::new(Kind::UsageLimitExceeded, message)
}

/// The error that a code of a failed response means, with the provider's message.
pub(crate) fn from_code(code: Option<&str>, message: Option<&str>) -> ModelError {
    let message = message.filter(|message| !message.is_empty());
    let said = |otherwise: &str| message.unwrap_or(otherwise).to_owned();
    match code {
        Some("context_length_exceeded") => ModelError::new(
            Kind::ContextWindowExceeded,
            "The conversation no longer fits into the model's context window. Start a new thread or compact this one.",
        ),
        Some("insufficient_quota") => ModelError::new(
            Kind::UsageLimitExceeded,
            "The provider's quota is used up. Check the plan and the billing of the account.",
        ),
        Some("usage_not_included") => ModelError::new(
            Kind::UsageLimitExceeded,
            "The plan of this account does not include the use of this model.",
        ),
        Some("rate_limit_exceeded" | "slow_down") => {
            let text = said("too many requests");
            let after = named_pause(&text);
            ModelError::new(Kind::RateLimitExceeded, format!("rate limit exceeded: {text}")).again(after)
        }
        Some("server_is_overloaded") => ModelError::new(
            Kind::ServerOverloaded,
            "The model has no free capacity now. Try again later or choose another model.",
        ),
        Some("policy_capacity_unavailable") => ModelError::new(
            Kind::PolicyCapacityUnavailable,
            "The capacity that the provider's policy reserves for this is not available now. Try again later.",
        ),
        Some("cyber_policy") => {
            ModelError::new(Kind::CyberPolicy, said("The provider refused the request for cyber security reasons."))
        }
        Some("misalignment_policy_violation") => ModelError::new(
            Kind::MisalignmentPolicyViolation,
            said("The provider refused the request under its misalignment policy."),
        ),
        Some("model_not_found") => ModelError::new(Kind::ModelNotFound, said("The provider does not know this model.")),
        Some("invalid_prompt" | "bio_policy" | "content_policy_violation") => {
            ModelError::new(Kind::Other, said("Invalid request."))
        }
        _ => ModelError::disconnected(said("response.failed event received")),
    }
}

/// A response that ended before it was whole.
pub(crate) fn incomplete(reason: Option<&str>) -> ModelError {
    let reason = reason.unwrap_or("unknown");
    let sentence = format!("Incomplete response returned, reason: {reason}");
    if reason == "content_filter" { ModelError::disconnected(sentence) } else { ModelError::new(Kind::Other, sentence) }
}
