//! What a call can end with instead of a result.

use std::io;
use std::time::Duration;

use codex_app_server_protocol::RpcError;

/// Why a call, or the connection as a whole, failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server answered with an error.
    #[error("{0}")]
    Rpc(#[from] RpcError),
    /// The connection is over: what was open on it is not answered, and nothing can be asked until there is another one.
    #[error("the connection to the server is closed: {reason}")]
    Closed {
        /// What ended it.
        reason: String,
        /// Whether it is known that the request never left, so that asking again cannot do it twice. Where it is false the
        /// server may or may not have read it.
        unsent: bool,
    },
    /// The caller gave an idempotency key, and the server has not granted that keys count.
    #[error("the server does not know requests again by their key")]
    NoKeys,
    /// The answer did not come in the time that [`crate::ClientOptions::request_timeout`] allows.
    #[error("{method} was not answered within {after:?}")]
    Timeout {
        /// What was asked.
        method: String,
        /// The time that was allowed.
        after: Duration,
    },
    /// The server said something that is not this protocol.
    #[error("unexpected answer of the server: {0}")]
    Protocol(String),
    /// The server could not be started or reached.
    #[error(transparent)]
    Io(#[from] io::Error),
}
