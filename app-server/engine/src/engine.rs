//! The engine's door: every request enters here and is handed to the thread it is about.
//!
//! A call returns once its request has entered or is answered; it never waits for a turn. What needs the disk and no
//! loaded thread runs as a task of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use codex_app_server_protocol::v2;
use codex_app_server_protocol::{Event, ServerNotification};
use codex_config_loader::LoadRequest;
use codex_thread_state::ThreadState;
use codex_thread_store::StoreError;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::deps::{EngineDeps, Subscriber, SubscriberId};
use crate::error::EngineError;
use crate::listing;
use crate::locks::Locks;
use crate::models::Models;
use crate::questions::{Answer, Questions};
use crate::registry::{Registry, thread_id};
use crate::start::{self, StartedAs};
use crate::thread::{self, Command, Handle};
use crate::tools::{USER_SHELL_TIMEOUT, UserShell};

/// The answer to one request. Called exactly once, before anything that follows from the request is told.
pub type Reply<T> = Box<dyn FnOnce(Result<T, EngineError>) + Send>;

/// What the server knows of the client that asks.
#[derive(Clone, Debug, Default)]
pub struct ClientFacts {
    /// The name it introduced itself with.
    pub name: String,
}

/// How the engine ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// Running turns are interrupted.
    InterruptNow,
    /// Running turns may end by themselves for this long; then they are interrupted.
    Drain {
        /// How long.
        deadline: Duration,
    },
}

/// Threads and their turns. Clones share everything.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) deps: EngineDeps,
    /// What is kept beside the threads' files.
    pub(crate) state: ThreadState,
    pub(crate) models: Arc<Models>,
    pub(crate) threads: Registry,
    pub(crate) questions: Arc<Questions>,
    /// Who serves a request with a key holds its lock.
    pub(crate) keys: Locks,
    pub(crate) closing: Arc<AtomicBool>,
    pub(crate) running_turns: watch::Sender<usize>,
}

