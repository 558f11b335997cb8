//! Where a thread's events go: to its subscribers, or to everyone.
//!
//! Shared by the thread's actor and the work of its turn. An event is built once, numbered and handed out under one
//! short lock, so that all readers see one order. The running turn's completed items are kept under the same lock: who
//! joins gets them and then every later event, none twice and none lost.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codex_app_server_protocol::ext::{
    ThreadReplayOutcome, ThreadReplayResponse, TurnWaitingNotification, TurnWaitsFor,
};
use codex_app_server_protocol::v2::{
    ItemCompletedNotification, ItemStartedNotification, ServerRequestResolvedNotification, ThreadItem, Turn,
};
use codex_app_server_protocol::{Event, Request, RequestId, ServerNotification};
use serde_json::value::to_raw_value;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::backlog::{Backlog, BacklogLimits};
use super::begun::Begun;
use crate::deps::{Audience, Question, Subscriber, SubscriberId};
use crate::engine::Reply;
use crate::env::Clock;
use crate::questions::{Answer, Questions};

/// For how long nothing is told of a turn before it is told what it waits for.
const SILENCE: Duration = Duration::from_secs(10);

/// Where the events of one thread go.
pub(crate) struct Sink {
    thread: Arc<str>,
    clock: Arc<dyn Clock>,
    audience: Arc<dyn Audience>,
    questions: Arc<Questions>,
    state: Mutex<State>,
}

struct State {
    /// The number of the last event. The first one of a loaded thread is the time in microseconds, so that no place of an
    /// earlier loading is taken for one of this.
    seq: u64,
    backlog: Backlog,
    subscribers: Vec<Arc<dyn Subscriber>>,
    /// Since when nobody listens.
    vacant_since: Instant,
    /// When something was told last.
    told_at: Instant,
    /// Whether the model could not be reached, and has not answered since.
    no_network: bool,
    /// How many calls of tools run.
    tools_running: usize,
    /// When it was last told that the turn waits.
    beat_at: Instant,
    /// The turn that runs, with the items it has completed.
    live: Option<Turn>,
    /// The items of that turn that have begun and not ended.
    begun: Begun,
    /// What the clients were asked and have not answered.
    asked: Vec<Question>,
}

impl State {
    /// Keeps only these subscribers; whether any went.
    fn keep(&mut self, now_ms: i64, stays: impl Fn(&dyn Subscriber) -> bool) -> bool {
        let before = self.subscribers.len();
        self.subscribers.retain(|subscriber| stays(&**subscriber));
        let left = self.subscribers.len() < before;
        if left && self.subscribers.is_empty() {
            self.vacant_since = Instant::now();
        }
        if left && !self.subscribers.iter().any(|subscriber| subscriber.notes_places()) {
            self.backlog.unwanted(now_ms);
        }
        left
    }
}

/// A question that was put to the clients.
pub(crate) struct Asked {
    pub(crate) id: i64,
    pub(crate) answer: oneshot::Receiver<Answer>,
}

/// That a tool runs.
pub(crate) struct ToolRuns<'a>(&'a Sink);

impl Drop for ToolRuns<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.tools_running = state.tools_running.saturating_sub(1);
    }
}

/// What a joining subscriber is told besides events to come.
pub(crate) struct Joined {
    /// The turn that runs, with its items so far; for who notes places with those that have only begun.
    pub(crate) live: Option<Turn>,
}

impl Sink {
    pub(crate) fn new(
        thread: Arc<str>,
        clock: Arc<dyn Clock>,
        audience: Arc<dyn Audience>,
        questions: Arc<Questions>,
        limits: BacklogLimits,
    ) -> Self {
        let state = State {
            seq: u64::try_from(clock.now().as_microsecond()).unwrap_or_default(),
            backlog: Backlog::new(limits),
            subscribers: Vec::new(),
            vacant_since: Instant::now(),
            told_at: Instant::now(),
            no_network: false,
            tools_running: 0,
            beat_at: Instant::now(),
            live: None,
            begun: Begun::default(),
            asked: Vec::new(),
        };
        Self { thread, clock, audience, questions, state: Mutex::new(state) }
    }

    /// Goes on for the same thread, loaded anew: to the same subscribers, with the next number.
    pub(crate) fn succeed(&self) -> Self {
        let mut state = self.lock();
        let next = Self::new(
            Arc::clone(&self.thread),
            Arc::clone(&self.clock),
            Arc::clone(&self.audience),
            Arc::clone(&self.questions),
            state.backlog.limits(),
        );
        {
            let mut fresh = next.lock();
            fresh.seq = state.seq;
            fresh.backlog = state.backlog.succeed(state.seq);
            fresh.subscribers = std::mem::take(&mut state.subscribers);
        }
        next
    }

    /// Asks the subscribers, and whoever joins before it is settled.
    pub(crate) fn ask<M: Request>(&self, params: &M::Params) -> Result<Asked, serde_json::Error> {
        let (question, answer) = self.questions.open(M::NAME, to_raw_value(params)?);
        let id = question.id;
        let mut state = self.lock();
        for subscriber in &state.subscribers {
            self.put(&question, &**subscriber);
        }
        state.asked.push(question);
        Ok(Asked { id, answer })
    }

