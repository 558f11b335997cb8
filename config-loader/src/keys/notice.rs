//! `[notice]`: what the user was told and need not hear again.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[notice]`: what the user was told and need not hear again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// No guidance about government clouds.
    pub hide_gov_cloud_guidance: Option<bool>,
    /// No warning about full access.
    pub hide_full_access_warning: Option<bool>,
    /// No warning about folders that everyone may write.
    pub hide_world_writable_warning: Option<bool>,
    /// The fast service tier is not chosen by default.
    pub fast_default_opt_out: Option<bool>,
    /// No advice to change the model near a rate limit.
    pub hide_rate_limit_model_nudge: Option<bool>,
    /// No question about moving to this model.
    pub hide_gpt5_1_migration_prompt: Option<bool>,
    /// No question about moving to this model.
    #[serde(rename = "hide_gpt-5.1-codex-max_migration_prompt")]
    pub hide_gpt_5_1_codex_max_migration_prompt: Option<bool>,
    /// Slug of a model to the one it was replaced by.
    #[serde(default)]
    pub model_migrations: BTreeMap<String, String>,
    /// Questions about taking over the configuration of other programs.
    #[serde(default)]
    pub external_config_migration_prompts: ExternalConfigMigrationPrompts,
}

/// `[notice.external_config_migration_prompts]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExternalConfigMigrationPrompts {
    /// No question about the user's folder.
    pub home: Option<bool>,
    /// When it was asked last, in seconds since 1970.
    pub home_last_prompted_at: Option<i64>,
    /// No question about a project, by folder.
    #[serde(default)]
    pub projects: BTreeMap<String, bool>,
    /// When it was asked last, in seconds since 1970, by folder.
    #[serde(default)]
    pub project_last_prompted_at: BTreeMap<String, i64>,
}
