//! Connections: how bytes come in and go out, over stdio, websocket and within the process.
//!
//! A [`Connection`] has a reader that yields messages and an [`Outbound`] queue that a writer task of its own empties. What
//! must hold: this crate knows bytes, ids and events, no methods; pushing never waits; a slow, stuck or vanished peer
//! costs its own connection and nobody else's work; memory per connection is bounded in bytes; only text deltas are ever
//! merged; every spawned task belongs to a tracker.
#![forbid(unsafe_code)]

mod address;
mod connection;
mod in_process;
mod inbound;
mod lines;
mod outbound;
mod stdio;
mod websocket;

pub use address::{AddressError, ListenAddr, listen_address};
pub use connection::{Connection, ConnectionId, ConnectionKind, TransportSettings};
pub use in_process::{InProcessPeer, InProcessReceiver, InProcessSender, Outgoing, in_process};
pub use inbound::{DropReason, InboundLine, InboundReader};
pub use outbound::{CloseReason, Outbound, OutboundLimits, Overflow};
pub use stdio::stdio;
pub use websocket::{Page, WebSocketListener};
