//! The configuration in effect: plain values that the engine and the server read, with defaults filled in.

mod features;
mod provider;
mod sandbox;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codex_utils_oss::{OLLAMA_CHAT_ID, OssProvider};
use toml::{Table, Value};

use crate::app_server::AppServerSettings;
use crate::decode::decode;
use crate::diagnostics::Diagnostic;
use crate::env::EnvSnapshot;
use crate::error::ConfigError;
use crate::keys::{
    ApprovalPolicy, ApprovalsReviewer, CHAT_REFUSED, CompactTokenLimitScope, ConfigToml, HistoryToml, LoginMethod,
    LoginStore, OneOrMany, OtelConfigToml, PermissionProfileToml, Personality, ReasoningEffort, ReasoningSummary,
    SandboxMode, ShellEnvironmentPolicyToml, Verbosity, WebSearchMode, WireApi,
};
use crate::layers::{Dependencies, Layer, LayerStack};
use crate::path::{PathBase, with_base};
use crate::requirements::{Bent, Requirements, Residency};
use crate::warnings;
use crate::warnings::{ConfigWarning, DeprecationNotice};

pub use features::{FeatureSwitches, Features};
pub use provider::{MissingEnv, ModelProviderInfo, OPENAI_PROVIDER_ID, SCRIPTED_PROVIDER_ID};
use sandbox::is_built_in;
pub use sandbox::{
    ActivePermissionProfile, ApprovalAndSandbox, BUILT_IN_PROFILES, DANGER_FULL_ACCESS_PROFILE, Permissions,
    READ_ONLY_PROFILE, SandboxPolicy, WORKSPACE_PROFILE,
};

/// Base of the ChatGPT backend when none is configured.
pub(crate) const DEFAULT_CHATGPT_BASE_URL: &str = "https://chatgpt.com/backend-api/";

/// Bytes of AGENTS.md text when no limit is configured.
pub(crate) const DEFAULT_PROJECT_DOC_MAX_BYTES: usize = 32 * 1024;

/// Milliseconds of the longest poll of a background terminal when none is configured.
pub(crate) const DEFAULT_BACKGROUND_TERMINAL_MAX_TIMEOUT_MS: u64 = 300_000;

