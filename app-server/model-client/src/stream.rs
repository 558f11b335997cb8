//! The stream of an answer's events, whatever wire they come over.
//!
//! Everything that one piece from the network holds is decoded at once and queued, so the queue is bounded by the size
//! of a piece. After the last event or the first error comes nothing more.

use std::collections::VecDeque;

use crate::error::ModelError;
use crate::event::ResponseEvent;
use crate::http::HttpSource;
use crate::rate_limits::ResponseHeaders;
use crate::scripted::{Player, Take};

/// The events of one answer.
#[derive(Debug)]
pub struct ResponseStream {
    headers: ResponseHeaders,
    queue: Queue,
    source: Source,
    take: Option<Take>,
    /// Open while the answer is read.
    span: tracing::Span,
}

#[derive(Debug)]
pub(crate) enum Source {
    Http(Box<HttpSource>),
    Scripted(Box<Player>),
}

impl ResponseStream {
    pub(crate) fn new(headers: ResponseHeaders, source: Source) -> Self {
        let mut queue = Queue::default();
        if let Some(model) = &headers.model {
            queue.event(ResponseEvent::ServerModel(model.clone()));
        }
        for limits in &headers.rate_limits {
            queue.event(ResponseEvent::RateLimits(limits.clone()));
        }
        Self { headers, queue, source, take: None, span: tracing::Span::none() }
    }

    /// Keeps a record of what is taken from the stream.
    pub(crate) fn record(mut self, take: Option<Take>) -> Self {
        self.take = take;
        self
    }

    /// Keeps the request's span open until the stream is dropped.
    pub(crate) fn in_span(self, span: tracing::Span) -> Self {
        Self { span, ..self }
    }

    /// The next event; `None` after [`ResponseEvent::Completed`] or an error.
    ///
    /// Dropping the future loses nothing: the next call goes on where it was.
    pub async fn next(&mut self) -> Option<Result<ResponseEvent, ModelError>> {
        loop {
            if let Some(step) = self.queue.pop() {
                if step.is_err() {
                    self.span.record("otel.status_code", "ERROR");
                }
                match (&mut self.take, &step) {
                    (None, _) => {}
                    (Some(take), Ok(event)) => take.event(event),
                    (Some(take), Err(error)) => take.failed(error),
                }
                return Some(step);
            }
            if self.queue.ended {
                return None;
            }
            match &mut self.source {
                Source::Http(source) => source.fill(&mut self.queue).await,
                Source::Scripted(player) => player.fill(&mut self.queue).await,
            }
            if let (true, Source::Http(source)) = (self.queue.ended, &mut self.source) {
                source.release();
            }
        }
    }

    /// Whether [`ResponseStream::next`] would answer without waiting, so that the caller can take several at once.
    pub fn has_buffered(&self) -> bool {
        self.queue.has_next()
    }

    /// What the headers of the answer said.
    pub fn headers(&self) -> &ResponseHeaders {
        &self.headers
    }
}

/// Events decoded and not yet taken. Ends with the first [`ResponseEvent::Completed`] or error; what comes later is
/// dropped.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    events: VecDeque<ResponseEvent>,
    error: Option<ModelError>,
    ended: bool,
}

impl Queue {
    pub(crate) fn event(&mut self, event: ResponseEvent) {
        if !self.ended {
            self.ended = matches!(event, ResponseEvent::Completed { .. });
            self.events.push_back(event);
        }
    }

    pub(crate) fn fail(&mut self, error: ModelError) {
        if !self.ended {
            self.ended = true;
            self.error = Some(error);
        }
    }

    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    fn has_next(&self) -> bool {
        !self.events.is_empty() || self.error.is_some()
    }

    fn pop(&mut self) -> Option<Result<ResponseEvent, ModelError>> {
        self.events.pop_front().map(Ok).or_else(|| self.error.take().map(Err))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::chat::{self, ToolNames};
    use crate::responses;

    /// Values of every type where others are expected.
    fn odd() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[a-z\u{e9}\\n]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::btree_map(field(), inner, 0..4).prop_map(|map| Value::Object(
                    map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
                )),
            ]
        })
    }

    fn field() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "type",
            "id",
            "item_id",
            "delta",
            "item",
            "response",
            "error",
            "code",
            "message",
            "usage",
            "output_index",
            "content",
            "summary",
            "text",
            "choices",
            "tool_calls",
            "function",
            "index",
            "arguments",
            "finish_reason",
            "incomplete_details",
            "reason",
            "name",
            "call_id",
            "input",
            "action",
            "reasoning",
        ])
    }

    fn kind() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "response.created",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_text.delta",
            "response.reasoning_text.delta",
            "response.completed",
            "response.failed",
            "response.incomplete",
            "other",
        ])
    }

    fn drain(queue: &mut Queue) -> usize {
        let mut ends = 0;
        while let Some(step) = queue.pop() {
            ends += usize::from(!matches!(step, Ok(ref event) if !matches!(event, ResponseEvent::Completed { .. })));
        }
        ends
    }

    proptest! {
        #[test]
        fn odd_events_end_a_stream_once_at_most(events in proptest::collection::vec((kind(), odd(), odd(), odd()), 0..12)) {
            let mut queue = Queue::default();
            let mut decoder = responses::Decoder::new(0);
            for (kind, item, response, delta) in events {
                let event = json!({"type": kind, "item": item, "response": response, "delta": delta});
                decoder.on_data(event.to_string().as_bytes(), &mut queue);
            }
            prop_assert!(drain(&mut queue) <= 1);
        }

        #[test]
        fn odd_chunks_end_a_stream_once_at_most(chunks in proptest::collection::vec((odd(), odd(), odd(), odd()), 0..12)) {
            let mut queue = Queue::default();
            let mut decoder = chat::Decoder::new(0, ToolNames::default());
            for (delta, finish, error, usage) in chunks {
                let error = if error.is_object() { error } else { Value::Null };
                let chunk = json!({"choices": [{"delta": delta, "finish_reason": finish}], "error": error, "usage": usage});
                decoder.on_data(chunk.to_string().as_bytes(), &mut queue);
            }
            decoder.on_end(&mut queue);
            decoder.on_data(b"[DONE]", &mut queue);
            prop_assert!(drain(&mut queue) <= 1);
        }

        #[test]
        fn bytes_of_any_kind_are_survived(pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8)) {
            let mut queue = Queue::default();
            let (mut one, mut two) = (responses::Decoder::new(0), chat::Decoder::new(0, ToolNames::default()));
            for piece in &pieces {
                one.on_data(piece, &mut queue);
                two.on_data(piece, &mut queue);
            }
            prop_assert!(drain(&mut queue) <= 1);
        }
    }
}
