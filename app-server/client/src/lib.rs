//! The typed client of the codex app-server, for whoever drives a server from Rust.
//!
//! What lives here: the trait [`Connection`] with a child process ([`stdio`]), a websocket over TCP ([`websocket`]) or a unix
//! socket (`unix`) and any pair of byte streams ([`lines`]) behind it, and the [`Client`] that runs the handshake, types calls and notifications by the
//! protocol's own declaration and answers the server's requests through a [`ServerRequestHandler`].
//!
//! What must hold: nothing here lists methods; a server that misbehaves costs a message or the connection, never the
//! process; nothing is queued without a bound.
#![forbid(unsafe_code)]

mod client;
mod connection;
mod error;
mod handler;
pub mod lines;
mod notice;
mod options;
mod pending;
mod reader;
pub mod stdio;
#[cfg(unix)]
pub mod unix;
pub mod websocket;
mod writer;

pub use client::Client;
pub use connection::{Connection, Incoming, MessageReceiver, MessageSender, Tap, Way};
pub use error::ClientError;
pub use handler::{RefuseRequests, ServerRequestHandler, answer};
pub use notice::{NOTICE_LIMIT, Notice, Notifications};
pub use options::ClientOptions;
