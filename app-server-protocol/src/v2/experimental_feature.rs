//! Feature flags: what there is, what is on, and switching some of them for the running process. The lasting switch is
//! `features` in the configuration.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A feature flag and its state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExperimentalFeature {
    /// Key of the flag below `features` in the configuration, and on the command line.
    pub name: String,
    /// How finished it is.
    pub stage: ExperimentalFeatureStage,
    /// Name to show to people; null unless the stage is `beta`.
    pub display_name: Option<String>,
    /// What it does, in a sentence or so; null unless the stage is `beta`.
    pub description: Option<String>,
    /// Text with which to present it as new; null unless the stage is `beta`.
    pub announcement: Option<String>,
    /// Whether it is on in the configuration that the list was made for.
    pub enabled: bool,
    /// Whether it is on where nothing is configured.
    pub default_enabled: bool,
}

/// Params of `experimentalFeature/enablement/set`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExperimentalFeatureEnablementSetParams {
    /// What to switch on (true) or off (false), by canonical name of the feature; others stay as they are, and an empty
    /// object changes nothing.
    pub enablement: BTreeMap<String, bool>,
}

/// Result of `experimentalFeature/enablement/set`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExperimentalFeatureEnablementSetResponse {
    /// What was really changed; names that were passed over are missing.
    pub enablement: BTreeMap<String, bool>,
}

/// Params of `experimentalFeature/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExperimentalFeatureListParams {
    /// Where to go on: `nextCursor` of the page before; absent: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Flags per page; 0 counts as 1. Absent: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// A loaded thread: `enabled` then follows its configuration, read anew and with that of the project in its working
    /// directory. Absent: no thread's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
}

/// Result of `experimentalFeature/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExperimentalFeatureListResponse {
    /// The flags of this page.
    pub data: Vec<ExperimentalFeature>,
    /// Cursor of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// How finished a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExperimentalFeatureStage {
    /// Open for users to try and comment on.
    Beta,
    /// Unfinished; not for general use.
    UnderDevelopment,
    /// Finished.
    Stable,
    /// Still there, but better avoided.
    Deprecated,
    /// Without effect; only the name is kept so that old configurations load.
    Removed,
}
