//! `thread/fork`: a new thread that goes on from another one, or from an earlier turn of it.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadForkParams, ThreadForkResponse, ThreadHistoryMode, ThreadStartedNotification,
    ThreadTokenUsageUpdatedNotification,
};
use codex_thread_store::{Cut, StoreError, ThreadFile};

use super::prepare::{Beginning, Fork, Prepared, prepare};
use super::resume::note_resumption;
use super::words::{answered_as_a_start, asked_in_words_of_a_start};
use super::{tell_bent, tell_oddities, tell_rules};
use crate::deps::Subscriber;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::registry::session_id;
use crate::thread::{self, Actor};

impl Engine {
    /// Forks a thread, loaded or stored, and subscribes to the fork.
    pub async fn fork_thread(
        &self,
        params: ThreadForkParams,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadForkResponse>,
    ) {
        if self.inner.closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        let forked = self.inner.fork(params, &*subscriber).await;
        let Forked { prepared, response, usage } = match forked {
            Ok(forked) => forked,
            Err(error) => return reply(Err(error)),
        };
        let Prepared { shared, actor, handle, bent, rules_warning } = prepared;
        self.inner.threads.insert(handle);
        tell_rules(&shared, &*subscriber, rules_warning.as_ref());
        shared.sink.join(Arc::clone(&subscriber), |_| reply(Ok(response)));
        if let Some(usage) = usage {
            shared.sink.tell(&*subscriber, ServerNotification::ThreadTokenUsageUpdated(usage));
        }
        let thread = shared.view().thread();
        shared.sink.broadcast(ServerNotification::ThreadStarted(ThreadStartedNotification { thread }));
        tell_bent(&shared, &*subscriber, &bent);
        tell_oddities(&shared, &*subscriber);
        tokio::spawn(Actor::new(actor).run());
    }
}

/// A fork that is ready to run, and its answer.
struct Forked {
    prepared: Prepared,
    response: ThreadForkResponse,
    /// What the thread has used so far, for who is told its turns.
    usage: Option<ThreadTokenUsageUpdatedNotification>,
}

impl Inner {
    async fn fork(
        self: &Arc<Self>,
        mut params: ThreadForkParams,
        subscriber: &dyn Subscriber,
    ) -> Result<Forked, EngineError> {
        let cut = check(&mut params)?;
        let source = match &params.path {
            Some(path) => ThreadFile::Path(self.path_of(path.as_str())?),
            None => ThreadFile::Id(session_id(&params.thread_id)?),
        };
        let loaded = match &source {
            ThreadFile::Id(id) => self.threads.get(id),
            ThreadFile::Path(path) => self.threads.at_path(path),
        };
        let whole = !params.exclude_turns;
        let mut history = match self.deps.store.history(source, cut, whole).await {
            Ok(history) => history,
            Err(error) => {
                if whole && matches!(error, StoreError::TurnNotFound { .. }) {
                    self.tell(subscriber, thread::turns_deprecated());
                }
                return Err(error.into());
            }
        };
        let paginated = history.stored.thread.history_mode == ThreadHistoryMode::Paginated;
        if params.ephemeral && whole && paginated {
            return Err(EngineError::EphemeralForkTurns);
        }
        if whole && paginated {
            self.tell(subscriber, thread::turns_deprecated());
        }
        let turns = std::mem::take(&mut history.stored.thread.turns);
        let copied = match paginated || params.ephemeral {
            true => Vec::new(),
            false => self.deps.store.lines(&history).await?,
        };
        let cut_short = history.last_turn.as_ref().filter(|(_, ended)| !ended).map(|(id, _)| id.clone());
        let name = history.stored.thread.name.clone();
        let asked = asked_in_words_of_a_start!(
            params,
            ephemeral: Some(params.ephemeral),
            thread_source: params.thread_source,
        );
        let asked = self.asked(asked, &history)?;
        let fork = Fork { history, copied, warm: loaded.is_some() };
        let prepared = prepare(self, asked, Beginning::Forked(Box::new(fork)))?;
        let shared = &prepared.shared;
        note_resumption(shared, &prepared.actor.settings, None, cut_short.as_deref());
        // Who is told of the fork finds it.
        shared.log.flush().await?;
        if let Some(name) = name.filter(|_| !shared.log.is_ephemeral()) {
            self.deps.store.set_name(&shared.id, Some(&name)).await?;
        }
        let mut thread = shared.view().thread();
        thread.turns = turns;
        let started = thread::start_response(shared, &prepared.actor.settings, thread);
        let usage = match &prepared.actor.past.last_usage {
            Some((turn_id, window)) if whole => shared.conversation().usage(*window).map(|token_usage| {
                let (thread_id, turn_id) = (shared.id.to_string(), turn_id.clone());
                ThreadTokenUsageUpdatedNotification { thread_id, turn_id, token_usage }
            }),
            _ => None,
        };
        let response = answered_as_a_start!(ThreadForkResponse, started, thread: started.thread);
        Ok(Forked { response, prepared, usage })
    }
}

/// What can be said about a request without looking at the thread; where the history is to be cut.
fn check(params: &mut ThreadForkParams) -> Result<Cut, EngineError> {
    if params.permissions.is_some() && params.sandbox.is_some() {
        return Err(EngineError::Combined("permissions", "sandbox"));
    }
    if params.experimental_prediction_mode && !params.ephemeral {
        return Err(EngineError::StoredPrediction);
    }
    if params.experimental_prediction_mode {
        return Err(EngineError::NotSupported("thread/fork.experimentalPredictionMode"));
    }
    if params.attach_to_source {
        return Err(EngineError::NotSupported("thread/fork.attachToSource"));
    }
    match (params.before_turn_id.take(), params.last_turn_id.take()) {
        (Some(_), Some(_)) => Err(EngineError::Combined("beforeTurnId", "lastTurnId")),
        (Some(turn), None) => Ok(Cut::Before(turn)),
        (None, Some(turn)) => Ok(Cut::Through(turn)),
        (None, None) => Ok(Cut::All),
    }
}
