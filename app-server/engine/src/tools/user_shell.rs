//! `thread/shellCommand`: a command line of the user, run without a sandbox, shown as an item and told to the model.

use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v2::CommandExecutionSource;
use codex_exec::{ExecCommand, SessionEnd, SessionEvent, truncate_output};
use codex_sandbox::{SandboxMode, SandboxSpec};
use tokio::time::{Instant, timeout_at};

use super::command_item::{CommandEnd, CommandItem};
use super::{Caller, exec};
use crate::context::{self, ContextMessage};
use crate::thread::ThreadShared;
use crate::turn::{Ending, TurnFacts};

/// How long a command may run when the user does not say.
pub(crate) const USER_SHELL_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// The exit code of a command that ran for too long.
const TIMED_OUT: i32 = 124;

/// A command line of the user.
#[derive(Clone, Debug)]
pub(crate) struct UserShell {
    pub(crate) script: String,
    pub(crate) timeout: Duration,
}

/// Runs the command; what the model is told of it. Given up, the command is ended.
pub(crate) async fn run_user_shell(
    thread: Arc<ThreadShared>,
    turn: Arc<TurnFacts>,
    command: UserShell,
) -> Result<ContextMessage, Ending> {
    let caller = Caller { call_id: thread.env.new_id(), thread, turn };
    let Caller { thread, turn, call_id } = &caller;
    let UserShell { script, timeout } = command;
    let deadline = Instant::now() + timeout;
    let host = &thread.tools.host;
    let shell = host.shells().user();
    let cwd = turn.settings.cwd.as_path();
    let argv = shell.argv(&script, true);
    let source = CommandExecutionSource::UserShell;
    let item = CommandItem::new(thread, &turn.id, call_id.clone(), &argv, cwd, source);
    item.begin(thread);
    let _runs = thread.sink.tool_runs();
    let rules = SandboxSpec { network: true, ..SandboxSpec::new(SandboxMode::DangerFullAccess, cwd.to_owned()) };
    let spec = exec::spec(&caller, &exec::Script { text: &script, shell, login: true, cwd }, &rules).await;
    let wrap = Some(host.confine(rules));
    let started = thread.tools.user_sessions.start(ExecCommand { spec, wrap, tty: false, tag: () }).await;
    let end = match started {
        Err(error) => {
            SessionEnd { exit_code: codex_exec::ENDED_BY_SERVER, output: error.to_string(), duration: Duration::ZERO }
        }
        Ok(mut call) => {
            let mut end = None;
            if let Some(mut watcher) = call.take_watcher() {
                let mut timed_out = false;
                loop {
                    let event = match timeout_at(deadline, watcher.next()).await {
                        Ok(event) => event,
                        Err(_) if timed_out => watcher.next().await,
                        Err(_) => {
                            timed_out = true;
                            thread.tools.user_sessions.terminate(call.info().id);
                            watcher.next().await
                        }
                    };
                    match event {
                        Some(SessionEvent::Output(text)) => item.tell(thread, text.as_ref().to_owned()).await,
                        Some(SessionEvent::Ended(ended)) => {
                            let exit_code = if timed_out { TIMED_OUT } else { ended.exit_code };
                            end = Some(SessionEnd { exit_code, ..ended });
                        }
                        None => break,
                    }
                }
            }
            end.unwrap_or(SessionEnd {
                exit_code: codex_exec::ENDED_BY_SERVER,
                output: String::new(),
                duration: Duration::ZERO,
            })
        }
    };
    let output = truncate_output(&end.output, exec::budget(&caller, None));
    let told = context::user_shell_command(&script, end.exit_code, end.duration, &output);
    item.complete(thread, CommandEnd::from(end)).await?;
    Ok(told)
}
