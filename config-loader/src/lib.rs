//! Configuration: where it comes from, what it says, and what is wrong with it.
//!
//! [`ConfigLoader`] reads layers (system, workspace, user, project, command line, managed) and merges them: [`Config`] is what the
//! engine works with, [`ConfigRead`] what config/read answers. Files change through [`edit_file`] and [`edit_text`] alone. Nothing here talks to a
//! network or reads the environment; the environment comes in as an [`EnvSnapshot`], the managed configuration of a workspace
//! through [`CloudSource`]. A broken file of the user never panics and never
//! ends the server: it is an error of the load it belongs to, with its place in the file.
#![forbid(unsafe_code)]

mod answers;
mod app_server;
mod check;
mod cloud;
mod config;
mod decode;
mod diagnostics;
mod edit;
mod env;
mod error;
mod explain;
mod home;
mod keys;
mod layers;
mod load;
mod loader;
mod path;
mod platform;
mod providers;
mod read;
mod requirements;
mod schema;
mod secret;
mod warnings;
mod write;

pub use app_server::{AppServerSettings, Limits};
pub use check::{Finding, Severity};
pub use cloud::{
    CloudAccount, CloudAnswer, CloudBundle, CloudBundleError, CloudError, CloudFragment, CloudIdentity, CloudLoader,
    CloudOptions, CloudSource, TokenRefreshError,
};
pub use config::*;
pub use diagnostics::{Diagnostic, TextPosition, TextRange};
pub use edit::{
    Change, ChangeError, EditError, Edited, KeyPathError, MergeStrategy, edit_file, edit_text, format_key_path,
    parse_key_path,
};
pub use env::EnvSnapshot;
pub use error::ConfigError;
pub use explain::{ExplainError, Explanation, Shown, Source};
pub use home::{CodexHome, HomeError, find_codex_home};
pub use keys::*;
pub use layers::{DevicePreferences, LayerName};
pub use load::{
    HarnessOverrides, load_config_as_toml_with_cli_overrides, load_with_cli_overrides,
    load_with_cli_overrides_and_harness_overrides,
};
pub use loader::{ConfigLoader, LoadRequest, LoaderOptions, PermissionProfile};
pub use path::AbsolutePath;
pub use providers::{
    FieldChange, GatewayAuth, ProviderChange, ProviderError, ProviderList, ProviderSettings, ProviderSummary,
};
pub use read::{ConfigRead, LayerView};
pub use requirements::{Bent, Bounds, NotAllowed, PinnedBy, Requirements, RequirementsRead, Residency};
pub use schema::{ConfigKey, config_keys, config_schema};
pub use secret::Secret;
pub use warnings::{ConfigWarning, DeprecationNotice};
pub use write::{Overridden, WriteEdit, WriteError, WriteOutcome, WriteRequest};
