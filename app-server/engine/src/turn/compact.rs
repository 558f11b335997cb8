//! Compaction: the model sums the conversation up, and the summary takes the place of what was said.
//!
//! What the user said stays, the newest first, up to a limit; what the model is told of its surroundings is told anew.
//! Until the summary is there the history is as it was.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadItem, ThreadItemKind, ThreadTokenUsageUpdatedNotification, TokenUsageBreakdown,
};
use codex_model_client::{ModelClient, ModelError, ModelErrorKind, OutputItem, OutputItemKind, ResponseEvent};
use codex_thread_store::{Compacted, RolloutItem, TokenCount};
use serde_json::json;
use tokio::time::Instant;

use super::run::{Ask, Ending, Step, Work};
use super::{failure, items};
use crate::context::World;
use crate::thread::conversation::{self, Entry};

/// The part of the oldest history that is left out when even the request for a summary is too long for the model.
const SHED: usize = 10;

/// What the model is asked for, unless `compact_prompt` says it.
const PROMPT: &str = "Sum this conversation up for the one who goes on with the work and sees nothing but your summary and the \
user's messages. Say what the user wants and what was agreed, what is done and how it can be seen, which files, commands, \
names and figures matter, what was tried and did not work, what is open and what comes next. Be exact and short; add \
nothing that did not happen.";

/// What the summary stands behind.
const SUMMARY_PREFIX: &str = "The conversation before this message was summed up to save room. What follows is the summary; the \
messages of the user above are verbatim. Go on from there:";

/// When the history is compacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compaction {
    /// A client asked for it.
    Manual,
    /// Before what the user says is taken up.
    PreTurn,
    /// Between two answers of the model.
    MidTurn,
}

impl Compaction {
    /// How providers are told of it.
    pub(super) fn metadata(self) -> serde_json::Value {
        let (trigger, reason, phase) = match self {
            Self::Manual => ("manual", "user_requested", "standalone_turn"),
            Self::PreTurn => ("auto", "context_limit", "pre_turn"),
            Self::MidTurn => ("auto", "context_limit", "mid_turn"),
        };
        json!({
            "trigger": trigger,
            "reason": reason,
            "implementation": "responses",
            "phase": phase,
            "strategy": "memento",
        })
    }
}

/// A summary, and what it has cost.
struct Summary {
    text: String,
    response_id: String,
    usage: Option<TokenUsageBreakdown>,
}

impl Work {
    /// Whether the history is as long as it may become before it is compacted.
    pub(super) fn is_full(&self) -> bool {
        let model = &self.turn.model;
        let limit = self.thread.config().model_auto_compact_token_limit.unwrap_or(model.full_window / 10 * 9);
        let used = self.thread.conversation().usage(model.window).map(|usage| usage.last.total_tokens);
        used.is_some_and(|used| used >= limit)
    }

    /// Compacts the history, as an item of the turn.
    pub(super) async fn compact(&mut self, client: &ModelClient, compaction: Compaction) -> Result<(), Ending> {
        let (thread, turn) = (Arc::clone(&self.thread), Arc::clone(&self.turn));
        let started_at_ms = Some(thread.env.now_ms());
        let kind = ThreadItemKind::ContextCompaction { id: thread.env.new_id() };
        let begun = ThreadItem { kind, started_at_ms, completed_at_ms: None };
        thread.sink.item_started(&turn.id, begun.clone());
        self.step(client, Ask::Summarize(compaction)).await?;
        let whole = ThreadItem { completed_at_ms: Some(thread.env.now_ms()), ..begun };
        thread.log.write(vec![RolloutItem::item_completed(&*turn.id, &whole)]).await?;
        thread.sink.item_completed(&turn.id, whole);
        Ok(())
    }

    /// Asks for a summary once, and takes it up.
    pub(super) async fn summarize(
        &mut self,
        client: &ModelClient,
        compaction: Compaction,
        last: Option<&ModelError>,
    ) -> Result<Result<Step, ModelError>, Ending> {
        let mut shed = 0;
        loop {
            match self.ask_for_summary(client, compaction, shed, last).await? {
                Ok(summary) if summary.text.trim().is_empty() => {
                    return Err(failure::other("the model gave no summary; the history stays as it was").into());
                }
                Ok(summary) => {
                    self.take_summary(summary, compaction).await?;
                    return Ok(Ok(Step::Done));
                }
                Err(error) if error.kind == ModelErrorKind::ContextWindowExceeded => {
                    let length = self.thread.conversation().len();
                    if shed >= length {
                        return Ok(Err(error));
                    }
                    shed = (shed + length.div_ceil(SHED)).min(length);
                    tracing::debug!(thread = %self.thread.id, shed, "the oldest history is left out of the summary");
                }
                Err(error) => return Ok(Err(error)),
            }
        }
    }

