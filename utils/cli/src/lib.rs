//! Command-line arguments that several of our programs take.
//!
//! Today: the overrides of configuration keys (`-c`, `--enable`, `--disable`). Parsing here is purely about text;
//! whether a key or a feature exists is for the configuration loader to say.
#![forbid(unsafe_code)]

mod config_overrides;

pub use config_overrides::{CliConfigOverrides, ConfigOverrides, OverrideError, hoist_override_flags};
