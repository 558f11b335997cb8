//! A thread as a document: what every form of it shows, in order.
//!
//! No text in it moves a cursor, hides or turns round other text; what is special to Markdown or HTML is still in it.

use std::path::Path;

use codex_app_server_protocol::v2::{
    CollabAgentToolCallStatus, CommandExecutionSource, CommandExecutionStatus, DynamicToolCallOutputContentItem,
    DynamicToolCallStatus, FileUpdateChange, FunctionCallOutputBody, FunctionCallOutputContentItem, McpToolCallStatus,
    PatchApplyStatus, Thread, ThreadItemKind, Turn, TurnStatus,
};
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::cli::show::{Style, deceives, diff_of, script_of, visible, words};

/// A thread.
pub(super) struct Document {
    pub(super) title: String,
    /// What is known of it: names and values.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) turns: Vec<Chapter>,
}

/// A turn.
pub(super) struct Chapter {
    /// When it began.
    pub(super) began: Option<String>,
    pub(super) blocks: Vec<Block>,
    /// How it ended.
    pub(super) outcome: String,
    pub(super) failed: bool,
}

/// A part of a turn.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    /// What the user says, as typed.
    Prompt(String),
    /// What the agent says, in Markdown.
    Answer(String),
    /// What the model thinks, in Markdown.
    Thought(String),
    /// A command, what it printed and how it ended.
    Command { script: String, output: String, outcome: String, failed: bool },
    /// A patch: a diff for each file, line by line.
    Changes { files: Vec<Vec<(Style, String)>>, outcome: String, failed: bool },
    /// A call of a tool: what it was given and what it brought.
    Call { name: String, input: String, output: String, outcome: String, failed: bool },
    /// Anything else, in a line.
    Note(String),
}

impl Document {
    /// The thread with its turns; moments are told in `zone`.
    pub(super) fn of(thread: &Thread, zone: &TimeZone) -> Self {
        let folder = Path::new(thread.cwd.as_str());
        Self {
            title: title(thread),
            facts: facts(thread, zone).into_iter().map(|(name, value)| (name, visible(&value))).collect(),
            turns: thread.turns.iter().map(|turn| Chapter::of(turn, folder, zone)).collect(),
        }
    }
}

/// A thread in a line: its name, or else how its first message begins.
pub(super) fn title(thread: &Thread) -> String {
    let named = thread.name.as_deref().filter(|name| !name.trim().is_empty());
    let text = named.unwrap_or(&thread.preview);
    match text.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => prose(&line.replace('\t', " ")),
        None => format!("Thread {}", thread.id),
    }
}

