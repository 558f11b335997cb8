//! `exec_command`: a command line of the model, from the question whether it may run to what it printed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use codex_app_server_protocol::server_methods::ItemCommandExecutionRequestApproval;
use codex_app_server_protocol::v2::{
    CommandExecutionApprovalDecision as Decision, CommandExecutionApprovalKind, CommandExecutionRequestApprovalParams,
    CommandExecutionSource, ThreadActiveFlag,
};
use codex_app_server_protocol::{LegacyAppPathString, WIRE_VERSION};
use codex_config_loader::Config;
use codex_exec::{Budget, CallStatus, CallVariables, CommandSpec, ExecCommand, PlainOutput, Shell, rejected};
use codex_exec_policy::{PatchScript, Verdict, append_allow_rule, patch_script};
use codex_model_client::catalog::TruncationMode;
use codex_sandbox::SandboxSpec;
use serde::Deserialize;
use tokio::sync::{Semaphore, watch};

use super::command_item::{CommandEnd, CommandItem};
use super::state::SessionTag;
use super::watch::{self as watching, Watched};
use super::{Caller, Output, arguments, patch};
use crate::approval::{CommandKey, CommandRequest, Permissions, Refusal, Ruling, Wish, on_command, retries_free};
use crate::host::environment_policy;
use crate::settings::{LOCAL_ENVIRONMENT, absolute};
use crate::thread::Answered;
use crate::turn::Ending;

/// What models know for a refusal by the user.
const REJECTED_BY_USER: &str = "rejected by user";

/// What models know for a question that got no answer which can be understood.
pub(super) const NO_ANSWER: &str = "approval request failed";

#[derive(Deserialize)]
struct Arguments {
    cmd: String,
    workdir: Option<String>,
    shell: Option<String>,
    login: Option<bool>,
    #[serde(default)]
    tty: bool,
    yield_time_ms: Option<u64>,
    max_output_tokens: Option<u64>,
    #[serde(default)]
    sandbox_permissions: SandboxPermissions,
    justification: Option<String>,
    prefix_rule: Option<Vec<String>>,
    additional_permissions: Option<Wish>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SandboxPermissions {
    #[default]
    UseDefault,
    RequireEscalated,
    WithAdditionalPermissions,
}

/// A command that is about to run.
struct Planned {
    arguments: Arguments,
    /// As it is shown and decided about.
    argv: Vec<String>,
    cwd: PathBuf,
    shell: Shell,
    login: bool,
}

/// What the user made of a question.
enum Consent {
    Given { for_thread: bool },
    Refused(Output),
}

pub(super) async fn run(caller: &Caller, text: &str) -> Result<Output, Ending> {
    let Caller { thread, turn, call_id } = caller;
    let arguments: Arguments = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return Ok(told),
    };
    let config = thread.config();
    let cwd = absolute(turn.settings.cwd.as_path(), arguments.workdir.as_deref().unwrap_or_default());
    let cwd = cwd.as_path().to_owned();
    if let Some(PatchScript { workdir, patch }) = patch_script(&arguments.cmd) {
        let cwd = workdir.map_or_else(|| cwd.clone(), |below| absolute(&cwd, &below).as_path().to_owned());
        let began = Instant::now();
        let output = patch::run(caller, patch, cwd).await?;
        return Ok(match output {
            patch::Outcome::Made(told) => {
                let seconds = began.elapsed().as_secs_f64();
                format!("Wall time: {seconds:.4} seconds\nOutput:\n{told}").into()
            }
            patch::Outcome::Not(output) => output,
        });
    }
    if codex_apply_patch::parse(&arguments.cmd).is_ok() {
        return Ok(patch::WITHOUT_CALL.to_owned().into());
    }
    if arguments.login == Some(true) && !config.allow_login_shell {
        let told = "login shells are not allowed (allow_login_shell); leave `login` out or set it to false";
        return Ok(rejected(told).into());
    }
    let permissions = match more_permissions(&arguments, &config, &cwd) {
        Ok(permissions) => permissions,
        Err(told) => return Ok(told.to_owned().into()),
    };
    let mut rules = match caller.confinement() {
        Ok(rules) => rules,
        Err(error) => return Ok(rejected(&error.to_string()).into()),
    };
    let host = &thread.tools.host;
    let shell = host.shells().choose(arguments.shell.as_deref(), host.variables());
    let login = arguments.login.unwrap_or(config.allow_login_shell);
    let argv = shell.argv(&arguments.cmd, login);
    let planned = Planned { arguments, argv, cwd, shell, login };

