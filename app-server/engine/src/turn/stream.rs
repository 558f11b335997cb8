//! One sampling step: a request, and its answer as it streams in.
//!
//! A text delta costs one event and no switch of tasks; clients are looked after once a piece from the network, not once
//! a delta.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    AccountRateLimitsUpdatedNotification, AgentMessageDeltaNotification, ModelRerouteReason, ModelReroutedNotification,
    ReasoningSummaryPartAddedNotification, ReasoningSummaryTextDeltaNotification, ReasoningTextDeltaNotification,
    ThreadItem, ThreadTokenUsage, ThreadTokenUsageUpdatedNotification, TokenUsageBreakdown,
};
use codex_model_client::{
    ModelClient, ModelError, ModelErrorKind, OutputItem, OutputItemKind, RateLimits, ResponseEvent, ResponseStream,
    Usage,
};
use codex_thread_store::{RolloutItem, TokenCount, TokenUsageRecord};
use codex_utils_metrics::{MODEL_TOKENS, TokenLabel};
use tokio::time::Instant;

use super::calls::Answering;
use super::items::{self, Shown};
use super::run::{Ending, Step, Waited, Work};
use crate::thread::conversation::{self, Entry};
use crate::tools::repeat_diff;

/// An answer that is streaming in.
#[derive(Default)]
struct Response {
    /// Items that have begun and are not complete, with the time they began.
    open: Vec<(String, i64)>,
    /// The calls, and what answers them; the answers follow once all of these have come.
    calls: Vec<Answering>,
    /// Whether the model is to be asked again.
    again: bool,
    limits: Vec<RateLimits>,
}

impl Response {
    fn is_open(&self, id: &str) -> bool {
        self.open.iter().any(|(open, _)| open == id)
    }

    fn close(&mut self, id: &str) -> Option<i64> {
        let position = self.open.iter().position(|(open, _)| open == id)?;
        Some(self.open.swap_remove(position).1)
    }
}

/// How an answer ended.
enum End {
    Complete { response_id: String, usage: Option<Usage> },
    Steered,
    Broken(ModelError),
}

impl Work {
    /// Asks the model once. The inner error is the model's, to be judged by the caller.
    pub(super) async fn sample(
        &mut self,
        client: &ModelClient,
        last: Option<&ModelError>,
    ) -> Result<Result<Step, ModelError>, Ending> {
        let request = self.request()?;
        let opened = match self.wait(client.stream(&request), last).await? {
            Waited::Steered => return Ok(Ok(Step::Again)),
            Waited::Ready(opened) => opened,
        };
        let mut stream = match opened {
            Ok(stream) => stream,
            Err(error) => {
                if error.http_status.is_some() {
                    self.heard = Instant::now();
                }
                if error.kind == ModelErrorKind::UsageLimitExceeded {
                    self.tell_limits(&[]);
                }
                return Ok(Err(error));
            }
        };
        self.heard = Instant::now();
        self.thread.sink.model_reached();
        let mut response = Response::default();
        let read = self.read(&mut stream, &mut response).await;
        drop(stream);
        self.settle(read, response).await
    }

    async fn read(&mut self, stream: &mut ResponseStream, response: &mut Response) -> Result<End, Ending> {
        loop {
            let next = if stream.has_buffered() {
                stream.next().await
            } else {
                if let Some(waits) = self.thread.sink.room() {
                    for wait in waits {
                        self.wait_at_home(wait).await?;
                    }
                    // The provider is not to blame for a client that reads slowly.
                    self.heard = Instant::now();
                }
                tokio::task::consume_budget().await;
                match self.wait(stream.next(), None).await? {
                    Waited::Steered => return Ok(End::Steered),
                    Waited::Ready(next) => next,
                }
            };
            let event = match next {
                Some(Ok(event)) => event,
                Some(Err(error)) => return Ok(End::Broken(error)),
                None => return Ok(End::Complete { response_id: String::new(), usage: None }),
            };
            if !stream.has_buffered() {
                self.heard = Instant::now();
            }
            if let ResponseEvent::Completed { response_id, usage, end_turn } = event {
                response.again |= end_turn == Some(false);
                return Ok(End::Complete { response_id, usage });
            }
            self.take(event, response).await?;
        }
    }

