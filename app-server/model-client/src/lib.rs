//! codex-model-client
#![forbid(unsafe_code)]
