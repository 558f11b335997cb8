//! The experimental gate.
