//! Rules about turns: each ends once, and its end is its last word.

use std::collections::{BTreeSet, HashMap, HashSet};

use codex_app_server_protocol::RequestId;

use super::{Context, Rule, Said, text};

/// [`Rule::TurnTerminates`] and [`Rule::TerminalLast`].
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Turns that began here and have not ended, by thread.
    running: HashMap<String, BTreeSet<String>>,
    ended: HashSet<String>,
    /// Commands that began and have not ended, by item: their process may outlive its turn.
    commands: HashSet<String>,
    /// Threads that were resumed since a turn of theirs ended: the last usage is told again.
    resumed: HashSet<String>,
    /// Requests to unsubscribe that are not answered yet, and their thread.
    leaving: HashMap<RequestId, String>,
}

impl Turns {
    pub(super) fn see(&mut self, context: &mut Context, said: &Said<'_>) {
        match said {
            Said::Asked { id, method, params } => match method.as_str() {
                "thread/unsubscribe" => {
                    self.leaving.insert(id.clone(), text(params, "threadId").to_owned());
                }
                "thread/resume" => {
                    self.resumed.insert(text(params, "threadId").to_owned());
                }
                _ => {}
            },
            Said::Answered { id } => {
                if let Some(thread) = self.leaving.remove(id) {
                    self.running.remove(&thread);
                }
            }
            Said::Told { method, params, .. } => {
                let thread = text(params, "threadId");
                let turn = match text(params, "turnId") {
                    "" => text(&params["turn"], "id"),
                    turn => turn,
                };
                match method.as_str() {
                    "turn/started" => self.started(context, thread, turn),
                    "turn/completed" => self.completed(context, thread, turn),
                    "thread/closed" => self.all_over(context, thread, "its thread was closed"),
                    _ if self.ended.contains(turn) && !self.may_be_late(method, params) => {
                        context.violated(Rule::TerminalLast, format!("{method} after the end of turn {turn}"));
                    }
                    _ => {}
                }
                match (method.as_str(), text(&params["item"], "type")) {
                    ("item/started", "commandExecution") => {
                        self.commands.insert(text(&params["item"], "id").to_owned());
                    }
                    ("item/completed", "commandExecution") => {
                        self.commands.remove(text(&params["item"], "id"));
                    }
                    _ => {}
                }
            }
            Said::Nonsense(_) | Said::Other => {}
        }
    }

    fn started(&mut self, context: &mut Context, thread: &str, turn: &str) {
        if self.ended.contains(turn) {
            context.violated(Rule::TerminalLast, format!("turn/started after the end of turn {turn}"));
            return;
        }
        self.all_over(context, thread, "the next turn of its thread began");
        // Whoever does not want to know of the end cannot miss it.
        if context.sees("turn/completed") {
            self.running.entry(thread.to_owned()).or_default().insert(turn.to_owned());
        }
    }

    fn completed(&mut self, context: &mut Context, thread: &str, turn: &str) {
        if !self.ended.insert(turn.to_owned()) {
            context.violated(Rule::TurnTerminates, format!("turn {turn} ended twice"));
        }
        if let Some(running) = self.running.get_mut(thread) {
            running.remove(turn);
        }
        self.resumed.remove(thread);
    }

    /// By now no turn of the thread may be running.
    fn all_over(&mut self, context: &mut Context, thread: &str, because: &str) {
        for turn in self.running.remove(thread).unwrap_or_default() {
            context.violated(Rule::TurnTerminates, format!("turn {turn} had not ended when {because}"));
        }
    }

    fn may_be_late(&self, method: &str, params: &serde_json::Value) -> bool {
        match method {
            "item/completed" => self.commands.contains(text(&params["item"], "id")),
            "item/commandExecution/outputDelta" | "item/commandExecution/terminalInteraction" => {
                self.commands.contains(text(params, "itemId"))
            }
            "thread/tokenUsage/updated" => self.resumed.contains(text(params, "threadId")),
            "thread/readState/changed" => true,
            _ => false,
        }
    }
}
