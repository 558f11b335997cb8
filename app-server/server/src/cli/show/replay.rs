//! A stored thread on the terminal, as its turns were shown while they ran.

use std::path::PathBuf;

use codex_app_server_protocol::v2::{Thread, ThreadItemKind, Turn};

use super::{Screen, Style, visible, words};

impl Screen {
    /// Shows what is told about the thread, then its turns.
    pub(in crate::cli) fn replay(&mut self, facts: &[(&'static str, String)], thread: &Thread) {
        self.folder = PathBuf::from(thread.cwd.as_str());
        for (name, value) in facts {
            self.note(&format!("{name}: {value}"));
        }
        for turn in &thread.turns {
            self.told.line(Style::Plain, "");
            self.replay_turn(turn);
        }
    }

    fn replay_turn(&mut self, turn: &Turn) {
        for item in &turn.items {
            match &item.kind {
                ThreadItemKind::UserMessage { content, .. } => {
                    let message = words::message(content).replace('\n', "\n  ");
                    self.line(Style::Strong, &visible(&format!("> {message}")));
                }
                ThreadItemKind::AgentMessage { text, .. } => {
                    self.say(text);
                    self.end_line();
                }
                ThreadItemKind::Reasoning { summary, content, .. } => {
                    for part in summary.iter().chain(content) {
                        self.line(Style::Faint, &visible(part));
                    }
                }
                other => self.item_completed(other),
            }
        }
        self.line(Style::Faint, &format!("[{}]", visible(&words::turn_outcome(turn))));
    }
}
