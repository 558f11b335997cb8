//! The server as a part of another program: typed requests in, typed events out, no process and no sockets.
//!
//! A request is a value of [`ClientRequest`] and goes through the same checks, the same order and the same handlers as one
//! that came as a line; only its decoding is left out. Its answer is the JSON of the result, or decoded by [`Embedded::call`].
//! Notifications arrive as the engine made them.
//!
//! What must hold: every request is answered once, also when its handler fails, when the server is shut down and when the
//! caller has gone; an id that is in flight is refused with -32600; no more than [`EmbedOptions::in_flight`] requests are open,
//! further ones are refused with -32001; the shutdown ends within its limits.

mod events;
mod options;

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codex_app_server_protocol::v1::{InitializeParams, InitializeResponse};
use codex_app_server_protocol::{
    ClientMethod, ClientRequest, ErrorKind, Extension, Request, RequestId, RpcError, methods,
};
use codex_app_server_transport::{CloseReason, in_process};
use codex_config_loader::EnvSnapshot;
use codex_engine::{Answer, Shutdown};
use codex_utils_cli::CliConfigOverrides;
use codex_utils_metrics::ConnectionLabel;
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Span;

use crate::app::App;
use crate::cli;
use crate::connections::Registered;
use crate::dispatch;
use crate::reply::Reply;

pub use events::{EmbeddedEvent, EmbeddedEvents};
pub use options::EmbedOptions;

/// How long the shutdown waits for the end of turns, and then for open requests.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// The home or the configuration cannot be used.
    #[error("the server cannot be started: {0:#}")]
    Start(anyhow::Error),
    /// The server does not take the client as it presents itself.
    #[error("the handshake was refused: {0}")]
    Refused(RpcError),
}

/// To be called first in `main` of a program that embeds the server, before any thread is started: commands of the model are
/// confined by this very program, started again as a helper. The program ends with the code where there is one.
#[must_use]
pub fn run_if_helper() -> Option<ExitCode> {
    codex_sandbox::run_if_helper();
    cli::arg0::run_as_tool()
}

/// A server in this process, seen by its only client. Clones share it.
///
/// It ends with [`Self::shutdown`]; one that is merely dropped leaves running turns to the runtime.
#[derive(Clone)]
pub struct Embedded {
    inner: Arc<Inner>,
}

struct Inner {
    app: Arc<App>,
    connection: Registered,
    waiting: Arc<Waiting>,
    next_id: AtomicI64,
}

/// The requests in flight, and who waits for each answer; `None` once the server is shut down.
#[derive(Default)]
struct Waiting(Mutex<Callers>);

#[derive(Default)]
struct Callers {
    open: HashMap<RequestId, oneshot::Sender<Answer>>,
    closed: bool,
}

impl Waiting {
    fn callers(&self) -> MutexGuard<'_, Callers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, id: RequestId) -> Result<oneshot::Receiver<Answer>, RpcError> {
        let mut callers = self.callers();
        if callers.closed {
            return Err(shut_down());
        }
        if callers.open.contains_key(&id) {
            let message = "duplicate request id";
            return Err(RpcError::new(ErrorKind::InvalidRequest, message).subject(id.to_string()));
        }
        let (answer, answered) = oneshot::channel();
        callers.open.insert(id, answer);
        Ok(answered)
    }

    fn answer(&self, id: &RequestId, answer: Answer) {
        let caller = self.callers().open.remove(id);
        if let Some(caller) = caller {
            // Fails when the caller has gone.
            let _ = caller.send(answer);
        }
    }

    fn close(&self) {
        self.callers().closed = true;
    }

    /// Answers what is still open.
    fn give_up(&self) {
        let open = std::mem::take(&mut self.callers().open);
        for (_, caller) in open {
            let _ = caller.send(Err(shut_down()));
        }
    }
}

fn shut_down() -> RpcError {
    RpcError::new(ErrorKind::ShuttingDown, "the server was shut down")
}

