//! The path of one line: what it is, whether it may be asked now, in which order it enters, who answers it.
//!
//! Nothing here waits: a request that cannot be answered at once goes on in a task of its own, so the reader of the
//! connection is never held up. The checks come in the order that clients know: the method's name, fields it has no more
//! and its params, then the handshake, then the experimental gate.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;

use codex_app_server_protocol::envelope::{Inbound, encode_unasked_error};
use codex_app_server_protocol::ext::MAX_KEY_BYTES;
use codex_app_server_protocol::{
    ClientNotification, ClientRequest, DecodeError, ErrorKind, Extension, MethodRow, RequestId, RpcError, Stability,
    experimental, retired,
};
use codex_engine::{Answer, IdempotencyKey, Subscriber};
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
use crate::strict;

/// Takes one line of a connection.
pub(crate) fn line(app: &Arc<App>, session: &Arc<Session>, line: &[u8]) {
    let (inbound, unread) = match Inbound::parse_whole(line) {
        Ok(parsed) => parsed,
        Err(malformed) => return session.dropped(&malformed),
    };
    let unread = unread.as_deref();
    match inbound {
        Inbound::Request { id, method, params, trace, idempotency_key } => {
            let trace = trace.and_then(trace_of);
            let span = span(session, &id, &method, params, trace.as_ref());
            let entered = span.clone().entered();
            request(app, session, unread, (id, &method, params, idempotency_key), (span, trace));
            drop(entered);
        }
        // Neither `initialized` nor anything unknown makes a difference.
        Inbound::Notification { method, .. } => {
            tracing::debug!(%method, "notification");
            unread_keys(session, unread);
            if ClientNotification::ROWS.iter().all(|row| row.name != method) {
                session.unread(&format_args!("there is no notification {method} of clients"));
            }
        }
        Inbound::Response { id, outcome } => {
            unread_keys(session, unread);
            answer(app, session, &id, outcome.map(ToOwned::to_owned));
        }
    }
}

/// Tells a strict client of a key that nothing reads, where there is no request to refuse.
fn unread_keys(session: &Session, unread: Option<&str>) {
    if session.is_strict()
        && let Err(error) = strict::check_keys(unread)
    {
        session.outbound().push_line(encode_unasked_error(&error));
    }
}

/// Takes a request that was never a line: it goes the same way from here on.
pub(crate) fn typed(app: &Arc<App>, session: &Arc<Session>, request: ClientRequest, reply: Reply) {
    let method = request.method();
    let Some(row) = ClientRequest::row(method) else {
        return reply.send::<()>(Err(unknown_method(method)));
    };
    // Only the gate looks at JSON, and lets everything through for a client that may use all there is.
    let params = match session.client() {
        Some(client) if !client.experimental => request.params_json().ok(),
        _ => None,
    };
    match admit(app, session, row, params.as_deref()) {
        Ok(()) => enter(app, session, request, None, reply, (Span::none(), None)),
        Err(error) => reply.send::<()>(Err(error)),
    }
}

/// Takes an answer to a question of ours; whether it counts.
pub(crate) fn answer(app: &App, session: &Session, id: &RequestId, answer: Answer) -> bool {
    let counts = match id {
        RequestId::Integer(id) => app.engine.answer(*id, session.id(), answer),
        RequestId::String(_) => false,
    };
    if !counts {
        tracing::debug!(%id, "answer to a request that is not open");
        session.unread(&format_args!("no request {id} waits for an answer of this client"));
    }
    counts
}

fn request(
    app: &Arc<App>,
    session: &Arc<Session>,
    unread: Option<&str>,
    (id, method, params, key): (RequestId, &str, Option<&RawValue>, Option<&RawValue>),
    seen: (Span, Option<TraceContext>),
) {
    let Some(in_flight) = session.in_flight.enter() else {
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
            if session.is_strict() {
                return reply.send::<()>(Err(strict::unread_line(&malformed)));
            }
            reply.forget();
            return session.dropped(&malformed);
        }
        None => return reply.send::<()>(Err(unknown_method(method))),
    };
    if let Err(error) = admit(app, session, row, params) {
        return reply.send::<()>(Err(error));
    }
    if (session.is_strict() || strict::begins_with(&request))
        && let Err(error) = strict::check_keys(unread).and_then(|()| strict::check(method, params))
    {
        return reply.send::<()>(Err(error));
    }
    match idempotency_key(session, key) {
        Ok(key) => enter(app, session, request, key, reply, seen),
        Err(error) => reply.send::<()>(Err(error)),
    }
}

/// The key of a request, for clients that asked for keys.
fn idempotency_key(session: &Session, key: Option<&RawValue>) -> Result<Option<IdempotencyKey>, RpcError> {
    let wanted = session.client().is_some_and(|client| client.extensions.has(Extension::Idempotency));
    let Some(key) = key.filter(|_| wanted) else { return Ok(None) };
    let parsed = serde_json::from_str(key.get()).ok().and_then(IdempotencyKey::new);
    parsed.map(Some).ok_or_else(|| {
        let message = format!("Invalid request: idempotencyKey must be a text of 1 to {MAX_KEY_BYTES} bytes");
        RpcError::new(ErrorKind::InvalidRequest, message)
    })
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
    client.extensions.admit(row)?;
    app.shutdown.admit(row)
}

fn enter(
    app: &Arc<App>,
    session: &Arc<Session>,
    request: ClientRequest,
    key: Option<IdempotencyKey>,
    reply: Reply,
    (span, trace): (Span, Option<TraceContext>),
) {
    let context = Context { app: Arc::clone(app), session: Arc::clone(session), key };
    let scope = request.scope();
    let tasks = &app.tasks;
    let (app, session) = (Arc::clone(app), Arc::clone(session));
    let work = async move {
        let entering = async {
            match scope {
                Some(scope) if scope.key.is_of_connection() => Some(session.order.enter(scope).await),
                Some(scope) => Some(app.order.enter(scope).await),
                None => None,
            }
        };
        // What still waits for its turn when its connection ends is not begun any more.
        let Some(_entered) = session.ended().run_until_cancelled(entering).await else { return };
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
    // Clients know the list of the reference.
    let of_the_wire = ClientRequest::ROWS.iter().filter(|row| row.stability != Stability::Extension);
    let known: Vec<String> = of_the_wire.map(|row| format!("`{}`", row.name)).collect();
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
