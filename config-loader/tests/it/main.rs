//! The loader over whole homes: files in, answers out. Facts are those recorded from codex 0.169.0.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

mod broken;
mod fixture;
mod flags;
mod layers;
mod projects;
mod read;
mod requirements;
mod strict;
mod threads;
