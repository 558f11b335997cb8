//! The items of a running turn that have begun and not ended, with what they have said so far.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ThreadItem, ThreadItemKind};

/// The begun items of one turn, in their order.
#[derive(Debug, Default)]
pub(crate) struct Begun {
    /// Empty while no turn runs.
    turn_id: String,
    items: Vec<ThreadItem>,
}

impl Begun {
    pub(crate) fn of_turn(turn_id: &str) -> Self {
        Self { turn_id: turn_id.to_owned(), items: Vec::new() }
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = &ThreadItem> {
        self.items.iter()
    }

    /// Takes in what is told: that an item begins, or what it says.
    pub(crate) fn note(&mut self, told: &ServerNotification) {
        match told {
            ServerNotification::ItemStarted(started) if started.turn_id == self.turn_id => {
                self.items.push(started.item.clone());
            }
            ServerNotification::AgentMessageDelta(delta) => {
                if let Some(ThreadItemKind::AgentMessage { text, .. }) = self.kind(&delta.item_id) {
                    text.push_str(&delta.delta);
                }
            }
            ServerNotification::ReasoningSummaryTextDelta(delta) => {
                if let Some(ThreadItemKind::Reasoning { summary, .. }) = self.kind(&delta.item_id) {
                    part(summary, delta.summary_index).push_str(&delta.delta);
                }
            }
            ServerNotification::ReasoningTextDelta(delta) => {
                if let Some(ThreadItemKind::Reasoning { content, .. }) = self.kind(&delta.item_id) {
                    part(content, delta.content_index).push_str(&delta.delta);
                }
            }
            _ => {}
        }
    }

    /// Whether one of them is the work of a tool.
    pub(crate) fn has_tool(&self) -> bool {
        let of_the_model = |kind: &ThreadItemKind| {
            matches!(
                kind,
                ThreadItemKind::AgentMessage { .. } | ThreadItemKind::Reasoning { .. } | ThreadItemKind::Plan { .. }
            )
        };
        self.items.iter().any(|item| !of_the_model(&item.kind))
    }

    /// An item has ended.
    pub(crate) fn ended(&mut self, item_id: &str) {
        self.items.retain(|item| item.kind.id() != item_id);
    }

    fn kind(&mut self, item_id: &str) -> Option<&mut ThreadItemKind> {
        self.items.iter_mut().rev().find(|item| item.kind.id() == item_id).map(|item| &mut item.kind)
    }
}

/// A part of a text in parts; the model counts them from 0, one after the other.
fn part(parts: &mut Vec<String>, index: i64) -> &mut String {
    let index = usize::try_from(index).unwrap_or(0).min(parts.len());
    if index == parts.len() {
        parts.push(String::new());
    }
    &mut parts[index]
}
