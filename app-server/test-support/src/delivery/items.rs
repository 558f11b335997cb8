//! Rules about items: begun, told about, ended, in this order; and the deltas of a text make up the text.

use std::collections::{HashMap, HashSet};

use codex_app_server_protocol::RequestId;
use serde_json::Value;

use super::{Context, KnownFault, Rule, Said, TurnKey, text};

/// [`Rule::ItemsInOrder`] and [`Rule::DeltasAddUp`].
///
/// Both look only at turns whose beginning was seen: who joins later has missed the beginning of items.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// Turns whose beginning was seen.
    turns: HashSet<TurnKey>,
    /// Items that have begun and not ended. A model may use an id again once its item has ended, or when its stream broke.
    open: HashMap<ItemKey, Texts>,
    ended: HashSet<ItemKey>,
    leaving: HashMap<RequestId, String>,
}

/// An item of a turn, by its id.
type ItemKey = (TurnKey, String);

/// What the deltas of an item have said so far, by method and part.
type Texts = HashMap<(String, u64), String>;

impl Items {
    pub(super) fn see(&mut self, context: &mut Context<'_>, said: &Said<'_>) {
        match said {
            Said::Asked { id, method, params } if method == "thread/unsubscribe" => {
                self.leaving.insert(id.clone(), text(params, "threadId").to_owned());
            }
            Said::Answered { id } => {
                if let Some(left) = self.leaving.remove(id) {
                    self.turns.retain(|(thread, _)| *thread != left);
                }
            }
            Said::Told { method, params, is_request: false } => self.told(context, method, params),
            _ => {}
        }
    }

    fn told(&mut self, context: &mut Context<'_>, method: &str, params: &Value) {
        let thread = text(params, "threadId");
        if method == "turn/started" && context.sees("item/started") {
            // Items of a review carry the id of its root turn.
            for id in ["id", "rootTurnId"] {
                self.turns.insert((thread.to_owned(), text(&params["turn"], id).to_owned()));
            }
            return;
        }
        let turn = (thread.to_owned(), text(params, "turnId").to_owned());
        if !self.turns.contains(&turn) {
            return;
        }
        let item = &params["item"];
        match method {
            "item/started" => {
                let key = (turn, text(item, "id").to_owned());
                self.ended.remove(&key);
                self.open.insert(key, Texts::new());
            }
            "item/completed" => {
                let key = (turn, text(item, "id").to_owned());
                let complaint = match self.open.remove(&key) {
                    Some(texts) => {
                        add_up(context, item, &texts);
                        None
                    }
                    None if self.ended.contains(&key) => Some("ended twice"),
                    None => Some("ended without a beginning"),
                };
                if let Some(complaint) = complaint {
                    context.violated(Rule::ItemsInOrder, format!("item {} {complaint}", key.1));
                }
                self.ended.insert(key);
            }
            _ if is_about_an_open_item(method) => {
                let key = (turn, text(params, "itemId").to_owned());
                match self.open.get_mut(&key) {
                    Some(texts) => {
                        let index = params.get("summaryIndex").or(params.get("contentIndex")).and_then(Value::as_u64);
                        texts
                            .entry((method.to_owned(), index.unwrap_or(0)))
                            .or_default()
                            .push_str(text(params, "delta"));
                    }
                    None => {
                        let when = if self.ended.contains(&key) { "after its end" } else { "before its beginning" };
                        context.violated(Rule::ItemsInOrder, format!("{method} of item {} {when}", key.1));
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_about_an_open_item(method: &str) -> bool {
    matches!(
        method,
        "item/agentMessage/delta"
            | "item/plan/delta"
            | "item/reasoning/summaryPartAdded"
            | "item/reasoning/summaryTextDelta"
            | "item/reasoning/textDelta"
            | "item/commandExecution/outputDelta"
            | "item/commandExecution/terminalInteraction"
            | "item/fileChange/outputDelta"
            | "item/mcpToolCall/progress"
    )
}

/// Compares what the deltas said with the completed item, part by part. Parts without deltas may have any text, and output
/// of commands may come at the end only.
fn add_up(context: &mut Context<'_>, item: &Value, texts: &Texts) {
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort();
    for ((method, index), streamed) in texts {
        let whole = match method.as_str() {
            "item/agentMessage/delta" | "item/plan/delta" => &item["text"],
            "item/reasoning/summaryTextDelta" => &item["summary"][*index as usize],
            "item/reasoning/textDelta" => &item["content"][*index as usize],
            _ => continue,
        };
        let longer = whole.as_str().is_some_and(|whole| whole.starts_with(streamed.as_str()));
        if whole.as_str() != Some(streamed) && !(longer && context.forgives(KnownFault::TextEndsLonger)) {
            let id = text(item, "id");
            context
                .violated(Rule::DeltasAddUp, format!("{method} of item {id} said {streamed:?}, the item says {whole}"));
        }
    }
}
