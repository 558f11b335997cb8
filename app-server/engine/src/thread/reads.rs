//! Requests that look at a thread: read and resume.
//!
//! Stored turns are read outside of the actor, so that nobody waits behind them. What the file says of turns that had
//! ended when the request came, what ended meanwhile, and the running turn are put together in one step with the
//! subscription: no turn is missing, none comes twice.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::ext::{ThreadReplayOutcome, ThreadReplayResponse};
use codex_app_server_protocol::v2::{
    DeprecationNoticeNotification, Thread, ThreadReadResponse, ThreadResumeResponse, ThreadStatus,
    ThreadTokenUsageUpdatedNotification, Turn,
};
use codex_thread_store::StoreError;

use super::actor::Actor;
use super::goal::tell_present_goal;
use super::handle::Command;
use crate::deps::Subscriber;
use crate::engine::Reply;
use crate::error::EngineError;
use crate::start::words::answered_as_a_start;

/// Who waits for the turns of a thread.
pub(crate) enum Waiting {
    Read(Reply<ThreadReadResponse>),
    Resume(Reply<ThreadResumeResponse>),
}

/// Turns that have been read.
pub(crate) struct TurnsRead {
    subscriber: Arc<dyn Subscriber>,
    waiting: Waiting,
    /// How many of the recent turns had ended when the request came: those are in the file.
    ended: usize,
    outcome: Result<Vec<Turn>, StoreError>,
}

impl TurnsRead {
    pub(super) fn refuse(self, error: EngineError) {
        match self.waiting {
            Waiting::Read(reply) => reply(Err(error)),
            Waiting::Resume(reply) => reply(Err(error)),
        }
    }
}

impl Actor {
    pub(super) fn read(
        &mut self,
        include_turns: bool,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadReadResponse>,
    ) {
        if !include_turns {
            return reply(Ok(self.read_response(Vec::new())));
        }
        if self.shared.log.is_ephemeral() {
            return reply(Err(EngineError::EphemeralTurns));
        }
        if !self.has_file {
            return reply(Err(EngineError::NoTurns));
        }
        self.read_turns(subscriber, Waiting::Read(reply));
    }

    pub(super) async fn resume(
        &mut self,
        exclude_turns: bool,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadResumeResponse>,
    ) {
        if self.shared.log.is_ephemeral() || !self.has_file {
            return reply(Err(EngineError::RolloutNotFound(self.shared.id.to_string())));
        }
        if exclude_turns {
            self.join(subscriber, None, reply).await;
        } else {
            self.read_turns(subscriber, Waiting::Resume(reply));
        }
    }

    /// Brings a subscriber back up to date: by what it has missed, else by all that there is.
    pub(super) async fn replay(
        &mut self,
        place: Option<u64>,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadReplayResponse>,
    ) {
        let reply = match place {
            Some(place) => match self.shared.sink.rejoin(Arc::clone(&subscriber), place, reply) {
                Ok(()) => return,
                Err(reply) => reply,
            },
            None => reply,
        };
        let reply = in_a_snapshot(reply);
        if self.shared.log.is_ephemeral() || !self.has_file {
            // There are no turns but the one that runs.
            self.join(subscriber, Some(Vec::new()), reply).await;
        } else {
            self.read_turns(subscriber, Waiting::Resume(reply));
        }
    }

    fn read_turns(&mut self, subscriber: Arc<dyn Subscriber>, waiting: Waiting) {
        self.pending_reads += 1;
        let ended = self.recent.len();
        let reading = self.store.read(&self.shared.id, true);
        let mailbox = self.mailbox.clone();
        let id = Arc::clone(&self.shared.id);
        tokio::spawn(async move {
            let outcome = match reading.await {
                Ok(stored) => Ok(stored.thread.turns),
                // The first lines are on their way.
                Err(StoreError::NotFound { .. }) => Ok(Vec::new()),
                Err(error) => Err(error),
            };
            let read = Command::TurnsRead(Box::new(TurnsRead { subscriber, waiting, ended, outcome }));
            match mailbox.upgrade() {
                Some(mailbox) => {
                    if let Err(unsent) = mailbox.send(read).await {
                        unsent.0.refuse(&id);
                    }
                }
                None => read.refuse(&id),
            }
        });
    }

