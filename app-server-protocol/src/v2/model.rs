//! The models on offer and what each can do.
//!
//! A listing has exactly one default model. Texts are for people; ids and slugs are what requests carry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::*;
use crate::scalars::*;

fn default_input_modalities() -> Vec<InputModality> {
    vec![InputModality::Text, InputModality::Image]
}

/// One entry of `model/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// Id of the entry.
    pub id: String,
    /// Slug to put into requests.
    pub model: String,
    /// Slug of the model recommended in its place; null when there is none.
    pub upgrade: Option<String>,
    /// What to tell about that recommendation; null when there is nothing.
    pub upgrade_info: Option<ModelUpgradeInfo>,
    /// A note to show once about the model being available; null when there is none.
    pub availability_nux: Option<ModelAvailabilityNux>,
    /// Name for people.
    pub display_name: String,
    /// What it is good for, in a sentence.
    pub description: String,
    /// A field the model is made for; null for a general one.
    #[serde(default)]
    pub model_specialty: Option<String>,
    /// Whether pickers leave it out.
    pub hidden: bool,
    /// The efforts it accepts, from little to much.
    pub supported_reasoning_efforts: Vec<ReasoningEffortOption>,
    /// The effort used when none is asked for.
    pub default_reasoning_effort: ReasoningEffort,
    /// What a user's message may contain. Default text and image, for entries that do not say.
    #[serde(default = "default_input_modalities")]
    pub input_modalities: Vec<InputModality>,
    /// Deprecated: always false, as no model has tones to choose from; nothing takes its place.
    #[schemars(extend("deprecated" = true))]
    #[serde(default)]
    pub supports_personality: bool,
    /// Which tools for several agents it is used with; null when its entry does not say.
    pub multi_agent_version: Option<MultiAgentVersion>,
    /// Deprecated: ids of speed tiers; use `serviceTiers`.
    #[schemars(extend("deprecated" = true))]
    #[serde(default)]
    pub additional_speed_tiers: Vec<String>,
    /// The speed tiers it can be served at. Default none.
    #[serde(default)]
    pub service_tiers: Vec<ModelServiceTier>,
    /// Id of the tier used when none is asked for; null when the catalogue names none.
    #[serde(default)]
    pub default_service_tier: Option<String>,
    /// Programmes the account may ask for with this model; null when the catalogue does not tell.
    #[serde(default)]
    pub available_access_programs: Option<ModelAccessPrograms>,
    /// Whether new threads use it when nothing else is said.
    pub is_default: bool,
}

/// Params of `model/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelListParams {
    /// Id of the provider to ask; absent: the configured one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Where to go on: `nextCursor` of the page before; absent: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Entries per page; absent: as many as the server likes. 0 acts as 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Adds models that pickers leave out. Absent means false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_hidden: Option<bool>,
}

/// Result of `model/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelListResponse {
    /// The models of this page, the recommended first.
    pub data: Vec<Model>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Programmes that an account may ask for with a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelAccessPrograms {
    /// Those for computer security.
    pub cyber: Vec<CyberAccessProgram>,
}

/// A note about a model that became available.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelAvailabilityNux {
    /// Text for people.
    pub message: String,
}

/// A speed tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelServiceTier {
    /// What requests carry as `serviceTier`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it means for speed and cost.
    pub description: String,
}

/// A recommended successor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelUpgradeInfo {
    /// Slug of the successor.
    pub model: String,
    /// Text that recommends it; null when there is none.
    pub upgrade_copy: Option<String>,
    /// Page about it; null when there is none.
    pub model_link: Option<String>,
    /// Longer text on what changes, in Markdown; null when there is none.
    pub migration_markdown: Option<String>,
    /// When the older model goes, in Unix seconds; for information, null when unknown.
    pub retirement_at: Option<i64>,
}

/// Which tools for several agents a model is used with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MultiAgentVersion {
    /// None.
    Disabled,
    /// The first form.
    V1,
    /// The second form.
    V2,
}

/// A kind of content that a message may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum InputModality {
    /// Text.
    Text,
    /// Images.
    Image,
    /// Recordings.
    Audio,
}

/// An effort that a model accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasoningEffortOption {
    /// The effort.
    pub reasoning_effort: ReasoningEffort,
    /// What it is good for, in a sentence.
    pub description: String,
}

/// Why a provider served another model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ModelRerouteReason {
    /// The request was held to be risky in computer security.
    HighRiskCyberActivity,
}

/// `model/rerouted`: the provider answered with another model than the one asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelReroutedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn that was served so.
    pub turn_id: String,
    /// Slug that was asked for.
    pub from_model: String,
    /// Slug that answered.
    pub to_model: String,
    /// Why.
    pub reason: ModelRerouteReason,
}
