//! The history of a thread as the model sees it, and what it has cost.
//!
//! Items are serialized once and only appended. Each push gives the line that keeps the item.

use std::sync::Arc;

use codex_app_server_protocol::v2::{ThreadTokenUsage, TokenUsageBreakdown};
use codex_thread_store::{
    ItemMetadata, McpAttribution, PassthroughMetadata, ResponseItemLine, RetainedMessage, RetainedSource, RolloutItem,
};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::context::{ContextMessage, World};
use crate::env::Env;

/// The history of one thread.
pub(crate) struct Conversation {
    items: Vec<Arc<RawValue>>,
    /// How many of them the model had seen when it was asked last.
    sampled: usize,
    /// Counts user inputs and what answers them.
    input_order: u64,
    /// What the model knows of its surroundings; `None` before it was told anything.
    world: Option<World>,
    usage: Option<(TokenUsageBreakdown, TokenUsageBreakdown)>,
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
    pub(crate) fn new() -> Self {
        Self { items: Vec::new(), sampled: 0, input_order: 0, world: None, usage: None }
    }

    /// The whole history for a request to the model, which has thereby seen it.
    pub(crate) fn sample(&mut self, prefix: &Arc<RawValue>) -> Vec<Arc<RawValue>> {
        self.sampled = self.items.len();
        let mut input = Vec::with_capacity(self.items.len() + 1);
        input.push(Arc::clone(prefix));
        input.extend(self.items.iter().cloned());
        input
    }

    pub(crate) fn world(&self) -> Option<&World> {
        self.world.as_ref()
    }

    pub(crate) fn set_world(&mut self, world: World) {
        self.world = Some(world);
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
        self.items.push(Arc::clone(&item));
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
        self.items.push(Arc::clone(&item));
        Ok(RolloutItem::ResponseItem(ResponseItemLine { item, passthrough: Some(passthrough), metadata }))
    }

    fn metadata(&self) -> ItemMetadata {
        ItemMetadata {
            history_sequence: self.items.len() as u64 + 1,
            sampled_through_sequence: self.sampled as u64,
            ..ItemMetadata::default()
        }
    }

    fn next_input(&mut self) -> u64 {
        self.input_order += 1;
        self.input_order - 1
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