/// The configuration for one working folder, with defaults filled in. An `Option` is none when nothing is configured
/// and the choice lies with the model or the client.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Slug of the model.
    pub model: Option<String>,
    /// Slug of the model for review turns.
    pub review_model: Option<String>,
    /// Id of the model provider.
    pub model_provider_id: String,
    /// The model provider.
    pub model_provider: ModelProviderInfo,
    /// Every provider that can be chosen, by id.
    pub model_providers: BTreeMap<String, ModelProviderInfo>,
    /// How hard the model thinks.
    pub model_reasoning_effort: Option<String>,
    /// The same in plan mode.
    pub plan_mode_reasoning_effort: Option<String>,
    /// How reasoning is summarised.
    pub model_reasoning_summary: Option<ReasoningSummary>,
    /// How long answers are.
    pub model_verbosity: Option<Verbosity>,
    /// Size of the context window in tokens, in place of the catalogue's.
    pub model_context_window: Option<i64>,
    /// The conversation is compacted once it uses this many tokens.
    pub model_auto_compact_token_limit: Option<i64>,
    /// What that limit counts.
    pub model_auto_compact_token_limit_scope: Option<CompactTokenLimitScope>,
    /// Compact after a turn that leaves more than this share of the window used, in percent.
    pub model_post_turn_compact_threshold_percent: Option<u8>,
    /// File that replaces the model catalogue; it exists.
    pub model_catalog_json: Option<PathBuf>,
    /// Service tier of requests.
    pub service_tier: Option<String>,
    /// Style of communication.
    pub personality: Option<Personality>,
    /// Who answers approvals.
    pub approvals_reviewer: ApprovalsReviewer,
    /// What decides about approvals and the sandbox.
    pub permissions: Permissions,
    /// The root of the project; none without a working folder.
    pub project_root: Option<PathBuf>,
    /// The root of the git repository around the working folder, of the main checkout for a worktree.
    pub repository_root: Option<PathBuf>,
    /// System instructions, the older form.
    pub instructions: Option<String>,
    /// Base instructions that replace the model's own.
    pub base_instructions: Option<String>,
    /// Developer message put into each thread.
    pub developer_instructions: Option<String>,
    /// Prompt of compaction.
    pub compact_prompt: Option<String>,
    /// Which blocks are put into the context.
    pub include: ContextBlocks,
    /// Bytes of AGENTS.md text that are used.
    pub project_doc_max_bytes: usize,
    /// Other names tried after AGENTS.md.
    pub project_doc_fallback_filenames: Vec<String>,
    /// Names that mark a project's root; none means the default.
    pub project_root_markers: Option<Vec<String>>,
    /// Whether reasoning is kept from clients.
    pub hide_agent_reasoning: bool,
    /// Whether raw reasoning is sent to clients.
    pub show_raw_agent_reasoning: bool,
    /// Mode of the web search tool.
    pub web_search: Option<WebSearchMode>,
    /// Feature flags.
    pub features: Features,
    /// Tokens of a tool's output that are kept.
    pub tool_output_token_limit: Option<usize>,
    /// Whether shell tools may ask for a login shell.
    pub allow_login_shell: bool,
    /// Longest poll of a background terminal in milliseconds.
    pub background_terminal_max_timeout_ms: u64,
    /// Whether the model is offered the tool that shows a plan.
    pub update_plan_tool: bool,
    /// Folders of rules about commands that trusted projects have, the outermost project first.
    pub project_rules_folders: Vec<PathBuf>,
    /// Which environment variables commands get.
    pub shell_environment_policy: ShellEnvironmentPolicyToml,
    /// History of prompts.
    pub history: HistoryToml,
    /// Export of telemetry.
    pub otel: OtelConfigToml,
    /// Program and arguments run when a turn ends.
    pub notify: Option<Vec<String>>,
    /// Base URL of the ChatGPT backend.
    pub chatgpt_base_url: String,
    /// The only login that is allowed.
    pub forced_login_method: Option<LoginMethod>,
    /// The only ChatGPT workspaces that are allowed; empty means any.
    pub forced_chatgpt_workspace_ids: Vec<String>,
    /// Where login tokens are kept.
    pub cli_auth_credentials_store: LoginStore,
    /// Further metadata of model requests.
    pub responses_api_metadata: BTreeMap<String, String>,
    /// Seconds after which an idle thread leaves memory.
    pub thread_unload_delay_secs: Option<u64>,
    /// Folder of the databases, when configured or named by `CODEX_SQLITE_HOME`.
    pub sqlite_home: Option<PathBuf>,
    /// Folder of logs, when configured.
    pub log_dir: Option<PathBuf>,
    /// Text that the model is told besides `developer_instructions`, whatever a request says.
    pub additional_developer_instructions: Option<String>,
    /// Where data must stay; every request to a provider says so.
    pub enforce_residency: Option<Residency>,
    /// What requirements changed or could not use, for a `warning` of each new thread, and for a `configWarning` unless
    /// that was told at the start.
    pub requirement_warnings: Vec<ConfigWarning>,
    /// What is odd, for a `warning` of each new thread.
    pub warnings: Vec<ConfigWarning>,
    /// What is odd about the project, for a `configWarning` and a `warning` of each new thread.
    pub project_warnings: Vec<ConfigWarning>,
    /// What will go away, for a notice of each new thread.
    pub deprecations: Vec<DeprecationNotice>,
}

/// Which blocks are put into the context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextBlocks {
    /// About apps.
    pub apps_instructions: bool,
    /// About the collaboration mode.
    pub collaboration_mode_instructions: bool,
    /// About the environment.
    pub environment_context: bool,
    /// Date and time in the block about the environment.
    pub environment_context_time: bool,
    /// About permissions.
    pub permissions_instructions: bool,
}

impl Config {
    /// The provider of an id.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be used in this version.
    pub fn provider(&self, id: &str) -> Result<&ModelProviderInfo, ConfigError> {
        find_provider(&self.model_providers, id)
    }

    /// When a thread asks and what its commands may touch, given what its request says.
    pub fn approval_and_sandbox(
        &self,
        approval_policy: Option<ApprovalPolicy>,
        sandbox_mode: Option<SandboxMode>,
    ) -> ApprovalAndSandbox {
        self.permissions.resolve(approval_policy, sandbox_mode)
    }

    /// The id of the model provider, given what a request says.
    pub fn provider_id<'a>(&'a self, requested: Option<&'a str>) -> Bent<&'a str> {
        match requested {
            Some(id) => self.permissions.bounds.provider(id),
            None => Bent { value: &self.model_provider_id, warning: None },
        }
    }

