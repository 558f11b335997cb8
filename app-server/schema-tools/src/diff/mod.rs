//! What changed between two exports, and whom it breaks.
//!
//! The walk starts at the methods. Wherever both sides stand at a named type the pair is put aside and compared once, so
//! that each changed type is reported once and recursion ends; which methods reach a pair is worked out afterwards.

mod compare;
mod object;
mod report;
mod rule;
mod shape;
mod walk;

pub use report::{Finding, Report, Summary};
pub use rule::{Affects, Rule, Severity};

use crate::export::Export;

/// Compares two exports, the older one first.
pub fn diff(old: &Export, new: &Export) -> Report {
    walk::walk(old, new)
}
