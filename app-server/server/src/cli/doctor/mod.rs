//! `doctor`: whether the home, the configuration, the history and the machine are as the server needs them.
//!
//! Everything is only looked at. `--fix` makes the index anew, which is a cache; a rollout is never touched.

mod checks;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use codex_config_loader::{EnvSnapshot, find_codex_home};
use codex_thread_store::RolloutStore;
use serde::Serialize;

use super::Cli;
use super::args::{print, print_result};

/// Look for what is wrong with the home, the configuration, the history and this machine.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Make the index of threads anew. It is a cache; nothing else is changed.
    #[arg(long)]
    fix: bool,

    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Weight {
    /// As it should be.
    Fine,
    /// Worth knowing; everything works.
    Odd,
    /// Something is lost or will not work.
    Wrong,
}

/// One thing that was found.
#[derive(Debug, Serialize)]
struct Finding {
    weight: Weight,
    text: String,
}

/// What was found about one part.
#[derive(Debug, Serialize)]
struct Part {
    name: &'static str,
    findings: Vec<Finding>,
}

/// Everything that was found.
#[derive(Debug, Serialize)]
struct Report {
    parts: Vec<Part>,
    /// How many findings are wrong.
    wrong: usize,
    /// How many are odd.
    odd: usize,
}

impl Doctor {
    /// Does it; 1 when something is wrong.
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        let cwd = std::env::current_dir()?;
        let home = find_codex_home(&|name| env.get(name).map(ToOwned::to_owned), &cwd)?;
        let store = RolloutStore::new(home.as_ref().to_owned(), Arc::new(jiff::Zoned::now));
        let report = Report::of(vec![
            checks::home(home.as_ref()),
            checks::configuration(cli, env, &cwd).await?,
            checks::history(&store).await,
            checks::index(&store, self.fix).await,
            checks::databases(&store).await,
            checks::machine(env).await,
        ]);
        if self.json {
            print_result(&serde_json::to_string_pretty(&report)?)?;
        } else {
            print(&report.text());
        }
        Ok(ExitCode::from(u8::from(report.wrong > 0)))
    }
}

impl Part {
    fn new(name: &'static str) -> Self {
        Self { name, findings: Vec::new() }
    }

    fn add(&mut self, weight: Weight, text: impl Into<String>) {
        self.findings.push(Finding { weight, text: text.into() });
    }
}

impl Report {
    fn of(parts: Vec<Part>) -> Self {
        let count =
            |weight| parts.iter().flat_map(|part| &part.findings).filter(|found| found.weight == weight).count();
        Self { wrong: count(Weight::Wrong), odd: count(Weight::Odd), parts }
    }

    /// A heading a part, a line a finding, and how many there are.
    fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(&format!("{}\n", part.name));
            for Finding { weight, text: found } in &part.findings {
                let word = match weight {
                    Weight::Fine => "fine",
                    Weight::Odd => "odd",
                    Weight::Wrong => "wrong",
                };
                text.push_str(&format!("  {word:<5}  {found}\n"));
            }
        }
        text + &match (self.wrong, self.odd) {
            (0, 0) => "Everything is fine.\n".to_owned(),
            (wrong, odd) => format!("{wrong} wrong, {odd} odd\n"),
        }
    }
}
