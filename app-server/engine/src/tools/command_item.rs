//! A command as clients see it: its item, from the question whether it may run to its end.

use std::path::Path;

use codex_app_server_protocol::v2::{
    CommandAction, CommandExecutionOutputDeltaNotification, CommandExecutionSource, CommandExecutionStatus, ThreadItem,
    ThreadItemKind,
};
use codex_app_server_protocol::{LegacyAppPathString, ServerNotification};
use codex_exec::{SessionEnd, command_line};
use codex_exec_policy::{Action, parse_actions};
use codex_thread_store::RolloutItem;

use crate::thread::ThreadShared;
use crate::turn::Ending;

/// A command that a turn shows.
#[derive(Clone, Debug)]
pub(crate) struct CommandItem {
    pub(crate) id: String,
    pub(crate) turn_id: String,
    /// The whole command line, shell included.
    pub(crate) command: String,
    pub(crate) cwd: String,
    pub(crate) actions: Vec<CommandAction>,
    pub(crate) source: CommandExecutionSource,
    /// The session it runs as; absent before it runs, and where it is none.
    pub(crate) process_id: Option<String>,
    pub(crate) started_at_ms: i64,
}

/// How a command ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommandEnd {
    pub(crate) exit_code: Option<i32>,
    pub(crate) output: String,
    pub(crate) duration_ms: Option<i64>,
    /// Whether it was refused and never ran.
    pub(crate) declined: bool,
}

impl From<SessionEnd> for CommandEnd {
    fn from(end: SessionEnd) -> Self {
        Self {
            exit_code: Some(end.exit_code),
            output: end.output,
            duration_ms: Some(i64::try_from(end.duration.as_millis()).unwrap_or(i64::MAX)),
            declined: false,
        }
    }
}

impl CommandItem {
    /// A command that has not begun.
    pub(crate) fn new(
        thread: &ThreadShared,
        turn_id: &str,
        id: String,
        argv: &[String],
        cwd: &Path,
        source: CommandExecutionSource,
    ) -> Self {
        Self {
            id,
            turn_id: turn_id.to_owned(),
            command: command_line(argv),
            cwd: cwd.to_string_lossy().into_owned(),
            actions: actions(argv, cwd),
            source,
            process_id: None,
            started_at_ms: thread.env.now_ms(),
        }
    }

    /// Tells the subscribers that it begins.
    pub(crate) fn begin(&self, thread: &ThreadShared) {
        let item = self.item(CommandExecutionStatus::InProgress, CommandEnd::default(), None);
        thread.sink.item_started(&self.turn_id, item);
    }

    /// Tells the subscribers what it prints, as far as they keep up.
    pub(super) async fn tell(&self, thread: &ThreadShared, delta: String) {
        if delta.is_empty() {
            return;
        }
        for wait in thread.sink.room().into_iter().flatten() {
            wait.await;
        }
        let delta = CommandExecutionOutputDeltaNotification {
            thread_id: thread.id.to_string(),
            turn_id: self.turn_id.clone(),
            item_id: self.id.clone(),
            delta,
        };
        thread.sink.emit(ServerNotification::ItemCommandExecutionOutputDelta(delta));
    }

    /// Writes down how it ended, then tells the subscribers.
    pub(crate) async fn complete(&self, thread: &ThreadShared, end: CommandEnd) -> Result<(), Ending> {
        let status = match end {
            CommandEnd { declined: true, .. } => CommandExecutionStatus::Declined,
            CommandEnd { exit_code: Some(0), .. } => CommandExecutionStatus::Completed,
            CommandEnd { .. } => CommandExecutionStatus::Failed,
        };
        let item = self.item(status, end, Some(thread.env.now_ms()));
        thread.log.write(vec![RolloutItem::item_completed(&*self.turn_id, &item)]).await?;
        thread.sink.item_completed(&self.turn_id, item);
        Ok(())
    }

    fn item(&self, status: CommandExecutionStatus, end: CommandEnd, completed_at_ms: Option<i64>) -> ThreadItem {
        let kind = ThreadItemKind::CommandExecution {
            id: self.id.clone(),
            plugin_id: None,
            script_path: None,
            command: self.command.clone(),
            cwd: LegacyAppPathString(self.cwd.clone()),
            process_id: self.process_id.clone(),
            source: self.source,
            status,
            command_actions: self.actions.clone(),
            aggregated_output: Some(end.output).filter(|output| !output.is_empty()),
            exit_code: end.exit_code,
            duration_ms: end.duration_ms,
        };
        ThreadItem { kind, started_at_ms: Some(self.started_at_ms), completed_at_ms }
    }
}

fn actions(argv: &[String], cwd: &Path) -> Vec<CommandAction> {
    let action = |action| match action {
        Action::Read { command, name, path } => {
            CommandAction::Read { command, name, path: LegacyAppPathString(path.to_string_lossy().into_owned()) }
        }
        Action::ListFiles { command, path } => CommandAction::ListFiles { command, path },
        Action::Search { command, query, path } => CommandAction::Search { command, query, path },
        Action::Unknown { command } => CommandAction::Unknown { command },
    };
    parse_actions(argv, cwd).into_iter().map(action).collect()
}
