//! Calls that wait for their answers.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::{RequestId, RpcError};
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};

use crate::ClientError;

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
    waiting: HashMap<RequestId, oneshot::Sender<Answer>>,
    closed: Option<String>,
}

/// One open call; dropping it gives the call up.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pending: &'a Pending,
    pub(crate) id: RequestId,
    answer: oneshot::Receiver<Answer>,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self { state: Mutex::default(), ended: watch::Sender::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a call under an id of its own.
    pub(crate) fn open(&self) -> Result<Call<'_>, ClientError> {
        let mut state = self.state();
        if let Some(reason) = &state.closed {
            return Err(ClientError::Closed { reason: reason.clone() });
        }
        state.last_id += 1;
        let id = RequestId::Integer(state.last_id);
        let (sender, answer) = oneshot::channel();
        state.waiting.insert(id.clone(), sender);
        drop(state);
        Ok(Call { pending: self, id, answer })
    }

    /// Hands an answer to who waits for it; false when nobody does.
    pub(crate) fn settle(&self, id: &RequestId, answer: Answer) -> bool {
        let waiting = self.state().waiting.remove(id);
        waiting.is_some_and(|waiting| waiting.send(answer).is_ok())
    }

    /// Ends all calls; the first reason counts.
    pub(crate) fn close(&self, reason: &str) {
        let mut state = self.state();
        state.closed.get_or_insert_with(|| reason.to_owned());
        state.waiting.clear();
        drop(state);
        self.ended.send_replace(true);
    }

    /// Waits for [`Self::close`] and tells its reason.
    pub(crate) async fn closed(&self) -> String {
        let mut ended = self.ended.subscribe();
        // The sender lives as long as `self`, so that this cannot fail.
        let _ = ended.wait_for(|ended| *ended).await;
        self.reason()
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
            Err(_) => Err(ClientError::Closed { reason: self.pending.reason() }),
        }
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.pending.state().waiting.remove(&self.id);
    }
}
