//! The tools on the checked-in schema, on small exports written here, and on logs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod checked_in;
mod export;
mod log;
mod mini;
mod openrpc;
mod oracle;
mod render;
mod rules;
mod values;
