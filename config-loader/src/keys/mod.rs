//! The keys of config.toml, as types.
//!
//! [`ConfigToml`] is the whole file: one optional field per key, so that a layer holds what it sets and nothing else.
//! Serialising it gives the answer's shape of `config/read`. Keys that nothing here acts on yet are plain tables.

mod features;
mod permissions;
mod provider;
mod tables;
mod values;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use toml::Table;

pub use features::{FEATURES, FeatureInfo, FeatureStage, FeatureToml, FeaturesToml, SWITCHABLE_FEATURES};
pub use permissions::{PermissionProfileToml, ProfileNetworkToml};
pub use provider::AuthCommandToml;
pub(crate) use provider::{
    CHAT_REFUSED, CLOUD_PROVIDERS, GCP_ID, cloud_provider_name, deserialize_providers, is_built_in_provider,
};
pub use provider::{ModelProviderToml, ProviderCapabilitiesToml, RemoteCompaction, WireApi};
pub use tables::*;
pub use values::*;

/// The content of a config.toml, or of several merged ones. Every key is optional.
///
/// It has no debug output, as its plain tables may hold credentials.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfigToml {
    /// Slug of the model for new threads.
    pub model: Option<String>,
    /// Slug of the model for review turns.
    pub review_model: Option<String>,
    /// Id of the provider: a key of `model_providers` or a built-in one.
    pub model_provider: Option<String>,
    /// Own model providers by id; ids of built-in ones cannot be redefined.
    #[serde(deserialize_with = "provider::deserialize_providers")]
    pub model_providers: Option<BTreeMap<String, ModelProviderToml>>,
    /// Local provider that `--oss` means: `lmstudio` or `ollama`.
    pub oss_provider: Option<String>,
    /// Base URL of the built-in provider `openai`.
    pub openai_base_url: Option<String>,
    /// Base URL of the ChatGPT backend.
    pub chatgpt_base_url: Option<String>,
    /// Size of the context window in tokens, in place of the catalogue's.
    pub model_context_window: Option<i64>,
    /// The conversation is compacted once it uses this many tokens.
    pub model_auto_compact_token_limit: Option<i64>,
    /// What the compaction limit counts.
    pub model_auto_compact_token_limit_scope: Option<CompactTokenLimitScope>,
    /// Compact after a turn that leaves more than this share of the window used; 0 to 100.
    pub model_post_turn_compact_threshold_percent: Option<u8>,
    /// How hard the model thinks; any text but the empty one.
    pub model_reasoning_effort: Option<ReasoningEffort>,
    /// The same for plan mode.
    pub plan_mode_reasoning_effort: Option<ReasoningEffort>,
    /// How reasoning is summarised.
    pub model_reasoning_summary: Option<ReasoningSummary>,
    /// How long answers are.
    pub model_verbosity: Option<Verbosity>,
    /// File that replaces the base instructions; must exist.
    pub model_instructions_file: Option<PathBuf>,
    /// File that replaces the model catalogue, read at the start; must exist.
    pub model_catalog_json: Option<PathBuf>,
    /// Service tier of requests, such as `default`, `priority` or `flex`; `fast` is an old name of `priority`.
    pub service_tier: Option<String>,
    /// Style of communication.
    pub personality: Option<Personality>,
    /// When a person is asked before something runs.
    pub approval_policy: Option<ApprovalPolicy>,
    /// Who answers approvals.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// Settings of the automatic reviewer.
    pub auto_review: Option<AutoReviewToml>,
    /// What commands may touch; unset means it depends on the trust in the project.
    pub sandbox_mode: Option<SandboxMode>,
    /// Details of the sandbox mode `workspace-write`.
    pub sandbox_workspace_write: Option<SandboxWorkspaceWrite>,
    /// Id of the permission profile of new threads: a built-in one (`:workspace`) or a key of `permissions`.
    pub default_permissions: Option<String>,
    /// Own permission profiles by id.
    pub permissions: Option<BTreeMap<String, PermissionProfileToml>>,
    /// Trust in project folders, by absolute path.
    pub projects: Option<BTreeMap<String, ProjectToml>>,
    /// Names that mark a project's root folder; an empty list means the working folder itself.
    pub project_root_markers: Option<Vec<String>>,
    /// Bytes of AGENTS.md text that are used.
    pub project_doc_max_bytes: Option<usize>,
    /// Other names tried after AGENTS.md.
    pub project_doc_fallback_filenames: Option<Vec<String>>,
    /// System instructions, the older form.
    pub instructions: Option<String>,
    /// Developer message put into each thread.
    pub developer_instructions: Option<String>,
    /// Prompt of compaction.
    pub compact_prompt: Option<String>,
    /// File with the prompt of compaction.
    pub experimental_compact_prompt_file: Option<PathBuf>,
    /// Whether the block about apps is put into the context.
    pub include_apps_instructions: Option<bool>,
    /// Whether the block about the collaboration mode is put into the context.
    pub include_collaboration_mode_instructions: Option<bool>,
    /// Whether the block about the environment is put into the context.
    pub include_environment_context: Option<bool>,
    /// Whether that block names date and time.
    pub include_environment_context_time: Option<bool>,
    /// Whether the block about permissions is put into the context.
    pub include_permissions_instructions: Option<bool>,
    /// Mode of the web search tool.
    pub web_search: Option<WebSearchMode>,
    /// Settings of single tools.
    pub tools: Option<ToolsToml>,
    /// Feature flags.
    pub features: Option<FeaturesToml>,
    /// MCP servers by name.
    pub mcp_servers: Option<BTreeMap<String, Table>>,
    /// Where OAuth tokens of MCP servers are kept.
    pub mcp_oauth_credentials_store: Option<CredentialsStore>,
    /// Fixed local port for OAuth callbacks.
    pub mcp_oauth_callback_port: Option<u16>,
    /// Redirect URI announced for OAuth.
    pub mcp_oauth_callback_url: Option<String>,
    /// Milliseconds that optional MCP servers may hold up a start.
    pub mcp_optional_startup_grace_ms: Option<u64>,
    /// Identity provider for enterprise-managed MCP authorization.
    pub mcp_enterprise_managed_auth: Option<Table>,
    /// Which environment variables commands get.
    pub shell_environment_policy: Option<ShellEnvironmentPolicyToml>,
    /// Whether shell tools may ask for a login shell.
    pub allow_login_shell: Option<bool>,
    /// Longest poll of a background terminal in milliseconds.
    pub background_terminal_max_timeout: Option<u64>,
    /// Tokens of a tool's output that are kept.
    pub tool_output_token_limit: Option<usize>,
    /// Older switch of a feature.
    pub experimental_use_unified_exec_tool: Option<bool>,
    /// Hooks by event.
    pub hooks: Option<Table>,
    /// Program and arguments run when a turn ends; user level only.
    pub notify: Option<Vec<String>>,
    /// Settings of skills.
    pub skills: Option<Table>,
    /// Plugins by `name@marketplace`.
    pub plugins: Option<BTreeMap<String, Table>>,
    /// Plugin marketplaces by name.
    pub marketplaces: Option<BTreeMap<String, Table>>,
    /// Apps by id, and `_default`.
    pub apps: Option<Table>,
    /// Product name passed to the apps server; user level only.
    pub apps_mcp_product_sku: Option<String>,
    /// What tool suggestions may offer.
    pub tool_suggest: Option<Table>,
    /// Sub-agents and their roles.
    pub agents: Option<Table>,
    /// Settings of memories.
    pub memories: Option<Table>,
    /// Settings of goals.
    pub goals: Option<GoalsToml>,
    /// Settings of the orchestrator.
    pub orchestrator: Option<Table>,
    /// Settings of cloud features.
    pub cloud: Option<Table>,
    /// Switch of a program.
    pub daybreak: Option<bool>,
    /// What the browser tool may do.
    pub browser_use: Option<Table>,
    /// What the computer tool may do.
    pub computer_use: Option<Table>,
    /// Settings of the desktop app; kept as they are.
    pub desktop: Option<Table>,
    /// The only login that is allowed.
    pub forced_login_method: Option<LoginMethod>,
    /// The only ChatGPT workspaces that are allowed.
    pub forced_chatgpt_workspace_id: Option<OneOrMany>,
    /// Where login tokens are kept.
    pub cli_auth_credentials_store: Option<LoginStore>,
    /// Switch of usage statistics.
    pub analytics: Option<EnabledToml>,
    /// Switch of feedback.
    pub feedback: Option<EnabledToml>,
    /// Export of telemetry; user level only.
    pub otel: Option<Table>,
    /// History of prompts.
    pub history: Option<HistoryToml>,
    /// Folder of the databases; unset means CODEX_HOME.
    pub sqlite_home: Option<PathBuf>,
    /// Folder of logs; unset means `log` in CODEX_HOME.
    pub log_dir: Option<PathBuf>,
    /// Seconds after which an idle thread leaves memory.
    pub thread_unload_delay_secs: Option<u64>,
    /// Further metadata of model requests.
    pub responses_api_metadata: Option<BTreeMap<String, String>>,
    /// URI scheme of links to files.
    pub file_opener: Option<FileOpener>,
    /// Whether reasoning is kept from clients.
    pub hide_agent_reasoning: Option<bool>,
    /// Whether raw reasoning is sent to clients.
    pub show_raw_agent_reasoning: Option<bool>,
    /// Whether the terminal program looks for updates.
    pub check_for_update_on_startup: Option<bool>,
    /// No warning about features under development.
    pub suppress_unstable_features_warning: Option<bool>,
    /// Switch of the terminal interface.
    pub disable_paste_burst: Option<bool>,
    /// Settings of the terminal interface; opaque here.
    pub tui: Option<Table>,
    /// Notices that were acknowledged.
    pub notice: Option<Table>,
    /// Audio devices.
    pub audio: Option<Table>,
    /// Settings of realtime conversations.
    pub realtime: Option<Table>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_ws_base_url: Option<String>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_webrtc_call_base_url: Option<String>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_ws_model: Option<String>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_ws_backend_prompt: Option<String>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_ws_startup_context: Option<String>,
    /// Experiment of realtime conversations.
    pub experimental_realtime_start_instructions: Option<String>,
    /// Kind of the thread store.
    pub experimental_thread_store: Option<Table>,
    /// No longer supported; its presence is a load error.
    pub experimental_thread_store_endpoint: Option<String>,
    /// Whether CODEX_HOME may be a symbolic link.
    pub allow_symlinked_codex_home: Option<bool>,
    /// Settings of the Windows sandbox.
    pub windows: Option<Table>,
    /// Kept for old files.
    pub ghost_snapshot: Option<Table>,
    /// Kept for old files.
    pub js_repl_node_path: Option<PathBuf>,
    /// Kept for old files.
    pub js_repl_node_module_dirs: Option<Vec<PathBuf>>,
    /// Selector of a profile, the older form; its presence is a load error.
    pub profile: Option<String>,
    /// Profiles, the older form; not used.
    pub profiles: Option<BTreeMap<String, Table>>,
}
