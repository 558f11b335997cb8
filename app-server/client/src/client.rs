//! The client: calls, notifications and turns, on one connection or on one after the other.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v1::InitializeResponse;
use codex_app_server_protocol::{ClientNotification, Request, methods, v2};
use serde_json::value::RawValue;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::link::{Common, Lifeline, Link};
use crate::router::{Router, Then};
use crate::writer::Outbound;
use crate::{ClientError, ClientOptions, Connection, Notifications, TurnStream, turn_stream, updates};

/// How long [`Client::close`] waits for the server to end the connection.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

/// A client behind its handshake. Clones share the connection, which ends with the last of them.
///
/// Calls run side by side and may be answered in any order. A call whose future is dropped is given up: its answer is
/// ignored, but the server still runs it.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    /// The connection; the last one where there is none.
    pub(crate) link: watch::Sender<Arc<Link>>,
    /// Whether there is a connection and the client is back in its threads.
    pub(crate) ready: watch::Sender<bool>,
    pub(crate) router: Arc<Router>,
    pub(crate) closing: watch::Sender<bool>,
    /// Why there will be no connection any more.
    pub(crate) over: Arc<watch::Sender<Option<String>>>,
}

impl Shared {
    pub(crate) fn new(link: Link, router: Arc<Router>, closing: watch::Sender<bool>) -> Arc<Self> {
        Arc::new(Self {
            link: watch::Sender::new(Arc::new(link)),
            ready: watch::Sender::new(true),
            router,
            closing,
            over: Arc::new(watch::Sender::new(None)),
        })
    }
}

impl Client {
    /// Runs the handshake (`initialize`, then `initialized`) and returns the client, the notifications and what the
    /// server said about itself. The client ends with this connection; [`Self::dial`] makes one that reconnects.
    ///
    /// # Errors
    /// [`ClientError`] when the server refuses the handshake, does not speak this protocol or goes away.
    pub async fn connect<C: Connection>(
        connection: C,
        options: ClientOptions,
    ) -> Result<(Self, Notifications, InitializeResponse), ClientError> {
        let (closing, closing_seen) = watch::channel(false);
        let (updates, told) = updates::channel(closing_seen.clone());
        let router = Arc::<Router>::default();
        let common = Common { options: Arc::new(options), router: Arc::clone(&router), updates, closing: closing_seen };
        let (link, lifeline, server) = common.open(connection, true).await?;
        let shared = Shared::new(link, router, closing);
        tokio::spawn(see_off(lifeline, common, Arc::clone(&shared.over)));
        Ok((Self { shared }, Notifications::new(told), server))
    }

    fn link(&self) -> Arc<Link> {
        Arc::clone(&self.shared.link.borrow())
    }

    /// Calls a method and waits for its result.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call<M: Request>(&self, params: M::Params) -> Result<M::Result, ClientError> {
        let then = Then::of(M::NAME, &params);
        self.link().call::<M>(&params, then).await
    }

    /// Calls a method by its name, for those that have no types yet.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call_raw(&self, method: &str, params: Option<&RawValue>) -> Result<Box<RawValue>, ClientError> {
        let then = Then::of(method, &params);
        self.link().ask(method, &params, then).await
    }

    /// Starts a turn and follows it, see [`TurnStream`]: what is told about it comes there and nowhere else. Several turns
    /// may run at the same time, of one thread one after the other.
    ///
    /// A turn that is started while another one of the thread runs joins that one, and both streams tell of it.
    ///
    /// # Errors
    /// [`ClientError`] when the turn is not started, or when nothing is known of it.
    pub async fn turn(&self, thread: impl Into<String>, input: Vec<v2::UserInput>) -> Result<TurnStream, ClientError> {
        self.turn_with(v2::TurnStartParams { thread_id: thread.into(), input, ..Default::default() }).await
    }

    /// As [`Self::turn`], with all that a turn may be started with.
    ///
    /// # Errors
    /// As [`Self::turn`].
    pub async fn turn_with(&self, params: v2::TurnStartParams) -> Result<TurnStream, ClientError> {
        let (sink, events) = turn_stream::channel(params.thread_id.clone());
        let started = {
            let _starting = self.shared.router.starting(&params.thread_id);
            self.link().call::<methods::TurnStart>(&params, Then::Streams(sink)).await?
        };
        Ok(TurnStream::new(self.clone(), params.thread_id, started.turn, events))
    }

    /// A turn is not followed any more; whether it may still run.
    pub(crate) fn forget_turn(&self, turn: &str) -> bool {
        self.shared.router.forget(turn)
    }

    /// Interrupts a turn without waiting.
    pub(crate) fn post_interrupt(&self, thread: &str, turn: &str) {
        let params = v2::TurnInterruptParams { thread_id: thread.to_owned(), turn_id: turn.to_owned() };
        self.link().post(methods::TurnInterrupt::NAME, &params);
    }

    /// Sends a notification.
    ///
    /// # Errors
    /// [`ClientError::Closed`] when the connection is over.
    pub async fn notify(&self, notification: ClientNotification) -> Result<(), ClientError> {
        self.link().notify(notification).await
    }

    /// Waits until there is a connection and the client is back in its threads.
    ///
    /// # Errors
    /// [`ClientError::Closed`] when there will be none any more.
    pub async fn ready(&self) -> Result<(), ClientError> {
        let mut ready = self.shared.ready.subscribe();
        tokio::select! {
            biased;
            reason = self.closed() => Err(ClientError::Closed { reason, unsent: true }),
            // The sender lives as long as `self`, so that this cannot fail.
            _ = ready.wait_for(|ready| *ready) => Ok(()),
        }
    }

    /// Waits until the connection is over for good and tells what ended it.
    pub async fn closed(&self) -> String {
        let mut over = self.shared.over.subscribe();
        // The sender lives as long as `self`, so that this cannot fail.
        let reason = over.wait_for(Option::is_some).await.ok().and_then(|reason| reason.clone());
        reason.unwrap_or_default()
    }

    /// Ends the connection, for all clones: what was said before is still sent, then the server is told that nothing more
    /// comes. Returns when the server has ended its side. A client that is about to reconnect gives that up.
    ///
    /// # Errors
    /// [`ClientError::Timeout`] when the server does not within 10 s.
    pub async fn close(self) -> Result<(), ClientError> {
        self.shared.closing.send_replace(true);
        let link = self.link();
        let ended = async {
            // Fails when the writer is gone, and then the connection is ending already.
            let _ = link.outbound.send(Outbound::Close).await;
            self.closed().await
        };
        match timeout(CLOSE_LIMIT, ended).await {
            Ok(_) => Ok(()),
            Err(_) => Err(ClientError::Timeout { method: "the end of the connection".to_owned(), after: CLOSE_LIMIT }),
        }
    }
}

/// Waits for the end of the only connection.
async fn see_off(mut lifeline: Lifeline, common: Common, over: Arc<watch::Sender<Option<String>>>) {
    let reason = lifeline.ended().await;
    common.router.lost(&reason);
    drop(common);
    over.send_replace(Some(reason));
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("over", &*self.shared.over.borrow()).finish_non_exhaustive()
    }
}
