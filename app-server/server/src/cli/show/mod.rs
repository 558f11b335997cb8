//! A conversation on the terminal: what the agent says on stdout, everything about it on stderr.
//!
//! Text that comes from the model or from commands never reaches a terminal as it is, as it could hide what a person is
//! asked to approve. Files and pipes get what the agent says unchanged.

mod changes;
mod command;
mod replay;
mod stream;
pub(super) mod words;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::time::Instant;

use codex_app_server_client::Notice;
use codex_app_server_protocol::ServerNotification as Notification;
use codex_app_server_protocol::v2::{
    FileUpdateChange, ThreadItemKind, ThreadTokenUsage, Turn, TurnPlanStepStatus, TurnPlanUpdatedNotification,
    TurnStatus,
};
use codex_utils_elapsed::format_elapsed;
use codex_utils_sandbox_summary::ConfigSummary;

use command::Streamed;
use stream::Printed;

pub(super) use changes::diff_of;
pub(super) use command::script_of;
pub(super) use stream::{Stream, Style, deceives, visible};

/// Shows the turns of one thread.
pub(super) struct Screen {
    /// Off while the wire itself is printed.
    on: bool,
    said: Stream,
    told: Stream,
    /// Paths below it are shown from there.
    folder: PathBuf,
    began: Instant,
    usage: Option<ThreadTokenUsage>,
    /// The commands that run, in the order in which they began.
    commands: Vec<Running>,
    /// The command whose text came last.
    speaker: Option<String>,
    /// The patches under way, as they were shown.
    patches: HashMap<String, Vec<FileUpdateChange>>,
    /// The line that a person answers in came last.
    asking: bool,
    /// The messages that began since a turn was joined while it ran; of others the beginning was missed, so that they are shown
    /// when they are whole.
    begun: Option<HashSet<String>>,
}

/// A command that runs.
struct Running {
    id: String,
    script: String,
    streamed: Streamed,
    printed: Printed,
}

impl Screen {
    /// A screen on what the agent says and what is told about it.
    pub(super) fn new(on: bool, said: Stream, told: Stream) -> Self {
        Self {
            on,
            said,
            told,
            folder: PathBuf::new(),
            began: Instant::now(),
            usage: None,
            commands: Vec::new(),
            speaker: None,
            patches: HashMap::new(),
            asking: false,
            begun: None,
        }
    }

    /// Begins with what the thread runs on and what it may do.
    pub(super) fn begin(&mut self, summary: &ConfigSummary<'_>) {
        self.folder = PathBuf::from(summary.workdir);
        for (name, value) in summary.entries() {
            self.note(&format!("{name}: {value}"));
        }
    }

    /// The user speaks: a turn begins.
    pub(super) fn prompt(&mut self, prompt: &str) {
        self.began = Instant::now();
        self.note(&format!("> {prompt}"));
    }

    /// Shows one notification; the turn's status when it was the turn's last.
    pub(super) fn show(&mut self, turn_id: &str, notice: &Notice) -> Option<TurnStatus> {
        self.show_body(turn_id, notice.body()?)
    }

    fn show_body(&mut self, turn_id: &str, notification: &Notification) -> Option<TurnStatus> {
        match notification {
            Notification::AgentMessageDelta(delta) if self.is_begun(&delta.item_id) => self.say(&delta.delta),
            Notification::ReasoningSummaryPartAdded(_) => self.told.fresh(),
            Notification::ReasoningSummaryTextDelta(delta) if self.is_begun(&delta.item_id) => self.think(&delta.delta),
            Notification::ReasoningTextDelta(delta) if self.is_begun(&delta.item_id) => self.think(&delta.delta),
            Notification::ItemStarted(started) => self.item_started(&started.item.kind),
            Notification::ItemCommandExecutionOutputDelta(output) => self.output(&output.item_id, &output.delta),
            Notification::ItemCommandExecutionTerminalInteraction(typed) => self.typed(&typed.item_id, &typed.stdin),
            Notification::ItemFileChangePatchUpdated(updated) => self.patch(&updated.item_id, &updated.changes),
            Notification::TurnPlanUpdated(plan) => self.plan(plan),
            Notification::ItemCompleted(completed) => {
                self.end_line();
                self.missed_text(&completed.item.kind);
                self.item_completed(&completed.item.kind);
            }
            Notification::ThreadTokenUsageUpdated(updated) => self.usage = Some(updated.token_usage.clone()),
            Notification::Error(error) => {
                self.end_line();
                let details =
                    error.error.additional_details.as_ref().map(|details| format!(" ({details})")).unwrap_or_default();
                if error.will_retry {
                    self.note(&format!("{}{details}", error.error.message));
                }
            }
            Notification::Warning(warning) => self.note(&format!("warning: {}", warning.message)),
            Notification::GuardianWarning(warning) => self.note(&format!("warning: {}", warning.message)),
            Notification::ConfigWarning(warning) => {
                self.note(&format!("warning: {} {}", warning.summary, warning.details.as_deref().unwrap_or_default()));
            }
            Notification::TurnCompleted(completed) if completed.turn.id == turn_id => {
                self.end_line();
                self.begun = None;
                self.end_turn(&completed.turn);
                return Some(completed.turn.status);
            }
            _ => {}
        }
        None
    }

