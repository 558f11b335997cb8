//! codex-app-server-protocol
#![forbid(unsafe_code)]
