//! Where a model is reached, resolved: no environment is read here and nothing is looked up later.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::http::harmless_url;
use crate::scripted::Script;

/// A place that answers sampling requests. Its debug output shows no secret.
#[derive(Clone)]
pub struct Provider {
    /// The id in the configuration.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// How it is spoken to.
    pub wire: Wire,
    /// The URL below which the wire's path lies, e.g. `https://api.openai.com/v1`.
    pub base_url: String,
    /// Added to the URL of each request. Values may be keys, so they are hidden like headers.
    pub query_params: Vec<(String, Secret)>,
    /// Headers sent before our own.
    pub headers: Vec<(String, Secret)>,
    /// Sent as `authorization: Bearer ...`.
    pub bearer: Option<Secret>,
    /// How often a request is repeated after a 5xx or a broken transport, without a word.
    pub request_max_retries: u64,
    /// How often the caller may repeat a request whose stream broke.
    pub stream_max_retries: u64,
    /// The longest silence of a stream, and the longest wait for an answer's headers.
    pub stream_idle_timeout: Duration,
    /// An environment variable that the configuration names and that is not set: each request is refused.
    pub missing_env: Option<MissingEnv>,
    /// What [`Wire::Scripted`] answers; `None` is the built-in script.
    pub script: Option<Arc<Script>>,
}

/// The ways to speak to a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// The Responses API over server-sent events.
    Responses,
    /// Chat completions over server-sent events.
    Chat,
    /// The scripted model inside this process; no network.
    Scripted,
}

/// An environment variable that is needed and not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingEnv {
    /// Its name.
    pub name: String,
    /// How to come by a value, in the configuration's words.
    pub instructions: Option<String>,
}

/// A text that is sent to the provider and shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base_url = reqwest::Url::parse(&self.base_url).map(|url| harmless_url(&url)).unwrap_or_default();
        f.debug_struct("Provider")
            .field("id", &self.id)
            .field("wire", &self.wire)
            .field("base_url", &base_url)
            .field("query_params", &self.query_params)
            .field("headers", &self.headers)
            .field("bearer", &self.bearer)
            .field("request_max_retries", &self.request_max_retries)
            .field("stream_max_retries", &self.stream_max_retries)
            .field("stream_idle_timeout", &self.stream_idle_timeout)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// Default of [`Provider::request_max_retries`].
    pub const REQUEST_MAX_RETRIES: u64 = 4;
    /// Default of [`Provider::stream_max_retries`].
    pub const STREAM_MAX_RETRIES: u64 = 5;
    /// Default of [`Provider::stream_idle_timeout`].
    pub const STREAM_IDLE_TIMEOUT: Duration = Duration::from_secs(300);

    /// A provider with the defaults of every other field.
    pub fn new(id: impl Into<String>, wire: Wire, base_url: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id,
            wire,
            base_url: base_url.into(),
            query_params: Vec::new(),
            headers: Vec::new(),
            bearer: None,
            request_max_retries: Self::REQUEST_MAX_RETRIES,
            stream_max_retries: Self::STREAM_MAX_RETRIES,
            stream_idle_timeout: Self::STREAM_IDLE_TIMEOUT,
            missing_env: None,
            script: None,
        }
    }

    /// The scripted model; `None` is the built-in script.
    pub fn scripted(script: Option<Arc<Script>>) -> Self {
        Self { script, ..Self::new("scripted", Wire::Scripted, "") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_what_is_secret() {
        let mut provider = Provider::new("p", Wire::Responses, "http://localhost/v1");
        provider.bearer = Some("sk-bearer".into());
        provider.headers.push(("x-key".into(), "sk-header".into()));
        provider.query_params.push(("key".into(), "sk-query".into()));
        let shown = format!("{provider:?}");
        assert!(!shown.contains("sk-"), "{shown}");
        assert!(shown.contains("x-key"));
    }
}
