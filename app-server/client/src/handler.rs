//! Requests of the server: who answers them.

use std::collections::HashMap;
use std::fmt;

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

/// What answers one method.
type Answering = Box<dyn Fn(ServerRequest) -> BoxFuture<'static, Result<Box<RawValue>, RpcError>> + Send + Sync>;

/// A handler put together from one function a method, with the types of the method; other requests are refused.
///
/// ```
/// # use codex_app_server_client::Handlers;
/// # use codex_app_server_protocol::{server_methods, v2};
/// let handlers = Handlers::new().on::<server_methods::ItemFileChangeRequestApproval, _, _>(|_| async {
///     Ok(v2::FileChangeRequestApprovalResponse { decision: v2::FileChangeApprovalDecision::Decline })
/// });
/// ```
#[derive(Default)]
pub struct Handlers {
    methods: HashMap<&'static str, Answering>,
}

impl Handlers {
    /// No function yet: every request is refused.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the requests of one of `server_methods` with this function; the last one given for a method counts.
    #[must_use]
    pub fn on<M, F, A>(mut self, handler: F) -> Self
    where
        M: Request,
        F: Fn(M::Params) -> A + Send + Sync + 'static,
        A: Future<Output = Result<M::Result, RpcError>> + Send + 'static,
    {
        let answering = move |request: ServerRequest| {
            let answered = params::<M>(&request).map(&handler);
            async move { answer::<M>(&answered?.await?) }.boxed()
        };
        self.methods.insert(M::NAME, Box::new(answering));
        self
    }
}

impl ServerRequestHandler for Handlers {
    fn handle(&self, request: ServerRequest) -> BoxFuture<'_, Result<Box<RawValue>, RpcError>> {
        match self.methods.get(request.method()) {
            Some(answering) => answering(request),
            None => ready(Err(refusal(request.method()))).boxed(),
        }
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.methods.keys()).finish()
    }
}

/// The params of a request in the type of its method; questions are few, so that the way through JSON costs nothing.
fn params<M: Request>(request: &ServerRequest) -> Result<M::Params, RpcError> {
    let failed =
        |error: serde_json::Error| RpcError::internal(format!("cannot read the params of {}: {error}", M::NAME));
    let json = request.params_json().map_err(failed)?;
    serde_json::from_str(json.get()).map_err(failed)
}

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
