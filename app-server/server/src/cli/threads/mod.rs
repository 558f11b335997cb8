//! `threads`: stored threads for people: a list, one on the terminal, one as a file.
//!
//! The thread store reads them as it does for the server. No server is started, no thread is locked or
//! changed.

mod document;
mod html;
mod list;
mod markdown;
mod prose;

use std::io::stdout;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use codex_app_server_protocol::v2::{Thread, ThreadReadResponse};
use codex_config_loader::{EnvSnapshot, LoadRequest, find_codex_home};
use codex_thread_store::{RolloutStore, StoredThread, ThreadStore};

use super::args::print_result;
use super::run_server::load_config;
use super::show::{Screen, Stream};
use super::{Cli, report};
use document::Document;
use list::List;

/// Look at stored threads: list, show, export.
#[derive(Debug, Args)]
pub struct Threads {
    /// What to do.
    #[command(subcommand)]
    command: ThreadsCommand,
}

/// What to do with stored threads.
#[derive(Debug, Subcommand)]
enum ThreadsCommand {
    /// List threads, the one that changed last first.
    List(List),
    /// Show a thread: prompts, answers, commands with their output, diffs.
    Show(Which),
    /// Write a thread as a document; Markdown when no form is named.
    Export(Export),
}

/// Which thread.
#[derive(Debug, Args)]
struct Which {
    /// Its id, or as much of its beginning as no other id has.
    #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    id: String,
}

/// Write a thread as a document.
#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    which: Which,

    /// Markdown, for editors and repositories.
    #[arg(long, conflicts_with_all = ["json", "html"])]
    markdown: bool,

    /// The thread with its turns as `thread/read` answers it.
    #[arg(long, conflicts_with = "html")]
    json: bool,

    /// One page of HTML that needs nothing beside it.
    #[arg(long)]
    html: bool,

    /// Write to a file, in place of what is there, instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Threads {
    /// Does it; an error when there is no such thread.
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        let cwd = std::env::current_dir()?;
        let home = find_codex_home(&|name| env.get(name).map(ToOwned::to_owned), &cwd)?;
        let store = RolloutStore::new(home.as_ref().to_owned(), Arc::new(jiff::Zoned::now));
        match &self.command {
            ThreadsCommand::List(list) => list.run(cli, env, &store).await?,
            ThreadsCommand::Show(which) => {
                let stored = which.read(&store).await?;
                let mut screen = Screen::new(true, Stream::of_page(stdout(), env), Stream::of_page(stdout(), env));
                screen.replay(&document::facts(&stored.thread, &jiff::tz::TimeZone::system()), &stored.thread);
            }
            ThreadsCommand::Export(export) => export.run(cli, env, &store).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Which {
    /// Reads the thread with its turns, and says what of it could not be read.
    async fn read(&self, store: &RolloutStore) -> anyhow::Result<StoredThread> {
        let stored = store.read(&self.find(store).await?, true).await?;
        match stored.damaged_lines {
            0 => {}
            1 => report("warning: 1 line of the thread's file cannot be read and is left out"),
            lines => report(&format!("warning: {lines} lines of the thread's file cannot be read and are left out")),
        }
        Ok(stored)
    }

    /// The whole id.
    async fn find(&self, store: &RolloutStore) -> anyhow::Result<String> {
        /// So many are named; more would not help.
        const NAMED: usize = 5;
        let given = &self.id;
        let found = store.ids_beginning_with(given).await?;
        let mut named = found.iter();
        match (named.next(), found.len()) {
            (None, _) => bail!("no thread has an id that begins with {given:?}; `threads list` shows the ids"),
            (Some(id), 1) => Ok(id.clone()),
            (Some(first), count) => {
                let mut names = format!("\n  {first}");
                for id in named.take(NAMED - 1) {
                    names.push_str(&format!("\n  {id}"));
                }
                if count > NAMED {
                    names.push_str("\n  ...");
                }
                bail!("{count} threads have an id that begins with {given:?}; give more of it:{names}")
            }
        }
    }
}

impl Export {
    async fn run(&self, cli: &Cli, env: &EnvSnapshot, store: &RolloutStore) -> anyhow::Result<()> {
        let mut thread = self.which.read(store).await?.thread;
        let text = if self.json {
            complete(&mut thread, cli, env).await;
            serde_json::to_string_pretty(&ThreadReadResponse { thread, read_state: None })?
        } else {
            let document = Document::of(&thread, &jiff::tz::TimeZone::system());
            if self.html { html::page(&document) } else { markdown::text(&document) }
        };
        match &self.out {
            Some(path) => std::fs::write(path, text.trim_end().to_owned() + "\n")
                .with_context(|| format!("{} cannot be written", path.display())),
            None => print_result(&text),
        }
    }
}

/// A thread whose file names no provider has the configured one. History can be read without a configuration that can be
/// loaded, so the name is empty then.
async fn complete(thread: &mut Thread, cli: &Cli, env: &EnvSnapshot) {
    if thread.model_provider.is_empty()
        && let Ok(loaded) = load_config(&cli.config, cli.strict_config, env).await
        && let Ok(config) = loaded.config.load_or_defaults(&LoadRequest::default())
    {
        thread.model_provider.clone_from(&config.model_provider_id);
    }
}

#[cfg(test)]
mod tests;
