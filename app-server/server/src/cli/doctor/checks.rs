//! The checks, a part each.

use std::fs;
use std::io::IsTerminal;
use std::path::Path;

use codex_config_loader::{EnvSnapshot, Severity};
use codex_thread_store::RolloutStore;

use super::Weight::{Fine, Odd, Wrong};
use super::{Cli, Part};
use crate::cli::{config, sandbox};

/// Free space below which histories may soon not be written any more, in bytes.
const LITTLE_SPACE: u64 = 512 * 1024 * 1024;

/// The folder of everything.
pub(super) fn home(home: &Path) -> Part {
    let mut part = Part::new("home");
    let shown = home.display();
    match fs::metadata(home) {
        Ok(metadata) if !metadata.is_dir() => part.add(Wrong, format!("{shown} is no folder")),
        Ok(_) => match tempfile::tempfile_in(home) {
            Ok(_) => part.add(Fine, format!("{shown} can be written")),
            Err(error) => part.add(Wrong, format!("{shown} cannot be written: {error}")),
        },
        Err(error) => part.add(Wrong, format!("{shown} cannot be looked at: {error}")),
    }
    #[cfg(unix)]
    if let Ok(system) = rustix::fs::statvfs(home) {
        let free = system.f_bavail.saturating_mul(system.f_frsize);
        let text = format!("{} MiB are free on its disk", free / (1024 * 1024));
        part.add(if free < LITTLE_SPACE { Wrong } else { Fine }, text);
    }
    part
}

/// What `config check` says.
pub(super) async fn configuration(cli: &Cli, env: &EnvSnapshot, cwd: &Path) -> anyhow::Result<Part> {
    let mut part = Part::new("configuration");
    for finding in config::findings(cli, env, cwd).await? {
        let weight = match finding.severity {
            Severity::Error => Wrong,
            Severity::Warning => Odd,
        };
        part.add(weight, finding.text);
    }
    if part.findings.is_empty() {
        part.add(Fine, "it can be used");
    }
    Ok(part)
}

/// The rollouts.
pub(super) async fn history(store: &RolloutStore) -> Part {
    let mut part = Part::new("history");
    match store.check_history().await {
        Ok(report) => {
            let (threads, files, archived) = (report.threads, report.files, report.archived);
            let size = report.bytes / (1024 * 1024);
            part.add(Fine, format!("{threads} threads in {files} files of {size} MiB, {archived} of them archived"));
            for fault in report.faults {
                part.add(Wrong, fault);
            }
            for note in report.notes {
                part.add(Odd, note);
            }
            for (thread, process) in report.held {
                let by = process.map_or("another process".to_owned(), |process| format!("process {process}"));
                part.add(Fine, format!("thread {thread} is open for writing in {by}"));
            }
        }
        Err(error) => part.add(Wrong, error.to_string()),
    }
    part
}

/// The index of threads.
pub(super) async fn index(store: &RolloutStore, fix: bool) -> Part {
    let mut part = Part::new("index");
    if fix {
        match store.rebuild_index().await {
            Ok(()) => part.add(Fine, "it was made anew"),
            Err(error) => part.add(Wrong, format!("it cannot be made anew: {error}")),
        }
    }
    match store.check_index().await {
        Ok(report) if !report.exists => part.add(Fine, "there is none yet; the first list of threads makes it"),
        Ok(report) => {
            for fault in &report.faults {
                part.add(Wrong, format!("{fault}; doctor --fix makes it anew"));
            }
            let (files, texts) = (report.files, report.texts);
            part.add(Fine, format!("{} knows {files} files, the messages of {texts}", report.path.display()));
        }
        Err(error) => part.add(Wrong, error.to_string()),
    }
    part
}

/// The databases that hold more than a cache.
pub(super) async fn databases(store: &RolloutStore) -> Part {
    let mut part = Part::new("databases");
    match store.check_databases().await {
        Ok(found) if found.is_empty() => part.add(Fine, "there are none yet"),
        Ok(found) => {
            for (path, fault) in found {
                match fault {
                    None => part.add(Fine, format!("{} is sound", path.display())),
                    Some(fault) => part.add(Wrong, format!("{} is damaged: {fault}", path.display())),
                }
            }
        }
        Err(error) => part.add(Wrong, error.to_string()),
    }
    part
}

/// Programs and the sandbox.
pub(super) async fn machine(env: &EnvSnapshot) -> Part {
    let mut part = Part::new("machine");
    for line in sandbox::refusals() {
        part.add(Wrong, line);
    }
    if part.findings.is_empty() {
        part.add(Fine, "commands can be confined");
    }
    match env.text("SHELL") {
        Some(shell) if Path::new(shell).exists() => part.add(Fine, format!("the shell is {shell}")),
        Some(shell) => part.add(Odd, format!("SHELL names {shell}, which does not exist")),
        None => part.add(Odd, "SHELL is not set; commands run in a shell of the system"),
    }
    match tokio::process::Command::new("git").arg("--version").output().await {
        Ok(output) if output.status.success() => {
            part.add(Fine, String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        _ => part.add(Odd, "git does not run; threads do not tell their branch and commit"),
    }
    let terminal = if std::io::stdout().is_terminal() { "a terminal" } else { "no terminal" };
    part.add(Fine, format!("standard output is {terminal}"));
    part
}
