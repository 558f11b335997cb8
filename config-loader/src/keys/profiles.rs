//! `[profiles.<name>]`: the older form of profiles. They are read and shown, and not used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tui::SessionPickerView;
use super::*;
use crate::path::AbsolutePath;

/// `[profiles.<name>]`: a profile of the older form; each key means what it means at the top level.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConfigProfile {
    /// As at the top level.
    pub model: Option<String>,
    /// As at the top level.
    pub service_tier: Option<String>,
    /// As at the top level.
    pub model_provider: Option<String>,
    /// As at the top level.
    pub approval_policy: Option<ApprovalPolicy>,
    /// As at the top level.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// As at the top level.
    pub sandbox_mode: Option<SandboxMode>,
    /// As at the top level.
    pub model_reasoning_effort: Option<ReasoningEffort>,
    /// As at the top level.
    pub plan_mode_reasoning_effort: Option<ReasoningEffort>,
    /// As at the top level.
    pub model_reasoning_summary: Option<ReasoningSummary>,
    /// As at the top level.
    pub model_verbosity: Option<Verbosity>,
    /// As at the top level.
    pub model_catalog_json: Option<AbsolutePath>,
    /// As at the top level.
    pub personality: Option<Personality>,
    /// As at the top level.
    pub chatgpt_base_url: Option<String>,
    /// As at the top level.
    pub model_instructions_file: Option<AbsolutePath>,
    /// As at the top level.
    pub js_repl_node_path: Option<AbsolutePath>,
    /// As at the top level.
    pub js_repl_node_module_dirs: Option<Vec<AbsolutePath>>,
    /// As at the top level.
    pub experimental_compact_prompt_file: Option<AbsolutePath>,
    /// As at the top level.
    pub include_permissions_instructions: Option<bool>,
    /// As at the top level.
    pub include_apps_instructions: Option<bool>,
    /// As at the top level.
    pub include_collaboration_mode_instructions: Option<bool>,
    /// As at the top level.
    pub include_environment_context: Option<bool>,
    /// As at the top level.
    pub include_environment_context_time: Option<bool>,
    /// As at the top level.
    pub experimental_use_unified_exec_tool: Option<bool>,
    /// As at the top level.
    pub tools: Option<ToolsToml>,
    /// As at the top level.
    pub web_search: Option<WebSearchMode>,
    /// As at the top level.
    pub analytics: Option<AnalyticsConfigToml>,
    /// Settings of the terminal interface.
    pub tui: Option<ProfileTui>,
    /// As at the top level.
    pub windows: Option<WindowsToml>,
    /// As at the top level.
    pub features: Option<FeaturesToml>,
    /// As at the top level.
    pub oss_provider: Option<String>,
}

/// `[profiles.<name>.tui]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileTui {
    /// As in `[tui]`.
    pub session_picker_view: Option<SessionPickerView>,
}
