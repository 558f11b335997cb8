//! Projects: named groups of folders that threads can be assigned to, stored by the server in an order the user
//! chooses. All methods are experimental; `project/changed` tells that one was created, updated or deleted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;
use crate::v2::SortDirection;

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Its id, given by the server.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// The folders it is made of.
    pub roots: Vec<ProjectRoot>,
    /// Texts by key that clients keep with it.
    pub metadata: BTreeMap<String, String>,
    /// Its place in the user's order; smaller comes first.
    pub position: i64,
    /// When it was created, in Unix seconds.
    pub created_at: i64,
    /// When it was last changed, in Unix seconds.
    pub updated_at: i64,
    /// Latest recency among its threads, archived ones aside, in Unix seconds; null without any.
    pub recency_at: Option<i64>,
}

/// What happened to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ProjectChangeType {
    /// It is new.
    Created,
    /// It was changed.
    Updated,
    /// It is gone.
    Deleted,
}

/// `project/changed`: which project, and what happened to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectChangedNotification {
    /// The project.
    pub project_id: String,
    /// What happened.
    pub change_type: ProjectChangeType,
}

/// Params of `project/create`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectCreateParams {
    /// Its name, for people.
    pub name: String,
    /// The folders it is made of.
    pub roots: Vec<ProjectRoot>,
    /// Texts by key to keep with it; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Chosen by the client, new for each project: a repeated request with the same key creates no second one.
    pub idempotency_key: String,
}

/// Result of `project/create`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectCreateResponse {
    /// The new project.
    pub project: Project,
}

/// Params of `project/delete`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectDeleteParams {
    /// The project to delete.
    pub project_id: String,
}

/// Result of `project/delete`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectDeleteResponse {}

/// Params of `project/import`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectImportParams {
    /// Its name, for people.
    pub name: String,
    /// The folders it is made of.
    pub roots: Vec<ProjectRoot>,
    /// Texts by key to keep with it; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Ids of the threads to assign to it; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<Vec<String>>,
    /// Chosen by the client, new for each import: a repeated request with the same key creates no second project.
    pub idempotency_key: String,
}

/// Result of `project/import`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectImportResponse {
    /// The imported project.
    pub project: Project,
}

/// Params of `project/list`: which page, in which order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectListParams {
    /// Where to go on: `nextCursor` of the page before, with the same order; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Projects per page; absent or null: the server's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What to sort by; absent or null: `position`. By `recencyAt`, projects without threads come at the end in both
    /// directions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_key: Option<ProjectSortKey>,
    /// Allowed only together with `sortKey`; absent or null: `asc` for `position`, `desc` for `recencyAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
}

/// Result of `project/list`: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectListResponse {
    /// The projects, in the order asked for.
    pub data: Vec<Project>,
    /// Where the next page starts; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `project/move`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectMoveParams {
    /// The project to move.
    pub project_id: String,
    /// The project it shall come right before; absent or null: to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_project_id: Option<String>,
}

/// Result of `project/move`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectMoveResponse {}

/// Params of `project/read`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectReadParams {
    /// The project to read.
    pub project_id: String,
}

/// Result of `project/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectReadResponse {
    /// The project.
    pub project: Project,
}

/// A folder of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectRoot {
    /// The folder; absolute.
    pub path: AbsolutePathBuf,
}

/// What projects are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ProjectSortKey {
    /// The user's order, as set by `project/move`.
    Position,
    /// Recency of their threads.
    RecencyAt,
}

/// Params of `project/update`: what is absent or null stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectUpdateParams {
    /// The project to change.
    pub project_id: String,
    /// The new name; absent or null: unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new folders, all of them; absent or null: unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roots: Option<Vec<ProjectRoot>>,
    /// The new metadata; absent or null: unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
}

/// Result of `project/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectUpdateResponse {
    /// The project after the change.
    pub project: Project,
}