impl Engine {
    /// An engine without threads. Nothing is read or started.
    #[must_use]
    pub fn new(deps: EngineDeps) -> Self {
        let models = Models::new(Arc::clone(&deps.config), Arc::clone(&deps.credentials), deps.recorder.clone());
        let inner = Inner {
            state: ThreadState::in_home(deps.config.home().path()),
            deps,
            models: Arc::new(models),
            threads: Registry::default(),
            questions: Arc::default(),
            keys: Locks::default(),
            closing: Arc::default(),
            running_turns: watch::Sender::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Starts a thread and subscribes to it.
    pub async fn start_thread(
        &self,
        params: v2::ThreadStartParams,
        client: ClientFacts,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<v2::ThreadStartResponse>,
    ) {
        if self.inner.closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        tracing::debug!(client = client.name, "a thread is started");
        start::start_thread(&self.inner, params, StartedAs::New, subscriber, reply).await;
    }

    /// Shows a thread, loaded or stored. The subscriber is told that whole turns are deprecated.
    pub async fn read_thread(
        &self,
        params: v2::ThreadReadParams,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<v2::ThreadReadResponse>,
    ) {
        let id = match thread_id(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        if let Some(handle) = self.inner.threads.get(&id) {
            self.inner.refresh(&handle.shared).await;
            return self.send(&handle, Command::Read(params.include_turns, subscriber, reply)).await;
        }
        let reading = self.inner.deps.store.read(&id, params.include_turns);
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            let stored = match reading.await {
                Ok(stored) => stored,
                Err(StoreError::NotFound { .. }) => return reply(Err(EngineError::ThreadNotLoaded(id))),
                Err(error) => return reply(Err(error.into())),
            };
            if params.include_turns {
                let now = inner.deps.env.now_ms();
                subscriber.deliver(&Arc::new(Event::new(None, 0, now, thread::turns_deprecated())));
            }
            let (thread, read_state) = inner.with_facts(listing::with_provider(&inner, stored.thread)).await;
            reply(Ok(v2::ThreadReadResponse { thread, read_state: Some(read_state) }));
        });
    }

    /// Lists stored threads, with what is known of those that are loaded.
    pub async fn list_threads(&self, params: v2::ThreadListParams, reply: Reply<v2::ThreadListResponse>) {
        let mut query = match listing::query(&self.inner, &params) {
            Ok(query) => query,
            Err(error) => return reply(Err(error)),
        };
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            if let Err(error) = listing::keep_placed(&inner, &params, &mut query).await {
                return reply(Err(error));
            }
            reply(match inner.deps.store.list(query).await {
                Ok(page) => Ok(listing::response(&inner, page).await),
                Err(error) => Err(error.into()),
            });
        });
    }

    /// Lists the ids of loaded threads.
    pub fn loaded_threads(&self, params: v2::ThreadLoadedListParams, reply: Reply<v2::ThreadLoadedListResponse>) {
        let page = self.inner.threads.page(params.cursor.as_deref(), params.limit);
        reply(page.map(|(data, next_cursor)| v2::ThreadLoadedListResponse { data, next_cursor }));
    }

    /// Ends a subscription; the thread stays loaded.
    pub async fn unsubscribe(
        &self,
        params: v2::ThreadUnsubscribeParams,
        subscriber: SubscriberId,
        reply: Reply<v2::ThreadUnsubscribeResponse>,
    ) {
        match thread_id(&params.thread_id) {
            Err(error) => reply(Err(error)),
            Ok(id) => match self.inner.threads.get(&id) {
                Some(handle) => self.send(&handle, Command::Unsubscribe(subscriber, reply)).await,
                None => reply(Ok(v2::ThreadUnsubscribeResponse { status: v2::ThreadUnsubscribeStatus::NotLoaded })),
            },
        }
    }

    /// Names a thread, loaded or stored.
    pub async fn set_name(&self, params: v2::ThreadSetNameParams, reply: Reply<v2::ThreadSetNameResponse>) {
        let id = match thread_id(&params.thread_id) {
            Ok(id) => id,
            Err(error) => return reply(Err(error)),
        };
        let name = params.name.trim().to_owned();
        if name.is_empty() {
            return reply(Err(EngineError::EmptyName));
        }
        if let Some(handle) = self.inner.threads.get(&id) {
            return self.send(&handle, Command::SetName(name, reply)).await;
        }
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            let store = &inner.deps.store;
            let named = match store.is_archived(&id).await {
                Ok(false) => store.set_name(&id, Some(&name)).await,
                Ok(true) => Err(StoreError::NotFound { id: id.clone() }),
                Err(error) => Err(error),
            };
            if let Err(error) = named {
                return reply(Err(error.into()));
            }
            reply(Ok(v2::ThreadSetNameResponse {}));
            let updated = v2::ThreadNameUpdatedNotification { thread_id: id, thread_name: Some(name) };
            let body = ServerNotification::ThreadNameUpdated(updated);
            inner.deps.audience.broadcast(&Arc::new(Event::new(None, 0, inner.deps.env.now_ms(), body)), &[]);
        });
    }

    /// Starts a turn, or gives the running one more to consider.
    pub async fn start_turn(&self, params: v2::TurnStartParams, reply: Reply<v2::TurnStartResponse>) {
        match self.loaded(&params.thread_id) {
            Ok(handle) => self.send(&handle, Command::StartTurn(Box::new(params), None, reply)).await,
            Err(error) => reply(Err(error)),
        }
    }

    /// Gives the running turn more to consider.
    pub async fn steer_turn(&self, params: v2::TurnSteerParams, reply: Reply<v2::TurnSteerResponse>) {
        match self.loaded(&params.thread_id) {
            Ok(handle) => self.send(&handle, Command::Steer(Box::new(params), reply)).await,
            Err(error) => reply(Err(error)),
        }
    }

    /// Ends the running turn.
    pub async fn interrupt_turn(&self, params: v2::TurnInterruptParams, reply: Reply<v2::TurnInterruptResponse>) {
        match self.loaded(&params.thread_id) {
            Ok(handle) => self.send(&handle, Command::Interrupt(params.turn_id, reply)).await,
            Err(error) => reply(Err(error)),
        }
    }

    /// Runs a command line of the user, in a turn of its own or beside the running one.
    pub async fn shell_command(
        &self,
        params: v2::ThreadShellCommandParams,
        reply: Reply<v2::ThreadShellCommandResponse>,
    ) {
        let handle = match self.loaded(&params.thread_id) {
            Ok(handle) => handle,
            Err(error) => return reply(Err(error)),
        };
        if params.command.trim().is_empty() {
            return reply(Err(EngineError::EmptyCommand));
        }
        let timeout = match params.timeout_ms.map(|given| (given, u64::try_from(given))) {
            None => USER_SHELL_TIMEOUT,
            Some((_, Ok(millis))) => Duration::from_millis(millis),
            Some((given, Err(_))) => return reply(Err(EngineError::NegativeTimeout(given))),
        };
        self.send(&handle, Command::UserShell(UserShell { script: params.command, timeout }, reply)).await;
    }

    /// Compacts a thread's history, in a turn of its own.
    pub async fn compact_start(
        &self,
        params: v2::ThreadCompactStartParams,
        reply: Reply<v2::ThreadCompactStartResponse>,
    ) {
        match self.loaded(&params.thread_id) {
            Ok(handle) => self.send(&handle, Command::Compact(reply)).await,
            Err(error) => reply(Err(error)),
        }
    }

    /// Puts items into a thread's history.
    pub async fn inject_items(&self, params: v2::ThreadInjectItemsParams, reply: Reply<v2::ThreadInjectItemsResponse>) {
        match self.loaded(&params.thread_id) {
            Ok(_) if params.items.is_empty() => reply(Err(EngineError::EmptyItems)),
            Ok(handle) => self.send(&handle, Command::Inject(params.items, reply)).await,
            Err(error) => reply(Err(error)),
        }
    }

    /// Changes what a thread runs with from its next turn on.
    pub async fn update_settings(
        &self,
        params: v2::ThreadSettingsUpdateParams,
        reply: Reply<v2::ThreadSettingsUpdateResponse>,
    ) {
        let handle = match self.loaded(&params.thread_id) {
            Ok(handle) => handle,
            Err(error) => return reply(Err(error)),
        };
        let asked = v2::TurnStartParams {
            thread_id: params.thread_id,
            disabled_plugin_ids: params.disabled_plugin_ids,
            cwd: params.cwd,
            environments: params.environments,
            approval_policy: params.approval_policy,
            approvals_reviewer: params.approvals_reviewer,
            sandbox_policy: params.sandbox_policy,
            permissions: params.permissions,
            model: params.model,
            service_tier: params.service_tier,
            effort: params.effort,
            summary: params.summary,
            collaboration_mode: params.collaboration_mode,
            multi_agent_mode: params.multi_agent_mode,
            personality: params.personality,
            ..v2::TurnStartParams::default()
        };
        self.send(&handle, Command::UpdateSettings(Box::new(asked), reply)).await;
    }

    /// Changes what a running turn runs with.
    pub fn update_turn_settings(
        &self,
        params: &v2::TurnSettingsUpdateParams,
        reply: Reply<v2::TurnSettingsUpdateResponse>,
    ) {
        reply(Err(match self.loaded(&params.thread_id) {
            Ok(handle) if handle.shared.config().features.enabled("step_model_switching") => {
                EngineError::NotSupported("turn/settings/update")
            }
            Ok(_) => EngineError::TurnSettingsOff,
            Err(error) => error,
        }));
    }

    /// What a loaded thread's configuration is loaded with.
    ///
    /// # Errors
    /// When the id is none, or no such thread is loaded.
    pub fn load_request(&self, thread_id: &str) -> Result<LoadRequest, EngineError> {
        Ok(self.loaded(thread_id)?.shared.load_request.clone())
    }

    /// Gives loaded threads the configuration as it is now; what a thread was told about model, effort, tier,
    /// personality, approvals and sandbox stays. A thread whose configuration is broken keeps the one it has.
    pub async fn reload_config(&self) {
        for handle in self.inner.threads.all() {
            // A thread that has ended meanwhile needs none.
            let _ = handle.mailbox.send(Command::ReloadConfig).await;
        }
    }

    /// Takes a client's answer to a question; whether it counts. One that comes too late, twice, or from someone who was
    /// not asked does not.
    pub fn answer(&self, question: i64, from: SubscriberId, answer: Answer) -> bool {
        self.inner.questions.answer(question, from, answer)
    }

    /// A connection is gone: it is told nothing any more. Its threads and turns live on.
    pub fn drop_subscriber(&self, id: SubscriberId) {
        for handle in self.inner.threads.all() {
            handle.shared.sink.leave(id);
        }
    }

    /// Refuses new threads and turns, ends the running ones as told, and ends every thread. What was announced is written.
    pub async fn shutdown(&self, how: Shutdown) {
        self.inner.closing.store(true, Ordering::Release);
        if let Shutdown::Drain { deadline } = how {
            let mut running = self.inner.running_turns.subscribe();
            let drained = timeout(deadline, running.wait_for(|running| *running == 0)).await;
            if drained.is_err() {
                tracing::warn!(turns = self.running_turns(), "turns that did not end in time are interrupted");
            }
        }
        let stopping: Vec<_> = self
            .inner
            .threads
            .all()
            .into_iter()
            .map(|handle| tokio::spawn(async move { thread::stop(&handle.mailbox).await }))
            .collect();
        for stopped in stopping {
            if stopped.await.is_err() {
                tracing::error!("a thread did not end in order");
            }
        }
    }

    /// Watches how many turns run.
    #[must_use]
    pub fn watch_turns(&self) -> watch::Receiver<usize> {
        self.inner.running_turns.subscribe()
    }

    /// How many turns run.
    #[must_use]
    pub fn running_turns(&self) -> usize {
        *self.inner.running_turns.borrow()
    }

    pub(crate) fn loaded(&self, text: &str) -> Result<Handle, EngineError> {
        let id = thread_id(text)?;
        self.inner.threads.get(&id).ok_or(EngineError::ThreadNotFound(id))
    }

    pub(crate) async fn send(&self, handle: &Handle, command: Command) {
        if let Err(unsent) = handle.mailbox.send(command.in_current_trace()).await {
            unsent.0.refuse(&handle.shared.id);
        }
    }
}

impl Inner {
    /// Whether the server is about to end.
    pub(crate) fn closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// The configuration for a folder, or without one.
    pub(crate) fn load_config(&self, request: &LoadRequest) -> Result<Arc<codex_config_loader::Config>, EngineError> {
        self.deps.config.load(request).map_err(|error| EngineError::Configuration(error.to_string()))
    }
}