    fn put(&self, question: &Question, subscriber: &dyn Subscriber) {
        self.questions.asked(question.id, subscriber.id(), subscriber.question_limit());
        subscriber.ask(question);
    }

    /// A question is open no longer: tells the subscribers, once.
    pub(crate) fn settle(&self, id: i64) {
        let mut state = self.lock();
        self.settle_in(&mut state, id);
    }

    /// No question is open any longer, answered or not.
    pub(crate) fn settle_all(&self) {
        let mut state = self.lock();
        while let Some(id) = state.asked.first().map(|question| question.id) {
            self.settle_in(&mut state, id);
        }
    }

    fn settle_in(&self, state: &mut State, id: i64) {
        let Some(position) = state.asked.iter().position(|question| question.id == id) else { return };
        let question = state.asked.remove(position);
        self.questions.close(id);
        if !question.is_for_people() {
            return;
        }
        let resolved = ServerRequestResolvedNotification {
            thread_id: self.thread.to_string(),
            request_id: RequestId::Integer(id),
        };
        let event = self.next(state, ServerNotification::ServerRequestResolved(resolved));
        deliver(state, &event);
    }

    /// Tells the subscribers.
    pub(crate) fn emit(&self, body: ServerNotification) {
        let mut state = self.lock();
        state.begun.note(&body);
        let event = self.next(&mut state, body);
        deliver(&state, &event);
    }

    /// Tells everyone. Only subscribers see it in the order of the thread's events.
    pub(crate) fn broadcast(&self, body: ServerNotification) {
        let mut state = self.lock();
        let mut told = Vec::new();
        if state.backlog.is_kept() {
            let event = self.next(&mut state, body.clone());
            deliver(&state, &event);
            told.extend(state.subscribers.iter().map(|subscriber| subscriber.id()));
        }
        let event = Event::new(Some(Arc::clone(&self.thread)), 0, self.now_ms(), body);
        self.audience.broadcast(&Arc::new(event), &told);
    }

    /// Tells one subscriber what its request brought about, outside the thread's numbering.
    pub(crate) fn tell(&self, subscriber: &dyn Subscriber, body: ServerNotification) {
        subscriber.deliver(&Arc::new(Event::new(None, 0, self.now_ms(), body)));
    }

    /// Tells the subscribers that an item begins.
    pub(crate) fn item_started(&self, turn_id: &str, item: ThreadItem) {
        let started_at_ms = item.started_at_ms.unwrap_or_else(|| self.clock.now().as_millisecond());
        self.emit(ServerNotification::ItemStarted(ItemStartedNotification {
            item,
            thread_id: self.thread.to_string(),
            turn_id: turn_id.to_owned(),
            started_at_ms,
        }));
    }

    /// Tells the subscribers that an item is complete, and keeps it for who joins while the turn runs.
    pub(crate) fn item_completed(&self, turn_id: &str, item: ThreadItem) {
        let mut state = self.lock();
        // A command may end after the turn that it was started in.
        if let Some(live) = state.live.as_mut().filter(|live| live.id == turn_id) {
            live.items.push(item.clone());
        }
        state.begun.ended(item.kind.id());
        let completed_at_ms = item.completed_at_ms.unwrap_or_else(|| self.clock.now().as_millisecond());
        let body = ServerNotification::ItemCompleted(ItemCompletedNotification {
            item,
            thread_id: self.thread.to_string(),
            turn_id: turn_id.to_owned(),
            content_token_count: None,
            completed_at_ms,
        });
        let event = self.next(&mut state, body);
        deliver(&state, &event);
    }

    /// A turn runs from now on.
    pub(crate) fn begin_turn(&self, turn: Turn) {
        let mut state = self.lock();
        state.begun = Begun::of_turn(&turn.id);
        state.live = Some(turn);
    }

    /// No turn runs any more; answers with the items it completed.
    pub(crate) fn end_turn(&self) -> Vec<ThreadItem> {
        let mut state = self.lock();
        state.begun = Begun::default();
        state.live.take().map(|turn| turn.items).unwrap_or_default()
    }

    /// The turn that runs, with its items so far.
    pub(crate) fn live(&self) -> Option<Turn> {
        self.lock().live.clone()
    }

    /// Adds a subscriber, and answers its request, in one step with taking what has been told so far. Then it is asked
    /// what is open.
    pub(crate) fn join(&self, subscriber: Arc<dyn Subscriber>, answer: impl FnOnce(Joined)) {
        let mut state = self.lock();
        let mut live = state.live.clone();
        if subscriber.notes_places()
            && let Some(live) = &mut live
        {
            live.items.extend(state.begun.items());
        }
        answer(Joined { live });
        self.add(&mut state, subscriber);
    }

