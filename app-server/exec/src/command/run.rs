//! The task behind a command of a client: takes its outputs, keeps its time limit, ends it when told to.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::capture::{Capture, OutputDelta};
use super::{CommandProblem, TIMED_OUT};
use crate::output::decode_output;
use crate::platform::{Reader, Terminal};
use crate::process::{Input, Process, Signal, Stream};

/// How long output is waited for after the command itself exited.
const DRAIN: Duration = Duration::from_secs(2);

/// Bytes read at once.
const READ: usize = 64 * 1024;

/// What others need of a running command.
#[derive(Debug)]
pub(super) struct Handles {
    pub(super) input: Option<Input>,
    /// One permit: for the write whose turn it is.
    pub(super) writing: Semaphore,
    pub(super) terminal: Option<Terminal>,
    pub(super) stop: watch::Sender<bool>,
}

impl Handles {
    /// Writes to the input, then closes it if asked to, once all earlier writes are done.
    pub(super) async fn write(&self, bytes: Bytes, close: bool) -> Result<(), CommandProblem> {
        let input = self.input.as_ref().ok_or(CommandProblem::StdinNotStreamed)?;
        // The semaphore is never closed.
        let _turn = self.writing.acquire().await.map_err(|_| CommandProblem::StdinClosed)?;
        if !bytes.is_empty() {
            input.write(bytes).await.map_err(|_| CommandProblem::StdinClosed)?;
        }
        if close {
            input.close().await;
        }
        Ok(())
    }
}

/// How a command is to be run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) stream: bool,
    pub(super) terminal: bool,
    pub(super) cap: Option<usize>,
    pub(super) timeout: Option<Duration>,
}

/// How a command ended and what it printed, unless that was streamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedCommand {
    /// Its exit code: 124 after the time limit, else 128 + n for a signal n (1 on a terminal), -1 when it is not known.
    pub exit_code: i32,
    /// Standard output as text.
    pub stdout: String,
    /// Whether its cap was reached.
    pub stdout_cap_reached: bool,
    /// Standard error as text.
    pub stderr: String,
    /// Whether its cap was reached.
    pub stderr_cap_reached: bool,
    /// Whether descendants still had an output open when it was not waited for any longer; they were killed.
    pub drain_timed_out: bool,
}

/// The outputs of a command while they come.
struct Outputs {
    stdout: Mutex<Capture>,
    stderr: Mutex<Capture>,
    // How many outputs wait for the client now.
    blocked: AtomicUsize,
    // An output became complete, or the client took something.
    moved: Notify,
}

impl Outputs {
    fn is_complete(&self) -> bool {
        lock(&self.stdout).is_complete() && lock(&self.stderr).is_complete()
    }

    /// Takes all of an output. What is over the cap is read and dropped, so that the command can go on.
    async fn take(
        &self,
        mut reader: Option<Reader>,
        capture: &Mutex<Capture>,
        deltas: Option<&mpsc::Sender<OutputDelta>>,
    ) {
        let mut buffer = vec![0; READ];
        // An output that fails has ended.
        while let Some(reader) = &mut reader
            && let Ok(bytes @ 1..) = reader.read(&mut buffer).await
        {
            let delta = lock(capture).take(&buffer[..bytes]);
            if let (Some(delta), Some(deltas)) = (delta, deltas) {
                self.blocked.fetch_add(1, Ordering::Relaxed);
                // Nobody may want them any more; the command is not stopped by that.
                let _ = deltas.send(delta).await;
                self.blocked.fetch_sub(1, Ordering::Relaxed);
            }
            self.moved.notify_one();
        }
        lock(capture).end();
        self.moved.notify_one();
    }
}

fn lock(capture: &Mutex<Capture>) -> MutexGuard<'_, Capture> {
    capture.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a command until it exited and its outputs were taken. What is left of its processes is killed then.
pub(super) async fn run(
    mut process: Process,
    plan: Plan,
    mut stop: watch::Receiver<bool>,
    deltas: mpsc::Sender<OutputDelta>,
) -> FinishedCommand {
    let group = process.group();
    let mut readers = process.take_outputs();
    let mut reader_of = |stream| {
        let at = readers.iter().position(|(of, _)| *of == stream)?;
        Some(readers.swap_remove(at).1)
    };
    let (stdout, stderr) = (reader_of(Stream::Stdout), reader_of(Stream::Stderr));
    let capture = |stream| Mutex::new(Capture::new(stream, plan.stream, plan.cap));
    let outputs = Outputs {
        stdout: capture(Stream::Stdout),
        stderr: capture(Stream::Stderr),
        blocked: AtomicUsize::new(0),
        moved: Notify::new(),
    };
    let deltas = plan.stream.then_some(&deltas);
    let (mut exited, mut timed_out, mut killed, mut drain_timed_out) = (false, false, false, false);
    // When time is up: for the command first, for its outputs after its exit.
    let mut deadline = plan.timeout.map(|timeout| Instant::now() + timeout);
    {
        let taking = async {
            tokio::join!(outputs.take(stdout, &outputs.stdout, deltas), outputs.take(stderr, &outputs.stderr, deltas),)
        };
        let mut taking = pin!(taking);
        let mut taken = false;
        while !(exited && (taken || outputs.is_complete())) {
            tokio::select! {
                _ = &mut taking, if !taken => taken = true,
                () = outputs.moved.notified(), if exited => {}
                () = process.exited(), if !exited => {
                    exited = true;
                    deadline = Some(Instant::now() + DRAIN);
                }
                _ = stop.changed(), if !exited && !killed => {
                    killed = true;
                    group.signal(Signal::Kill);
                }
                () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {
                    if !exited {
                        deadline = None;
                        timed_out = !killed;
                        killed = true;
                        group.signal(Signal::Kill);
                    } else if outputs.blocked.load(Ordering::Relaxed) > 0 {
                        // It is the client who is slow.
                        deadline = Some(Instant::now() + DRAIN);
                    } else {
                        drain_timed_out = true;
                        break;
                    }
                }
            }
        }
    }
    let exit = process.finish();
    let exit_code = if timed_out { TIMED_OUT } else { exit.map_or(-1, |exit| exit.number(plan.terminal)) };
    let text = |capture: Mutex<Capture>| {
        let capture = capture.into_inner().unwrap_or_else(PoisonError::into_inner);
        let cap_reached = capture.cap_reached();
        (decode_output(&capture.into_kept()), cap_reached)
    };
    let (stdout, stdout_cap_reached) = text(outputs.stdout);
    let (stderr, stderr_cap_reached) = text(outputs.stderr);
    FinishedCommand { exit_code, stdout, stdout_cap_reached, stderr, stderr_cap_reached, drain_timed_out }
}
