//! `command/exec` and its family, `process/*`: commands that a client runs itself.
//!
//! A command is its connection's: named there, told of there, killed when the connection ends. Its output is read as fast as
//! the client takes it.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codex_app_server_protocol::v2::{CommandExecOutputStream, ProcessOutputStream};
use codex_app_server_protocol::{ErrorKind, Handle, PathText, RpcError, ServerNotification, methods, v2};
use codex_config_loader::{Config, LoadRequest};
use codex_engine::{ConfinementError, Places, check_policy, environment_policy, rules_of_config, rules_of_policy};
use codex_exec::{
    ClientCommand, CommandError, CommandErrorKind, CommandProblem, CommandSpec, Environment, Family, FinishedCommand,
    Limit, OutputDelta, RunningCommand, Stream, TerminalSize, add_patch_variable, mark_network_disabled,
};
use codex_sandbox::{SandboxMode, SandboxSpec};
use futures_util::FutureExt;
use serde::Serialize;
use serde_json::Value;

use super::Context;
use crate::reply::Reply;

impl Handle<methods::CommandExec, Reply> for Context {
    async fn handle(self, params: v2::CommandExecParams, reply: Reply) {
        reply.send(self.exec(params).await);
    }
}

impl Handle<methods::CommandExecWrite, Reply> for Context {
    async fn handle(self, params: v2::CommandExecWriteParams, reply: Reply) {
        let v2::CommandExecWriteParams { process_id, delta_base64, close_stdin } = params;
        let done = v2::CommandExecWriteResponse {};
        self.write_to(Family::CommandExec, &process_id, delta_base64.as_deref(), close_stdin, done, reply).await;
    }
}

impl Handle<methods::CommandExecTerminate, Reply> for Context {
    async fn handle(self, params: v2::CommandExecTerminateParams, reply: Reply) {
        let ended = self.terminate(Family::CommandExec, &params.process_id).await;
        reply.send(ended.map(|()| v2::CommandExecTerminateResponse {}));
    }
}

impl Handle<methods::CommandExecResize, Reply> for Context {
    async fn handle(self, params: v2::CommandExecResizeParams, reply: Reply) {
        let v2::CommandExecTerminalSize { rows, cols } = params.size;
        let resized = self.resize(Family::CommandExec, &params.process_id, TerminalSize { rows, cols }).await;
        reply.send(resized.map(|()| v2::CommandExecResizeResponse {}));
    }
}

impl Handle<methods::ProcessSpawn, Reply> for Context {
    async fn handle(self, params: v2::ProcessSpawnParams, reply: Reply) {
        let handle = params.process_handle.clone();
        let command = self.process(params);
        // Nobody is left to be answered when the connection ends meanwhile.
        let Some(started) = self.session.ended().run_until_cancelled(self.start(command)).await else { return };
        let running = match started {
            Ok(running) => running,
            Err(error) => return reply.send::<()>(Err(error)),
        };
        reply.send(Ok(v2::ProcessSpawnResponse {}));
        let tasks = self.app.tasks.clone();
        tasks.spawn(async move {
            let ended = self.session.ended().clone();
            ended.run_until_cancelled(self.follow_process(running, handle)).await;
        });
    }
}

impl Handle<methods::ProcessWriteStdin, Reply> for Context {
    async fn handle(self, params: v2::ProcessWriteStdinParams, reply: Reply) {
        let v2::ProcessWriteStdinParams { process_handle, delta_base64, close_stdin } = params;
        let done = v2::ProcessWriteStdinResponse {};
        self.write_to(Family::Process, &process_handle, delta_base64.as_deref(), close_stdin, done, reply).await;
    }
}

impl Handle<methods::ProcessKill, Reply> for Context {
    async fn handle(self, params: v2::ProcessKillParams, reply: Reply) {
        let ended = self.terminate(Family::Process, &params.process_handle).await;
        reply.send(ended.map(|()| v2::ProcessKillResponse {}));
    }
}

impl Handle<methods::ProcessResizePty, Reply> for Context {
    async fn handle(self, params: v2::ProcessResizePtyParams, reply: Reply) {
        let v2::ProcessTerminalSize { rows, cols } = params.size;
        let resized = self.resize(Family::Process, &params.process_handle, TerminalSize { rows, cols }).await;
        reply.send(resized.map(|()| v2::ProcessResizePtyResponse {}));
    }
}

/// What `command/exec` runs a command under.
struct Rules {
    config: Arc<Config>,
    spec: SandboxSpec,
}