/// What is known of a thread, in the words of others.
pub(super) fn facts(thread: &Thread, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let git = thread.git_info.as_ref();
    let commit = git.and_then(|git| git.sha.as_ref()).map(|sha| sha.chars().take(12).collect());
    let model = thread.model.clone().map(|model| match thread.model_provider.as_str() {
        "" => model,
        provider => format!("{model} of {provider}"),
    });
    let all = [
        ("thread", Some(thread.id.clone())),
        ("name", thread.name.clone()),
        ("forked from", thread.forked_from_id.clone()),
        ("folder", Some(thread.cwd.as_str().to_owned())),
        ("branch", git.and_then(|git| git.branch.clone())),
        ("commit", commit),
        ("model", model),
        ("created", Some(moment(thread.created_at, zone))),
        ("changed", Some(moment(thread.updated_at, zone))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A moment, given in Unix seconds, to the minute.
pub(super) fn minute(seconds: i64, zone: &TimeZone) -> String {
    in_zone(seconds, zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// As [`minute`], with what tells it from the time of other places.
fn moment(seconds: i64, zone: &TimeZone) -> String {
    in_zone(seconds, zone).strftime("%Y-%m-%d %H:%M %:z").to_string()
}

fn in_zone(seconds: i64, zone: &TimeZone) -> jiff::Zoned {
    jiff::Timestamp::from_second(seconds).unwrap_or_default().to_zoned(zone.clone())
}

impl Chapter {
    fn of(turn: &Turn, folder: &Path, zone: &TimeZone) -> Self {
        Self {
            began: turn.started_at.map(|seconds| minute(seconds, zone)),
            blocks: turn.items.iter().flat_map(|item| blocks(&item.kind, folder)).collect(),
            outcome: visible(&words::turn_outcome(turn)),
            failed: turn.status == TurnStatus::Failed,
        }
    }
}

/// What an item shows: nothing where it has nothing to show.
fn blocks(item: &ThreadItemKind, folder: &Path) -> Option<Block> {
    Some(match item {
        ThreadItemKind::UserMessage { content, .. } => Block::Prompt(prose(&words::message(content))),
        ThreadItemKind::AgentMessage { text, .. } => Block::Answer(prose(text)),
        ThreadItemKind::Plan { text, .. } => Block::Answer(prose(text)),
        ThreadItemKind::Reasoning { summary, content, .. } => {
            let parts: Vec<&str> = summary.iter().chain(content).map(String::as_str).collect();
            if parts.is_empty() {
                return None;
            }
            Block::Thought(prose(&parts.join("\n\n")))
        }
        ThreadItemKind::CommandExecution {
            command, source, status, aggregated_output, exit_code, duration_ms, ..
        } => {
            let outcome = words::command_outcome(*status, *exit_code, *duration_ms);
            let by_user = *source == CommandExecutionSource::UserShell;
            Block::Command {
                script: visible(&script_of(command)),
                output: printed(aggregated_output.as_deref().unwrap_or_default()),
                outcome: if by_user { format!("{outcome}, run by the user") } else { outcome },
                failed: matches!(status, CommandExecutionStatus::Failed | CommandExecutionStatus::Declined),
            }
        }
        ThreadItemKind::FileChange { changes, status, .. } => patch(changes, *status, folder),
        ThreadItemKind::McpToolCall { server, tool, status, arguments, result, error, duration_ms, .. } => {
            let mut output: Vec<String> = result.iter().flat_map(|result| &result.content).map(content).collect();
            output.extend(error.iter().map(|error| error.message.clone()));
            Block::Call {
                name: visible(&format!("{server}.{tool}")),
                input: printed(&pretty(arguments)),
                output: printed(&output.join("\n")),
                outcome: words::mcp_outcome(*status, *duration_ms),
                failed: *status == McpToolCallStatus::Failed,
            }
        }
        ThreadItemKind::DynamicToolCall { tool, arguments, status, content_items, duration_ms, .. } => {
            let outcome = match status {
                DynamicToolCallStatus::InProgress => "under way",
                DynamicToolCallStatus::Completed => "done",
                DynamicToolCallStatus::Failed => "failed",
            };
            let output: Vec<&str> = content_items.iter().flatten().map(dynamic_content).collect();
            Block::Call {
                name: visible(tool),
                input: printed(&pretty(arguments)),
                output: printed(&output.join("\n")),
                outcome: words::with_duration(outcome.to_owned(), *duration_ms),
                failed: *status == DynamicToolCallStatus::Failed,
            }
        }
        ThreadItemKind::FunctionCallOutput { name, output, .. } => Block::Call {
            name: visible(name),
            input: String::new(),
            output: printed(&function_output(output)),
            outcome: "given by the client".to_owned(),
            failed: false,
        },
        ThreadItemKind::HookPrompt { fragments, .. } => {
            let texts: Vec<&str> = fragments.iter().map(|fragment| fragment.text.as_str()).collect();
            Block::Call {
                name: "hook".to_owned(),
                input: String::new(),
                output: printed(&texts.join("\n")),
                outcome: "told to the model".to_owned(),
                failed: false,
            }
        }
        ThreadItemKind::CollabAgentToolCall { tool, status, prompt, receiver_thread_ids, .. } => Block::Call {
            name: visible(&format!("{} {}", word(tool), receiver_thread_ids.join(" "))).trim_end().to_owned(),
            input: printed(prompt.as_deref().unwrap_or_default()),
            output: String::new(),
            outcome: word(status),
            failed: *status == CollabAgentToolCallStatus::Failed,
        },
        ThreadItemKind::SubAgentActivity { kind, agent_path, .. } => {
            Block::Note(visible(&format!("agent {agent_path}: {}", word(kind))))
        }
        ThreadItemKind::ContextCompaction { .. } => Block::Note("the history was replaced by a summary".to_owned()),
        ThreadItemKind::WebSearch { query, action, .. } => {
            Block::Note(visible(&format!("web: {}", words::search(query, action.as_ref()))))
        }
        ThreadItemKind::ImageView { path, .. } => Block::Note(visible(&format!("looks at {path}"))),
        ThreadItemKind::EnteredReviewMode { review, .. } => Block::Note(visible(&format!("review of {review}"))),
        ThreadItemKind::ExitedReviewMode { review, .. } => Block::Answer(prose(review)),
        ThreadItemKind::ImageGeneration { saved_path: Some(path), .. } => {
            Block::Note(visible(&format!("makes the image {}", path.as_str())))
        }
        other => Block::Note(words::item_name(other)),
    })
}

fn patch(changes: &[FileUpdateChange], status: PatchApplyStatus, folder: &Path) -> Block {
    Block::Changes {
        files: changes.iter().map(|change| diff_of(change, folder)).collect(),
        outcome: words::patch_outcome(changes.len(), status),
        failed: matches!(status, PatchApplyStatus::Failed | PatchApplyStatus::Declined),
    }
}

/// The wire's own word for a value that is one of a few.
fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn pretty(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        other => format!("{other:#}"),
    }
}

/// A content block of MCP: its text, or which kind it is.
fn content(block: &Value) -> String {
    let text = |key: &str| block.get(key).and_then(Value::as_str);
    match (text("text"), text("type")) {
        (Some(text), _) => text.to_owned(),
        (None, Some(kind)) => format!("[{kind}]"),
        (None, None) => pretty(block),
    }
}

fn dynamic_content(item: &DynamicToolCallOutputContentItem) -> &str {
    match item {
        DynamicToolCallOutputContentItem::InputText { text } => text,
        DynamicToolCallOutputContentItem::InputImage { .. } => "[image]",
        DynamicToolCallOutputContentItem::InputAudio { .. } => "[recording]",
    }
}

fn function_output(body: &FunctionCallOutputBody) -> String {
    let items = match body {
        FunctionCallOutputBody::Text(text) => return text.clone(),
        FunctionCallOutputBody::Items(items) => items,
    };
    let parts = items.iter().map(|item| match item {
        FunctionCallOutputContentItem::InputText { text } => text.as_str(),
        FunctionCallOutputContentItem::InputImage { .. } => "[image]",
        FunctionCallOutputContentItem::InputAudio { .. } => "[recording]",
        FunctionCallOutputContentItem::EncryptedContent { .. } => "[encrypted]",
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// Text for reading: as `visible`, but what joins letters and emojis stays, and line ends of any system are one.
fn prose(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.replace("\r\n", "\n").chars() {
        match deceives(char) && !matches!(char, '\u{200c}' | '\u{200d}') {
            true => safe.extend(char.escape_unicode()),
            false => safe.push(char),
        }
    }
    safe
}

/// What a program printed, without what tells a terminal how to draw it. A carriage return begins a line.
pub(super) fn printed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        plain.push_str(&rest[..at]);
        let sequence = sequence_length(&rest[at..]);
        // One that is not whole stays, and is seen.
        plain.push_str(if sequence == 0 { "\x1b" } else { "" });
        rest = &rest[at + sequence.max(1)..];
    }
    plain.push_str(rest);
    let lines = plain.replace("\r\n", "\n").replace('\r', "\n");
    visible(lines.trim_end_matches('\n'))
}

/// Bytes within which a sequence that carries text must end.
const LONGEST_SEQUENCE: usize = 2048;

/// The bytes of the control sequence that a text begins with; 0 when it is not whole or no known one.
fn sequence_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        // Attributes and movements: parameters, then a letter.
        Some(b'[') => {
            let parameters = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            match bytes.get(2 + parameters) {
                Some(0x40..=0x7e) => parameters + 3,
                _ => 0,
            }
        }
        // Titles and the like, up to their end in the same line.
        Some(b']') => {
            let near = &text[..text.floor_char_boundary(LONGEST_SEQUENCE)];
            let line = near.lines().next().unwrap_or_default();
            let ends = ["\x07", "\x1b\\"].map(|end| line.find(end).map(|at| at + end.len()));
            ends.into_iter().flatten().min().unwrap_or(0)
        }
        _ => 0,
    }
}
