//! `test-client`: a client for scripts and for testing by hand, on the same wire as every other one.

mod args;
mod calls;
mod printer;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail, ensure};
use codex_app_server_client::stdio::{self, ServerProcess};
use codex_app_server_client::{Client, ClientOptions, Notifications};
use codex_app_server_protocol::Extension;
use codex_app_server_protocol::ext::ThreadReplayParams;
use codex_app_server_protocol::v1::{InitializeCapabilities, InitializeResponse};
use codex_app_server_protocol::v2::{ThreadResumeParams, ThreadStartParams, Turn, TurnStatus};
use codex_config_loader::EnvSnapshot;
use serde_json::{Value, json};
use tokio::process::Command;

pub use args::{Approve, TestClient, TestClientAction};
use printer::Printer;

use super::ask::{Attendance, Keyboard};
use super::conversation::Conversation;
use super::show::{Screen, Stream};
use super::{Cli, running_server, wire_log};

impl TestClient {
    /// Does it and tells the status.
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        let printer = self.json.then(Printer::default);
        let options = self.options(printer.as_ref())?;
        match &self.action {
            TestClientAction::Call { .. } | TestClientAction::Batch { .. } => self.ask(cli, env, options).await,
            action => {
                let (mut process, mut replays) = (None, false);
                let screen =
                    Screen::new(!self.json, Stream::of_process(stdout(), env), Stream::of_process(stderr(), env));
                let mut conversation = Conversation::open_with(options, screen, self.attendance(), async |options| {
                    let connected = self.connect(cli, env, options).await?;
                    process = connected.process;
                    replays = connected.server.extensions.contains_key(Extension::Replay.name());
                    Ok((connected.client, connected.notifications))
                })
                .await?;
                let outcome = converse(&mut conversation, action, printer.as_ref(), replays).await;
                let closed = conversation.close().await;
                wait_for(process).await;
                let code = outcome?;
                closed?;
                Ok(code)
            }
        }
    }

    /// Sends requests and nothing more; what the server asks meanwhile is refused.
    async fn ask(&self, cli: &Cli, env: &EnvSnapshot, options: ClientOptions) -> anyhow::Result<ExitCode> {
        let Connected { client, notifications, process, .. } = self.connect(cli, env, options).await?;
        drop(notifications);
        let outcome = match &self.action {
            TestClientAction::Call { method, params, key } => {
                calls::call(&client, method, params, key.as_deref()).await
            }
            TestClientAction::Batch { file } => calls::batch(&client, file).await,
            _ => Ok(ExitCode::SUCCESS),
        };
        // A server that goes away before the answer is what the outcome tells.
        let closed = client.close().await;
        wait_for(process).await;
        let code = outcome?;
        closed?;
        Ok(code)
    }

    fn options(&self, printer: Option<&Printer>) -> anyhow::Result<ClientOptions> {
        let extensions = self.extensions()?;
        let capabilities = InitializeCapabilities {
            experimental_api: self.experimental,
            extensions: (!extensions.is_empty()).then_some(extensions),
            ..Default::default()
        };
        Ok(ClientOptions {
            capabilities: Some(capabilities),
            tap: wire_log::tap(printer.map(Printer::look), self.log.as_deref())?,
            ..ClientOptions::new("codex-app-server-test-client", env!("CARGO_PKG_VERSION"))
        })
    }

    /// What is asked for beyond the wire of the reference: what the flags say, and what the action needs.
    fn extensions(&self) -> anyhow::Result<BTreeMap<String, Value>> {
        let mut extensions = BTreeMap::new();
        let needed = match &self.action {
            TestClientAction::Call { key: Some(_), .. } => Some(Extension::Idempotency),
            TestClientAction::Rejoin { .. } => Some(Extension::Replay),
            _ => None,
        };
        extensions.extend(needed.map(|needed| (needed.name().to_owned(), json!({}))));
        for extension in &self.extensions {
            let (name, settings) = extension.split_once('=').unwrap_or((extension, "{}"));
            let settings =
                serde_json::from_str(settings).map_err(|error| anyhow!("the settings of {name}: {error}"))?;
            extensions.insert(name.to_owned(), settings);
        }
        Ok(extensions)
    }

    /// Connects to the server, or to one that is started for it.
    async fn connect(&self, cli: &Cli, env: &EnvSnapshot, options: ClientOptions) -> anyhow::Result<Connected> {
        let token_file = self.token_file.as_deref();
        Ok(match self.connect.as_deref() {
            Some(address) => {
                let connected = running_server::connect(address, token_file, env, options);
                let (client, notifications, server) = connected.await?;
                Connected { client, notifications, server, process: None }
            }
            None => {
                ensure!(token_file.is_none(), "a token is for a running server; --connect says where it is");
                let (connection, process) = stdio::spawn(server(cli)?).context("no server can be started")?;
                let (client, notifications, server) = Client::connect(connection, options).await?;
                Connected { client, notifications, server, process: Some(process) }
            }
        })
    }

    /// Who answers what the server asks.
    fn attendance(&self) -> Attendance {
        let is_person = !self.json && stdin().is_terminal() && stderr().is_terminal();
        let asks = match self.approve {
            Some(approve) => approve == Approve::Ask,
            None => is_person,
        };
        let keyboard = || if stdin().is_terminal() { Keyboard::of_process() } else { Keyboard::new(stdin()) };
        Attendance {
            accept: self.approve == Some(Approve::Accept),
            keyboard: asks.then(keyboard),
            hint: "--approve accept accepts what is asked",
        }
    }
}

