//! What a sandbox adds to the time of a short command: `true` bare, below the supervisor, and under each backend.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use codex_sandbox::{
    Attachment, Backend, CommandSpec, HostSandbox, PreparedCommand, Sandbox, SandboxMode, SandboxSpec, TempFolders,
};

fn main() {
    divan::main();
}

fn sandbox() -> HostSandbox {
    HostSandbox::new(env!("CARGO_BIN_EXE_codex-sandbox-helper").into(), std::env::var_os("PATH").as_deref())
}

fn command(cwd: PathBuf) -> CommandSpec {
    CommandSpec { program: "/bin/true".into(), args: Vec::new(), cwd, env: Vec::new(), attachment: Attachment::Own }
}

fn run(prepared: PreparedCommand) {
    let status = Command::new(prepared.program)
        .args(prepared.args)
        .current_dir(prepared.cwd)
        .env_clear()
        .envs(prepared.env)
        .stdin(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "the command must succeed");
}

/// Runs `true` in an empty workspace. A backend that this host lacks is measured as nothing.
fn measure(bencher: divan::Bencher<'_, '_>, mode: SandboxMode, backend: Option<Backend>) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let Ok(workspace) = folder.path().canonicalize() else { return };
    let mut spec = SandboxSpec::new(mode, workspace.clone());
    spec.temp = TempFolders { slash_tmp: true, tmpdir: None };
    let sandbox = backend.map_or_else(sandbox, |backend| sandbox().only(backend));
    if sandbox.prepare(&spec, command(workspace.clone())).is_err() {
        return;
    }
    bencher.bench_local(|| {
        if let Ok(prepared) = sandbox.prepare(&spec, command(workspace.clone())) {
            run(prepared);
        }
    });
}

#[divan::bench]
fn bare(bencher: divan::Bencher<'_, '_>) {
    let command = command("/".into());
    bencher.bench_local(|| {
        run(PreparedCommand {
            program: command.program.clone().into(),
            args: Vec::new(),
            cwd: command.cwd.clone(),
            env: Vec::new(),
        });
    });
}

#[divan::bench]
fn supervised(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, SandboxMode::DangerFullAccess, None);
}

#[divan::bench]
fn namespaces_workspace_write(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, SandboxMode::WorkspaceWrite, Some(Backend::Namespaces));
}

#[divan::bench]
fn namespaces_read_only(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, SandboxMode::ReadOnly, Some(Backend::Namespaces));
}

#[divan::bench]
fn bubblewrap_workspace_write(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, SandboxMode::WorkspaceWrite, Some(Backend::Bubblewrap));
}

#[divan::bench]
fn landlock_read_only(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, SandboxMode::ReadOnly, Some(Backend::Landlock));
}
