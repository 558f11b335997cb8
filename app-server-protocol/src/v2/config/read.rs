//! Configuration as clients read it: effective values, the layers they come from, and warnings about broken files.
//!
//! Keys keep the spelling of `config.toml` (snake_case), unlike the rest of the wire. A value is null when no layer sets it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;
use crate::v2::*;

/// The effective configuration, all layers merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Config {
    /// Slug of the model for new threads.
    pub model: Option<String>,
    /// Slug of the model for reviews; null uses the thread's.
    pub review_model: Option<String>,
    /// Size of the model's context in tokens, in place of the catalogue's.
    pub model_context_window: Option<i64>,
    /// Tokens in use at which a thread is compacted by itself; null means 90 % of the context window.
    pub model_auto_compact_token_limit: Option<i64>,
    /// Which tokens count towards that limit.
    pub model_auto_compact_token_limit_scope: Option<AutoCompactTokenLimitScope>,
    /// Id of the provider that serves the model.
    pub model_provider: Option<String>,
    /// When the user is asked before something is done.
    pub approval_policy: Option<AskForApproval>,
    /// Who answers those questions; null means the user.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands may do; null lets the trust in the project decide.
    pub sandbox_mode: Option<SandboxMode>,
    /// Details of the `workspace-write` mode.
    pub sandbox_workspace_write: Option<SandboxWorkspaceWrite>,
    /// Logins to other ChatGPT workspaces are refused.
    pub forced_chatgpt_workspace_id: Option<ForcedChatgptWorkspaceIds>,
    /// Logins of another kind are refused.
    pub forced_login_method: Option<ForcedLoginMethod>,
    /// Whether and how the model may search the web; null means `cached`.
    pub web_search: Option<WebSearchMode>,
    /// Who carries out searches when the model's catalogue entry does not say. Only ever read, never taken from a file.
    pub client_search_provider: Option<WebSearchProvider>,
    /// Settings of single tools.
    pub tools: Option<ToolsV2>,
    /// System instructions of the older kind.
    pub instructions: Option<String>,
    /// Developer message put before the server's own in every new thread.
    pub developer_instructions: Option<String>,
    /// Prompt for compaction, in place of the server's own.
    pub compact_prompt: Option<String>,
    /// Effort asked of the model.
    pub model_reasoning_effort: Option<ReasoningEffort>,
    /// How much of the reasoning is summed up.
    pub model_reasoning_summary: Option<ReasoningSummary>,
    /// How long answers are.
    pub model_verbosity: Option<Verbosity>,
    /// Speed tier of requests, such as `default`, `priority` or `flex`; an open set.
    pub service_tier: Option<String>,
    /// Whether usage is reported.
    pub analytics: Option<AnalyticsConfig>,
    /// Settings of connected apps.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub apps: Option<AppsConfig>,
    /// What the agent may do in a browser.
    pub browser_use: Option<BrowserUseConfig>,
    /// Which programs the agent may operate.
    pub computer_use: Option<ComputerUseConfig>,
    /// Settings of the desktop client, given back as they are and never looked into.
    pub desktop: Option<BTreeMap<String, JsonValue>>,
    /// Every other key of the configuration, unchanged.
    #[serde(flatten)]
    pub additional: BTreeMap<String, JsonValue>,
}

/// One layer: a file or another source of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigLayer {
    /// Where it comes from.
    pub name: ConfigLayerSource,
    /// Hash of the content as `sha256:HEX`; a write can demand that it has not changed.
    pub version: String,
    /// The layer's own values, before merging.
    pub config: JsonValue,
    /// Why the layer is not used, for people (such as a project that is not trusted); absent when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_reason: Option<String>,
}

/// The layer that a single value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigLayerMetadata {
    /// Where the layer comes from.
    pub name: ConfigLayerSource,
    /// Hash of the layer's content as `sha256:HEX`.
    pub version: String,
}

/// Where a layer comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConfigLayerSource {
    /// Defaults that came with the installed program.
    PackagedDefaults {
        /// The file with the defaults.
        file: AbsolutePathBuf,
    },
    /// Preferences managed by the device's administrator (macOS).
    Mdm {
        /// Preference domain.
        domain: String,
        /// Key inside the domain.
        key: String,
    },
    /// The machine's configuration file, the same for all users.
    System {
        /// Where it is looked for; it need not exist.
        file: AbsolutePathBuf,
    },
    /// A part of the configuration that an organisation delivers from the cloud.
    EnterpriseManaged {
        /// Id of the part; stays the same over deliveries.
        id: String,
        /// Name the administrators gave it; shown in messages, so that users know whom to ask.
        name: String,
    },
    /// The user's own `config.toml`, the only layer that writes go to.
    User {
        /// Where it is looked for; it need not exist.
        file: AbsolutePathBuf,
        /// The profile file laid over the base file, when this layer is one; else null.
        profile: Option<String>,
    },
    /// A `.codex` folder between the project's root and the working directory; there may be several.
    Project {
        /// That folder.
        dot_codex_folder: AbsolutePathBuf,
    },
    /// Overrides given on the command line or with the request.
    SessionFlags,
    /// Managed configuration of the older form, from a file; kept working on a best-effort basis.
    LegacyManagedConfigTomlFromFile {
        /// That file.
        file: AbsolutePathBuf,
    },
    /// Managed configuration of the older form, delivered by device management.
    LegacyManagedConfigTomlFromMdm,
}

/// Params of `config/read`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigReadParams {
    /// Adds the single layers to the answer. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_layers: bool,
    /// Folder whose project layers count too; absent or null: no project layer does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
}

/// Result of `config/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigReadResponse {
    /// The effective values.
    pub config: Config,
    /// For each key path that is set (dotted), the layer that decides it.
    pub origins: BTreeMap<String, ConfigLayerMetadata>,
    /// All layers, the strongest first; absent unless they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<ConfigLayer>>,
}

/// `configWarning`: something in the configuration was not taken as written. The server goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigWarningNotification {
    /// What is wrong, in one sentence.
    pub summary: String,
    /// The cause or what to do; null when there is nothing to add.
    pub details: Option<String>,
    /// The file in question; null when it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The place in that file; null when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

/// A place in a text file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextPosition {
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1 in Unicode scalar values.
    pub column: usize,
}

/// A stretch of a text file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextRange {
    /// Where it begins.
    pub start: TextPosition,
    /// Where it ends.
    pub end: TextPosition,
}
