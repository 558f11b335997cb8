//! What the command lines of several of our programs have in common: arguments, and how values of theirs are shown.
//!
//! - [`CliConfigOverrides`]: overrides of configuration keys (`-c`, `--enable`, `--disable`).
//! - [`ApprovalMode`] and [`SandboxMode`]: the values of `--ask-for-approval` and `--sandbox`.
//! - [`format_env_display`]: an environment without its values.
//!
//! Parsing here is purely about text; whether a key or a feature exists is for the configuration loader to say.
//!
//! ```
//! use codex_utils_cli::CliConfigOverrides;
//! let flags = CliConfigOverrides { raw: vec!["model=o3".to_owned()], ..CliConfigOverrides::default() };
//! let overrides = flags.parse_overrides()?;
//! assert_eq!(overrides.values, [("model".to_owned(), toml::Value::String("o3".to_owned()))]);
//! # Ok::<(), codex_utils_cli::OverrideError>(())
//! ```
#![forbid(unsafe_code)]

mod config_overrides;
mod env_display;
mod modes;

pub use config_overrides::{CliConfigOverrides, ConfigOverrides, OverrideError, hoist_override_flags};
pub use env_display::format_env_display;
pub use modes::{ApprovalMode, SandboxMode};
