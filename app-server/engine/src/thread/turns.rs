//! Turns as their thread's actor sees them: accepted, steered, stopped, ended.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ErrorNotification, ThreadCompactStartResponse, ThreadInjectItemsResponse, ThreadItemKind, ThreadReadState,
    ThreadReadStateChangedNotification, ThreadSettingsUpdateResponse, ThreadSettingsUpdatedNotification,
    ThreadShellCommandResponse, ThreadStatus, Turn, TurnCompletedNotification, TurnError, TurnInterruptResponse,
    TurnItemsView, TurnStartParams, TurnStartResponse, TurnStartedNotification, TurnStatus, TurnSteerParams,
    TurnSteerResponse,
};
use codex_thread_store::{RolloutItem, StoreError, TaskComplete, TurnAborted};
use codex_utils_metrics::{TURN_SECONDS, TURNS_ENDED, TURNS_STARTED, TurnEndLabel};
use codex_utils_trace_context::{TraceContext, carried, scope};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tracing::{Instrument, Span};

use super::ThreadShared;
use super::actor::Actor;
use super::goal::end_goal;
use super::handle::Command;
use super::unread::keep_unread;
use crate::context;
use crate::engine::Reply;
use crate::error::EngineError;
use crate::models::{ModelFacts, with_url};
use crate::settings::Settings;
use crate::tools::{TurnState, UserShell, run_user_shell};
use crate::turn::{self, Control, Message, Opening, Outcome, Progress, SettingsLine, TurnFacts, TurnKind, failure};

/// How long the work of a stopped turn may take to end by itself. It only ever has to finish a write.
const STOP_GRACE: Duration = Duration::from_secs(5);

/// The turn that runs.
pub(crate) struct Running {
    pub(super) turn: Arc<TurnFacts>,
    work: JoinHandle<Outcome>,
    course: Course,
}

/// What a turn is followed by while it runs.
struct Course {
    began: Instant,
    /// Where the request that began it stands in a trace.
    trace: Option<TraceContext>,
    /// Open for as long as the turn runs. No part of the request's span, which would stay open as long.
    span: Span,
}

impl Running {
    /// The end of the work, however it ends.
    pub(super) async fn ended(&mut self) -> Outcome {
        let work = &mut self.work;
        let joined = tokio::select! {
            joined = &mut *work => joined,
            () = self.turn.control.stop.cancelled() => match timeout(STOP_GRACE, &mut *work).await {
                Ok(joined) => joined,
                Err(_) => {
                    tracing::error!(turn = %self.turn.id, "the work of a stopped turn did not end and is given up");
                    work.abort();
                    work.await
                }
            },
        };
        match joined {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => {
                tracing::error!(turn = %self.turn.id, "the work of a turn panicked");
                Outcome::Failed(Box::new(failure::other("the turn failed inside of the server")))
            }
            Err(_) => Outcome::Interrupted,
        }
    }
}

