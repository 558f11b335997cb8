//! How model and user work together: collaboration modes and the manner of answering.
//!
//! A mode's settings name a model and an effort; where a mode is given, they win over the plain fields of the same request.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::*;

/// A mode together with the settings it runs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct CollaborationMode {
    /// Which mode.
    pub mode: ModeKind,
    /// Model, effort and instructions in this mode.
    pub settings: Settings,
}

/// Params of `collaborationMode/list`; it has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CollaborationModeListParams {}

/// Result of `collaborationMode/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CollaborationModeListResponse {
    /// The modes on offer, in the order to show them.
    pub data: Vec<CollaborationModeMask>,
}

/// A preset: what choosing it changes in the current mode's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CollaborationModeMask {
    /// Name for people, such as `Plan`.
    pub name: String,
    /// The mode it switches to; null leaves the mode.
    pub mode: Option<ModeKind>,
    /// The model it switches to; null leaves the model.
    pub model: Option<String>,
    /// Three states: absent leaves the effort, null clears it, a value sets it.
    #[schemars(extend("x-written-null" = true))]
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub reasoning_effort: Option<Option<ReasoningEffort>>,
}

/// The kinds of modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ModeKind {
    /// The model asks and plans before it changes anything; questions to the user are open to it only here.
    Plan,
    /// The model does the work at once.
    // Modes that are gone are read as this one.
    #[serde(alias = "code", alias = "pair_programming", alias = "execute", alias = "custom")]
    Default,
}

/// What a mode runs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct Settings {
    /// Slug of the model.
    pub model: String,
    /// Effort asked of the model; null leaves it to the model's default.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// Developer message of the mode; null takes the server's own text for the mode, which is then echoed.
    pub developer_instructions: Option<String>,
}

/// The tone of answers. Accepted and kept, but no current model changes its answers by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum Personality {
    /// No particular tone.
    None,
    /// Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    Friendly,
    /// Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    Pragmatic,
}

/// How much of a model's reasoning is summed up for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ReasoningSummary {
    /// The model decides.
    Auto,
    /// Short.
    Concise,
    /// Long.
    Detailed,
    /// No summary is asked for.
    None,
}

/// How long a model's answers are; only for models that support it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum Verbosity {
    /// Short answers.
    Low,
    /// Between the two.
    Medium,
    /// Long answers.
    High,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_that_are_gone_are_the_default() {
        for name in ["default", "code", "pair_programming", "execute", "custom"] {
            assert_eq!(serde_json::from_value::<ModeKind>(name.into()).unwrap(), ModeKind::Default);
        }
        assert_eq!(serde_json::to_value(ModeKind::Default).unwrap(), "default");
        let error = serde_json::from_value::<ModeKind>("x".into()).unwrap_err().to_string();
        let known = "`plan`, `code`, `custom`, `default`, `execute`, `pair_programming`";
        assert_eq!(error, format!("unknown variant `x`, expected one of {known}"));
    }
}
