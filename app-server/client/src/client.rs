//! The client: calls, notifications and turns, on one connection or on one after the other.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v1::InitializeResponse;
use codex_app_server_protocol::{ClientNotification, Extension, Request, methods, v2};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::link::{Common, Lifeline, Link, read};
use crate::router::{Router, Then};
use crate::writer::Outbound;
use crate::{ClientError, ClientOptions, Connection, Notifications, TurnStream, key, updates};

/// How long [`Client::close`] waits for the server to end the connection.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

/// A client behind its handshake. Clones share the connection, which ends with the last of them.
///
/// Calls run side by side and may be answered in any order. A call whose future is dropped is given up: nobody gets its
/// answer, but the server still runs it. So it is with the start of a turn: what is told of a turn whose stream nobody has
/// taken comes with all other notifications.
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
    /// Whether there will be another connection when this one breaks.
    pub(crate) reconnects: bool,
    /// Why there will be no connection any more.
    pub(crate) over: Arc<watch::Sender<Option<String>>>,
}

impl Shared {
    pub(crate) fn new(link: Link, router: Arc<Router>, closing: watch::Sender<bool>, reconnects: bool) -> Arc<Self> {
        Arc::new(Self {
            link: watch::Sender::new(Arc::new(link)),
            ready: watch::Sender::new(true),
            router,
            closing,
            reconnects,
            over: Arc::new(watch::Sender::new(None)),
        })
    }

