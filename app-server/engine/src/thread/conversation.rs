//! The history of a thread as the model sees it, and what it has cost.
//!
//! Items are serialized once and only appended. Each push gives the line that keeps the item.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use codex_app_server_protocol::v2::{ThreadTokenUsage, TokenUsageBreakdown};
use codex_thread_store::{
    Compacted, History, HistoryItem, ItemMetadata, McpAttribution, PassthroughMetadata, ResponseItemLine,
    RetainedMessage, RetainedSource, RolloutItem,
};
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::context::{AgentsMd, ContextMessage, World};
use crate::env::Env;

/// The history of one thread.
pub(crate) struct Conversation {
    items: Vec<HistoryItem>,
    /// The number of the last item, counted over the thread's life.
    sequence: u64,
    /// The number of the last item that the model had seen when it was asked last.
    sampled: u64,
    /// Counts user inputs and what answers them.
    input_order: u64,
    /// What the model was told of its surroundings; `None` before it was told anything.
    told: Option<Value>,
    /// What AGENTS.md files said for the folder that the model was told of last; `None` before this process told it.
    agents_md: Option<(PathBuf, AgentsMd)>,
    usage: Option<(TokenUsageBreakdown, TokenUsageBreakdown)>,
    window: Window,
}

/// What the model has of a thread at once: from its beginning, or from the last compaction on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) id: String,
    /// How often the history was compacted.
    pub(crate) number: u64,
}

/// What an item is to the history.
pub(crate) enum Entry<'a> {
    /// A message of a person: its id, the kinds of its parts, whether text is all there is to it.
    User {
        /// The item's id.
        id: &'a str,
        /// One name a part.
        kinds: Vec<String>,
        /// Whether it holds nothing but text.
        complete: bool,
    },
    /// A message of the model, with its id.
    Assistant(&'a str),
    /// A call of a function.
    FunctionCall,
    /// What a call brought.
    Output,
    /// Anything else of the model.
    Other,
}

impl Conversation {
    /// A history that has not begun.
    pub(crate) fn new(window_id: String) -> Self {
        Self {
            items: Vec::new(),
            sequence: 0,
            sampled: 0,
            input_order: 0,
            told: None,
            agents_md: None,
            usage: None,
            window: Window { id: window_id, number: 0 },
        }
    }

    /// A history that goes on.
    pub(crate) fn resumed(history: &mut History, window_id: String) -> Self {
        let usage = history.stored.last_token_usage.take();
        Self {
            items: std::mem::take(&mut history.items),
            sequence: history.last_sequence,
            sampled: history.sampled_sequence,
            input_order: history.inputs,
            told: history.world.take(),
            agents_md: None,
            usage: usage.map(|usage| (usage.total, usage.last)),
            window: Window { id: window_id, number: history.window_number },
        }
    }

    /// A history that a client gave.
    pub(crate) fn supplied(items: Vec<HistoryItem>, window_id: String) -> Self {
        let sequence = items.len() as u64;
        let input_order = items.iter().filter(|item| item.said).count() as u64;
        Self { items, sequence, input_order, ..Self::new(window_id) }
    }

    /// The whole history for a request to the model, which has thereby seen it.
    pub(crate) fn sample(&mut self, prefix: &Arc<RawValue>) -> Vec<Arc<RawValue>> {
        self.sampled = self.sequence;
        let mut input = Vec::with_capacity(self.items.len() + 1);
        input.push(Arc::clone(prefix));
        input.extend(self.items.iter().map(|item| Arc::clone(&item.item)));
        input
    }

    /// What the model was told of its surroundings.
    pub(crate) fn told(&self) -> Option<&Value> {
        self.told.as_ref()
    }

    /// What AGENTS.md files said for the folder the model was told of last, if this process told it.
    pub(crate) fn agents_md(&self) -> Option<&(PathBuf, AgentsMd)> {
        self.agents_md.as_ref()
    }

    pub(crate) fn tell(&mut self, world: &World) {
        self.told = Some(world.state());
        self.agents_md = Some((world.cwd().to_owned(), world.agents_md().clone()));
    }

