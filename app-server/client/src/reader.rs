//! The task that reads: answers to their calls, requests to the handler, notifications to streams and updates.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use codex_app_server_protocol::envelope::{self, Inbound};
use codex_app_server_protocol::{DecodeError, ErrorKind, RequestId, RpcError, ServerNotification, ServerRequest};
use futures_util::FutureExt;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use crate::handler::refusal;
use crate::held::Held;
use crate::notice::Place;
use crate::pending::{Pending, Waiting};
use crate::router::Router;
use crate::updates::UpdateSender;
use crate::writer::Outbound;
use crate::{Incoming, MessageReceiver, Notice, ServerRequestHandler, Tap, Update, Way};

/// Requests of the server that may be open at a time; further ones are refused as overload.
const MAX_OPEN_REQUESTS: usize = 1024;

/// What the reader hands messages to.
pub(crate) struct Reader {
    pub(crate) pending: Arc<Pending>,
    pub(crate) router: Arc<Router>,
    pub(crate) updates: UpdateSender,
    /// Notifications are held back until it is open: those of a new connection wait for the news that there is one.
    pub(crate) gate: watch::Receiver<bool>,
    /// What is held back.
    pub(crate) held: Held,
    /// Set once the client wants to end: what nobody takes must not keep it.
    pub(crate) closing: watch::Receiver<bool>,
    pub(crate) handler: Arc<dyn ServerRequestHandler>,
    /// Weak, so that the connection ends with its last client.
    pub(crate) outbound: mpsc::WeakSender<Outbound>,
    pub(crate) tap: Option<Tap>,
    pub(crate) open_requests: HashMap<RequestId, AbortHandle>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        for request in self.open_requests.values() {
            request.abort();
        }
        self.pending.close("the client has given it up");
    }
}

impl Reader {
    /// Reads until the connection ends.
    pub(crate) async fn run<R: MessageReceiver>(mut self, mut receiver: R) {
        let reason = loop {
            let is_held = !*self.gate.borrow_and_update();
            if !is_held {
                self.let_go().await;
            }
            let received = tokio::select! {
                biased;
                changed = self.gate.changed(), if is_held => match changed {
                    Ok(()) => continue,
                    Err(_) => break "the client has given it up".to_owned(),
                },
                () = self.router.loosened(), if !is_held => continue,
                received = receiver.receive() => received,
            };
            match received {
                Some(Ok(Incoming::Line(line))) => {
                    if let Some(tap) = &self.tap {
                        tap(Way::FromServer, &line);
                    }
                    self.line(&line).await;
                }
                Some(Ok(Incoming::Event(event))) => {
                    if let Some(tap) = &self.tap {
                        tap(Way::FromServer, event.line());
                    }
                    self.notice(Notice::shared(event)).await;
                }
                Some(Err(error)) => break error.to_string(),
                None => break "the server ended it".to_owned(),
            }
        };
        self.pending.close(&reason);
        // Who gets the client back into its threads learns of the end here, and says then what came of it. Fails when it
        // has given the connection up: then what was held back was never told.
        if self.gate.wait_for(|open| *open).await.is_ok() {
            self.let_go().await;
        }
    }

    async fn line(&mut self, line: &str) {
        match Inbound::parse(line.as_bytes()) {
            Ok(Inbound::Response { id, outcome }) => {
                let Some(Waiting { then, answer }) = self.pending.take(&id) else {
                    tracing::debug!(%id, "an answer came that nobody waits for");
                    return;
                };
                let outcome = outcome.map(ToOwned::to_owned);
                self.router.answered(then, &outcome);
                // Fails when the call was given up in this moment.
                let _ = answer.send(outcome);
            }
            Ok(Inbound::Request { id, method, params, .. }) => self.request(id, &method, params).await,
            Ok(Inbound::Notification { method, params }) => {
                let Beside { emitted_at_ms, cursor } = serde_json::from_str(line).unwrap_or_default();
                let place =
                    cursor.zip(params.and_then(envelope::thread_of)).map(|(cursor, thread)| Place { thread, cursor });
                let notice = match ServerNotification::decode(&method, params) {
                    Some(Ok(body)) => Notice::known(body, emitted_at_ms),
                    Some(Err(error)) => {
                        tracing::warn!(%method, ?error, "a notification does not fit its type");
                        Notice::unknown(method.into_owned(), params, emitted_at_ms)
                    }
                    None => Notice::unknown(method.into_owned(), params, emitted_at_ms),
                };
                self.notice(notice.at(place)).await;
            }
            Err(error) => tracing::warn!(%error, "a line of the server was dropped"),
        }
    }

