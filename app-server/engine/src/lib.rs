//! codex-engine
#![forbid(unsafe_code)]
