//! The store from outside: files as codex 0.169.0 writes them are read and written, whatever happens to them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archive;
mod cuts;
mod damage;
mod history;
mod index;
mod listing;
mod names;
mod packed;
mod pages;
mod reading;
mod support;
mod writing;