    fn item_started(&mut self, item: &ThreadItemKind) {
        match item {
            ThreadItemKind::CommandExecution { id, command, .. } => self.command(id, command),
            ThreadItemKind::FileChange { id, changes, .. } => self.patch(id, changes),
            ThreadItemKind::AgentMessage { id, .. } | ThreadItemKind::Reasoning { id, .. } => {
                if let Some(begun) = &mut self.begun {
                    begun.insert(id.clone());
                }
            }
            _ => {}
        }
    }

    fn item_completed(&mut self, item: &ThreadItemKind) {
        match item {
            ThreadItemKind::AgentMessage { .. }
            | ThreadItemKind::UserMessage { .. }
            | ThreadItemKind::Reasoning { .. } => self.told.fresh(),
            ThreadItemKind::CommandExecution {
                id, command, status, aggregated_output, exit_code, duration_ms, ..
            } => {
                // One that is refused at once may never have been started.
                self.command(id, command);
                self.rest_of_output(id, aggregated_output.as_deref().unwrap_or_default());
                let outcome = words::command_outcome(*status, *exit_code, *duration_ms);
                match self.speaker.as_deref() == Some(id) {
                    true => self.line(Style::Faint, &format!("[{outcome}]")),
                    false => self.line(Style::Faint, &format!("[{}: {outcome}]", self.name_of(id))),
                }
                self.commands.retain(|running| running.id != *id);
            }
            ThreadItemKind::FileChange { id, changes, status } => {
                self.patch(id, changes);
                self.patches.remove(id);
                let outcome = words::patch_outcome(changes.len(), *status);
                self.line(Style::Faint, &format!("[{outcome}]"));
            }
            ThreadItemKind::Plan { text, .. } => {
                self.say(text);
                self.end_line();
            }
            ThreadItemKind::WebSearch { query, action, .. } => {
                self.line(Style::Faint, &format!("[web: {}]", visible(&words::search(query, action.as_ref()))));
            }
            ThreadItemKind::ImageView { path, .. } => {
                self.line(Style::Faint, &format!("[looks at {}]", visible(path.as_str())));
            }
            ThreadItemKind::McpToolCall { server, tool, status, duration_ms, .. } => {
                let outcome = words::mcp_outcome(*status, *duration_ms);
                self.line(Style::Faint, &visible(&format!("[{server}.{tool}: {outcome}]")));
            }
            other => self.line(Style::Faint, &format!("[{}]", words::item_name(other))),
        }
    }

    /// Shows a command unless it was shown.
    fn command(&mut self, id: &str, line: &str) {
        if self.commands.iter().any(|running| running.id == id) {
            return;
        }
        let script = script_of(line);
        self.line(Style::Strong, &format!("$ {}", visible(&script).trim_end().replace('\n', "\n  ")));
        self.commands.push(Running {
            id: id.to_owned(),
            script,
            streamed: Streamed::default(),
            printed: Printed::default(),
        });
        self.speaker = Some(id.to_owned());
    }

    fn output(&mut self, id: &str, text: &str) {
        let Some(index) = self.commands.iter().position(|running| running.id == id) else { return };
        self.commands[index].streamed.push(text);
        self.print(index, text);
    }

    /// Shows what of a command's whole output has not been shown.
    fn rest_of_output(&mut self, id: &str, whole: &str) {
        let Some(index) = self.commands.iter().position(|running| running.id == id) else { return };
        let (before, after) = self.commands[index].streamed.missing(whole);
        if !before.is_empty() {
            self.turn_to(id, " before that");
            self.print(index, before);
            self.turn_to(id, " after that");
        }
        self.print(index, after);
    }

    fn print(&mut self, index: usize, text: &str) {
        let id = &self.commands[index].id;
        if !self.on || text.is_empty() {
            return;
        }
        if self.speaker.as_ref() != Some(id) {
            let id = id.clone();
            self.turn_to(&id, "");
        }
        self.make_room();
        let open = self.told.is_open();
        let piece = self.commands[index].printed.piece(text, open);
        self.told.write(&piece);
    }

    /// Says whose output follows.
    fn turn_to(&mut self, id: &str, when: &str) {
        let name = self.name_of(id);
        self.line(Style::Faint, &format!("[{name}{when}:]"));
        self.speaker = Some(id.to_owned());
    }

