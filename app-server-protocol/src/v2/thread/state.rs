//! Threads: a conversation with its settings, its place on disk and its state.
//!
//! Times are Unix seconds. Ids are lowercase UUIDs. A thread is shown the same way whether it is loaded or only stored;
//! what cannot be known of a stored one is null.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::*;
use crate::v2::*;

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// Id of the thread, a UUID of version 7 where a server made it.
    pub id: String,
    /// Where its commands run, the first being the main one; null when not loaded or not told, empty when it has none.
    /// Says nothing about being connected.
    #[schemars(extend("x-experimental" = true))]
    #[serde(default)]
    pub environments: Option<Vec<ThreadEnvironment>>,
    /// Room for data of other servers; null here.
    #[schemars(extend("x-experimental" = true))]
    pub extra: Option<ThreadExtra>,
    /// Shared by all threads of one session: a thread and the agents it started. Of a root thread its own id.
    pub session_id: String,
    /// The thread it was forked from; null when it was not.
    pub forked_from_id: Option<String>,
    /// The thread it is attached to and hidden behind in lists; null for an ordinary one. Not the same as fork or
    /// agent.
    #[schemars(extend("x-experimental" = true))]
    pub attached_to_thread_id: Option<String>,
    /// The thread of the agent that started it; null unless it is a sub-agent's.
    pub parent_thread_id: Option<String>,
    /// Text of the user's first message, its parts joined without a separator; empty before that.
    pub preview: String,
    /// Whether it is kept in memory only: no file, no place in lists, `path` null.
    pub ephemeral: bool,
    /// The section the user put it in; null for none.
    #[serde(default)]
    pub section: Option<ThreadSection>,
    /// When it was put there, in Unix seconds; null for none.
    #[serde(default)]
    pub section_entered_at: Option<i64>,
    /// The project it is assigned to; null for none.
    #[schemars(extend("x-required" = true))]
    pub project_id: Option<String>,
    /// How its history is stored. Default `legacy`, for threads that do not say.
    #[serde(default)]
    pub history_mode: ThreadHistoryMode,
    /// Id of the provider, such as `openai`.
    pub model_provider: String,
    /// Slug in use when loaded, else the last one recorded; null when unknown. A single turn may have run on another.
    pub model: Option<String>,
    /// Effort in use when loaded, else the last one recorded; null when unset or unknown.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// When it was created, in Unix seconds.
    pub created_at: i64,
    /// When it last changed, in Unix seconds.
    pub updated_at: i64,
    /// What lists by recency sort by, in Unix seconds; null when unknown.
    pub recency_at: Option<i64>,
    /// Whether it is loaded and busy.
    pub status: ThreadStatus,
    /// Its rollout file; null when ephemeral. Set before the file exists, which is with the first turn. Not a stable
    /// place to rely on.
    pub path: Option<String>,
    /// Its working directory.
    pub cwd: AbsolutePathBuf,
    /// Version of the program that created it.
    pub cli_version: String,
    /// The client that created it, whoever uses it now; null when not recorded.
    pub originator: Option<String>,
    /// What kind of program created it.
    pub source: SessionSource,
    /// Whether `turn/start` is accepted; null when it cannot be told, as for a stored thread.
    #[schemars(extend("x-experimental" = true))]
    pub can_accept_direct_input: Option<bool>,
    /// What the client said about why it was started, for statistics; null when it said nothing.
    pub thread_source: Option<ThreadSource>,
    /// Random name of a sub-agent, for telling them apart; null for others.
    pub agent_nickname: Option<String>,
    /// Role a sub-agent was started in; null for others.
    pub agent_role: Option<String>,
    /// The repository as it was when the thread was created; null outside one.
    pub git_info: Option<GitInfo>,
    /// Title the user gave; null when none.
    pub name: Option<String>,
    /// The saved choice about the Daybreak programme; null when none was made. Turns do not follow it by themselves.
    #[schemars(extend("x-experimental" = true))]
    pub daybreak_enabled: Option<bool>,
    /// Its turns, the oldest first. Filled only by `thread/resume`, `thread/fork` and `thread/read` when asked for;
    /// else empty.
    pub turns: Vec<Turn>,
}

/// Whether a thread is loaded and busy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ThreadStatus {
    /// It is only on disk.
    NotLoaded,
    /// Loaded, and no turn runs.
    Idle,
    /// Its last turn failed; the next one starts as usual.
    SystemError,
    /// A turn runs.
    Active {
        /// What the turn waits for; empty while it works.
        active_flags: Vec<ThreadActiveFlag>,
    },
}

