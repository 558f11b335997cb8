//! The task that owns a thread: takes requests one by one, and learns when the turn's work has ended.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use codex_app_server_protocol::v2::{
    Thread, ThreadClosedNotification, ThreadNameUpdatedNotification, ThreadSetNameResponse, ThreadStartResponse,
    ThreadStatus, ThreadUnsubscribeResponse, ThreadUnsubscribeStatus, Turn,
};
use codex_app_server_protocol::{LegacyAppPathString, ServerNotification};
use codex_model_client::catalog::Catalog;
use codex_thread_store::{History, ThreadStore};
use codex_utils_trace_context::scope;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

use super::ThreadShared;
use super::handle::Command;
use super::turns::Running;
use crate::engine::Reply;
use crate::error::EngineError;
use crate::settings::Settings;
use crate::turn::{Outcome, SettingsLine};

/// How soon it is looked at the earliest whether those who listen have left.
const NEXT_LOOK: Duration = Duration::from_secs(1);

/// What an actor is made of.
pub(crate) struct ActorParts {
    pub(crate) shared: Arc<ThreadShared>,
    pub(crate) store: Arc<dyn ThreadStore>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) settings: Settings,
    pub(crate) past: Past,
    pub(crate) requests: mpsc::Receiver<Command>,
    pub(crate) mailbox: mpsc::WeakSender<Command>,
    /// Set when the server is about to end: no turn is begun any more.
    pub(crate) closing: Arc<AtomicBool>,
    /// Counts the turns that run in the process.
    pub(crate) running_turns: watch::Sender<usize>,
    /// How long the thread stays loaded while nobody listens and nothing runs.
    pub(crate) unload_after: Duration,
    /// Takes the thread off the list of loaded ones.
    pub(crate) unlist: Box<dyn FnOnce() + Send>,
}

/// What a thread has behind it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Past {
    /// Whether it has a file.
    pub(crate) has_file: bool,
    /// Whether its settings are written down.
    pub(crate) has_settings: bool,
    /// The turn that the counted tokens belong to, and its model's window.
    pub(crate) last_usage: Option<(String, i64)>,
}

impl Past {
    /// What a stored thread has behind it.
    pub(crate) fn of(history: &History) -> Self {
        let window = history.stored.last_token_usage.as_ref().and_then(|usage| usage.model_context_window);
        Self { has_file: true, has_settings: true, last_usage: history.usage_turn.clone().zip(window) }
    }
}

/// The task that owns a thread.
pub(crate) struct Actor {
    pub(super) shared: Arc<ThreadShared>,
    pub(super) store: Arc<dyn ThreadStore>,
    pub(super) catalog: Arc<Catalog>,
    pub(super) settings: Settings,
    pub(super) mailbox: mpsc::WeakSender<Command>,
    pub(super) running_turns: watch::Sender<usize>,
    pub(super) running: Option<Running>,
    /// How the next turn tells of the settings in the rollout.
    pub(super) settings_line: SettingsLine,
    /// Whether the thread has a file, or will have one as soon as its first lines are written.
    pub(super) has_file: bool,
    /// The turn that the counted tokens belong to, and its model's window.
    pub(super) last_usage: Option<(String, i64)>,
    /// Reads of stored turns under way, and the turns that have ended meanwhile.
    pub(super) pending_reads: usize,
    pub(super) recent: Vec<Turn>,
    /// Whether the queue waits for a turn that someone starts: the last one was interrupted.
    pub(super) queue_held: bool,
    /// The same for the goal, which also a change of it sets going.
    pub(super) goal_held: bool,
    requests: mpsc::Receiver<Command>,
    /// A request that waits until the turn, which was told to stop, has ended.
    pub(super) deferred: Option<Command>,
    closing: Arc<AtomicBool>,
    /// When something was last done.
    active_at: Instant,
    unload_after: Duration,
    unlist: Option<Box<dyn FnOnce() + Send>>,
}

/// What an actor wakes up for.
enum Wake {
    Request(Option<Command>),
    TurnEnded(Outcome),
    MaybeUnload,
    Heartbeat,
}

impl Actor {
    pub(crate) fn new(parts: ActorParts) -> Self {
        Self {
            shared: parts.shared,
            store: parts.store,
            catalog: parts.catalog,
            settings: parts.settings,
            mailbox: parts.mailbox,
            running_turns: parts.running_turns,
            running: None,
            settings_line: if parts.past.has_settings { SettingsLine::None } else { SettingsLine::First },
            has_file: parts.past.has_file,
            last_usage: parts.past.last_usage,
            pending_reads: 0,
            recent: Vec::new(),
            queue_held: false,
            goal_held: false,
            requests: parts.requests,
            deferred: None,
            closing: parts.closing,
            active_at: Instant::now(),
            unload_after: parts.unload_after,
            unlist: Some(parts.unlist),
        }
    }

