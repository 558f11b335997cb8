//! The engine through its public door, on the scripted model, with real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod failures;
mod harness;
mod lifetime;
mod requirements;
mod steering;
mod threads;
mod turns;
