//! Hooks: commands and tools of the user, a project, a plugin or an administrator that run at fixed points of a
//! session, and what the server tells of them. A hook runs only when it is enabled, and trusted or managed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::{AbsolutePathBuf, LegacyAppPathString, PathText};

/// `hook/completed`: a hook ran to its end, whatever that was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookCompletedNotification {
    /// The thread it ran for; hooks of a subagent name the thread of the subagent.
    pub thread_id: String,
    /// The turn it ran in; null when it ran outside of one.
    pub turn_id: Option<String>,
    /// The finished run.
    pub run: HookRunSummary,
}

/// A file of hooks that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HookErrorInfo {
    /// The file.
    pub path: String,
    /// What is wrong with it, for people.
    pub message: String,
}

/// The point of a session at which a hook runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookEventName {
    /// Before a request goes to the model.
    PreModelRequest,
    /// After a request to the model.
    PostModelRequest,
    /// Before a tool runs; the hook may refuse the call or change a command.
    PreToolUse,
    /// Before the user is asked for an approval; the hook may allow or deny in the user's place.
    PermissionRequest,
    /// After a tool ran; the hook may replace what the model sees of the output.
    PostToolUse,
    /// Before the history is compacted.
    PreCompact,
    /// After the history was compacted.
    PostCompact,
    /// When a session starts, resumes, is cleared or compacted; runs with the first turn after that.
    SessionStart,
    /// When a session ends, once per loaded thread.
    SessionEnd,
    /// When the user sends a message, before the model sees it.
    UserPromptSubmit,
    /// When a subagent starts.
    SubagentStart,
    /// When a subagent is done.
    SubagentStop,
    /// When the model is done with a turn; the hook may make it go on.
    Stop,
    /// When a turn is interrupted.
    Interrupt,
}

/// Whether the session waits for a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookExecutionMode {
    /// The session waits, and the result counts.
    Sync,
    /// The session goes on meanwhile.
    Async,
}

/// How a hook does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookHandlerType {
    /// By a shell command.
    Command,
    /// By a tool of an MCP server.
    McpTool,
    /// By a prompt; skipped with a warning.
    Prompt,
    /// By an agent; skipped with a warning.
    Agent,
}

/// One configured hook: what all kinds share, and by `handlerType` what only its kind has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookMetadata {
    /// Name of the hook in `hooks.state` of the configuration, where its trust and switch are kept: source, event,
    /// group and index, joined by colons.
    pub key: String,
    /// When it runs.
    pub event_name: HookEventName,
    /// Regular expression for the names of the tools it runs for. Null, empty and `*`: all.
    pub matcher: Option<String>,
    /// How long it may run, in seconds, at least 1. Where not configured 600, for `sessionEnd` 1, there with a limit of
    /// 3.
    pub timeout_sec: u64,
    /// What to show while it runs; null when not configured.
    pub status_message: Option<String>,
    /// From about how many tokens on the context it adds is moved to disk. Null: 2500; 0: never.
    pub additional_context_limit: Option<usize>,
    /// The file that configures it, absolute.
    pub source_path: AbsolutePathBuf,
    /// What kind of place the configuration is from.
    pub source: HookSource,
    /// The plugin that brings it; null for others.
    pub plugin_id: Option<String>,
    /// The environment whose requirements bring it; null for others.
    pub environment_id: Option<String>,
    /// Position in the list, to sort by.
    pub display_order: i64,
    /// Whether it is switched on; only then it can run.
    pub enabled: bool,
    /// Whether an administrator prescribes it; such a hook needs no trust of the user.
    pub is_managed: bool,
    /// Fingerprint of what it is configured to do: `sha256:` and hexadecimal digits, for a plugin's hook two of these
    /// joined by `/`. To trust the hook, write it to the configuration as `trusted_hash`.
    pub current_hash: String,
    /// Whether it is trusted as it stands now.
    pub trust_status: HookTrustStatus,
    /// What it is, told apart by `handlerType`.
    #[serde(flatten)]
    pub kind: HookMetadataKind,
}

/// The kinds of [`HookMetadata`] and their content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "handlerType", rename_all = "camelCase")]
pub enum HookMetadataKind {
    /// It runs a shell command.
    Command {
        /// The command line for the shell.
        command: String,
        /// Whether the session goes on without waiting for it. Default false.
        #[serde(default)]
        r#async: bool,
    },
    /// It calls a tool of an MCP server.
    McpTool {
        /// Name of the MCP server.
        server: String,
        /// Name of the tool on that server.
        tool: String,
    },
    /// It is a prompt.
    Prompt,
    /// It is an agent.
    Agent,
}