impl Actor {
    pub(super) fn is_stopping(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.turn.control.stop.is_cancelled())
    }

    pub(super) fn start_turn(&mut self, params: TurnStartParams, id: Option<String>, reply: Reply<TurnStartResponse>) {
        if self.is_closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        let settings = match self.settings_for(&params) {
            Ok(settings) => settings,
            Err(error) => return reply(Err(error)),
        };
        let message = Message { client_id: params.client_user_message_id.clone(), content: params.input.clone() };
        if let Some(running) = &self.running {
            let turn = Arc::clone(&running.turn);
            if turn.kind == TurnKind::Compact {
                return reply(Err(EngineError::InputWhileCompacting));
            }
            if turn.control.is_full() {
                return reply(Err(EngineError::SteerBacklog(turn.id.clone())));
            }
            reply(Ok(TurnStartResponse { turn: turn::accepted(&turn.id, &turn.root_id) }));
            self.apply(settings);
            if !message.content.is_empty() {
                turn.control.steer(message);
            }
            return;
        }
        let id = id.unwrap_or_else(|| self.shared.env.new_id());
        let root_id = params.root_turn_id.clone().unwrap_or_else(|| id.clone());
        let model = ModelFacts::new(&self.catalog, &settings.model, &self.shared.config());
        if !model.known {
            self.shared.warn(format!(
                "There is no metadata for model {}: its context window and abilities are assumed. Check the name, or \
                 add the model to a catalogue (model_catalog_json).",
                settings.model
            ));
        }
        reply(Ok(TurnStartResponse { turn: turn::accepted(&id, &root_id) }));
        self.apply(settings);
        let mut turn_settings = self.settings.clone();
        if params.service_tier_for_turn.is_some() {
            turn_settings.service_tier.clone_from(&params.service_tier_for_turn);
        }
        let turn = Arc::new(TurnFacts {
            id,
            root_id,
            parent_id: params.parent_turn_id,
            trigger: params.turn_trigger,
            kind: TurnKind::Regular,
            started_at_ms: self.shared.env.now_ms(),
            settings: turn_settings,
            model,
            output_schema: params.output_schema,
            settings_line: std::mem::replace(&mut self.settings_line, SettingsLine::None),
            control: Control::default(),
            progress: Mutex::new(Progress::new()),
            tools: TurnState::new(),
        });
        self.begin(turn, Opening::Said(message));
    }

    /// Runs a command of the user: in a turn of its own, or beside the one that runs.
    pub(super) fn shell_command(&mut self, command: UserShell, reply: Reply<ThreadShellCommandResponse>) {
        if self.is_closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        reply(Ok(ThreadShellCommandResponse {}));
        if let Some(running) = &self.running {
            let (shared, turn) = (Arc::clone(&self.shared), Arc::clone(&running.turn));
            tokio::spawn(run_beside(shared, turn, command));
            return;
        }
        let turn = self.turn_of_its_own(TurnKind::UserShell);
        self.begin(turn, Opening::Shell(command));
    }

    /// A turn that no input of a user begins.
    pub(super) fn turn_of_its_own(&self, kind: TurnKind) -> Arc<TurnFacts> {
        let id = self.shared.env.new_id();
        Arc::new(TurnFacts {
            root_id: id.clone(),
            id,
            parent_id: None,
            trigger: None,
            kind,
            started_at_ms: self.shared.env.now_ms(),
            settings: self.settings.clone(),
            model: ModelFacts::new(&self.catalog, &self.settings.model, &self.shared.config()),
            output_schema: None,
            // The settings are told with the first turn of the model.
            settings_line: SettingsLine::None,
            control: Control::default(),
            progress: Mutex::new(Progress::new()),
            tools: TurnState::new(),
        })
    }

    /// Compacts the history, in a turn of its own. A turn that runs is interrupted first.
    pub(super) fn compact(&mut self, reply: Reply<ThreadCompactStartResponse>) {
        if self.is_closing() {
            return reply(Err(EngineError::ShuttingDown));
        }
        reply(Ok(ThreadCompactStartResponse {}));
        match &self.running {
            Some(running) => {
                running.turn.control.stop.cancel();
                self.deferred = Some(Command::Compact(Box::new(|_| {})));
            }
            None => {
                let turn = self.turn_of_its_own(TurnKind::Compact);
                self.begin(turn, Opening::Compact);
            }
        }
    }

    /// Changes what the thread runs with from its next turn on.
    pub(super) fn update_settings(&mut self, params: TurnStartParams, reply: Reply<ThreadSettingsUpdateResponse>) {
        let settings = match self.settings_for(&params) {
            Ok(settings) => settings,
            Err(error) => return reply(Err(error)),
        };
        reply(Ok(ThreadSettingsUpdateResponse {}));
        let before = self.settings_line;
        self.apply(settings);
        // A thread that has a history has its settings in it.
        if self.settings_line == SettingsLine::Changed && before == SettingsLine::None {
            self.settings_line = SettingsLine::None;
            let line = turn::settings_line(&self.settings);
            self.shared.log.add(vec![RolloutItem::ThreadSettingsApplied(Box::new(line))]);
        }
    }

    /// Puts items of a client into the history, as if the model or the user had said them.
    pub(super) async fn inject(&mut self, items: Vec<Value>, reply: Reply<ThreadInjectItemsResponse>) {
        let turn = self.turn_of_its_own(TurnKind::Regular);
        let untold = self.shared.conversation().told().is_none();
        let turn = match (untold, Arc::into_inner(turn)) {
            (true, Some(turn)) => {
                TurnFacts { settings_line: std::mem::replace(&mut self.settings_line, SettingsLine::None), ..turn }
            }
            (_, Some(turn)) => turn,
            (_, None) => return reply(Err(EngineError::ShuttingDown)),
        };
        match turn::inject(&self.shared, Arc::new(turn), items).await {
            Ok(()) => {
                self.has_file = true;
                reply(Ok(ThreadInjectItemsResponse {}));
            }
            Err(error) => reply(Err(error)),
        }
    }

    /// The settings after a turn's start; refuses what it asks for and we cannot do.
    pub(super) fn settings_for(&self, params: &TurnStartParams) -> Result<Settings, EngineError> {
        if params.tool_output.is_some() {
            return Err(EngineError::NotSupported("turn/start.toolOutput"));
        }
        if params.additional_context.as_ref().is_some_and(|context| !context.is_empty()) {
            return Err(EngineError::NotSupported("turn/start.additionalContext"));
        }
        let base = &self.shared.env.machine.cwd;
        let mut settings = self.settings.changed(params, &self.shared.config(), base)?;
        settings.provider = with_url(&settings.provider, &self.shared.config());
        Ok(settings)
    }

    /// From here on the thread runs with these settings.
    fn apply(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.settings = settings;
        if self.settings_line == SettingsLine::None {
            self.settings_line = SettingsLine::Changed;
        }
        self.shared.view().set_settings(&self.settings);
        let thread_settings = self.settings.on_wire();
        let updated = ThreadSettingsUpdatedNotification { thread_id: self.shared.id.to_string(), thread_settings };
        self.shared.sink.emit(ServerNotification::ThreadSettingsUpdated(updated));
    }

    pub(super) fn begin(&mut self, turn: Arc<TurnFacts>, opening: Opening) {
        self.has_file = true;
        self.running_turns.send_modify(|running| *running += 1);
        {
            let mut view = self.shared.view();
            view.touch(turn.started_at());
            if let Opening::Said(message) = &opening {
                view.begin_turn(turn::preview(&message.content));
            }
        }
        self.set_status(ThreadStatus::Active { active_flags: Vec::new() });
        let started = turn.running();
        self.shared.sink.begin_turn(started.clone());
        let started = TurnStartedNotification { thread_id: self.shared.id.to_string(), turn: started };
        self.shared.sink.emit(ServerNotification::TurnStarted(started));
        TURNS_STARTED.inc();
        let span = tracing::info_span!(
            parent: None,
            "turn",
            thread.id = %self.shared.id,
            turn.id = %turn.id,
            model = %turn.settings.model,
            turn.status = tracing::field::Empty,
        );
        if let Opening::Said(message) = &opening {
            let may_tell = self.shared.config().otel.log_user_prompt.unwrap_or_default();
            tracing::info!(
                parent: &span,
                prompt_length = turn::preview(&message.content).chars().count(),
                prompt = may_tell.then(|| turn::preview(&message.content)),
                "user_prompt"
            );
        }
        self.work_on(turn, opening, Course { began: Instant::now(), trace: carried(), span });
    }

    fn work_on(&mut self, turn: Arc<TurnFacts>, opening: Opening, course: Course) {
        let running = turn::run(Arc::clone(&self.shared), Arc::clone(&turn), opening);
        let work = tokio::spawn(scope(course.trace.clone(), running).instrument(course.span.clone()));
        self.running = Some(Running { turn, work, course });
    }

    pub(super) fn steer(&mut self, params: TurnSteerParams, reply: Reply<TurnSteerResponse>) {
        let turn = match self.steerable(&params) {
            Ok(turn) => Arc::clone(turn),
            Err(error) => return reply(Err(error)),
        };
        reply(Ok(TurnSteerResponse { turn_id: turn.id.clone() }));
        turn.control.steer(Message { client_id: params.client_user_message_id, content: params.input });
    }

    fn steerable(&self, params: &TurnSteerParams) -> Result<&Arc<TurnFacts>, EngineError> {
        if params.additional_context.as_ref().is_some_and(|context| !context.is_empty()) {
            return Err(EngineError::NotSupported("turn/steer.additionalContext"));
        }
        if params.expected_turn_id.is_empty() {
            return Err(EngineError::EmptyExpectedTurnId);
        }
        let Some(running) = &self.running else { return Err(EngineError::NothingToSteer) };
        let turn = &running.turn;
        if params.expected_turn_id != turn.id {
            let (expected, found) = (params.expected_turn_id.clone(), turn.id.clone());
            return Err(EngineError::SteerMismatch { expected, found });
        }
        if params.input.is_empty() {
            return Err(EngineError::EmptyInput);
        }
        if turn.kind == TurnKind::Compact {
            return Err(EngineError::SteerWhileCompacting);
        }
        if turn.control.is_full() {
            return Err(EngineError::SteerBacklog(turn.id.clone()));
        }
        Ok(turn)
    }

    pub(super) fn interrupt(&mut self, turn_id: &str, reply: Reply<TurnInterruptResponse>) {
        let Some(running) = &self.running else { return reply(Err(EngineError::NothingToInterrupt)) };
        let turn = &running.turn;
        if turn_id != turn.id {
            let (expected, found) = (turn_id.to_owned(), turn.id.clone());
            return reply(Err(EngineError::InterruptMismatch { expected, found }));
        }
        reply(Ok(TurnInterruptResponse {}));
        turn.control.stop.cancel();
    }

    /// The work has ended: writes the turn's last line, then tells everyone, once.
    pub(super) async fn end_turn(&mut self, outcome: Outcome) {
        let Some(Running { turn, course, .. }) = self.running.take() else { return };
        let outcome = match outcome {
            // Whoever was told that the turn is interrupted is not told another end.
            Outcome::Completed if turn.control.stop.is_cancelled() => Outcome::Interrupted,
            // Accepted after the work had looked for the last time.
            Outcome::Completed if turn.control.has_pending() => return self.work_on(turn, Opening::More, course),
            outcome => outcome,
        };
        turn::record_pending(&self.shared, &turn).await;
        let completed_at_ms = self.shared.env.now_ms();
        let elapsed = i64::try_from(course.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut ended = Turn {
            completed_at: Some(completed_at_ms.div_euclid(1000)),
            duration_ms: Some(elapsed),
            items: self.shared.sink.live().map(|live| live.items).unwrap_or_default(),
            items_view: TurnItemsView::Full,
            ..turn.running()
        };
        (ended.status, ended.error) = match outcome {
            Outcome::Completed => (TurnStatus::Completed, None),
            Outcome::Interrupted => (TurnStatus::Interrupted, None),
            Outcome::Failed(error) => (TurnStatus::Failed, Some(*error)),
        };
        if let Err(error) = write_end(&self.shared, &turn, &ended).await {
            tracing::error!(thread = %self.shared.id, turn = %turn.id, %error, "the end of a turn could not be recorded");
            if ended.status == TurnStatus::Completed {
                (ended.status, ended.error) = (TurnStatus::Failed, Some(failure::unwritten(&error)));
            }
        }
        let (end, told) = match ended.status {
            TurnStatus::Completed => (TurnEndLabel::Completed, "completed"),
            TurnStatus::Interrupted => (TurnEndLabel::Interrupted, "interrupted"),
            TurnStatus::Failed | TurnStatus::InProgress => (TurnEndLabel::Failed, "failed"),
        };
        TURNS_ENDED.of(end).inc();
        TURN_SECONDS.observe(course.began.elapsed());
        course.span.record("turn.status", told);
        let goes_on = end_goal(&self.shared, &turn, &ended).await;
        let read_state = keep_unread(&self.shared, &turn, &ended, goes_on).await;
        self.tell_end(&turn, ended, read_state);
    }

    fn tell_end(&mut self, turn: &TurnFacts, ended: Turn, read_state: Option<ThreadReadState>) {
        let shared = Arc::clone(&self.shared);
        if shared.conversation().usage(turn.model.window).is_some() {
            self.last_usage = Some((turn.id.clone(), turn.model.window));
        }
        if self.pending_reads > 0 {
            self.recent.push(ended.clone());
        }
        let told = summary(ended);
        shared.sink.end_turn();
        shared.view().touch(told.completed_at.unwrap_or_default());
        self.queue_held = told.status == TurnStatus::Interrupted;
        self.goal_held = self.queue_held;
        if let Some(error) = &told.error {
            self.set_status(ThreadStatus::SystemError);
            self.tell_error(turn, error.clone());
        }
        if let Some(read_state) = read_state {
            let changed = ThreadReadStateChangedNotification { thread_id: shared.id.to_string(), read_state };
            shared.sink.emit(ServerNotification::ThreadReadStateChanged(changed));
        }
        if told.error.is_none() {
            self.set_status(ThreadStatus::Idle);
        }
        let completed = TurnCompletedNotification { thread_id: shared.id.to_string(), turn: told };
        shared.sink.emit(ServerNotification::TurnCompleted(completed));
        shared.sink.settle_all();
        self.running_turns.send_modify(|running| *running = running.saturating_sub(1));
    }

    fn tell_error(&self, turn: &TurnFacts, error: TurnError) {
        self.shared.sink.emit(ServerNotification::Error(ErrorNotification {
            error,
            will_retry: false,
            thread_id: self.shared.id.to_string(),
            turn_id: turn.id.clone(),
        }));
    }
}

