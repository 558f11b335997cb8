//! A server that listens on a websocket: one message per text frame.

use std::io;
use std::sync::Arc;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::{Connection, Dial, Incoming, MessageReceiver, MessageSender};

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A websocket to a server.
#[derive(Debug)]
pub struct WebSocketConnection {
    stream: Stream,
}

/// Connects to a server at `ws://HOST:PORT`.
///
/// # Errors
/// When the address is none, nobody listens there or the server refuses; the message names the address.
pub async fn connect(url: &str) -> io::Result<WebSocketConnection> {
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    match connect_async_with_config(url, Some(config), true).await {
        Ok((stream, _)) => Ok(WebSocketConnection { stream }),
        Err(Error::Io(error)) => Err(io::Error::new(error.kind(), format!("cannot connect to {url}: {error}"))),
        Err(error) => Err(io::Error::other(format!("cannot connect to {url}: {error}"))),
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

impl Connection for WebSocketConnection {
    type Sender = WebSocketSender;
    type Receiver = WebSocketReceiver;

    fn split(self) -> (Self::Sender, Self::Receiver) {
        let (sink, stream) = self.stream.split();
        (WebSocketSender { sink }, WebSocketReceiver { stream })
    }
}

/// Writes frames.
#[derive(Debug)]
pub struct WebSocketSender {
    sink: SplitSink<Stream, Message>,
}

impl MessageSender for WebSocketSender {
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
pub struct WebSocketReceiver {
    stream: SplitStream<Stream>,
}

impl MessageReceiver for WebSocketReceiver {
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
