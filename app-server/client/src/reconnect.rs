//! A client that gets itself another connection when one breaks.
//!
//! One task looks after the connection: it waits for its end, pauses, dials, runs the same handshake again, gets the client
//! back into its threads and only then lets notifications through. Each step is told as a [`LinkEvent`], in the same queue
//! as notifications, so that the reader knows what came before and what behind it.

use std::fmt;
use std::io;
use std::sync::{Arc, Weak};
use std::time::Duration;

use codex_app_server_protocol::v1::InitializeResponse;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::client::Shared;
use crate::link::{Common, Lifeline, Link};
use crate::rejoin::{Rejoin, Rejoining, Replay};
use crate::router::Router;
use crate::updates::{self, LeftThread, LinkEvent, Update, Updates};
use crate::{Backoff, Client, ClientError, ClientOptions, Connection};

/// Makes connections to one server, one after the other. Functions that return a future of a connection do.
pub trait Dial: Send + Sync + 'static {
    /// What it makes.
    type Connection: Connection;

    /// Makes a connection.
    fn dial(&self) -> impl Future<Output = io::Result<Self::Connection>> + Send;
}

impl<F, D, C> Dial for F
where
    F: Fn() -> D + Send + Sync + 'static,
    D: Future<Output = io::Result<C>> + Send,
    C: Connection,
{
    type Connection = C;

    fn dial(&self) -> impl Future<Output = io::Result<C>> + Send {
        self()
    }
}

/// How a client reconnects.
#[derive(Clone)]
pub struct Reconnect {
    /// The pauses before tries, and how many there are.
    pub backoff: Backoff,
    /// How long a connection and its handshake may take.
    pub attempt_timeout: Duration,
    /// How long it may take to get back into a thread.
    pub rejoin_timeout: Duration,
    /// How the client gets back into its threads.
    pub rejoin: Arc<dyn Rejoin>,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            attempt_timeout: Duration::from_secs(30),
            rejoin_timeout: Duration::from_secs(120),
            rejoin: Arc::new(Replay),
        }
    }
}

impl fmt::Debug for Reconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reconnect")
            .field("backoff", &self.backoff)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("rejoin_timeout", &self.rejoin_timeout)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// As [`Client::connect`], with connections that the client makes itself: when one breaks, it gets another one, runs
    /// the same handshake and gets back into the threads that it was subscribed to. What happens is told among the updates.
    ///
    /// A call that is open when the connection breaks ends with [`ClientError::Closed`], which says whether it is known
    /// never to have been sent, unless it has a key by which the server knows it again, see [`Client::call`]; one that is
    /// made while there is no connection ends so at once. [`Client::ready`] waits for the next connection. A server that
    /// answers the handshake with an error is not tried again.
    ///
    /// # Errors
    /// [`ClientError`] when the first connection cannot be made; it is tried once.
    pub async fn dial<D: Dial>(
        dial: D,
        options: ClientOptions,
        reconnect: Reconnect,
    ) -> Result<(Self, Updates, InitializeResponse), ClientError> {
        let (closing, closing_seen) = watch::channel(false);
        let (updates, told) = updates::channel(closing_seen.clone());
        let router = Arc::<Router>::default();
        let options = Arc::new(options.reconnecting());
        let common = Common { options, router: Arc::clone(&router), updates, closing: closing_seen };
        let supervisor = Supervisor { dial, common, reconnect, tries: 0, back: None };
        let (link, lifeline, server) = supervisor.attempt(true).await?;
        let shared = Shared::new(link, router, closing, true);
        let over = Arc::clone(&shared.over);
        tokio::spawn(supervisor.run(lifeline, Arc::downgrade(&shared), over));
        Ok((Self { shared }, told, server))
    }
}

/// Looks after the connection of a client.
struct Supervisor<D> {
    dial: D,
    common: Common,
    reconnect: Reconnect,
    /// The tries since the client was last back in its threads and stayed there: a server that takes connections and drops
    /// them is not asked the more often for it.
    tries: u32,
    /// Since when the client is back.
    back: Option<Instant>,
}

impl<D: Dial> Supervisor<D> {
    async fn run(mut self, mut lifeline: Lifeline, client: Weak<Shared>, over: Arc<watch::Sender<Option<String>>>) {
        let (reason, gave_up) = loop {
            let reason = lifeline.ended().await;
            if self.is_closing() {
                break (reason, false);
            }
            if let Some(shared) = client.upgrade() {
                shared.ready.send_replace(false);
            }
            if self.back.take().is_some_and(|back| back.elapsed() >= self.reconnect.backoff.first) {
                self.tries = 0;
            }
            self.common.router.disconnected(&reason);
            let mut closing = self.common.closing.clone();
            let loose = self.common.clone().tell_loose();
            let back = tokio::select! {
                biased;
                // Fails when the last client is gone, which is the same.
                _ = closing.wait_for(|closing| *closing) => break (reason, false),
                back = self.get_back(&client, &over, reason.clone()) => back,
                never = loose => match never {},
            };
            match back {
                Ok(next) => lifeline = next,
                Err(reason) => break (reason, true),
            }
        };
        self.common.lost(&reason).await;
        if gave_up {
            self.tell(LinkEvent::GaveUp { reason: reason.clone() }).await;
        }
        drop(self);
        over.send_replace(Some(reason));
    }

