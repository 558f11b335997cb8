//! Folders to try things in, and the running of scripts under each backend.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use codex_sandbox::{
    Attachment, Backend, CommandSpec, LinuxSandbox, PreparedCommand, Sandbox, SandboxError, SandboxMode, SandboxSpec,
    TempFolders,
};

/// The backends that can keep a command inside a workspace.
pub const WRITING: [Backend; 2] = [Backend::Namespaces, Backend::Bubblewrap];
/// The backends that can keep a command from writing.
pub const READING: [Backend; 3] = [Backend::Namespaces, Backend::Bubblewrap, Backend::Landlock];

pub fn sandbox() -> LinuxSandbox {
    LinuxSandbox::new(env!("CARGO_BIN_EXE_codex-sandbox-helper").into(), std::env::var_os("PATH").as_deref())
}

/// A workspace and a folder beside it that no rule makes writable.
pub struct Place {
    _keep: Option<tempfile::TempDir>,
    pub base: PathBuf,
    pub workspace: PathBuf,
    pub outside: PathBuf,
}

pub fn place() -> Place {
    let keep = tempfile::tempdir().unwrap();
    let place = Place::at(keep.path().canonicalize().unwrap());
    fs::create_dir(&place.workspace).unwrap();
    fs::create_dir(&place.outside).unwrap();
    fs::write(place.outside.join("file"), "before").unwrap();
    Place { _keep: Some(keep), ..place }
}

impl Place {
    /// The place that another process has made.
    pub fn at(base: PathBuf) -> Self {
        Self { _keep: None, workspace: base.join("workspace"), outside: base.join("outside"), base }
    }

    pub fn spec(&self, mode: SandboxMode) -> SandboxSpec {
        let mut spec = SandboxSpec::new(mode, self.workspace.clone());
        spec.temp = TempFolders { slash_tmp: false, tmpdir: None };
        spec
    }

    /// A shell script as a command in the workspace; `$OUTSIDE` is the folder beside it.
    pub fn script(&self, script: &str) -> CommandSpec {
        self.command("sh", &["-c", script])
    }

    pub fn command(&self, program: &str, args: &[&str]) -> CommandSpec {
        CommandSpec {
            program: program.into(),
            args: args.iter().map(OsString::from).collect(),
            cwd: self.workspace.clone(),
            env: vec![
                ("PATH".into(), std::env::var_os("PATH").unwrap_or_default()),
                ("OUTSIDE".into(), self.outside.clone().into()),
                ("LC_ALL".into(), "C".into()),
            ],
            attachment: Attachment::Own,
        }
    }
}

/// The sandbox of one backend, or nothing, with the reason said, where this host lacks it. The refusal is checked then.
pub fn with(backend: Backend, spec: &SandboxSpec) -> Option<LinuxSandbox> {
    let sandbox = sandbox().only(backend);
    match sandbox.backend_for(spec) {
        Ok(chosen) => {
            assert_eq!(chosen, backend);
            Some(sandbox)
        }
        Err(SandboxError::Unkept(refusals)) => {
            assert!(refusals.iter().all(|refusal| refusal.backend == backend && !refusal.reason.is_empty()));
            eprintln!("skipped: {backend}: {}", refusals[0].reason);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A prepared command as the standard library starts it.
pub fn start(prepared: PreparedCommand) -> Command {
    let mut command = Command::new(prepared.program);
    command.args(prepared.args).current_dir(prepared.cwd).env_clear().envs(prepared.env);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(sandbox: &LinuxSandbox, spec: &SandboxSpec, command: CommandSpec) -> Output {
    start(sandbox.prepare(spec, command).unwrap()).output().unwrap()
}

/// Runs a script under each backend that there is and looks at what it said.
#[track_caller]
pub fn each(
    backends: &[Backend],
    place: &Place,
    spec: &SandboxSpec,
    script: &str,
    check: impl Fn(Backend, &Output, &str),
) {
    for backend in backends {
        let Some(sandbox) = with(*backend, spec) else { continue };
        let output = run(&sandbox, spec, place.script(script));
        let said = both(&output);
        assert_ne!(output.status.code(), Some(codex_sandbox::EXIT_SETUP_FAILED), "{backend}: {said}");
        check(*backend, &output, &said);
    }
}

/// Runs a script whose every line of output must be exactly as expected.
#[track_caller]
pub fn says(backends: &[Backend], place: &Place, spec: &SandboxSpec, script: &str, expected: &[&str]) {
    each(backends, place, spec, script, |backend, output, said| {
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(stdout.lines().collect::<Vec<_>>(), expected, "{backend}: {said}");
    });
}

pub fn both(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What a folder holds, sorted.
pub fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A program of the system with which raw calls are made.
pub fn has_perl() -> bool {
    let found = Command::new("perl").arg("-e1").status().is_ok_and(|status| status.success());
    if !found {
        eprintln!("skipped: this host has no perl, with which raw calls are made");
    }
    found
}
