//! The answer to one request: sent exactly once, whatever becomes of the handler.

use std::fmt;

use codex_app_server_protocol::envelope::{encode_error, encode_result, encode_result_json};
use codex_app_server_protocol::{ErrorKind, Refuse, RequestId, RpcError};
use codex_app_server_transport::Outbound;
use codex_engine::{Answer, EngineError};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::OwnedSemaphorePermit;
use tracing::Span;

use crate::observe::request::Counted;

/// Methods whose errors are exactly those of the reference.
const BARE_ERRORS: [&str; 2] = ["config/", "configRequirements/"];

/// Owed to one request. Dropped unanswered (a panic, a cancelled task) it answers with an internal error.
#[derive(Debug)]
pub(crate) struct Reply {
    /// `None` once answered.
    recipient: Option<Recipient>,
    /// Errors have in `data` what the reference has, and nothing more.
    bare_errors: bool,
    counted: Option<Counted>,
    /// Open until the request is answered.
    span: Span,
    /// Gives the request's place among those in flight back when the answer is on its way.
    _in_flight: Option<OwnedSemaphorePermit>,
}

/// Who gets an answer.
enum Recipient {
    /// A connection, as a line under the id of the request.
    Connection(RequestId, Outbound),
    /// A caller in the same process.
    Caller(Box<dyn FnOnce(Answer) + Send>),
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(id, _) => f.debug_tuple("Connection").field(id).finish(),
            Self::Caller(_) => f.write_str("Caller"),
        }
    }
}

impl Recipient {
    fn answer<T: Serialize>(self, outcome: Result<T, RpcError>) {
        match (self, outcome) {
            (Self::Connection(id, outbound), Ok(result)) => outbound.push_line(encode_result(&id, &result)),
            (Self::Connection(id, outbound), Err(error)) => outbound.push_line(encode_error(&id, &error)),
            (Self::Caller(answer), outcome) => answer(outcome.and_then(|result| {
                to_raw_value(&result)
                    .map_err(|error| RpcError::internal(format!("the result cannot be encoded: {error}")))
            })),
        }
    }
}

impl Reply {
    /// For a request of this method. Clients compare the whole errors of those about the configuration, `data` included.
    pub(crate) fn new(
        id: RequestId,
        method: &str,
        outbound: Outbound,
        span: Span,
        in_flight: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self::owed(Recipient::Connection(id, outbound), method, span, in_flight)
    }

    /// Owed to a caller in the same process.
    pub(crate) fn to_caller(
        method: &str,
        answer: impl FnOnce(Answer) + Send + 'static,
        span: Span,
        in_flight: OwnedSemaphorePermit,
    ) -> Self {
        Self::owed(Recipient::Caller(Box::new(answer)), method, span, Some(in_flight))
    }

    fn owed(recipient: Recipient, method: &str, span: Span, in_flight: Option<OwnedSemaphorePermit>) -> Self {
        let bare_errors = BARE_ERRORS.iter().any(|prefix| method.starts_with(prefix));
        let (recipient, counted) = (Some(recipient), Some(Counted::begin(method)));
        Self { recipient, bare_errors, counted, span, _in_flight: in_flight }
    }

    /// Answers.
    pub(crate) fn send<T: Serialize>(mut self, outcome: Result<T, RpcError>) {
        let Some(recipient) = self.recipient.take() else { return };
        self.seen(outcome.is_ok());
        let is_bare =
            |error: &RpcError| self.bare_errors || error.stable_code() == Some(ErrorKind::ConfigInvalid.code());
        recipient.answer(outcome.map_err(|error| if is_bare(&error) { error.without_own_data() } else { error }));
    }

    /// Answers with a result whose JSON text is ready.
    pub(crate) fn send_json(mut self, result: &str) {
        let Some(recipient) = self.recipient.take() else { return };
        self.seen(true);
        match recipient {
            Recipient::Connection(id, outbound) => outbound.push_line(encode_result_json(&id, result)),
            Recipient::Caller(answer) => answer(
                RawValue::from_string(result.to_owned())
                    .map_err(|error| RpcError::internal(format!("the result is no JSON: {error}"))),
            ),
        }
    }

    /// Counts the answer, before the client can know of it.
    fn seen(&mut self, is_ok: bool) {
        if let Some(counted) = self.counted.take() {
            counted.answered(is_ok);
        }
        if !is_ok {
            self.span.record("otel.status_code", "ERROR");
        }
    }

    /// Gives up the answer: the line turned out to be none that is answered.
    pub(crate) fn forget(mut self) {
        self.recipient = None;
    }

    /// The reply in the form that the engine calls.
    pub(crate) fn engine<T: Serialize + Send + 'static>(self) -> codex_engine::Reply<T> {
        Box::new(move |outcome| self.send(outcome.map_err(rpc_error)))
    }
}

impl Refuse for Reply {
    fn refuse(self, error: RpcError) {
        self.send::<()>(Err(error));
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(recipient) = self.recipient.take() {
            self.seen(false);
            let error = RpcError::internal("the request was given up by the server; its effect is unknown");
            recipient.answer::<()>(Err(error));
        }
    }
}

/// The one conversion of the engine's errors.
pub(crate) fn rpc_error(error: EngineError) -> RpcError {
    let mut rpc = RpcError::new(error.kind(), error.to_string());
    if let Some(subject) = error.subject() {
        rpc = rpc.subject(subject);
    }
    for (key, value) in error.rpc_data() {
        rpc = rpc.with(key, value);
    }
    rpc
}

#[cfg(test)]
mod tests {
    use codex_app_server_transport::{Outgoing, TransportSettings, in_process};

    use super::*;

    async fn answers(act: impl FnOnce(Reply)) -> Vec<String> {
        let (connection, mut peer) = in_process(TransportSettings::default());
        act(Reply::new(RequestId::Integer(7), "config/read", connection.outbound.clone(), Span::none(), None));
        connection.outbound.push_line("end".to_owned());
        let mut lines = vec![];
        while let Some(Outgoing::Line(line)) = peer.recv().await {
            if line == "end" {
                break;
            }
            lines.push(line);
        }
        lines
    }

    #[tokio::test]
    async fn an_answer_goes_out_once() {
        assert_eq!(answers(|reply| reply.send(Ok(1))).await, [r#"{"id":7,"result":1}"#]);
    }

    #[tokio::test]
    async fn a_dropped_reply_is_an_internal_error() {
        let lines = answers(drop).await;
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("-32603"), "{}", lines[0]);
    }
}