    /// Who answers approvals, given what a request says.
    pub fn reviewer(&self, requested: Option<ApprovalsReviewer>) -> Bent<ApprovalsReviewer> {
        self.permissions.bounds.reviewer(requested.or(self.permissions.approvals_reviewer))
    }
}

fn find_provider<'a>(
    providers: &'a BTreeMap<String, ModelProviderInfo>,
    id: &str,
) -> Result<&'a ModelProviderInfo, ConfigError> {
    let provider = providers.get(id).ok_or_else(|| ConfigError::Meaning(format!("Model provider `{id}` not found")))?;
    match &provider.unsupported {
        Some(reason) => Err(ConfigError::Unsupported(reason.clone())),
        None => Ok(provider),
    }
}

/// The merged configuration as types.
///
/// # Errors
///
/// [`ConfigError::Type`], with the place when one file alone is to blame.
pub(crate) fn typed(stack: &LayerStack, merged: Table) -> Result<ConfigToml, ConfigError> {
    // Only a layer with a wrong value still has relative paths: that value is to be told, whatever they would mean.
    let base = PathBase { folder: Path::new("/"), user_home: None };
    with_base(base, || typed_as_written(stack, merged))
}

/// As [`typed`], and relative paths are errors.
pub(crate) fn typed_as_written(stack: &LayerStack, merged: Table) -> Result<ConfigToml, ConfigError> {
    let config: ConfigToml = decode(merged).map_err(|error| {
        let message = error.message();
        let place = stack.enabled().rev().filter_map(|layer| layer.type_error()).find(|place| place.message == message);
        type_error(error.to_string(), place)
    })?;
    refuse_chat_in_files(stack, &config)?;
    Ok(config)
}

fn type_error(text: String, place: Option<Diagnostic>) -> ConfigError {
    ConfigError::Type { text, place: place.map(Box::new) }
}

/// Chat completions may come from the command line or a request, not from a file that the reference reads too.
fn refuse_chat_in_files(stack: &LayerStack, config: &ConfigToml) -> Result<(), ConfigError> {
    for (id, provider) in config.model_providers.iter().flatten() {
        if provider.wire_api != WireApi::Chat {
            continue;
        }
        let keys = ["model_providers", id, "wire_api"];
        let says_so = stack.enabled().rev().find(|layer| {
            let providers = layer.config.get(keys[0]);
            providers.and_then(|providers| providers.get(id)?.get(keys[2])).is_some()
        });
        if let Some(layer) = says_so.filter(|layer| layer.is_file()) {
            let text = format!("{CHAT_REFUSED}\nin `{}`\n", keys.join("."));
            return Err(type_error(text, layer.diagnostic_at(&keys, CHAT_REFUSED)));
        }
    }
    Ok(())
}

/// What a configuration is made with, besides its layers.
#[derive(Clone, Copy)]
pub(crate) struct ResolveContext<'a> {
    /// The environment.
    pub env: &'a EnvSnapshot,
    /// Our own settings.
    pub app_server: &'a AppServerSettings,
    /// Features that clients switched.
    pub switched: &'a FeatureSwitches,
}

