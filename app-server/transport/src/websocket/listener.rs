//! Accepts clients. A handshake is a task of its own with a time limit, so that a slow peer delays nobody.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use super::handshake::{self, Upgraded};
use super::socket::{Entrance, Socket, WriteHalf, linger};
use super::{FrameReader, ListenerSettings, control_socket};
use crate::inbound::Source;
use crate::outbound::{Framing, Queue, Writer};
use crate::{CloseReason, Connection, ConnectionId, InboundReader, ListenAddr, Outbound, Overflow};

/// How many handshakes may be under way; further clients wait in the system's queue.
const PENDING_HANDSHAKES: usize = 256;
/// How many connections may wait for [`WebSocketListener::accept`].
const READY_CONNECTIONS: usize = 16;
/// How long the last bytes of a connection may take.
const FAREWELL_TIME: Duration = Duration::from_secs(1);
/// How long the client has to close its side.
const LINGER_TIME: Duration = Duration::from_millis(500);
/// How long accepting rests when the system refuses it, for want of file descriptors for one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// The longest reason that fits into a close frame.
const REASON_BYTES: usize = 123;

/// Listens for websocket clients; also answers `/readyz`, `/healthz` and the pages of its settings.
#[derive(Debug)]
pub struct WebSocketListener {
    entrance: Mutex<Option<Arc<Entrance>>>,
    address: ListenAddr,
    settings: Arc<ListenerSettings>,
    pending: Arc<Semaphore>,
    /// One for each connection that may be open.
    places: Arc<Semaphore>,
    ready: tokio::sync::Mutex<mpsc::Receiver<Connection>>,
    upgraded: mpsc::Sender<Connection>,
    stopped: CancellationToken,
    tasks: TaskTracker,
}

impl WebSocketListener {
    /// Binds to `addr`; port 0 takes a free one. Must be called within a runtime.
    ///
    /// # Errors
    /// When the address cannot be bound; the message names it.
    pub async fn bind(addr: SocketAddr, settings: ListenerSettings) -> io::Result<Self> {
        let listener = TcpListener::bind(addr)
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {addr}: {error}")))?;
        let address = ListenAddr::WebSocket(listener.local_addr()?);
        Ok(Self::new(Entrance::Tcp(listener), address, settings))
    }

    /// Binds to a unix socket at `path`, to which only the user can connect. A socket that a dead server left there is
    /// replaced; the file is removed when the listener is stopped or dropped. Must be called within a runtime.
    ///
    /// # Errors
    /// When somebody listens there, something else than a socket is, or the system refuses; the message names the path.
    pub async fn bind_unix(path: &Path, settings: ListenerSettings) -> io::Result<Self> {
        let (listener, file) = control_socket::bind(path).await?;
        let address = ListenAddr::Unix(Some(path.to_owned()));
        Ok(Self::new(Entrance::Unix(file, listener), address, settings))
    }

