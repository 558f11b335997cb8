//! Serving clients: the listener, and the end of the process.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use codex_app_server_transport::{CloseReason, Connection, ListenAddr, WebSocketListener, stdio};
use codex_config_loader::{CodexHome, ConfigLoader, EnvSnapshot, LoadRequest, LoaderOptions, find_codex_home};
use codex_engine::Shutdown;
use codex_model_client::scripted::Recorder;
use codex_telemetry::Telemetry;
use codex_utils_cli::CliConfigOverrides;
use tokio_util::task::AbortOnDropHandle;

use super::{Cli, report};
use crate::app::App;
use crate::cloud::{WorkspaceConfig, load_workspace_config};
use crate::connections::serve;
use crate::memory::give_back_at_rest;
use crate::observe::export;
use crate::shutdown::{STDIO_GRACE, Signals};

/// How long the last telemetry of a websocket server may take.
const LAST_TELEMETRY: Duration = Duration::from_secs(1);

/// The socket of `unix://` below the home; the folder is the user's alone.
const CONTROL_FOLDER: &str = "app-server-control";
const CONTROL_SOCKET: &str = "app-server-control.sock";

/// What `--listen off` ends with.
const NO_TRANSPORT: &str = "no transport configured; use --listen or enable remote control";

/// Serves clients until the process is asked to end.
pub(super) async fn run(cli: &Cli, env: EnvSnapshot) -> anyhow::Result<ExitCode> {
    let address = if cli.stdio { &ListenAddr::Stdio } else { &cli.listen };
    let auth = cli.ws_auth.load()?;
    match address {
        ListenAddr::Off => bail!(NO_TRANSPORT),
        ListenAddr::WebSocket(address) => ensure!(
            address.ip().is_loopback() || auth.is_some(),
            "refusing to start non-loopback websocket listener {address} without auth; configure `--ws-auth`, or listen on \
             127.0.0.1"
        ),
        ListenAddr::Stdio | ListenAddr::Unix(_) => {
            if auth.is_some() {
                report(&format!("--ws-auth is about ws:// alone; nothing has to be shown on {address}"));
            }
        }
    }
    let (app, telemetry) = start(cli, &env).await?;
    let _at_rest = AbortOnDropHandle::new(tokio::spawn(give_back_at_rest(Arc::clone(&app))));
    let settings = app.listener_settings(auth);
    // Whoever reads the address may end the server right away.
    let signals = Signals::listen();
    let listener = match address {
        ListenAddr::Off => bail!(NO_TRANSPORT),
        ListenAddr::Stdio => return serve_stdio(app, signals, telemetry).await,
        ListenAddr::WebSocket(address) => WebSocketListener::bind(*address, settings).await?,
        ListenAddr::Unix(Some(path)) => WebSocketListener::bind_unix(path, settings).await?,
        ListenAddr::Unix(None) => WebSocketListener::bind_unix(&control_socket(&app)?, settings).await?,
    };
    report(&format!("listening on: {}", listener.address()));
    serve_websocket(app, listener, signals, telemetry).await
}

/// Where `unix://` is, in a folder that is there.
fn control_socket(app: &App) -> anyhow::Result<PathBuf> {
    let home = app.config.home().path();
    let folder = home.join(CONTROL_FOLDER);
    private_folder(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(control_socket_of(home))
}

/// Where `unix://` is for this home.
pub(super) fn control_socket_of(home: &Path) -> PathBuf {
    home.join(CONTROL_FOLDER).join(CONTROL_SOCKET)
}

/// Makes a folder that only the user may look into, or makes one such.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
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
pub(crate) struct LoadedConfig {
    /// What is loaded from.
    pub(super) config: ConfigLoader,
    /// What renews the workspace's part of it, for logins that have one.
    workspace: Option<WorkspaceConfig>,
}

impl LoadedConfig {
    /// A server on this configuration.
    pub(crate) fn into_app(self, env: &EnvSnapshot, recorder: Option<Recorder>) -> anyhow::Result<Arc<App>> {
        let app = App::new(self.config, env, recorder)?;
        if let Some(workspace) = self.workspace {
            app.keep_current(workspace);
        }
        Ok(app)
    }
}

/// The home of the process.
pub(super) fn codex_home(env: &EnvSnapshot) -> anyhow::Result<CodexHome> {
    Ok(find_codex_home(&|name| env.get(name).map(ToOwned::to_owned), &std::env::current_dir()?)?)
}

/// The configuration of a process: its home, its flags, its environment, its workspace.
pub(crate) async fn load_config(
    flags: &CliConfigOverrides,
    strict: bool,
    env: &EnvSnapshot,
) -> anyhow::Result<LoadedConfig> {
    let cwd = std::env::current_dir()?;
    let home = codex_home(env)?;
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

async fn serve_stdio(app: Arc<App>, mut signals: Signals, telemetry: Option<Telemetry>) -> anyhow::Result<ExitCode> {
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
    mut signals: Signals,
    telemetry: Option<Telemetry>,
) -> anyhow::Result<ExitCode> {
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
