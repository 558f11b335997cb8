//! Hooks that the requirements of an administrator bring along, as `configRequirements/read` shows them: groups by
//! event, each with a matcher and its handlers. Managed hooks run without being trusted by the user first.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

/// What a hook runs, by kind. Handlers of the kinds `prompt` and `agent` are skipped with a warning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ConfiguredHookHandler {
    /// A shell command; it gets JSON on its standard input and runs in the working directory of the thread.
    Command {
        /// The command line, for the shell.
        command: String,
        /// Command line to run in its place on Windows. Null: the same one.
        command_windows: Option<String>,
        /// How long it may run, in seconds, at least 1. Null: 600, but 1 for `SessionEnd`, where more than 3 counts as
        /// 3.
        timeout_sec: Option<u64>,
        /// True when nothing waits for the command; such a run sends neither `hook/started` nor `hook/completed`.
        r#async: bool,
        /// Text to show while the hook runs. Null: none.
        status_message: Option<String>,
        /// From about how many tokens on the hook's `additionalContext` goes into a file, leaving a preview. Null:
        /// 2500; 0: never. Measured before shortening; the preview adds a note on how to get the rest.
        additional_context_limit: Option<usize>,
    },
    /// A tool of an MCP server.
    McpTool {
        /// Name of the MCP server.
        server: String,
        /// Name of the tool on that server.
        tool: String,
        /// Arguments of the call; may be empty.
        input: BTreeMap<String, JsonValue>,
        /// How long the call may take, in seconds. Null: the server's default.
        timeout_sec: Option<u64>,
        /// Text to show while the hook runs. Null: none.
        status_message: Option<String>,
    },
    /// A prompt to a model. Recognised but not run.
    Prompt,
    /// An agent. Recognised but not run.
    Agent,
}

/// Handlers that share a matcher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConfiguredHookMatcherGroup {
    /// Regular expression for the name of the tool; null, empty or `*` match everything. Without effect for `Stop` and
    /// `UserPromptSubmit`.
    pub matcher: Option<String>,
    /// What to run, in this order.
    pub hooks: Vec<ConfiguredHookHandler>,
}

/// The managed hooks, by event, and the folders they belong to. An event without hooks has an empty list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagedHooksRequirements {
    /// Run before a request to the model. Absent: none.
    #[serde(rename = "PreModelRequest", default)]
    pub pre_model_request: Vec<ConfiguredHookMatcherGroup>,
    /// Run after a request to the model. Absent: none.
    #[serde(rename = "PostModelRequest", default)]
    pub post_model_request: Vec<ConfiguredHookMatcherGroup>,
    /// Folder of the managed hooks; for Windows see `windowsManagedDir`. Null: none is set.
    pub managed_dir: Option<String>,
    /// Folder of the managed hooks on Windows. Null: none is set.
    pub windows_managed_dir: Option<String>,
    /// Run before a tool, and able to block it.
    #[serde(rename = "PreToolUse")]
    pub pre_tool_use: Vec<ConfiguredHookMatcherGroup>,
    /// Run when an approval is needed; they may allow or deny in place of the user.
    #[serde(rename = "PermissionRequest")]
    pub permission_request: Vec<ConfiguredHookMatcherGroup>,
    /// Run after a tool; they may replace what the model sees of its output.
    #[serde(rename = "PostToolUse")]
    pub post_tool_use: Vec<ConfiguredHookMatcherGroup>,
    /// Run before the history is compacted.
    #[serde(rename = "PreCompact")]
    pub pre_compact: Vec<ConfiguredHookMatcherGroup>,
    /// Run after the history was compacted.
    #[serde(rename = "PostCompact")]
    pub post_compact: Vec<ConfiguredHookMatcherGroup>,
    /// Run when a session starts, at the first turn of a loaded thread.
    #[serde(rename = "SessionStart")]
    pub session_start: Vec<ConfiguredHookMatcherGroup>,
    /// Run once for a loaded thread when its session ends. Absent: none.
    #[serde(rename = "SessionEnd", default)]
    pub session_end: Vec<ConfiguredHookMatcherGroup>,
    /// Run on input of the user before the model gets it, and able to block it.
    #[serde(rename = "UserPromptSubmit")]
    pub user_prompt_submit: Vec<ConfiguredHookMatcherGroup>,
    /// Run when a sub-agent starts.
    #[serde(rename = "SubagentStart")]
    pub subagent_start: Vec<ConfiguredHookMatcherGroup>,
    /// Run when a sub-agent stops.
    #[serde(rename = "SubagentStop")]
    pub subagent_stop: Vec<ConfiguredHookMatcherGroup>,
    /// Run when a turn is about to end; they may make it go on.
    #[serde(rename = "Stop")]
    pub stop: Vec<ConfiguredHookMatcherGroup>,
    /// Run on an interruption. Absent: none.
    #[serde(rename = "Interrupt", default)]
    pub interrupt: Vec<ConfiguredHookMatcherGroup>,
}
