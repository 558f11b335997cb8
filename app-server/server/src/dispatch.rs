//! The path of one line: what it is, whether it may be asked now, in which order it enters, who answers it.
//!
//! Nothing here waits: a request that cannot be answered at once goes on in a task of its own, so the reader of the
//! connection is never held up. The checks come in the order that clients know: the method's name, fields it has no more
//! and its params, then the handshake, then the experimental gate.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;

use codex_app_server_protocol::envelope::Inbound;
use codex_app_server_protocol::{
    ClientRequest, DecodeError, ErrorKind, MethodRow, RequestId, RpcError, experimental, retired,
};
use codex_engine::{Answer, Subscriber};
use codex_utils_trace_context::TraceContext;
use futures_util::FutureExt;
use serde_json::value::RawValue;
use tokio_util::task::TaskTracker;
use tracing::Span;

use crate::app::App;
use crate::connections::Session;
use crate::observe::request::{followed, span, trace_of};
use crate::reply::Reply;
use crate::services::Context;

/// Takes one line of a connection.
pub(crate) fn line(app: &Arc<App>, session: &Arc<Session>, line: &[u8]) {
    match Inbound::parse(line) {
        Ok(Inbound::Request { id, method, params, trace }) => {
            let trace = trace.and_then(trace_of);
            let span = span(session, &id, &method, params, trace.as_ref());
            let entered = span.clone().entered();
            request(app, session, (id, &method, params), (span, trace));
            drop(entered);
        }
        // Neither `initialized` nor anything unknown makes a difference.
        Ok(Inbound::Notification { method, .. }) => tracing::debug!(%method, "notification"),
        Ok(Inbound::Response { id, outcome }) => answer(app, session, &id, outcome.map(ToOwned::to_owned)),
        Err(malformed) => session.dropped(&malformed),
    }
}

/// Takes an answer to a question of ours.
fn answer(app: &App, session: &Session, id: &RequestId, answer: Answer) {
    let counts = match id {
        RequestId::Integer(id) => app.engine.answer(*id, session.id(), answer),
        RequestId::String(_) => false,
    };
    if !counts {
        tracing::debug!(%id, "answer to a request that is not open");
    }
}

fn request(
    app: &Arc<App>,
    session: &Arc<Session>,
    (id, method, params): (RequestId, &str, Option<&RawValue>),
    seen: (Span, Option<TraceContext>),
) {
    let Ok(in_flight) = Arc::clone(&session.in_flight).try_acquire_owned() else {
        let error = RpcError::new(ErrorKind::Overloaded, "Server overloaded; retry later.");
        return Reply::new(id, method, session.outbound().clone(), seen.0, None).send::<()>(Err(error));
    };
    let reply = Reply::new(id, method, session.outbound().clone(), seen.0.clone(), Some(in_flight));
    let Some(row) = ClientRequest::row(method) else {
        return reply.send::<()>(Err(unknown_method(method)));
    };
    if let Err(error) = retired::check(method, params) {
        return reply.send::<()>(Err(error));
    }
    let request = match ClientRequest::decode(method, params) {
        Some(Ok(request)) => request,
        Some(Err(DecodeError::Refused(error))) => return reply.send::<()>(Err(error)),
        Some(Err(DecodeError::Malformed(malformed))) => {
            reply.forget();
            return session.dropped(&malformed);
        }
        None => return reply.send::<()>(Err(unknown_method(method))),
    };
    if let Err(error) = admit(app, session, row, params) {
        return reply.send::<()>(Err(error));
    }
    enter(app, session, request, reply, seen);
}

/// Whether the connection may ask this now.
fn admit(app: &App, session: &Session, row: &MethodRow, params: Option<&RawValue>) -> Result<(), RpcError> {
    if row.name == "initialize" {
        return match session.client() {
            None => Ok(()),
            Some(_) => Err(RpcError::new(ErrorKind::AlreadyInitialized, "Already initialized")),
        };
    }
    let Some(client) = session.client() else {
        return Err(RpcError::new(ErrorKind::NotInitialized, "Not initialized"));
    };
    if !client.experimental {
        experimental::check(row, params)?;
    }
    app.shutdown.admit(row)
}

fn enter(
    app: &Arc<App>,
    session: &Arc<Session>,
    request: ClientRequest,
    reply: Reply,
    (span, trace): (Span, Option<TraceContext>),
) {
    let context = Context { app: Arc::clone(app), session: Arc::clone(session) };
    let scope = request.scope();
    let tasks = &app.tasks;
    let (app, session) = (Arc::clone(app), Arc::clone(session));
    let work = async move {
        let _entered = match scope {
            Some(scope) if scope.key.is_of_connection() => Some(session.order.enter(scope).await),
            Some(scope) => Some(app.order.enter(scope).await),
            None => None,
        };
        request.dispatch(context, reply).await;
    };
    start(tasks, followed(work, span, trace));
}

/// Runs the work of a request: most are answered by their first poll; only the others cost a task. A panic ends that work
/// alone, and dropping the reply answers.
fn start(tasks: &TaskTracker, mut work: Pin<Box<dyn Future<Output = ()> + Send>>) {
    match catch_unwind(AssertUnwindSafe(|| (&mut work).now_or_never())) {
        Ok(Some(())) => {}
        Ok(None) => {
            tasks.spawn(work);
        }
        Err(_) => tracing::error!("a request handler panicked; its request was answered with an internal error"),
    }
}

fn unknown_method(method: &str) -> RpcError {
    let known: Vec<String> = ClientRequest::ROWS.iter().map(|row| format!("`{}`", row.name)).collect();
    let message = format!("Invalid request: unknown variant `{method}`, expected one of {}", known.join(", "));
    RpcError::new(ErrorKind::UnknownMethod, message).subject(method)
}

#[cfg(test)]
mod tests {
    use codex_app_server_transport::{Outgoing, TransportSettings, in_process};

    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_and_ends_nothing_else() {
        let (connection, mut peer) = in_process(TransportSettings::default());
        let tasks = TaskTracker::new();
        for (id, waits) in [(1, false), (2, true)] {
            let id = RequestId::Integer(id);
            let reply = Reply::new(id, "a", connection.outbound.clone(), Span::none(), None);
            start(
                &tasks,
                Box::pin(async move {
                    let _reply = reply;
                    if waits {
                        tokio::task::yield_now().await;
                    }
                    panic!("a fault of the handler");
                }),
            );
        }
        let reply = Reply::new(RequestId::Integer(3), "a", connection.outbound.clone(), Span::none(), None);
        start(&tasks, Box::pin(async move { reply.send(Ok(())) }));
        tasks.close();
        tasks.wait().await;
        let mut answers = Vec::new();
        for _ in 0..3 {
            let Some(Outgoing::Line(line)) = peer.recv().await else { panic!("an answer") };
            answers.push(line);
        }
        answers.sort();
        assert!(answers[0].contains("-32603") && answers[0].ends_with("\"id\":1}"), "{}", answers[0]);
        assert!(answers[1].contains("-32603") && answers[1].ends_with("\"id\":2}"), "{}", answers[1]);
        assert_eq!(answers[2], r#"{"id":3,"result":null}"#);
    }
}
