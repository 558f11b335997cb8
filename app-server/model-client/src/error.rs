//! What can go wrong between us and a model, in the words that clients are shown.
//!
//! A [`ModelError`] is complete: its message is what the turn's error says, its kind is what programs branch on, and
//! `retry` says whether the same request may be sent again. Nothing here ever holds a secret.

use std::time::Duration;

/// Why a request to a model, or the stream of its answer, failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ModelError {
    /// The class of the failure.
    pub kind: ModelErrorKind,
    /// The sentence for people, as `turn.error.message` carries it.
    pub message: String,
    /// The HTTP status that clients are shown beside the kind, where there is one.
    pub http_status: Option<u16>,
    /// More about the cause, where the message leaves it out.
    pub details: Option<String>,
    /// Whether, and when, the same request may be sent again.
    pub retry: Retry,
}

/// The classes of failure that a client can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ModelErrorKind {
    /// The input does not fit into the model's context window.
    ContextWindowExceeded,
    /// A quota or a plan's limit is used up.
    UsageLimitExceeded,
    /// Too many requests or tokens in a short time.
    RateLimitExceeded,
    /// The model has no capacity now.
    ServerOverloaded,
    /// Capacity under a policy is not available now.
    PolicyCapacityUnavailable,
    /// Refused for cyber security reasons.
    CyberPolicy,
    /// Refused by the misalignment policy.
    MisalignmentPolicyViolation,
    /// The provider does not know the model.
    ModelNotFound,
    /// An unexpected HTTP status, or no connection at all.
    HttpConnectionFailed,
    /// The stream could not be opened.
    ResponseStreamConnectionFailed,
    /// The stream broke off.
    ResponseStreamDisconnected,
    /// The provider keeps refusing (429).
    ResponseTooManyFailedAttempts,
    /// The provider failed inside (500).
    InternalServerError,
    /// The provider does not accept the credentials.
    Unauthorized,
    /// The request itself is at fault.
    BadRequest,
    /// Anything else; the message tells.
    Other,
}

/// What the caller may do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Sending the same again is pointless.
    Never,
    /// Counts against `stream_max_retries`; `after` replaces the usual pause when the provider named one.
    Stream {
        /// The pause the provider asked for.
        after: Option<Duration>,
    },
    /// The provider cannot be reached; to be tried again until the caller's deadline.
    Network,
}

impl ModelError {
    pub(crate) fn new(kind: ModelErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), http_status: None, details: None, retry: Retry::Never }
    }

    /// A stream that ended for `cause` before its last event; may be retried.
    pub(crate) fn disconnected(cause: impl std::fmt::Display) -> Self {
        Self::new(ModelErrorKind::Other, format!("stream disconnected before completion: {cause}")).again(None)
    }

    /// The provider is not reachable.
    pub(crate) fn unreachable() -> Self {
        let mut error = Self::new(ModelErrorKind::HttpConnectionFailed, "Connection failed: error sending request");
        error.retry = Retry::Network;
        error
    }

    /// Nothing came for the provider's `stream_idle_timeout`.
    pub(crate) fn idle() -> Self {
        Self::disconnected("idle timeout waiting for SSE")
    }

    pub(crate) fn again(mut self, after: Option<Duration>) -> Self {
        self.retry = Retry::Stream { after };
        self
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Whether [`Retry::Never`] does not apply.
    pub fn is_retryable(&self) -> bool {
        self.retry != Retry::Never
    }
}
