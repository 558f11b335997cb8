//! Rules about turns: each ends once, and its end is its last word.

use std::collections::{BTreeSet, HashMap, HashSet};

use codex_app_server_protocol::RequestId;
use serde_json::Value;

use super::{Context, Rule, Said, TurnKey, text};

/// [`Rule::TurnTerminates`] and [`Rule::TerminalLast`].
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Turns that began here and have not ended, by thread.
    running: HashMap<String, BTreeSet<String>>,
    ended: HashSet<TurnKey>,
    /// Turns that are a part of another one and end with it: those of a review.
    roots: HashMap<TurnKey, String>,
    /// Commands that began and have not ended, by item: their process may outlive its turn.
    commands: HashSet<String>,
    /// Threads that were resumed since a turn of theirs ended: the last usage is told again.
    resumed: HashSet<String>,
    /// Requests to resume that are not answered yet, and their thread.
    resuming: HashMap<RequestId, String>,
    /// Requests to unsubscribe that are not answered yet, and their thread.
    leaving: HashMap<RequestId, String>,
}

impl Turns {
    pub(super) fn see(&mut self, context: &mut Context<'_>, said: &Said<'_>) {
        match said {
            Said::Asked { id, method, params } => match method.as_str() {
                "thread/unsubscribe" => {
                    self.leaving.insert(id.clone(), text(params, "threadId").to_owned());
                }
                "thread/resume" | "ext/thread/replay" => {
                    self.resumed.insert(text(params, "threadId").to_owned());
                    self.resuming.insert(id.clone(), text(params, "threadId").to_owned());
                }
                _ => {}
            },
            Said::Answered { id } => {
                if let Some(thread) = self.leaving.remove(id) {
                    self.running.remove(&thread);
                }
                // A turn may have ended between the request and its answer.
                self.resumed.extend(self.resuming.remove(id));
            }
            Said::Told { method, params, .. } => self.told(context, method, params),
            Said::Nonsense(_) | Said::Other => {}
        }
    }

    fn told(&mut self, context: &mut Context<'_>, method: &str, params: &Value) {
        let thread = text(params, "threadId");
        let turn = self.turn_of(thread, params);
        match method {
            "turn/started" => self.started(context, turn),
            "turn/completed" => self.completed(context, turn),
            "thread/closed" => self.all_over(context, thread, "its thread was closed"),
            _ if self.ended.contains(&turn) && !self.may_be_late(method, params) => {
                context.violated(Rule::TerminalLast, format!("{method} after the end of turn {}", turn.1));
            }
            _ => {}
        }
        match (method, text(&params["item"], "type")) {
            ("item/started", "commandExecution") => {
                self.commands.insert(text(&params["item"], "id").to_owned());
            }
            ("item/completed", "commandExecution") => {
                self.commands.remove(text(&params["item"], "id"));
            }
            _ => {}
        }
    }

    /// The turn that a message is about; with an empty id when it is about none.
    fn turn_of(&mut self, thread: &str, params: &Value) -> TurnKey {
        let (turn, root) = match text(params, "turnId") {
            "" => (text(&params["turn"], "id"), text(&params["turn"], "rootTurnId")),
            turn => (turn, ""),
        };
        let key = (thread.to_owned(), turn.to_owned());
        if !root.is_empty() && root != turn {
            self.roots.insert(key.clone(), root.to_owned());
        }
        match self.roots.get(&key) {
            Some(root) => (thread.to_owned(), root.clone()),
            None => key,
        }
    }

    fn started(&mut self, context: &mut Context<'_>, turn: TurnKey) {
        if self.ended.contains(&turn) {
            context.violated(Rule::TerminalLast, format!("turn/started after the end of turn {}", turn.1));
            return;
        }
        let (thread, turn) = turn;
        self.all_over(context, &thread, "the next turn of its thread began");
        // Whoever does not want to know of the end cannot miss it.
        if context.sees("turn/completed") {
            self.running.entry(thread).or_default().insert(turn);
        }
    }

    fn completed(&mut self, context: &mut Context<'_>, turn: TurnKey) {
        if let Some(running) = self.running.get_mut(&turn.0) {
            running.remove(&turn.1);
        }
        self.resumed.remove(&turn.0);
        if self.ended.contains(&turn) {
            context.violated(Rule::TurnTerminates, format!("turn {} ended twice", turn.1));
        }
        self.ended.insert(turn);
    }

    /// By now no turn of the thread may be running.
    fn all_over(&mut self, context: &mut Context<'_>, thread: &str, because: &str) {
        for turn in self.running.remove(thread).unwrap_or_default() {
            context.violated(Rule::TurnTerminates, format!("turn {turn} had not ended when {because}"));
        }
    }

    fn may_be_late(&self, method: &str, params: &Value) -> bool {
        match method {
            "item/completed" => self.commands.contains(text(&params["item"], "id")),
            "item/commandExecution/outputDelta" | "item/commandExecution/terminalInteraction" => {
                self.commands.contains(text(params, "itemId"))
            }
            "thread/tokenUsage/updated" => self.resumed.contains(text(params, "threadId")),
            // What is unread, and requests that were open when the turn ended.
            "thread/readState/changed" | "serverRequest/resolved" => true,
            _ => false,
        }
    }
}
