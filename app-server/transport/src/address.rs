//! The text after `--listen`.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddr {
    /// `stdio://`: one client, on the standard input and output.
    Stdio,
    /// `ws://IP:PORT`: any number of websocket clients; port 0 takes a free one.
    WebSocket(SocketAddr),
    /// `unix://PATH`: any number of websocket clients on a unix socket; without a path on the one of the home.
    Unix(Option<PathBuf>),
    /// `off`: nowhere.
    Off,
}

impl std::fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stdio => f.write_str("stdio://"),
            Self::WebSocket(addr) => write!(f, "ws://{addr}"),
            Self::Unix(None) => f.write_str("unix://"),
            Self::Unix(Some(path)) => write!(f, "unix://{}", path.display()),
            Self::Off => f.write_str("off"),
        }
    }
}

/// Why a text is no address to listen on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// `ws://` with something else than an IP address and a port.
    #[error("invalid websocket --listen URL `{0}`; expected `ws://IP:PORT`, such as `ws://127.0.0.1:0`")]
    WebSocket(String),
    /// Anything else.
    #[error("unsupported --listen URL `{0}`; expected `stdio://`, `unix://`, `unix://PATH`, `ws://IP:PORT` or `off`")]
    Unsupported(String),
}

/// Reads an address to listen on.
///
/// # Errors
/// [`AddressError`] with a sentence for the user.
pub fn listen_address(text: &str) -> Result<ListenAddr, AddressError> {
    match text {
        "stdio://" => return Ok(ListenAddr::Stdio),
        "unix://" => return Ok(ListenAddr::Unix(None)),
        "off" => return Ok(ListenAddr::Off),
        _ => {}
    }
    if let Some(address) = text.strip_prefix("ws://") {
        return address.parse().map(ListenAddr::WebSocket).map_err(|_| AddressError::WebSocket(text.to_owned()));
    }
    if let Some(path) = text.strip_prefix("unix://") {
        return Ok(ListenAddr::Unix(Some(PathBuf::from(path))));
    }
    Err(AddressError::Unsupported(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_written_the_same() {
        for text in [
            "stdio://",
            "ws://127.0.0.1:0",
            "ws://0.0.0.0:4222",
            "ws://[::1]:80",
            "unix://",
            "unix:///run/a.sock",
            "unix://a/b",
            "off",
        ] {
            assert_eq!(listen_address(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        for text in [
            "",
            "stdio",
            "stdio://x",
            "ws://",
            "ws://localhost:0",
            "ws://127.0.0.1",
            "ws://127.0.0.1:0/x",
            "unix:",
            "Off",
        ] {
            let message = listen_address(text).unwrap_err().to_string();
            assert!(message.contains(&format!("`{text}`")), "{message}");
        }
    }
}
