//! Loading once, without keeping a loader: for programs that need a configuration and no server.
//!
//! What the command line says is a layer like a file and could stand in one; what a program decides by itself
//! ([`HarnessOverrides`]) could not, or need not, and wins over every layer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use codex_utils_cli::ConfigOverrides;
use toml::Table;

use crate::config::Config;
use crate::env::EnvSnapshot;
use crate::error::ConfigError;
use crate::home::CodexHome;
use crate::keys::{ApprovalPolicy, SandboxMode};
use crate::loader::{ConfigLoader, LoadRequest};

/// What the program that loads has decided by itself. Every part is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HarnessOverrides {
    /// The working folder, absolute: which projects count.
    pub cwd: Option<PathBuf>,
    /// Folders that may be written besides those of the configuration, absolute; for the sandbox mode `workspace-write`.
    pub additional_writable_roots: Vec<PathBuf>,
    /// Slug of the model.
    pub model: Option<String>,
    /// Id of the model provider.
    pub model_provider: Option<String>,
    /// When a person is asked.
    pub approval_policy: Option<ApprovalPolicy>,
    /// What commands may touch.
    pub sandbox_mode: Option<SandboxMode>,
    /// Base instructions in place of the model's own.
    pub base_instructions: Option<String>,
    /// Developer message put into each thread.
    pub developer_instructions: Option<String>,
    /// Whether raw reasoning is shown.
    pub show_raw_agent_reasoning: Option<bool>,
}

/// The merged layers as they were written, before any key gets a type; for a working folder, where one is given.
///
/// # Errors
///
/// A layer that cannot be read, or values of the command line that mean nothing.
pub fn load_config_as_toml_with_cli_overrides(
    home: CodexHome,
    env: EnvSnapshot,
    cwd: Option<&Path>,
    cli_overrides: ConfigOverrides,
) -> Result<Table, ConfigError> {
    ConfigLoader::new(home, cli_overrides, env)?.load_toml(cwd)
}

/// The configuration in effect without a working folder.
///
/// # Errors
///
/// When it cannot be used, broken files of the user included: a program that loads once has no client to warn.
pub fn load_with_cli_overrides(
    home: CodexHome,
    env: EnvSnapshot,
    cli_overrides: ConfigOverrides,
) -> Result<Config, ConfigError> {
    load_with_cli_overrides_and_harness_overrides(home, env, cli_overrides, HarnessOverrides::default())
}

/// The configuration in effect with what the program has decided by itself.
///
/// # Errors
///
/// As [`load_with_cli_overrides`]; also when the program names a provider that there is not.
pub fn load_with_cli_overrides_and_harness_overrides(
    home: CodexHome,
    env: EnvSnapshot,
    cli_overrides: ConfigOverrides,
    harness: HarnessOverrides,
) -> Result<Config, ConfigError> {
    let loader = ConfigLoader::new(home, cli_overrides, env)?;
    let request = LoadRequest { cwd: harness.cwd.clone(), ..LoadRequest::default() };
    harness.apply(Arc::unwrap_or_clone(loader.load(&request)?))
}

impl HarnessOverrides {
    fn apply(self, mut config: Config) -> Result<Config, ConfigError> {
        if let Some(id) = self.model_provider {
            config.model_provider = config.provider(&id)?.clone();
            config.model_provider_id = id;
        }
        config.model = self.model.or(config.model);
        config.base_instructions = self.base_instructions.or(config.base_instructions);
        config.developer_instructions = self.developer_instructions.or(config.developer_instructions);
        config.show_raw_agent_reasoning = self.show_raw_agent_reasoning.unwrap_or(config.show_raw_agent_reasoning);
        let permissions = &mut config.permissions;
        permissions.approval_policy = self.approval_policy.or(permissions.approval_policy);
        if self.sandbox_mode.is_some() {
            permissions.sandbox_mode = self.sandbox_mode;
            permissions.default_permissions = None;
        }
        if !self.additional_writable_roots.is_empty() {
            let write = permissions.sandbox_workspace_write.get_or_insert_default();
            write.writable_roots.extend(self.additional_writable_roots);
        }
        Ok(config)
    }
}
