//! The loader over whole homes: files in, answers out. Facts are those recorded from codex 0.169.0.

mod broken;
mod fixture;
mod flags;
mod layers;
mod projects;
mod read;
mod threads;
