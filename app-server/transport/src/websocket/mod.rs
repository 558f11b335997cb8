//! Websocket clients over TCP and unix sockets.
//!
//! [`listener`] accepts, [`socket`] makes both kinds of sockets one, [`control_socket`] keeps the file of a unix socket,
//! [`handshake`] upgrades or answers plain HTTP as [`head`] judges the request, [`frames`] reads, [`silence`] notices peers that
//! are gone. Only the writer task writes to a socket: what the reader has to send (pings and pongs) goes through the queue
//! like everything else.

#[cfg_attr(not(unix), path = "no_control_socket.rs")]
mod control_socket;
mod frames;
mod handshake;
mod head;
mod listener;
mod settings;
mod silence;
mod socket;

pub(crate) use frames::FrameReader;
pub use listener::WebSocketListener;
pub use settings::{ListenerSettings, Page, Pages};
pub(crate) use socket::ReadHalf;
