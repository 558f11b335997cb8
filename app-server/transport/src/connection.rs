//! What every connection has, whatever carries it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{InboundReader, Outbound, OutboundLimits};

/// Names a connection; no two of one process have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

impl ConnectionId {
    /// The next id, counted from 1.
    pub(crate) fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl std::fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What carries a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionKind {
    /// The standard input and output of the process.
    Stdio,
    /// A websocket.
    WebSocket {
        /// The address of the client.
        peer: SocketAddr,
    },
    /// A websocket over a unix socket.
    UnixSocket,
    /// A client within the process.
    InProcess,
}

/// A connected client.
#[derive(Debug)]
pub struct Connection {
    /// Its name within the process.
    pub id: ConnectionId,
    /// What carries it.
    pub kind: ConnectionKind,
    /// What the client sends.
    pub inbound: InboundReader,
    /// What the client gets. When the last clone is dropped, the connection closes as by [`crate::CloseReason::GoingAway`].
    pub outbound: Outbound,
}

/// Limits of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportSettings {
    /// The longest message taken from a client, in bytes without the line end; 64 MiB by default.
    pub max_line_bytes: usize,
    /// How much may wait for the client, and how long.
    pub outbound: OutboundLimits,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self { max_line_bytes: 64 << 20, outbound: OutboundLimits::default() }
    }
}
