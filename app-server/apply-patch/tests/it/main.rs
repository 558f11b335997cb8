//! Patches applied to real files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;
mod git;
mod links;
mod plans;
mod properties;
mod support;
mod turns;
