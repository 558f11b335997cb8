//! The client: the handshake, calls and notifications on one connection.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v1::{InitializeParams, InitializeResponse};
use codex_app_server_protocol::{ClientNotification, Request, envelope, methods};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::pending::Pending;
use crate::reader::Reader;
use crate::writer::{OUTBOUND_LIMIT, Outbound};
use crate::{ClientError, ClientOptions, Connection, Notifications, writer};

/// How long [`Client::close`] waits for the server to end the connection.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

/// A client behind its handshake. Clones share the connection, which ends with the last of them.
///
/// Calls run side by side and may be answered in any order. A call whose future is dropped is given up: its answer is
/// ignored, but the server still runs it.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    pending: Arc<Pending>,
    outbound: mpsc::Sender<Outbound>,
    closing: watch::Sender<bool>,
    request_timeout: Option<Duration>,
}

impl Client {
    /// Runs the handshake (`initialize`, then `initialized`) and returns the client, the notifications and what the
    /// server said about itself.
    ///
    /// # Errors
    /// [`ClientError`] when the server refuses the handshake, does not speak this protocol or goes away.
    pub async fn connect<C: Connection>(
        connection: C,
        options: ClientOptions,
    ) -> Result<(Self, Notifications, InitializeResponse), ClientError> {
        let ClientOptions { client_info, capabilities, handler, request_timeout, tap } = options;
        let (sender, receiver) = connection.split();
        let pending = Arc::new(Pending::new());
        let (outbound, queue) = mpsc::channel(OUTBOUND_LIMIT);
        let (notices, notifications) = Notifications::channel();
        let (closing, closing_seen) = watch::channel(false);
        tokio::spawn(writer::run(sender, queue, Arc::clone(&pending), tap.clone()));
        let reader = Reader {
            pending: Arc::clone(&pending),
            notices,
            closing: closing_seen,
            handler,
            outbound: outbound.downgrade(),
            tap,
            open_requests: HashMap::new(),
        };
        tokio::spawn(reader.run(receiver));
        let client = Self { shared: Arc::new(Shared { pending, outbound, closing, request_timeout }) };
        let server = client.call::<methods::Initialize>(InitializeParams { client_info, capabilities }).await?;
        client.notify(ClientNotification::Initialized).await?;
        Ok((client, notifications, server))
    }

    /// Calls a method and waits for its result.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call<M: Request>(&self, params: M::Params) -> Result<M::Result, ClientError> {
        let result = self.ask(M::NAME, &params).await?;
        serde_json::from_str(result.get())
            .map_err(|error| ClientError::Protocol(format!("the result of {} does not fit its type: {error}", M::NAME)))
    }

    /// Calls a method by its name, for those that have no types yet.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call_raw(&self, method: &str, params: Option<&RawValue>) -> Result<Box<RawValue>, ClientError> {
        self.ask(method, &params).await
    }

    async fn ask<P: Serialize + ?Sized>(&self, method: &str, params: &P) -> Result<Box<RawValue>, ClientError> {
        let mut call = self.shared.pending.open()?;
        let line = envelope::encode_request(&call.id, method, params);
        let answered = async {
            self.send(line).await?;
            call.answer().await
        };
        match self.shared.request_timeout {
            None => answered.await,
            Some(after) => match timeout(after, answered).await {
                Ok(answer) => answer,
                Err(_) => Err(ClientError::Timeout { method: method.to_owned(), after }),
            },
        }
    }

    /// Sends a notification.
    ///
    /// # Errors
    /// [`ClientError::Closed`] when the connection is over.
    pub async fn notify(&self, notification: ClientNotification) -> Result<(), ClientError> {
        let line = serde_json::to_string(&notification).map_err(|error| ClientError::Protocol(error.to_string()))?;
        self.send(line).await
    }

    async fn send(&self, line: String) -> Result<(), ClientError> {
        let sent = self.shared.outbound.send(Outbound::Line(line)).await;
        sent.map_err(|_| ClientError::Closed { reason: self.shared.pending.reason() })
    }

    /// Waits until the connection is over and tells what ended it.
    pub async fn closed(&self) -> String {
        self.shared.pending.closed().await
    }

    /// Ends the connection, for all clones: what was said before is still sent, then the server is told that nothing more
    /// comes. Returns when the server has ended its side.
    ///
    /// # Errors
    /// [`ClientError::Timeout`] when the server does not within 10 s.
    pub async fn close(self) -> Result<(), ClientError> {
        self.shared.closing.send_replace(true);
        let ended = async {
            // Fails when the writer is gone, and then the connection is ending already.
            let _ = self.shared.outbound.send(Outbound::Close).await;
            self.shared.pending.closed().await
        };
        match timeout(CLOSE_LIMIT, ended).await {
            Ok(_) => Ok(()),
            Err(_) => Err(ClientError::Timeout { method: "the end of the connection".to_owned(), after: CLOSE_LIMIT }),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("request_timeout", &self.shared.request_timeout).finish_non_exhaustive()
    }
}
