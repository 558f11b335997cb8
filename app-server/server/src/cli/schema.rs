//! `schema`: our own schema documents, the difference between two exports, and a wire log checked against one.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use codex_app_server_protocol::export;
use codex_app_server_schema_tools::{Export, check, diff};

use super::args::print_result;
use super::generate::Generate;

/// Work with schemas of the wire.
#[derive(Debug, Args)]
pub struct Schema {
    /// What to do.
    #[command(subcommand)]
    pub command: SchemaCommand,
}

/// What to do with schemas.
#[derive(Debug, Subcommand)]
pub enum SchemaCommand {
    /// Write our own documents: both bundles, the map of methods, the errors, OpenRPC.
    Export(Generate),
    /// Show what changed between two exports; status 1 when a client breaks.
    Diff(Diff),
    /// Check a wire log against an export; status 1 when a message does not fit.
    Check(Check),
}

/// Show what changed between two exports and whom it breaks.
///
/// Both folders may be of any form: one that generate-json-schema wrote (by this server or by codex), or one that schema
/// export wrote.
#[derive(Debug, Args)]
pub struct Diff {
    /// The export that clients were built with.
    pub old: PathBuf,

    /// The export that they will meet.
    pub new: PathBuf,

    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How a difference is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// Check a wire log against an export.
///
/// A log has one message a line: {"direction":"clientToServer","message":{..}} (or serverToClient), or an arrow and the
/// message: -> {..} for what the client sent, <- {..} for what it got. `try --log FILE` writes the latter.
#[derive(Debug, Args)]
pub struct Check {
    /// The export.
    pub schema: PathBuf,

    /// The log; standard input when left out.
    pub log: Option<PathBuf>,
}

impl Schema {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            SchemaCommand::Export(export) => export.write(export::own),
            SchemaCommand::Diff(diff) => diff.run(),
            SchemaCommand::Check(check) => check.run(),
        }
    }
}

impl Diff {
    fn run(self) -> anyhow::Result<ExitCode> {
        let report = diff(&Export::load(&self.old)?, &Export::load(&self.new)?);
        let text = match self.format {
            Format::Text => report.text(),
            Format::Json => report.json().context("the report cannot be written as JSON")?,
            Format::Markdown => report.markdown(),
        };
        print_result(&text)?;
        Ok(ExitCode::from(u8::from(report.is_breaking())))
    }
}

impl Check {
    fn run(self) -> anyhow::Result<ExitCode> {
        let export = Export::load(&self.schema)?;
        let outcome = match &self.log {
            Some(path) => {
                let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
                check(&export, BufReader::new(file)).with_context(|| format!("{} cannot be read", path.display()))?
            }
            None => check(&export, io::stdin().lock()).context("standard input cannot be read")?,
        };
        print_result(&outcome.text())?;
        Ok(ExitCode::from(u8::from(!outcome.is_clean())))
    }
}