    fn new(entrance: Entrance, address: ListenAddr, settings: ListenerSettings) -> Self {
        let (upgraded, ready) = mpsc::channel(READY_CONNECTIONS);
        Self {
            entrance: Mutex::new(Some(Arc::new(entrance))),
            address,
            pending: Arc::new(Semaphore::new(PENDING_HANDSHAKES)),
            places: Arc::new(Semaphore::new(settings.max_connections.min(Semaphore::MAX_PERMITS))),
            settings: Arc::new(settings),
            ready: tokio::sync::Mutex::new(ready),
            upgraded,
            stopped: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Where clients connect, with the port that was taken.
    #[must_use]
    pub fn address(&self) -> &ListenAddr {
        &self.address
    }

    /// The next client; `None` once stopped. May be cancelled without loss; clients get in, and health checks are
    /// answered, only while this is awaited.
    pub async fn accept(&self) -> Option<Connection> {
        let mut ready = self.ready.lock().await;
        loop {
            let entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(entrance) = entrance else {
                ready.close();
                while ready.recv().await.is_some() {}
                return None;
            };
            tokio::select! {
                biased;
                () = self.stopped.cancelled() => {}
                Some(connection) = ready.recv() => return Some(connection),
                (accepted, permit) = next_socket(&entrance, &self.pending) => match accepted {
                    Ok(socket) => self.shake_hands(socket, permit),
                    Err(error) => {
                        warn!(%error, "a client could not be accepted");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
            }
        }
    }

    /// Refuses new clients; those that are connected stay.
    pub fn stop(&self) {
        if let Some(entrance) = self.entrance.lock().unwrap_or_else(PoisonError::into_inner).take() {
            entrance.hide();
        }
        self.stopped.cancel();
        self.tasks.close();
    }

    /// Waits until the listener is stopped and all its connections have ended.
    pub async fn drained(&self) {
        self.stopped.cancelled().await;
        self.accept().await;
        self.tasks.wait().await;
    }

    fn shake_hands(&self, socket: Socket, permit: Option<OwnedSemaphorePermit>) {
        let (upgraded, stopped) = (self.upgraded.clone(), self.stopped.clone());
        let (settings, tasks, places) = (Arc::clone(&self.settings), self.tasks.clone(), Arc::clone(&self.places));
        self.tasks.spawn(async move {
            let _permit = permit;
            let kind = socket.kind;
            let shaken = tokio::select! {
                () = stopped.cancelled() => return,
                shaken = handshake::answer(socket, &settings, &places) => shaken,
            };
            match shaken {
                Ok(Some(socket)) => {
                    let connection = connect(socket, &settings, &tasks);
                    // When nobody accepts any more, dropping the connection closes it.
                    let _ = upgraded.send(connection).await;
                }
                Ok(None) => {}
                Err(error) => debug!(?kind, %error, "a handshake failed"),
            }
        });
    }
}

async fn next_socket(
    entrance: &Entrance,
    pending: &Arc<Semaphore>,
) -> (io::Result<Socket>, Option<OwnedSemaphorePermit>) {
    let permit = Arc::clone(pending).acquire_owned().await.ok();
    (entrance.accept().await, permit)
}

fn connect(upgraded: Upgraded, settings: &ListenerSettings, tasks: &TaskTracker) -> Connection {
    let Upgraded { socket: Socket { input, output, kind }, read_ahead, place } = upgraded;
    let (outbound, queue) = Outbound::new(settings.transport.outbound, Overflow::Close);
    let longest = settings.transport.max_line_bytes;
    let frames = FrameReader::new(input, read_ahead, longest, settings.ping_interval, Arc::clone(&queue));
    let inbound = InboundReader::new(Source::Frames(frames), Arc::clone(&queue));
    tasks.spawn(async move {
        write(output, queue).await;
        drop(place);
    });
    Connection { id: ConnectionId::next(), kind, inbound, outbound }
}

/// Writes until the connection is closed, then says so to the client.
async fn write(output: WriteHalf, queue: Arc<Queue>) {
    let _finished = queue.finished.clone().drop_guard();
    let mut writer = Writer::new(Arc::clone(&queue), output, Framing::WebSocket);
    if !writer.run().await {
        return;
    }
    let reason = queue.close_reason().unwrap_or(CloseReason::PeerGone);
    debug!(%reason, "a websocket is closed");
    writer.finish(&close_frame(&reason), FAREWELL_TIME).await;
    let _ = timeout(LINGER_TIME, linger(writer.sink)).await;
}

/// A peer that closed gets a frame without a code, as nothing more is to be said.
fn close_frame(reason: &CloseReason) -> Vec<u8> {
    let code = match reason {
        CloseReason::PeerGone => None,
        CloseReason::TooSlow { .. } | CloseReason::Stalled { .. } => Some(CloseCode::Again),
        CloseReason::Unresponsive { .. } => Some(CloseCode::Error),
        CloseReason::GoingAway => Some(CloseCode::Away),
        CloseReason::Error(_) => Some(CloseCode::Policy),
    };
    let mut text = reason.to_string();
    text.truncate(text.floor_char_boundary(REASON_BYTES));
    let frame = Frame::close(code.map(|code| CloseFrame { code, reason: text.into() }));
    let mut bytes = Vec::new();
    // Writing to a vector does not fail.
    let _ = frame.format(&mut bytes);
    bytes
}
