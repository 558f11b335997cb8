//! Requests with a key: sent again within a day, also to a server that was started again, they bring the first result.
//!
//! What a request makes gets its id before it is made, and key and id are kept before it is tried. So whoever asks again
//! finds what was made, or makes it under the same id. An input that joined a running turn when the server was killed before
//! it could keep the answer is the one that may be said again.

use std::sync::Arc;

use codex_app_server_protocol::ext::MAX_KEY_BYTES;
use codex_app_server_protocol::v2::{
    ThreadResumeParams, ThreadResumeResponse, ThreadStartParams, ThreadStartResponse, TurnStartParams,
    TurnStartResponse,
};
use codex_thread_state::{KeyedRequest, KnownKey};
use codex_thread_store::StoreError;
use serde::Serialize;
use tokio::sync::{OwnedMutexGuard, oneshot};

use crate::context::fingerprint;
use crate::deps::Subscriber;
use crate::engine::{ClientFacts, Engine, Reply};
use crate::error::EngineError;
use crate::start::words::answered_as_a_start;
use crate::start::{StartedAs, start_thread};
use crate::thread::{Command, Handle};
use crate::turn;

/// A client's name for one request, by which it is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key of 1 to [`MAX_KEY_BYTES`] bytes; `None` for any other text.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        (1..=MAX_KEY_BYTES).contains(&text.len()).then_some(Self(text))
    }
}

/// What of a request that was not refused is kept behind its key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// The answer.
    Answer,
    /// The id of what it made, which tells the rest.
    Made,
}

/// How a request with a key was answered.
enum Outcome {
    Refused,
    Made,
    Answered(String),
}

/// A key whose request is being served; nobody else is served under it meanwhile.
struct Use {
    request: KeyedRequest,
    known: KnownKey,
    _alone: OwnedMutexGuard<()>,
}

impl Engine {
    /// Starts a turn, unless the key has started one before: then answers as it was answered.
    pub async fn start_turn_once(&self, key: IdempotencyKey, params: TurnStartParams, reply: Reply<TurnStartResponse>) {
        let handle = match self.loaded(&params.thread_id) {
            Ok(handle) => handle,
            Err(error) => return reply(Err(error)),
        };
        let used = match self.use_key("turn/start", &handle.shared.id, key, &params).await {
            Ok(used) => used,
            Err(error) => return reply(Err(error)),
        };
        match self.turn_made(&handle, &used.known, &params).await {
            Ok(Some(response)) => reply(Ok(response)),
            Ok(None) => {
                let turn_id = used.known.made_id.clone();
                let reply = self.settling(used, Keep::Answer, reply);
                self.send(&handle, Command::StartTurn(Box::new(params), Some(turn_id), reply)).await;
            }
            Err(error) => reply(Err(error)),
        }
    }

    /// Starts a thread, unless the key has started one before: then subscribes to that one.
    pub async fn start_thread_once(
        &self,
        key: IdempotencyKey,
        params: ThreadStartParams,
        client: ClientFacts,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadStartResponse>,
    ) {
        if self.inner.closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        let used = match self.use_key("thread/start", "", key, &params).await {
            Ok(used) => used,
            Err(error) => return reply(Err(error)),
        };
        let id = used.known.made_id.clone();
        if let Some(handle) = self.inner.threads.get(&id) {
            return self.send(&handle, Command::JoinStarted(subscriber, reply)).await;
        }
        match self.is_stored(&used.known).await {
            Ok(true) => {
                let params = ThreadResumeParams { thread_id: id, exclude_turns: true, ..ThreadResumeParams::default() };
                self.resume_thread(params, subscriber, as_started(reply)).await;
            }
            Ok(false) => {
                tracing::debug!(client = client.name, "a thread is started under a key");
                let reply = self.settling(used, Keep::Made, reply);
                start_thread(&self.inner, params, StartedAs::Id(id), subscriber, reply).await;
            }
            Err(error) => reply(Err(error)),
        }
    }

    async fn use_key(
        &self,
        method: &'static str,
        thread_id: &str,
        IdempotencyKey(key): IdempotencyKey,
        params: &impl Serialize,
    ) -> Result<Use, EngineError> {
        let alone = self.inner.keys.lock(&format!("{method} {thread_id} {key}")).await;
        let print = fingerprint(&serde_json::to_string(params).map_err(EngineError::unwritable)?);
        let request = KeyedRequest { method, thread_id: thread_id.to_owned(), key };
        let env = &self.inner.deps.env;
        let known = self.inner.state.use_key(request.clone(), print.clone(), env.new_id(), env.now_ms()).await?;
        if known.fingerprint != print {
            return Err(EngineError::KeyReused(request.key));
        }
        Ok(Use { request, known, _alone: alone })
    }

    /// The answer for a turn that the key has started before.
    async fn turn_made(
        &self,
        handle: &Handle,
        known: &KnownKey,
        params: &TurnStartParams,
    ) -> Result<Option<TurnStartResponse>, EngineError> {
        if known.fresh {
            return Ok(None);
        }
        if let Some(answer) = &known.answer {
            return serde_json::from_str(answer).map(Some).map_err(EngineError::unwritable);
        }
        let id = &known.made_id;
        let runs = handle.shared.sink.live().is_some_and(|turn| turn.id == *id);
        let is_made = runs || {
            let stored = match self.inner.deps.store.read(&handle.shared.id, true).await {
                Ok(stored) => stored.thread.turns,
                Err(StoreError::NotFound { .. }) => Vec::new(),
                Err(error) => return Err(error.into()),
            };
            stored.iter().any(|turn| turn.id == *id)
        };
        let root_id = params.root_turn_id.as_ref().unwrap_or(id);
        Ok(is_made.then(|| TurnStartResponse { turn: turn::accepted(id, root_id) }))
    }

    async fn is_stored(&self, known: &KnownKey) -> Result<bool, EngineError> {
        match known.fresh {
            true => Ok(false),
            false => Ok(self.inner.deps.store.exists(&known.made_id).await?),
        }
    }

    /// A reply that keeps the key, and the answer behind it where that is wanted; after a refusal the key is free again.
    fn settling<T: Serialize + Send + 'static>(&self, used: Use, keep: Keep, reply: Reply<T>) -> Reply<T> {
        let (answered, answer) = oneshot::channel();
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            let request = used.request.clone();
            // A reply that is dropped is answered with an error.
            let settled = match answer.await.unwrap_or(Outcome::Refused) {
                Outcome::Refused => inner.state.forget_key(request).await,
                Outcome::Made => Ok(()),
                Outcome::Answered(answer) => inner.state.keep_answer(request, answer).await,
            };
            if let Err(error) = settled {
                tracing::warn!(%error, "the answer to a request with a key could not be kept");
            }
            drop(used);
        });
        Box::new(move |response| {
            let outcome = match &response {
                Err(_) => Outcome::Refused,
                Ok(made) if keep == Keep::Answer => {
                    serde_json::to_string(made).map_or(Outcome::Made, Outcome::Answered)
                }
                Ok(_) => Outcome::Made,
            };
            // The task above waits for it as long as the process lives.
            let _ = answered.send(outcome);
            reply(response);
        })
    }
}

/// A resume that answers as a start.
fn as_started(reply: Reply<ThreadStartResponse>) -> Reply<ThreadResumeResponse> {
    Box::new(move |resumed| {
        reply(resumed.map(|resumed| answered_as_a_start!(ThreadStartResponse, resumed, thread: resumed.thread)));
    })
}
