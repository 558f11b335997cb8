//! Systems without unix sockets: nothing is ever bound.

use std::convert::Infallible;
use std::io;
use std::path::Path;

use tokio::net::TcpListener;

/// The file of a unix socket, of which there is none.
#[derive(Debug)]
pub(super) struct SocketFile(Infallible);

impl SocketFile {
    pub(super) fn remove(&self) {
        match self.0 {}
    }
}

/// Refuses.
#[expect(clippy::unused_async, reason = "binding takes time elsewhere")]
pub(super) async fn bind(_: &Path) -> io::Result<(TcpListener, SocketFile)> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no unix sockets"))
}
