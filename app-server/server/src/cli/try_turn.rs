//! `try`: one turn (or several) as a person runs it, through the typed client like any other client.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use codex_app_server_client::{ClientOptions, Tap};
use codex_app_server_protocol::v2;
use codex_config_loader::{EnvSnapshot, SCRIPTED_PROVIDER_ID};
use codex_engine::Shutdown;
use codex_model_client::scripted::Recorder;
use codex_utils_sandbox_summary::ConfigSummary;

use super::args::Try;
use super::ask::{Attendance, Keyboard};
use super::conversation::Conversation;
use super::local_model::{self, LocalModel};
use super::permissions::{self, Permissions};
use super::run_server::{LoadedConfig, load_config};
use super::show::{Screen, Stream};
use super::wire_log::{Look, print_line};
use super::{Cli, report, running_server, wire_log};
use crate::app::App;
use crate::in_process::InProcessConnection;

/// Runs the turns; 0 when all of them completed, 1 otherwise.
pub(super) async fn run(cli: &Cli, args: &Try, env: EnvSnapshot) -> anyhow::Result<ExitCode> {
    let options =
        ClientOptions { tap: tap(args)?, ..ClientOptions::new("codex-app-server-try", env!("CARGO_PKG_VERSION")) };
    let mut screen = screen(args, &env);
    let completed = match &args.connect {
        Some(address) => {
            let folder = Folder::theirs(args)?;
            let mut conversation = Conversation::open_with(options, screen, attendance(args), async |options| {
                let connected = running_server::connect(address, args.token_file.as_deref(), &env, options);
                let (client, notifications, _) = connected.await?;
                Ok((client, notifications))
            })
            .await?;
            let outcome = converse(&mut conversation, args, args.model.clone(), &folder, None).await;
            conversation.close().await?;
            outcome?
        }
        None => {
            let recorder = args.record.as_ref().map(|_| Recorder::new());
            let local = if args.oss { Some(local_model(cli, args, &env).await?) } else { None };
            let started = start(cli, &env, local.as_ref(), recorder.clone()).await?;
            let folder = match started.is_scripted {
                true => Folder::of_scripted_model(args, &mut screen)?,
                false => Folder::theirs(args)?,
            };
            let model = local.map(|local| local.model).or_else(|| args.model.clone());
            let connection = InProcessConnection::open(&started.app);
            let mut conversation = Conversation::open(connection, options, screen, attendance(args)).await?;
            let tmpdir = env.get("TMPDIR").map(Path::new);
            let outcome = converse(&mut conversation, args, model, &folder, tmpdir).await;
            conversation.close().await?;
            started.app.end_turns(Shutdown::InterruptNow).await;
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
    let print = args.json.then(|| -> Look { Box::new(|_, line| print_line(line)) });
    wire_log::tap(print, args.log.as_deref())
}

/// The model of `--oss`, ready to be asked.
async fn local_model(cli: &Cli, args: &Try, env: &EnvSnapshot) -> anyhow::Result<LocalModel> {
    let loaded = load_config(&cli.config, cli.strict_config, env).await?;
    local_model::prepare(&loaded.config, Folder::theirs(args)?.path(), args.model.as_deref()).await
}

/// A server for this command alone.
struct Started {
    app: Arc<App>,
    /// It answers from a script.
    is_scripted: bool,
}

/// Starts a server: on the local model or the configured provider, or on the scripted model when there is none.
async fn start(
    cli: &Cli,
    env: &EnvSnapshot,
    local: Option<&LocalModel>,
    recorder: Option<Recorder>,
) -> anyhow::Result<Started> {
    if let Some(local) = local {
        let app = on_provider(cli, local.provider.id(), env).await?.into_app(env, recorder)?;
        return Ok(Started { app, is_scripted: false });
    }
    let app = load_config(&cli.config, cli.strict_config, env).await?.into_app(env, recorder.clone())?;
    let chosen = app.config.read(None, false).map_err(|error| anyhow!(error.read_message()))?;
    let value = |key: &str| chosen.config.get(key).filter(|value| !value.is_null());
    if value("model_provider").is_some() || value("openai_base_url").is_some() || app.auth.is_signed_in() {
        let is_scripted = value("model_provider").and_then(|id| id.as_str()) == Some(SCRIPTED_PROVIDER_ID);
        return Ok(Started { app, is_scripted });
    }
    report("no model provider is configured: the embedded scripted model answers (README, \"Models\")");
    app.end_turns(Shutdown::InterruptNow).await;
    let app = on_provider(cli, SCRIPTED_PROVIDER_ID, env).await?.into_app(env, recorder)?;
    Ok(Started { app, is_scripted: true })
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
    conversation: &mut Conversation,
    args: &Try,
    model: Option<String>,
    folder: &Folder,
    tmpdir: Option<&Path>,
) -> anyhow::Result<bool> {
    let cwd = folder.path().to_owned().into_os_string().into_string();
    let cwd = cwd.map_err(|folder| anyhow!("not UTF-8: {}", folder.display()))?;
    let Permissions { approval_policy, sandbox, config } = permissions::chosen(args, folder.is_fresh());
    let started = conversation
        .start(v2::ThreadStartParams { model, cwd: Some(cwd), approval_policy, sandbox, config, ..Default::default() })
        .await?;
    conversation.screen().begin(&ConfigSummary {
        workdir: started.cwd.as_str(),
        model: &started.model,
        provider: &started.model_provider,
        approval: permissions::approval_word(&started.approval_policy),
        sandbox: &permissions::sandbox_line(&started.sandbox, Path::new(started.cwd.as_str()), tmpdir),
        // The answer does not tell the API of the provider.
        reasoning: None,
    });
    for prompt in &args.prompts {
        if conversation.turn(&started.thread.id, prompt).await? != v2::TurnStatus::Completed {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The screen on the streams of the process.
fn screen(args: &Try, env: &EnvSnapshot) -> Screen {
    let said = Stream::of_process(std::io::stdout(), env);
    Screen::new(!args.json, said, Stream::of_process(std::io::stderr(), env))
}

/// Who answers what the server asks: the person, where they see questions and can type.
fn attendance(args: &Try) -> Attendance {
    let is_person = !args.json && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    Attendance {
        accept: args.yes,
        keyboard: is_person.then(Keyboard::of_process),
        hint: "--yes accepts what is asked; --ask-for-approval and --sandbox decide what is",
    }
}

/// The folder that the thread works in, as a running server must be told it: absolute.
enum Folder {
    /// The person's, chosen or that of the process.
    Theirs(PathBuf),
    /// One of its own, which stays when the program ends.
    Fresh(PathBuf),
}

impl Folder {
    fn theirs(args: &Try) -> anyhow::Result<Self> {
        let here = std::env::current_dir()?;
        Ok(Self::Theirs(args.cwd.as_deref().map_or_else(|| here.clone(), |given| here.join(given))))
    }

    /// For the scripted model, which is tried for its own sake: not in the person's files unless they say so.
    fn of_scripted_model(args: &Try, screen: &mut Screen) -> anyhow::Result<Self> {
        if args.cwd.is_some() {
            return Self::theirs(args);
        }
        let folder = tempfile::Builder::new().prefix("codex-try-").tempdir();
        let folder = folder.context("no temporary folder can be created; choose a folder with --cwd")?.keep();
        screen
            .report(&format!("the scripted model works in a new folder, {}; --cwd chooses another", folder.display()));
        Ok(Self::Fresh(folder))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Theirs(path) | Self::Fresh(path) => path,
        }
    }

    fn is_fresh(&self) -> bool {
        matches!(self, Self::Fresh(_))
    }
}

fn keep(path: &Path, recorder: &Recorder) -> anyhow::Result<()> {
    let script = recorder.script().to_toml()?;
    std::fs::write(path, script)
        .with_context(|| format!("the recording could not be written to {}", path.display()))?;
    report(&format!("recorded to {}; replay it with the `[scripted]` table of app-server.toml", path.display()));
    Ok(())
}
