//! Watching a command: what it prints is told as it prints it, its end when it has come.
//!
//! Who called it takes the end while it waits; afterwards the watch completes the item by itself, in whatever turn that is.
//! Output is told as far as clients keep up; all of it is in the completed item.

use std::sync::{Arc, Mutex, PoisonError};

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::CommandExecutionOutputDeltaNotification;
use codex_exec::{SessionEnd, SessionEvent, Watcher};
use tokio::sync::{oneshot, watch};

use super::command_item::CommandItem;
use crate::thread::ThreadShared;
use crate::turn::Ending;

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

/// Tells that an item is complete.
pub(super) struct Completion(watch::Sender<bool>);

impl Completion {
    pub(super) fn new() -> (Self, watch::Receiver<bool>) {
        let (sender, receiver) = watch::channel(false);
        (Self(sender), receiver)
    }

    pub(super) fn done(&self) {
        self.0.send_replace(true);
    }
}

/// Watches a command from its start on.
pub(super) fn watch(
    thread: Arc<ThreadShared>,
    item: CommandItem,
    watcher: Watcher,
    completion: Arc<Completion>,
) -> Held {
    let (sender, end) = oneshot::channel();
    let owner = Arc::new(Mutex::new(Owner::Call(sender)));
    let held = Held { owner: Arc::clone(&owner), end };
    tokio::spawn(follow(thread, item, watcher, owner, completion));
    held
}

async fn follow(
    thread: Arc<ThreadShared>,
    item: CommandItem,
    mut watcher: Watcher,
    owner: Arc<Mutex<Owner>>,
    completion: Arc<Completion>,
) {
    while let Some(event) = watcher.next().await {
        let end = match event {
            SessionEvent::Output(text) => {
                tell(&thread, &item, &text).await;
                continue;
            }
            SessionEvent::Ended(end) => end,
        };
        let end = match std::mem::replace(&mut *lock(&owner), Owner::Nobody) {
            Owner::Call(call) => match call.send(end) {
                Ok(()) => return,
                Err(_) => return completion.done(),
            },
            Owner::Watch => end,
            Owner::Nobody => return completion.done(),
        };
        if let Err(Ending::Failed(error)) = item.complete(&thread, end.into()).await {
            tracing::error!(thread = %thread.id, item = item.id, error = %error.message, "the end of a command is lost");
        }
        completion.done();
    }
}

async fn tell(thread: &ThreadShared, item: &CommandItem, text: &str) {
    for wait in thread.sink.room().into_iter().flatten() {
        wait.await;
    }
    let delta = CommandExecutionOutputDeltaNotification {
        thread_id: thread.id.to_string(),
        turn_id: item.turn_id.clone(),
        item_id: item.id.clone(),
        delta: text.to_owned(),
    };
    thread.sink.emit(ServerNotification::ItemCommandExecutionOutputDelta(delta));
}
