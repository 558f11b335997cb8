//! The text after `--listen`.

use std::net::SocketAddr;

/// Where to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenAddr {
    /// `stdio://`: one client, on the standard input and output.
    Stdio,
    /// `ws://IP:PORT`: any number of websocket clients; port 0 takes a free one.
    WebSocket(SocketAddr),
}

impl std::fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stdio => f.write_str("stdio://"),
            Self::WebSocket(addr) => write!(f, "ws://{addr}"),
        }
    }
}

/// Why a text is no address to listen on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// `ws://` with something else than an IP address and a port.
    #[error("invalid websocket --listen URL `{0}`; expected `ws://IP:PORT`, such as `ws://127.0.0.1:0`")]
    WebSocket(String),
    /// A unix socket.
    #[error("--listen URL `{0}` is not supported yet; expected `stdio://` or `ws://IP:PORT`")]
    Unix(String),
    /// Anything else.
    #[error("unsupported --listen URL `{0}`; expected `stdio://` or `ws://IP:PORT`")]
    Unsupported(String),
}

/// Reads an address to listen on.
///
/// # Errors
/// [`AddressError`] with a sentence for the user.
pub fn listen_address(text: &str) -> Result<ListenAddr, AddressError> {
    if text == "stdio://" {
        return Ok(ListenAddr::Stdio);
    }
    if let Some(address) = text.strip_prefix("ws://") {
        return address.parse().map(ListenAddr::WebSocket).map_err(|_| AddressError::WebSocket(text.to_owned()));
    }
    if text.starts_with("unix://") {
        return Err(AddressError::Unix(text.to_owned()));
    }
    Err(AddressError::Unsupported(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_written_the_same() {
        for text in ["stdio://", "ws://127.0.0.1:0", "ws://0.0.0.0:4222", "ws://[::1]:80"] {
            assert_eq!(listen_address(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        for text in
            ["", "stdio", "stdio://x", "ws://", "ws://localhost:0", "ws://127.0.0.1", "ws://127.0.0.1:0/x", "off"]
        {
            let message = listen_address(text).unwrap_err().to_string();
            assert!(message.contains(&format!("`{text}`")), "{message}");
        }
        assert_eq!(listen_address("unix://PATH"), Err(AddressError::Unix("unix://PATH".to_owned())));
    }
}
