//! Parts of thread items: states, changes, actions and results that the kinds of [`ThreadItemKind`](crate::v2::ThreadItemKind) are made of.
//!
//! States only move forward: from `inProgress` to exactly one of the others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;

/// Ways a message reaches the user other than within the turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AgentMessageDelivery {
    /// The user is told later; the turn does not wait.
    Async,
}

/// How a client is to show a checked message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentMessageDisplay {
    /// What to do; an open set, and unknown ones are left alone.
    pub action: String,
    /// Category of what was held back; null when nothing was.
    pub block_type: Option<String>,
    /// The provider's mark on trusted access in computer security, passed through; null when not said.
    pub cyber_trusted_access: Option<bool>,
    /// The provider's mark on looking for trusted contacts, passed through; null when not said.
    pub check_trusted_contacts: Option<bool>,
}

/// Result of a content check of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentMessageModeration {
    /// Whether the check changed or held back anything.
    pub moderated: bool,
    /// How to show the message; null is as usual.
    pub display: Option<AgentMessageDisplay>,
}

/// Where in a turn a message stands. Not all models say it, so absence means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum MessagePhase {
    /// On the way: more messages or tool calls may follow.
    Commentary,
    /// A part of the answer that will not change; more may follow.
    PartialAnswer,
    /// The answer of the turn.
    FinalAnswer,
}

/// Memories a message rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryCitation {
    /// The places in memory files.
    pub entries: Vec<MemoryCitationEntry>,
    /// The threads those memories come from.
    pub thread_ids: Vec<String>,
}

/// A place in a memory file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryCitationEntry {
    /// The file.
    pub path: String,
    /// First line of the place.
    pub line_start: u32,
    /// Last line of the place.
    pub line_end: u32,
    /// What was taken from there.
    pub note: String,
}

/// A question the user may answer later. Unknown keys are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub struct AsyncUserInputQuestion {
    /// The question.
    pub title: String,
    /// Answers to choose from; null for a free one.
    pub options: Option<Vec<String>>,
}

/// Text of one hook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookPromptFragment {
    /// What the model is told.
    pub text: String,
    /// The run of the hook that it comes from.
    pub hook_run_id: String,
}

/// What one simple command of a command line seems to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandAction {
    /// Reads a file.
    Read {
        /// The simple command as text.
        command: String,
        /// Name of the file without its folders.
        name: String,
        /// The file.
        path: LegacyAppPathString,
    },
    /// Lists a folder.
    ListFiles {
        /// The simple command as text.
        command: String,
        /// The folder as written; null for the working directory.
        path: Option<String>,
    },
    /// Searches in files or for files.
    Search {
        /// The simple command as text.
        command: String,
        /// What it looks for; null when not clear.
        query: Option<String>,
        /// Where it looks, as written; null for the working directory.
        path: Option<String>,
    },
    /// Anything else.
    Unknown {
        /// The simple command as text.
        command: String,
    },
}

/// Who asked for a command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CommandExecutionSource {
    /// The model, before the process exists (while approval is open) or by an older tool.
    #[default]
    Agent,
    /// The user, by `thread/shellCommand`; it runs without a sandbox.
    UserShell,
    /// The model, by the tool that starts processes.
    UnifiedExecStartup,
    /// The model, by the tool that writes to a running process.
    UnifiedExecInteraction,
}

/// How far a command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CommandExecutionStatus {
    /// It runs, or waits for approval.
    InProgress,
    /// It ended with exit code 0.
    Completed,
    /// It ended otherwise or could not be started.
    Failed,
    /// It was refused and never ran.
    Declined,
}

/// The change of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileUpdateChange {
    /// The file, absolute.
    pub path: String,
    /// What is done with it.
    pub kind: PatchChangeKind,
    /// Of an added or deleted file its whole content; of an updated one unified hunks without file headers, and behind
    /// them `Moved to: PATH` where it is moved.
    pub diff: String,
}

/// How far a patch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PatchApplyStatus {
    /// It is being made, or waits for approval.
    InProgress,
    /// All changes are made.
    Completed,
    /// It could not be made.
    Failed,
    /// It was refused; nothing is changed.
    Declined,
}

/// What is done with a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PatchChangeKind {
    /// It is created or replaced.
    Add,
    /// It is removed.
    Delete,
    /// Parts of it are changed.
    Update {
        /// Its new place; null when it stays.
        #[serde(rename = "move_path")]
        move_path: Option<String>,
    },
}

/// How large a tool's user interface is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpAppDisplayMode {
    /// Within the conversation.
    Inline,
    /// Over all of it.
    Fullscreen,
}

/// The user interface that a tool declares for its calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpAppUi {
    /// The MCP resource with the interface.
    pub resource_uri: String,
    /// How the tool wants it shown when the model calls it.
    pub preferred_model_display_mode: McpAppDisplayMode,
}

