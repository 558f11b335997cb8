//! codex-utils-json-to-toml
#![forbid(unsafe_code)]
