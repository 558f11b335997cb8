//! A server that listens on a unix socket: a websocket as over TCP.

use std::io;
use std::path::Path;

use tokio::net::UnixStream;

use crate::websocket::{self, WebSocketConnection};

/// A websocket over a unix socket.
pub type UnixConnection = WebSocketConnection<UnixStream>;

/// Connects to the server that listens at `path`, such as `app-server-control/app-server-control.sock` of its home.
///
/// # Errors
/// When nobody listens there or the server refuses; the message names the path.
pub async fn connect(path: &Path) -> io::Result<UnixConnection> {
    let name = format!("unix://{}", path.display());
    let socket = reach(path)
        .await
        .map_err(|error| io::Error::new(error.kind(), format!("cannot connect to {name}: {error}")))?;
    websocket::upgrade(socket, &name).await
}

async fn reach(path: &Path) -> io::Result<UnixStream> {
    match UnixStream::connect(path).await {
        // The path is too long for an address; then it is a link to a shorter one.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => UnixStream::connect(path.canonicalize()?).await,
        connected => connected,
    }
}