/// A client of a server.
struct Connected {
    client: Client,
    notifications: Notifications,
    server: InitializeResponse,
    /// The server, where it was started for the command.
    process: Option<ServerProcess>,
}

/// This program as a server on stdio, with the same configuration.
fn server(cli: &Cli) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe().context("this program cannot be found")?);
    let flags = [("-c", &cli.config.raw), ("--enable", &cli.config.enable), ("--disable", &cli.config.disable)];
    for (flag, values) in flags {
        command.args(values.iter().flat_map(|value| [flag, value.as_str()]));
    }
    if cli.strict_config {
        command.arg("--strict-config");
    }
    Ok(command)
}

/// The server that was started ends with its connection.
async fn wait_for(process: Option<ServerProcess>) {
    if let Some(mut process) = process
        && let Err(error) = process.wait().await
    {
        tracing::warn!(%error, "the server cannot be waited for");
    }
}

/// Shows a thread while something happens in it; `replays` where the server keeps what was missed.
async fn converse(
    conversation: &mut Conversation,
    action: &TestClientAction,
    printer: Option<&Printer>,
    replays: bool,
) -> anyhow::Result<ExitCode> {
    let begin = |thread: &str, first: Option<&str>| {
        if let Some(printer) = printer {
            printer.begin(thread, first);
        }
    };
    let resume = |thread: &str| ThreadResumeParams { thread_id: thread.to_owned(), ..Default::default() };
    let status = match action {
        TestClientAction::Call { .. } | TestClientAction::Batch { .. } => None,
        TestClientAction::Watch { thread, until_idle } => {
            let resumed = conversation.resume(resume(thread)).await?;
            begin(thread, None);
            let running = running_turn(resumed.thread.turns);
            if let Some(running) = &running {
                conversation.screen().rejoin(running, replays);
            }
            conversation.watch(running.as_ref(), *until_idle).await?;
            return Ok(ExitCode::SUCCESS);
        }
        TestClientAction::Turn { thread, prompt, cwd, model } => {
            let cwd = cwd.as_deref().map(std::path::absolute).transpose()?;
            let cwd = cwd.map(|cwd| cwd.display().to_string());
            let thread = match thread.as_str() {
                "new" => {
                    let params = ThreadStartParams { cwd, model: model.clone(), ..Default::default() };
                    conversation.start(params).await?.thread.id
                }
                thread => {
                    let params = ThreadResumeParams { cwd, model: model.clone(), ..resume(thread) };
                    conversation.resume(params).await?.thread.id
                }
            };
            conversation.screen().report(&format!("thread: {thread}"));
            begin(&thread, None);
            Some(conversation.turn(&thread, prompt).await?)
        }
        TestClientAction::Rejoin { thread, after } => {
            ensure!(replays || after.is_none(), "the server keeps nothing that was missed; leave out --after");
            let answer = if replays {
                let params = ThreadReplayParams { thread_id: thread.clone(), after: after.clone() };
                conversation.replay(params).await?.snapshot.map(|snapshot| *snapshot)
            } else {
                Some(conversation.resume(resume(thread)).await?)
            };
            match answer {
                Some(resumed) => {
                    let running = running_turn(resumed.thread.turns);
                    let Some(running) = running else { bail!("no turn runs in thread {thread}") };
                    begin(thread, Some(&serde_json::to_string(&running)?));
                    conversation.screen().rejoin(&running, replays);
                    conversation.watch(Some(&running), true).await?
                }
                None => {
                    begin(thread, None);
                    conversation.catch_up_with(thread).await?
                }
            }
        }
    };
    Ok(if status == Some(TurnStatus::Completed) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn running_turn(turns: Vec<Turn>) -> Option<Turn> {
    turns.into_iter().find(|turn| turn.status == TurnStatus::InProgress)
}
