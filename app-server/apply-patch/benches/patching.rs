//! What a patch of a large file costs.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]
fn main() { divan::main(); }
