//! Speaks to models: the Responses API and chat completions over HTTP, and a scripted model inside the process.
//!
//! One [`ModelRequest`] goes in, a [`ResponseStream`] of [`ResponseEvent`]s comes out, the same for every wire. The
//! crate knows neither the protocol of our clients nor the configuration: the engine converts both ways. What a
//! provider sends is never trusted: nothing it does makes this crate panic, hang or grow without bound. [`LocalModels`] is how
//! model servers on this machine are asked what they have.
#![forbid(unsafe_code)]

pub mod catalog;
mod chat;
mod client;
mod error;
mod event;
mod failure;
mod http;
mod json;
mod oss;
mod provider;
mod rate_limits;
mod request;
mod responses;
mod retry;
pub mod scripted;
pub mod sse;
mod stream;

pub use client::ModelClient;
pub use error::{ModelError, ModelErrorKind, Retry};
pub use event::{OutputItem, OutputItemKind, ResponseEvent, Usage};
pub use http::{harmless_url, http_client, http_error_causes};
pub use oss::LocalModels;
pub use provider::{MissingEnv, Provider, Secret, Wire};
pub use rate_limits::{Credits, RateLimitWindow, RateLimits, ResponseHeaders};
pub use request::{ModelRequest, ReasoningOptions, RequestIdentity, TextOptions};
pub use retry::backoff;
pub use stream::ResponseStream;

/// What the agent is told first, unless a model's entry or the configuration says otherwise.
pub const BASE_PROMPT: &str = include_str!("../prompts/base.md");
