//! Accepts clients. A handshake is a task of its own with a time limit, so that a slow peer delays nobody.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use super::frames::FrameReader;
use super::handshake::{self, Page, Upgraded};
use crate::inbound::Source;
use crate::outbound::{Framing, Queue, Writer};
use crate::{
    CloseReason, Connection, ConnectionId, ConnectionKind, InboundReader, Outbound, Overflow, TransportSettings,
};

/// How long a handshake may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// How many handshakes may be under way; further clients wait in the system's queue.
const PENDING_HANDSHAKES: usize = 256;
/// How many connections may wait for [`WebSocketListener::accept`].
const READY_CONNECTIONS: usize = 16;
/// How long the last bytes of a connection may take.
const FAREWELL_TIME: Duration = Duration::from_secs(1);
/// How long the client has to close its side.
const LINGER_TIME: Duration = Duration::from_millis(500);
/// After so long a silence the system asks whether the peer is still there.
const KEEPALIVE_TIME: Duration = Duration::from_secs(60);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// How long accepting rests when the system refuses it, for want of file descriptors for one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// The longest reason that fits into a close frame.
const REASON_BYTES: usize = 123;

/// Listens for websocket clients; also answers `/readyz` and `/healthz`.
#[derive(Debug)]
pub struct WebSocketListener {
    listener: Mutex<Option<Arc<TcpListener>>>,
    addr: SocketAddr,
    settings: TransportSettings,
    pages: Arc<[Page]>,
    pending: Arc<Semaphore>,
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
    pub async fn bind(addr: SocketAddr, settings: TransportSettings) -> io::Result<Self> {
        let listener = TcpListener::bind(addr)
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {addr}: {error}")))?;
        let addr = listener.local_addr()?;
        let (upgraded, ready) = mpsc::channel(READY_CONNECTIONS);
        Ok(Self {
            listener: Mutex::new(Some(Arc::new(listener))),
            addr,
            settings,
            pages: Arc::default(),
            pending: Arc::new(Semaphore::new(PENDING_HANDSHAKES)),
            ready: tokio::sync::Mutex::new(ready),
            upgraded,
            stopped: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// The same, showing these pages besides.
    #[must_use]
    pub fn with_pages(self, pages: &[Page]) -> Self {
        Self { pages: pages.into(), ..self }
    }

    /// The address it is bound to.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.addr
    }

    /// The next client; `None` once stopped. May be cancelled without loss; clients get in, and health checks are
    /// answered, only while this is awaited.
    pub async fn accept(&self) -> Option<Connection> {
        let mut ready = self.ready.lock().await;
        loop {
            let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(listener) = listener else {
                ready.close();
                while ready.recv().await.is_some() {}
                return None;
            };
            tokio::select! {
                biased;
                () = self.stopped.cancelled() => {}
                Some(connection) = ready.recv() => return Some(connection),
                (accepted, permit) = next_socket(&listener, &self.pending) => match accepted {
                    Ok((socket, peer)) => self.shake_hands(socket, peer, permit),
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
        self.listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.stopped.cancel();
        self.tasks.close();
    }

    /// Waits until the listener is stopped and all its connections have ended.
    pub async fn drained(&self) {
        self.stopped.cancelled().await;
        self.accept().await;
        self.tasks.wait().await;
    }

    fn shake_hands(&self, socket: TcpStream, peer: SocketAddr, permit: Option<OwnedSemaphorePermit>) {
        let (upgraded, stopped) = (self.upgraded.clone(), self.stopped.clone());
        let (settings, tasks, pages) = (self.settings, self.tasks.clone(), Arc::clone(&self.pages));
        self.tasks.spawn(async move {
            let _permit = permit;
            let shaken = tokio::select! {
                () = stopped.cancelled() => return,
                shaken = timeout(HANDSHAKE_TIME, prepared(socket, &pages)) => shaken,
            };
            match shaken {
                Ok(Ok(Some(socket))) => {
                    let connection = connect(socket, peer, settings, &tasks);
                    // When nobody accepts any more, dropping the connection closes it.
                    let _ = upgraded.send(connection).await;
                }
                Ok(Ok(None)) => {}
                Ok(Err(error)) => debug!(%peer, %error, "a handshake failed"),
                Err(_) => debug!(%peer, "a handshake took too long"),
            }
        });
    }
}

async fn next_socket(
    listener: &TcpListener,
    pending: &Arc<Semaphore>,
) -> (io::Result<(TcpStream, SocketAddr)>, Option<OwnedSemaphorePermit>) {
    let permit = Arc::clone(pending).acquire_owned().await.ok();
    (listener.accept().await, permit)
}

async fn prepared(socket: TcpStream, pages: &[Page]) -> io::Result<Option<Upgraded>> {
    socket.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE_TIME).with_interval(KEEPALIVE_INTERVAL);
    SockRef::from(&socket).set_tcp_keepalive(&keepalive)?;
    handshake::answer(socket, pages).await
}

fn connect(upgraded: Upgraded, peer: SocketAddr, settings: TransportSettings, tasks: &TaskTracker) -> Connection {
    let (outbound, queue) = Outbound::new(settings.outbound, Overflow::Close);
    let (input, output) = upgraded.socket.into_split();
    let frames = FrameReader::new(input, upgraded.read_ahead, settings.max_line_bytes, Arc::clone(&queue));
    let inbound = InboundReader::new(Source::Frames(frames), Arc::clone(&queue));
    tasks.spawn(write(output, queue));
    Connection { id: ConnectionId::next(), kind: ConnectionKind::WebSocket { peer }, inbound, outbound }
}

/// Writes until the connection is closed, then says so to the client.
async fn write(output: OwnedWriteHalf, queue: Arc<Queue>) {
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

/// Ends our side and reads what the client still sends, lest the close frame be lost with a reset.
async fn linger(mut output: OwnedWriteHalf) -> io::Result<()> {
    tokio::io::AsyncWriteExt::shutdown(&mut output).await?;
    let mut rest = [0; 1024];
    loop {
        output.as_ref().readable().await?;
        match output.as_ref().try_read(&mut rest) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// A peer that closed gets a frame without a code, as nothing more is to be said.
fn close_frame(reason: &CloseReason) -> Vec<u8> {
    let code = match reason {
        CloseReason::PeerGone => None,
        CloseReason::TooSlow { .. } => Some(CloseCode::Again),
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