    pub(crate) fn window(&self) -> &Window {
        &self.window
    }

    fn add(&mut self, item: Arc<RawValue>, said: bool) {
        self.sequence += 1;
        self.items.push(HistoryItem { item, sequence: self.sequence, said });
    }

    /// Appends an item.
    pub(crate) fn push(&mut self, env: &Env, turn_id: &str, item: Arc<RawValue>, entry: &Entry<'_>) -> RolloutItem {
        let retained = |id: &str, role: &str, complete| RetainedSource {
            id: RetainedMessage { message_id: id.to_owned(), turn_id: turn_id.to_owned(), role: role.to_owned() },
            revision: format!("retained_{}", env.new_id()),
            complete,
        };
        let mut passthrough = PassthroughMetadata {
            turn_id: turn_id.to_owned(),
            create_time: None,
            content_item_kinds: Vec::new(),
            content_item_metadata: Vec::new(),
        };
        let mut metadata = self.metadata();
        match entry {
            Entry::User { id, kinds, complete } => {
                passthrough.create_time = Some(seconds(env));
                passthrough.content_item_metadata = vec![json!({ "provenance": { "type": "user" } }); kinds.len()];
                passthrough.content_item_kinds.clone_from(kinds);
                metadata.retained_source = Some(retained(id, "user", *complete));
                metadata.user_input_order = Some(self.next_input());
                metadata.mcp_attribution = Some(McpAttribution::None);
            }
            Entry::Assistant(id) => {
                passthrough.content_item_kinds = vec!["unknown".to_owned()];
                metadata.retained_source = Some(retained(id, "assistant", true));
                metadata.user_input_order = Some(self.next_input());
            }
            Entry::FunctionCall => metadata.user_input_order = Some(self.next_input()),
            Entry::Output => passthrough.create_time = Some(seconds(env)),
            Entry::Other => {}
        }
        self.add(Arc::clone(&item), matches!(entry, Entry::User { .. }));
        RolloutItem::ResponseItem(ResponseItemLine { item, passthrough: Some(passthrough), metadata })
    }

    /// Appends a message about the surroundings.
    pub(crate) fn push_context(
        &mut self,
        env: &Env,
        turn_id: &str,
        message: ContextMessage,
    ) -> Result<RolloutItem, serde_json::Error> {
        let id = format!("msg_{}", env.new_id());
        let texts: Vec<&str> = message.parts.iter().map(|part| part.text.as_str()).collect();
        let item = text_message(&id, message.role, &texts)?;
        let passthrough = PassthroughMetadata {
            turn_id: turn_id.to_owned(),
            create_time: Some(seconds(env)),
            content_item_kinds: message.parts.iter().map(|part| part.kind.to_owned()).collect(),
            content_item_metadata: message.parts.into_iter().map(|part| part.provenance).collect(),
        };
        let metadata = self.metadata();
        self.add(Arc::clone(&item), false);
        Ok(RolloutItem::ResponseItem(ResponseItemLine { item, passthrough: Some(passthrough), metadata }))
    }

    fn metadata(&self) -> ItemMetadata {
        ItemMetadata {
            history_sequence: self.sequence + 1,
            sampled_through_sequence: self.sampled,
            ..ItemMetadata::default()
        }
    }

