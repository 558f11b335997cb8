//! One connection of a client: its calls, and the tasks that read and write.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v1::{InitializeParams, InitializeResponse};
use codex_app_server_protocol::{ClientNotification, Extension, Request, envelope, methods, v2};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::held::Held;
use crate::pending::Pending;
use crate::reader::Reader;
use crate::router::{Router, Then};
use crate::updates::{Update, UpdateSender};
use crate::writer::{OUTBOUND_LIMIT, Outbound};
use crate::{ClientError, ClientOptions, Connection, writer};

/// How long a connection that cannot be written to is still read.
const LINGER: Duration = Duration::from_secs(5);

/// A connection, seen by who asks on it.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) pending: Arc<Pending>,
    pub(crate) outbound: mpsc::Sender<Outbound>,
    /// The server knows requests again by their key.
    pub(crate) counts_keys: bool,
    request_timeout: Option<Duration>,
}

/// What all connections of a client share.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) options: Arc<ClientOptions>,
    pub(crate) router: Arc<Router>,
    pub(crate) updates: UpdateSender,
    pub(crate) closing: watch::Receiver<bool>,
}

/// The side of a connection that its end is seen from.
#[derive(Debug)]
pub(crate) struct Lifeline {
    pending: Arc<Pending>,
    reader: JoinHandle<()>,
    /// Lets notifications through once it says so.
    pub(crate) gate: watch::Sender<bool>,
}

impl Lifeline {
    /// Waits until the connection is over and everything that came on it was handed on; tells what ended it.
    pub(crate) async fn ended(&mut self) -> String {
        let reason = self.pending.closed().await;
        if timeout(LINGER, &mut self.reader).await.is_err() {
            self.reader.abort();
        }
        reason
    }
}

impl Drop for Lifeline {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Common {
    /// Starts to read and write on a connection and runs the handshake. Notifications are let through where `open`.
    pub(crate) async fn open<C: Connection>(
        &self,
        connection: C,
        open: bool,
    ) -> Result<(Link, Lifeline, InitializeResponse), ClientError> {
        let (sender, receiver) = connection.split();
        let options = &self.options;
        let pending = Arc::new(Pending::new());
        let (outbound, queue) = mpsc::channel(OUTBOUND_LIMIT);
        let (gate, gate_seen) = watch::channel(open);
        tokio::spawn(writer::run(sender, queue, Arc::clone(&pending), options.tap.clone()));
        let reader = Reader {
            pending: Arc::clone(&pending),
            router: Arc::clone(&self.router),
            updates: self.updates.clone(),
            gate: gate_seen,
            held: Held::default(),
            closing: self.closing.clone(),
            handler: Arc::clone(&options.handler),
            outbound: outbound.downgrade(),
            tap: options.tap.clone(),
            open_requests: HashMap::new(),
        };
        let reader = tokio::spawn(reader.run(receiver));
        let lifeline = Lifeline { pending: Arc::clone(&pending), reader, gate };
        let mut link = Link { pending, outbound, counts_keys: false, request_timeout: options.request_timeout };
        let params =
            InitializeParams { client_info: options.client_info.clone(), capabilities: options.capabilities.clone() };
        let answer = link.ask(methods::Initialize::NAME, &params, None, Then::Nothing).await?;
        let server: InitializeResponse = read::<methods::Initialize>(&answer)?;
        link.counts_keys = server.extensions.contains_key(Extension::Idempotency.name());
        link.notify(ClientNotification::Initialized).await?;
        Ok((link, lifeline, server))
    }

    /// Tells what is held without need while no connection is read; never ends by itself.
    pub(crate) async fn tell_loose(self) -> Infallible {
        loop {
            self.router.loosened().await;
            self.updates.tell_each(|| self.router.loose()).await;
        }
    }

    /// There will be no connection any more: streams end, and what is held still is told.
    pub(crate) async fn lost(&mut self, reason: &str) {
        for notice in self.router.lost(reason) {
            self.updates.tell(Update::Notice(notice)).await;
        }
    }
}

/// The result of a method in its type.
pub(crate) fn read<M: Request>(result: &RawValue) -> Result<M::Result, ClientError> {
    serde_json::from_str(result.get())
        .map_err(|error| ClientError::Protocol(format!("the result of {} does not fit its type: {error}", M::NAME)))
}

impl Link {
    pub(crate) async fn ask<P: Serialize + ?Sized>(
        &self,
        method: &str,
        params: &P,
        key: Option<&str>,
        then: Then,
    ) -> Result<Box<RawValue>, ClientError> {
        let mut call = self.pending.open(then)?;
        let line = envelope::encode_keyed_request(&call.id, method, params, key);
        let answered = async {
            self.send(Outbound::Request(line, call.handover.clone())).await?;
            call.answer().await
        };
        self.in_time(method, answered).await
    }

    /// Waits as long as a call may take.
    pub(crate) async fn in_time<T>(
        &self,
        method: &str,
        call: impl Future<Output = Result<T, ClientError>>,
    ) -> Result<T, ClientError> {
        match self.request_timeout {
            None => call.await,
            Some(after) => match timeout(after, call).await {
                Ok(answer) => answer,
                Err(_) => Err(ClientError::Timeout { method: method.to_owned(), after }),
            },
        }
    }

    pub(crate) async fn notify(&self, notification: ClientNotification) -> Result<(), ClientError> {
        let line = serde_json::to_string(&notification).map_err(|error| ClientError::Protocol(error.to_string()))?;
        self.send(Outbound::Line(line)).await
    }

    async fn send(&self, outbound: Outbound) -> Result<(), ClientError> {
        let sent = tokio::select! {
            biased;
            sent = self.outbound.send(outbound) => sent.is_ok(),
            _ = self.pending.closed() => false,
        };
        match sent {
            true => Ok(()),
            false => Err(ClientError::Closed { reason: self.pending.reason(), unsent: true }),
        }
    }

    /// Asks to interrupt a turn without waiting for the answer; it is left out when nothing can be sent.
    pub(crate) fn post_interrupt(&self, thread: &str, turn: &str) {
        let Ok(id) = self.pending.post(Then::Interrupts(turn.to_owned())) else { return };
        let params = v2::TurnInterruptParams { thread_id: thread.to_owned(), turn_id: turn.to_owned() };
        let line = envelope::encode_request(&id, methods::TurnInterrupt::NAME, &params);
        if let Err(mpsc::error::TrySendError::Full(outbound)) = self.outbound.try_send(Outbound::Line(line))
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let queue = self.outbound.clone();
            // Fails when the connection is over.
            runtime.spawn(async move { queue.send(outbound).await.is_ok() });
        }
    }
}