    let mut item = CommandItem::new(
        thread,
        &turn.id,
        call_id.clone(),
        &planned.argv,
        &planned.cwd,
        CommandExecutionSource::UnifiedExecStartup,
    );
    let escalates = planned.arguments.sandbox_permissions == SandboxPermissions::RequireEscalated;
    let verdict = thread.tools.rules().decide(&planned.argv, &planned.cwd);
    let ruling = on_command(&CommandRequest {
        policy: &turn.settings.approval_policy,
        confined: rules.mode.confines(),
        verdict: &verdict,
        shown: &item.command,
        escalates,
        wants_more: !permissions.is_empty(),
        justification: planned.arguments.justification.as_deref(),
    });
    let (free, begun) = match ruling {
        Ruling::Run { free } => (free, false),
        Ruling::Refuse(Refusal::Plain(told)) => return Ok(told.into()),
        Ruling::Refuse(Refusal::NotStarted(why)) => return Ok(rejected(&why).into()),
        Ruling::Ask { reason, amendable, free } => {
            let key = CommandKey {
                argv: planned.argv.clone(),
                cwd: planned.cwd.clone(),
                tty: planned.arguments.tty,
                escalated: escalates,
                permissions: permissions.clone(),
            };
            if thread.tools.remembered().allows(&key) {
                (free, false)
            } else {
                let prefix = planned.arguments.prefix_rule.as_deref();
                let amendment = amendable
                    .and_then(|asked| thread.tools.rules().propose_amendment(&verdict, asked, prefix, &planned.cwd));
                let question = Question { reason, amendment, permissions: &permissions, begun: false };
                match ask(caller, &item, question).await? {
                    Consent::Given { for_thread: true } => thread.tools.remembered().allow(key),
                    Consent::Given { for_thread: false } => {}
                    Consent::Refused(output) => return Ok(output),
                }
                (free, true)
            }
        }
    };
    permissions.widen(&mut rules);
    start(caller, planned, &mut item, Start { rules, verdict, free, begun }).await
}

/// How a command starts.
struct Start {
    /// The thread's own rules, whether the command keeps them or not.
    rules: SandboxSpec,
    verdict: Verdict,
    free: bool,
    /// Whether clients have seen the item begin.
    begun: bool,
}

async fn start(caller: &Caller, planned: Planned, item: &mut CommandItem, start: Start) -> Result<Output, Ending> {
    let Caller { thread, turn, .. } = caller;
    let Start { rules, verdict, mut free, mut begun } = start;
    let budget = budget(caller, planned.arguments.max_output_tokens);
    loop {
        let run_free = free || !rules.mode.confines();
        let confinement = if run_free { caller.without_sandbox(&rules) } else { rules.clone() };
        let Planned { arguments, shell, login, cwd, .. } = &planned;
        let script = Script { text: &arguments.cmd, shell, login: *login, cwd };
        let spec = spec(caller, &script, &confinement).await;
        let (completion, completed) = watch::channel(false);
        let tag = SessionTag {
            item_id: item.id.clone(),
            script: planned.arguments.cmd.clone(),
            escaped: run_free && rules.mode.confines(),
            telling: Arc::new(Semaphore::new(1)),
            completed,
        };
        let watched_tag = tag.clone();
        let wrap = Some(thread.tools.host.confine(confinement));
        let command = ExecCommand { spec, wrap, tty: planned.arguments.tty, tag };
        let mut call = match thread.tools.sessions.start(command).await {
            Ok(call) => call,
            Err(error) => {
                if !begun {
                    item.begin(thread);
                }
                let end = CommandEnd {
                    exit_code: Some(codex_exec::ENDED_BY_SERVER),
                    output: error.to_string(),
                    duration_ms: Some(0),
                    declined: false,
                };
                item.complete(thread, end).await?;
                return Ok(error.model_text().into());
            }
        };
        item.process_id = Some(call.info().id.to_string());
        if !std::mem::replace(&mut begun, true) {
            item.begin(thread);
        }
        let watched = Arc::new(Watched {
            thread: Arc::clone(thread),
            item: item.clone(),
            tag: watched_tag,
            completed: completion,
        });
        let held = call.take_watcher().map(|watcher| watching::watch(Arc::clone(&watched), watcher));
        let report = call.finish(planned.arguments.yield_time_ms).await;
        let end = match (report.status, held) {
            (_, None) => None,
            (CallStatus::Running(_), Some(held)) => held.release(),
            (CallStatus::Exited(_), Some(held)) => held.end().await,
        };
        if let CallStatus::Exited(code) = report.status
            && !run_free
            && looks_denied(code, &report.output.text)
            && let Some(asks) = retries_free(&turn.settings.approval_policy)
        {
            let consent = if asks {
                let reason = Some("command failed; retry without sandbox?".to_owned());
                let amendment = thread.tools.rules().propose_amendment(
                    &verdict,
                    codex_exec_policy::Asked::NotAllowed,
                    planned.arguments.prefix_rule.as_deref(),
                    &planned.cwd,
                );
                let permissions = &Permissions::default();
                ask(caller, item, Question { reason, amendment, permissions, begun: true }).await?
            } else {
                Consent::Given { for_thread: false }
            };
            match consent {
                Consent::Given { .. } => {
                    free = true;
                    continue;
                }
                Consent::Refused(output) => return Ok(output),
            }
        }
        if let Some(end) = end {
            watched.complete(end).await?;
        }
        return Ok(report.text(budget).into());
    }
}

