//! What a running turn waits for, as the thread's status shows it.

use codex_app_server_protocol::v2::{ThreadActiveFlag, ThreadStatus, ThreadStatusChangedNotification};
use codex_app_server_protocol::{Request, ServerNotification};
use serde::de::DeserializeOwned;

use super::ThreadShared;

/// How many questions of each kind are open.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    approvals: usize,
    user_inputs: usize,
}

impl Waiting {
    fn count(&mut self, flag: ThreadActiveFlag) -> &mut usize {
        match flag {
            ThreadActiveFlag::WaitingOnApproval => &mut self.approvals,
            ThreadActiveFlag::WaitingOnUserInput => &mut self.user_inputs,
        }
    }

    fn status(&self) -> ThreadStatus {
        let flags = [
            (self.approvals, ThreadActiveFlag::WaitingOnApproval),
            (self.user_inputs, ThreadActiveFlag::WaitingOnUserInput),
        ];
        let active_flags = flags.into_iter().filter(|(count, _)| *count > 0).map(|(_, flag)| flag).collect();
        ThreadStatus::Active { active_flags }
    }
}

/// Shows that the thread waits. Given up with its turn it says nothing: the end of the turn shows the status.
pub(crate) struct Wait<'a> {
    thread: &'a ThreadShared,
    flag: ThreadActiveFlag,
}

impl Wait<'_> {
    /// The thread waits no longer.
    pub(crate) fn end(self) {
        let thread = self.thread;
        let flag = self.flag;
        drop(self);
        thread.show_waiting(flag, |_| {});
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let mut waiting = self.thread.waiting();
        let count = waiting.count(self.flag);
        *count = count.saturating_sub(1);
    }
}

/// What became of a question.
pub(crate) enum Answered<T> {
    /// A client answered.
    With(T),
    /// A client answered, and nothing can be made of it.
    Badly(Fault),
    /// Nobody will answer any more.
    Never,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is an error.
    Refused,
    /// It is no answer to the question.
    Unreadable,
}

impl ThreadShared {
    /// The thread waits from now on.
    pub(crate) fn wait_on(&self, flag: ThreadActiveFlag) -> Wait<'_> {
        self.show_waiting(flag, |count| *count += 1);
        Wait { thread: self, flag }
    }

    fn show_waiting(&self, flag: ThreadActiveFlag, change: impl FnOnce(&mut usize)) {
        let mut waiting = self.waiting();
        let before = waiting.status();
        change(waiting.count(flag));
        let now = waiting.status();
        // Told under the lock, so that the last status told is the one that holds.
        if now != before || *waiting.count(flag) == 0 {
            self.set_status(now);
        }
    }

    /// Tells everyone that the thread's state is another one.
    pub(crate) fn set_status(&self, status: ThreadStatus) {
        self.view().set_status(status.clone());
        let changed = ThreadStatusChangedNotification { thread_id: self.id.to_string(), status };
        self.sink.broadcast(ServerNotification::ThreadStatusChanged(changed));
    }

    /// Asks the clients and waits for the first answer.
    pub(crate) async fn ask<M: Request>(&self, params: &M::Params) -> Answered<M::Result>
    where
        M::Result: DeserializeOwned,
    {
        let asked = match self.sink.ask::<M>(params) {
            Ok(asked) => asked,
            Err(error) => {
                tracing::error!(thread = %self.id, %error, "a question cannot be written as JSON");
                return Answered::Badly(Fault::Unreadable);
            }
        };
        let answer = asked.answer.await;
        self.sink.settle(asked.id);
        match answer {
            Err(_) => Answered::Never,
            Ok(Ok(result)) => match serde_json::from_str(result.get()) {
                Ok(result) => Answered::With(result),
                Err(error) => {
                    // Its text would quote the answer, which may be a secret.
                    let place = error.column();
                    tracing::warn!(thread = %self.id, method = M::NAME, place, "an answer of a client is not understood");
                    Answered::Badly(Fault::Unreadable)
                }
            },
            Ok(Err(error)) => {
                tracing::debug!(thread = %self.id, method = M::NAME, code = error.code, "a client refused a question");
                Answered::Badly(Fault::Refused)
            }
        }
    }
}
