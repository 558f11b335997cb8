//! Calls that wait for their answers, and how far each has come on its way out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::{RequestId, RpcError};
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};

use crate::ClientError;
use crate::router::Then;

/// What a call is answered with.
pub(crate) type Answer = Result<Box<RawValue>, RpcError>;

/// The open calls of one connection.
#[derive(Debug)]
pub(crate) struct Pending {
    state: Mutex<State>,
    ended: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    last_id: i64,
    waiting: HashMap<RequestId, Waiting>,
    closed: Option<String>,
}

/// Who waits for an answer, and what it changes.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) then: Then,
    pub(crate) answer: oneshot::Sender<Answer>,
}

/// One open call; dropping it gives the call up. Its answer still changes what it changes without a caller.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pending: &'a Pending,
    pub(crate) id: RequestId,
    pub(crate) handover: Handover,
    answer: oneshot::Receiver<Answer>,
}

/// Who has a request: the queue, the connection, or nobody as it was given up before it left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handover(Arc<AtomicU8>);

const QUEUED: u8 = 0;
const TAKEN: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Handover {
    /// The connection takes it; false when it was given up.
    pub(crate) fn take(&self) -> bool {
        self.0.compare_exchange(QUEUED, TAKEN, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Gives it up unless the connection has it; whether it is certain never to leave.
    fn give_up(&self) -> bool {
        self.0.compare_exchange(QUEUED, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire) != Err(TAKEN)
    }
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self { state: Mutex::default(), ended: watch::Sender::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a call under an id of its own.
    pub(crate) fn open(&self, then: Then) -> Result<Call<'_>, ClientError> {
        let (id, answer) = self.enter(then)?;
        Ok(Call { pending: self, id, handover: Handover::default(), answer })
    }

    /// Opens a call whose answer nobody waits for; what it changes is changed all the same.
    pub(crate) fn post(&self, then: Then) -> Result<RequestId, ClientError> {
        self.enter(then).map(|(id, _)| id)
    }

    fn enter(&self, then: Then) -> Result<(RequestId, oneshot::Receiver<Answer>), ClientError> {
        let mut state = self.state();
        if let Some(reason) = &state.closed {
            return Err(ClientError::Closed { reason: reason.clone(), unsent: true });
        }
        state.last_id += 1;
        let id = RequestId::Integer(state.last_id);
        let (sender, answer) = oneshot::channel();
        state.waiting.insert(id.clone(), Waiting { then, answer: sender });
        Ok((id, answer))
    }

    /// Who waits for this answer; `None` when nobody does.
    pub(crate) fn take(&self, id: &RequestId) -> Option<Waiting> {
        self.state().waiting.remove(id)
    }

    /// Ends all calls; the first reason counts.
    pub(crate) fn close(&self, reason: &str) {
        let mut state = self.state();
        state.closed.get_or_insert_with(|| reason.to_owned());
        let ended = std::mem::take(&mut state.waiting);
        drop(state);
        drop(ended);
        self.ended.send_replace(true);
    }

    /// Waits for [`Self::close`] and tells its reason.
    pub(crate) async fn closed(&self) -> String {
        let mut ended = self.ended.subscribe();
        // The sender lives as long as `self`, so that this cannot fail.
        let _ = ended.wait_for(|ended| *ended).await;
        self.reason()
    }

    pub(crate) fn is_closed(&self) -> bool {
        *self.ended.borrow()
    }

    pub(crate) fn reason(&self) -> String {
        self.state().closed.clone().unwrap_or_else(|| "it was given up".to_owned())
    }
}

impl Call<'_> {
    /// Waits for the answer.
    pub(crate) async fn answer(&mut self) -> Result<Box<RawValue>, ClientError> {
        match (&mut self.answer).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(ClientError::Closed { reason: self.pending.reason(), unsent: self.handover.give_up() }),
        }
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let mut state = self.pending.state();
        let given_up = match state.waiting.get(&self.id) {
            Some(waiting) if !waiting.then.outlives_its_caller() => state.waiting.remove(&self.id),
            _ => None,
        };
        drop(state);
        drop(given_up);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_either_sent_or_known_not_to_be() {
        let first = Handover::default();
        assert!(first.take(), "nobody has given it up");
        assert!(!first.give_up(), "it has left");
        let second = Handover::default();
        assert!(second.give_up() && second.give_up(), "it stays here");
        assert!(!second.take(), "the connection must not send it any more");
    }
}
