//! The engine through its public door, on the scripted model, with real files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one says what it skips"
)]

mod acting;
mod answers;
mod approvals;
mod archive;
mod asked_model;
mod clients;
mod commands;
mod compacting;
mod failures;
mod forking;
mod going_on;
mod harness;
mod injecting;
mod interrupts;
mod joining;
mod lifetime;
mod once;
mod other_tools;
mod paging;
mod patches;
mod permissions;
mod random;
mod rebuilding;
mod requirements;
mod resuming;
mod reverting;
mod rules;
mod sessions;
mod steering;
mod threads;
mod turns;
mod user_shell;
mod waiting;
