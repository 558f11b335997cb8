//! Where notifications go: those of a turn that has a stream into the stream, all others to the updates.
//!
//! It outlives connections, so that streams and subscriptions do.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::{Request, ServerNotification, methods, v2};
use serde::Deserialize;
use tokio::sync::{Notify, mpsc};

use crate::notice::Place;
use crate::pending::Answer;
use crate::turn_stream::{self, Queued, TURN_LIMIT, TurnEvent, TurnSink};
use crate::{LeftThread, Notice, Rejoined};

/// Turns that may be left to be interrupted on the next connection.
const INTERRUPT_LIMIT: usize = 256;

/// What the answer to a request changes here, before anything that the server says behind it is looked at.
#[derive(Debug, Default)]
pub(crate) enum Then {
    /// Nothing.
    #[default]
    Nothing,
    /// The client is subscribed to the thread of the answer.
    Joins,
    /// The client is subscribed to this thread.
    Rejoins(String),
    /// The client is not subscribed to this thread any more.
    Leaves(String),
    /// The turn of the answer has a stream.
    Streams(TurnSink),
    /// The server knows that this turn shall be interrupted.
    Interrupts(String),
}

impl Then {
    /// What the answer to this method changes.
    pub(crate) fn of(method: &str, params: &impl serde::Serialize) -> Self {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Subject {
            thread_id: String,
            #[serde(default)]
            turn_id: String,
        }
        if [methods::ThreadStart::NAME, methods::ThreadResume::NAME, methods::ThreadFork::NAME].contains(&method) {
            return Self::Joins;
        }
        let then: fn(Subject) -> Self = match method {
            methods::ThreadUnsubscribe::NAME => |subject| Self::Leaves(subject.thread_id),
            methods::ThreadReplay::NAME => |subject| Self::Rejoins(subject.thread_id),
            methods::TurnInterrupt::NAME => |subject| Self::Interrupts(subject.turn_id),
            _ => return Self::Nothing,
        };
        let subject = serde_json::to_value(params).and_then(serde_json::from_value::<Subject>);
        subject.map_or(Self::Nothing, then)
    }

    /// Whether the answer still changes it when its call was given up: the server has subscribed the client all the same.
    pub(crate) fn outlives_its_caller(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Streams(_))
    }
}

/// The streams and subscriptions of one client.
#[derive(Debug, Default)]
pub(crate) struct Router {
    state: Mutex<State>,
    /// Something is loose.
    loosened: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The threads that the client is subscribed to.
    threads: BTreeMap<String, Subscription>,
    /// The streams by the id of their turn.
    turns: HashMap<String, Vec<TurnSink>>,
    /// Threads of which a turn is being started that shall have a stream: the answer that names the turn may come behind
    /// its first notifications.
    starting: HashMap<String, Starting>,
    /// The number of the last start of a turn.
    last_start: u64,
    /// Was held for a turn that it turned out not to belong to, or for a stream that nobody took.
    loose: VecDeque<Notice>,
    /// Turns that are to be interrupted, each with its thread, until the server has answered that or they have ended.
    interrupts: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Subscription {
    /// The cursor of the last notification that was told.
    cursor: Option<String>,
    /// Whether the client is in the thread on this connection: what has a place in it and comes before that cannot be put in
    /// its order.
    is_current: bool,
}

impl Default for Subscription {
    fn default() -> Self {
        Self { cursor: None, is_current: true }
    }
}

#[derive(Debug, Default)]
struct Starting {
    /// The starts that are not answered.
    starts: BTreeSet<u64>,
    early: VecDeque<Early>,
}

/// What came before it was known to which stream it belongs.
#[derive(Debug)]
enum Early {
    Notice(Notice),
    /// The thread as it was found after a reconnect.
    Picture(Picture),
}

impl Starting {
    /// The notifications that were held.
    fn notices(self) -> impl Iterator<Item = Notice> {
        self.early.into_iter().filter_map(|early| match early {
            Early::Notice(notice) => Some(notice),
            Early::Picture(_) => None,
        })
    }
}

impl State {
    /// Hands it to the streams of its turn, or gives it back.
    fn hand(&mut self, notice: Notice) -> Option<Notice> {
        let Some((_, turn)) = notice.turn() else { return Some(notice) };
        let turn = turn.to_owned();
        let Some(sinks) = self.turns.get_mut(&turn) else { return Some(notice) };
        let is_last = notice.ends_turn();
        match sinks.as_mut_slice() {
            [only] => only.push(Queued::Notice(notice)),
            several => {
                let event = TurnEvent::of(notice);
                several.iter_mut().for_each(|sink| sink.push(event.clone()));
            }
        }
        if is_last {
            self.turns.remove(&turn);
        }
        None
    }

