//! codex-utils-cli
#![forbid(unsafe_code)]
