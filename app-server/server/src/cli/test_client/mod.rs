//! `test-client`: a client for scripts and for testing by hand, on the same wire as every other one.

mod args;
mod calls;
mod printer;
mod stage;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;

use anyhow::{Context, anyhow, ensure};
use codex_app_server_client::stdio::{self, ServerProcess};
use codex_app_server_client::{Client, ClientOptions, Notifications};
use codex_app_server_protocol::Extension;
use codex_app_server_protocol::v1::{InitializeCapabilities, InitializeResponse};
use codex_config_loader::EnvSnapshot;
use serde_json::{Value, json};
use tokio::process::Command;

pub use args::{Approve, TestClient, TestClientAction};
use printer::Printer;
use stage::Stage;

use super::ask::{Attendance, Keyboard};
use super::conversation::Conversation;
use super::show::{Screen, Stream};
use super::{Cli, running_server, wire_log};

impl TestClient {
    /// Does it and tells the status.
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        match &self.action {
            TestClientAction::Call { method, params, key } => {
                self.ask(cli, env, async |client| calls::call(client, method, params, key.as_deref()).await).await
            }
            TestClientAction::Batch { file } => {
                self.ask(cli, env, async |client| calls::batch(client, file).await).await
            }
            TestClientAction::Watch { thread, until_idle } => {
                self.show(cli, env, async |stage| stage.watch(thread, *until_idle).await).await
            }
            TestClientAction::Turn { thread, prompt, cwd, model } => {
                let model = model.as_deref();
                self.show(cli, env, async |stage| stage.turn(thread, prompt, cwd.as_deref(), model).await).await
            }
            TestClientAction::Rejoin { thread, after } => {
                self.show(cli, env, async |stage| stage.rejoin(thread, after.as_deref()).await).await
            }
        }
    }

    /// Sends requests and nothing more; what the server asks meanwhile is refused.
    async fn ask(
        &self,
        cli: &Cli,
        env: &EnvSnapshot,
        asking: impl AsyncFnOnce(&Client) -> anyhow::Result<ExitCode>,
    ) -> anyhow::Result<ExitCode> {
        ensure!(
            !self.json && self.approve.is_none(),
            "--json and --approve are for turn, watch and rejoin: requests of the server are refused meanwhile"
        );
        let connected = self.connect(cli, env, self.options(None)?).await?;
        let Connected { client, notifications, process, .. } = connected;
        drop(notifications);
        let outcome = asking(&client).await;
        // A server that goes away before the answer is what the outcome tells.
        let closed = client.close().await;
        wait_for(process).await;
        let code = outcome?;
        closed?;
        Ok(code)
    }

    /// Shows a thread while something happens in it.
    async fn show(
        &self,
        cli: &Cli,
        env: &EnvSnapshot,
        showing: impl AsyncFnOnce(&mut Stage) -> anyhow::Result<ExitCode>,
    ) -> anyhow::Result<ExitCode> {
        let printer = self.json.then(Printer::default);
        let options = self.options(printer.as_ref())?;
        let (mut process, mut replays) = (None, false);
        let screen = Screen::new(!self.json, Stream::of_process(stdout(), env), Stream::of_process(stderr(), env));
        let conversation = Conversation::open_with(options, screen, self.attendance(), async |options| {
            let connected = self.connect(cli, env, options).await?;
            process = connected.process;
            replays = connected.server.extensions.contains_key(Extension::Replay.name());
            Ok((connected.client, connected.notifications))
        })
        .await?;
        let mut stage = Stage { conversation, printer, replays };
        let outcome = showing(&mut stage).await;
        let closed = stage.conversation.close().await;
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
    // Ctrl-C in a terminal is for the client, which lets its server end in order.
    #[cfg(unix)]
    command.process_group(0);
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
