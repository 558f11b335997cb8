//! What a thread goes on from: the model's history and what the thread ran with, as its lines tell.

use std::path::PathBuf;
use std::sync::Arc;

use codex_app_server_protocol::v2::DynamicToolSpec;
use codex_app_server_protocol::{ReasoningEffort, v2};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::{Recorder, StoredThread};

/// Names a stored thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadFile {
    /// By its id: its newest file.
    Id(String),
    /// By the path of its file, which may lie anywhere.
    Path(PathBuf),
}

/// How much of a thread's history is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// All of it.
    All,
    /// The turns before this one.
    Before(String),
    /// The turns up to this one, which is the last.
    Through(String),
}

/// A thread that goes on.
#[derive(Debug)]
pub struct Resumed {
    /// What it goes on from.
    pub history: History,
    /// Goes on writing its newest file. Holds the writer lock.
    pub recorder: Recorder,
}

/// What a thread goes on from.
#[derive(Clone, Debug)]
pub struct History {
    /// The thread as its files show it, with turns when they were asked for.
    pub stored: StoredThread,
    /// The model's history, oldest first, as it is sent to the model.
    pub items: Vec<HistoryItem>,
    /// The number of the last item of the history, counted from 1 over the thread's life.
    pub last_sequence: u64,
    /// The number of the last item that the model had seen when the last one came.
    pub sampled_sequence: u64,
    /// How many user inputs and answers to them were counted.
    pub inputs: u64,
    /// What the model was told of its surroundings, in the form of the lines; `None` when it was told nothing.
    pub world: Option<Value>,
    /// What the thread ran with last.
    pub settings: RecordedSettings,
    /// The base prompt of its first line.
    pub base_instructions: Option<String>,
    /// The tools that its client brought, of its first line.
    pub dynamic_tools: Vec<DynamicToolSpec>,
    /// The id of the context window; `None` where the files name none.
    pub window_id: Option<String>,
    /// How often the history was compacted.
    pub window_number: u64,
    /// The last turn that began, and whether a line ends it.
    pub last_turn: Option<(String, bool)>,
    /// The turn whose response was counted last.
    pub usage_turn: Option<String>,
    /// The turns that began, in the order of the lines.
    pub turn_ids: Vec<String>,
    /// Where the history ends; `None` when there is none.
    pub end: Option<HistoryBase>,
    /// The ordinal of the next line of the newest file.
    pub(crate) next_ordinal: u64,
}

/// An item of the model's history.
#[derive(Clone, Debug)]
pub struct HistoryItem {
    /// The item as it is sent to the model.
    pub item: Arc<RawValue>,
    /// Its number, counted from 1 over the thread's life.
    pub sequence: u64,
    /// Whether it is what a person said, and not what the model was told beside it.
    pub said: bool,
}

/// A place in the lines of a thread, from which another file goes on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HistoryBase {
    /// The thread whose file it is a place in.
    pub thread_id: String,
    /// The ordinal of the first line that does not belong to it.
    pub end_ordinal_exclusive: u64,
    /// Where that line begins.
    pub end_byte_offset: u64,
}

/// What a thread ran with last. What its lines do not tell, or not readably, is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedSettings {
    /// The model.
    pub model: Option<String>,
    /// The key of its provider.
    pub model_provider: Option<String>,
    /// The service tier.
    pub service_tier: Option<String>,
    /// When the user is asked.
    pub approval_policy: Option<v2::AskForApproval>,
    /// Who answers approvals.
    pub approvals_reviewer: Option<v2::ApprovalsReviewer>,
    /// What commands may do, as far as it can be told without a configuration.
    pub sandbox: Option<RecordedSandbox>,
    /// The working folder.
    pub cwd: Option<String>,
    /// The folders the agent works in.
    pub workspace_roots: Option<Vec<String>>,
    /// How much the model thinks.
    pub effort: Option<ReasoningEffort>,
    /// How much of the thinking is shown.
    pub summary: Option<v2::ReasoningSummary>,
    /// The agent's manner.
    pub personality: Option<v2::Personality>,
    /// The collaboration mode and its settings.
    pub collaboration_mode: Option<v2::CollaborationMode>,
    /// Plugins that are switched off for the thread.
    pub disabled_plugin_ids: Vec<String>,
    /// The last `thread_settings` as they stand in the file.
    pub line: Option<Value>,
}

/// What commands of a thread might do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedSandbox {
    /// A named profile said it.
    Profile(String),
    /// Everything.
    FullAccess,
    /// Reading only.
    ReadOnly {
        /// Whether the network could be used.
        network_access: bool,
    },
    /// What a sandbox around the whole server allowed.
    External,
}
