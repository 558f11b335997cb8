//! codex-app-server-test-support
#![forbid(unsafe_code)]