impl Context {
    async fn exec(&self, params: v2::CommandExecParams) -> Result<v2::CommandExecResponse, RpcError> {
        let id = params.process_id.clone().unwrap_or_default();
        let command = self.sandboxed(params)?;
        let tell = |delta: OutputDelta| {
            ServerNotification::CommandExecOutputDelta(v2::CommandExecOutputDeltaNotification {
                process_id: id.clone(),
                stream: match delta.stream {
                    Stream::Stdout => CommandExecOutputStream::Stdout,
                    Stream::Stderr => CommandExecOutputStream::Stderr,
                },
                delta_base64: STANDARD.encode(&delta.bytes),
                cap_reached: delta.cap_reached,
            })
        };
        let running = async { self.follow(self.start(command).await?, tell).await };
        let finished = self.session.ended().run_until_cancelled(running).await;
        let finished =
            finished.unwrap_or_else(|| Err(RpcError::internal("the command was killed with its connection")));
        finished.map(|finished| v2::CommandExecResponse {
            exit_code: finished.exit_code,
            stdout: finished.stdout,
            stderr: finished.stderr,
        })
    }

    async fn follow_process(&self, running: RunningCommand, handle: String) {
        let tell = |delta: OutputDelta| {
            ServerNotification::ProcessOutputDelta(v2::ProcessOutputDeltaNotification {
                process_handle: handle.clone(),
                stream: match delta.stream {
                    Stream::Stdout => ProcessOutputStream::Stdout,
                    Stream::Stderr => ProcessOutputStream::Stderr,
                },
                delta_base64: STANDARD.encode(&delta.bytes),
                cap_reached: delta.cap_reached,
            })
        };
        let finished = match self.follow(running, tell).await {
            Ok(finished) => finished,
            // Nobody is told how it ended because the server ends too.
            Err(error) => return tracing::warn!(%handle, %error, "a process was given up"),
        };
        self.tell(ServerNotification::ProcessExited(v2::ProcessExitedNotification {
            process_handle: handle,
            exit_code: finished.exit_code,
            output_drain_timed_out: Some(finished.drain_timed_out),
            stdout: finished.stdout,
            stdout_cap_reached: finished.stdout_cap_reached,
            stderr: finished.stderr,
            stderr_cap_reached: finished.stderr_cap_reached,
        }));
    }

    async fn start(&self, command: ClientCommand) -> Result<RunningCommand, RpcError> {
        self.app.commands.start(self.session.connection(), command).await.map_err(rpc_error)
    }

    /// Hands the output of a command on until it has ended.
    async fn follow(
        &self,
        mut running: RunningCommand,
        notification: impl Fn(OutputDelta) -> ServerNotification,
    ) -> Result<FinishedCommand, RpcError> {
        while let Some(delta) = running.next_delta().await {
            self.tell(notification(delta));
            // A client that takes its time holds the command up, and nothing else.
            self.session.outbound().calm().await;
        }
        running.finish().await.map_err(rpc_error)
    }