/// The app behind a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpToolCallAppContext {
    /// Id of the app.
    pub connector_id: String,
    /// Id of the user's connection to it; null when unknown.
    pub link_id: Option<String>,
    /// The resource of the app that is concerned; null when none.
    pub resource_uri: Option<String>,
    /// The app's name for people; null when unknown.
    pub app_name: Option<String>,
    /// What the tool does, for people; null when unknown.
    pub action_name: Option<String>,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpToolCallError {
    /// The reason, for people and the model.
    pub message: String,
}

/// What an MCP tool answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct McpToolCallResult {
    /// Content blocks in the shapes of MCP, unchanged.
    pub content: Vec<JsonValue>,
    /// The result as one JSON value; null when the tool gave none.
    #[serde(default)]
    pub structured_content: Option<JsonValue>,
    /// Data about the result, unchanged; null when there is none.
    #[serde(rename = "_meta", default)]
    pub _meta: Option<JsonValue>,
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpToolCallStatus {
    /// It runs, or waits for approval.
    InProgress,
    /// It was answered.
    Completed,
    /// It was refused or failed, or its result says that it failed.
    Failed,
}

/// A part of the result that a client gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DynamicToolCallOutputContentItem {
    /// Text.
    InputText {
        /// The text.
        text: String,
    },
    /// An image.
    InputImage {
        /// Its address or a `data:` URL.
        image_url: String,
    },
    /// A recording.
    InputAudio {
        /// Its address or a `data:` URL.
        audio_url: String,
    },
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DynamicToolCallStatus {
    /// The client works on it.
    InProgress,
    /// The client answered that it worked.
    Completed,
    /// The client answered that it failed, or not in a form that can be used.
    Failed,
}

/// State of another agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CollabAgentState {
    /// How far it is.
    pub status: CollabAgentStatus,
    /// Its last message or error; null when there is none.
    pub message: Option<String>,
}

/// How far another agent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CollabAgentStatus {
    /// It is being started.
    PendingInit,
    /// It works.
    Running,
    /// Its turn was interrupted; it can go on.
    Interrupted,
    /// It is done.
    Completed,
    /// It failed.
    Errored,
    /// It was closed.
    Shutdown,
    /// No agent with this id.
    NotFound,
}

/// What one agent asks about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CollabAgentTool {
    /// Starts a new one.
    SpawnAgent,
    /// Gives it input.
    SendInput,
    /// Opens a closed one again.
    ResumeAgent,
    /// Waits until one is done.
    Wait,
    /// Ends it.
    CloseAgent,
    /// Leaves a message without starting a turn.
    SendMessage,
    /// Gives it another task, which starts a turn.
    FollowupTask,
    /// Interrupts its turn.
    InterruptAgent,
    /// Lists the agents of the session.
    ListAgents,
}

/// How far such a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CollabAgentToolCallStatus {
    /// It runs.
    InProgress,
    /// It worked.
    Completed,
    /// It failed.
    Failed,
    /// The turn ended before it was done.
    Interrupted,
}

/// What happened to an agent below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SubAgentActivityKind {
    /// It was started.
    Started,
    /// It was given input.
    Interacted,
    /// Its turn was interrupted.
    Interrupted,
    /// It finished its work.
    Completed,
}

/// What a search did, as thread items show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WebSearchAction {
    /// Looked something up.
    Search {
        /// The query; null when there are several or none is told.
        query: Option<String>,
        /// All queries; null when there is one.
        queries: Option<Vec<String>>,
    },
    /// Opened a page.
    OpenPage {
        /// Its address; null when not told.
        url: Option<String>,
    },
    /// Looked for text in an opened page.
    FindInPage {
        /// The page; null when not told.
        url: Option<String>,
        /// The text; null when not told.
        pattern: Option<String>,
    },
    /// Something else, or not yet known.
    Other,
}

/// Why no image was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ImageGenerationFailure {
    /// The allowance for images is used up.
    UsageLimitExceeded {
        /// Which limit it is.
        limit_id: String,
        /// When it renews, in Unix seconds; null when unknown.
        resets_at: Option<i64>,
    },
}

/// A local file that an image was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ImageGenerationInputImage {
    /// The file.
    pub path: AbsolutePathBuf,
    /// SHA-256 of the file's bytes as read, in lowercase hex.
    pub sha256: String,
}

/// A generated image: kept in the provider's store or carried along.
///
/// An item that has both counts as a file, so the order of the variants matters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GeneratedImage {
    /// It lies in the provider's store.
    File {
        /// Its id there.
        #[serde(rename = "fileId")]
        file_id: String,
    },
    /// It is in the item.
    Inline {
        /// The image in Base64; empty while it is made or when it failed.
        result: String,
    },
}
