//! Tools that read schema exports of the codex app-server protocol: what changed between two of them, and whether a
//! recorded wire log keeps to one.
//!
//! [`Export::load`] reads a folder in any of the written forms into one small model. [`diff`] compares two exports and says
//! whom each change breaks; [`check`] validates a log line by line; [`Export::unread_param`] finds fields that nothing
//! knows. All are pure but for reading their input: nothing is
//! printed, and exit codes are the business of the command line that calls them.
#![forbid(unsafe_code)]

mod check;
mod diff;
mod export;
mod unread;

pub use check::{Complaint, Counts, Outcome, Problem, Way, Weight, check};
pub use diff::{Affects, Finding, Report, Rule, Severity, Summary, diff};
pub use export::{Direction, Export, LoadError};