    /// Takes the place of a write in the order of requests, and answers once it is done: a command that does not read holds up
    /// neither its end nor anybody else.
    async fn write_to<T: Serialize + Send + 'static>(
        self,
        family: Family,
        id: &str,
        delta_base64: Option<&str>,
        close: bool,
        done: T,
        reply: Reply,
    ) {
        let connection = self.session.connection();
        match self.app.commands.write(&connection, family, id, delta_base64, close).await {
            Ok(mut writing) => {
                let answer = |written: Result<(), CommandError>| reply.send(written.map(|()| done).map_err(rpc_error));
                match (&mut writing).now_or_never() {
                    Some(written) => answer(written),
                    None => drop(self.app.tasks.spawn(async move { answer(writing.await) })),
                }
            }
            Err(error) => reply.send::<()>(Err(rpc_error(error))),
        }
    }

    async fn terminate(&self, family: Family, id: &str) -> Result<(), RpcError> {
        self.app.commands.terminate(&self.session.connection(), family, id).await.map_err(rpc_error)
    }

    async fn resize(&self, family: Family, id: &str, size: TerminalSize) -> Result<(), RpcError> {
        self.app.commands.resize(&self.session.connection(), family, id, size).await.map_err(rpc_error)
    }

    /// A command of `command/exec`: in a sandbox, with the variables that the configuration lets commands have.
    fn sandboxed(&self, params: v2::CommandExecParams) -> Result<ClientCommand, RpcError> {
        let cwd = params.cwd.as_ref().map(PathText::as_str).filter(|cwd| !cwd.is_empty());
        let cwd = cwd.map_or_else(|| self.app.cwd.clone(), |cwd| self.app.cwd.join(cwd));
        let mut command = ClientCommand {
            family: Family::CommandExec,
            spec: CommandSpec { argv: params.command, arg0: None, cwd, env: Environment::default() },
            wrap: None,
            id: params.process_id,
            tty: params.tty,
            stream_stdin: params.stream_stdin,
            stream_output: params.stream_stdout_stderr,
            size: params.size.map(|size| TerminalSize { rows: size.rows, cols: size.cols }),
            output_cap: Limit::from_switch(params.output_bytes_cap, params.disable_output_cap),
            timeout_ms: Limit::from_switch(params.timeout_ms, params.disable_timeout),
        };
        command.check().map_err(rpc_error)?;
        let profile = params.permission_profile.as_deref();
        let Rules { config, spec: rules } = self.rules(params.sandbox_policy.as_ref(), profile, &command.spec.cwd)?;
        let mut env = environment_policy(&config).apply(&self.app.host.variables_with_tools());
        add_patch_variable(&mut env);
        env.change(&params.env.unwrap_or_default());
        if !rules.network {
            mark_network_disabled(&mut env);
        }
        command.spec.env = env;
        command.wrap = Some(self.app.host.confine(rules));
        Ok(command)
    }

    /// A command of `process/spawn`: without a sandbox, with all of the server's variables.
    fn process(&self, params: v2::ProcessSpawnParams) -> ClientCommand {
        let mut env: Environment = self.app.host.variables_with_tools();
        env.change(&params.env.unwrap_or_default());
        let cwd = params.cwd.as_path().to_owned();
        ClientCommand {
            family: Family::Process,
            wrap: Some(self.app.host.confine(SandboxSpec::new(SandboxMode::DangerFullAccess, cwd.clone()))),
            spec: CommandSpec { argv: params.command, arg0: None, cwd, env },
            id: Some(params.process_handle),
            tty: params.tty,
            stream_stdin: params.stream_stdin,
            stream_output: params.stream_stdout_stderr,
            size: params.size.map(|size| TerminalSize { rows: size.rows, cols: size.cols }),
            output_cap: Limit::from_nullable(params.output_bytes_cap),
            timeout_ms: Limit::from_nullable(params.timeout_ms),
        }
    }

    /// What a command may do: as the request says, else as the configuration does.
    ///
    /// The workspace of a policy, and of the configuration, is the server's own folder, wherever the command runs; the
    /// workspace of a profile is the command's.
    fn rules(&self, policy: Option<&v2::SandboxPolicy>, profile: Option<&str>, cwd: &Path) -> Result<Rules, RpcError> {
        let load = |cwd: &Path, overrides| self.app.config.load(&LoadRequest { cwd: Some(cwd.to_owned()), overrides });
        let config = load(&self.app.cwd, serde_json::Map::new()).map_err(|error| unusable(&error))?;
        let spec = match (policy, profile) {
            (Some(_), Some(_)) => {
                return Err(refused("`permissionProfile` cannot be combined with `sandboxPolicy`".to_owned()));
            }
            (Some(policy), None) => {
                check_policy(policy, &config.permissions.bounds)
                    .map_err(|error| refused(format!("invalid sandbox policy: {error}")))?;
                rules_of_policy(policy, &self.places(&self.app.cwd))
            }
            (None, Some(id)) => {
                let invalid = |error: &dyn std::fmt::Display| refused(format!("invalid permission profile: {error}"));
                let overrides = [("default_permissions".to_owned(), Value::String(id.to_owned()))];
                let config = load(cwd, overrides.into_iter().collect()).map_err(|error| invalid(&error))?;
                if let Some(warning) = config.approval_and_sandbox(None, None).sandbox_warning {
                    return Err(invalid(&warning.summary));
                }
                rules_of_config(&config, None, &self.places(cwd)).map_err(|error| invalid(&error))?
            }
            (None, None) => rules_of_config(&config, None, &self.places(&self.app.cwd))
                .map_err(|error: ConfinementError| unusable(&error))?,
        };
        Ok(Rules { config, spec })
    }

    fn places(&self, workspace: &Path) -> Places<'_> {
        Places { roots: vec![workspace.to_owned()], tmpdir: self.app.host.tmpdir(), home: self.app.config.user_home() }
    }
}

/// A configuration that commands cannot be run with.
fn unusable(error: &dyn std::fmt::Display) -> RpcError {
    RpcError::new(ErrorKind::ConfigInvalid, format!("failed to load configuration: {error}"))
}

fn refused(message: String) -> RpcError {
    RpcError::new(ErrorKind::InvalidRequest, message)
}

/// The one conversion of the errors of commands.
fn rpc_error(error: CommandError) -> RpcError {
    let message = error.to_string();
    let kind = match error.kind() {
        CommandErrorKind::InvalidRequest => ErrorKind::InvalidRequest,
        CommandErrorKind::InvalidParams => ErrorKind::InvalidParams,
        CommandErrorKind::Internal => ErrorKind::SpawnFailed,
    };
    match error.problem {
        CommandProblem::Duplicate(id) => RpcError::new(ErrorKind::DuplicateId, message).subject(id),
        CommandProblem::NotFound(id) | CommandProblem::NoLongerRunning(id) => {
            RpcError::new(ErrorKind::ProcessNotFound, message).subject(id)
        }
        _ => RpcError::new(kind, message),
    }
}
