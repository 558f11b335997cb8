//! The calls of one answer: begun as soon as the model has made them, answered once the answer is complete.
//!
//! Calls that may run side by side do; the others wait for those before them. The turn's end ends what runs.

use std::pin::Pin;
use std::sync::Arc;

use codex_model_client::OutputItemKind;
use codex_utils_metrics::{OutcomeLabel, TOOL_CALLS};
use futures_util::FutureExt;
use serde_json::{Value, json};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard};
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use super::run::{Ending, Work};
use crate::tools::{Call, Output};

/// A call that is answered.
pub(super) enum Answering {
    /// With this, at once.
    Ready(Value),
    /// With what comes of it.
    Running(Box<Running>),
}

/// A call that runs.
pub(super) struct Running {
    call: Call,
    began: Instant,
    task: AbortOnDropHandle<Result<Output, Ending>>,
}

/// A place among the calls of the turn.
enum Place {
    Shared { _guard: OwnedRwLockReadGuard<()> },
    Alone { _guard: OwnedRwLockWriteGuard<()> },
}

impl Work {
    /// Begins what an item asks for: nothing to answer for some calls; `None` for what is no call.
    pub(super) fn begin_call(&self, kind: &OutputItemKind) -> Option<Option<Answering>> {
        if let Some(call) = Call::of(kind, &self.offered, &self.thread.dynamic_tools) {
            return Some(Some(Answering::Running(Box::new(self.run_call(call)))));
        }
        match kind {
            OutputItemKind::ToolSearchCall { call_id, execution, .. } if execution.as_deref() == Some("client") => {
                let id = format!("tso_{}", self.thread.env.new_id());
                Some(Some(Answering::Ready(json!({
                    "type": "tool_search_output", "id": id, "call_id": call_id,
                    "status": "completed", "execution": "client", "tools": [],
                }))))
            }
            OutputItemKind::LocalShellCall { .. } => Some(None),
            _ => None,
        }
    }

    fn run_call(&self, call: Call) -> Running {
        let (thread, turn) = (Arc::clone(&self.thread), Arc::clone(&self.turn));
        let gate = Arc::clone(&turn.tools.gate);
        let mut entering: Pin<Box<dyn Future<Output = Place> + Send>> = match call.is_parallel() {
            true => Box::pin(gate.read_owned().map(|guard| Place::Shared { _guard: guard })),
            false => Box::pin(gate.write_owned().map(|guard| Place::Alone { _guard: guard })),
        };
        // Asked once here, so that places are given in the order of the calls.
        let entered = (&mut entering).now_or_never();
        let running = call.clone();
        let shared = Arc::clone(&thread);
        let work = async move {
            let _runs = shared.sink.tool_runs();
            let _place = match entered {
                Some(place) => place,
                None => entering.await,
            };
            let stop = turn.control.stop.clone();
            let output = running.run(thread, turn).await;
            TOOL_CALLS.of(if output.is_ok() { OutcomeLabel::Ok } else { OutcomeLabel::Error }).inc();
            if matches!(output, Ok(Output::Cancelled)) {
                stop.cancel();
            }
            output
        };
        let span = tracing::info_span!("tool.call", tool.name = call.name(), call.id = call.id);
        let task = tokio::spawn(work.instrument(span));
        Running { call, began: Instant::now(), task: AbortOnDropHandle::new(task) }
    }

    /// What answers the calls, in their order, once all have ended or the turn is to stop; and why the turn fails, when one
    /// of them makes it.
    pub(super) async fn answers(&self, calls: Vec<Answering>) -> (Vec<Value>, Option<Ending>) {
        let mut answers = Vec::with_capacity(calls.len());
        let mut failure = None;
        for answering in calls {
            match answering {
                Answering::Ready(answer) => answers.push(answer),
                Answering::Running(running) => {
                    let Running { call, began, mut task } = *running;
                    let ended = tokio::select! {
                        biased;
                        ended = &mut task => Some(ended),
                        () = self.turn.control.stop.cancelled() => {
                            if call.ends_by_itself() {
                                Some(task.await)
                            } else {
                                task.abort();
                                // What it began is ended when it is gone; a patch comes to its end.
                                let _ = task.await;
                                drop(self.thread.tools.patching.acquire().await);
                                None
                            }
                        }
                    };
                    let output = match ended {
                        None | Some(Ok(Ok(Output::Cancelled))) => {
                            Value::from(call.aborted(began.elapsed().as_secs_f64()))
                        }
                        Some(Ok(Ok(Output::Text(text)))) => text.into(),
                        Some(Ok(Ok(Output::Parts(parts)))) => parts.into(),
                        Some(Ok(Err(ending))) => {
                            failure.get_or_insert(ending);
                            "the call could not be recorded".into()
                        }
                        Some(Err(error)) => {
                            tracing::error!(thread = %self.thread.id, call = call.id, %error, "a tool broke off");
                            "the tool failed inside of the server".into()
                        }
                    };
                    answers.push(call.answer(&self.thread.env.new_id(), &output));
                }
            }
        }
        (answers, failure)
    }
}
