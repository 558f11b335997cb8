//! A server that listens on a websocket: one message per text frame.

use std::io;
use std::sync::Arc;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_with_config, connect_async_with_config};

use crate::{Connection, Dial, Incoming, MessageReceiver, MessageSender};

type TcpSocket = MaybeTlsStream<TcpStream>;

/// A websocket to a server, over TCP or another socket.
#[derive(Debug)]
pub struct WebSocketConnection<S = TcpSocket> {
    stream: WebSocketStream<S>,
}

/// Connects to a server at `ws://HOST:PORT`.
///
/// # Errors
/// When the address is none, nobody listens there or the server refuses; the message names the address.
pub async fn connect(url: &str) -> io::Result<WebSocketConnection> {
    connect_with_token(url, None).await
}

/// Connects to a server at `ws://HOST:PORT` that wants to see a bearer token.
///
/// # Errors
/// As [`connect`], with the server's words when it refuses; and when the token cannot stand in a header.
pub async fn connect_with_token(url: &str, token: Option<&str>) -> io::Result<WebSocketConnection> {
    let request = request(url, token).map_err(|error| failed(url, error))?;
    match connect_async_with_config(request, Some(config()), true).await {
        Ok((stream, _)) => Ok(WebSocketConnection { stream }),
        Err(error) => Err(failed(url, error)),
    }
}

/// Connects to this address again and again, for [`crate::Client::dial`].
pub fn dialer(url: impl Into<String>) -> impl Dial<Connection = WebSocketConnection> {
    let url: Arc<str> = url.into().into();
    move || {
        let url = Arc::clone(&url);
        async move { connect(&url).await }
    }
}

/// Shakes hands on a socket that leads to a server; `name` stands for it in messages.
///
/// # Errors
/// When the server refuses, with its words.
pub(crate) async fn upgrade<S>(socket: S, name: &str) -> io::Result<WebSocketConnection<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    // The path that codex's clients ask for; any will do.
    let request = request("ws://localhost/rpc", None).map_err(|error| failed(name, error))?;
    match client_async_with_config(request, socket, Some(config())).await {
        Ok((stream, _)) => Ok(WebSocketConnection { stream }),
        Err(error) => Err(failed(name, error)),
    }
}

fn request(url: &str, token: Option<&str>) -> Result<Request, Error> {
    let mut request = url.into_client_request()?;
    if let Some(token) = token {
        let mut value = HeaderValue::from_str(&format!("Bearer {token}"))?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    Ok(request)
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default().max_message_size(None).max_frame_size(None)
}

/// Why there is no connection.
fn failed(address: &str, error: Error) -> io::Error {
    match error {
        Error::Io(error) => io::Error::new(error.kind(), format!("cannot connect to {address}: {error}")),
        Error::Http(answer) => {
            let words = answer.body().as_deref().unwrap_or_default();
            let words = String::from_utf8_lossy(words);
            io::Error::other(format!("cannot connect to {address}: {} {}", answer.status(), words).trim_end())
        }
        error => io::Error::other(format!("cannot connect to {address}: {error}")),
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> Connection for WebSocketConnection<S> {
    type Sender = WebSocketSender<S>;
    type Receiver = WebSocketReceiver<S>;

    fn split(self) -> (Self::Sender, Self::Receiver) {
        let (sink, stream) = self.stream.split();
        (WebSocketSender { sink }, WebSocketReceiver { stream })
    }
}

/// Writes frames.
#[derive(Debug)]
pub struct WebSocketSender<S = TcpSocket> {
    sink: SplitSink<WebSocketStream<S>, Message>,
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> MessageSender for WebSocketSender<S> {
    async fn send(&mut self, line: String) -> io::Result<()> {
        self.sink.feed(Message::Text(Utf8Bytes::from(line))).await.map_err(broken)
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.sink.flush().await.map_err(broken)
    }

    async fn close(&mut self) -> io::Result<()> {
        match self.sink.close().await {
            Ok(()) | Err(Error::ConnectionClosed | Error::AlreadyClosed) => Ok(()),
            Err(error) => Err(broken(error)),
        }
    }
}

/// Reads frames.
#[derive(Debug)]
pub struct WebSocketReceiver<S = TcpSocket> {
    stream: SplitStream<WebSocketStream<S>>,
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> MessageReceiver for WebSocketReceiver<S> {
    async fn receive(&mut self) -> Option<io::Result<Incoming>> {
        loop {
            match self.stream.next().await? {
                Ok(Message::Text(text)) => return Some(Ok(Incoming::Line(text.as_str().to_owned()))),
                Ok(Message::Close(Some(frame))) if !matches!(frame.code, CloseCode::Normal | CloseCode::Away) => {
                    let reason = format!("the server closed it with {}: {}", u16::from(frame.code), frame.reason);
                    return Some(Err(io::Error::new(io::ErrorKind::ConnectionAborted, reason)));
                }
                // The stream ends by itself once the closing handshake is through.
                Ok(_) => {}
                // The reference ends websockets without a closing handshake.
                Err(Error::ConnectionClosed | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => {
                    return None;
                }
                Err(error) => return Some(Err(broken(error))),
            }
        }
    }
}

fn broken(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        error => io::Error::other(error),
    }
}