    async fn take(&mut self, event: ResponseEvent, response: &mut Response) -> Result<(), Ending> {
        if matches!(event, ResponseEvent::OutputTextDelta { .. } | ResponseEvent::ReasoningSummaryTextDelta { .. }) {
            self.speaks();
        }
        let (thread, turn) = (&self.thread, &self.turn);
        let (thread_id, turn_id) = (|| thread.id.to_string(), || turn.id.clone());
        match event {
            ResponseEvent::OutputTextDelta { item_id, delta } if response.is_open(&item_id) => {
                thread.sink.emit(ServerNotification::AgentMessageDelta(AgentMessageDeltaNotification {
                    thread_id: thread_id(),
                    turn_id: turn_id(),
                    item_id: String::from(&*item_id),
                    delta,
                }));
            }
            ResponseEvent::ReasoningSummaryTextDelta { item_id, delta, summary_index }
                if response.is_open(&item_id) =>
            {
                let delta = ReasoningSummaryTextDeltaNotification {
                    thread_id: thread_id(),
                    turn_id: turn_id(),
                    item_id: String::from(&*item_id),
                    delta,
                    summary_index,
                };
                thread.sink.emit(ServerNotification::ReasoningSummaryTextDelta(delta));
            }
            ResponseEvent::ReasoningSummaryPartAdded { item_id, summary_index } if response.is_open(&item_id) => {
                let part = ReasoningSummaryPartAddedNotification {
                    thread_id: thread_id(),
                    turn_id: turn_id(),
                    item_id: String::from(&*item_id),
                    summary_index,
                };
                thread.sink.emit(ServerNotification::ReasoningSummaryPartAdded(part));
            }
            ResponseEvent::ReasoningTextDelta { item_id, delta, content_index }
                if thread.config().show_raw_agent_reasoning && response.is_open(&item_id) =>
            {
                let delta = ReasoningTextDeltaNotification {
                    thread_id: thread_id(),
                    turn_id: turn_id(),
                    item_id: String::from(&*item_id),
                    delta,
                    content_index,
                };
                thread.sink.emit(ServerNotification::ReasoningTextDelta(delta));
            }
            ResponseEvent::OutputItemAdded(item) => self.item_added(&item, response),
            ResponseEvent::OutputItemDone(item) => self.item_done(item, response).await?,
            ResponseEvent::RateLimits(limits) => response.limits.push(limits),
            ResponseEvent::ServerModel(model) => self.tell_rerouted(model),
            // Deltas of items that never began are not shown; the rest says nothing to clients.
            _ => {}
        }
        Ok(())
    }

    fn speaks(&mut self) {
        if !std::mem::replace(&mut self.spoken, true) {
            let now = self.thread.env.now_ms();
            self.turn.progress().first_token_ms.get_or_insert(now - self.turn.started_at_ms);
        }
    }

    fn item_added(&self, item: &OutputItem, response: &mut Response) {
        let Some(shown) = Shown::of(&item.kind) else { return };
        if response.is_open(&shown.id) {
            return;
        }
        let now = self.thread.env.now_ms();
        let begun = ThreadItem { kind: shown.begun, started_at_ms: Some(now), completed_at_ms: None };
        self.thread.sink.item_started(&self.turn.id, begun);
        response.open.push((shown.id, now));
    }

    /// Keeps a complete item, and tells of it once it is kept.
    async fn item_done(&mut self, item: OutputItem, response: &mut Response) -> Result<(), Ending> {
        self.speaks();
        let (thread, turn) = (&self.thread, &self.turn);
        let now = thread.env.now_ms();
        let mut lines = Vec::new();
        let shown = Shown::of(&item.kind).map(|shown| {
            let begun = response.close(&shown.id);
            let (started_at_ms, completed_at_ms) = (Some(begun.unwrap_or(now)), Some(now));
            let whole = ThreadItem { kind: shown.whole, started_at_ms, completed_at_ms };
            lines.push(RolloutItem::item_completed(&*turn.id, &whole));
            (whole, begun.is_none())
        });
        let entry = match &item.kind {
            OutputItemKind::Message { id, .. } => Entry::Assistant(id),
            OutputItemKind::FunctionCall { .. } => Entry::FunctionCall,
            _ => Entry::Other,
        };
        let prefix = match &item.kind {
            OutputItemKind::FunctionCall { id: None, .. } => Some("fc"),
            OutputItemKind::CustomToolCall { id: None, .. } => Some("ctc"),
            _ => None,
        };
        let new_id = prefix.map(|prefix| format!("{prefix}_{}", thread.env.new_id()));
        let raw = conversation::item_of_model(item.raw, new_id);
        lines.push(thread.conversation().push(&thread.env, &turn.id, raw, &entry));
        thread.log.write(lines).await?;
        if let Some(answering) = self.begin_call(&item.kind) {
            response.again = true;
            response.calls.extend(answering);
        }
        if let Some((whole, never_begun)) = shown {
            if never_begun {
                thread.sink.item_started(&turn.id, ThreadItem { completed_at_ms: None, ..whole.clone() });
            }
            thread.sink.item_completed(&turn.id, whole);
        }
        Ok(())
    }

