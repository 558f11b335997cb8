//! Turns: one round from the user's input to the model's last word, and how to start, steer and stop it.
//!
//! A thread runs at most one turn. What `turn/start` overrides holds for later turns too, unless the field says otherwise.
//! `turn/completed` comes exactly once per turn, after everything else of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::*;
use crate::scalars::*;

/// One turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    /// Id of the turn, a UUID of version 7 where a server made it.
    pub id: String,
    /// The turn that this one's work began with, its own id when it is the first. Hand it on when starting work on its
    /// behalf. Null in older history and in the answer to `review/start`.
    pub root_turn_id: Option<String>,
    /// Its items as far as `itemsView` says, in order.
    pub items: Vec<ThreadItem>,
    /// How much of the items is here. Default `full`.
    #[serde(default)]
    pub items_view: TurnItemsView,
    /// How it stands.
    pub status: TurnStatus,
    /// Why it failed; null otherwise.
    pub error: Option<TurnError>,
    /// When it started, in Unix seconds; null when unknown or not yet.
    pub started_at: Option<i64>,
    /// When it ended, in Unix seconds; null while it runs.
    pub completed_at: Option<i64>,
    /// From start to end, in milliseconds; null while it runs or when unknown.
    pub duration_ms: Option<i64>,
}

/// How a turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TurnStatus {
    /// It ran to its end.
    Completed,
    /// It was stopped by the user, or by the end of the server.
    Interrupted,
    /// It ended with an error.
    Failed,
    /// It runs.
    InProgress,
}

/// How much of a turn's items is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TurnItemsView {
    /// None; `items` is empty and says nothing.
    NotLoaded,
    /// Only what sums it up, such as the last message.
    Summary,
    /// All that are stored.
    #[default]
    Full,
}

/// Why a turn failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnError {
    /// What happened, for people. Clients match some of these texts, so they are fixed.
    pub message: String,
    /// The kind, for programs; null when there is none.
    pub codex_error_info: Option<CodexErrorInfo>,
    /// The cause behind it; null when there is nothing to add.
    #[serde(default)]
    pub additional_details: Option<String>,
    /// What is known about a stop for misaligned behaviour; null for other errors.
    #[serde(default)]
    pub misalignment: Option<MisalignmentErrorDetails>,
}

/// Params of `turn/start`. While a turn runs it adds the input to that one, as `turn/steer` does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnStartParams {
    /// The thread; it must be loaded.
    pub thread_id: String,
    /// Plugins to switch off for the thread, in place of the former list; absent keeps it, an empty list clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_plugin_ids: Option<Vec<String>>,
    /// The client's own id of the message; comes back as `clientId` of its item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_user_message_id: Option<String>,
    /// The parts of the message. An empty list runs a turn without one.
    pub input: Vec<UserInput>,
    /// What made the client start it, for statistics; ignored when it joins a running turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_trigger: Option<String>,
    /// The turn on whose behalf this one runs, of another thread perhaps; absent for work of the user's own. Ignored
    /// when it joins a running turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_turn_id: Option<String>,
    /// The turn that all this work began with; absent: this one. Ignored when it joins a running turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_turn_id: Option<String>,
    /// A tool result to put before the model along with the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_output: Option<TurnToolOutput>,
    /// Notes for the turn metadata of requests to the model, in place of those given before; an empty map clears them.
    /// Keys the server uses itself cannot be set.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
    /// The same, but added to those given before. Applied last.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata_patch: Option<BTreeMap<String, String>>,
    /// Further texts for the model, by a name of the client's for their source.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_context: Option<BTreeMap<String, AdditionalContextEntry>>,
    /// Where commands run, from this turn on; absent: as the thread has it, empty: nowhere.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<TurnEnvironmentParams>>,
    /// Working directory, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<PathText>,
    /// Folders that count as the workspace, from this turn on; absolute.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_workspace_roots: Option<Vec<AbsolutePathBuf>>,
    /// When the user is asked, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_policy: Option<AskForApproval>,
    /// Who answers approvals, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands may do, from this turn on. Not together with `permissions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox_policy: Option<SandboxPolicy>,
    /// Id of a permission profile, from this turn on. Not together with `sandboxPolicy`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<String>,
    /// Slug of the model, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Speed tier from this turn on. Three states: absent keeps it, null goes back to the model's default, a value sets
    /// it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
    /// Speed tier of this turn alone, `default` for the usual speed; absent: the thread's. Ignored when it joins a
    /// running turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier_for_turn: Option<String>,
    /// Effort of reasoning, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// How much of the reasoning is summed up, from this turn on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReasoningSummary>,
    /// Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<Personality>,
    /// JSON Schema that the last message must follow, in this turn only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<JsonValue>,
    /// The mode, from this turn on. Its settings win over `model`, `effort` and the developer instructions.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaboration_mode: Option<CollaborationMode>,
    /// Deprecated: ignored; an `effort` of `ultra` makes the model use agents by itself.
    #[schemars(extend("x-experimental" = true, "deprecated" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_agent_mode: Option<MultiAgentMode>,
    /// Programme to ask for in this turn; absent leaves it to the server. Asking grants nothing.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cyber_access_program: Option<CyberAccessProgram>,
}