    /// A start is answered, or nobody waits for its answer: with the last one of a thread what was held for it is loose.
    fn started(&mut self, thread: &str, start: u64) {
        let Some(starting) = self.starting.get_mut(thread) else { return };
        starting.starts.remove(&start);
        if starting.starts.is_empty()
            && let Some(ended) = self.starting.remove(thread)
        {
            self.loose.extend(ended.notices());
        }
    }

    /// Ends the streams of a thread of which nothing more will be told.
    fn leave(&mut self, thread: &str, reason: &str) {
        self.turns.retain(|_, sinks| {
            sinks.retain_mut(|sink| {
                let stays = sink.thread_id() != thread;
                if !stays {
                    sink.push(TurnEvent::Lost { reason: reason.to_owned() });
                }
                stays
            });
            !sinks.is_empty()
        });
    }

    /// The turn of a request has a stream now; what came before the answer goes before what comes behind it.
    fn stream(&mut self, turn: String, sink: TurnSink) {
        let thread = sink.thread_id().to_owned();
        self.turns.entry(turn.clone()).or_default().push(sink);
        let early = self.starting.get_mut(&thread).map(|starting| std::mem::take(&mut starting.early));
        let mut left = VecDeque::new();
        for early in early.unwrap_or_default() {
            match early {
                Early::Notice(notice) => left.extend(self.hand(notice).map(Early::Notice)),
                Early::Picture(picture) => {
                    if let Some(event) = Picture::of_turn(&picture.turns, picture.has_begun_items, &turn) {
                        self.tell_last(&turn, event);
                    }
                    left.push_back(Early::Picture(picture));
                }
            }
        }
        if let Some(starting) = self.starting.get_mut(&thread) {
            starting.early = left;
        }
    }

    /// Tells something to the youngest stream of a turn.
    fn tell_last(&mut self, turn: &str, event: TurnEvent) {
        let Some(sinks) = self.turns.get_mut(turn) else { return };
        let is_last = event.is_last();
        if let Some(sink) = sinks.last_mut() {
            sink.push(event);
        }
        if is_last {
            sinks.pop();
        }
        if sinks.is_empty() {
            self.turns.remove(turn);
        }
    }

    /// Tells something to every stream; the streams end when it is the last.
    fn tell_all(&mut self, event: &TurnEvent) {
        self.turns.values_mut().flatten().for_each(|sink| sink.push(event.clone()));
        if event.is_last() {
            self.turns.clear();
        }
    }
}

impl Router {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what belongs to a stream, or goes behind what is loose; what comes back is for the updates.
    pub(crate) fn route(&self, notice: Notice) -> Option<Notice> {
        let mut state = self.state();
        match notice.body() {
            Some(ServerNotification::ThreadClosed(v2::ThreadClosedNotification { thread_id, .. }))
            | Some(ServerNotification::ThreadArchived(v2::ThreadArchivedNotification { thread_id, .. }))
            | Some(ServerNotification::ThreadDeleted(v2::ThreadDeletedNotification { thread_id, .. })) => {
                state.threads.remove(thread_id);
                state.leave(thread_id, &format!("the thread has ended: {}", notice.method()));
            }
            Some(ServerNotification::TurnCompleted(completed)) => {
                state.interrupts.remove(&completed.turn.id);
            }
            _ => {}
        }
        let notice = state.hand(notice)?;
        // How a turn ended is told in any case.
        let room = if notice.ends_turn() { 2 * TURN_LIMIT } else { TURN_LIMIT };
        let waits = !state.loose.is_empty();
        let thread = notice.turn().map(|(thread, _)| thread);
        match thread.and_then(|thread| state.starting.get_mut(thread)).filter(|it| it.early.len() < room) {
            Some(starting) => starting.early.push_back(Early::Notice(notice)),
            None if waits => state.loose.push_back(notice),
            None => return Some(notice),
        }
        None
    }

    /// Notifications of a turn were dropped on their way here; whether it has a stream that tells so.
    pub(crate) fn skip(&self, turn: &str, skipped: u64) -> bool {
        let mut state = self.state();
        let sinks = state.turns.get_mut(turn);
        sinks.is_some_and(|sinks| {
            sinks.iter_mut().for_each(|sink| sink.skip(skipped));
            true
        })
    }

    /// Whether what has a place in this thread can be told: not before the client is in it again.
    pub(crate) fn awaits(&self, thread: &str) -> bool {
        self.state().threads.get(thread).is_none_or(|known| known.is_current)
    }

