//! The client against endpoints on loopback, good ones and bad ones.

mod chat;
mod failures;
mod hostile;
mod recorded;
mod requests;
mod server;
mod streams;
