//! Linux: namespaces, bubblewrap or Landlock, always with seccomp; and the supervisor.
//!
//! [`LinuxSandbox`] runs in the server and only decides. Everything else here runs in the helper, a fresh process with
//! one thread, and in the processes that it forks:
//!
//! ```text
//! server - supervisor - keeper - (first process of the new process namespace) - command
//! ```
//!
//! The supervisor is the process that the server started. It learns that the server is gone from a descriptor of the
//! server's process; the others learn from the end of a pipe that the one above is gone. So each of them may be killed
//! at any time: the keeper outlives the supervisor just long enough to end what is below, and with the first process of
//! a namespace the kernel ends whatever runs in it. Signals go down the same pipes.

mod bubblewrap;
mod covers;
mod devices;
mod failure;
mod helper;
mod identity;
mod job;
mod landlock;
mod layout;
mod mountinfo;
mod mounts;
mod namespaces;
mod seccomp;
mod start;
mod supervise;

pub use helper::helper_main;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use job::{Confinement, Job};

use super::HELPER_ARGUMENT;
use super::resolve::{Rules, resolve};
use crate::Sandbox;
use crate::availability::{Availability, Backend, Missing, Part};
use crate::command::{Attachment, CommandSpec, PreparedCommand};
use crate::error::{Refusal, SandboxError};
use crate::spec::{SandboxMode, SandboxSpec};

/// The longest single argument that the kernel takes, in bytes, with the zero at its end.
const MAX_ARGUMENT: usize = 128 * 1024;

/// The backends in the order in which they are chosen.
const BACKENDS: [Backend; 3] = [Backend::Namespaces, Backend::Bubblewrap, Backend::Landlock];

/// The sandbox of Linux.
///
/// It chooses the first backend that works on this host and keeps every promise of the rules. Whether a backend works is
/// tried out when it is first needed, which takes a few milliseconds; what works is not tried again.
#[derive(Debug)]
pub struct LinuxSandbox {
    helper: PathBuf,
    backends: Vec<Backend>,
    bubblewrap: Option<PathBuf>,
    works: [OnceLock<()>; BACKENDS.len()],
}

impl Default for LinuxSandbox {
    fn default() -> Self {
        Self::new("/proc/self/exe".into(), std::env::var_os("PATH").as_deref())
    }
}

impl LinuxSandbox {
    /// A sandbox whose helper is the given program, which must call [`crate::run_if_helper`]. `bwrap` is looked up in
    /// `search_path`, in the absolute folders only.
    ///
    /// The default is this very program, even when another version has taken its place on the disk meanwhile.
    pub fn new(helper: PathBuf, search_path: Option<&OsStr>) -> Self {
        let bubblewrap = search_path.and_then(|path| {
            std::env::split_paths(path)
                .filter(|folder| folder.is_absolute())
                .map(|folder| folder.join("bwrap"))
                .find(|program| program.is_file())
        });
        Self { helper, backends: BACKENDS.to_vec(), bubblewrap, works: Default::default() }
    }

    /// The same sandbox, but confined commands may use this backend only.
    pub fn only(mut self, backend: Backend) -> Self {
        self.backends.retain(|known| *known == backend);
        self
    }

    /// The backend that would confine a command.
    ///
    /// # Errors
    /// When no backend of this host keeps every rule.
    pub fn backend_for(&self, spec: &SandboxSpec) -> Result<Backend, SandboxError> {
        self.choose(spec, &resolve(spec)?).map(|(backend, _)| backend)
    }

    fn choose(&self, spec: &SandboxSpec, rules: &Rules) -> Result<(Backend, Confinement), SandboxError> {
        let mut refusals = Vec::new();
        for backend in &self.backends {
            let unkept = self.replaceable(*backend, rules).or_else(|| unkept(*backend, spec, rules));
            let verdict = unkept.map_or_else(|| self.trial(*backend), Err);
            match (verdict, self.confinement(*backend)) {
                (Ok(()), Some(confinement)) => return Ok((*backend, confinement)),
                (Err(reason), _) => refusals.push(Refusal { backend: *backend, reason }),
                (Ok(()), None) => {}
            }
        }
        Err(SandboxError::Unkept(refusals))
    }

    /// Whether a command could put another program in the place of the one that is to confine the next command.
    fn replaceable(&self, backend: Backend, rules: &Rules) -> Option<String> {
        let program = self.bubblewrap.as_deref().filter(|_| backend == Backend::Bubblewrap)?;
        let real = program.canonicalize().ok()?;
        let root = rules.write.iter().find(|root| program.starts_with(root) || real.starts_with(root))?;
        Some(format!("{} lies in the writable root {}", program.display(), root.display()))
    }

    fn confinement(&self, backend: Backend) -> Option<Confinement> {
        match backend {
            Backend::Namespaces => Some(Confinement::Namespaces),
            Backend::Bubblewrap => self.bubblewrap.clone().map(|program| Confinement::Bubblewrap { program }),
            Backend::Landlock => Some(Confinement::Landlock),
            Backend::Seatbelt | Backend::RestrictedToken => None,
        }
    }

    /// Whether a backend works here, found out by running nothing in a sandbox of it. A failure may be one of the moment,
    /// so it is not remembered.
    fn trial(&self, backend: Backend) -> Result<(), String> {
        let Some(at) = BACKENDS.iter().position(|known| *known == backend) else {
            return Err("it belongs to another operating system".to_owned());
        };
        if self.works[at].get().is_none() {
            self.try_out(backend)?;
            self.works[at].get_or_init(|| ());
        }
        Ok(())
    }

