//! Watching a command: what it prints is told as it prints it, its end when it has come.
//!
//! Who called it takes the end while it waits; afterwards the watch completes the item by itself, in whatever turn that is.
//! Output is told as far as clients keep up; all of it is in the completed item. What a command prints at its very start
//! waits a moment, so that a short one is told by its completed item alone.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codex_exec::{SessionEnd, SessionEvent, Watcher};
use tokio::sync::{oneshot, watch};
use tokio::time::sleep;

use super::command_item::CommandItem;
use super::state::SessionTag;
use crate::thread::ThreadShared;
use crate::turn::Ending;

/// How long what was printed first may wait.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// Bytes that may wait.
const FIRST_BYTES: usize = 64 << 10;

/// Who completes the item.
enum Owner {
    /// The call, which waits for the end.
    Call(oneshot::Sender<SessionEnd>),
    /// The watch: the call has told that the command runs on.
    Watch,
    /// Nobody: the call was given up.
    Nobody,
}

/// The call's hold on a command that it waits for. Dropped, nobody is told how the command ended.
pub(super) struct Held {
    owner: Arc<Mutex<Owner>>,
    end: oneshot::Receiver<SessionEnd>,
}

impl Held {
    /// How the command ended; `None` when that will not be known.
    pub(super) async fn end(mut self) -> Option<SessionEnd> {
        (&mut self.end).await.ok()
    }

    /// The command runs on. How it ended, when that has come in between.
    pub(super) fn release(mut self) -> Option<SessionEnd> {
        let owner = std::mem::replace(&mut *lock(&self.owner), Owner::Watch);
        match owner {
            Owner::Call(_) => None,
            Owner::Watch | Owner::Nobody => self.end.try_recv().ok(),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut owner = lock(&self.owner);
        if matches!(*owner, Owner::Call(_)) {
            *owner = Owner::Nobody;
        }
    }
}

fn lock(owner: &Mutex<Owner>) -> std::sync::MutexGuard<'_, Owner> {
    owner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A command that is watched.
pub(super) struct Watched {
    pub(super) thread: Arc<ThreadShared>,
    pub(super) item: CommandItem,
    /// Told about the command besides.
    pub(super) tag: SessionTag,
    /// Turned true when the item is complete.
    pub(super) completed: watch::Sender<bool>,
}

/// Watches a command from its start on.
pub(super) fn watch(watched: Arc<Watched>, watcher: Watcher) -> Held {
    let (sender, end) = oneshot::channel();
    let owner = Arc::new(Mutex::new(Owner::Call(sender)));
    let held = Held { owner: Arc::clone(&owner), end };
    tokio::spawn(async move { watched.follow(watcher, owner).await });
    held
}

impl Watched {
    /// Completes the item.
    pub(super) async fn complete(&self, end: SessionEnd) -> Result<(), Ending> {
        let outcome = self.item.complete(&self.thread, end.into()).await;
        self.completed.send_replace(true);
        outcome
    }

    async fn follow(&self, mut watcher: Watcher, owner: Arc<Mutex<Owner>>) {
        let mut first = String::new();
        let wait = sleep(FIRST_WAIT);
        tokio::pin!(wait);
        let mut waits = true;
        loop {
            let event = tokio::select! {
                event = watcher.next() => event,
                () = &mut wait, if waits => {
                    waits = false;
                    self.item.tell(&self.thread, std::mem::take(&mut first)).await;
                    continue;
                }
            };
            match event {
                Some(SessionEvent::Output(text)) if waits => {
                    first.push_str(&text);
                    if first.len() > FIRST_BYTES {
                        waits = false;
                        self.item.tell(&self.thread, std::mem::take(&mut first)).await;
                    }
                }
                Some(SessionEvent::Output(text)) => self.item.tell(&self.thread, text.as_ref().to_owned()).await,
                Some(SessionEvent::Ended(end)) => return self.ended(end, &owner).await,
                None => return,
            }
        }
    }

    async fn ended(&self, end: SessionEnd, owner: &Mutex<Owner>) {
        let owner = std::mem::replace(&mut *lock(owner), Owner::Nobody);
        let end = match owner {
            Owner::Call(call) => match call.send(end) {
                Ok(()) => return,
                Err(_) => {
                    self.completed.send_replace(true);
                    return;
                }
            },
            Owner::Watch => end,
            Owner::Nobody => {
                self.completed.send_replace(true);
                return;
            }
        };
        let _telling = self.tag.tell().await;
        if let Err(Ending::Failed(error)) = self.complete(end).await {
            let (thread, item) = (&self.thread.id, &self.item.id);
            tracing::error!(%thread, item, error = %error.message, "the end of a command could not be recorded");
        }
    }
}
