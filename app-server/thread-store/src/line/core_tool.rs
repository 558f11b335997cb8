//! Items of tools, as lines spell them.

use std::collections::BTreeMap;
use std::path::Path;

use codex_app_server_protocol::v2::{self, ThreadItemKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::core_item::Form;
use super::review::ExitedReviewMode;
use super::snake::{camel, snake};

/// A duration as lines spell it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Span {
    secs: u64,
    nanos: u32,
}

impl Span {
    /// Whole milliseconds.
    pub(crate) fn millis(self) -> i64 {
        i64::try_from(self.secs)
            .unwrap_or(i64::MAX)
            .saturating_mul(1000)
            .saturating_add(i64::from(self.nanos) / 1_000_000)
    }

    pub(crate) fn from_millis(millis: i64) -> Self {
        let millis = u64::try_from(millis).unwrap_or(0);
        Self { secs: millis / 1000, nanos: u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000 }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CommandExecution {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plugin_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    script_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_id: Option<String>,
    command: Vec<String>,
    cwd: String,
    #[serde(default)]
    parsed_cmd: Vec<Value>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aggregated_output: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exit_code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<Span>,
}

impl From<CommandExecution> for ThreadItemKind {
    fn from(item: CommandExecution) -> Self {
        let status = item.status.as_deref().and_then(word).unwrap_or(match item.exit_code {
            Some(0) => v2::CommandExecutionStatus::Completed,
            _ => v2::CommandExecutionStatus::Failed,
        });
        let cwd = media_path(&item.cwd);
        Self::CommandExecution {
            id: item.id,
            plugin_id: item.plugin_id,
            script_path: item.script_path,
            command: shlex::try_join(item.command.iter().map(String::as_str))
                .unwrap_or_else(|_| item.command.join(" ")),
            cwd: cwd.clone().into(),
            process_id: item.process_id,
            source: item.source.as_deref().and_then(word).unwrap_or_default(),
            status,
            command_actions: item.parsed_cmd.into_iter().filter_map(|parsed| action(parsed, &cwd)).collect(),
            aggregated_output: item.aggregated_output.filter(|output| !output.is_empty()),
            exit_code: item.exit_code,
            duration_ms: item.duration.map(Span::millis),
        }
    }
}

/// A word of the reference (`in_progress`) as the wire's enum (`inProgress`).
fn word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(camel(word))).ok()
}

fn wire_word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => snake(&name),
        _ => String::new(),
    }
}

/// A parsed command as the wire's action; what it reads is told as an absolute path.
fn action(parsed: Value, cwd: &str) -> Option<v2::CommandAction> {
    let Value::Object(mut parsed) = parsed else { return None };
    let command = parsed.shift_remove("cmd")?;
    parsed.insert("command".to_owned(), command);
    if let Some(Value::String(kind)) = parsed.get_mut("type") {
        *kind = camel(kind);
    }
    let mut action = serde_json::from_value(Value::Object(parsed)).ok()?;
    if let v2::CommandAction::Read { path, .. } = &mut action {
        *path = Path::new(cwd).join(path.as_str()).to_string_lossy().into_owned().into();
    }
    Some(action)
}

fn parsed(action: &v2::CommandAction) -> Value {
    match action {
        v2::CommandAction::Read { command, name, path } => {
            json!({ "type": "read", "cmd": command, "name": name, "path": path })
        }
        v2::CommandAction::ListFiles { command, path } => json!({ "type": "list_files", "cmd": command, "path": path }),
        v2::CommandAction::Search { command, query, path } => {
            json!({ "type": "search", "cmd": command, "query": query, "path": path })
        }
        v2::CommandAction::Unknown { command } => json!({ "type": "unknown", "cmd": command }),
    }
}

/// The path a `file:` URI names; other texts are paths already.
pub(crate) fn media_path(text: &str) -> String {
    let path = text.starts_with("file:").then(|| Url::parse(text).ok()?.to_file_path().ok()).flatten();
    path.and_then(|path| path.to_str().map(str::to_owned)).unwrap_or_else(|| text.to_owned())
}

