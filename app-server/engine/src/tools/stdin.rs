//! `write_stdin`: goes on with a command that runs as a session.

use codex_app_server_protocol::server_methods::ItemCommandExecutionRequestApproval;
use codex_app_server_protocol::v2::{
    AskForApproval, CommandAction, CommandExecutionApprovalDecision as Decision, CommandExecutionApprovalKind,
    CommandExecutionRequestApprovalParams, TerminalInteractionNotification,
};
use codex_app_server_protocol::{LegacyAppPathString, ServerNotification};
use codex_exec::{CallStatus, SessionInfo, WriteError, command_line};
use serde::Deserialize;

use super::state::SessionTag;
use super::{Caller, Output, arguments, exec};
use crate::settings::LOCAL_ENVIRONMENT;
use crate::thread::Answered;
use crate::turn::Ending;

/// Why text for such a command is asked about.
const OUTSIDE: &str = "The command that is written to runs outside of the sandbox. It was started in the folder shown and may \
                       be elsewhere by now.";

#[derive(Deserialize)]
struct Arguments {
    session_id: i32,
    #[serde(default)]
    chars: String,
    yield_time_ms: Option<u64>,
    max_output_tokens: Option<u64>,
}

pub(super) async fn run(caller: &Caller, text: &str) -> Result<Output, Ending> {
    let thread = &caller.thread;
    let Arguments { session_id, chars, yield_time_ms, max_output_tokens } = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return Ok(told),
    };
    let Some(session) = thread.tools.sessions.get(session_id) else {
        return Ok(WriteError::Unknown(session_id).to_string().into());
    };
    if !chars.is_empty()
        && session.tag.escaped
        && let Some(refused) = ask(caller, &session, &chars).await
    {
        return Ok(refused);
    }
    let wait = match chars.is_empty() {
        true => yield_time_ms.map(|wait| wait.min(thread.config().background_terminal_max_timeout_ms)),
        false => yield_time_ms,
    };
    let telling = session.tag.tell().await;
    let report = match thread.tools.sessions.write_stdin(session_id, &chars, wait).await {
        Ok(report) => report,
        Err(error) => return Ok(error.to_string().into()),
    };
    thread.sink.emit(ServerNotification::ItemCommandExecutionTerminalInteraction(TerminalInteractionNotification {
        thread_id: thread.id.to_string(),
        turn_id: caller.turn.id.clone(),
        item_id: session.tag.item_id.clone(),
        process_id: session_id.to_string(),
        stdin: chars,
    }));
    drop(telling);
    if let CallStatus::Exited(_) = report.status {
        // Its item is complete before the model goes on.
        let _ = session.tag.completed.clone().wait_for(|completed| *completed).await;
    }
    Ok(report.text(exec::budget(caller, max_output_tokens)).into())
}

/// Asks the user whether text may go to a command that no sandbox confines. What the model is told when it may not.
async fn ask(caller: &Caller, session: &SessionInfo<SessionTag>, chars: &str) -> Option<Output> {
    let Caller { thread, turn, call_id } = caller;
    if turn.settings.approval_policy == AskForApproval::Never {
        return Some("write_stdin rejected: approval policy is Never".to_owned().into());
    }
    let shown = ["write_stdin", "--session-id", &session.id.to_string(), chars].map(str::to_owned);
    let command = command_line(&shown);
    let params = CommandExecutionRequestApprovalParams {
        kind: CommandExecutionApprovalKind::WriteStdin,
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        item_id: session.tag.item_id.clone(),
        started_at_ms: thread.env.now_ms(),
        approval_id: Some(call_id.clone()),
        environment_id: Some(LOCAL_ENVIRONMENT.to_owned()),
        reason: Some(OUTSIDE.to_owned()),
        command_actions: Some(vec![CommandAction::Unknown { command: command.clone() }]),
        command: Some(command),
        cwd: Some(LegacyAppPathString(session.cwd.to_string_lossy().into_owned())),
        available_decisions: Some(vec![Decision::Accept, Decision::Cancel]),
        ..Default::default()
    };
    let refused = match caller.ask_leave::<ItemCommandExecutionRequestApproval>(&params).await {
        Answered::With(response) => match response.decision {
            Decision::Accept | Decision::AcceptForSession | Decision::AcceptWithExecpolicyAmendment { .. } => {
                return None;
            }
            Decision::Decline | Decision::ApplyNetworkPolicyAmendment { .. } => "rejected by user",
            Decision::Cancel => return Some(Output::Cancelled),
        },
        Answered::Badly(_) | Answered::Never => exec::NO_ANSWER,
    };
    Some(format!("write_stdin rejected: {refused}").into())
}
