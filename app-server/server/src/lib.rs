//! codex-app-server
#![forbid(unsafe_code)]
