//! Questions to clients: each has a number of its own, the first answer counts, and whoever resumes the thread meanwhile
//! is asked again.
//!
//! A question lives until it is answered or its thread gives it up; it outlives every connection, and has no time limit but
//! the one that a client sets for itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codex_app_server_protocol::RpcError;
use codex_utils_metrics::{Held, QUESTIONS_OPEN};
use serde_json::value::RawValue;
use tokio::sync::oneshot;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::deps::{Question, SubscriberId};

/// What a client answered: a result as JSON, or an error.
pub type Answer = Result<Box<RawValue>, RpcError>;

/// All open questions of the process.
#[derive(Default)]
pub(crate) struct Questions {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: i64,
    open: HashMap<i64, Open>,
}

struct Open {
    /// Who was asked; nobody else may answer.
    asked: Vec<SubscriberId>,
    answer: oneshot::Sender<Answer>,
    /// Ends the waiting of those who have a limit.
    settled: DropGuard,
    _counted: Held,
}

impl Questions {
    /// Opens a question. The receiver fails when it is given up.
    pub(crate) fn open(&self, method: &'static str, params: Box<RawValue>) -> (Question, oneshot::Receiver<Answer>) {
        let (answer, answered) = oneshot::channel();
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        let settled = CancellationToken::new().drop_guard();
        state.open.insert(id, Open { asked: Vec::new(), answer, settled, _counted: QUESTIONS_OPEN.hold() });
        (Question { id, method, params }, answered)
    }

    /// A client is asked. One with a limit refuses when it has not answered within it.
    pub(crate) fn asked(self: &Arc<Self>, id: i64, subscriber: SubscriberId, limit: Option<Duration>) {
        let settled = match self.state().open.get_mut(&id) {
            Some(open) => {
                open.asked.push(subscriber);
                open.settled.token().clone()
            }
            None => return,
        };
        let Some(limit) = limit else { return };
        let questions = Arc::clone(self);
        tokio::spawn(async move {
            if settled.run_until_cancelled(tokio::time::sleep(limit)).await.is_some() {
                let refusal = RpcError::internal("the client did not answer within the limit that it has set");
                questions.answer(id, subscriber, Err(refusal));
            }
        });
    }

    /// A client has gone for good: it answers no more, nor does the limit that it has set.
    pub(crate) fn gone(&self, id: i64, subscriber: SubscriberId) {
        if let Some(open) = self.state().open.get_mut(&id) {
            open.asked.retain(|asked| *asked != subscriber);
        }
    }

    /// Takes an answer; whether it counts. Later ones, and those of clients that were not asked, do not.
    pub(crate) fn answer(&self, id: i64, from: SubscriberId, answer: Answer) -> bool {
        let open = {
            let mut state = self.state();
            if !state.open.get(&id).is_some_and(|open| open.asked.contains(&from)) {
                return false;
            }
            state.open.remove(&id)
        };
        open.is_some_and(|open| open.answer.send(answer).is_ok())
    }

    /// Gives a question up.
    pub(crate) fn close(&self, id: i64) {
        self.state().open.remove(&id);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn the_first_answer_of_someone_who_was_asked_counts() {
        let questions = Arc::new(Questions::default());
        let (first, mut answered) = questions.open("a", json("{}"));
        let (second, mut given_up) = questions.open("a", json("{}"));
        assert_eq!((first.id, second.id), (0, 1));
        questions.asked(0, SubscriberId(1), None);
        questions.asked(0, SubscriberId(2), None);
        assert!(!questions.answer(0, SubscriberId(3), Ok(json("3"))));
        assert!(!questions.answer(7, SubscriberId(1), Ok(json("3"))));
        assert!(questions.answer(0, SubscriberId(2), Ok(json("2"))));
        assert!(!questions.answer(0, SubscriberId(1), Ok(json("1"))));
        assert_eq!(answered.try_recv().unwrap().unwrap().get(), "2");
        questions.asked(1, SubscriberId(1), None);
        questions.close(1);
        assert!(!questions.answer(1, SubscriberId(1), Ok(json("1"))));
        assert!(given_up.try_recv().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_a_limit_refuses_after_it_and_only_then() {
        let questions = Arc::new(Questions::default());
        let limit = Duration::from_secs(60);
        let (_, answered) = questions.open("a", json("{}"));
        questions.asked(0, SubscriberId(1), Some(limit));
        questions.asked(0, SubscriberId(2), None);
        let begin = tokio::time::Instant::now();
        assert!(answered.await.unwrap().unwrap_err().message.contains("limit"));
        assert_eq!(begin.elapsed(), limit);
        let (_, mut left_open) = questions.open("a", json("{}"));
        questions.asked(1, SubscriberId(1), Some(limit));
        questions.gone(1, SubscriberId(1));
        tokio::time::sleep(limit * 2).await;
        assert!(left_open.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
        let (_, mut answered) = questions.open("a", json("{}"));
        questions.asked(2, SubscriberId(1), Some(limit));
        assert!(questions.answer(2, SubscriberId(1), Ok(json("1"))));
        tokio::time::sleep(limit * 2).await;
        assert_eq!(answered.try_recv().unwrap().unwrap().get(), "1");
    }
}