/// One thing a hook had to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HookOutputEntry {
    /// What it is, and for whom.
    pub kind: HookOutputEntryKind,
    /// The text itself.
    pub text: String,
}

/// What an entry of a hook's output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookOutputEntryKind {
    /// A warning for the user, from `systemMessage` of the hook's answer.
    Warning,
    /// Why the hook stopped what was going on.
    Stop,
    /// Feedback on what the hook was run for.
    Feedback,
    /// Context that the hook adds for the model.
    Context,
    /// What went wrong with the hook.
    Error,
}

/// How a run of a hook stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookRunStatus {
    /// It runs.
    Running,
    /// It ended well and let things go on.
    Completed,
    /// It failed: by its exit code, an unusable answer or its timeout. The session goes on.
    Failed,
    /// It blocked what it was asked about.
    Blocked,
    /// It asked to stop.
    Stopped,
}

/// One run of a hook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookRunSummary {
    /// Id of the run: event, `displayOrder` and path of the source, joined by colons, and for tools also the call.
    pub id: String,
    /// Why it ran.
    pub event_name: HookEventName,
    /// How it does its work.
    pub handler_type: HookHandlerType,
    /// Whether the session waits for it.
    pub execution_mode: HookExecutionMode,
    /// Whether it belongs to the thread or to a turn.
    pub scope: HookScope,
    /// The file that configures it.
    pub source_path: LegacyAppPathString,
    /// What kind of place the configuration is from. Default `unknown`.
    #[serde(default)]
    pub source: HookSource,
    /// Position among the hooks, to sort by.
    pub display_order: i64,
    /// How the run stands.
    pub status: HookRunStatus,
    /// What to show while it runs; null when not configured.
    pub status_message: Option<String>,
    /// When it started, as Unix time.
    pub started_at: i64,
    /// When it ended, as Unix time in the unit of `startedAt`; null while it runs.
    pub completed_at: Option<i64>,
    /// From start to end, in milliseconds; null while it runs.
    pub duration_ms: Option<i64>,
    /// What it had to say, in order; empty when nothing.
    pub entries: Vec<HookOutputEntry>,
}

/// What a run of a hook belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookScope {
    /// The thread as a whole.
    Thread,
    /// One turn.
    Turn,
}

/// What kind of place a hook's configuration is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookSource {
    /// Configuration of the whole machine.
    System,
    /// Configuration of the user.
    User,
    /// Configuration of the project; only used where the project is trusted.
    Project,
    /// Device management.
    Mdm,
    /// Settings given for this session.
    SessionFlags,
    /// An installed plugin.
    Plugin,
    /// Requirements that come from the cloud.
    CloudRequirements,
    /// Managed configuration that comes from the cloud.
    CloudManagedConfig,
    /// The older kind of managed configuration, in a file.
    LegacyManagedConfigFile,
    /// The older kind of managed configuration, by device management.
    LegacyManagedConfigMdm,
    /// Not known.
    #[default]
    Unknown,
}

/// `hook/started`: a hook began to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookStartedNotification {
    /// The thread it runs for; hooks of a subagent name the thread of the subagent.
    pub thread_id: String,
    /// The turn it runs in; null when it runs outside of one.
    pub turn_id: Option<String>,
    /// The run so far.
    pub run: HookRunSummary,
}

/// Whether a hook is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HookTrustStatus {
    /// Prescribed by an administrator; it runs without the user's trust.
    Managed,
    /// Never trusted; it does not run.
    Untrusted,
    /// Trusted as it is.
    Trusted,
    /// Changed since it was trusted; it does not run until it is trusted again.
    Modified,
}

/// The hooks of one working directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HooksListEntry {
    /// The working directory.
    pub cwd: String,
    /// Its hooks, source by source and inside a source in a fixed order of events.
    pub hooks: Vec<HookMetadata>,
    /// What a person should know about the configuration, such as hooks that are skipped; nothing has failed.
    pub warnings: Vec<String>,
    /// Files that could not be used.
    pub errors: Vec<HookErrorInfo>,
}

/// Params of `hooks/list`: working directories or a thread, not both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HooksListParams {
    /// The working directories to look at. Absent or empty: that of the session. Leave it out when `threadId` is given.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub cwds: Vec<PathText>,
    /// The loaded thread to look at, the environments it selected included. Absent or null: go by `cwds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
}

/// Result of `hooks/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HooksListResponse {
    /// One entry per working directory.
    pub data: Vec<HooksListEntry>,
}