/// What a running turn waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadActiveFlag {
    /// An approval is open.
    WaitingOnApproval,
    /// A question to the user is open.
    WaitingOnUserInput,
}

/// A place where a thread's commands run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadEnvironment {
    /// Which machine or container.
    pub environment_id: String,
    /// Working directory there.
    pub cwd: LegacyAppPathString,
    /// Folders there that count as the workspace.
    pub runtime_workspace_roots: Vec<LegacyAppPathString>,
}

/// Data of other servers on a thread; empty here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadExtra {}

/// A section by which the user orders threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSection {
    /// Id of the section, a UUID of version 7; stays when it is renamed.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// How to draw it; null for the usual way.
    #[serde(default)]
    pub appearance: Option<ThreadSectionAppearance>,
}

/// How clients draw a section. The values are theirs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionAppearance {
    /// Name of the icon; null for none.
    pub icon: Option<String>,
    /// Name of the colour; null for none.
    pub color: Option<String>,
}

/// How a thread's history is stored, chosen when it is created and kept for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadHistoryMode {
    /// As a list of events, read as a whole.
    #[default]
    Legacy,
    /// As numbered items, which can be read page by page and cut back.
    Paginated,
}

/// The repository a thread was created in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitInfo {
    /// Commit that was checked out; null when there was none.
    pub sha: Option<String>,
    /// Branch that was checked out; null when none was.
    pub branch: Option<String>,
    /// Address of the remote `origin`; null without one.
    pub origin_url: Option<String>,
}

/// What created a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SessionSource {
    /// The terminal program.
    Cli,
    /// An editor; also every client of the app-server that does not say otherwise.
    Vscode,
    /// A run without interaction.
    Exec,
    /// The app-server, for another program.
    AppServer,
    /// Not known.
    Unknown,
    /// Another program, by its own name.
    Custom(String),
    /// An agent of another thread.
    SubAgent(SubAgentSource),
}

/// What a sub-agent's thread is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum SubAgentSource {
    /// A review.
    Review,
    /// A compaction.
    Compact,
    /// Putting memories in order.
    MemoryConsolidation,
    /// A task that another agent gave it.
    ThreadSpawn {
        /// Thread of that agent.
        parent_thread_id: ThreadId,
        /// Steps below the root, whose depth is 0.
        depth: i32,
        /// Where it stands in the tree of agents; null in older records.
        #[serde(default)]
        agent_path: Option<AgentPath>,
        /// Its random name; null when it has none.
        #[serde(default)]
        agent_nickname: Option<String>,
        /// The role it was started in; null when it has none.
        #[serde(default)]
        agent_role: Option<String>,
    },
    /// Something else, by name.
    Other(String),
}

/// What made a client start a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadStartSource {
    /// The client was started.
    Startup,
    /// The user cleared the conversation before.
    Clear,
}

/// How far the user has read a stored thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReadState {
    /// Where the unread part begins; null when all is read.
    pub first_unread: Option<ThreadUnreadPosition>,
    /// Mark of this state; an update must name it, so that nothing unseen is overwritten. Not to be read.
    pub revision: String,
}

/// Where the unread part of a thread begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ThreadUnreadPosition {
    /// At the start: marked unread as a whole, even without turns.
    ThreadStart,
    /// At the result of a turn.
    Turn {
        /// The earliest turn whose result has not been seen.
        turn_id: String,
    },
}

/// Tokens a thread has used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadTokenUsage {
    /// Sum over all responses of the thread.
    pub total: TokenUsageBreakdown,
    /// The last response alone; what its context holds now.
    pub last: TokenUsageBreakdown,
    /// Tokens the model's context can hold for use; null when unknown.
    pub model_context_window: Option<i64>,
}

/// Tokens by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenUsageBreakdown {
    /// Input and output together.
    pub total_tokens: i64,
    /// Input, cached tokens included.
    pub input_tokens: i64,
    /// Input that was read from the provider's cache.
    pub cached_input_tokens: i64,
    /// Input that was written to the cache. Default 0.
    #[serde(default)]
    pub cache_write_input_tokens: i64,
    /// Output, reasoning included.
    pub output_tokens: i64,
    /// Output that is reasoning.
    pub reasoning_output_tokens: i64,
}