    async fn ask_for_summary(
        &mut self,
        client: &ModelClient,
        compaction: Compaction,
        shed: usize,
        last: Option<&ModelError>,
    ) -> Result<Result<Summary, ModelError>, Ending> {
        let configured = self.thread.config().compact_prompt.clone();
        let id = format!("msg_{}", self.thread.env.new_id());
        let ask = conversation::text_message(&id, "user", &[configured.as_deref().unwrap_or(PROMPT)])?;
        let request = self.summary_request(compaction, shed, ask);
        let mut stream = match self.wait_through(client.stream(&request), last).await? {
            Ok(stream) => stream,
            Err(error) => return Ok(Err(error)),
        };
        self.heard = Instant::now();
        self.thread.sink.model_reached();
        if let Some(line) = self.tell_usage(false) {
            self.thread.log.add(vec![line]);
        }
        let mut summary = Summary { text: String::new(), response_id: String::new(), usage: None };
        let mut limits = Vec::new();
        let mut said = Vec::new();
        loop {
            let event = match self.wait_through(stream.next(), None).await? {
                Some(Ok(event)) => event,
                Some(Err(error)) => return Ok(Err(error)),
                None => break,
            };
            self.heard = Instant::now();
            match event {
                ResponseEvent::OutputItemDone(item) => said.push(item),
                ResponseEvent::RateLimits(more) => limits.push(more),
                ResponseEvent::Completed { response_id, usage, .. } => {
                    summary.response_id = response_id;
                    summary.usage = usage.map(items::usage);
                    break;
                }
                _ => {}
            }
        }
        let lines = self.keep_said(said, &mut summary)?;
        self.thread.log.add(lines);
        self.count_summary(&summary);
        self.tell_limits(&limits);
        Ok(Ok(summary))
    }

    /// Puts what the model said into the history, and the texts into the summary.
    fn keep_said(&self, said: Vec<OutputItem>, summary: &mut Summary) -> Result<Vec<RolloutItem>, Ending> {
        let (thread, turn) = (&self.thread, &self.turn);
        let mut lines = Vec::new();
        for item in said {
            let OutputItemKind::Message { id, text, .. } = &item.kind else { continue };
            summary.text.push_str(text);
            let entry = Entry::Assistant(id);
            let raw = conversation::item_of_model(item.raw, None);
            lines.push(thread.conversation().push(&thread.env, &turn.id, raw, &entry));
        }
        Ok(lines)
    }

    fn count_summary(&self, summary: &Summary) {
        let counted = summary.usage.clone().map(|used| self.count(used, &summary.response_id));
        let mut lines: Vec<_> = counted.into_iter().map(|(line, _)| line).collect();
        lines.extend(self.tell_usage(false));
        self.thread.log.add(lines);
    }

    /// Puts the summary in the place of the history.
    async fn take_summary(&self, summary: Summary, compaction: Compaction) -> Result<(), Ending> {
        let (thread, turn) = (&self.thread, &self.turn);
        let agents_md = self.agents_md(thread.conversation().agents_md().cloned());
        let world = World::new(&turn.settings, &thread.shell, &thread.env.now_zoned(), agents_md);
        let config = thread.config();
        let demanded = config.additional_developer_instructions.as_deref();
        let update = world.introduction(thread.developer_instructions.as_deref(), demanded, config.include);
        let message = format!("{SUMMARY_PREFIX}\n{}", summary.text);
        let (compacted, told) = {
            let mut history = thread.conversation();
            // A thread that was told nothing yet is told with its first message.
            let told = history.told().is_some() || compaction != Compaction::Manual;
            let context = if told { update.messages } else { Vec::new() };
            let before_last = compaction == Compaction::MidTurn;
            let compacted = history.compact(&thread.env, &turn.id, context, &message, before_last)?;
            if told {
                history.tell(&world);
            }
            history.estimate(&thread.prompt.item);
            (compacted, told)
        };
        let mut lines = vec![RolloutItem::Compacted(Box::new(Compacted {
            message,
            response_id: Some(summary.response_id),
            ..compacted
        }))];
        if told {
            lines.push(RolloutItem::WorldState(update.world_state));
            lines.push(RolloutItem::TurnContext(Box::new(self.turn_context())));
            lines.push(self.settings());
        }
        lines.extend(self.tell_usage(true));
        thread.log.write(lines).await?;
        Ok(())
    }

    /// Tells of what was used so far, and gives the line that keeps it; nothing before the first answer.
    fn tell_usage(&self, estimated: bool) -> Option<RolloutItem> {
        let (thread, turn) = (&self.thread, &self.turn);
        let usage = thread.conversation().usage(turn.model.window)?;
        let line = RolloutItem::TokenCount(Box::new(TokenCount {
            usage: Some(usage.clone()),
            last_usage_includes_reasoning: estimated,
            rate_limits: Some(items::rate_limits(None)),
        }));
        thread.sink.emit(ServerNotification::ThreadTokenUsageUpdated(ThreadTokenUsageUpdatedNotification {
            thread_id: thread.id.to_string(),
            turn_id: turn.id.clone(),
            token_usage: usage,
        }));
        Some(line)
    }
}