    /// What follows an answer, however it ended: outputs of its calls, what it used, and the limits it told of.
    async fn settle(
        &mut self,
        read: Result<End, Ending>,
        response: Response,
    ) -> Result<Result<Step, ModelError>, Ending> {
        let (thread, turn) = (&self.thread, &self.turn);
        let mut lines = Vec::new();
        let outputs = self.answers(response.calls).await;
        let usage = match &read {
            Ok(End::Complete { usage: Some(used), response_id }) => {
                let (line, total) = self.count(items::usage(*used), response_id);
                lines.push(line);
                total
            }
            Ok(End::Broken(error)) if error.kind == ModelErrorKind::ContextWindowExceeded => {
                self.tell_limits(&response.limits);
                let mut history = thread.conversation();
                history.fill(turn.model.window);
                history.usage(turn.model.window)
            }
            _ => None,
        };
        let (outputs, failure) = outputs;
        for output in outputs {
            let raw = conversation::item(&output)?;
            lines.push(thread.conversation().push(&thread.env, &turn.id, raw, &Entry::Output));
        }
        lines.push(RolloutItem::TokenCount(Box::new(TokenCount {
            usage: thread.conversation().usage(turn.model.window),
            last_usage_includes_reasoning: false,
            rate_limits: Some(items::rate_limits(response.limits.first())),
        })));
        thread.log.add(lines);
        if let Some(token_usage) = usage {
            let updated = ThreadTokenUsageUpdatedNotification {
                thread_id: thread.id.to_string(),
                turn_id: turn.id.clone(),
                token_usage,
            };
            thread.sink.emit(ServerNotification::ThreadTokenUsageUpdated(updated));
        }
        self.tell_limits(&response.limits);
        if read.is_ok() {
            repeat_diff(thread, turn);
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
        Ok(match read? {
            End::Steered => Ok(Step::Again),
            End::Broken(error) => Err(error),
            End::Complete { .. } if response.again => Ok(Step::Again),
            End::Complete { .. } => Ok(Step::Done),
        })
    }

    /// Counts what a response has used: the line that keeps it, and what was used so far.
    pub(super) fn count(
        &self,
        used: TokenUsageBreakdown,
        response_id: &str,
    ) -> (RolloutItem, Option<ThreadTokenUsage>) {
        let turn = &self.turn;
        for (kind, tokens) in [
            (TokenLabel::Input, used.input_tokens),
            (TokenLabel::CachedInput, used.cached_input_tokens),
            (TokenLabel::Output, used.output_tokens),
            (TokenLabel::ReasoningOutput, used.reasoning_output_tokens),
        ] {
            MODEL_TOKENS.of(kind).add(u64::try_from(tokens).unwrap_or_default());
        }
        let mut progress = turn.progress();
        conversation::add(&mut progress.usage, &used);
        let mut history = self.thread.conversation();
        history.count(used.clone());
        let total = history.usage(turn.model.window);
        let record = TokenUsageRecord {
            turn_id: turn.id.clone(),
            root_turn_id: turn.root_id.clone(),
            response_id: Some(response_id.to_owned()),
            usage: used.clone(),
            turn_token_usage: progress.usage.clone(),
            thread_token_usage: total.as_ref().map_or_else(|| used, |usage| usage.total.clone()),
        };
        (RolloutItem::TokenUsageRecord(record), total)
    }

    /// Every response is followed by the account's limits, known or not.
    pub(super) fn tell_limits(&self, limits: &[RateLimits]) {
        let mut told: Vec<_> = limits.iter().map(|limits| items::rate_limits(Some(limits))).collect();
        if told.is_empty() {
            told.push(items::rate_limits(None));
        }
        for rate_limits in told {
            let updated = AccountRateLimitsUpdatedNotification { rate_limits };
            self.thread.sink.emit(ServerNotification::AccountRateLimitsUpdated(updated));
        }
    }

    fn tell_rerouted(&mut self, answering: String) {
        let asked = &self.turn.settings.model;
        if answering == *asked || std::mem::replace(&mut self.rerouted, true) {
            return;
        }
        self.thread.sink.emit(ServerNotification::ModelRerouted(ModelReroutedNotification {
            thread_id: self.thread.id.to_string(),
            turn_id: self.turn.id.clone(),
            from_model: asked.clone(),
            to_model: answering.clone(),
            reason: ModelRerouteReason::HighRiskCyberActivity,
        }));
        self.thread.warn(format!("the provider answers with model {answering} where {asked} was asked for"));
    }
}