    /// Adds a subscriber that knows everything up to a place, and answers its request with the number of events that it
    /// has missed; they follow. The reply comes back when that is not known any more.
    pub(crate) fn rejoin(
        &self,
        subscriber: Arc<dyn Subscriber>,
        place: u64,
        reply: Reply<ThreadReplayResponse>,
    ) -> Result<(), Reply<ThreadReplayResponse>> {
        let mut state = self.lock();
        let Some(missed) = state.backlog.since(place, self.now_ms()) else { return Err(reply) };
        let count = u64::try_from(missed.len()).unwrap_or(u64::MAX);
        reply(Ok(ThreadReplayResponse { outcome: ThreadReplayOutcome::Replayed, missed: count, snapshot: None }));
        missed.for_each(|event| subscriber.deliver(event));
        self.add(&mut state, subscriber);
        Ok(())
    }

    /// Adds a subscriber and asks it what is open. One whose connection has ended stays away: it was taken out of every
    /// thread already, and nobody would do so again.
    fn add(&self, state: &mut State, subscriber: Arc<dyn Subscriber>) {
        if subscriber.has_ended() {
            return;
        }
        for question in &state.asked {
            self.put(question, &*subscriber);
        }
        if subscriber.notes_places() {
            state.backlog.keep_from(state.seq);
        }
        if !state.subscribers.iter().any(|known| known.id() == subscriber.id()) {
            state.subscribers.push(subscriber);
        }
    }

    /// Removes a subscriber; whether it was one.
    pub(crate) fn leave(&self, id: SubscriberId) -> bool {
        let mut state = self.lock();
        if state.subscribers.iter().any(|subscriber| subscriber.id() == id && subscriber.has_ended()) {
            state.asked.iter().for_each(|question| self.questions.gone(question.id, id));
        }
        state.keep(self.now_ms(), |subscriber| subscriber.id() != id)
    }

    /// When it is to be told next what the running turn waits for; `None` while nobody wants to know.
    pub(crate) fn next_beat(&self) -> Option<Instant> {
        let state = self.lock();
        let wanted = state.live.is_some() && state.subscribers.iter().any(|subscriber| subscriber.wants_heartbeat());
        wanted.then(|| state.told_at.max(state.beat_at) + SILENCE)
    }

    /// Tells what the running turn waits for, if nothing else was told for long.
    pub(crate) fn beat(&self) {
        let mut state = self.lock();
        let Some(turn) = &state.live else { return };
        let silent = state.told_at.elapsed();
        if silent < SILENCE {
            return;
        }
        let waits_for = match () {
            () if state.asked.iter().any(Question::is_for_people) => TurnWaitsFor::Human,
            () if state.tools_running > 0 => TurnWaitsFor::Tool,
            () if state.no_network => TurnWaitsFor::Network,
            () => TurnWaitsFor::Model,
        };
        let body = ServerNotification::TurnWaiting(TurnWaitingNotification {
            thread_id: self.thread.to_string(),
            turn_id: turn.id.clone(),
            waits_for,
            silent_ms: u64::try_from(silent.as_millis()).unwrap_or(u64::MAX),
        });
        state.beat_at = Instant::now();
        // It is of no use to who was away, so it has no place among the events.
        let event = Event::new(Some(Arc::clone(&self.thread)), 0, self.now_ms(), body);
        deliver(&state, &Arc::new(event));
    }

    /// A tool runs, and the turn waits for it, for as long as this is kept.
    pub(crate) fn tool_runs(&self) -> ToolRuns<'_> {
        self.lock().tools_running += 1;
        ToolRuns(self)
    }

    /// The model has answered.
    pub(crate) fn model_reached(&self) {
        self.lock().no_network = false;
    }

    /// Since when nobody listens; `None` while someone does.
    pub(crate) fn vacant_since(&self) -> Option<Instant> {
        let mut state = self.lock();
        // A connection may end while its thread is being loaded and is not known to be one of those that it leaves.
        state.keep(self.now_ms(), |subscriber| !subscriber.has_ended());
        state.subscribers.is_empty().then_some(state.vacant_since)
    }

    /// What to wait for before more is streamed; `None` when every subscriber has room.
    pub(crate) fn room(&self) -> Option<Vec<Pin<Box<dyn Future<Output = ()> + Send>>>> {
        let waits: Vec<_> = self.lock().subscribers.iter().filter_map(|subscriber| subscriber.ready()).collect();
        (!waits.is_empty()).then_some(waits)
    }

    fn next(&self, state: &mut State, body: ServerNotification) -> Arc<Event> {
        state.told_at = Instant::now();
        state.no_network = matches!(&body, ServerNotification::Error(error) if error.will_retry);
        state.seq += 1;
        let event = Arc::new(Event::new(Some(Arc::clone(&self.thread)), state.seq, self.now_ms(), body));
        state.backlog.push(&event);
        event
    }

    fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn deliver(state: &State, event: &Arc<Event>) {
    for subscriber in &state.subscribers {
        subscriber.deliver(event);
    }
}