    fn try_out(&self, backend: Backend) -> Result<(), String> {
        let Some(confinement) = self.confinement(backend) else {
            return Err("there is no program bwrap in the PATH".to_owned());
        };
        let nothing = CommandSpec {
            program: self.helper.clone().into(),
            args: vec![HELPER_ARGUMENT.into(), helper::NOTHING.into()],
            cwd: "/".into(),
            env: Vec::new(),
            attachment: Attachment::Own,
        };
        let job = Job::new(confinement, Rules::default(), false, Attachment::Own);
        let prepared = self.command(&job, nothing).map_err(|error| error.to_string())?;
        let output = Command::new(prepared.program)
            .args(prepared.args)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("the helper cannot be started: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(match said.trim() {
            "" => format!("the helper ended with {}", output.status),
            said => said.lines().map(failure::untold).collect::<Vec<_>>().join("; "),
        })
    }

    fn command(&self, job: &Job, command: CommandSpec) -> Result<PreparedCommand, SandboxError> {
        let job = serde_json::to_string(job).map_err(|_| SandboxError::NotText(command.cwd.clone()))?;
        if job.len() >= MAX_ARGUMENT {
            return Err(SandboxError::TooLong { length: job.len(), limit: MAX_ARGUMENT - 1 });
        }
        let mut args: Vec<OsString> = vec![HELPER_ARGUMENT.into(), helper::RUN.into(), job.into(), command.program];
        args.extend(command.args);
        Ok(PreparedCommand {
            program: self.helper.clone(),
            args,
            cwd: command.cwd,
            env: command.env.into_iter().map(|(name, value)| (start::hidden(name), value)).collect(),
        })
    }
}

impl Sandbox for LinuxSandbox {
    fn prepare(&self, spec: &SandboxSpec, command: CommandSpec) -> Result<PreparedCommand, SandboxError> {
        let attachment = command.attachment;
        let job = if spec.mode.confines() {
            let rules = resolve(spec)?;
            layout::layout(&rules)?;
            let (_, confinement) = self.choose(spec, &rules)?;
            Job::new(confinement, rules, spec.network, attachment)
        } else {
            Job::new(Confinement::None, Rules::default(), true, attachment)
        };
        self.command(&job, command)
    }

    fn available(&self) -> Availability {
        let mut availability = Availability::default();
        let seccomp = seccomp::supported();
        let trials = [
            (Part::Seccomp, seccomp),
            (Part::UserNamespaces, self.trial(Backend::Namespaces)),
            (Part::Bubblewrap, self.trial(Backend::Bubblewrap)),
            (Part::Landlock, self.trial(Backend::Landlock)),
        ];
        for (part, trial) in trials {
            match trial {
                Ok(()) => availability.parts.push(part),
                Err(reason) => availability.missing.push(Missing { part, reason }),
            }
        }
        availability
    }
}

/// What a backend cannot promise, however good the host is.
fn unkept(backend: Backend, spec: &SandboxSpec, rules: &Rules) -> Option<String> {
    if backend != Backend::Landlock {
        return None;
    }
    if spec.mode == SandboxMode::WorkspaceWrite {
        let names = rules.protected.join(", ");
        return Some(format!(
            "it cannot keep {names} read-only inside a writable folder, nor modes and owners of files outside it"
        ));
    }
    (!rules.denied.is_empty()).then(|| "it cannot hide single paths".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_any_backend_is_refused_with_every_reason() {
        let sandbox = LinuxSandbox::new("/nonexistent/helper".into(), None);
        let spec = SandboxSpec::new(SandboxMode::ReadOnly, "/".into());
        let error = sandbox.backend_for(&spec).unwrap_err().to_string();
        for backend in BACKENDS {
            assert!(error.contains(&backend.to_string()), "{error}");
        }
        assert!(error.contains("the helper cannot be started"), "{error}");
        assert!(error.contains("no program bwrap"), "{error}");
        let availability = sandbox.available();
        assert!(BACKENDS.iter().all(|backend| !availability.has(*backend)));
    }

    #[test]
    fn landlock_alone_serves_for_plain_reading_only() {
        let sandbox = LinuxSandbox::default().only(Backend::Landlock);
        let writing = SandboxSpec::new(SandboxMode::WorkspaceWrite, "/".into());
        assert!(sandbox.backend_for(&writing).unwrap_err().to_string().contains(".git, .agents, .codex, .aws"));
        let mut hiding = SandboxSpec::new(SandboxMode::ReadOnly, "/".into());
        hiding.denied = vec!["/etc".into()];
        assert!(sandbox.backend_for(&hiding).unwrap_err().to_string().contains("cannot hide"));
    }

    #[test]
    fn rules_that_are_too_long_are_refused() {
        let command = CommandSpec {
            program: "true".into(),
            args: Vec::new(),
            cwd: "/".into(),
            env: Vec::new(),
            attachment: Attachment::Own,
        };
        let rules = Rules { denied: vec!["/x".repeat(80_000).into()], ..Rules::default() };
        let job = Job::new(Confinement::Namespaces, rules, false, Attachment::Own);
        let error = LinuxSandbox::default().command(&job, command).unwrap_err();
        assert!(matches!(error, SandboxError::TooLong { .. }), "{error}");
    }
}
