//! The items of a running turn that have begun and not ended, with what they have said so far.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ThreadItem, ThreadItemKind};
use codex_exec::KeptOutput;

/// The begun items of one turn, in their order.
#[derive(Debug, Default)]
pub(crate) struct Begun {
    /// Empty while no turn runs.
    turn_id: String,
    items: Vec<BegunItem>,
}

#[derive(Debug)]
struct BegunItem {
    item: ThreadItem,
    /// What a command has printed, as much of it as its end will show.
    output: KeptOutput,
}

impl Begun {
    pub(crate) fn of_turn(turn_id: &str) -> Self {
        Self { turn_id: turn_id.to_owned(), items: Vec::new() }
    }

    /// The items with what they have said so far.
    pub(crate) fn items(&self) -> impl Iterator<Item = ThreadItem> {
        self.items.iter().map(|begun| {
            let mut item = begun.item.clone();
            if let ThreadItemKind::CommandExecution { aggregated_output, .. } = &mut item.kind {
                *aggregated_output = Some(begun.output.text()).filter(|output| !output.is_empty());
            }
            item
        })
    }

    /// Takes in what is told: that an item begins, or what it says.
    pub(crate) fn note(&mut self, told: &ServerNotification) {
        match told {
            ServerNotification::ItemStarted(started) if started.turn_id == self.turn_id => {
                self.items.push(BegunItem { item: started.item.clone(), output: KeptOutput::default() });
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
            ServerNotification::ItemCommandExecutionOutputDelta(delta) => {
                if let Some(begun) = self.find(&delta.item_id) {
                    begun.output.push(delta.delta.as_bytes());
                }
            }
            _ => {}
        }
    }

    /// An item has ended.
    pub(crate) fn ended(&mut self, item_id: &str) {
        self.items.retain(|begun| begun.item.kind.id() != item_id);
    }

    fn find(&mut self, item_id: &str) -> Option<&mut BegunItem> {
        self.items.iter_mut().rev().find(|begun| begun.item.kind.id() == item_id)
    }

    fn kind(&mut self, item_id: &str) -> Option<&mut ThreadItemKind> {
        self.find(item_id).map(|begun| &mut begun.item.kind)
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
