//! What the engine is given: the environment, the configuration, the store, and who its events go to.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::server_methods::ItemToolCall;
use codex_app_server_protocol::{Event, Request};
use codex_config_loader::ConfigLoader;
use codex_model_client::scripted::Recorder;
use codex_thread_store::ThreadStore;
use serde_json::value::RawValue;

use crate::env::Env;
use crate::host::Host;

/// A token for a provider; its debug output hides it.
pub use codex_model_client::Secret as Bearer;

/// Names one subscriber for as long as the process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubscriberId(pub u64);

impl fmt::Display for SubscriberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Receives a thread's events, as a connection does.
pub trait Subscriber: Send + Sync {
    /// Who it is.
    fn id(&self) -> SubscriberId;

    /// Whether its connection has ended. A request of it that is still under way then subscribes it to nothing any more.
    fn has_ended(&self) -> bool {
        false
    }

    /// Takes an event. Never waits and never calls the engine.
    fn deliver(&self, event: &Arc<Event>);

    /// Takes a question, which it may have been asked before. Never waits and never calls the engine.
    fn ask(&self, question: &Question);

    /// Whether it notes the places of events in their thread, to ask for what it misses later.
    fn notes_places(&self) -> bool {
        false
    }

    /// Whether it wants to be told what a silent turn waits for.
    fn wants_heartbeat(&self) -> bool {
        false
    }

    /// How long it has to answer a question before it counts as refusing; `None` for as long as it takes.
    fn question_limit(&self) -> Option<Duration> {
        None
    }

    /// `None` when there is room for more, else what to wait for before more is streamed to it.
    fn ready(&self) -> Option<Pin<Box<dyn Future<Output = ()> + Send>>>;
}

/// A request of the server to its clients, the same for all of them.
#[derive(Debug)]
pub struct Question {
    /// Its id, to be given back with the answer; unique in the process.
    pub id: i64,
    /// The method on the wire.
    pub method: &'static str,
    /// Its params.
    pub params: Box<RawValue>,
}

impl Question {
    /// Whether a person is asked, and not the program of the client. Only of what people are asked clients are told when it is
    /// open no longer.
    pub(crate) fn is_for_people(&self) -> bool {
        self.method != ItemToolCall::NAME
    }
}

/// All initialized connections, for what everyone is told: `thread/started`, `thread/status/changed`, ...
pub trait Audience: Send + Sync {
    /// Hands an event to everyone but these, who have it already. Never waits and never calls the engine.
    fn broadcast(&self, event: &Arc<Event>, but: &[SubscriberId]);
}

/// Who this process is towards models.
pub trait Identity: Send + Sync {
    /// The client that speaks through us.
    fn originator(&self) -> String;

    /// The whole `user-agent`.
    fn user_agent(&self) -> String;

    /// The id of this installation.
    fn installation_id(&self) -> String;
}

/// The login, for providers that have no key of their own.
pub trait Credentials: Send + Sync {
    /// What to send as bearer token to this provider; `None` when nobody is logged in.
    ///
    /// # Errors
    /// Why the login that is there cannot be used.
    fn bearer(&self, provider_id: &str) -> Result<Option<Bearer>, CredentialsError>;
}

/// Why a login cannot be used; the text ends up in the turn's error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CredentialsError(String);

impl CredentialsError {
    /// With the sentence for people.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// Everything an [`crate::Engine`] needs.
#[derive(Clone)]
pub struct EngineDeps {
    /// Time, ids, randomness.
    pub env: Env,
    /// The configuration.
    pub config: Arc<ConfigLoader>,
    /// Where threads are kept.
    pub store: Arc<dyn ThreadStore>,
    /// All initialized connections.
    pub audience: Arc<dyn Audience>,
    /// Who this process is towards models.
    pub identity: Arc<dyn Identity>,
    /// The login.
    pub credentials: Arc<dyn Credentials>,
    /// The machine that commands run on.
    pub host: Arc<Host>,
    /// Where the answers of models are recorded, when they are.
    pub recorder: Option<Recorder>,
}
