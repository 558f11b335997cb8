//! The setup against servers that are told what to answer: who is asked what, in which order, and what comes of it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod outside;
mod setup;
