//! What may stand on the command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use codex_app_server_protocol::WIRE_VERSION;
use codex_app_server_transport::{ListenAddr, listen_address};
use codex_utils_approval_presets::{ApprovalPreset, PRESETS, preset};
use codex_utils_cli::{ApprovalMode, CliConfigOverrides, SandboxMode, hoist_override_flags};

use super::config::Config;
use super::doctor::Doctor;
use super::generate::Generate;
use super::sandbox::Sandbox;
use super::schema::Schema;
use super::test_client::TestClient;
use super::threads::Threads;
use super::ws_auth::WsAuth;

/// An open codex app-server: runs coding-agent threads for editors, apps and bots over JSON-RPC.
#[derive(Debug, Parser)]
#[command(name = "codex-app-server", disable_version_flag = true, max_term_width = 100)]
pub struct Cli {
    /// Overrides of the configuration.
    #[command(flatten)]
    pub config: CliConfigOverrides,

    /// Where clients connect: stdio://, ws://IP:PORT (port 0 picks a free one), unix:// (the socket of the home), unix://PATH
    /// or off.
    #[arg(long, global = true, value_name = "ADDRESS", default_value = "stdio://", value_parser = listen_address)]
    pub listen: ListenAddr,

    /// The same as --listen stdio://
    #[arg(long, global = true, conflicts_with = "listen")]
    pub stdio: bool,

    /// What websocket clients have to show.
    #[command(flatten)]
    pub ws_auth: WsAuth,

    /// Refuse keys of the configuration that nothing knows, instead of warning about them.
    #[arg(long, global = true)]
    pub strict_config: bool,

    /// Print the version of the wire and the requirements in force as one line of JSON, and end.
    #[arg(long, global = true)]
    pub print_startup_config: bool,

    /// Accepted for compatibility: this server sends no analytics.
    #[arg(long, global = true, hide = true)]
    pub analytics_default_enabled: bool,

    /// Print the version of the wire, then the one of this program.
    #[arg(short = 'V', long)]
    pub version: bool,

    /// What to do instead of serving clients.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do instead of serving clients.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run one turn and show it as it streams.
    Try(Try),
    /// Talk to a server from scripts and by hand: call, batch, turn, watch, rejoin.
    TestClient(TestClient),
    /// Write the JSON Schema of the wire.
    GenerateJsonSchema(Generate),
    /// Write the TypeScript types of the wire.
    GenerateTs(Generate),
    /// Work with schemas of the wire: export, diff, check.
    Schema(Schema),
    /// Look at the configuration: explain, check.
    Config(Config),
    /// Look at stored threads: list, show, export.
    Threads(Threads),
    /// Look for what is wrong with the home, the configuration, the history and this machine; status 1 when something is.
    Doctor(Doctor),
    /// Run a command in the sandbox, or tell what this host offers for sandboxes.
    ///
    /// The status is the command's, 128 + n when signal n ended it, 127 when there is no such program, and 125 when it could
    /// not be confined as told: then nothing was run.
    Sandbox(Sandbox),
}

/// Run one turn (or several) and show it as it streams.
#[derive(Debug, Args)]
pub struct Try {
    /// What to say to the agent; each further one is a turn of its own in the same thread.
    #[arg(required = true, value_name = "PROMPT")]
    pub prompts: Vec<String>,

    /// Use a running server instead of starting one.
    #[arg(long, value_name = "ws://IP:PORT|unix://PATH")]
    pub connect: Option<String>,

    /// The file with the bearer token that the running server asks for.
    #[arg(long, value_name = "FILE", requires = "connect")]
    pub token_file: Option<PathBuf>,

    /// Print every message of the wire, one a line, instead of the conversation.
    #[arg(long)]
    pub json: bool,

    /// Write every message of the wire to a file that `schema check` reads.
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,

    /// Write what the model did as a script that replays it (with the started server only).
    #[arg(long, value_name = "FILE", conflicts_with = "connect")]
    pub record: Option<PathBuf>,

    /// The folder that the thread works in; the scripted model works in a new temporary one without it.
    #[arg(short = 'C', long, value_name = "DIR")]
    pub cwd: Option<PathBuf>,

    /// The model to ask.
    #[arg(short, long)]
    pub model: Option<String>,

    /// Ask an open model on this machine; one that is missing is downloaded.
    ///
    /// Ollama or LM Studio is asked: the one that `oss_provider` of the configuration names, else the one that runs.
    #[arg(long, conflicts_with = "connect")]
    pub oss: bool,

    /// What commands may touch.
    #[arg(short, long, value_name = "MODE")]
    pub sandbox: Option<SandboxMode>,

    /// When you are asked before something runs.
    #[arg(short, long, value_name = "MODE")]
    pub ask_for_approval: Option<ApprovalMode>,

    /// Accept everything that is asked, unasked; without it, nothing is accepted when stdin is no terminal.
    #[arg(short, long)]
    pub yes: bool,

    /// What commands may touch and when you are asked, in one word.
    #[arg(long, value_name = "ID", value_parser = preset_parser(), conflicts_with_all = ["sandbox", "ask_for_approval"])]
    pub preset: Option<&'static ApprovalPreset>,
}