    /// A command in a few words.
    fn name_of(&self, id: &str) -> String {
        const LONGEST: usize = 40;
        let script = self.commands.iter().find(|running| running.id == id).map(|running| running.script.as_str());
        let line = visible(script.unwrap_or("a command").lines().next().unwrap_or_default());
        match line.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("$ {}...", &line[..cut]),
            None => format!("$ {line}"),
        }
    }

    /// The model has written to a command, or waits for it.
    fn typed(&mut self, id: &str, text: &str) {
        let name = self.name_of(id);
        let line =
            if text.is_empty() { format!("[waits for {name}]") } else { format!("[types {text:?} into {name}]") };
        self.line(Style::Faint, &line);
    }

    /// Shows the changes of a patch unless these were shown.
    fn patch(&mut self, id: &str, changes: &[FileUpdateChange]) {
        if self.patches.get(id).is_some_and(|shown| shown == changes) {
            return;
        }
        for (style, line) in
            changes.iter().flat_map(|change| changes::diff_of(change, &self.folder)).collect::<Vec<_>>()
        {
            self.line(style, &line);
        }
        self.patches.insert(id.to_owned(), changes.to_vec());
    }

    fn plan(&mut self, plan: &TurnPlanUpdatedNotification) {
        let why = plan.explanation.as_deref().map(|why| format!(" ({})", visible(why))).unwrap_or_default();
        self.line(Style::Strong, &format!("plan{why}"));
        for step in &plan.plan {
            let (mark, style) = match step.status {
                TurnPlanStepStatus::Completed => ("x", Style::Faint),
                TurnPlanStepStatus::InProgress => (">", Style::Strong),
                TurnPlanStepStatus::Pending => (" ", Style::Plain),
            };
            self.line(style, &format!("  [{mark}] {}", visible(&step.step)));
        }
    }

    fn end_turn(&mut self, turn: &Turn) {
        let elapsed = format_elapsed(self.began.elapsed());
        for name in self.commands.iter().map(|running| self.name_of(&running.id)).collect::<Vec<_>>() {
            self.line(Style::Faint, &format!("[still running: {name}]"));
        }
        let tokens = self.usage.as_ref().map_or_else(String::new, |usage| {
            format!(", {} tokens in, {} out", usage.last.input_tokens, usage.last.output_tokens)
        });
        match turn.status {
            TurnStatus::Failed => {
                let message = turn.error.as_ref().map_or("no reason was given", |error| error.message.as_str());
                self.report(&format!("the turn failed after {elapsed}: {message}"));
            }
            TurnStatus::Interrupted => self.report(&format!("the turn was interrupted after {elapsed}")),
            TurnStatus::Completed | TurnStatus::InProgress => self.note(&format!("done in {elapsed}{tokens}")),
        }
    }

    /// Puts a question to the person: what it is about.
    pub(super) fn question(&mut self, text: &str) {
        self.line(Style::Strong, text);
    }

    /// The line that the person answers in.
    pub(super) fn ask(&mut self, prompt: &str) {
        self.make_room();
        self.told.fresh();
        self.told.write(prompt);
        self.asking = true;
    }

    /// Whether the line that the person answers in came last.
    pub(super) fn is_asking(&self) -> bool {
        self.asking
    }

    /// The person has ended the line, or somebody else has answered.
    pub(super) fn answered(&mut self, seen: bool) {
        match seen {
            // The terminal has shown the end of the line itself.
            true => self.told.line_ended(),
            false => self.told.fresh(),
        }
    }

    /// Tells the person something, also while the wire is printed.
    pub(super) fn report(&mut self, text: &str) {
        self.make_room();
        self.speaker = None;
        self.told.line(Style::Plain, &visible(text));
    }

    fn say(&mut self, text: &str) {
        if self.on {
            self.told.fresh();
            (self.speaker, self.asking) = (None, false);
            match self.said.is_terminal() {
                true => self.said.write(&visible(text)),
                false => self.said.write(text),
            }
        }
    }

    fn think(&mut self, text: &str) {
        if self.on {
            self.make_room();
            self.speaker = None;
            self.told.write(&visible(text));
        }
    }

    fn end_line(&mut self) {
        if self.on {
            self.said.fresh();
        }
    }

    /// Two streams on one terminal: a line of the one ends before the other goes on.
    fn make_room(&mut self) {
        self.asking = false;
        if self.said.is_terminal() {
            self.said.fresh();
        }
    }

    fn note(&mut self, text: &str) {
        if self.on {
            self.report(text);
        }
    }

    fn line(&mut self, style: Style, text: &str) {
        if self.on {
            self.make_room();
            self.speaker = None;
            self.told.line(style, text);
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
