//! codex-app-server-transport
#![forbid(unsafe_code)]
