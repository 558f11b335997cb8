//! A stored thread on the terminal, as its turns were shown while they ran.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

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

    /// Shows a turn that runs, as far as it is whole; [`Screen::show`] goes on from there. Where `has_begun_items`, those
    /// stand in it too, with what they have said so far.
    pub(in crate::cli) fn rejoin(&mut self, turn: &Turn, has_begun_items: bool) {
        self.began = Instant::now();
        self.begun = Some(HashSet::new());
        for item in &turn.items {
            match has_begun_items && item.completed_at_ms.is_none() {
                true => self.begun_item(&item.kind),
                false => self.replay_item(&item.kind),
            }
        }
    }

    fn begun_item(&mut self, item: &ThreadItemKind) {
        self.item_started(item);
        match item {
            ThreadItemKind::AgentMessage { text, .. } => self.say(text),
            ThreadItemKind::Reasoning { summary, content, .. } => {
                summary.iter().chain(content).for_each(|part| self.think(part));
            }
            _ => {}
        }
    }

    /// Whether the text of a message was shown from its beginning.
    pub(super) fn is_begun(&self, id: &str) -> bool {
        self.begun.as_ref().is_none_or(|begun| begun.contains(id))
    }

    /// Shows the text of a message whose beginning was missed.
    pub(super) fn missed_text(&mut self, item: &ThreadItemKind) {
        if let ThreadItemKind::AgentMessage { id, .. } | ThreadItemKind::Reasoning { id, .. } = item
            && !self.is_begun(id)
        {
            self.replay_item(item);
        }
    }

    fn replay_turn(&mut self, turn: &Turn) {
        turn.items.iter().for_each(|item| self.replay_item(&item.kind));
        self.line(Style::Faint, &format!("[{}]", visible(&words::turn_outcome(turn))));
    }

    fn replay_item(&mut self, item: &ThreadItemKind) {
        match item {
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
}
