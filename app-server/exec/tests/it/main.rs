//! Commands that really run: sessions of a thread, commands of clients, login shells.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

mod commands;
mod fixture;
mod login;
mod sessions;
mod sessions_end;
mod throughput;