fn file_uri(path: &str) -> String {
    Url::from_file_path(Path::new(path)).map_or_else(|()| path.to_owned(), String::from)
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileChange {
    #[serde(alias = "call_id")]
    pub(super) id: String,
    pub(super) changes: BTreeMap<String, Change>,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) stdout: String,
    #[serde(default)]
    pub(super) stderr: String,
    /// Older lines tell the outcome with this alone.
    #[serde(default, skip_serializing)]
    success: Option<bool>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Change {
    Add {
        #[serde(default)]
        content: String,
    },
    Delete {
        #[serde(default)]
        content: String,
    },
    Update {
        unified_diff: String,
        #[serde(default)]
        move_path: Option<String>,
    },
}

/// The changes in the wire's form, by path.
pub(crate) fn file_changes(changes: BTreeMap<String, Change>) -> Vec<v2::FileUpdateChange> {
    let change = |(path, change)| {
        let (kind, diff) = match change {
            Change::Add { content } => (v2::PatchChangeKind::Add, content),
            Change::Delete { content } => (v2::PatchChangeKind::Delete, content),
            Change::Update { unified_diff, move_path } => {
                let diff = match &move_path {
                    Some(target) => format!("{unified_diff}{MOVED}{target}"),
                    None => unified_diff,
                };
                (v2::PatchChangeKind::Update { move_path }, diff)
            }
        };
        v2::FileUpdateChange { path, kind, diff }
    };
    changes.into_iter().map(change).collect()
}

/// What the wire puts between an update's hunks and the path it moved to.
const MOVED: &str = "\n\nMoved to: ";

impl From<FileChange> for ThreadItemKind {
    fn from(item: FileChange) -> Self {
        let status = word(&item.status).unwrap_or(match item.success {
            Some(true) => v2::PatchApplyStatus::Completed,
            Some(false) => v2::PatchApplyStatus::Failed,
            None => v2::PatchApplyStatus::InProgress,
        });
        Self::FileChange { id: item.id, changes: file_changes(item.changes), status }
    }
}

/// Its fields are camelCase in lines too.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct McpToolCall {
    id: String,
    server: String,
    tool: String,
    #[serde(default)]
    arguments: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_context: Option<v2::McpToolCallAppContext>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mcp_app_resource_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mcp_app_ui: Option<v2::McpAppUi>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plugin_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read_only_hint: Option<bool>,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    result: Option<McpResult>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<v2::McpToolCallError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<Span>,
}

/// What an MCP server answered, without what it left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct McpResult {
    #[serde(default)]
    content: Vec<Value>,
    #[serde(
        default,
        rename = "structuredContent",
        alias = "structured_content",
        skip_serializing_if = "Option::is_none"
    )]
    structured_content: Option<Value>,
    #[serde(default, rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<Value>,
    #[serde(default, rename = "isError", alias = "is_error", skip_serializing_if = "Option::is_none")]
    is_error: Option<bool>,
}

impl From<McpResult> for v2::McpToolCallResult {
    fn from(result: McpResult) -> Self {
        Self { content: result.content, structured_content: result.structured_content, _meta: result.meta }
    }
}

impl From<McpToolCall> for ThreadItemKind {
    fn from(item: McpToolCall) -> Self {
        Self::McpToolCall {
            id: item.id,
            server: item.server,
            tool: item.tool,
            status: word(&item.status).unwrap_or(v2::McpToolCallStatus::Failed),
            arguments: item.arguments,
            app_context: item.app_context,
            mcp_app_resource_uri: item.mcp_app_resource_uri,
            mcp_app_ui: item.mcp_app_ui,
            plugin_id: item.plugin_id,
            read_only_hint: item.read_only_hint,
            result: item.result.map(Into::into),
            error: item.error,
            duration_ms: item.duration.map(Span::millis),
        }
    }
}

/// The end of a call as legacy lines tell it.
#[derive(Deserialize)]
pub(crate) struct McpToolCallEnd {
    call_id: String,
    invocation: McpInvocation,
    #[serde(default)]
    duration: Option<Span>,
    result: Result<McpResult, String>,
}

#[derive(Deserialize)]
struct McpInvocation {
    server: String,
    tool: String,
    #[serde(default)]
    arguments: Value,
}