    pub(super) async fn turns_read(&mut self, read: TurnsRead) {
        let TurnsRead { subscriber, waiting, ended, outcome } = read;
        self.pending_reads -= 1;
        let recent = self.recent.get(ended..).unwrap_or_default().to_vec();
        if self.pending_reads == 0 {
            self.recent.clear();
        }
        let stored = match outcome {
            Ok(turns) => turns,
            Err(error) => {
                let refused = TurnsRead { subscriber, waiting, ended, outcome: Ok(Vec::new()) };
                return refused.refuse(error.into());
            }
        };
        // What ended meanwhile and what runs may stand in the file in part.
        let live = self.shared.sink.live().map(|turn| turn.id);
        let known = |turn: &Turn| Some(&turn.id) == live.as_ref() || recent.iter().any(|ended| ended.id == turn.id);
        let mut turns: Vec<Turn> = stored.into_iter().filter(|turn| !known(turn)).collect();
        turns.extend(recent);
        self.shared.sink.tell(&*subscriber, turns_deprecated());
        match waiting {
            Waiting::Read(reply) => {
                turns.extend(self.shared.sink.live().map(shown_whole));
                reply(Ok(self.read_response(turns)));
            }
            Waiting::Resume(reply) => self.join(subscriber, Some(turns), reply).await,
        }
    }

    /// Answers who has loaded the thread, and subscribes it. Everyone is told that the thread is there.
    pub(crate) async fn welcome(
        &mut self,
        subscriber: Arc<dyn Subscriber>,
        turns: Option<Vec<Turn>>,
        reply: Reply<ThreadResumeResponse>,
    ) {
        self.set_status(ThreadStatus::Idle);
        self.join(subscriber, turns, reply).await;
    }

    /// Subscribes and answers. Without `turns` they were excluded.
    async fn join(
        &mut self,
        subscriber: Arc<dyn Subscriber>,
        turns: Option<Vec<Turn>>,
        reply: Reply<ThreadResumeResponse>,
    ) {
        let shared = Arc::clone(&self.shared);
        let usage = turns.as_ref().and_then(|_| self.token_usage());
        let with_turns = turns.is_some();
        let response = self.resume_response(turns.unwrap_or_default());
        let told = Arc::clone(&subscriber);
        shared.sink.join(subscriber, |joined| {
            let mut response = response;
            if with_turns {
                response.thread.turns.extend(joined.live.map(shown_whole));
            }
            reply(Ok(response));
            if let Some(usage) = usage {
                self.shared.sink.tell(&*told, ServerNotification::ThreadTokenUsageUpdated(usage));
            }
        });
        tell_present_goal(&shared).await;
    }

    fn read_response(&self, turns: Vec<Turn>) -> ThreadReadResponse {
        let view = self.shared.view();
        ThreadReadResponse { thread: Thread { turns, ..view.thread() }, read_state: view.read_state() }
    }

    fn resume_response(&self, turns: Vec<Turn>) -> ThreadResumeResponse {
        let started = self.start_response();
        answered_as_a_start!(
            ThreadResumeResponse,
            started,
            thread: Thread { turns, ..started.thread },
            collaboration_mode: Some(self.settings.collaboration_mode()),
            // The files tell these; who asks for the resume adds them.
            initial_turns_page: None,
            turns_backwards_cursor: None,
            items_backwards_cursor: None,
        )
    }

    /// What the last response left behind, for who joins.
    fn token_usage(&self) -> Option<ThreadTokenUsageUpdatedNotification> {
        let (turn_id, window) = self.last_usage.clone()?;
        let token_usage = self.shared.conversation().usage(window)?;
        Some(ThreadTokenUsageUpdatedNotification { thread_id: self.shared.id.to_string(), turn_id, token_usage })
    }
}

/// Answers who missed too much as if it had resumed the thread.
pub(crate) fn in_a_snapshot(reply: Reply<ThreadReplayResponse>) -> Reply<ThreadResumeResponse> {
    Box::new(move |resumed| {
        reply(resumed.map(|resumed| ThreadReplayResponse {
            outcome: ThreadReplayOutcome::Snapshot,
            missed: 0,
            snapshot: Some(Box::new(resumed)),
        }));
    })
}

/// A running turn as reads show it: with its items.
fn shown_whole(turn: Turn) -> Turn {
    Turn { items_view: codex_app_server_protocol::v2::TurnItemsView::Full, ..turn }
}

/// Whoever asks for whole turns is told how to page instead.
pub(crate) fn turns_deprecated() -> ServerNotification {
    ServerNotification::DeprecationNotice(DeprecationNoticeNotification {
        summary: "Whole turns in answers are deprecated; page through them with thread/turns/list instead.".to_owned(),
        details: None,
    })
}
