//! The client against scripted servers: in memory, as a child process, over a websocket or a unix socket.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod fake;
mod on_the_way;
mod reconnect;
mod replay;
mod requests;
mod sockets;
mod streams;
mod turns;
mod unclaimed;
