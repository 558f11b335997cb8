//! Serving clients: the listener, and the end of the process.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use codex_app_server_transport::{CloseReason, Connection, ListenAddr, WebSocketListener, listen_address, stdio};
use codex_config_loader::{ConfigLoader, EnvSnapshot, LoadRequest, LoaderOptions, find_codex_home};
use codex_engine::Shutdown;
use codex_model_client::scripted::Recorder;
use codex_telemetry::Telemetry;
use codex_utils_cli::CliConfigOverrides;

use super::{Cli, report};
use crate::app::App;
use crate::cloud::{WorkspaceConfig, load_workspace_config};
use crate::connections::serve;
use crate::observe::{METRICS_PAGE, export};
use crate::shutdown::{STDIO_GRACE, Signals};

/// How long the last telemetry of a websocket server may take.
const LAST_TELEMETRY: Duration = Duration::from_secs(1);

/// Serves clients until the process is asked to end.
pub(super) async fn run(cli: &Cli, env: EnvSnapshot) -> anyhow::Result<ExitCode> {
    let address = listen_address(if cli.stdio { "stdio://" } else { &cli.listen })?;
    let (app, telemetry) = start(cli, &env).await?;
    match address {
        ListenAddr::Stdio => serve_stdio(app, telemetry).await,
        ListenAddr::WebSocket(address) => {
            anyhow::ensure!(
                address.ip().is_loopback(),
                "refusing to start non-loopback websocket listener {address} without auth; this server has no \
                 authentication yet, listen on 127.0.0.1 and put a proxy that authenticates in front of it"
            );
            let pages: &[_] = if app.config.app_server().metrics { &[METRICS_PAGE] } else { &[] };
            let listener = WebSocketListener::bind(address, app.transport_settings()).await?.with_pages(pages);
            report(&format!("listening on: ws://{}", listener.local_addr()));
            serve_websocket(app, listener, telemetry).await
        }
    }
}

/// Builds the server of a process from its command line, and starts what it exports.
async fn start(cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<(Arc<App>, Option<Telemetry>)> {
    let app = load_config(&cli.config, cli.strict_config, env).await?.into_app(env, None)?;
    let Ok(config) = app.config.load_or_defaults(&LoadRequest::default()) else { return Ok((app, None)) };
    let export::Exported { telemetry, warnings } = export::start(&config.otel);
    app.warn_at_start(warnings);
    Ok((app, telemetry))
}

/// Sends the last telemetry, for as long as there is time.
async fn finish(telemetry: Option<Telemetry>, limit: Duration) {
    if let Some(telemetry) = telemetry {
        telemetry.finish(limit).await;
    }
}

/// The configuration of a process.
pub(super) struct LoadedConfig {
    /// What is loaded from.
    pub(super) config: ConfigLoader,
    /// What renews the workspace's part of it, for logins that have one.
    workspace: Option<WorkspaceConfig>,
}

impl LoadedConfig {
    /// A server on this configuration.
    pub(super) fn into_app(self, env: &EnvSnapshot, recorder: Option<Recorder>) -> anyhow::Result<Arc<App>> {
        let app = App::new(self.config, env, recorder)?;
        if let Some(workspace) = self.workspace {
            app.keep_current(workspace);
        }
        Ok(app)
    }
}

/// The configuration of a process: its home, its flags, its environment, its workspace.
pub(super) async fn load_config(
    flags: &CliConfigOverrides,
    strict: bool,
    env: &EnvSnapshot,
) -> anyhow::Result<LoadedConfig> {
    let cwd = std::env::current_dir()?;
    let home = find_codex_home(&|name| env.get(name).map(ToOwned::to_owned), &cwd)?;
    let options = LoaderOptions { strict, ..LoaderOptions::of_this_machine() };
    let mut config = ConfigLoader::prepare(home, flags.parse_overrides()?, env.clone(), options)?;
    let workspace = load_workspace_config(&config, env).await?;
    config.start()?;
    if strict {
        // The project that the server is started in is held to the same.
        config.load(&LoadRequest { cwd: Some(cwd), ..LoadRequest::default() })?;
    }
    Ok(LoadedConfig { config, workspace })
}

async fn serve_stdio(app: Arc<App>, telemetry: Option<Telemetry>) -> anyhow::Result<ExitCode> {
    let mut signals = Signals::listen();
    let connection = stdio(app.transport_settings(), &app.tasks)?;
    let outbound = connection.outbound.clone();
    // Both are kept until the end: the client is still told how its turns end.
    let mut serving = std::pin::pin!(serve(Arc::clone(&app), connection));
    let registered = tokio::select! {
        registered = &mut serving => Some(registered),
        () = signals.next() => None,
    };
    let answered = async {
        if let Some(registered) = &registered {
            registered.answered().await;
        }
    };
    let began = Instant::now();
    let ending = async {
        tokio::join!(app.end_turns(Shutdown::InterruptNow), answered);
        outbound.close(CloseReason::GoingAway);
        outbound.finished().await;
        finish(telemetry, STDIO_GRACE.saturating_sub(began.elapsed())).await;
    };
    tokio::select! {
        _ = tokio::time::timeout(STDIO_GRACE, ending) => {}
        () = signals.next() => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve_until_gone(app: Arc<App>, connection: Connection) {
    drop(serve(app, connection).await);
}

async fn serve_websocket(
    app: Arc<App>,
    listener: WebSocketListener,
    telemetry: Option<Telemetry>,
) -> anyhow::Result<ExitCode> {
    let mut signals = Signals::listen();
    loop {
        tokio::select! {
            connection = listener.accept() => match connection {
                Some(connection) => {
                    app.tasks.spawn(serve_until_gone(Arc::clone(&app), connection));
                }
                None => break,
            },
            () = signals.next() => break,
        }
    }
    listener.stop();
    let drain = app.config.app_server().limits.shutdown_drain;
    let ending = async {
        app.end_turns(Shutdown::Drain { deadline: drain }).await;
        app.connections.close_all();
        app.tasks.close();
        app.tasks.wait().await;
        finish(telemetry, LAST_TELEMETRY).await;
    };
    tokio::select! {
        _ = tokio::time::timeout(drain + Duration::from_secs(2), ending) => {}
        () = signals.next() => {}
    }
    Ok(ExitCode::SUCCESS)
}
