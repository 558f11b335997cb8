//! Patches applied to real files.
#![forbid(unsafe_code)]

mod cases;
mod git;
mod links;
mod plans;
mod properties;
mod support;
mod turns;
