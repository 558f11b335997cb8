//! Importing from real folders: what is offered, what is written, and that nothing happens twice.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;
mod importing;
mod refusals;
mod repeated;