/// Takes the ids of presets; the help shows what each means.
fn preset_parser() -> impl TypedValueParser<Value = &'static ApprovalPreset> {
    let ids = PRESETS.iter().map(|preset| PossibleValue::new(preset.id).help(preset.description));
    PossibleValuesParser::new(ids).try_map(|id| preset(&id).ok_or("there is no such preset"))
}

/// Words of the reference's command line that this program does not have.
const MISSING: &[&str] =
    &["proxy", "daemon", "exec", "login", "logout", "mcp", "mcp-server", "resume", "fork", "debug"];

/// Understands the arguments of the process.
///
/// # Errors
/// The exit code, after the reason (or the help, or the version) was printed.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let arguments = without_app_server(hoist_override_flags(arguments));
    let parsed = Cli::command().try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) if cli.version => {
            // Clients take the first number of the first line.
            print(&format!("codex-cli {WIRE_VERSION}\ncodex-app-server {}\n", env!("CARGO_PKG_VERSION")));
            Err(ExitCode::SUCCESS)
        }
        Ok(cli) => Ok(cli),
        Err(error) if error.kind() == ErrorKind::InvalidSubcommand => {
            let word = arguments.iter().skip(1).filter_map(|word| word.to_str()).find(|word| MISSING.contains(word));
            match word {
                Some(word) => super::report(&format!("`{word}` is part of codex, but not of this server; see --help")),
                None => super::report(&error.to_string()),
            }
            Err(ExitCode::from(2))
        }
        Err(error) => {
            let _ = error.print();
            Err(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
        }
    }
}

/// Options that take the next word as their value.
const WITH_VALUE: &[&str] = &["-c", "--config", "--enable", "--disable", "--listen"];

/// Removes the first bare `app-server`: clients that spawn `codex app-server ...` can be pointed at this binary.
fn without_app_server(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(word) = arguments.get(at).and_then(|word| word.to_str()) {
        if word == "app-server" {
            arguments.remove(at);
            break;
        }
        at += match word {
            word if WITH_VALUE.contains(&word) => 2,
            word if word.starts_with('-') => 1,
            _ => break,
        };
    }
    arguments
}

/// Writes to stdout; a reader that went away is no fault.
pub(super) fn print(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Prints a result. A reader that has seen enough and went away is no failure.
pub(super) fn print_result(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let written =
        out.write_all(text.trim_end().as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the result cannot be printed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cli(words: &str) -> Cli {
        parse(std::iter::once("bin").chain(words.split_whitespace()).map(OsString::from)).unwrap()
    }

    #[test]
    fn options_stand_on_either_side_of_the_word_app_server() {
        for words in [
            "",
            "app-server",
            "app-server --listen stdio://",
            "-c model=x app-server --listen stdio://",
            "--config model=x app-server --listen stdio://",
            "app-server -c model=x",
            "app-server --listen stdio:// --config model=x",
            "app-server --enable apps --disable apps -c model=x",
            "app-server --analytics-default-enabled",
            "--listen ws://127.0.0.1:0",
            "app-server --stdio",
            "app-server --listen unix://",
            "app-server --listen unix:///run/a.sock",
            "app-server --listen off",
            "app-server --listen ws://0.0.0.0:1 --ws-auth capability-token --ws-token-file t",
            "app-server --ws-auth signed-bearer-token --ws-shared-secret-file s --ws-issuer i --ws-audience a \
             --ws-max-clock-skew-seconds 5",
        ] {
            let cli = cli(words);
            assert!(cli.command.is_none(), "{words}");
        }
    }

    #[test]
    fn generators_are_reached_with_and_without_the_word() {
        for words in ["app-server generate-json-schema --out d --experimental", "generate-json-schema --out d"] {
            assert!(matches!(cli(words).command, Some(Command::GenerateJsonSchema(_))), "{words}");
        }
        assert!(matches!(cli("app-server generate-ts --out d").command, Some(Command::GenerateTs(_))));
    }

    fn trying(words: &str) -> Try {
        match cli(words).command {
            Some(Command::Try(args)) => args,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn modes_and_presets_are_words() {
        let args = trying("try -s workspace-write -a never x");
        assert_eq!(
            (args.sandbox, args.ask_for_approval),
            (Some(SandboxMode::WorkspaceWrite), Some(ApprovalMode::Never))
        );
        for row in &PRESETS {
            assert_eq!(trying(&format!("try --preset {} x", row.id)).preset, Some(row));
        }
    }

    #[test]
    fn what_is_no_option_ends_with_two() {
        for words in [
            "proxy",
            "app-server daemon",
            "no-such-word",
            "--no-such-option",
            "--listen nonsense",
            "--listen ws://localhost:1",
            "--listen unix:/run/a.sock",
            "--ws-auth none",
            "--ws-max-clock-skew-seconds -1",
            "try --token-file t x",
            "try -a untrusted x",
            "try --sandbox all x",
            "try --preset none x",
            "try --preset auto -a never x",
            "try --preset auto -s read-only x",
            "try --oss --connect ws://127.0.0.1:1 x",
            "sandbox",
            "sandbox true",
            "sandbox --check -- true",
            "sandbox -s read-only --permissions :workspace -- true",
        ] {
            let words = std::iter::once("bin").chain(words.split_whitespace()).map(OsString::from);
            assert_eq!(format!("{:?}", parse(words).unwrap_err()), format!("{:?}", ExitCode::from(2)));
        }
    }
}
