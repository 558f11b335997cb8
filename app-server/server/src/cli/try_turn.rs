//! `try`: one turn (or several) as a person runs it, through the typed client like any other client.

use std::fs::File;
use std::io::{LineWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow, bail};
use codex_app_server_client::{Client, ClientOptions, Notifications, Tap, Way, websocket};
use codex_app_server_protocol::{methods, v2};
use codex_config_loader::{EnvSnapshot, SCRIPTED_PROVIDER_ID};
use codex_engine::Shutdown;
use codex_model_client::scripted::Recorder;
use codex_utils_sandbox_summary::ConfigSummary;

use super::args::Try;
use super::local_model::{self, LocalModel};
use super::permissions::{self, Permissions};
use super::run_server::{LoadedConfig, load_config};
use super::show::Screen;
use super::{Cli, report};
use crate::app::App;
use crate::in_process::InProcessConnection;

/// Runs the turns; 0 when all of them completed, 1 otherwise.
pub(super) async fn run(cli: &Cli, args: &Try, env: EnvSnapshot) -> anyhow::Result<ExitCode> {
    let options =
        ClientOptions { tap: tap(args)?, ..ClientOptions::new("codex-app-server-try", env!("CARGO_PKG_VERSION")) };
    let completed = match &args.connect {
        Some(url) => {
            let connection = websocket::connect(url).await.with_context(|| format!("no server answers at {url}"))?;
            let (client, notifications, _) = Client::connect(connection, options).await?;
            let outcome = converse(&client, notifications, args, args.model.clone(), None).await;
            client.close().await?;
            outcome?
        }
        None => {
            let recorder = args.record.as_ref().map(|_| Recorder::new());
            let local = if args.oss { Some(local_model(cli, args, &env).await?) } else { None };
            let app = start(cli, &env, local.as_ref(), recorder.clone()).await?;
            let model = local.map(|local| local.model).or_else(|| args.model.clone());
            let (client, notifications, _) = Client::connect(InProcessConnection::open(&app), options).await?;
            let outcome = converse(&client, notifications, args, model, env.get("TMPDIR").map(Path::new)).await;
            client.close().await?;
            app.end_turns(Shutdown::InterruptNow).await;
            if let (Some(path), Some(recorder)) = (&args.record, recorder) {
                keep(path, &recorder)?;
            }
            outcome?
        }
    };
    Ok(if completed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What looks at every message: the one that prints it, the one that logs it, or both.
fn tap(args: &Try) -> anyhow::Result<Option<Tap>> {
    let log = match &args.log {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
            Some(Mutex::new(LineWriter::new(file)))
        }
        None => None,
    };
    let print = args.json;
    if !print && log.is_none() {
        return Ok(None);
    }
    Ok(Some(Arc::new(move |way, line: &str| {
        if print {
            print_line(line);
        }
        if let Some(log) = &log {
            let arrow = match way {
                Way::ToServer => "->",
                Way::FromServer => "<-",
            };
            let written = writeln!(log.lock().unwrap_or_else(PoisonError::into_inner), "{arrow} {line}");
            if let Err(error) = written {
                report(&format!("the log cannot be written: {error}"));
            }
        }
    })))
}

/// The model of `--oss`, ready to be asked.
async fn local_model(cli: &Cli, args: &Try, env: &EnvSnapshot) -> anyhow::Result<LocalModel> {
    let loaded = load_config(&cli.config, cli.strict_config, env).await?;
    local_model::prepare(&loaded.config, &working_folder(args)?, args.model.as_deref()).await
}

/// A server for this command alone: on the local model or the configured provider, or on the scripted model when there is
/// none.
async fn start(
    cli: &Cli,
    env: &EnvSnapshot,
    local: Option<&LocalModel>,
    recorder: Option<Recorder>,
) -> anyhow::Result<Arc<App>> {
    if let Some(local) = local {
        return on_provider(cli, local.provider.id(), env).await?.into_app(env, recorder);
    }
    let app = load_config(&cli.config, cli.strict_config, env).await?.into_app(env, recorder.clone())?;
    let chosen = app.config.read(None, false).map_err(|error| anyhow!(error.read_message()))?;
    let is_chosen = |key: &str| chosen.config.get(key).is_some_and(|value| !value.is_null());
    if is_chosen("model_provider") || is_chosen("openai_base_url") || app.auth.is_signed_in() {
        return Ok(app);
    }
    report("no model provider is configured: the embedded scripted model answers (README, \"Models\")");
    app.end_turns(Shutdown::InterruptNow).await;
    on_provider(cli, SCRIPTED_PROVIDER_ID, env).await?.into_app(env, recorder)
}

/// The configuration with this provider, whatever the layers say.
async fn on_provider(cli: &Cli, id: &str, env: &EnvSnapshot) -> anyhow::Result<LoadedConfig> {
    let mut flags = cli.config.clone();
    flags.raw.push(format!("model_provider=\"{id}\""));
    load_config(&flags, cli.strict_config, env).await
}

/// Starts a thread and runs one turn after the other; whether all of them completed. `tmpdir` is that of the server, when
/// it is known.
async fn converse(
    client: &Client,
    mut notifications: Notifications,
    args: &Try,
    model: Option<String>,
    tmpdir: Option<&Path>,
) -> anyhow::Result<bool> {
    let cwd = working_folder(args)?;
    let cwd = cwd.into_os_string().into_string().map_err(|folder| anyhow!("not UTF-8: {}", folder.display()))?;
    let Permissions { approval_policy, sandbox, config } = permissions::chosen(args);
    let started = client
        .call::<methods::ThreadStart>(v2::ThreadStartParams {
            model,
            cwd: Some(cwd),
            approval_policy,
            sandbox,
            config,
            ..Default::default()
        })
        .await
        .context("the thread could not be started")?;
    let mut screen = Screen::new(
        !args.json,
        &ConfigSummary {
            workdir: started.cwd.as_str(),
            model: &started.model,
            provider: &started.model_provider,
            approval: permissions::approval_word(&started.approval_policy),
            sandbox: &permissions::sandbox_line(&started.sandbox, Path::new(started.cwd.as_str()), tmpdir),
            // The answer does not tell the API of the provider.
            reasoning: None,
        },
    );
    let thread_id = started.thread.id;
    for prompt in &args.prompts {
        screen.prompt(prompt);
        let input = vec![v2::UserInput::Text { text: prompt.clone(), text_elements: Vec::new() }];
        let turn = client
            .call::<methods::TurnStart>(v2::TurnStartParams {
                thread_id: thread_id.clone(),
                input,
                ..Default::default()
            })
            .await
            .context("the turn could not be started")?
            .turn;
        loop {
            let Some(notice) = notifications.next().await else { bail!("the server went away before the turn ended") };
            let Some(status) = screen.show(&turn.id, &notice) else { continue };
            if status != v2::TurnStatus::Completed {
                return Ok(false);
            }
            break;
        }
    }
    Ok(true)
}

/// The folder that the thread works in, as a running server must be told it: absolute.
fn working_folder(args: &Try) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir()?;
    Ok(args.cwd.as_deref().map_or_else(|| here.clone(), |given| here.join(given)))
}

fn keep(path: &Path, recorder: &Recorder) -> anyhow::Result<()> {
    let script = recorder.script().to_toml()?;
    std::fs::write(path, script)
        .with_context(|| format!("the recording could not be written to {}", path.display()))?;
    report(&format!("recorded to {}; replay it with the `[scripted]` table of app-server.toml", path.display()));
    Ok(())
}

fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that went away ends the printing, not the turn.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n"));
}