    /// Lives until the thread is stopped or unloaded.
    pub(crate) async fn run(mut self) {
        if self.has_file {
            self.go_on_with_goal().await;
        }
        loop {
            match self.wake().await {
                Wake::TurnEnded(outcome) => {
                    self.end_turn(outcome).await;
                    if let Some(command) = self.deferred.take()
                        && self.handle(command).await.is_break()
                    {
                        return;
                    }
                    self.go_on_with_queue().await;
                    self.go_on_with_goal().await;
                }
                Wake::Request(Some(command)) => {
                    if self.handle(command).await.is_break() {
                        return;
                    }
                }
                Wake::Request(None) => return self.stop_turn().await,
                Wake::MaybeUnload if self.idle_until().is_some_and(|until| until <= Instant::now()) => {
                    return self.unload().await;
                }
                Wake::MaybeUnload => continue,
                Wake::Heartbeat => {
                    self.shared.sink.beat();
                    continue;
                }
            }
            self.active_at = Instant::now();
        }
    }

    async fn wake(&mut self) -> Wake {
        let idle_until = self.idle_until();
        let next_beat = if self.running.is_some() { self.shared.sink.next_beat() } else { None };
        let Self { running, requests, deferred, .. } = self;
        tokio::select! {
            biased;
            outcome = ended(running) => Wake::TurnEnded(outcome),
            command = requests.recv(), if deferred.is_none() => Wake::Request(command),
            () = reach(idle_until) => Wake::MaybeUnload,
            () = reach(next_beat) => Wake::Heartbeat,
        }
    }

    /// When the thread may be unloaded, if nothing happens until then; `None` while a turn runs.
    fn idle_until(&self) -> Option<Instant> {
        if self.running.is_some() || self.pending_reads > 0 {
            return None;
        }
        match self.shared.sink.vacant_since() {
            Some(since) => Some(since.max(self.active_at) + self.unload_after),
            // It is looked at again later: leaving does not come through the mailbox.
            None => Some(Instant::now() + self.unload_after.max(NEXT_LOOK)),
        }
    }

