//! A conversation on the terminal: what the agent says on stdout, everything about it on stderr.

use std::io::Write;
use std::time::Instant;

use codex_app_server_client::Notice;
use codex_app_server_protocol::ServerNotification as Notification;
use codex_app_server_protocol::v2::{ThreadItemKind, ThreadTokenUsage, Turn, TurnStatus};
use codex_utils_elapsed::format_elapsed;
use codex_utils_sandbox_summary::ConfigSummary;

use super::report;

/// Shows the turns of one thread.
pub(super) struct Screen {
    /// Off while the wire itself is printed.
    on: bool,
    began: Instant,
    usage: Option<ThreadTokenUsage>,
    /// Whether the last line of stdout is unfinished.
    line_open: bool,
    thinking: bool,
}

impl Screen {
    /// Begins with what the thread runs on and what it may do.
    pub(super) fn new(on: bool, summary: &ConfigSummary<'_>) -> Self {
        let screen = Self { on, began: Instant::now(), usage: None, line_open: false, thinking: false };
        for (name, value) in summary.entries() {
            screen.note(&format!("{name}: {value}"));
        }
        screen
    }

    /// The user speaks: a turn begins.
    pub(super) fn prompt(&mut self, prompt: &str) {
        self.began = Instant::now();
        self.note(&format!("> {prompt}"));
    }

    /// Shows one notification; the turn's status when it was the turn's last.
    pub(super) fn show(&mut self, turn_id: &str, notice: &Notice) -> Option<TurnStatus> {
        match notice.body()? {
            Notification::AgentMessageDelta(delta) => {
                self.end_thinking();
                self.say(&delta.delta);
            }
            Notification::ReasoningSummaryPartAdded(_) => self.end_thinking(),
            Notification::ReasoningSummaryTextDelta(delta) => self.think(&delta.delta),
            Notification::ReasoningTextDelta(delta) => self.think(&delta.delta),
            Notification::ItemCompleted(completed) => {
                self.end_thinking();
                self.end_line();
                match &completed.item.kind {
                    ThreadItemKind::AgentMessage { .. }
                    | ThreadItemKind::UserMessage { .. }
                    | ThreadItemKind::Reasoning { .. } => {}
                    other => self.note(&format!("[{}]", item_name(other))),
                }
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
            Notification::ConfigWarning(warning) => {
                self.note(&format!("warning: {} {}", warning.summary, warning.details.as_deref().unwrap_or_default()));
            }
            Notification::TurnCompleted(completed) if completed.turn.id == turn_id => {
                self.end_line();
                self.end_turn(&completed.turn);
                return Some(completed.turn.status);
            }
            _ => {}
        }
        None
    }

    fn end_turn(&self, turn: &Turn) {
        let elapsed = format_elapsed(self.began.elapsed());
        let tokens = self.usage.as_ref().map_or_else(String::new, |usage| {
            format!(", {} tokens in, {} out", usage.last.input_tokens, usage.last.output_tokens)
        });
        match turn.status {
            TurnStatus::Failed => {
                let message = turn.error.as_ref().map_or("no reason was given", |error| error.message.as_str());
                report(&format!("the turn failed after {elapsed}: {message}"));
            }
            TurnStatus::Interrupted => report(&format!("the turn was interrupted after {elapsed}")),
            TurnStatus::Completed | TurnStatus::InProgress => self.note(&format!("done in {elapsed}{tokens}")),
        }
    }

    fn say(&mut self, text: &str) {
        if self.on {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            self.line_open = !text.ends_with('\n');
        }
    }

    fn think(&mut self, text: &str) {
        if self.on {
            let _ = write!(std::io::stderr(), "{text}");
            self.thinking = true;
        }
    }

    fn end_thinking(&mut self) {
        if std::mem::take(&mut self.thinking) {
            let _ = writeln!(std::io::stderr());
        }
    }

    fn end_line(&mut self) {
        if std::mem::take(&mut self.line_open) {
            self.say("\n");
        }
    }

    fn note(&self, text: &str) {
        if self.on {
            report(text);
        }
    }
}

/// The wire's own word for an item.
fn item_name(kind: &ThreadItemKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.get("type").and_then(|name| name.as_str()).unwrap_or("item").to_owned()
}
