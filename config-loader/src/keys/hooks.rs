//! `[hooks]`: what runs at certain moments of a thread.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Table;

/// `[hooks]`: events with their hooks, and what the user said about single hooks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HooksToml {
    /// The events.
    #[serde(flatten)]
    pub events: HookEventsToml,
    /// Switches and trust, by hook.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub state: BTreeMap<String, HookStateToml>,
}

/// The moments at which hooks run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct HookEventsToml {
    /// Before a request to the model.
    pub pre_model_request: Vec<MatcherGroup>,
    /// After a request to the model.
    pub post_model_request: Vec<MatcherGroup>,
    /// Before a tool runs.
    pub pre_tool_use: Vec<MatcherGroup>,
    /// Before a person is asked for an approval.
    pub permission_request: Vec<MatcherGroup>,
    /// After a tool ran.
    pub post_tool_use: Vec<MatcherGroup>,
    /// Before the conversation is compacted.
    pub pre_compact: Vec<MatcherGroup>,
    /// After the conversation was compacted.
    pub post_compact: Vec<MatcherGroup>,
    /// When a session starts.
    pub session_start: Vec<MatcherGroup>,
    /// When a session ends.
    pub session_end: Vec<MatcherGroup>,
    /// When the user sends a prompt.
    pub user_prompt_submit: Vec<MatcherGroup>,
    /// When a sub-agent starts.
    pub subagent_start: Vec<MatcherGroup>,
    /// When a sub-agent stops.
    pub subagent_stop: Vec<MatcherGroup>,
    /// When a turn stops.
    pub stop: Vec<MatcherGroup>,
    /// When a turn is interrupted.
    pub interrupt: Vec<MatcherGroup>,
}

/// Hooks that run for the same occasions of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MatcherGroup {
    /// Regular expression over what the event is about, such as a tool's name; unset means everything.
    pub matcher: Option<String>,
    /// What runs, in this order.
    pub hooks: Vec<HookHandlerConfig>,
}

/// What a hook does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HookHandlerConfig {
    /// Runs a command.
    Command {
        /// The command, for the shell.
        command: String,
        /// The command on Windows.
        #[serde(default, rename = "commandWindows", alias = "command_windows")]
        command_windows: Option<String>,
        /// Seconds it may take.
        #[serde(default)]
        timeout: Option<u64>,
        /// Whether nothing waits for it.
        #[serde(default, rename = "async")]
        is_async: bool,
        /// Text to show while it runs.
        #[serde(default, rename = "statusMessage")]
        status_message: Option<String>,
        /// Bytes of its output that may be added to the context.
        #[serde(default, rename = "additionalContextLimit", skip_serializing_if = "Option::is_none")]
        additional_context_limit: Option<usize>,
    },
    /// Calls a tool of an MCP server.
    McpTool {
        /// The MCP server.
        server: String,
        /// The tool.
        tool: String,
        /// Arguments of the call.
        #[serde(default)]
        #[schemars(with = "BTreeMap<String, serde_json::Value>")]
        input: Table,
        /// Seconds it may take.
        #[serde(default)]
        timeout: Option<u64>,
        /// Text to show while it runs.
        #[serde(default, rename = "statusMessage")]
        status_message: Option<String>,
    },
    /// Kept for files of other programs; has no effect.
    Prompt {},
    /// Kept for files of other programs; has no effect.
    Agent {},
}

/// What the user said about a hook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HookStateToml {
    /// Whether it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Digest of the hook that the user trusts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_hash: Option<String>,
}
