//! The command line: one tree of options and subcommands, the same whether started as `codex-app-server ...` or as
//! `codex-app-server app-server ...`.
//!
//! Exit codes: 0 done, 1 failed, 2 not understood; of `sandbox` those of its command. stdout carries results and protocol lines only.

pub(crate) mod arg0;
mod args;
mod ask;
mod config;
mod conversation;
mod doctor;
mod generate;
mod local_model;
mod permissions;
mod run_server;
mod running_server;
mod sandbox;
mod schema;
mod show;
mod startup_config;
mod test_client;
mod threads;
mod try_turn;
mod wire_log;
mod ws_auth;

use std::process::ExitCode;

use codex_config_loader::{ConfigError, EnvSnapshot};

pub use args::{Cli, Command};
pub(crate) use run_server::load_config;

use crate::observe::log::start_log;

/// Runs the program with the arguments and environment of the process: the one whose name it was started under, usually the
/// server.
#[must_use]
pub fn main() -> ExitCode {
    if let Some(code) = arg0::run_as_tool() {
        return code;
    }
    let env = EnvSnapshot::new(std::env::vars_os());
    let cli = match args::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    start_log(&env);
    match run(cli, env) {
        Ok(code) => code,
        Err(error) => {
            match error.downcast_ref::<ConfigError>() {
                Some(error) => report(&format!("Error: {}", error.start_message())),
                None => report(&format!("Error: {error:#}")),
            }
            ExitCode::from(1)
        }
    }
}

fn run(cli: Cli, env: EnvSnapshot) -> anyhow::Result<ExitCode> {
    match cli.command {
        Some(Command::GenerateJsonSchema(generate)) => generate.json_schema(),
        Some(Command::GenerateTs(generate)) => generate.typescript(),
        Some(Command::Schema(schema)) => schema.run(),
        Some(Command::Config(ref config)) => runtime()?.block_on(config.run(&cli, &env)),
        Some(Command::Threads(ref threads)) => runtime()?.block_on(threads.run(&cli, &env)),
        Some(Command::Doctor(ref doctor)) => runtime()?.block_on(doctor.run(&cli, &env)),
        Some(Command::Sandbox(ref sandbox)) => sandbox.run(&cli, &env),
        Some(Command::TestClient(ref client)) => runtime()?.block_on(client.run(&cli, &env)),
        Some(Command::Try(ref turn)) => runtime()?.block_on(try_turn::run(&cli, turn, env)),
        None if cli.print_startup_config => runtime()?.block_on(startup_config::print(&cli, &env)),
        None => runtime()?.block_on(run_server::run(&cli, env)),
    }
}

/// Two workers serve thousands of connections; blocking threads are for what has no other way.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .thread_name("app-server")
        .enable_all()
        .build()?)
}

/// Tells a person something, on stderr.
pub(crate) fn report(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}
