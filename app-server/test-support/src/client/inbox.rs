//! Everything that came, and what of it the test has taken.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use codex_app_server_client::{Incoming, MessageReceiver, Way};
use codex_app_server_protocol::envelope::Inbound;
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::DEADLINE;
use crate::delivery::KnownFault;
use crate::transcript::{End, Entry, Redactions, Transcript};

/// The messages of one connection.
#[derive(Debug)]
pub(super) struct Inbox {
    state: Mutex<State>,
    /// Changes with every message and with the end.
    changed: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    transcript: Transcript,
    /// Whether the test has taken the message, per entry; true for what it sent itself.
    taken: Vec<bool>,
    /// Everything before was taken.
    first: usize,
    /// How the connection ended.
    ended: Option<String>,
    closing: bool,
    asked: usize,
    answered: usize,
    faults: Vec<KnownFault>,
}

/// Reads until the connection ends.
pub(super) async fn read<R: MessageReceiver>(mut receiver: R, inbox: Arc<Inbox>) {
    let how = loop {
        match receiver.receive().await {
            Some(Ok(Incoming::Line(line))) => inbox.record(Way::FromServer, line),
            Some(Ok(Incoming::Event(event))) => inbox.record(Way::FromServer, event.line().to_owned()),
            Some(Err(error)) => break error.to_string(),
            None => break "the server ended it".to_owned(),
        }
    };
    let mut state = inbox.state();
    if !state.closing {
        state.transcript.end = End::Cut;
    }
    state.ended = Some(how);
    drop(state);
    inbox.changed.send_replace(());
}

impl Inbox {
    pub(super) fn new(redactions: Redactions) -> Self {
        let state = State {
            transcript: Transcript { redactions, ..Transcript::default() },
            taken: Vec::new(),
            first: 0,
            ended: None,
            closing: false,
            asked: 0,
            answered: 0,
            faults: Vec::new(),
        };
        Self { state: Mutex::new(state), changed: watch::Sender::new(()) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn record(&self, way: Way, line: String) {
        let mut state = self.state();
        match (way, Inbound::parse(line.as_bytes())) {
            (Way::ToServer, Ok(Inbound::Request { .. })) => state.asked += 1,
            (Way::FromServer, Ok(Inbound::Response { .. })) => state.answered += 1,
            _ => {}
        }
        state.transcript.entries.push(Entry::new(way, line));
        state.taken.push(way == Way::ToServer);
        drop(state);
        self.changed.send_replace(());
    }

    /// The end of the connection is from now on what the test wants.
    pub(super) fn closing(&self) {
        self.state().closing = true;
    }

    pub(super) fn ignore_rest(&self) {
        self.state().transcript.end = End::Cut;
    }

    pub(super) fn allow(&self, fault: KnownFault) {
        self.state().faults.push(fault);
    }

    pub(super) fn faults(&self) -> Vec<KnownFault> {
        self.state().faults.clone()
    }

    pub(super) fn transcript(&self) -> Transcript {
        self.state().transcript.clone()
    }

    /// Fails the test with the conversation so far.
    pub(super) fn fail(&self, complaint: &str) -> ! {
        panic!("{complaint}\n\nthe conversation:\n{}", self.transcript().text());
    }

    /// Waits for what `look` finds.
    async fn wait<T>(&self, what: &str, since: Instant, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        loop {
            changed.mark_unchanged();
            let ended = {
                let mut state = self.state();
                if let Some(found) = look(&mut state) {
                    return found;
                }
                state.ended.clone()
            };
            if let Some(how) = ended {
                self.fail(&format!("the connection was over ({how}) while the test waited for {what}"));
            }
            let left = DEADLINE.saturating_sub(since.elapsed());
            if timeout(left, changed.changed()).await.is_err() {
                self.fail(&format!("waited {DEADLINE:?} for {what}"));
            }
        }
    }

    /// Takes the first message that fits and was not taken yet.
    pub(super) async fn take(&self, what: &str, fits: impl Fn(&Inbound<'_>) -> bool) -> String {
        let mut from = 0;
        let look = |state: &mut State| {
            let at = state.find(&mut from, &fits)?;
            state.take(at);
            Some(state.transcript.entries[at].line.clone())
        };
        self.wait(what, Instant::now(), look).await
    }

    /// Takes all up to the first message that fits.
    pub(super) async fn take_until(&self, what: &str, fits: impl Fn(&Inbound<'_>) -> bool) -> Vec<Value> {
        let mut from = 0;
        let look = |state: &mut State| {
            let last = state.find(&mut from, &fits)?;
            Some(state.take_all(last + 1))
        };
        self.wait(what, Instant::now(), look).await
    }

    pub(super) fn take_rest(&self) -> Vec<Value> {
        let mut state = self.state();
        let end = state.taken.len();
        state.take_all(end)
    }

    /// The lines that were not taken.
    pub(super) fn unread(&self) -> Vec<String> {
        let state = self.state();
        let entries = state.transcript.entries.iter().zip(&state.taken);
        entries.filter(|(_, taken)| !**taken).map(|(entry, _)| entry.line.clone()).collect()
    }

    /// Waits until the connection is over and tells how it ended.
    pub(super) async fn ended(&self) -> String {
        self.wait("the end of the connection", Instant::now(), |state| state.ended.clone()).await
    }

    /// Waits until every request has its answer, or the connection is over.
    pub(super) async fn all_answered(&self, since: Instant) {
        let look = |state: &mut State| (state.ended.is_some() || state.answered >= state.asked).then_some(());
        self.wait("the answers to all requests", since, look).await;
    }
}

impl State {
    /// The first message that fits and was not taken. `from` remembers how far a wait has looked already.
    fn find(&self, from: &mut usize, fits: &impl Fn(&Inbound<'_>) -> bool) -> Option<usize> {
        let start = self.first.max(*from);
        *from = self.taken.len();
        (start..self.taken.len()).find(|at| {
            let line = &self.transcript.entries[*at].line;
            !self.taken[*at] && Inbound::parse(line.as_bytes()).is_ok_and(|said| fits(&said))
        })
    }

    fn take(&mut self, at: usize) {
        self.taken[at] = true;
        while self.taken.get(self.first) == Some(&true) {
            self.first += 1;
        }
    }

    fn take_all(&mut self, end: usize) -> Vec<Value> {
        let fresh: Vec<_> = (self.first..end).filter(|at| !self.taken[*at]).collect();
        fresh
            .into_iter()
            .map(|at| {
                self.take(at);
                self.transcript.entries[at].message.clone().unwrap_or_default()
            })
            .collect()
    }
}
