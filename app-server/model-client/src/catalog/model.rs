//! One model's facts.

use serde::Deserialize;

use crate::json::or_default;

/// What is known of a model. Fields that a catalogue leaves out have the values of [`ModelInfo::unknown`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ModelInfo {
    /// The name that requests carry.
    pub slug: String,
    /// The name for people; the slug when a catalogue gives none.
    #[serde(default)]
    pub display_name: Option<String>,
    /// One line for people.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether lists show it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Lower comes first; the first visible one is the default.
    #[serde(default = "last")]
    pub priority: i64,
    /// Whether an API key is enough to use it.
    #[serde(default = "yes")]
    pub supported_in_api: bool,
    /// The efforts that can be asked for.
    #[serde(default, deserialize_with = "or_default")]
    pub supported_reasoning_levels: Vec<ReasoningEffortInfo>,
    /// The effort that is asked for unless someone chooses.
    #[serde(default)]
    pub default_reasoning_level: Option<String>,
    /// The reasoning summary that is asked for unless someone chooses: `auto`, ..., or `none`, which is not sent.
    #[serde(default = "auto")]
    pub default_reasoning_summary: String,
    /// Whether `text.verbosity` may be sent.
    #[serde(default)]
    pub support_verbosity: bool,
    /// The verbosity that is sent unless someone chooses.
    #[serde(default)]
    pub default_verbosity: Option<String>,
    /// The size of the context window, in tokens.
    #[serde(default = "context_window", deserialize_with = "window_or_default")]
    pub context_window: i64,
    /// The largest window that can be chosen, in tokens.
    #[serde(default)]
    pub max_context_window: Option<i64>,
    /// The part of the window that is used, in percent.
    #[serde(default = "effective_percent")]
    pub effective_context_window_percent: i64,
    /// How long tool outputs may be in the history.
    #[serde(default)]
    pub truncation_policy: TruncationPolicy,
    /// What the input may hold: `text`, `image`.
    #[serde(default = "modalities")]
    pub input_modalities: Vec<String>,
    /// Whether images may be sent in their original size.
    #[serde(default)]
    pub supports_image_detail_original: bool,
    /// The service tiers on offer.
    #[serde(default, deserialize_with = "or_default")]
    pub service_tiers: Vec<ServiceTierInfo>,
    /// The tier that is asked for unless someone chooses.
    #[serde(default)]
    pub default_service_tier: Option<String>,
    /// The older names of tiers.
    #[serde(default, deserialize_with = "or_default")]
    pub additional_speed_tiers: Vec<String>,
    /// The model to move to.
    #[serde(default)]
    pub upgrade: Option<ModelUpgrade>,
    /// What the model is for, when it is special, e.g. `cyber`.
    #[serde(default)]
    pub model_specialty: Option<String>,
    /// `v1` or `v2`, for models that may lead others.
    #[serde(default)]
    pub multi_agent_version: Option<String>,
    /// `freeform` when apply_patch is offered as a tool of free text.
    #[serde(default)]
    pub apply_patch_tool_type: Option<String>,
    /// What the web search may bring: `text` or `text_and_image`.
    #[serde(default)]
    pub web_search_tool_type: Option<String>,
    /// Whether tools may be deferred behind a search.
    #[serde(default)]
    pub supports_search_tool: bool,
    /// How the reference offers tools to it.
    #[serde(default)]
    pub tool_mode: Option<ToolMode>,
    /// Whether the reference drives it with the lite form of requests.
    #[serde(default)]
    pub use_responses_lite: bool,
    /// Equal for models that may take over each other's compacted history.
    #[serde(default)]
    pub comp_hash: Option<String>,
    /// A base prompt of its own; catalogues of users may bring one.
    #[serde(default)]
    pub base_instructions: Option<String>,
}

/// Whether lists show a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Shown.
    #[default]
    List,
    /// Shown only to who asks for hidden ones.
    Hide,
    /// Never offered.
    None,
}

/// An effort that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReasoningEffortInfo {
    /// Its name on the wire.
    pub effort: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
}

/// A service tier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ServiceTierInfo {
    /// Its name on the wire.
    pub id: String,
    /// Its name for people.
    #[serde(default)]
    pub name: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
}

/// The model to move to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModelUpgrade {
    /// Its slug.
    pub model: String,
    /// What people are told, in Markdown.
    #[serde(default)]
    pub migration_markdown: Option<String>,
}

/// How the reference offers tools to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolMode {
    /// Each tool by itself.
    Direct,
    /// By code, or by itself.
    CodeMode,
    /// By code alone.
    CodeModeOnly,
    /// A mode of later versions.
    #[serde(other)]
    Unknown,
}

/// How long a tool's output may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct TruncationPolicy {
    /// What is counted.
    pub mode: TruncationMode,
    /// How much of it.
    pub limit: i64,
}

/// What a truncation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TruncationMode {
    /// Bytes of UTF-8.
    Bytes,
    /// Tokens, estimated.
    Tokens,
}

impl Default for TruncationPolicy {
    fn default() -> Self {
        Self { mode: TruncationMode::Bytes, limit: 10_000 }
    }
}

fn last() -> i64 {
    i64::MAX
}

fn yes() -> bool {
    true
}

fn auto() -> String {
    "auto".to_owned()
}

fn context_window() -> i64 {
    272_000
}

fn window_or_default<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(context_window))
}

fn effective_percent() -> i64 {
    95
}

fn modalities() -> Vec<String> {
    vec!["text".to_owned(), "image".to_owned()]
}

impl ModelInfo {
    /// What is assumed of a model that no catalogue knows.
    pub fn unknown(slug: &str) -> Self {
        Self {
            slug: slug.to_owned(),
            display_name: None,
            description: None,
            visibility: Visibility::None,
            priority: last(),
            supported_in_api: true,
            supported_reasoning_levels: Vec::new(),
            default_reasoning_level: None,
            default_reasoning_summary: auto(),
            support_verbosity: false,
            default_verbosity: None,
            context_window: context_window(),
            max_context_window: None,
            effective_context_window_percent: effective_percent(),
            truncation_policy: TruncationPolicy::default(),
            input_modalities: modalities(),
            supports_image_detail_original: false,
            service_tiers: Vec::new(),
            default_service_tier: None,
            additional_speed_tiers: Vec::new(),
            upgrade: None,
            model_specialty: None,
            multi_agent_version: None,
            apply_patch_tool_type: None,
            web_search_tool_type: None,
            supports_search_tool: false,
            tool_mode: None,
            use_responses_lite: false,
            comp_hash: None,
            base_instructions: None,
        }
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.slug)
    }

    /// Whether lists leave it out.
    pub fn is_hidden(&self) -> bool {
        self.visibility != Visibility::List
    }

    /// The part of the context window that a conversation may fill, in tokens: what clients are told.
    pub fn effective_context_window(&self) -> i64 {
        self.window_of(self.context_window)
    }

    /// The same for a window that the configuration chose.
    pub fn window_of(&self, context_window: i64) -> i64 {
        context_window.saturating_mul(self.effective_context_window_percent) / 100
    }

    /// Whether the reference drives it in code mode; it gets the classic tools from us.
    pub fn is_code_mode(&self) -> bool {
        matches!(self.tool_mode, Some(ToolMode::CodeMode | ToolMode::CodeModeOnly))
    }

    /// Whether several tools may be called at once.
    pub fn parallel_tool_calls(&self) -> bool {
        !self.is_code_mode()
    }

    /// Whether `effort` can be asked for.
    pub fn supports_effort(&self, effort: &str) -> bool {
        self.supported_reasoning_levels.iter().any(|level| level.effort == effort)
    }
}