/// A command line, and the shell it is for.
pub(super) struct Script<'a> {
    pub(super) text: &'a str,
    pub(super) shell: &'a Shell,
    /// Whether the shell reads the user's profile first.
    pub(super) login: bool,
    pub(super) cwd: &'a Path,
}

/// The command with its variables. `rules` are those that it runs under.
pub(super) async fn spec(caller: &Caller, script: &Script<'_>, rules: &SandboxSpec) -> CommandSpec {
    let Caller { thread, turn, call_id } = caller;
    let host = &thread.tools.host;
    let Script { text, shell, login, cwd } = *script;
    let base = environment_policy(&thread.config()).apply(host.variables());
    let (argv, mut env, plain) = match login {
        false => (shell.argv(text, false), base, PlainOutput::Always),
        true => match host.logins().of(shell, &base, cwd).await {
            // The profile has been read already.
            Some(env) => (shell.argv(text, false), env, PlainOutput::WhenMissing),
            None => (shell.argv(text, true), base, PlainOutput::WhenMissing),
        },
    };
    if let Some(tools) = host.tools() {
        env.prefix_path(tools);
    }
    let variables = CallVariables {
        thread_id: thread.id.to_string(),
        session_id: thread.id.to_string(),
        call_id: call_id.clone(),
        version: WIRE_VERSION.to_owned(),
        permission_profile: turn.settings.active_permission_profile.as_ref().map(|profile| profile.id.clone()),
        network_disabled: !rules.network,
    };
    variables.add_to(&mut env, plain);
    CommandSpec { argv, arg0: None, cwd: cwd.to_owned(), env }
}

/// How much of what a command printed the model is told.
pub(super) fn budget(caller: &Caller, max_output_tokens: Option<u64>) -> Budget {
    let policy = caller.turn.model.info.truncation_policy;
    let most = u64::try_from(policy.limit).unwrap_or_default();
    let limit = match caller.thread.config().tool_output_token_limit {
        Some(tokens) => Budget::Tokens(tokens as u64),
        None => match policy.mode {
            TruncationMode::Tokens => Budget::Tokens(most),
            TruncationMode::Bytes => Budget::Bytes(most),
        },
    };
    Budget::for_call(limit, max_output_tokens)
}

/// What a command may do beyond the rules of the sandbox, once that is allowed; or what the model is told instead.
fn more_permissions(arguments: &Arguments, config: &Config, cwd: &Path) -> Result<Permissions, &'static str> {
    if arguments.sandbox_permissions != SandboxPermissions::WithAdditionalPermissions {
        return Ok(Permissions::default());
    }
    if !config.features.enabled("exec_permission_approvals") {
        return Err("additional permissions are disabled; enable `features.exec_permission_approvals` before using \
                    `with_additional_permissions`");
    }
    let permissions = arguments.additional_permissions.as_ref().map(|wish| wish.permissions(cwd)).unwrap_or_default();
    match permissions.is_empty() {
        true => Err("`with_additional_permissions` needs at least one permission in `additional_permissions`"),
        false => Ok(permissions),
    }
}

/// What a user is asked about a command.
struct Question<'a> {
    reason: Option<String>,
    /// The rule that is offered.
    amendment: Option<Vec<String>>,
    permissions: &'a Permissions,
    /// Whether clients have seen the item begin.
    begun: bool,
}

