//! Reading threads: one, many, those in memory, and taking one up again.
//!
//! Cursors are opaque: they come from an answer of the same method and go into the next request with the same filters. A
//! `limit` of 0 acts as 1. Filters that are absent or null filter nothing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;
use crate::v2::*;

/// Params of `thread/read`: a look at a thread that neither loads it nor subscribes to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadParams {
    /// The thread.
    pub thread_id: String,
    /// Adds the turns. Threads with paginated history answer this with a `deprecationNotice`: page through
    /// `thread/turns/list` and `thread/items/list` there. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_turns: bool,
}

/// Result of `thread/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadResponse {
    /// The thread.
    pub thread: Thread,
    /// How far it was read; null when that is not recorded.
    #[schemars(extend("x-experimental" = true))]
    pub read_state: Option<ThreadReadState>,
}

/// Params of `thread/list`. A thread is listed once it has a turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadListParams {
    /// Adds attached threads to a search by title. Default false.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_attached_threads: bool,
    /// Only threads that the current ChatGPT account may see. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub current_account_only: bool,
    /// Where to go on: `nextCursor` or `backwardsCursor` of a page; absent: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Threads per page; absent: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Threads to leave out, before the page is filled. At most 100 valid ids, else the request is refused; the same on
    /// every page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_thread_ids: Option<Vec<String>>,
    /// What to sort by; absent means `created_at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_key: Option<ThreadSortKey>,
    /// Absent means `desc`, the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
    /// Only threads of these providers; an empty list means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_providers: Option<Vec<String>>,
    /// Only threads of these sources; absent or empty means those that people started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_kinds: Option<Vec<ThreadSourceKind>>,
    /// Only threads created by these clients. For hosted servers: here a list that is not empty is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub originators: Option<Vec<String>>,
    /// True lists archived threads only, anything else only those that are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Only threads of this section; null for those in none, absent for all.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub section_id: Option<Option<String>>,
    /// Only threads of this project; null for those in none, absent for all.
    #[schemars(extend("x-experimental" = true))]
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub project_id: Option<Option<String>>,
    /// Only threads with exactly this working directory, or one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<ThreadListCwdFilter>,
    /// Answers from the index alone, without looking through the files for changes. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub use_state_db_only: bool,
    /// Only threads whose title or preview contains this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_term: Option<String>,
    /// Only agents that this thread started. Not together with `ancestorThreadId`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_thread_id: Option<String>,
    /// Only agents below this thread, at any depth. Not together with `parentThreadId`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ancestor_thread_id: Option<String>,
    /// Only threads attached to this one, empty ones included. Not together with the two filters by agent.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_to_thread_id: Option<String>,
}

/// Result of `thread/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadListResponse {
    /// The threads of this page, without turns.
    pub data: Vec<Thread>,
    /// How far each was read, by thread id; a thread without an entry has no such state. Null when none is recorded at
    /// all.
    #[schemars(extend("x-experimental" = true))]
    pub read_states: Option<BTreeMap<String, ThreadReadState>>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Cursor for going the other way, with `sortDirection` turned round; null on an empty page.
    pub backwards_cursor: Option<String>,
}

/// One working directory or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ThreadListCwdFilter {
    /// Exactly this one.
    One(String),
    /// Any of these.
    Many(Vec<String>),
}

/// What lists of threads are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThreadSortKey {
    /// When it was created.
    CreatedAt,
    /// When it last changed.
    UpdatedAt,
    /// When it was last of interest.
    RecencyAt,
    /// Where the user put it within its section.
    SectionPosition,
}

/// Sources to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadSourceKind {
    /// The terminal program.
    Cli,
    /// An editor or another client.
    Vscode,
    /// Runs without interaction.
    Exec,
    /// The app-server, for another program.
    AppServer,
    /// Sub-agents of every kind.
    SubAgent,
    /// Reviews.
    SubAgentReview,
    /// Compactions.
    SubAgentCompact,
    /// Agents that other agents started.
    SubAgentThreadSpawn,
    /// Sub-agents of other kinds.
    SubAgentOther,
    /// Source not known.
    Unknown,
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SortDirection {
    /// The oldest or smallest.
    Asc,
    /// The newest or largest.
    Desc,
}

