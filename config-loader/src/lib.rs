//! codex-config-loader
#![forbid(unsafe_code)]
