//! codex-utils-elapsed
#![forbid(unsafe_code)]