/// Params of `thread/loaded/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadLoadedListParams {
    /// Where to go on: `nextCursor` of the page before; absent: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Ids per page; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/loaded/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadLoadedListResponse {
    /// Ids of the threads in memory.
    pub data: Vec<String>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/resume`: load a thread and subscribe to it.
///
/// A thread that is in memory is joined as it is, overrides are not taken, and a `path` must be the one it writes to.
/// Else it is made from `history`, from the file at `path` or from the stored thread with this id, the first that is
/// given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadResumeParams {
    /// The thread. Not looked at when `history` or `path` decides.
    pub thread_id: String,
    /// Model items to begin with in place of a stored thread. For hosted servers.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<ResponseItem>>,
    /// Rollout file to read; an empty text counts as absent.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<PathText>,
    /// Slug of the model from here on; absent: the last one used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Id of the provider from here on; absent: the last one used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Three states: absent keeps the recorded tier, null goes back to the model's default, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_tier: Option<Option<String>>,
    /// Working directory from here on; absent: the recorded one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Folders that count as the workspace, in place of the recorded ones; absolute.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_workspace_roots: Option<Vec<AbsolutePathBuf>>,
    /// When the user is asked; absent: as recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_policy: Option<AskForApproval>,
    /// Who answers approvals; absent: as recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// What commands may do; absent: as recorded. Not together with `permissions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<SandboxMode>,
    /// Id of a permission profile. Not together with `sandbox`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<String>,
    /// Overrides of configuration keys for this thread, nested or dotted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<BTreeMap<String, JsonValue>>,
    /// System prompt in place of the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_instructions: Option<String>,
    /// Developer message put before the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub developer_instructions: Option<String>,
    /// Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
    #[schemars(extend("deprecated" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<Personality>,
    /// Leaves `thread.turns` empty, for clients that page through `thread/turns/list`; threads with paginated history
    /// want that, else they send a `deprecationNotice`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub exclude_turns: bool,
    /// Adds a first page of turns to the answer, which saves a request; absent for none.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_turns_page: Option<ThreadResumeInitialTurnsPageParams>,
}

/// Result of `thread/resume`: the thread and what its next turn runs with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadResumeResponse {
    /// The thread, with turns unless they were excluded.
    pub thread: Thread,
    /// Slug of the model.
    pub model: String,
    /// Id of the provider.
    pub model_provider: String,
    /// Speed tier; null for the model's default.
    pub service_tier: Option<String>,
    /// Plugins the user switched off for it. Kept, but nothing is held back by it yet. Default none.
    #[serde(default)]
    pub disabled_plugin_ids: Vec<String>,
    /// Working directory.
    pub cwd: AbsolutePathBuf,
    /// Folders that count as the workspace. Default none.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub runtime_workspace_roots: Vec<AbsolutePathBuf>,
    /// Files with instructions in use, such as AGENTS.md. Default none.
    #[serde(default)]
    pub instruction_sources: Vec<LegacyAppPathString>,
    /// When the user is asked.
    pub approval_policy: AskForApproval,
    /// Who answers approvals.
    pub approvals_reviewer: ApprovalsReviewer,
    /// What commands may do, as the nearest policy of the older form; see `activePermissionProfile` for where it comes
    /// from.
    pub sandbox: SandboxPolicy,
    /// The profile the sandbox comes from; null when it was given as a mode or policy.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub active_permission_profile: Option<ActivePermissionProfile>,
    /// Effort of reasoning; null for the model's default.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// The mode with its settings; null from older servers.
    pub collaboration_mode: Option<CollaborationMode>,
    /// Deprecated: always `explicitRequestOnly`; `reasoningEffort` decides how much agents are used.
    #[schemars(extend("x-experimental" = true, "deprecated" = true))]
    #[serde(default)]
    pub multi_agent_mode: MultiAgentMode,
    /// The page of turns that was asked for; else null.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub initial_turns_page: Option<TurnsPage>,
    /// Cursor for `thread/turns/list` with direction `desc`; the page begins with the newest turn. Null when it cannot
    /// page.
    #[serde(default)]
    pub turns_backwards_cursor: Option<String>,
    /// Cursor for `thread/items/list` with direction `desc`; the page begins with the newest item. Null when it cannot
    /// page.
    #[serde(default)]
    pub items_backwards_cursor: Option<String>,
}

/// Which turns to add to the answer of a resume.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadResumeInitialTurnsPageParams {
    /// Turns on the page; absent: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Absent means `desc`, the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<SortDirection>,
    /// How much of their items; absent means `summary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_view: Option<TurnItemsView>,
}

/// A page of turns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnsPage {
    /// The turns.
    pub data: Vec<Turn>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
    /// Cursor for going the other way; null on an empty page.
    pub backwards_cursor: Option<String>,
}
