//! The loader over whole homes: files in, answers out. Facts are those recorded from codex 0.169.0.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

mod broken;
mod check;
mod cloud;
mod explain;
mod fixture;
mod flags;
mod keys;
mod layers;
mod load;
mod profiles;
mod projects;
mod read;
mod requirements;
mod strict;
mod threads;
mod write;
