//! Threads that are shown while something happens in them: watched, rejoined, or with a turn of one's own.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use codex_app_server_protocol::ext::ThreadReplayParams;
use codex_app_server_protocol::v2::{ThreadResumeParams, ThreadStartParams, Turn, TurnStatus};

use super::printer::Printer;
use crate::cli::conversation::Conversation;

/// A conversation and how it is shown.
pub(super) struct Stage {
    pub(super) conversation: Conversation,
    /// Prints the wire instead.
    pub(super) printer: Option<Printer>,
    /// The server keeps what was missed.
    pub(super) replays: bool,
}

impl Stage {
    /// Prints this line, then what is told of the thread.
    fn begin(&self, thread: &str, first: Option<&str>) {
        if let Some(printer) = &self.printer {
            printer.begin(thread, first);
        }
    }

    pub(super) async fn watch(&mut self, thread: &str, until_idle: bool) -> anyhow::Result<ExitCode> {
        let resumed = self.conversation.resume(resume(thread)).await?;
        self.begin(thread, None);
        let running = running_turn(resumed.thread.turns);
        if let Some(running) = &running {
            self.conversation.screen().rejoin(running, self.replays);
        }
        self.conversation.watch(running.as_ref(), until_idle).await?;
        Ok(ExitCode::SUCCESS)
    }

    pub(super) async fn turn(
        &mut self,
        thread: &str,
        prompt: &str,
        cwd: Option<&Path>,
        model: Option<&str>,
    ) -> anyhow::Result<ExitCode> {
        let cwd = cwd.map(std::path::absolute).transpose()?.map(|cwd| cwd.display().to_string());
        let model = model.map(ToOwned::to_owned);
        let thread = match thread {
            "new" => self.conversation.start(ThreadStartParams { cwd, model, ..Default::default() }).await?.thread.id,
            thread => self.conversation.resume(ThreadResumeParams { cwd, model, ..resume(thread) }).await?.thread.id,
        };
        self.conversation.screen().report(&format!("thread: {thread}"));
        self.begin(&thread, None);
        Ok(code_of(self.conversation.turn(&thread, prompt).await?))
    }

    pub(super) async fn rejoin(&mut self, thread: &str, after: Option<&str>) -> anyhow::Result<ExitCode> {
        ensure!(self.replays || after.is_none(), "the server keeps nothing that was missed; leave out --after");
        let picture = if self.replays {
            let params = ThreadReplayParams { thread_id: thread.to_owned(), after: after.map(ToOwned::to_owned) };
            self.conversation.replay(params).await?.snapshot.map(|snapshot| *snapshot)
        } else {
            Some(self.conversation.resume(resume(thread)).await?)
        };
        let ended = match picture {
            Some(resumed) => {
                let running = running_turn(resumed.thread.turns);
                let running = running.with_context(|| format!("no turn runs in thread {thread}"))?;
                self.begin(thread, Some(&serde_json::to_string(&running)?));
                self.conversation.screen().rejoin(&running, self.replays);
                self.conversation.watch(Some(&running), true).await?
            }
            None => {
                self.begin(thread, None);
                self.conversation.catch_up_with(thread).await?
            }
        };
        Ok(code_of(ended.context("left before the turn had ended")?))
    }
}

fn code_of(ended: TurnStatus) -> ExitCode {
    if ended == TurnStatus::Completed { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn resume(thread: &str) -> ThreadResumeParams {
    ThreadResumeParams { thread_id: thread.to_owned(), ..Default::default() }
}

fn running_turn(turns: Vec<Turn>) -> Option<Turn> {
    turns.into_iter().find(|turn| turn.status == TurnStatus::InProgress)
}
