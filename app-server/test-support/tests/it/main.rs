//! The test support against servers and clients whose every line is written here.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clients;
mod models;
mod servers;