/// Fills in defaults and checks that the values make sense together.
pub(crate) fn resolve(
    stack: &LayerStack,
    config: ConfigToml,
    context: ResolveContext<'_>,
    dependencies: &mut Dependencies<'_>,
) -> Result<Config, ConfigError> {
    check_policy(stack)?;
    check(&config)?;
    let requirements = &stack.requirements;
    let profiles = with_demanded_profiles(config.permissions.clone().unwrap_or_default().profiles, requirements)?;
    let is_known = |id: &str| is_built_in(id) || profiles.contains_key(id);
    let default_profile =
        requirements.default_profile((WORKSPACE_PROFILE, READ_ONLY_PROFILE), is_known).map_err(ConfigError::Meaning)?;
    let bounds = requirements.bounds(default_profile);
    let mut requirement_warnings = requirements.pin_warnings(&stack.configured());
    requirement_warnings.extend_from_slice(requirements.warnings());
    let web_search = bounds.web_search(config.web_search);
    requirement_warnings.extend(web_search.warning);
    requirement_warnings.extend(bounds.windows_warning(config.windows.as_ref()));
    let permissions = Permissions {
        approvals_reviewer: config.approvals_reviewer,
        demanded_profiles: requirements.profiles().map(|(id, _)| id.clone()).collect(),
        bounds,
        approval_policy: config.approval_policy,
        sandbox_mode: config.sandbox_mode,
        sandbox_workspace_write: config.sandbox_workspace_write.clone(),
        default_permissions: config.default_permissions.clone(),
        profiles,
        trust_level: stack.trust_level,
    };
    permissions.check(!permissions.profiles.is_empty())?;
    let model_providers = provider::providers(&config, context.app_server, context.env);
    let model_provider_id = config.model_provider.unwrap_or_else(|| OPENAI_PROVIDER_ID.to_owned());
    let model_provider = find_provider(&model_providers, &model_provider_id)?.clone();
    let base_instructions = match &config.model_instructions_file {
        Some(file) => Some(read_text(file, "model instructions file", dependencies)?),
        None => None,
    };
    let compact_prompt = match (config.compact_prompt, &config.experimental_compact_prompt_file) {
        (Some(prompt), _) => Some(prompt),
        (None, Some(file)) => Some(read_text(file, "experimental compact prompt file", dependencies)?),
        (None, None) => None,
    };
    if let Some(file) = &config.model_catalog_json
        && !dependencies.exists(file)
    {
        return Err(unreadable("model catalog", file, "No such file or directory (os error 2)"));
    }

    let features = Features::new(config.features.as_ref(), context.switched, requirements.features());
    let mut warnings: Vec<_> = warnings::unknown_keys(stack).into_iter().collect();
    if config.suppress_unstable_features_warning != Some(true) {
        warnings.extend(warnings::unstable_features(&features.unstable()));
    }
    let deprecations = config.features.as_ref().map(warnings::deprecated_features).unwrap_or_default();
    let on = |switch: Option<bool>| switch.unwrap_or(true);
    let effort = |effort: Option<ReasoningEffort>| effort.map(|effort| effort.as_str().to_owned());
    Ok(Config {
        model: config.model,
        review_model: config.review_model,
        model_provider_id,
        model_provider,
        model_providers,
        model_reasoning_effort: effort(config.model_reasoning_effort),
        plan_mode_reasoning_effort: effort(config.plan_mode_reasoning_effort),
        model_reasoning_summary: config.model_reasoning_summary,
        model_verbosity: config.model_verbosity,
        model_context_window: config.model_context_window,
        model_auto_compact_token_limit: config.model_auto_compact_token_limit,
        model_auto_compact_token_limit_scope: config.model_auto_compact_token_limit_scope,
        model_post_turn_compact_threshold_percent: config.model_post_turn_compact_threshold_percent,
        model_catalog_json: config.model_catalog_json.map(PathBuf::from),
        service_tier: config.service_tier.map(current_service_tier),
        personality: config.personality,
        approvals_reviewer: permissions.bounds.reviewer(config.approvals_reviewer).value,
        permissions,
        project_root: stack.project_root.clone(),
        repository_root: stack.repository_root.clone(),
        instructions: config.instructions,
        base_instructions,
        developer_instructions: config.developer_instructions,
        compact_prompt,
        include: ContextBlocks {
            apps_instructions: on(config.include_apps_instructions),
            collaboration_mode_instructions: on(config.include_collaboration_mode_instructions),
            environment_context: on(config.include_environment_context),
            environment_context_time: on(config.include_environment_context_time),
            permissions_instructions: on(config.include_permissions_instructions),
        },
        project_doc_max_bytes: config.project_doc_max_bytes.unwrap_or(DEFAULT_PROJECT_DOC_MAX_BYTES),
        project_doc_fallback_filenames: config.project_doc_fallback_filenames.unwrap_or_default(),
        project_root_markers: config.project_root_markers,
        hide_agent_reasoning: config.hide_agent_reasoning.unwrap_or_default(),
        show_raw_agent_reasoning: config.show_raw_agent_reasoning.unwrap_or_default(),
        web_search: web_search.value,
        features,
        tool_output_token_limit: config.tool_output_token_limit,
        allow_login_shell: on(config.allow_login_shell),
        background_terminal_max_timeout_ms: config
            .background_terminal_max_timeout
            .unwrap_or(DEFAULT_BACKGROUND_TERMINAL_MAX_TIMEOUT_MS),
        update_plan_tool: (config.tools.and_then(|tools| tools.update_plan)).is_some_and(|tool| tool.enabled),
        project_rules_folders: stack.project_folders().map(|folder| folder.join("rules")).collect(),
        shell_environment_policy: config.shell_environment_policy.unwrap_or_default(),
        history: config.history.unwrap_or_default(),
        otel: config.otel.unwrap_or_default(),
        notify: config.notify,
        chatgpt_base_url: config.chatgpt_base_url.unwrap_or_else(|| DEFAULT_CHATGPT_BASE_URL.to_owned()),
        forced_login_method: config.forced_login_method,
        forced_chatgpt_workspace_ids: match config.forced_chatgpt_workspace_id {
            Some(OneOrMany::One(id)) => vec![id],
            Some(OneOrMany::Many(ids)) => ids,
            None => Vec::new(),
        },
        cli_auth_credentials_store: config.cli_auth_credentials_store.unwrap_or_default(),
        responses_api_metadata: config.responses_api_metadata.unwrap_or_default(),
        thread_unload_delay_secs: config.thread_unload_delay_secs,
        sqlite_home: config
            .sqlite_home
            .map(PathBuf::from)
            .or_else(|| context.env.text("CODEX_SQLITE_HOME").map(PathBuf::from)),
        log_dir: config.log_dir.map(PathBuf::from),
        additional_developer_instructions: requirements.developer_instructions().map(str::to_owned),
        enforce_residency: requirements.residency(),
        requirement_warnings,
        warnings,
        project_warnings: stack.dropped.iter().map(warnings::dropped_keys).collect(),
        deprecations,
    })
}

