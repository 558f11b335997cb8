//! A conversation with a real model, kept as a script that replays it.
//!
//! Every answer becomes one answer of the script, in the order in which the requests were made. Texts come back in the
//! same deltas after the same pauses; reasoning comes back whole in its parts.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use super::facts::Facts;
use super::script::{Answer, Call, CustomCall, Ending, Failed, Item, ItemContent, Pace, Script, ScriptUsage};
use crate::error::{ModelError, ModelErrorKind as Kind};
use crate::event::{OutputItem, OutputItemKind, ResponseEvent};
use crate::request::ModelRequest;

/// Collects the answers of the clients it is given to. Clones share what is collected.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    answers: Arc<Mutex<Vec<Answer>>>,
}

/// One answer being recorded; handed in when dropped.
#[derive(Debug)]
pub(crate) struct Take {
    recorder: Recorder,
    index: usize,
    answer: Answer,
    /// Deltas of messages under way: id, texts, pauses.
    open: Vec<(Arc<str>, Vec<String>, Vec<u64>)>,
    last: Instant,
    begun: bool,
}

impl Recorder {
    /// An empty recorder.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was recorded so far, as a script.
    pub fn script(&self) -> Script {
        Script::new(self.lock().clone())
    }

    /// Begins the recording of one answer.
    pub(crate) fn take(&self, request: &ModelRequest) -> Take {
        let asked = Facts::of(request).input;
        let answer = Answer {
            asked: (!asked.is_empty()).then_some(asked),
            literal: true,
            end: Ending::Cut,
            ..Answer::default()
        };
        let mut answers = self.lock();
        answers.push(answer.clone());
        Take {
            recorder: self.clone(),
            index: answers.len() - 1,
            answer,
            open: Vec::new(),
            last: Instant::now(),
            begun: false,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Take {
    pub(crate) fn event(&mut self, event: &ResponseEvent) {
        let now = Instant::now();
        let pause = u64::try_from((now - self.last).as_millis()).unwrap_or(u64::MAX);
        self.last = now;
        if !self.begun {
            self.begun = true;
            self.answer.wait_ms = (pause > 0).then_some(pause);
        }
        match event {
            ResponseEvent::OutputTextDelta { item_id, delta } => {
                match self.open.iter_mut().find(|(id, ..)| id == item_id) {
                    Some((_, deltas, pauses)) => {
                        deltas.push(delta.clone());
                        pauses.push(pause);
                    }
                    None => self.open.push((Arc::clone(item_id), vec![delta.clone()], vec![pause])),
                }
            }
            ResponseEvent::OutputItemDone(item) => {
                let item = self.item(item);
                self.answer.items.push(item);
            }
            ResponseEvent::ServerModel(model) => self.answer.model = Some(model.clone()),
            ResponseEvent::Completed { response_id, usage, end_turn } => {
                self.answer.end = Ending::Complete;
                self.answer.response_id = Some(response_id.clone());
                self.answer.end_turn = *end_turn;
                self.answer.usage = Some(match usage {
                    None => ScriptUsage { none: true, ..ScriptUsage::default() },
                    Some(usage) => ScriptUsage {
                        input: Some(usage.input_tokens),
                        cached: Some(usage.cached_input_tokens),
                        cache_write: Some(usage.cache_write_input_tokens),
                        output: Some(usage.output_tokens),
                        reasoning: Some(usage.reasoning_output_tokens),
                        total: Some(usage.total_tokens),
                        none: false,
                    },
                });
            }
            _ => {}
        }
    }

    pub(crate) fn failed(&mut self, error: &ModelError) {
        let code = match error.kind {
            Kind::ContextWindowExceeded => Some("context_length_exceeded"),
            Kind::UsageLimitExceeded => Some("insufficient_quota"),
            Kind::RateLimitExceeded => Some("rate_limit_exceeded"),
            Kind::ServerOverloaded => Some("server_is_overloaded"),
            Kind::PolicyCapacityUnavailable => Some("policy_capacity_unavailable"),
            Kind::CyberPolicy => Some("cyber_policy"),
            Kind::MisalignmentPolicyViolation => Some("misalignment_policy_violation"),
            Kind::ModelNotFound => Some("model_not_found"),
            _ if error.is_retryable() => None,
            _ => Some("invalid_prompt"),
        };
        let message = ["stream disconnected before completion: ", "rate limit exceeded: "]
            .into_iter()
            .find_map(|prefix| error.message.strip_prefix(prefix))
            .unwrap_or(&error.message);
        self.answer.end = Ending::Fail(Failed { code: code.map(str::to_owned), message: Some(message.to_owned()) });
    }

    fn item(&mut self, item: &OutputItem) -> Item {
        let (id, content) = match item.kind.clone() {
            OutputItemKind::Message { id, text, phase, .. } => {
                let (deltas, mut delays_ms) = match self.open.iter().position(|(open, ..)| **open == *id) {
                    Some(index) => {
                        let (_, deltas, pauses) = self.open.swap_remove(index);
                        (deltas, pauses)
                    }
                    None => (Vec::new(), Vec::new()),
                };
                if delays_ms.iter().all(|pause| *pause == 0) {
                    delays_ms.clear();
                }
                let text = (deltas.concat() != text).then_some(text);
                // An empty message has neither text nor deltas, and would be no item.
                let text = if deltas.is_empty() { text.or(Some(String::new())) } else { text };
                (Some(id), ItemContent::Message { text, phase, deltas, delays_ms, repeat: 1 })
            }
            OutputItemKind::Reasoning { id, summary, content, encrypted_content } => {
                (Some(id), ItemContent::Reasoning { summary, content, encrypted: encrypted_content })
            }
            OutputItemKind::FunctionCall { id, call_id, name, namespace, arguments } => {
                let arguments = serde_json::Value::String(arguments);
                (id, ItemContent::Call(Call { name, namespace, call_id: Some(call_id), arguments }))
            }
            OutputItemKind::CustomToolCall { id, call_id, name, input } => {
                (id, ItemContent::Custom(CustomCall { name, call_id: Some(call_id), input }))
            }
            _ => (None, ItemContent::Raw(serde_json::from_str(item.raw.get()).unwrap_or_default())),
        };
        Item { content, id, pace: Pace::default() }
    }
}

impl Drop for Take {
    fn drop(&mut self) {
        // A message that was never completed is part of what was seen.
        for (id, deltas, delays_ms) in std::mem::take(&mut self.open) {
            let content = ItemContent::Message { text: None, phase: None, deltas, delays_ms, repeat: 1 };
            self.answer.items.push(Item { content, id: Some(id.to_string()), pace: Pace::default() });
        }
        if let Some(slot) = self.recorder.lock().get_mut(self.index) {
            *slot = std::mem::take(&mut self.answer);
        }
    }
}
