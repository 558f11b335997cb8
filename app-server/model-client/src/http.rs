//! One request over HTTP and the reading of its answer.
//!
//! HTTP clients are made once per process, on first use: connections are shared by all providers, and a process that
//! talks to no model pays nothing. Every wait has a limit.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use codex_utils_trace_context::TraceContext;
use futures_util::FutureExt;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use tokio::time::{Instant, timeout, timeout_at};

use crate::chat;
use crate::error::{ModelError, ModelErrorKind};
use crate::failure::{Failure, Refusal};
use crate::provider::{Provider, Secret};
use crate::rate_limits::ResponseHeaders;
use crate::request::RequestIdentity;
use crate::responses;
use crate::sse::SseParser;
use crate::stream::{Queue, ResponseStream, Source};

/// Says where data must stay.
const RESIDENCY: HeaderName = HeaderName::from_static("x-openai-internal-codex-residency");
/// Where the request stands in a trace.
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACE_STATE: HeaderName = HeaderName::from_static("tracestate");
/// To reach a host; a provider that is not there is noticed quickly.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// The most of a refusal's body that is read.
const MAX_ERROR_BODY: usize = 256 * 1024;
/// The longest wait for a refusal's body.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer that is complete may take to end, so that its connection can be used again.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);
/// Stands for time limits that a clock cannot hold.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// How much may still come then.
const MAX_DRAIN: usize = 64 * 1024;

/// The process's HTTP client for a URL, made on first use. There are two, since reading the system's certificates takes
/// time and memory that local servers should not cost. It follows only redirects that keep method and host.
///
/// # Errors
///
/// When it cannot be made, as where the system has no certificates.
pub fn http_client(url: &reqwest::Url) -> Result<&'static reqwest::Client, ModelError> {
    static PLAIN: OnceLock<Result<reqwest::Client, String>> = OnceLock::new();
    static SECURE: OnceLock<Result<reqwest::Client, String>> = OnceLock::new();
    let is_secure = url.scheme() == "https";
    let slot = if is_secure { &SECURE } else { &PLAIN };
    slot.get_or_init(|| build(is_secure).map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|error| ModelError::new(ModelErrorKind::Other, format!("the HTTP client cannot be made: {error}")))
}

fn build(is_secure: bool) -> reqwest::Result<reqwest::Client> {
    // Fails when another part of the process has chosen already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(Duration::from_secs(60))
        .redirect(redirects());
    // Without certificates to trust, a plain client cannot be led to TLS, not even by a proxy.
    let builder = if is_secure { builder } else { builder.tls_certs_only([]) };
    builder.build()
}

/// Only redirects that keep method and host are followed: headers of the configuration hold keys.
fn redirects() -> reqwest::redirect::Policy {
    const MOST: usize = 5;
    reqwest::redirect::Policy::custom(|attempt| {
        let keeps_method = matches!(attempt.status().as_u16(), 307 | 308);
        let keeps_host = attempt.previous().last().is_some_and(|from| from.origin() == attempt.url().origin());
        if keeps_method && keeps_host && attempt.previous().len() <= MOST { attempt.follow() } else { attempt.stop() }
    })
}

/// A provider's URL and headers, checked once.
pub(crate) struct Endpoint {
    url: reqwest::Url,
    /// The URL as errors show it: without query and credentials.
    shown: String,
    headers: HeaderMap,
    bearer: Option<HeaderValue>,
    /// Texts that nobody is shown, should the provider say them back.
    secrets: Vec<Secret>,
}

/// Shorter texts are no keys, and would be found in words.
const MIN_SECRET: usize = 8;