/// Asks the user whether a command may run. A refusal completes the item.
async fn ask(caller: &Caller, item: &CommandItem, question: Question<'_>) -> Result<Consent, Ending> {
    let Question { reason, amendment, permissions, begun } = question;
    let Caller { thread, turn, call_id } = caller;
    // A command that waits for its approval belongs to no process yet.
    let mut item = item.clone();
    let waiting = thread.wait_on(ThreadActiveFlag::WaitingOnApproval);
    if !begun {
        item.process_id = None;
        item.source = CommandExecutionSource::Agent;
        item.begin(thread);
    }
    thread.warn_unreviewed(turn.settings.approvals_reviewer);
    let mut decisions = vec![Decision::Accept];
    if let Some(prefix) = amendment.as_ref().filter(|_| permissions.is_empty()) {
        decisions.push(Decision::AcceptWithExecpolicyAmendment { execpolicy_amendment: prefix.clone() });
    }
    decisions.push(Decision::Cancel);
    let params = CommandExecutionRequestApprovalParams {
        kind: CommandExecutionApprovalKind::Command,
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        item_id: call_id.clone(),
        started_at_ms: thread.env.now_ms(),
        environment_id: Some(LOCAL_ENVIRONMENT.to_owned()),
        reason,
        command: Some(item.command.clone()),
        cwd: Some(LegacyAppPathString(item.cwd.clone())),
        command_actions: Some(item.actions.clone()),
        additional_permissions: (!permissions.is_empty()).then(|| permissions.additional()),
        proposed_execpolicy_amendment: amendment,
        available_decisions: Some(decisions),
        ..Default::default()
    };
    let decision = match thread.ask::<ItemCommandExecutionRequestApproval>(&params).await {
        Answered::With(response) => response.decision,
        Answered::Badly(_) | Answered::Never => {
            item.complete(thread, CommandEnd::default()).await?;
            waiting.end();
            return Ok(Consent::Refused(rejected(NO_ANSWER).into()));
        }
    };
    let declined = CommandEnd { declined: true, ..CommandEnd::default() };
    let refused = match decision {
        Decision::Accept => None,
        Decision::AcceptForSession => {
            waiting.end();
            return Ok(Consent::Given { for_thread: true });
        }
        Decision::AcceptWithExecpolicyAmendment { execpolicy_amendment } => {
            remember_rule(caller, execpolicy_amendment).await;
            None
        }
        // There is no proxy that could hold such a rule, and nobody was asked about the network.
        Decision::ApplyNetworkPolicyAmendment { .. } | Decision::Decline => Some(rejected(REJECTED_BY_USER).into()),
        Decision::Cancel => Some(Output::Cancelled),
    };
    if refused.is_some() {
        item.complete(thread, declined).await?;
    }
    waiting.end();
    Ok(match refused {
        None => Consent::Given { for_thread: false },
        Some(output) => Consent::Refused(output),
    })
}

/// Allows commands with this beginning from now on, in this thread and in every later one.
async fn remember_rule(caller: &Caller, prefix: Vec<String>) {
    let thread = &caller.thread;
    thread.tools.rules().allow_prefix(&prefix);
    let file = thread.tools.rules_file.clone();
    let written = tokio::task::spawn_blocking(move || append_allow_rule(&file, &prefix)).await;
    let failure = match written {
        Ok(Ok(_)) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "writing it broke off".to_owned(),
    };
    thread.warn(format!("The allowed command holds for this thread only, its rule could not be written: {failure}"));
}

/// Whether a failure looks as if the sandbox had caused it. A failing network does not: no retry would know why.
fn looks_denied(code: i32, output: &str) -> bool {
    /// What the system says to those it refuses.
    const SIGNS: [&str; 3] = ["read-only file system", "permission denied", "operation not permitted"];
    /// Exit codes of shells and programs for what is no refusal: wrong usage, not found.
    const OTHER_CODES: [i32; 3] = [0, 2, 127];
    if OTHER_CODES.contains(&code) {
        return false;
    }
    let output = output.to_lowercase();
    SIGNS.iter().any(|sign| output.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_is_told_by_code_and_words() {
        assert!(looks_denied(1, "touch: cannot touch '/x': Read-only file system\n"));
        assert!(looks_denied(126, "sh: ./x: Permission denied"));
        assert!(!looks_denied(0, "Read-only file system"));
        assert!(!looks_denied(127, "sh: x: Permission denied"));
        assert!(!looks_denied(7, "curl: (7) Failed to connect to host"));
    }
}
