//! The typed client of the codex app-server, for whoever drives a server from Rust.
//!
//! What lives here: the trait [`Connection`] with a child process ([`stdio`]), a websocket over TCP ([`websocket`]) or a unix
//! socket (`unix`) and any pair of byte streams ([`lines`]) behind it; the [`Client`] that runs the handshake, types calls
//! and notifications by the protocol's own declaration and answers the server's requests through a
//! [`ServerRequestHandler`]; turns as streams ([`TurnStream`]); and the way back after a broken connection ([`Reconnect`]).
//!
//! What must hold: nothing here lists methods; a server that misbehaves costs a message or the connection, never the
//! process; nothing is queued without a bound.
#![forbid(unsafe_code)]

mod backoff;
mod client;
mod connection;
mod error;
mod handler;
mod held;
mod key;
pub mod lines;
mod link;
mod notice;
mod options;
mod pending;
mod reader;
mod reconnect;
pub mod rejoin;
mod router;
pub mod stdio;
mod turn_stream;
#[cfg(unix)]
pub mod unix;
mod updates;
pub mod websocket;
mod writer;

pub use backoff::{Backoff, Random};
pub use client::Client;
pub use connection::{Connection, Incoming, MessageReceiver, MessageSender, Tap, Way};
pub use error::ClientError;
pub use handler::{Handlers, RefuseRequests, ServerRequestHandler, answer};
pub use notice::Notice;
pub use options::ClientOptions;
pub use reconnect::{Dial, Reconnect};
pub use rejoin::{Rejoin, Rejoined};
pub use turn_stream::{TURN_LIMIT, TextDelta, TurnEvent, TurnStream};
pub use updates::{LeftThread, LinkEvent, NOTICE_LIMIT, NOTICE_PATIENCE, Notifications, Update, Updates};