    /// What stands at this place was told.
    pub(crate) fn at(&self, place: Place) {
        if let Some(known) = self.state().threads.get_mut(&place.thread) {
            known.cursor = Some(place.cursor);
        }
    }

    /// What was held without need; it goes before everything that comes now.
    pub(crate) fn loose(&self) -> Option<Notice> {
        self.state().loose.pop_front()
    }

    /// Waits until something is loose; it may be gone by then.
    pub(crate) async fn loosened(&self) {
        self.loosened.notified().await;
    }

    /// A turn of this thread is being started that shall have a stream.
    pub(crate) fn starting<'a>(&'a self, thread: &'a str) -> StartingTurn<'a> {
        let mut state = self.state();
        state.last_start += 1;
        let start = state.last_start;
        state.starting.entry(thread.to_owned()).or_default().starts.insert(start);
        StartingTurn { router: self, thread, start, events: None }
    }

    /// Nobody waits for a start any more. What has come for its stream, if nobody took that, goes where it goes without one.
    fn give_up(&self, thread: &str, start: u64, events: Option<mpsc::Receiver<Queued>>) {
        let mut state = self.state();
        if let Some(mut events) = events {
            events.close();
            state.turns.retain(|_, sinks| {
                sinks.retain(|sink| sink.start() != start);
                !sinks.is_empty()
            });
            while let Ok(queued) = events.try_recv() {
                if let Queued::Notice(notice) = queued {
                    state.loose.push_back(notice);
                }
            }
        }
        state.started(thread, start);
        drop(state);
        self.loosened.notify_one();
    }

    /// A turn is to be interrupted, on the next connection where it cannot be asked on this one.
    pub(crate) fn interrupt(&self, thread: &str, turn: &str) {
        let interrupts = &mut self.state().interrupts;
        if interrupts.len() < INTERRUPT_LIMIT {
            interrupts.insert(turn.to_owned(), thread.to_owned());
        }
    }

    /// The turns that are to be interrupted, each with its thread.
    pub(crate) fn interrupts(&self) -> Vec<(String, String)> {
        self.state().interrupts.iter().map(|(turn, thread)| (turn.clone(), thread.clone())).collect()
    }

    /// A request was answered.
    pub(crate) fn answered(&self, then: Then, answer: &Answer) {
        #[derive(Deserialize)]
        struct Named {
            id: String,
        }
        #[derive(Deserialize)]
        struct Subject {
            thread: Option<Named>,
            turn: Option<Named>,
        }
        let subject = || answer.as_ref().ok().and_then(|result| serde_json::from_str::<Subject>(result.get()).ok());
        match then {
            Then::Nothing => {}
            Then::Joins => {
                if let Some(thread) = subject().and_then(|subject| subject.thread) {
                    self.state().threads.entry(thread.id).or_default();
                }
            }
            Then::Rejoins(thread) if answer.is_ok() => {
                self.state().threads.entry(thread).or_default();
            }
            Then::Leaves(thread) if answer.is_ok() => {
                let mut state = self.state();
                state.threads.remove(&thread);
                state.leave(&thread, "the client has left the thread");
            }
            Then::Rejoins(_) | Then::Leaves(_) => {}
            Then::Streams(sink) => {
                let (thread, start) = (sink.thread_id().to_owned(), sink.start());
                let turn = subject().and_then(|subject| subject.turn);
                let mut state = self.state();
                if let Some(turn) = turn {
                    state.stream(turn.id, sink);
                }
                state.started(&thread, start);
            }
            Then::Interrupts(turn) => {
                self.state().interrupts.remove(&turn);
            }
        }
    }

    /// A stream is dropped; whether its turn may still run.
    pub(crate) fn forget(&self, turn: &str) -> bool {
        let mut state = self.state();
        let Some(sinks) = state.turns.get_mut(turn) else { return false };
        sinks.retain(|sink| !sink.is_closed());
        if sinks.is_empty() {
            state.turns.remove(turn);
        }
        true
    }

    /// The connection broke, and there will be another one.
    pub(crate) fn disconnected(&self, reason: &str) {
        let mut state = self.state();
        state.threads.values_mut().for_each(|known| known.is_current = false);
        state.tell_all(&TurnEvent::Disconnected { reason: reason.to_owned() });
    }

    /// There will be no connection any more; what comes back is held for nobody.
    pub(crate) fn lost(&self, reason: &str) -> VecDeque<Notice> {
        let mut state = self.state();
        state.tell_all(&TurnEvent::Lost { reason: reason.to_owned() });
        state.interrupts.clear();
        let mut loose = std::mem::take(&mut state.loose);
        loose.extend(state.starting.drain().flat_map(|(_, starting)| starting.notices()));
        loose
    }