/// Result of `turn/start`, sent before the turn does anything; the rest comes as notifications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnStartResponse {
    /// The new turn, or the running one when it was joined; without items.
    pub turn: Turn,
}

/// Params of `turn/steer`: more input for the running turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnSteerParams {
    /// The thread.
    pub thread_id: String,
    /// The client's own id of the message; comes back as `clientId` of its item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_user_message_id: Option<String>,
    /// The parts of the message; at least one.
    pub input: Vec<UserInput>,
    /// Notes for the turn metadata of requests to the model, in place of those given before; an empty map clears them.
    /// Keys the server uses itself cannot be set.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata: Option<BTreeMap<String, String>>,
    /// The same, but added to those given before. Applied last.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsesapi_client_metadata_patch: Option<BTreeMap<String, String>>,
    /// Further texts for the model, by a name of the client's for their source.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_context: Option<BTreeMap<String, AdditionalContextEntry>>,
    /// The turn the client means; refused when another one runs, or none.
    pub expected_turn_id: String,
}

/// Result of `turn/steer`. A response under way is given up; a running command is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnSteerResponse {
    /// The turn that takes the input.
    pub turn_id: String,
}

/// Params of `turn/interrupt`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnInterruptParams {
    /// The thread.
    pub thread_id: String,
    /// The turn to stop; refused when another one runs, or none.
    pub turn_id: String,
}

/// Result of `turn/interrupt`; empty. The end comes as `turn/completed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnInterruptResponse {}

/// A tool result that a client puts before the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnToolOutput {
    /// Name of the tool.
    pub name: String,
    /// Namespace of the tool; null for one without.
    pub namespace: Option<String>,
    /// The result.
    pub output: FunctionCallOutputBody,
    /// Asks that the model's history keeps it. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub retain: bool,
}

/// A further text for the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalContextEntry {
    /// The text.
    pub value: String,
    /// How far the model may trust it.
    pub kind: AdditionalContextKind,
    /// Name for an untrusted text, shown to the model with it; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// How far a text may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AdditionalContextKind {
    /// From elsewhere: information, never instruction.
    Untrusted,
    /// From the client itself.
    Application,
}

/// Programmes for work on computer security. Whether one is granted is the provider's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CyberAccessProgram {
    /// No programme in particular.
    Standard,
    /// The programme `daybreakBlue`.
    DaybreakBlue,
    /// The programme `daybreakRed`.
    DaybreakRed,
}

/// `turn/started`: a turn runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnStartedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn, without items.
    pub turn: Turn,
}

/// `turn/completed`: a turn is over, however it ended. Nothing more of it follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnCompletedNotification {
    /// The thread of the turn.
    pub thread_id: String,
    /// The turn with its last message only, or without items when it has none.
    pub turn: Turn,
}
