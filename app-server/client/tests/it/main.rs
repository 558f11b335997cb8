//! The client against scripted servers: in memory, as a child process, over a websocket.

mod calls;
mod fake;
mod requests;
mod streams;