    /// The threads that the client is subscribed to, each with the cursor of its last notification.
    pub(crate) fn threads(&self) -> Vec<(String, Option<String>)> {
        self.state().threads.iter().map(|(thread, known)| (thread.clone(), known.cursor.clone())).collect()
    }

    /// The client is in its threads again, as far as it could: streams go on or end.
    pub(crate) fn rejoined(&self, threads: &[LeftThread]) {
        let mut state = self.state();
        for left in threads {
            let Ok(rejoined) = &left.outcome else {
                state.threads.remove(&left.thread_id);
                continue;
            };
            if let Some(known) = state.threads.get_mut(&left.thread_id) {
                known.is_current = true;
            }
            if let Some(starting) = state.starting.get_mut(&left.thread_id)
                && let Some(picture) = Picture::of(rejoined)
            {
                starting.early.retain(|early| matches!(early, Early::Notice(_)));
                starting.early.push_back(Early::Picture(picture));
            }
        }
        let State { threads: known, turns, .. } = &mut *state;
        turns.retain(|turn, sinks| {
            sinks.retain_mut(|sink| {
                let left = threads.iter().find(|left| left.thread_id == sink.thread_id());
                if left.is_none() && known.get(sink.thread_id()).is_some_and(|known| !known.is_current) {
                    // The next connection tells.
                    return true;
                }
                let Some(event) = standing(left, turn) else { return true };
                let goes_on = !event.is_last();
                sink.push(event);
                goes_on
            });
            !sinks.is_empty()
        });
    }
}

/// How a turn stands after a reconnect; nothing where what was missed of it will be told.
fn standing(left: Option<&LeftThread>, turn: &str) -> Option<TurnEvent> {
    let found = match left.map(|left| &left.outcome) {
        Some(Ok(Rejoined::Replayed)) => return None,
        Some(Ok(Rejoined::Resumed(found))) => Picture::of_turn(&found.thread.turns, false, turn),
        Some(Ok(Rejoined::Snapshot(found))) => Picture::of_turn(&found.thread.turns, true, turn),
        Some(Err(error)) => {
            return Some(TurnEvent::Lost { reason: format!("the thread could not be resumed: {error}") });
        }
        None => None,
    };
    let unknown = || TurnEvent::Lost { reason: "the server knows nothing of the turn any more".to_owned() };
    Some(found.unwrap_or_else(unknown))
}

/// The turns of a thread as they were found after a reconnect.
#[derive(Debug)]
struct Picture {
    turns: Vec<v2::Turn>,
    /// Items that have begun are among them.
    has_begun_items: bool,
}

impl Picture {
    /// What a client was told in place of what it has missed.
    fn of(rejoined: &Rejoined) -> Option<Self> {
        let (found, has_begun_items) = match rejoined {
            Rejoined::Replayed => return None,
            Rejoined::Resumed(found) => (found, false),
            Rejoined::Snapshot(found) => (found, true),
        };
        Some(Self { turns: found.thread.turns.clone(), has_begun_items })
    }

    /// How a turn stands; `None` when it is not among them.
    fn of_turn(turns: &[v2::Turn], has_begun_items: bool, turn: &str) -> Option<TurnEvent> {
        let found = turns.iter().rev().find(|found| found.id == turn)?.clone();
        Some(match found.status {
            v2::TurnStatus::InProgress if has_begun_items => TurnEvent::Snapshot(found),
            v2::TurnStatus::InProgress => TurnEvent::Rejoined(found),
            _ => TurnEvent::Completed(found),
        })
    }
}

/// The start of a turn; dropping it gives it up, unless it was answered and its stream taken.
pub(crate) struct StartingTurn<'a> {
    router: &'a Router,
    thread: &'a str,
    start: u64,
    events: Option<mpsc::Receiver<Queued>>,
}

impl StartingTurn<'_> {
    /// What the answer changes. Each time that it is asked has a stream of its own; the last one is that of the answer.
    pub(crate) fn then(&mut self) -> Then {
        let (sink, events) = turn_stream::channel(self.thread.to_owned(), self.start);
        self.events = Some(events);
        Then::Streams(sink)
    }

    /// Takes what comes out of the stream; nothing where it was not asked.
    pub(crate) fn taken(mut self) -> Option<mpsc::Receiver<Queued>> {
        self.events.take()
    }
}

impl Drop for StartingTurn<'_> {
    fn drop(&mut self) {
        self.router.give_up(self.thread, self.start, self.events.take());
    }
}
