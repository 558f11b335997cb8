//! Websocket clients over TCP.
//!
//! [`listener`] accepts, [`handshake`] upgrades or answers plain HTTP, [`frames`] reads. Only the writer task writes to a
//! socket: what the reader has to send (pongs) goes through the queue like everything else.

mod frames;
mod handshake;
mod listener;

pub(crate) use frames::FrameReader;
pub use handshake::Page;
pub use listener::WebSocketListener;
