//! The sockets that clients come in through, TCP or unix, as one type.

use std::io;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::tcp;
// Where there are no unix sockets nobody makes one, and the types stand for themselves.
#[cfg(not(unix))]
use tokio::net::{TcpListener as UnixListener, tcp as unix};
#[cfg(unix)]
use tokio::net::{UnixListener, unix};
use tokio_util::either::Either;
use tracing::debug;

use super::control_socket::SocketFile;
use crate::ConnectionKind;

/// After so long a silence the system asks whether the peer is still there.
const KEEPALIVE_TIME: Duration = Duration::from_secs(60);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// What comes from a client.
pub(crate) type ReadHalf = Either<tcp::OwnedReadHalf, unix::OwnedReadHalf>;
/// What goes to a client.
pub(crate) type WriteHalf = Either<tcp::OwnedWriteHalf, unix::OwnedWriteHalf>;

/// Where clients come in.
#[derive(Debug)]
pub(super) enum Entrance {
    Tcp(TcpListener),
    /// The file is removed before the listener is closed, so that nobody takes it for left behind in between.
    Unix(SocketFile, UnixListener),
}

/// A client's socket.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) input: ReadHalf,
    pub(super) output: WriteHalf,
    pub(super) kind: ConnectionKind,
}

impl Entrance {
    /// The next client. May be cancelled without loss.
    pub(super) async fn accept(&self) -> io::Result<Socket> {
        match self {
            Self::Tcp(listener) => {
                let (socket, peer) = listener.accept().await?;
                let keepalive = TcpKeepalive::new().with_time(KEEPALIVE_TIME).with_interval(KEEPALIVE_INTERVAL);
                let set = socket.set_nodelay(true).and_then(|()| SockRef::from(&socket).set_tcp_keepalive(&keepalive));
                if let Err(error) = set {
                    // A client that is gone already, on some systems.
                    debug!(%peer, %error, "the socket of a client took not all options");
                }
                let (input, output) = socket.into_split();
                let kind = ConnectionKind::WebSocket { peer };
                Ok(Socket { input: Either::Left(input), output: Either::Left(output), kind })
            }
            Self::Unix(_, listener) => {
                let (input, output) = listener.accept().await?.0.into_split();
                let kind = ConnectionKind::UnixSocket;
                Ok(Socket { input: Either::Right(input), output: Either::Right(output), kind })
            }
        }
    }

    /// Lets no new client find the way here.
    pub(super) fn hide(&self) {
        if let Self::Unix(file, _) = self {
            file.remove();
        }
    }
}

/// Ends our side and reads what the client still sends, lest the last bytes be lost with a reset.
pub(super) async fn linger(mut output: WriteHalf) -> io::Result<()> {
    output.shutdown().await?;
    let mut rest = [0; 1024];
    loop {
        let read = match &output {
            Either::Left(tcp) => {
                tcp.as_ref().readable().await?;
                tcp.as_ref().try_read(&mut rest)
            }
            Either::Right(unix) => {
                unix.as_ref().readable().await?;
                unix.as_ref().try_read(&mut rest)
            }
        };
        match read {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}
