//! `sandbox`: one command under the rules of the configuration or under given ones, and what this host offers for it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, ensure};
use clap::Args;
use codex_config_loader::{self as config, EnvSnapshot, LoadRequest};
use codex_engine::{Places, rules_of_config};
use codex_sandbox::{
    Attachment, Availability, CommandSpec, EXIT_SETUP_FAILED, HostSandbox, Sandbox as _, SandboxError, SandboxMode,
    SandboxSpec, run_command,
};
use codex_utils_cli as words;
use serde_json::Value;

use super::args::print;
use super::run_server::load_config;
use super::{Cli, report, runtime};

/// Run a command in the sandbox, or tell what this host offers for sandboxes.
#[derive(Debug, Args)]
pub struct Sandbox {
    /// What it may touch. Without this and --permissions the configuration says it.
    #[arg(short, long, value_name = "MODE", conflicts_with = "permissions")]
    sandbox: Option<words::SandboxMode>,

    /// The permission profile it runs under: a built-in one such as :workspace, or one of the configuration.
    #[arg(long, value_name = "PROFILE")]
    permissions: Option<String>,

    /// A further folder that it may write, where the workspace may be written. Repeatable.
    #[arg(long, value_name = "DIR")]
    add_dir: Vec<PathBuf>,

    /// Let it use the network, whatever the rules say.
    #[arg(long)]
    network: bool,

    /// Tell what this host offers for sandboxes and what it lacks; status 1 when a mode cannot be kept here.
    #[arg(long, conflicts_with_all = ["sandbox", "permissions", "add_dir", "network", "command"])]
    check: bool,

    /// The command and its arguments, behind `--`; no shell reads them.
    #[arg(last = true, required_unless_present = "check", value_name = "COMMAND")]
    command: Vec<OsString>,
}

impl Sandbox {
    /// Does it; the status of the command.
    pub(super) fn run(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
        if self.check {
            return Ok(check());
        }
        match self.run_confined(cli, env) {
            Ok(code) => Ok(exit_code(code)),
            Err(error) => {
                report(&format!("Error: {error:#}"));
                Ok(exit_code(EXIT_SETUP_FAILED))
            }
        }
    }

    fn run_confined(&self, cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<i32> {
        let cwd = std::env::current_dir().context("the working folder cannot be used")?;
        let mut rules = self.rules(cli, env, &cwd)?;
        rules.network |= self.network;
        for folder in &self.add_dir {
            ensure!(
                rules.mode == SandboxMode::WorkspaceWrite,
                "--add-dir {} needs a workspace that may be written: add --sandbox workspace-write",
                folder.display()
            );
            let real = folder.canonicalize().with_context(|| format!("--add-dir {}", folder.display()))?;
            rules.writable_roots.push(real);
        }
        Ok(run_command(&HostSandbox::default(), &rules, &self.command)?)
    }

    /// The rules of the configuration, with what the flags say about them.
    fn rules(&self, cli: &Cli, env: &EnvSnapshot, cwd: &Path) -> anyhow::Result<SandboxSpec> {
        // The runtime ends before the command starts.
        let loader = runtime()?.block_on(load_config(&cli.config, cli.strict_config, env))?.config;
        let profile = self.permissions.iter().map(|id| ("default_permissions".to_owned(), Value::String(id.clone())));
        let request = LoadRequest { cwd: Some(cwd.to_owned()), overrides: profile.collect() };
        let config = loader.load(&request)?;
        let mode = self.sandbox.map(|mode| match mode {
            words::SandboxMode::ReadOnly => config::SandboxMode::ReadOnly,
            words::SandboxMode::WorkspaceWrite => config::SandboxMode::WorkspaceWrite,
            words::SandboxMode::DangerFullAccess => config::SandboxMode::DangerFullAccess,
        });
        if let Some(refused) = config.approval_and_sandbox(None, mode).sandbox_warning {
            return Err(anyhow!(refused.summary));
        }
        let places = Places {
            roots: vec![cwd.to_owned()],
            tmpdir: env.get("TMPDIR").map(PathBuf::from),
            home: loader.user_home(),
        };
        Ok(rules_of_config(&config, mode, &places)?)
    }
}

fn exit_code(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
}

/// A mode, and what keeps it from being kept.
type Verdict = (SandboxMode, Result<(), SandboxError>);

/// Prints what this host offers; 1 when it cannot keep one of the modes.
fn check() -> ExitCode {
    let sandbox = HostSandbox::default();
    let verdicts = verdicts(&sandbox);
    print(&describe(&sandbox.available(), &verdicts));
    let all_kept = verdicts.iter().all(|(_, verdict)| verdict.is_ok());
    ExitCode::from(u8::from(!all_kept))
}

/// The modes that this host cannot keep, a sentence each.
pub(super) fn refusals() -> Vec<String> {
    verdicts(&HostSandbox::default()).iter().filter(|(_, verdict)| verdict.is_err()).map(sentence).collect()
}

fn verdicts(sandbox: &HostSandbox) -> [Verdict; 2] {
    [SandboxMode::ReadOnly, SandboxMode::WorkspaceWrite].map(|mode| {
        let nothing = CommandSpec {
            program: "true".into(),
            args: Vec::new(),
            cwd: PathBuf::from("/"),
            env: Vec::new(),
            attachment: Attachment::Own,
        };
        let mut rules = SandboxSpec::new(mode, std::env::temp_dir());
        rules.temp.slash_tmp = false;
        (mode, sandbox.prepare(&rules, nothing).map(drop))
    })
}

/// The parts of the host, then what the modes come to.
fn describe(available: &Availability, verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for part in &available.parts {
        text.push_str(&format!("works    {part}\n"));
    }
    for missing in &available.missing {
        text.push_str(&format!("missing  {}: {}\n", missing.part, missing.reason));
    }
    for verdict in verdicts {
        text.push_str(&sentence(verdict));
        text.push('\n');
    }
    text
}

fn sentence((mode, verdict): &Verdict) -> String {
    let mode = match mode {
        SandboxMode::ReadOnly => "read-only",
        SandboxMode::WorkspaceWrite => "workspace-write",
        SandboxMode::DangerFullAccess => "danger-full-access",
        SandboxMode::External => "external-sandbox",
    };
    match verdict {
        Ok(()) => format!("{mode} can be kept on this host"),
        Err(error) => format!("{mode} is refused on this host: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use codex_sandbox::{Missing, Part};

    use super::*;

    #[test]
    fn what_is_missing_says_why() {
        let available = Availability {
            parts: vec![Part::Seccomp],
            missing: vec![Missing { part: Part::Bubblewrap, reason: "there is none".to_owned() }],
        };
        let verdicts = [
            (SandboxMode::ReadOnly, Ok(())),
            (SandboxMode::WorkspaceWrite, Err(SandboxError::RelativePath(PathBuf::from("x")))),
        ];
        assert_eq!(
            describe(&available, &verdicts),
            "works    seccomp\nmissing  bubblewrap: there is none\nread-only can be kept on this host\n\
             workspace-write is refused on this host: the sandbox needs absolute paths, and x is not one\n"
        );
    }
}