/// The profiles of a configuration and those of the administrator.
fn with_demanded_profiles(
    mut profiles: BTreeMap<String, PermissionProfileToml>,
    requirements: &Requirements,
) -> Result<BTreeMap<String, PermissionProfileToml>, ConfigError> {
    for (id, profile) in requirements.profiles() {
        if id.starts_with(':') {
            let message = format!("permissions profile `{id}` uses a reserved built-in profile prefix");
            return Err(ConfigError::Meaning(message));
        }
        if profiles.insert(id.clone(), profile.clone()).is_some() {
            return Err(ConfigError::Meaning(format!(
                "requirements.toml permissions profile `{id}` conflicts with a config-defined profile of the same name"
            )));
        }
    }
    Ok(profiles)
}

/// Refuses the policy that only a request may choose, in whichever layer it stands.
pub(crate) fn check_policy(stack: &LayerStack) -> Result<(), ConfigError> {
    let is_untrusted = |layer: &Layer| {
        let policy = layer.config.get("approval_policy");
        policy.and_then(Value::as_str) == Some("untrusted")
    };
    if stack.enabled().any(is_untrusted) { Err(ConfigError::UntrustedPolicy) } else { Ok(()) }
}

/// Refuses what has the right type and is no longer possible.
fn check(config: &ConfigToml) -> Result<(), ConfigError> {
    let message = if let Some(profile) = &config.profile {
        format!(
            "legacy `profile = \"{profile}\"` config is no longer supported; \
             put the settings of the profile into `{profile}.config.toml` and start with `--profile {profile}`"
        )
    } else if config.experimental_thread_store_endpoint.is_some() {
        "experimental_thread_store_endpoint is no longer supported; remove this setting".to_owned()
    } else if config.model_post_turn_compact_threshold_percent.is_some_and(|percent| percent > 100) {
        "model_post_turn_compact_threshold_percent must be between 0 and 100".to_owned()
    } else if config.oss_provider.as_deref() == Some(OLLAMA_CHAT_ID) {
        format!("oss_provider = \"{OLLAMA_CHAT_ID}\" is no longer supported; use `{}`", OssProvider::Ollama.id())
    } else {
        return config.check_values().map_err(ConfigError::Meaning);
    };
    Err(ConfigError::Meaning(message))
}

/// The text of a file that the configuration names, without blanks around it.
fn read_text(file: &std::path::Path, what: &str, dependencies: &mut Dependencies<'_>) -> Result<String, ConfigError> {
    match dependencies.read(file) {
        Ok(Some(source)) if source.text().trim().is_empty() => {
            Err(ConfigError::Meaning(format!("{what} is empty: {}", file.display())))
        }
        Ok(Some(source)) => Ok(source.text().trim().to_owned()),
        Ok(None) => Err(unreadable(what, file, "No such file or directory (os error 2)")),
        Err(ConfigError::Unreadable { message, .. }) => Err(unreadable(what, file, &message)),
        Err(error) => Err(error),
    }
}

fn unreadable(what: &str, file: &std::path::Path, reason: &str) -> ConfigError {
    ConfigError::Meaning(format!("failed to read {what} {}: {reason}", file.display()))
}

/// The name a service tier has today.
fn current_service_tier(tier: String) -> String {
    if tier == "fast" { "priority".to_owned() } else { tier }
}
