//! What tests of the server stand on, whether it runs as a child process or in the test itself.
//!
//! What lives here: a scripted model over real HTTP ([`model`]), a fresh home and the server under test ([`TestHome`],
//! [`TestServer`]), a client that reads raw lines and forgets nothing ([`TestClient`]), the transcript of a conversation and
//! its normalised text ([`transcript`]), the delivery contract as a checker ([`delivery`]) and the workspace's own rules
//! ([`tidy`]).
//!
//! What must hold: waits are for events and have a deadline; whatever fails a test prints the conversation; nothing here
//! depends on the server's crate.
#![forbid(unsafe_code)]
#![expect(clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

mod client;
pub mod delivery;
mod home;
pub mod model;
mod process;
pub mod tidy;
pub mod transcript;

use std::time::Duration;

pub use client::{ServerAsk, TestClient};
pub use home::TestHome;
pub use model::{Gate, ModelEndpoint, Reply};
pub use process::{ServerBuilder, TestServer};
pub use transcript::Transcript;

/// How long any single wait of a test may take.
pub const DEADLINE: Duration = Duration::from_secs(20);
