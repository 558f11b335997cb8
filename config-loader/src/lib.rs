//! Configuration: where it comes from, what it says, and what is wrong with it.
//!
//! [`ConfigLoader`] reads layers (system, user, project, command line, managed) and merges them: [`Config`] is what the
//! engine works with, [`ConfigRead`] what config/read answers. Files change through [`edit_file`] alone. Nothing here talks to a
//! network or reads the environment; the environment comes in as an [`EnvSnapshot`]. A broken file of the user never panics and never
//! ends the server: it is an error of the load it belongs to, with its place in the file.
#![forbid(unsafe_code)]

mod app_server;
mod config;
mod diagnostics;
mod edit;
mod env;
mod error;
mod home;
mod keys;
mod layers;
mod loader;
mod path;
mod platform;
mod read;
mod requirements;
mod secret;
mod warnings;

pub use app_server::{AppServerSettings, Limits};
pub use config::*;
pub use diagnostics::{Diagnostic, TextPosition, TextRange};
pub use edit::{EditError, Edited, edit_file};
pub use env::EnvSnapshot;
pub use error::ConfigError;
pub use home::{CodexHome, HomeError, find_codex_home};
pub use keys::*;
pub use layers::{DevicePreferences, LayerName};
pub use loader::{ConfigLoader, LoadRequest, LoaderOptions};
pub use read::{ConfigRead, LayerView};
pub use requirements::{Bent, Bounds, NotAllowed, PinnedBy, Requirements, RequirementsRead, Residency};
pub use secret::Secret;
pub use warnings::{ConfigWarning, DeprecationNotice};