    fn next_input(&mut self) -> u64 {
        self.input_order += 1;
        self.input_order - 1
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The history for a request that asks for a summary of it. The `shed` oldest items are left out, and what answers calls
    /// among them.
    pub(crate) fn to_sum_up(&self, prefix: &Arc<RawValue>, shed: usize, ask: Arc<RawValue>) -> Vec<Arc<RawValue>> {
        let kept = self.items.iter().skip(shed).map(|item| &item.item);
        let kept = kept.skip_while(|item| shed > 0 && is_output(item));
        let mut input = vec![Arc::clone(prefix)];
        input.extend(kept.cloned());
        input.push(ask);
        input
    }

    /// Puts a summary in the place of the history: what the user said stays, the newest messages first up to
    /// [`KEPT_TOKENS`]; `context` stands in front of it, or before the last message. Gives what the line keeps.
    pub(crate) fn compact(
        &mut self,
        env: &Env,
        turn_id: &str,
        context: Vec<ContextMessage>,
        summary: &str,
        before_last: bool,
    ) -> Result<Compacted, serde_json::Error> {
        let mut said: Vec<HistoryItem> = Vec::new();
        let mut left = KEPT_TOKENS;
        for item in self.items.iter().rev().filter(|item| item.said) {
            let Some(rest) = left.checked_sub(rough_tokens(item.item.get().len())) else { break };
            left = rest;
            said.insert(0, item.clone());
        }
        let mut next = |item: Arc<RawValue>| {
            self.sequence += 1;
            HistoryItem { item, sequence: self.sequence, said: false }
        };
        let mut told = Vec::new();
        for message in context {
            let texts: Vec<&str> = message.parts.iter().map(|part| part.text.as_str()).collect();
            let item = text_message(&format!("msg_{}", env.new_id()), message.role, &texts)?;
            let kinds = message.parts.iter().map(|part| part.kind.to_owned()).collect();
            told.push((next(item), kinds));
        }
        let summary = text_message(&format!("msg_{}", env.new_id()), "user", &[summary])?;
        let summary = (next(summary), vec!["compaction.summary".to_owned()]);
        let mut kept: Vec<_> = said.into_iter().map(|item| (item, vec!["user.text".to_owned()])).collect();
        let place = if before_last { kept.len().saturating_sub(1) } else { 0 };
        kept.splice(place..place, told);
        kept.push(summary);

        let previous_window_id = std::mem::replace(&mut self.window.id, env.new_id());
        self.window.number += 1;
        let compacted = Compacted {
            message: String::new(),
            replacement_history: kept.iter().map(|(item, kinds)| self.kept_line(turn_id, item, kinds)).collect(),
            window_id: self.window.id.clone(),
            window_number: self.window.number,
            previous_window_id,
            response_id: None,
        };
        self.items = kept.into_iter().map(|(item, _)| item).collect();
        self.told = None;
        Ok(compacted)
    }

    fn kept_line(&self, turn_id: &str, item: &HistoryItem, kinds: &[String]) -> ResponseItemLine {
        ResponseItemLine {
            item: Arc::clone(&item.item),
            passthrough: Some(PassthroughMetadata {
                turn_id: turn_id.to_owned(),
                create_time: None,
                content_item_kinds: kinds.to_vec(),
                content_item_metadata: Vec::new(),
            }),
            metadata: ItemMetadata {
                history_sequence: item.sequence,
                sampled_through_sequence: self.sampled.min(item.sequence),
                ..ItemMetadata::default()
            },
        }
    }

    /// The last response says nothing any more about the length of the history: it is estimated.
    pub(crate) fn estimate(&mut self, prefix: &RawValue) {
        let bytes = self.items.iter().map(|item| item.item.get().len()).chain([prefix.get().len()]);
        let tokens: usize = bytes.map(rough_tokens).sum();
        let total_tokens = i64::try_from(tokens).unwrap_or(i64::MAX);
        if let Some((_, last)) = &mut self.usage {
            *last = TokenUsageBreakdown { total_tokens, ..no_tokens() };
        }
    }

    /// Counts what a response has used.
    pub(crate) fn count(&mut self, usage: TokenUsageBreakdown) {
        let mut total = self.usage.take().map_or_else(no_tokens, |(total, _)| total);
        add(&mut total, &usage);
        self.usage = Some((total, usage));
    }

    /// The model says that its window is full, whatever was counted.
    pub(crate) fn fill(&mut self, window: i64) {
        let full = TokenUsageBreakdown { total_tokens: window, ..no_tokens() };
        self.usage = Some((full.clone(), full));
    }

    /// What was used so far; `None` before any response said so.
    pub(crate) fn usage(&self, window: i64) -> Option<ThreadTokenUsage> {
        let (total, last) = self.usage.clone()?;
        Some(ThreadTokenUsage { total, last, model_context_window: Some(window) })
    }
}

/// The tokens that what the user said may take in a compacted history. The reference's figure.
const KEPT_TOKENS: usize = 20_000;

/// The tokens that a text takes, roughly: one is about four bytes.
fn rough_tokens(bytes: usize) -> usize {
    bytes.div_ceil(4)
}

/// Whether an item answers a call, and so cannot stand without it.
fn is_output(item: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(rename = "type", borrow)]
        kind: Cow<'a, str>,
    }
    serde_json::from_str::<Kind<'_>>(item.get()).is_ok_and(|item| item.kind.ends_with("_output"))
}