impl Embedded {
    /// Starts a server and runs the handshake; returns it with what it tells and what it says about itself.
    ///
    /// Needs a tokio runtime, on which everything runs.
    ///
    /// # Errors
    /// [`EmbedError`].
    pub async fn start(options: EmbedOptions) -> Result<(Self, EmbeddedEvents, InitializeResponse), EmbedError> {
        let EmbedOptions { client_info, mut capabilities, env, config, strict, in_flight } = options;
        let env = EnvSnapshot::new(env);
        let flags = CliConfigOverrides { raw: config, ..CliConfigOverrides::default() };
        let loaded = cli::load_config(&flags, strict, &env).await.map_err(EmbedError::Start)?;
        let app = loaded.into_app(&env, None).map_err(EmbedError::Start)?;
        let (connection, peer) = in_process(app.transport_settings());
        let connection = Registered::new(
            Arc::clone(&app),
            (connection.id, ConnectionLabel::InProcess),
            connection.outbound,
            in_flight,
        );
        let (_, receiver) = peer.split();
        let embedded =
            Self { inner: Arc::new(Inner { app, connection, waiting: Arc::default(), next_id: AtomicI64::new(0) }) };
        if let Some(extensions) = capabilities.as_mut().and_then(|asked| asked.extensions.as_mut()) {
            extensions.retain(|name, _| Extension::ALL.iter().all(|own| own.name() != name || !own.is_about_lines()));
        }
        let params = InitializeParams { client_info, capabilities };
        let server = embedded.call::<methods::Initialize>(params).await.map_err(EmbedError::Refused)?;
        Ok((embedded, EmbeddedEvents::new(receiver), server))
    }

    /// Calls a method with its own types.
    ///
    /// # Errors
    /// As [`Self::request`].
    pub async fn call<M: ClientMethod>(&self, params: M::Params) -> Result<M::Result, RpcError> {
        let result = self.request(M::request(params)).await?;
        serde_json::from_str(result.get())
            .map_err(|error| RpcError::internal(format!("the result of {} does not fit its type: {error}", M::NAME)))
    }

    /// Sends a request under an id of its own and waits for the answer.
    ///
    /// # Errors
    /// What the server answers with; -32001 when too many requests are open or the server is shut down.
    pub async fn request(&self, request: ClientRequest) -> Result<Box<RawValue>, RpcError> {
        // The caller may have chosen the same number for one of its own.
        loop {
            let id = RequestId::Integer(self.inner.next_id.fetch_add(1, Ordering::Relaxed));
            if !self.inner.waiting.callers().open.contains_key(&id) {
                return self.request_as(id, request).await;
            }
        }
    }

    /// As [`Self::request`], under an id that the caller chooses. The request enters before this first waits, so that two
    /// that are sent one after the other keep their order.
    ///
    /// # Errors
    /// As [`Self::request`]; -32600 when a request with this id is in flight.
    pub async fn request_as(&self, id: RequestId, request: ClientRequest) -> Result<Box<RawValue>, RpcError> {
        let Inner { app, connection, waiting, .. } = &*self.inner;
        let answered = waiting.open(id.clone())?;
        match connection.session().in_flight.enter() {
            Some(place) => {
                let callers = Arc::clone(waiting);
                let method = request.method();
                let reply = Reply::to_caller(method, move |answer| callers.answer(&id, answer), Span::none(), place);
                dispatch::typed(app, connection.session(), request, reply);
            }
            None => {
                let message = "in-process app-server request queue is full";
                waiting.answer(&id, Err(RpcError::new(ErrorKind::Overloaded, message)));
            }
        }
        // Fails when the server was shut down in this moment.
        answered.await.unwrap_or_else(|_| Err(shut_down()))
    }

    /// Answers a request of the server, which came as [`EmbeddedEvent::Request`]; whether the answer counts. One that was
    /// resolved in another way meanwhile needs none.
    ///
    /// # Errors
    /// When the result cannot be written as JSON; the protocol's types always can.
    pub fn respond<M: Request>(&self, id: &RequestId, result: &M::Result) -> Result<bool, RpcError> {
        let result = to_raw_value(result)
            .map_err(|error| RpcError::internal(format!("cannot encode the answer to {}: {error}", M::NAME)))?;
        Ok(dispatch::answer(&self.inner.app, self.inner.connection.session(), id, Ok(result)))
    }

    /// Refuses a request of the server; whether the refusal counts.
    pub fn refuse(&self, id: &RequestId, error: RpcError) -> bool {
        dispatch::answer(&self.inner.app, self.inner.connection.session(), id, Err(error))
    }

    /// Ends the server, for all clones: takes nothing new, interrupts turns, then waits for open requests, each for at most
    /// 5 s; what is open after that is answered with an error. What was announced is written, and the events end.
    pub async fn shutdown(self) {
        let Inner { app, connection, waiting, .. } = &*self.inner;
        waiting.close();
        if timeout(SHUTDOWN_LIMIT, app.end_turns(Shutdown::InterruptNow)).await.is_err() {
            tracing::warn!("turns did not end in time");
        }
        // What lives with the connection, such as its commands, is ended, which answers the requests about it.
        connection.session().ended().cancel();
        if timeout(SHUTDOWN_LIMIT, connection.answered()).await.is_err() {
            tracing::warn!("requests were not answered in time");
        }
        waiting.give_up();
        connection.session().outbound().close(CloseReason::GoingAway);
    }
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let open = self.inner.waiting.callers().open.len();
        f.debug_struct("Embedded").field("open_requests", &open).finish_non_exhaustive()
    }
}