    /// A client on its next connection alone, while it gets back into its threads. It does not keep the client itself
    /// from ending.
    pub(crate) fn on_next(link: Arc<Link>, router: Arc<Router>, over: Arc<watch::Sender<Option<String>>>) -> Arc<Self> {
        Arc::new(Self {
            link: watch::Sender::new(link),
            ready: watch::Sender::new(false),
            router,
            closing: watch::Sender::new(false),
            reconnects: false,
            over,
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
        let shared = Shared::new(link, router, closing, false);
        tokio::spawn(see_off(lifeline, common, Arc::clone(&shared.over)));
        Ok((Self { shared }, Notifications::new(told), server))
    }

    fn link(&self) -> Arc<Link> {
        Arc::clone(&self.shared.link.borrow())
    }

    /// Calls a method and waits for its result.
    ///
    /// Where the client reconnects and the server knows requests again by their key, a call that starts something carries
    /// a key: when the connection breaks before the answer is there, it is sent again on the next one, and what it starts is
    /// started once.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call<M: Request>(&self, params: M::Params) -> Result<M::Result, ClientError> {
        read::<M>(&self.ask(M::NAME, &params, None, || Then::of(M::NAME, &params)).await?)
    }

    /// As [`Self::call`], under a key of the caller's: the server brings the first result again for a day, whoever asks.
    ///
    /// # Errors
    /// [`ClientError::NoKeys`] when the server has not granted that keys count; else as [`Self::call`].
    pub async fn call_with_key<M: Request>(
        &self,
        params: M::Params,
        key: impl Into<String>,
    ) -> Result<M::Result, ClientError> {
        read::<M>(&self.ask(M::NAME, &params, Some(key.into()), || Then::of(M::NAME, &params)).await?)
    }

    /// Calls a method by its name, for those that have no types yet.
    ///
    /// # Errors
    /// [`ClientError`], see there.
    pub async fn call_raw(&self, method: &str, params: Option<&RawValue>) -> Result<Box<RawValue>, ClientError> {
        self.ask(method, &params, None, || Then::of(method, &params)).await
    }

    /// As [`Self::call_with_key`], by the name of the method.
    ///
    /// # Errors
    /// As [`Self::call_with_key`].
    pub async fn call_raw_with_key(
        &self,
        method: &str,
        params: Option<&RawValue>,
        key: impl Into<String>,
    ) -> Result<Box<RawValue>, ClientError> {
        self.ask(method, &params, Some(key.into()), || Then::of(method, &params)).await
    }

    /// Asks, and where the request has a key that counts, asks again on the next connection when one breaks meanwhile.
    async fn ask<P: Serialize>(
        &self,
        method: &str,
        params: &P,
        key: Option<String>,
        mut then: impl FnMut() -> Then,
    ) -> Result<Box<RawValue>, ClientError> {
        let mut link = self.link();
        if key.is_some() && !link.counts_keys {
            return Err(ClientError::NoKeys);
        }
        let repeats = self.shared.reconnects && link.counts_keys && Extension::counts_keys(method);
        let key = key.or_else(|| repeats.then(key::fresh));
        // While there is no connection nothing can be asked.
        if !repeats || link.pending.is_closed() {
            return link.ask(method, params, key.as_deref(), then()).await;
        }
        let first = Arc::clone(&link);
        let asking = async {
            let mut never_sent = true;
            loop {
                let (reason, unsent) = match link.ask(method, params, key.as_deref(), then()).await {
                    Err(ClientError::Closed { reason, unsent }) => (reason, unsent),
                    other => return other,
                };
                never_sent &= unsent;
                match self.next_link(&link).await {
                    Some(next) if next.counts_keys => link = next,
                    _ => return Err(ClientError::Closed { reason, unsent: never_sent }),
                }
            }
        };
        first.in_time(method, asking).await
    }

    /// Waits for the connection behind this one; `None` when there will be none.
    async fn next_link(&self, last: &Arc<Link>) -> Option<Arc<Link>> {
        let mut links = self.shared.link.subscribe();
        tokio::select! {
            biased;
            _ = self.closed() => None,
            // The sender lives as long as `self`.
            next = links.wait_for(|link| !Arc::ptr_eq(link, last)) => next.ok().map(|next| Arc::clone(&next)),
        }
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
        self.start_turn(params, None).await
    }

    /// As [`Self::turn_with`], under a key of the caller's, see [`Self::call_with_key`]: the stream is that of the turn which
    /// the key has started first.
    ///
    /// # Errors
    /// As [`Self::turn`] and [`Self::call_with_key`].
    pub async fn turn_with_key(
        &self,
        params: v2::TurnStartParams,
        key: impl Into<String>,
    ) -> Result<TurnStream, ClientError> {
        self.start_turn(params, Some(key.into())).await
    }

    async fn start_turn(&self, params: v2::TurnStartParams, key: Option<String>) -> Result<TurnStream, ClientError> {
        let mut starting = self.shared.router.starting(&params.thread_id);
        let answer = self.ask(methods::TurnStart::NAME, &params, key, || starting.then()).await?;
        let started = read::<methods::TurnStart>(&answer)?;
        let Some(events) = starting.taken() else {
            return Err(ClientError::Protocol("a turn without a stream".to_owned()));
        };
        Ok(TurnStream::new(self.clone(), params.thread_id, started.turn, events))
    }

    /// A turn is not followed any more; whether it may still run.
    pub(crate) fn forget_turn(&self, turn: &str) -> bool {
        self.shared.router.forget(turn)
    }

    /// Interrupts a turn without waiting; where that cannot be asked now, on the next connection.
    pub(crate) fn post_interrupt(&self, thread: &str, turn: &str) {
        self.shared.router.interrupt(thread, turn);
        self.link().post_interrupt(thread, turn);
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
    /// comes. Returns when the server has ended its side. A client that is about to reconnect, or to get back into its
    /// threads, gives that up.
    ///
    /// # Errors
    /// [`ClientError::Timeout`] when the server does not within 10 s; open calls then end without it.
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
            Err(_) => {
                link.pending.close("it was closed, and the server did not end it");
                Err(ClientError::Timeout { method: "the end of the connection".to_owned(), after: CLOSE_LIMIT })
            }
        }
    }
}

/// Waits for the end of the only connection.
async fn see_off(mut lifeline: Lifeline, mut common: Common, over: Arc<watch::Sender<Option<String>>>) {
    let reason = lifeline.ended().await;
    common.lost(&reason).await;
    drop(common);
    over.send_replace(Some(reason));
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("over", &*self.shared.over.borrow()).finish_non_exhaustive()
    }
}