    /// Gets the client another connection and back into its threads. An error is the reason to give up. Dropping the future
    /// ends the connection that it has made.
    async fn get_back(
        &mut self,
        client: &Weak<Shared>,
        over: &Arc<watch::Sender<Option<String>>>,
        broken: String,
    ) -> Result<Lifeline, String> {
        self.tell(LinkEvent::Disconnected { reason: broken.clone() }).await;
        let (link, lifeline, server) = self.again(broken).await?;
        self.rejoin(client, over, Arc::new(link), server).await;
        lifeline.gate.send_replace(true);
        Ok(lifeline)
    }

    fn is_closing(&self) -> bool {
        // Without a sender there is no client any more.
        *self.common.closing.borrow() || self.common.closing.has_changed().is_err()
    }

    async fn tell(&mut self, event: LinkEvent) {
        self.common.updates.tell(Update::Link(event)).await;
    }

    /// Tries until there is a connection. An error is the reason to give up.
    async fn again(&mut self, broken: String) -> Result<(Link, Lifeline, InitializeResponse), String> {
        let mut last = broken;
        while self.reconnect.backoff.attempts.is_none_or(|attempts| self.tries < attempts) {
            self.tries = self.tries.saturating_add(1);
            let after = self.reconnect.backoff.pause(self.tries);
            self.tell(LinkEvent::Reconnecting { attempt: self.tries, after }).await;
            sleep(after).await;
            match self.attempt(false).await {
                Ok(opened) => return Ok(opened),
                Err(error @ (ClientError::Rpc(_) | ClientError::Protocol(_))) => return Err(error.to_string()),
                Err(error) => last = error.to_string(),
            }
        }
        Err(last)
    }

    /// Makes one connection and runs the handshake.
    async fn attempt(&self, open: bool) -> Result<(Link, Lifeline, InitializeResponse), ClientError> {
        let limit = self.reconnect.attempt_timeout;
        let attempt = async { self.common.open(self.dial.dial().await?, open).await };
        match timeout(limit, attempt).await {
            Ok(opened) => opened,
            Err(_) => Err(ClientError::Timeout { method: "the connection".to_owned(), after: limit }),
        }
    }

    /// Hands the new connection to the client and gets it back into its threads.
    async fn rejoin(
        &mut self,
        client: &Weak<Shared>,
        over: &Arc<watch::Sender<Option<String>>>,
        link: Arc<Link>,
        server: InitializeResponse,
    ) {
        let router = Arc::clone(&self.common.router);
        let next = Client { shared: Shared::on_next(Arc::clone(&link), router, Arc::clone(over)) };
        let mut threads = Vec::new();
        for (thread_id, cursor) in self.common.router.threads() {
            let rejoining = Rejoining { thread_id: &thread_id, cursor: cursor.as_deref(), server: &server };
            let limit = self.reconnect.rejoin_timeout;
            let outcome = match timeout(limit, self.reconnect.rejoin.rejoin(&next, rejoining)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(ClientError::Timeout { method: "the way back into the thread".to_owned(), after: limit }),
            };
            threads.push(LeftThread { thread_id, outcome });
        }
        // Where it broke again on the way, the next one sees to the threads that are left.
        let seen_to = threads.len();
        threads.retain(|left| !matches!(left.outcome, Err(ClientError::Closed { .. })));
        let is_whole = threads.len() == seen_to;
        if !is_whole && threads.is_empty() {
            return;
        }
        self.common.router.rejoined(&threads);
        self.tell(LinkEvent::Reconnected { server: Box::new(server), threads }).await;
        if !is_whole {
            return;
        }
        self.back = Some(Instant::now());
        let Some(shared) = client.upgrade() else { return };
        // Who closes says so first and takes the connection then: it finds this one, or is seen here.
        let is_handed_over = shared.link.send_if_modified(|current| {
            let is_open = !self.is_closing();
            if is_open {
                *current = Arc::clone(&link);
            }
            is_open
        });
        if is_handed_over {
            shared.ready.send_replace(true);
            for (turn, thread) in self.common.router.interrupts() {
                link.post_interrupt(&thread, &turn);
            }
        }
    }
}
