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
        Self { headers, queue, source, take: None }
    }

    /// Keeps a record of what is taken from the stream.
    pub(crate) fn record(mut self, take: Option<Take>) -> Self {
        self.take = take;
        self
    }

    /// The next event; `None` after [`ResponseEvent::Completed`] or an error.
    ///
    /// Dropping the future loses nothing: the next call goes on where it was.
    pub async fn next(&mut self) -> Option<Result<ResponseEvent, ModelError>> {
        loop {
            if let Some(step) = self.queue.pop() {
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
