//! codex-app-server-client
#![forbid(unsafe_code)]
