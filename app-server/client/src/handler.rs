//! Requests of the server: who answers them.

use codex_app_server_protocol::{ErrorKind, Request, RpcError, ServerRequest};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use serde_json::value::{RawValue, to_raw_value};

/// Answers requests of the server, such as approvals and questions to the user.
///
/// Each request runs as a task of its own. Its future is dropped when the request is resolved in another way, by another
/// client or by the end of the turn, and when the connection ends; one that panics is answered with an error.
pub trait ServerRequestHandler: Send + Sync + 'static {
    /// Answers one request; [`answer`] makes the result from its type.
    fn handle(&self, request: ServerRequest) -> BoxFuture<'_, Result<Box<RawValue>, RpcError>> {
        ready(Err(refusal(request.method()))).boxed()
    }
}

/// A handler that refuses every request.
#[derive(Clone, Copy, Debug, Default)]
pub struct RefuseRequests;

impl ServerRequestHandler for RefuseRequests {}

/// The answer to a request of method `M`, for [`ServerRequestHandler::handle`].
///
/// # Errors
/// An internal error when the result cannot be written as JSON; the protocol's types always can.
pub fn answer<M: Request>(result: &M::Result) -> Result<Box<RawValue>, RpcError> {
    to_raw_value(result)
        .map_err(|error| RpcError::internal(format!("cannot encode the answer to {}: {error}", M::NAME)))
}

/// What a request is answered with that nobody here knows how to answer.
pub(crate) fn refusal(method: &str) -> RpcError {
    RpcError::new(ErrorKind::NotSupported, format!("this client does not answer {method}")).subject(method)
}
