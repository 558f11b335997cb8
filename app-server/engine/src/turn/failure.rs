//! A model's failure as the turn's error.

use codex_app_server_protocol::v2::{CodexErrorInfo, TurnError};
use codex_model_client::{ModelError, ModelErrorKind};
use codex_thread_store::StoreError;

/// The error of a turn that ends with this failure.
pub(crate) fn of_model(error: &ModelError) -> TurnError {
    let http_status_code = error.http_status;
    let info = match error.kind {
        ModelErrorKind::ContextWindowExceeded => CodexErrorInfo::ContextWindowExceeded,
        ModelErrorKind::UsageLimitExceeded => CodexErrorInfo::UsageLimitExceeded,
        ModelErrorKind::RateLimitExceeded => CodexErrorInfo::RateLimitExceeded,
        ModelErrorKind::ServerOverloaded => CodexErrorInfo::ServerOverloaded,
        ModelErrorKind::PolicyCapacityUnavailable => CodexErrorInfo::PolicyCapacityUnavailable,
        ModelErrorKind::CyberPolicy => CodexErrorInfo::CyberPolicy,
        ModelErrorKind::MisalignmentPolicyViolation => CodexErrorInfo::MisalignmentPolicyViolation,
        ModelErrorKind::ModelNotFound => CodexErrorInfo::ModelNotFound,
        ModelErrorKind::HttpConnectionFailed => CodexErrorInfo::HttpConnectionFailed { http_status_code },
        ModelErrorKind::ResponseStreamConnectionFailed => {
            CodexErrorInfo::ResponseStreamConnectionFailed { http_status_code }
        }
        ModelErrorKind::ResponseStreamDisconnected => CodexErrorInfo::ResponseStreamDisconnected { http_status_code },
        ModelErrorKind::ResponseTooManyFailedAttempts => {
            CodexErrorInfo::ResponseTooManyFailedAttempts { http_status_code }
        }
        ModelErrorKind::InternalServerError => CodexErrorInfo::InternalServerError,
        ModelErrorKind::Unauthorized => CodexErrorInfo::Unauthorized,
        // The reference has a name for this one and does not use it.
        ModelErrorKind::BadRequest | ModelErrorKind::Other => CodexErrorInfo::Other,
    };
    TurnError { additional_details: error.details.clone(), ..with(info, error.message.clone()) }
}

/// What clients are told while the model is asked again.
pub(crate) fn reconnecting(progress: &str, cause: &ModelError) -> TurnError {
    let info = CodexErrorInfo::ResponseStreamDisconnected { http_status_code: cause.http_status };
    let details = Some(cause.message.clone());
    TurnError { additional_details: details, ..with(info, format!("Reconnecting... {progress}")) }
}

/// The provider has been silent for too long.
pub(crate) fn silent(seconds: u64, last: Option<&ModelError>) -> TurnError {
    let info = CodexErrorInfo::ResponseStreamConnectionFailed { http_status_code: None };
    let message =
        format!("the model provider sent nothing for {seconds} s; the turn was given up (provider_deadline_s)");
    TurnError { additional_details: last.map(|error| error.message.clone()), ..with(info, message) }
}

/// The thread could not be written down.
pub(crate) fn unwritten(error: &StoreError) -> TurnError {
    with(CodexErrorInfo::Other, format!("the thread could not be recorded: {error}"))
}

/// Anything else.
pub(crate) fn other(message: impl Into<String>) -> TurnError {
    with(CodexErrorInfo::Other, message.into())
}

pub(crate) fn with(info: CodexErrorInfo, message: String) -> TurnError {
    TurnError { message, codex_error_info: Some(info), additional_details: None, misalignment: None }
}
