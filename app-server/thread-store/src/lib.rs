//! codex-thread-store
#![forbid(unsafe_code)]
