//! The client against endpoints on loopback, good ones and bad ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

mod chat;
mod failures;
mod hostile;
mod oss;
mod recorded;
mod requests;
mod server;
mod streams;
mod traces;
