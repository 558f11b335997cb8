//! `config`: where a value comes from, and what is wrong with the configuration, for people.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use codex_config_loader::{ConfigError, EnvSnapshot, Explanation, Finding, LayerName, Severity, Source};

use super::Cli;
use super::args::print;
use super::run_server::load_config;

/// Look at the configuration: explain, check.
#[derive(Debug, Args)]
pub struct Config {
    /// What to do.
    #[command(subcommand)]
    command: ConfigCommand,
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the value of a key, where it comes from, and what it hides.
    Explain {
        /// The key, such as `model` or `mcp_servers."my.server".command`.
        key: String,
        /// The folder whose project counts.
        #[arg(short = 'C', long, value_name = "DIR", default_value = ".")]
        cwd: PathBuf,
    },
    /// Print what is wrong or odd, each with its place; status 1 when something is wrong.
    Check {
        /// The folder whose project counts.
        #[arg(short = 'C', long, value_name = "DIR", default_value = ".")]
        cwd: PathBuf,
    },
}

impl Config {
    /// Does it; 1 when something is wrong.
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        match &self.command {
            ConfigCommand::Explain { key, cwd } => {
                let cwd = std::path::absolute(cwd)?;
                let loaded = load_config(&cli.config, cli.strict_config, env).await?;
                print(&describe(&loaded.config.explain(key, Some(&cwd))?));
                Ok(ExitCode::SUCCESS)
            }
            ConfigCommand::Check { cwd } => {
                let cwd = std::path::absolute(cwd)?;
                let findings = findings(cli, env, &cwd).await?;
                print(&report(&findings));
                let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
                Ok(ExitCode::from(u8::from(wrong)))
            }
        }
    }
}

/// What is wrong or odd, for the folder's project.
pub(super) async fn findings(cli: &Cli, env: &EnvSnapshot, cwd: &Path) -> anyhow::Result<Vec<Finding>> {
    match load_config(&cli.config, cli.strict_config, env).await {
        Ok(loaded) => Ok(loaded.config.check(Some(cwd))),
        // What keeps the server from starting.
        Err(error) => Ok(vec![Finding::of(&error.downcast::<ConfigError>()?)]),
    }
}

/// The findings one after the other, and how many there are.
fn report(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        text.push_str(&format!("{kind}: {}\n", finding.text));
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    text + &match findings.len() - errors {
        0 if errors == 0 => "The configuration is fine.\n".to_owned(),
        warnings => format!("{errors} wrong, {warnings} odd\n"),
    }
}

/// The explanation in a few lines.
fn describe(explanation: &Explanation) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    let key = &explanation.key;
    match (&explanation.value, &explanation.default) {
        (Some(value), _) => line(format!("{key} = {value}")),
        (None, Some(default)) => line(format!("{key} = {default}   (default: nobody sets it)")),
        (None, None) => line(format!("{key} is not set")),
    }
    for source in &explanation.sources {
        let fate = match (&source.disabled_reason, source.hidden) {
            (Some(_), _) => "not used",
            (None, true) => "hides",
            (None, false) => "from",
        };
        line(format!("  {fate:<8}  {:<13}  {}   {}", layer(&source.layer), place(source), source.value));
        if let Some(reason) = &source.disabled_reason {
            line(format!("            {reason}"));
        }
    }
    text
}

fn place(source: &Source) -> String {
    let Some(file) = &source.file else { return "-c, --enable, --disable".to_owned() };
    match source.position {
        Some(at) => format!("{}:{}:{}", file.display(), at.line, at.column),
        None => file.display().to_string(),
    }
}

fn layer(name: &LayerName) -> &'static str {
    match name {
        LayerName::System { .. } => "system",
        LayerName::EnterpriseManaged { .. } => "enterprise",
        LayerName::User { .. } => "user",
        LayerName::Project { .. } => "project",
        LayerName::SessionFlags => "command line",
        LayerName::LegacyManagedConfigTomlFromFile { .. } | LayerName::LegacyManagedConfigTomlFromMdm => "managed",
    }
}