    async fn notice(&mut self, notice: Notice) {
        if let Some(ServerNotification::ServerRequestResolved(resolved)) = notice.body()
            && let Some(request) = self.open_requests.remove(&resolved.request_id)
        {
            request.abort();
        }
        if !*self.gate.borrow() {
            // Nothing waits here: the answers that open the gate come behind it.
            self.held.push(notice);
            return;
        }
        self.let_go().await;
        self.hand_on(notice).await;
    }

    /// Hands on what was held back, here and by the router.
    async fn let_go(&mut self) {
        self.tell_loose().await;
        let Held { notices, dropped, ends } = std::mem::take(&mut self.held);
        for notice in notices {
            self.hand_on(notice).await;
        }
        for (turn, skipped) in dropped {
            if !turn.is_some_and(|turn| self.router.skip(&turn, skipped)) {
                self.updates.skip(skipped);
            }
        }
        for end in ends {
            self.hand_on(end).await;
        }
    }

    async fn tell_loose(&mut self) {
        while let Some(loose) = self.router.loose() {
            self.updates.tell(Update::Notice(loose)).await;
        }
    }

    async fn hand_on(&mut self, notice: Notice) {
        let place = notice.place().cloned();
        if place.as_ref().is_some_and(|place| !self.router.awaits(&place.thread)) {
            return;
        }
        if let Some(notice) = self.router.route(notice) {
            self.updates.tell(Update::Notice(notice)).await;
        }
        self.tell_loose().await;
        // Now it was told: what comes behind it is what would be missed.
        if let Some(place) = place {
            self.router.at(place);
        }
    }

    async fn request(&mut self, id: RequestId, method: &str, params: Option<&RawValue>) {
        self.open_requests.retain(|_, request| !request.is_finished());
        if self.open_requests.contains_key(&id) {
            // A request that is still open is sent again to who resumes its thread; one answer serves both.
            return;
        }
        let refused = match ServerRequest::decode(method, params) {
            Some(Ok(_)) if self.open_requests.len() >= MAX_OPEN_REQUESTS => {
                RpcError::new(ErrorKind::Overloaded, "too many requests of the server are open")
            }
            Some(Ok(request)) => {
                self.handle(id, request);
                return;
            }
            Some(Err(DecodeError::Refused(error))) => error,
            Some(Err(DecodeError::Malformed(error))) => RpcError::invalid_params(&error.to_string()),
            None => refusal(method),
        };
        if let Some(outbound) = self.outbound.upgrade() {
            let line = envelope::encode_error(&id, &refused);
            tokio::select! {
                biased;
                // Fails when the connection is over.
                _ = outbound.send(Outbound::Line(line)) => {}
                _ = self.closing.wait_for(|closing| *closing) => {}
            }
        }
    }

    /// Runs the handler as a task of its own and sends what it answers.
    fn handle(&mut self, id: RequestId, request: ServerRequest) {
        let outbound = self.outbound.clone();
        let handler = Arc::clone(&self.handler);
        let key = id.clone();
        let task = tokio::spawn(async move {
            let method = request.method();
            let answer = AssertUnwindSafe(async { handler.handle(request).await }).catch_unwind().await;
            let line = match answer {
                Ok(Ok(result)) => envelope::encode_result(&id, &result),
                Ok(Err(error)) => envelope::encode_error(&id, &error),
                Err(_) => {
                    let error = RpcError::internal(format!("the client failed while it answered {method}"));
                    envelope::encode_error(&id, &error)
                }
            };
            if let Some(outbound) = outbound.upgrade() {
                // Fails when the connection is over, and with it the request.
                let _ = outbound.send(Outbound::Line(line)).await;
            }
        });
        self.open_requests.insert(key, task.abort_handle());
    }
}

/// What stands beside the params of a notification.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beside {
    emitted_at_ms: Option<i64>,
    /// The place of the notification among those of its thread, from servers that number them so.
    cursor: Option<String>,
}
