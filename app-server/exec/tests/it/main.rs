//! Commands that really run: sessions of a thread, commands of clients, login shells.
#![cfg(unix)]

mod commands;
mod fixture;
mod login;
mod sessions;
mod sessions_end;
mod throughput;
