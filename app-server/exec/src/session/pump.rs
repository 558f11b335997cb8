//! The task behind a session: reads what the command prints, waits for its exit, ends it when told to.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::watcher::{SessionEnd, Watcher};
use super::{ENDED_BY_SERVER, TERMINATE_GRACE};
use crate::output::{Collected, KeptOutput, Utf8Splitter};
use crate::platform::Reader;
use crate::process::{Process, Signal};

/// How long output of descendants counts after the command itself exited.
const DRAIN: Duration = Duration::from_millis(50);

/// Bytes read at once.
const READ: usize = 64 * 1024;

/// Most bytes that are taken after the time for draining is over: what a pipe can hold.
const LAST_READS: usize = 1024 * 1024 / READ;

/// Most bytes of a piece for watchers.
const PIECE: usize = 8 * 1024;

/// Pieces that wait for a slow watcher before it misses some.
const PIECES: usize = 64;

/// What the task and everybody else share about a session.
#[derive(Debug)]
pub(super) struct Shared {
    started: Instant,
    state: Mutex<State>,
    ended: watch::Sender<bool>,
}

#[derive(Debug)]
struct State {
    all: KeptOutput,
    // Since the last call.
    fresh: KeptOutput,
    splitter: Utf8Splitter,
    // Absent after the end.
    watchers: Option<broadcast::Sender<Arc<str>>>,
    end: Option<(i32, Duration)>,
}

impl Shared {
    pub(super) fn new(started: Instant) -> Self {
        Self {
            started,
            state: Mutex::new(State {
                all: KeptOutput::default(),
                fresh: KeptOutput::default(),
                splitter: Utf8Splitter::default(),
                watchers: Some(broadcast::Sender::new(PIECES)),
                end: None,
            }),
            ended: watch::Sender::new(false),
        }
    }

    pub(super) fn watch(self: &Arc<Self>) -> Watcher {
        let state = self.lock();
        // After the end a receiver without a sender tells that at once.
        let receiver =
            state.watchers.as_ref().map_or_else(|| broadcast::Sender::new(1).subscribe(), |all| all.subscribe());
        drop(state);
        Watcher::new(Arc::clone(self), receiver)
    }

    pub(super) fn has_ended(&self) -> bool {
        *self.ended.borrow()
    }

    /// The exit code, once there is one, unless the deadline comes first.
    pub(super) async fn ended(&self, deadline: Instant) -> Option<i32> {
        let mut ended = self.ended.subscribe();
        let _ = timeout_at(deadline, ended.wait_for(|ended| *ended)).await;
        self.lock().end.map(|(code, _)| code)
    }

    /// How it ended, with all that was kept of its output.
    pub(super) fn end(&self) -> Option<SessionEnd> {
        let state = self.lock();
        let (exit_code, duration) = state.end?;
        Some(SessionEnd { exit_code, output: state.all.text(), duration })
    }

    /// What was printed since the last time.
    pub(super) fn take_output(&self) -> Collected {
        self.lock().fresh.take()
    }

    fn printed(&self, bytes: &[u8]) {
        let mut state = self.lock();
        state.all.push(bytes);
        state.fresh.push(bytes);
        if state.watchers.as_ref().is_some_and(|watchers| watchers.receiver_count() > 0) {
            let text = state.splitter.push(bytes);
            state.tell(&text);
        }
    }

    fn finish(&self, exit_code: i32) {
        let mut state = self.lock();
        if let Some(rest) = state.splitter.finish() {
            state.tell(&rest);
        }
        state.end = Some((exit_code, self.started.elapsed()));
        // Watchers see the end of the channel after the last piece.
        state.watchers = None;
        drop(state);
        self.ended.send_replace(true);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn tell(&self, mut text: &str) {
        let Some(watchers) = &self.watchers else { return };
        while !text.is_empty() {
            let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE.min(text.len())));
            // Nobody may be watching any more.
            let _ = watchers.send(Arc::from(piece));
            text = rest;
        }
    }
}

/// Ends the session even when this task is dropped with its runtime.
struct EndsWith(Arc<Shared>);

impl Drop for EndsWith {
    fn drop(&mut self) {
        if !self.0.has_ended() {
            self.0.finish(ENDED_BY_SERVER);
        }
    }
}

/// Runs a session until its command exited and its output was read. What is left of its processes is killed then. It is
/// terminated when `stop` changes, and killed when nobody is left who could change it.
pub(super) async fn run(process: Process, shared: Arc<Shared>, mut stop: watch::Receiver<bool>, terminal: bool) {
    let ends_with = EndsWith(shared);
    let shared = &ends_with.0;
    // Dropped before the end is told.
    let mut process = process;
    let group = process.group();
    let mut output = process.take_outputs().pop().map(|(_, reader)| reader);
    let mut buffer = vec![0; READ];
    let mut exited = false;
    let mut stopped = false;
    // When to kill, before the exit; when to stop reading, after it.
    let mut deadline: Option<Instant> = None;
    while !(exited && output.is_none()) {
        tokio::select! {
            read = read_from(&mut output, &mut buffer) => match read {
                Some(bytes) => shared.printed(&buffer[..bytes]),
                None => output = None,
            },
            () = process.exited(), if !exited => {
                exited = true;
                deadline = Some(Instant::now() + DRAIN);
            }
            changed = stop.changed(), if !exited && !stopped => {
                stopped = true;
                let signal = if changed.is_ok() { Signal::Terminate } else { Signal::Kill };
                group.signal(signal);
                deadline = Some(Instant::now() + TERMINATE_GRACE);
            }
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {
                if exited {
                    break;
                }
                deadline = None;
                group.signal(Signal::Kill);
            }
        }
    }
    for _ in 0..LAST_READS {
        match output.as_mut().and_then(|reader| reader.try_read(&mut buffer)) {
            Some(bytes) if bytes > 0 => shared.printed(&buffer[..bytes]),
            _ => break,
        }
    }
    let exit = process.finish();
    // A process that could not be reaped has no exit code either.
    let exit_code = if stopped { None } else { exit.ok().map(|exit| exit.number(terminal)) };
    shared.finish(exit_code.unwrap_or(ENDED_BY_SERVER));
}

/// Some bytes, or none at the end of the output, which for a reader that fails is now.
async fn read_from(output: &mut Option<Reader>, buffer: &mut [u8]) -> Option<usize> {
    match output {
        Some(reader) => reader.read(buffer).await.ok().filter(|bytes| *bytes > 0),
        None => std::future::pending().await,
    }
}
