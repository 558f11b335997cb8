//! `generate-json-schema` and `generate-ts`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use codex_app_server_protocol::export::{self, GeneratedFile, Surface};

/// Where to write, and which surface.
#[derive(Debug, Args)]
pub struct Generate {
    /// The folder to write to; made where it is missing.
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,

    /// With the experimental methods, fields and values.
    #[arg(long)]
    pub experimental: bool,
}

impl Generate {
    pub(super) fn json_schema(self) -> anyhow::Result<ExitCode> {
        self.write(export::json_schema)
    }

    pub(super) fn typescript(self) -> anyhow::Result<ExitCode> {
        self.write(export::typescript)
    }

    pub(super) fn write(self, generate: fn(Surface) -> Vec<GeneratedFile>) -> anyhow::Result<ExitCode> {
        let surface = if self.experimental { Surface::Experimental } else { Surface::Stable };
        export::write(&self.out, &generate(surface))
            .with_context(|| format!("the files could not be written to {}", self.out.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