impl From<McpToolCallEnd> for ThreadItemKind {
    fn from(end: McpToolCallEnd) -> Self {
        let failed = end.result.as_ref().map_or(true, |result| result.is_error == Some(true));
        let status = if failed { v2::McpToolCallStatus::Failed } else { v2::McpToolCallStatus::Completed };
        let (result, error) = match end.result {
            Ok(result) => (Some(result.into()), None),
            Err(message) => (None, Some(v2::McpToolCallError { message })),
        };
        Self::McpToolCall {
            id: end.call_id,
            server: end.invocation.server,
            tool: end.invocation.tool,
            status,
            arguments: end.invocation.arguments,
            app_context: None,
            mcp_app_resource_uri: None,
            mcp_app_ui: None,
            plugin_id: None,
            read_only_hint: None,
            result,
            error,
            duration_ms: end.duration.map(Span::millis),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct WebSearch {
    #[serde(alias = "call_id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) query: String,
    #[serde(default)]
    pub(super) action: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    results: Option<Vec<Value>>,
}

impl From<WebSearch> for ThreadItemKind {
    fn from(item: WebSearch) -> Self {
        let action = item.action.map(|mut action| {
            if let Some(Value::String(kind)) = action.get_mut("type") {
                *kind = camel(kind);
            }
            serde_json::from_value(action).unwrap_or(v2::WebSearchAction::Other)
        });
        Self::WebSearch { id: item.id, query: item.query, action, results: item.results }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ImageView {
    #[serde(alias = "call_id")]
    id: String,
    path: String,
}

impl From<ImageView> for ThreadItemKind {
    fn from(item: ImageView) -> Self {
        Self::ImageView { id: item.id, path: media_path(&item.path).into() }
    }
}

/// The form of a tool's item; `None` for kinds that have none of their own.
pub(super) fn form(item: &ThreadItemKind) -> Option<Form> {
    Some(match item {
        ThreadItemKind::CommandExecution {
            id,
            plugin_id,
            script_path,
            command,
            cwd,
            process_id,
            source,
            status,
            command_actions,
            aggregated_output,
            exit_code,
            duration_ms,
        } => Form::CommandExecution(Box::new(CommandExecution {
            id: id.clone(),
            plugin_id: plugin_id.clone(),
            script_path: script_path.clone(),
            process_id: process_id.clone(),
            command: shlex::split(command).unwrap_or_else(|| vec![command.clone()]),
            cwd: file_uri(cwd.as_str()),
            parsed_cmd: command_actions.iter().map(parsed).collect(),
            source: Some(wire_word(source)),
            status: Some(wire_word(status)),
            aggregated_output: Some(aggregated_output.clone().unwrap_or_default()),
            exit_code: *exit_code,
            duration: duration_ms.map(Span::from_millis),
        })),
        ThreadItemKind::FileChange { id, changes, status } => Form::FileChange(FileChange {
            id: id.clone(),
            changes: changes.iter().map(|change| (change.path.clone(), change_line(change))).collect(),
            status: wire_word(status),
            stdout: String::new(),
            stderr: String::new(),
            success: None,
        }),
        ThreadItemKind::WebSearch { id, query, action, results } => Form::WebSearch(WebSearch {
            id: id.clone(),
            query: query.clone(),
            action: action.as_ref().and_then(|action| web_action(action).ok()),
            results: results.clone(),
        }),
        ThreadItemKind::ImageView { id, path } => {
            Form::ImageView(ImageView { id: id.clone(), path: file_uri(path.as_str()) })
        }
        ThreadItemKind::ExitedReviewMode { id, review } => {
            Form::ExitedReviewMode(ExitedReviewMode::of_text(id, review))
        }
        ThreadItemKind::McpToolCall {
            id,
            server,
            tool,
            status,
            arguments,
            app_context,
            mcp_app_resource_uri,
            mcp_app_ui,
            plugin_id,
            read_only_hint,
            result,
            error,
            duration_ms,
        } => Form::McpToolCall(Box::new(McpToolCall {
            id: id.clone(),
            server: server.clone(),
            tool: tool.clone(),
            arguments: arguments.clone(),
            app_context: app_context.clone(),
            mcp_app_resource_uri: mcp_app_resource_uri.clone(),
            mcp_app_ui: mcp_app_ui.clone(),
            plugin_id: plugin_id.clone(),
            read_only_hint: *read_only_hint,
            status: wire_word(status),
            result: result.clone().map(|result| McpResult {
                content: result.content,
                structured_content: result.structured_content,
                meta: result._meta,
                is_error: None,
            }),
            error: error.clone(),
            duration: duration_ms.map(Span::from_millis),
        })),
        _ => return None,
    })
}

fn change_line(change: &v2::FileUpdateChange) -> Change {
    match &change.kind {
        v2::PatchChangeKind::Add => Change::Add { content: change.diff.clone() },
        v2::PatchChangeKind::Delete => Change::Delete { content: change.diff.clone() },
        v2::PatchChangeKind::Update { move_path } => {
            let moved = move_path.as_ref().map(|target| format!("{MOVED}{target}"));
            let hunks = moved.and_then(|moved| change.diff.strip_suffix(&moved)).unwrap_or(&change.diff);
            Change::Update { unified_diff: hunks.to_owned(), move_path: move_path.clone() }
        }
    }
}

fn web_action(action: &v2::WebSearchAction) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(action)?;
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, field| !field.is_null());
        if let Some(Value::String(kind)) = object.get_mut("type") {
            *kind = snake(kind);
        }
    }
    Ok(value)
}
