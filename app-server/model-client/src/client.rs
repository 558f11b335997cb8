//! A provider's client: one sampling step at a time, with the silent repeats that belong to the request.
//!
//! Streams are not repeated here: what had been said before the break is the caller's.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use codex_utils_metrics::{MODEL_REQUESTS, MODEL_RETRIES, OutcomeLabel};
use tracing::Instrument;

use crate::chat;
use crate::error::{ModelError, ModelErrorKind};
use crate::failure::Failure;
use crate::http::{self, Endpoint};
use crate::provider::{Provider, Wire};
use crate::request::ModelRequest;
use crate::responses;
use crate::retry::{backoff, jitter};
use crate::scripted::{Recorder, Stage};
use crate::stream::{ResponseStream, Source};

/// Speaks to one provider. Clones share everything.
#[derive(Debug, Clone)]
pub struct ModelClient {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    provider: Provider,
    endpoint: OnceLock<Result<Endpoint, ModelError>>,
    stage: Stage,
    recorder: Option<Recorder>,
}

/// A request made ready, so that repeating it costs nothing.
enum Prepared {
    Http { body: Bytes, chat: Option<chat::ToolNames> },
    Scripted,
}

impl ModelClient {
    /// A client; nothing is opened before the first request.
    pub fn new(provider: Provider) -> Self {
        Self::build(provider, None)
    }

    /// A client whose answers are recorded.
    pub fn recording(provider: Provider, recorder: Recorder) -> Self {
        Self::build(provider, Some(recorder))
    }

    fn build(provider: Provider, recorder: Option<Recorder>) -> Self {
        let stage = Stage::new(provider.script.clone());
        Self { shared: Arc::new(Shared { provider, endpoint: OnceLock::new(), stage, recorder }) }
    }

    /// Where the client speaks to.
    pub fn provider(&self) -> &Provider {
        &self.shared.provider
    }

    /// Sends one request. A 5xx or a broken transport is repeated up to `request_max_retries` times without a word;
    /// other failures, and a stream that breaks later, are the caller's to judge by [`ModelError::retry`].
    pub async fn stream(&self, request: &ModelRequest) -> Result<ResponseStream, ModelError> {
        let span = tracing::info_span!(
            "model.request",
            otel.kind = "client",
            provider = %self.shared.provider.id,
            model = %request.model,
            otel.status_code = tracing::field::Empty,
        );
        let opened = self.open(request).instrument(span.clone()).await;
        MODEL_REQUESTS.of(if opened.is_ok() { OutcomeLabel::Ok } else { OutcomeLabel::Error }).inc();
        if opened.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        opened.map(|stream| stream.in_span(span))
    }

    async fn open(&self, request: &ModelRequest) -> Result<ResponseStream, ModelError> {
        let provider = &self.shared.provider;
        if let Some(missing) = &provider.missing_env {
            let mut message = format!("Missing environment variable: `{}`.", missing.name);
            if let Some(instructions) = &missing.instructions {
                message.push(' ');
                message.push_str(instructions);
            }
            return Err(ModelError::new(ModelErrorKind::Other, message));
        }
        let prepared = self.prepare(request)?;
        let mut take = self.shared.recorder.as_ref().map(|recorder| recorder.take(request));
        let mut attempt = 0;
        loop {
            let failure = match self.attempt(request, &prepared).await {
                Ok(stream) => return Ok(stream.record(take)),
                Err(failure) => failure,
            };
            attempt += 1;
            match failure.repeat {
                Some(after) if attempt <= provider.request_max_retries => {
                    MODEL_RETRIES.inc();
                    tracing::debug!(provider = provider.id, attempt, error = %failure.error, "the request is repeated");
                    tokio::time::sleep(after.unwrap_or_else(|| backoff(attempt, jitter()))).await;
                }
                _ => {
                    if let Some(take) = &mut take {
                        take.failed(&failure.error);
                    }
                    return Err(failure.error);
                }
            }
        }
    }

    fn prepare(&self, request: &ModelRequest) -> Result<Prepared, ModelError> {
        let unreadable = |error: serde_json::Error| {
            ModelError::new(ModelErrorKind::BadRequest, format!("the request cannot be written as JSON: {error}"))
        };
        match self.shared.provider.wire {
            Wire::Scripted => Ok(Prepared::Scripted),
            Wire::Responses => {
                let body = responses::body(request).map_err(unreadable)?;
                Ok(Prepared::Http { body: body.into(), chat: None })
            }
            Wire::Chat => {
                let (body, names) = chat::body(request).map_err(unreadable)?;
                Ok(Prepared::Http { body: body.into(), chat: Some(names) })
            }
        }
    }

    async fn attempt(&self, request: &ModelRequest, prepared: &Prepared) -> Result<ResponseStream, Failure> {
        let provider = &self.shared.provider;
        let (body, names) = match prepared {
            Prepared::Scripted => {
                let (headers, player) = self.shared.stage.play(request)?;
                return Ok(ResponseStream::new(headers, Source::Scripted(Box::new(player))));
            }
            Prepared::Http { body, chat } => (body, chat),
        };
        let path = if names.is_some() { chat::PATH } else { responses::PATH };
        let endpoint = self
            .shared
            .endpoint
            .get_or_init(|| Endpoint::new(provider, path))
            .as_ref()
            .map_err(|error| Failure::last(error.clone()))?;
        let position = request.input.len();
        let decoder = match names {
            Some(names) => http::Decoder::Chat(Box::new(chat::Decoder::new(position, names.clone()))),
            None => http::Decoder::Responses(responses::Decoder::new(position)),
        };
        http::send(endpoint, &request.identity, body.clone(), decoder, provider.stream_idle_timeout).await
    }
}