/// Runs a command of the user beside a turn, whose end it may outlive, unless the turn is stopped.
async fn run_beside(shared: Arc<ThreadShared>, turn: Arc<TurnFacts>, command: UserShell) {
    let running = run_user_shell(Arc::clone(&shared), Arc::clone(&turn), command);
    let told = match turn.control.stop.run_until_cancelled(running).await {
        None => return,
        Some(Ok(told)) => told,
        Some(Err(_)) => {
            tracing::error!(thread = %shared.id, "a command of the user could not be recorded");
            return;
        }
    };
    if let Some(late) = turn.tools.note(told) {
        match shared.conversation().push_context(&shared.env, &turn.id, late) {
            Ok(line) => shared.log.add(vec![line]),
            Err(error) => tracing::error!(%error, "a note for the model was lost"),
        }
    }
}

/// Writes the last line of a turn.
async fn write_end(shared: &ThreadShared, turn: &TurnFacts, ended: &Turn) -> Result<(), StoreError> {
    let common = (turn.id.clone(), turn.root_id.clone());
    let (started_at, completed_at, duration_ms) = (ended.started_at, ended.completed_at, ended.duration_ms);
    let mut lines = Vec::new();
    if ended.status == TurnStatus::Interrupted {
        if turn.kind != TurnKind::Compact {
            let note = shared.conversation().push_context(&shared.env, &turn.id, context::turn_aborted());
            lines.extend(note.inspect_err(|error| tracing::error!(%error, "a note for the model was lost")));
        }
        let (turn_id, root_turn_id) = common;
        let reason = "interrupted".to_owned();
        let aborted = TurnAborted { turn_id, root_turn_id, reason, started_at, completed_at, duration_ms };
        lines.push(RolloutItem::TurnAborted(aborted));
    } else {
        let (turn_id, root_turn_id) = common;
        lines.push(RolloutItem::TaskComplete(TaskComplete {
            turn_id,
            root_turn_id,
            last_agent_message: last_message(ended).map(|(_, text)| text.to_owned()),
            error: ended.error.clone(),
            started_at,
            completed_at,
            duration_ms,
            time_to_first_token_ms: turn.progress().first_token_ms,
        }));
    }
    shared.log.write(lines).await
}

fn last_message(turn: &Turn) -> Option<(usize, &str)> {
    turn.items.iter().enumerate().rev().find_map(|(index, item)| match &item.kind {
        ThreadItemKind::AgentMessage { text, .. } => Some((index, text.as_str())),
        _ => None,
    })
}

/// The turn as its end is told: with the last message alone.
fn summary(mut turn: Turn) -> Turn {
    let last = last_message(&turn).map(|(index, _)| index);
    let items = match last {
        Some(index) => vec![turn.items.swap_remove(index)],
        None => Vec::new(),
    };
    let items_view = if items.is_empty() { TurnItemsView::NotLoaded } else { TurnItemsView::Summary };
    Turn { items, items_view, ..turn }
}
