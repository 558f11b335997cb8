//! Permission profiles: named rules on what commands may read, write and reach, for use as `permissions` when a thread
//! or turn is started. Three are built in (`:read-only`, `:workspace`, `:danger-full-access`), the configuration adds
//! others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Params of `permissionProfile/list`: for which folder, and which page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionProfileListParams {
    /// Where to go on: `nextCursor` of the page before. Absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Most profiles in one page. Absent or null: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Working directory whose project configuration counts too. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
}

/// Result of `permissionProfile/list`: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PermissionProfileListResponse {
    /// The profiles.
    pub data: Vec<PermissionProfileSummary>,
    /// Cursor for the page after this one; null at the end.
    pub next_cursor: Option<String>,
}

/// A permission profile, as needed to offer it for choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionProfileSummary {
    /// Id to choose it by; built-in ones start with a colon.
    pub id: String,
    /// What it allows, for people; null when it has no description.
    pub description: Option<String>,
    /// Whether managed requirements let it be chosen.
    pub allowed: bool,
}
