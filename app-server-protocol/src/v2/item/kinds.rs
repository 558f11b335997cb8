//! Thread items: what a turn consists of, from the user's message to the model's answer and every tool call between.
//!
//! An item is told by `item/started`, grows by deltas and ends with `item/completed`, whose content counts; a turn that is
//! cut leaves its unfinished items uncompleted. The same shapes are read back from stored threads.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;
use crate::v2::*;

/// One item with the times of its life. On the wire all fields stand side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadItem {
    /// What the item is, told apart by `type`.
    #[serde(flatten)]
    pub kind: ThreadItemKind,
    /// When it started, in Unix milliseconds; null when not recorded.
    pub started_at_ms: Option<i64>,
    /// When it was completed, in Unix milliseconds; null before that or when not recorded.
    pub completed_at_ms: Option<i64>,
}

/// The kinds of items and their content.
///
/// `id` is unique within the thread: the model's own item id for messages and reasoning, the call id for tools, a UUID
/// of version 7 for user messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(clippy::large_enum_variant, reason = "boxing the fields of one kind would show in every match on items")]
pub enum ThreadItemKind {
    /// Input of the user, or of a client on their behalf.
    UserMessage {
        /// Id of the item, a UUID the server made.
        id: String,
        /// The `clientUserMessageId` of the request that brought it; null when it had none.
        client_id: Option<String>,
        /// The parts of the message, in the order they were sent.
        content: Vec<UserInput>,
    },
    /// Text that hooks put before the model.
    HookPrompt {
        /// Id of the item.
        id: String,
        /// The texts, in the order the hooks ran.
        fragments: Vec<HookPromptFragment>,
    },
    /// Text the model addresses to the user.
    AgentMessage {
        /// Notes of a content check; null when there was none.
        #[serde(default)]
        moderation: Option<AgentMessageModeration>,
        /// The model's own id of the message.
        id: String,
        /// The text so far: empty when started, whole when completed.
        text: String,
        /// Whether this is the answer or on the way to it; null when the model does not say.
        #[serde(default)]
        phase: Option<MessagePhase>,
        /// Which memories the text rests on; null when none.
        #[serde(default)]
        memory_citation: Option<MemoryCitation>,
        /// How the message reaches the user; null is the ordinary way, within the turn.
        #[serde(default)]
        delivery: Option<AgentMessageDelivery>,
        /// Questions the user may answer later; null when the message asks none.
        #[serde(default)]
        questions: Option<Vec<AsyncUserInputQuestion>>,
    },
    /// A tool result that a client put into the turn, see `toolOutput` of `turn/start`.
    FunctionCallOutput {
        /// Id of the item.
        id: String,
        /// Name of the tool.
        name: String,
        /// Namespace of the tool; null for one without.
        namespace: Option<String>,
        /// The result as the model sees it.
        output: FunctionCallOutputBody,
    },
    /// A plan the model proposes in plan mode. The completed text counts, even where the deltas add up to another.
    Plan {
        /// Id of the turn with `-plan` behind it.
        id: String,
        /// The plan.
        text: String,
    },
    /// The model's reasoning, as far as it is shown.
    Reasoning {
        /// The model's own id of the reasoning.
        id: String,
        /// Summaries, one entry a part; empty when started.
        #[serde(default)]
        summary: Vec<String>,
        /// Raw reasoning, one entry a part; empty unless the configuration asks for it.
        #[serde(default)]
        content: Vec<String>,
    },
    /// A shell command and its process.
    CommandExecution {
        /// Id of the call, as the model gave it.
        id: String,
        /// The plugin whose script this command runs, when it is a trusted one; else null.
        #[serde(default)]
        plugin_id: Option<String>,
        /// That script, relative to the plugin's folder; else null.
        #[serde(default)]
        script_path: Option<String>,
        /// The whole command line, shell included.
        command: String,
        /// Folder it runs in.
        cwd: LegacyAppPathString,
        /// Id for writing to and ending the process; null until it is started.
        process_id: Option<String>,
        /// Who asked for the command. Default `agent`.
        #[serde(default)]
        source: CommandExecutionSource,
        /// How far it is.
        status: CommandExecutionStatus,
        /// What the command line seems to do, one entry a simple command; a guess for display only.
        command_actions: Vec<CommandAction>,
        /// Standard output and error in order of arrival, capped; null when nothing was printed.
        aggregated_output: Option<String>,
        /// Exit code, 128 plus the signal's number when a signal ended it; null while it runs or when it was refused.
        exit_code: Option<i32>,
        /// How long it ran, in milliseconds; null before the end or when unknown.
        duration_ms: Option<i64>,
    },
    /// Changes to files by a patch.
    FileChange {
        /// Id of the call, as the model gave it.
        id: String,
        /// The changes, one entry a file.
        changes: Vec<FileUpdateChange>,
        /// Whether they were made.
        status: PatchApplyStatus,
    },
    /// A call of a tool of an MCP server.
    McpToolCall {
        /// Id of the call, as the model gave it.
        id: String,
        /// Name of the server in the configuration.
        server: String,
        /// Name of the tool as the server calls it.
        tool: String,
        /// How far it is.
        status: McpToolCallStatus,
        /// Arguments the model gave.
        arguments: JsonValue,
        /// The app the tool belongs to; null when it belongs to none.
        app_context: Option<McpToolCallAppContext>,
        /// Older place of `mcpAppUi.resourceUri`; read that one where it is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        mcp_app_resource_uri: Option<String>,
        /// How to show the call, as the tool declared it; null when it did not or in older history.
        mcp_app_ui: Option<McpAppUi>,
        /// The plugin that brought the server; null when none did.
        plugin_id: Option<String>,
        /// Whether the tool says that it changes nothing; null when it does not say.
        read_only_hint: Option<bool>,
        /// What the tool answered, also when it reports a failure of its own; null before that.
        result: Option<McpToolCallResult>,
        /// Why the call itself failed; null when it did not.
        error: Option<McpToolCallError>,
        /// How long it ran, in milliseconds; null before the end or when unknown.
        duration_ms: Option<i64>,
    },
    /// A call of a tool that the client offered and carries out.
    DynamicToolCall {
        /// Id of the call, as the model gave it.
        id: String,
        /// Namespace of the tool; null for one without.
        namespace: Option<String>,
        /// Name of the tool.
        tool: String,
        /// Arguments the model gave.
        arguments: JsonValue,
        /// How far it is.
        status: DynamicToolCallStatus,
        /// What the client answered; null before that.
        content_items: Option<Vec<DynamicToolCallOutputContentItem>>,
        /// Whether the client says that it worked; null before its answer.
        success: Option<bool>,
        /// How long it ran, in milliseconds; null before the end or when unknown.
        duration_ms: Option<i64>,
    },
    /// A call by which one agent starts, steers or asks another.
    CollabAgentToolCall {
        /// Id of the call, as the model gave it.
        id: String,
        /// What was asked for.
        tool: CollabAgentTool,
        /// How far it is.
        status: CollabAgentToolCallStatus,
        /// Thread of the agent that calls.
        sender_thread_id: String,
        /// Threads of the agents it is about; of a spawn, the new one's.
        receiver_thread_ids: Vec<String>,
        /// Text handed over; null when the call has none.
        prompt: Option<String>,
        /// Model asked for, of a spawn; else null.
        model: Option<String>,
        /// Effort asked for, of a spawn; else null.
        reasoning_effort: Option<ReasoningEffort>,
        /// Last known state of the receivers, by thread id.
        agents_states: BTreeMap<String, CollabAgentState>,
    },
    /// Something that happened to an agent below this one.
    SubAgentActivity {
        /// Model the agent was started with; null for other activities and in older records.
        model: Option<String>,
        /// Effort the agent was started with; null when unknown.
        reasoning_effort: Option<ReasoningEffort>,
        /// Id of the item.
        id: String,
        /// What happened.
        kind: SubAgentActivityKind,
        /// Thread of that agent.
        agent_thread_id: String,
        /// Where that agent stands in the tree of agents.
        agent_path: String,
    },
    /// A search in the web.
    WebSearch {
        /// Id of the call, as the model gave it.
        id: String,
        /// What was looked for; empty when started, the address when a page was opened.
        query: String,
        /// What was done; null when unknown.
        action: Option<WebSearchAction>,
        /// What a search endpoint returned beside the model's stream, each entry as it came; null when nothing.
        #[serde(default)]
        results: Option<Vec<JsonValue>>,
    },
    /// The model looked at an image file.
    ImageView {
        /// Id of the call, as the model gave it.
        id: String,
        /// The file.
        path: LegacyAppPathString,
    },
    /// The agent waits.
    Sleep {
        /// Id of the call, as the model gave it.
        id: String,
        /// How long it means to wait, in milliseconds.
        duration_ms: u64,
    },
    /// An image the model made.
    ImageGeneration {
        /// Id of the call, as the model gave it.
        id: String,
        /// State in the provider's words, such as `completed`.
        status: String,
        /// The prompt as the image model rewrote it; null when it did not.
        revised_prompt: Option<String>,
        /// Whether the image was asked to have no background; absent when not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transparent_background: Option<bool>,
        /// Why there is no image; null when there is one.
        #[serde(default)]
        failure: Option<ImageGenerationFailure>,
        /// Where the server stored it; absent when it did not.
        #[serde(skip_serializing_if = "Option::is_none")]
        saved_path: Option<AbsolutePathBuf>,
        /// Local files the image was made from; absent when none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        input_images: Vec<ImageGenerationInputImage>,
        /// The provider's id of the image; null when it gave none.
        #[serde(default)]
        generation_id: Option<String>,
        /// The image itself or where it is.
        #[serde(flatten)]
        image: GeneratedImage,
    },
    /// A review begins.
    EnteredReviewMode {
        /// Id of the item.
        id: String,
        /// What is reviewed, for people.
        review: String,
    },
    /// A review is over.
    ExitedReviewMode {
        /// Id of the item.
        id: String,
        /// The findings as text.
        review: String,
    },
    /// The history was replaced by a summary to make room in the model's context.
    ContextCompaction {
        /// Id of the item.
        id: String,
    },
}

impl ThreadItemKind {
    /// The id of the item.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::UserMessage { id, .. }
            | Self::HookPrompt { id, .. }
            | Self::AgentMessage { id, .. }
            | Self::FunctionCallOutput { id, .. }
            | Self::Plan { id, .. }
            | Self::Reasoning { id, .. }
            | Self::CommandExecution { id, .. }
            | Self::FileChange { id, .. }
            | Self::McpToolCall { id, .. }
            | Self::DynamicToolCall { id, .. }
            | Self::CollabAgentToolCall { id, .. }
            | Self::SubAgentActivity { id, .. }
            | Self::WebSearch { id, .. }
            | Self::ImageView { id, .. }
            | Self::Sleep { id, .. }
            | Self::ImageGeneration { id, .. }
            | Self::EnteredReviewMode { id, .. }
            | Self::ExitedReviewMode { id, .. }
            | Self::ContextCompaction { id } => id,
        }
    }
}
