//! The store from outside: files as codex 0.169.0 writes them are read and written, whatever happens to them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archive;
mod damage;
mod index;
mod listing;
mod names;
mod reading;
mod support;
mod writing;
