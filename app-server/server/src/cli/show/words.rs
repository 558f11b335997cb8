//! What items come to, in a few words. Texts of others stand in them as they are.

use std::time::Duration;

use codex_app_server_protocol::v2::{
    AudioReference, CommandExecutionStatus, ImageReference, McpToolCallStatus, PatchApplyStatus, ThreadItemKind, Turn,
    TurnStatus, UserInput, WebSearchAction,
};
use codex_utils_elapsed::format_elapsed;

/// How a command ended, and after how long.
pub(in crate::cli) fn command_outcome(
    status: CommandExecutionStatus,
    exit_code: Option<i32>,
    duration_ms: Option<i64>,
) -> String {
    let outcome = match (status, exit_code) {
        (CommandExecutionStatus::Declined, _) => "declined".to_owned(),
        (CommandExecutionStatus::InProgress, _) => "still running".to_owned(),
        (CommandExecutionStatus::Completed | CommandExecutionStatus::Failed, Some(code)) => format!("exit {code}"),
        (CommandExecutionStatus::Completed, None) => "done".to_owned(),
        (CommandExecutionStatus::Failed, None) => "failed".to_owned(),
    };
    with_duration(outcome, duration_ms)
}

/// What became of a patch of so many files.
pub(in crate::cli) fn patch_outcome(files: usize, status: PatchApplyStatus) -> String {
    let outcome = match status {
        PatchApplyStatus::Completed => "changed",
        PatchApplyStatus::Declined => "declined",
        PatchApplyStatus::Failed => "failed",
        PatchApplyStatus::InProgress => "under way",
    };
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    format!("{files} {outcome}")
}

/// How a call of an MCP tool ended, and after how long.
pub(in crate::cli) fn mcp_outcome(status: McpToolCallStatus, duration_ms: Option<i64>) -> String {
    let outcome = match status {
        McpToolCallStatus::InProgress => "under way",
        McpToolCallStatus::Completed => "done",
        McpToolCallStatus::Failed => "failed",
    };
    with_duration(outcome.to_owned(), duration_ms)
}

/// The outcome, and after how many milliseconds it came.
pub(in crate::cli) fn with_duration(outcome: String, duration_ms: Option<i64>) -> String {
    match elapsed(duration_ms) {
        Some(elapsed) => format!("{outcome}, {elapsed}"),
        None => outcome,
    }
}

fn elapsed(duration_ms: Option<i64>) -> Option<String> {
    let millis = u64::try_from(duration_ms?).ok()?;
    Some(format_elapsed(Duration::from_millis(millis)))
}

/// What a web search did.
pub(in crate::cli) fn search(query: &str, action: Option<&WebSearchAction>) -> String {
    let or_query = |text: &Option<String>| text.clone().unwrap_or_else(|| query.to_owned());
    match action {
        Some(WebSearchAction::Search { queries: Some(queries), .. }) if !queries.is_empty() => {
            format!("searches for {}", queries.join(" | "))
        }
        Some(WebSearchAction::Search { query, .. }) => format!("searches for {}", or_query(query)),
        Some(WebSearchAction::OpenPage { url }) => format!("opens {}", or_query(url)),
        Some(WebSearchAction::FindInPage { url, pattern }) => {
            format!("looks for {:?} in {}", pattern.as_deref().unwrap_or_default(), or_query(url))
        }
        Some(WebSearchAction::Other) | None => query.to_owned(),
    }
}

/// The wire's own word for an item.
pub(in crate::cli) fn item_name(kind: &ThreadItemKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.get("type").and_then(|name| name.as_str()).unwrap_or("item").to_owned()
}

/// How a stored turn ended, and after how long.
pub(in crate::cli) fn turn_outcome(turn: &Turn) -> String {
    let after = elapsed(turn.duration_ms).map(|elapsed| format!(" after {elapsed}")).unwrap_or_default();
    let reason = turn.error.as_ref().map(|error| match &error.additional_details {
        Some(details) => format!(": {} ({details})", error.message),
        None => format!(": {}", error.message),
    });
    let reason = reason.unwrap_or_default();
    match turn.status {
        TurnStatus::Completed => format!("done{after}{reason}"),
        TurnStatus::Failed => format!("the turn failed{after}{reason}"),
        TurnStatus::Interrupted => format!("the turn was interrupted{after}{reason}"),
        TurnStatus::InProgress => "the turn has not ended".to_owned(),
    }
}

/// A message of the user as text; what is no text stands there in brackets.
pub(in crate::cli) fn message(content: &[UserInput]) -> String {
    let parts: Vec<String> = content.iter().map(part).collect();
    parts.join("\n")
}

fn part(input: &UserInput) -> String {
    match input {
        UserInput::Text { text, .. } => text.clone(),
        UserInput::Image { source: ImageReference::Url { url }, .. } => format!("[image: {}]", address(url)),
        UserInput::Image { source: ImageReference::File { file_id }, .. } => format!("[image: {file_id}]"),
        UserInput::LocalImage { path, .. } => format!("[image: {path}]"),
        UserInput::Audio { source: AudioReference::Url { url } } => format!("[recording: {}]", address(url)),
        UserInput::Audio { source: AudioReference::File { file_id } } => format!("[recording: {file_id}]"),
        UserInput::LocalAudio { path } => format!("[recording: {path}]"),
        UserInput::Skill { name, path } => format!("[skill {name}: {path}]"),
        UserInput::Mention { name, path } => format!("[{name}: {path}]"),
    }
}

/// An address; of one that carries its content along only the beginning.
pub(in crate::cli) fn address(url: &str) -> &str {
    match url.strip_prefix("data:").and_then(|_| url.split_once(',')) {
        Some((kind, _)) => kind,
        None => url,
    }
}