impl Endpoint {
    /// `path` is the wire's path below the base URL.
    pub(crate) fn new(provider: &Provider, path: &str) -> Result<Self, ModelError> {
        let bad =
            |what: String| ModelError::new(ModelErrorKind::Other, format!("model provider `{}`: {what}", provider.id));
        let mut url = reqwest::Url::parse(&provider.base_url)
            .map_err(|error| bad(format!("base_url is not a valid URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("base_url must begin with http:// or https://".to_owned()));
        }
        url.set_path(&format!("{}/{path}", url.path().trim_end_matches('/')));
        if !provider.query_params.is_empty() {
            let mut query = url.query_pairs_mut();
            for (name, value) in &provider.query_params {
                query.append_pair(name, value.expose());
            }
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &provider.headers {
            let name: HeaderName = name.parse().map_err(|_| bad(format!("`{name}` cannot be the name of a header")))?;
            let value = secret_value(value.expose()).ok_or_else(|| {
                bad(format!("the value of the header `{name}` holds a character that no header may hold"))
            })?;
            headers.append(name, value);
        }
        let bearer = match &provider.bearer {
            None => None,
            Some(token) => Some(
                secret_value(&format!("Bearer {}", token.expose()))
                    .ok_or_else(|| bad("the key holds a character that no header may hold".to_owned()))?,
            ),
        };
        let parameters = provider.query_params.iter().filter(|(name, _)| may_be_secret(name));
        let texts = provider.headers.iter().chain(parameters).map(|(_, value)| value);
        let secrets = texts.chain(&provider.bearer).filter(|text| text.expose().len() >= MIN_SECRET).cloned().collect();
        Ok(Self { shown: harmless_url(&url), url, headers, bearer, secrets })
    }

    /// A text of the provider without what it was told in confidence.
    fn without_secrets(&self, text: String) -> String {
        self.secrets.iter().fold(text, |text, secret| match text.contains(secret.expose()) {
            true => text.replace(secret.expose(), "[secret]"),
            false => text,
        })
    }

    fn headers(&self, identity: &RequestIdentity, trace: Option<&TraceContext>) -> HeaderMap {
        let mut headers = self.headers.clone();
        if let Some(trace) = trace {
            headers.remove(TRACE_STATE);
            let state = trace.tracestate().map(|state| (TRACE_STATE, state.to_owned()));
            for (name, value) in [(TRACE_PARENT, trace.traceparent())].into_iter().chain(state) {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    headers.insert(name, value);
                }
            }
        }
        for (name, value) in responses::identity_headers(identity) {
            if let Some(value) = lossy_value(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(bearer) = &self.bearer {
            headers.insert(AUTHORIZATION, bearer.clone());
        }
        for (name, value) in
            [(HeaderName::from_static("originator"), &identity.originator), (USER_AGENT, &identity.user_agent)]
                .into_iter()
                .chain(identity.residency.as_ref().map(|residency| (RESIDENCY, residency)))
        {
            if let Some(value) = lossy_value(value).filter(|value| !value.is_empty()) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("url", &self.shown).finish_non_exhaustive()
    }
}

/// Whether the value of a query parameter may be a key; most, such as `api-version`, are what errors speak about.
fn may_be_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "token", "secret", "auth", "sig", "pass", "credential"].iter().any(|word| name.contains(word))
}

/// A URL without what may be secret in it: credentials and query.
pub fn harmless_url(url: &reqwest::Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    // Refused only for URLs without a host, which hold no credentials.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.into()
}

fn secret_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A header's value from a text of ours. Paths and names may hold what no header may: it becomes `\u` escapes, which
/// is the same JSON where the text is JSON.
fn lossy_value(text: &str) -> Option<HeaderValue> {
    if let (true, Ok(value)) = (text.is_ascii(), HeaderValue::from_str(text)) {
        return Some(value);
    }
    let mut ascii = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if (' '..='~').contains(&c) {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                ascii.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    HeaderValue::from_str(&ascii).ok()
}

/// What turns the data of events into [`crate::ResponseEvent`]s.
#[derive(Debug)]
pub(crate) enum Decoder {
    Responses(responses::Decoder),
    Chat(Box<chat::Decoder>),
}

/// Sends one request and waits for the headers of its answer.
pub(crate) async fn send(
    endpoint: &Endpoint,
    identity: &RequestIdentity,
    body: bytes::Bytes,
    decoder: Decoder,
    idle: Duration,
) -> Result<ResponseStream, Failure> {
    let client = http_client(&endpoint.url).map_err(Failure::last)?;
    let request = client
        .post(endpoint.url.clone())
        .headers(endpoint.headers(identity, codex_utils_trace_context::outgoing().as_ref()))
        .body(body);
    let mut response = match timeout(idle, request.send()).await {
        Err(_) => return Err(Failure::last(ModelError::idle())),
        Ok(Err(error)) => return Err(transport_failure(&error)),
        Ok(Ok(response)) => response,
    };
    if response.status().is_success() {
        let headers = ResponseHeaders::read(response.headers());
        let source =
            HttpSource { response: Some(response), parser: SseParser::default(), decoder, idle, idle_until: None };
        return Ok(ResponseStream::new(headers, Source::Http(Box::new(source))));
    }
    let body = endpoint.without_secrets(error_body(&mut response).await);
    let refusal = Refusal { status: response.status(), headers: response.headers(), body: &body, url: &endpoint.shown };
    Err(refusal.failure())
}

fn transport_failure(error: &reqwest::Error) -> Failure {
    tracing::debug!(cause = %http_error_causes(error), "the request to the model provider failed");
    if error.is_builder() {
        Failure::last(ModelError::new(ModelErrorKind::Other, "the request to the model provider could not be made"))
    } else if error.is_connect() {
        Failure::repeatable(ModelError::unreachable())
    } else {
        Failure::repeatable(ModelError::disconnected("error sending request"))
    }
}

/// What caused an error of HTTP, for people. reqwest's own text is left out, since it holds the URL and all that is in it.
pub fn http_error_causes(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// The body of a refusal, as far as it comes in time and within the limit.
async fn error_body(response: &mut reqwest::Response) -> String {
    let until = Instant::now() + ERROR_BODY_TIMEOUT;
    let mut body = Vec::new();
    while let Ok(Ok(Some(piece))) = timeout_at(until, response.chunk()).await {
        let room = MAX_ERROR_BODY - body.len();
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        if body.len() == MAX_ERROR_BODY {
            break;
        }
    }
    String::from_utf8_lossy(&body).into_owned()
}

/// An answer being read.
#[derive(Debug)]
pub(crate) struct HttpSource {
    /// `None` once the connection has been given back.
    response: Option<reqwest::Response>,
    parser: SseParser,
    decoder: Decoder,
    idle: Duration,
    /// When the present silence becomes too long. Set by the first wait of a silence and kept over dropped futures.
    idle_until: Option<Instant>,
}

impl HttpSource {
    /// Waits for a piece and queues what it holds; may queue nothing.
    pub(crate) async fn fill(&mut self, queue: &mut Queue) {
        let Some(response) = &mut self.response else {
            return queue.fail(closed());
        };
        let until = *self.idle_until.get_or_insert_with(|| {
            let now = Instant::now();
            now.checked_add(self.idle).unwrap_or(now + FAR)
        });
        match timeout_at(until, response.chunk()).await {
            Err(_) => queue.fail(ModelError::idle()),
            Ok(Ok(Some(piece))) => {
                let mut heard = false;
                let pushed = self.parser.push(&piece, |data| {
                    heard = true;
                    match &mut self.decoder {
                        Decoder::Responses(decoder) => decoder.on_data(data, queue),
                        Decoder::Chat(decoder) => decoder.on_data(data, queue),
                    }
                });
                if let Err(error) = pushed {
                    queue.fail(ModelError::disconnected(error));
                }
                if heard {
                    self.idle_until = None;
                }
            }
            Ok(Ok(None)) => {
                self.response = None;
                if let Decoder::Chat(decoder) = &mut self.decoder {
                    decoder.on_end(queue);
                }
                queue.fail(closed());
            }
            Ok(Err(error)) => {
                tracing::debug!(cause = %http_error_causes(&error), "the stream of the model provider broke");
                self.response = None;
                queue.fail(ModelError::disconnected("Transport error: network error: error decoding response body"));
            }
        }
    }

    /// After the last event: reads the rest of the body, which is a few bytes at most, so that the connection can
    /// serve the next request. A body that goes on costs its connection.
    pub(crate) fn release(&mut self) {
        let Some(mut response) = self.response.take() else { return };
        // Nearly always the end is here already.
        while let Some(piece) = response.chunk().now_or_never() {
            if !matches!(piece, Ok(Some(_))) {
                return;
            }
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(timeout(DRAIN_TIMEOUT, async move {
                let mut left = MAX_DRAIN;
                while let Ok(Some(piece)) = response.chunk().await {
                    left = left.saturating_sub(piece.len());
                    if left == 0 {
                        break;
                    }
                }
            }));
        }
    }
}

fn closed() -> ModelError {
    ModelError::disconnected("stream closed before response.completed")
}
