//! `[hooks]`: the administrator's hooks by event, and the folders they belong to.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use toml::Table;

/// `[hooks]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ManagedHooks {
    #[serde(rename(serialize = "managedDir"))]
    pub managed_dir: Option<PathBuf>,
    #[serde(rename(serialize = "windowsManagedDir"))]
    pub windows_managed_dir: Option<PathBuf>,
    // Flattened, so that an error is about the table and unknown events are let through, as clients know it.
    #[serde(flatten)]
    pub events: HookEvents,
}

/// Groups of hooks, by event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct HookEvents {
    pub pre_model_request: Vec<HookGroup>,
    pub post_model_request: Vec<HookGroup>,
    pub pre_tool_use: Vec<HookGroup>,
    pub permission_request: Vec<HookGroup>,
    pub post_tool_use: Vec<HookGroup>,
    pub pre_compact: Vec<HookGroup>,
    pub post_compact: Vec<HookGroup>,
    pub session_start: Vec<HookGroup>,
    pub session_end: Vec<HookGroup>,
    pub user_prompt_submit: Vec<HookGroup>,
    pub subagent_start: Vec<HookGroup>,
    pub subagent_stop: Vec<HookGroup>,
    pub stop: Vec<HookGroup>,
    pub interrupt: Vec<HookGroup>,
}

/// Hooks that share a matcher.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HookGroup {
    pub matcher: Option<String>,
    pub hooks: Vec<HookHandler>,
}

/// What a hook runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum HookHandler {
    #[serde(rename_all = "camelCase")]
    Command {
        command: String,
        command_windows: Option<String>,
        #[serde(rename(serialize = "timeoutSec", deserialize = "timeout"))]
        timeout: Option<u64>,
        #[serde(default, rename = "async")]
        runs_async: bool,
        status_message: Option<String>,
        additional_context_limit: Option<usize>,
    },
    #[serde(rename_all = "camelCase")]
    McpTool {
        server: String,
        tool: String,
        #[serde(default)]
        input: Table,
        #[serde(rename(serialize = "timeoutSec", deserialize = "timeout"))]
        timeout: Option<u64>,
        status_message: Option<String>,
    },
    Prompt {},
    Agent {},
}