pub(crate) fn no_tokens() -> TokenUsageBreakdown {
    TokenUsageBreakdown {
        total_tokens: 0,
        input_tokens: 0,
        cached_input_tokens: 0,
        cache_write_input_tokens: 0,
        output_tokens: 0,
        reasoning_output_tokens: 0,
    }
}

/// Adds what was used; a provider's absurd numbers stay absurd and overflow nothing.
pub(crate) fn add(sum: &mut TokenUsageBreakdown, usage: &TokenUsageBreakdown) {
    let fields = [
        (&mut sum.total_tokens, usage.total_tokens),
        (&mut sum.input_tokens, usage.input_tokens),
        (&mut sum.cached_input_tokens, usage.cached_input_tokens),
        (&mut sum.cache_write_input_tokens, usage.cache_write_input_tokens),
        (&mut sum.output_tokens, usage.output_tokens),
        (&mut sum.reasoning_output_tokens, usage.reasoning_output_tokens),
    ];
    for (sum, more) in fields {
        *sum = sum.saturating_add(more);
    }
}

/// A message of text parts, as it is sent to the model.
pub(crate) fn text_message(id: &str, role: &str, texts: &[&str]) -> Result<Arc<RawValue>, serde_json::Error> {
    let content: Vec<Value> = texts.iter().map(|text| json!({ "type": "input_text", "text": text })).collect();
    item(&json!({ "type": "message", "id": id, "role": role, "content": content }))
}

pub(crate) fn item(value: &Value) -> Result<Arc<RawValue>, serde_json::Error> {
    to_raw_value(value).map(Arc::from)
}

/// An item that the model sent, on one line. `new_id` names one that came without an id.
pub(crate) fn item_of_model(raw: Box<RawValue>, new_id: Option<String>) -> Arc<RawValue> {
    if let Some(id) = new_id
        && let Ok(mut fields) = serde_json::from_str::<serde_json::Map<String, Value>>(raw.get())
    {
        fields.insert("id".to_owned(), id.into());
        if let Ok(named) = to_raw_value(&fields) {
            return Arc::from(named);
        }
    }
    if raw.get().contains(['\n', '\r']) {
        // Line breaks between tokens are JSON but would tear the rollout's line apart.
        let compact = serde_json::from_str::<Value>(raw.get()).and_then(|value| to_raw_value(&value));
        return compact.map_or_else(|_| Arc::from(raw), Arc::from);
    }
    Arc::from(raw)
}

fn seconds(env: &Env) -> f64 {
    env.clock.now().as_microsecond() as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_overflow() {
        let mut sum = TokenUsageBreakdown { total_tokens: i64::MAX, ..no_tokens() };
        add(&mut sum, &TokenUsageBreakdown { total_tokens: 5, input_tokens: 2, ..no_tokens() });
        assert_eq!((sum.total_tokens, sum.input_tokens), (i64::MAX, 2));
    }

    #[test]
    fn items_of_the_model_stay_on_one_line() {
        let raw = RawValue::from_string("{\"a\":\n [1,\r\n 2.50, \"x\\ny\"]}".to_owned()).unwrap();
        assert_eq!(item_of_model(raw, None).get(), r#"{"a":[1,2.50,"x\ny"]}"#.replace("2.50", "2.5"));
        let raw = RawValue::from_string("{ \"a\": 2.50 }".to_owned()).unwrap();
        assert_eq!(item_of_model(raw, None).get(), "{ \"a\": 2.50 }");
        let raw = RawValue::from_string(r#"{"id":null,"a":1}"#.to_owned()).unwrap();
        assert_eq!(item_of_model(raw, Some("fc_1".to_owned())).get(), r#"{"id":"fc_1","a":1}"#);
    }
}