    async fn handle(&mut self, command: Command) -> std::ops::ControlFlow<()> {
        if self.is_stopping() && command.needs_no_turn() {
            self.deferred = Some(command);
            return std::ops::ControlFlow::Continue(());
        }
        match command {
            Command::Traced(trace, command) => {
                return scope(Some(trace), Box::pin(self.handle(*command))).await;
            }
            Command::StartTurn(params, id, reply) => self.start_turn(*params, id, reply),
            Command::Steer(params, reply) => self.steer(*params, reply),
            Command::Interrupt(turn_id, reply) => self.interrupt(&turn_id, reply),
            Command::UserShell(command, reply) => self.shell_command(command, reply),
            Command::Compact(reply) => self.compact(reply),
            Command::UpdateSettings(params, reply) => self.update_settings(*params, reply),
            Command::Inject(items, reply) => self.inject(items, reply).await,
            Command::Read(include_turns, subscriber, reply) => self.read(include_turns, subscriber, reply),
            Command::Resume(exclude_turns, subscriber, reply) => {
                self.resume(exclude_turns, subscriber, reply).await;
                self.go_on_with_goal().await;
            }
            Command::JoinStarted(subscriber, reply) => {
                let response = self.start_response();
                self.shared.sink.join(subscriber, |_| reply(Ok(response)));
            }
            Command::Replay(place, subscriber, reply) => self.replay(place, subscriber, reply).await,
            Command::TurnsRead(read) => {
                self.turns_read(*read).await;
                self.go_on_with_goal().await;
            }
            Command::SetName(name, reply) => self.set_name(name, reply).await,
            Command::UpdateMetadata(update, reply) => self.update_metadata(update, reply).await,
            Command::StartQueued(wanted, reply) => self.start_queued(wanted, reply).await,
            Command::QueueGrown => self.go_on_with_queue().await,
            Command::GoalChanged => {
                self.goal_held = false;
                self.go_on_with_goal().await;
            }
            Command::ReloadConfig => self.shared.reload_config(),
            Command::Unsubscribe(id, reply) => {
                let status = match self.shared.sink.leave(id) {
                    true => ThreadUnsubscribeStatus::Unsubscribed,
                    false => ThreadUnsubscribeStatus::NotSubscribed,
                };
                reply(Ok(ThreadUnsubscribeResponse { status }));
            }
            Command::Stop(done) => {
                self.stop_turn().await;
                let _ = done.send(());
                return std::ops::ControlFlow::Break(());
            }
            Command::Retire(done) => {
                self.stop_turn().await;
                self.refuse_waiting().await;
                self.set_status(ThreadStatus::NotLoaded);
                let _ = done.send(self.settings.clone());
                return std::ops::ControlFlow::Break(());
            }
        }
        std::ops::ControlFlow::Continue(())
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    async fn set_name(&mut self, name: String, reply: Reply<ThreadSetNameResponse>) {
        let id = self.shared.id.to_string();
        if self.shared.log.is_ephemeral() {
            return reply(Err(EngineError::EphemeralMetadata(id)));
        }
        if let Err(error) = self.store.set_name(&id, Some(&name)).await {
            return reply(Err(error.into()));
        }
        self.shared.view().set_name(name.clone());
        reply(Ok(ThreadSetNameResponse {}));
        let updated = ThreadNameUpdatedNotification { thread_id: id, thread_name: Some(name) };
        self.shared.sink.broadcast(ServerNotification::ThreadNameUpdated(updated));
    }

    /// Tells everyone that the thread's state is another one.
    pub(super) fn set_status(&self, status: ThreadStatus) {
        self.shared.set_status(status);
    }

    /// The thread and what it runs with.
    pub(super) fn start_response(&self) -> ThreadStartResponse {
        start_response(&self.shared, &self.settings, self.shared.view().thread())
    }

    /// Leaves memory. Who asks meanwhile learns that the thread is not loaded.
    async fn unload(mut self) {
        self.delist();
        self.refuse_waiting().await;
        self.set_status(ThreadStatus::NotLoaded);
        let closed = ThreadClosedNotification { thread_id: self.shared.id.to_string() };
        self.shared.sink.broadcast(ServerNotification::ThreadClosed(closed));
    }

    /// Takes no more requests; those that wait learn that the thread is not loaded.
    async fn refuse_waiting(&mut self) {
        self.requests.close();
        while let Some(command) = self.requests.recv().await {
            command.refuse(&self.shared.id);
        }
    }

    /// Ends the running turn, if there is one, as if a client had interrupted it.
    async fn stop_turn(&mut self) {
        if let Some(running) = &self.running {
            running.turn.control.stop.cancel();
            let outcome = ended(&mut self.running).await;
            self.end_turn(outcome).await;
        }
        self.delist();
    }

    fn delist(&mut self) {
        self.shared.tools.end_commands();
        if let Some(unlist) = self.unlist.take() {
            unlist();
        }
    }
}

/// The thread and what it runs with, as its start is answered.
pub(crate) fn start_response(shared: &ThreadShared, settings: &Settings, thread: Thread) -> ThreadStartResponse {
    let source = |path: &PathBuf| LegacyAppPathString(path.to_string_lossy().into_owned());
    ThreadStartResponse {
        thread,
        model: settings.model.clone(),
        model_provider: settings.provider_id.clone(),
        service_tier: settings.service_tier.clone(),
        disabled_plugin_ids: settings.disabled_plugin_ids.clone(),
        cwd: settings.cwd.clone(),
        runtime_workspace_roots: settings.workspace_roots.clone(),
        instruction_sources: shared.agents_md.sources.iter().map(source).collect(),
        approval_policy: settings.approval_policy.clone(),
        approvals_reviewer: settings.approvals_reviewer,
        sandbox: settings.sandbox_policy.clone(),
        active_permission_profile: settings.active_permission_profile.clone(),
        reasoning_effort: settings.effort.clone(),
        multi_agent_mode: settings.multi_agent_mode.clone(),
    }
}

impl Command {
    /// Whether the request is about the next turn while the present one is being stopped.
    fn needs_no_turn(&self) -> bool {
        match self {
            Self::Traced(_, command) => command.needs_no_turn(),
            Self::StartTurn(..) | Self::StartQueued(..) | Self::Steer(..) | Self::UserShell(..) | Self::Compact(..) => {
                true
            }
            _ => false,
        }
    }
}

/// The end of the turn's work; never while there is none.
async fn ended(running: &mut Option<Running>) -> Outcome {
    match running {
        Some(running) => running.ended().await,
        None => std::future::pending().await,
    }
}

async fn reach(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// Asks a thread's task to end, and waits for it.
pub(crate) async fn stop(mailbox: &mpsc::Sender<Command>) {
    let (done, is_done) = oneshot::channel();
    if mailbox.send(Command::Stop(done)).await.is_ok() {
        let _ = is_done.await;
    }
}

/// Asks a thread's task to end because the thread's files are to change, and waits for it. Gives what the thread ran with;
/// `None` when the task had ended before.
pub(crate) async fn retire(mailbox: &mpsc::Sender<Command>) -> Option<Settings> {
    let (done, is_done) = oneshot::channel();
    mailbox.send(Command::Retire(done)).await.ok()?;
    is_done.await.ok()
}
