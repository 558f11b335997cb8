//! The machine as commands see it: who starts them, who confines them, which shell and variables they get.
//!
//! One for the process, shared by the threads and by the commands that clients run themselves. Nothing is looked up or
//! started before the first command needs it.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use codex_config_loader::{Config, EnvironmentFilter, EnvironmentInherit, ShellEnvironmentPolicyToml};
use codex_exec::{
    CommandSpec, Environment, EnvironmentPolicy, Inherit, LoginEnvironments, Shells, Spawner, Wrap, WrapError,
};
use codex_sandbox::{Attachment, Sandbox, SandboxMode, SandboxSpec};

/// Finds the folder of programs that every command of the model has in front of its `PATH`; none when there is none.
pub type FindTools = Box<dyn Fn() -> Option<PathBuf> + Send + Sync>;

/// The machine as commands see it.
pub struct Host {
    spawner: Spawner,
    sandbox: Arc<dyn Sandbox>,
    variables: Environment,
    logins: LoginEnvironments,
    shells: OnceLock<Shells>,
    tools: OnceLock<Option<PathBuf>>,
    find_tools: FindTools,
}

impl Host {
    /// A machine with the server's own variables. `find_tools` is asked once, when the first command is started.
    pub fn new(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        sandbox: Arc<dyn Sandbox>,
        find_tools: FindTools,
    ) -> Self {
        let spawner = Spawner::new();
        Self {
            logins: LoginEnvironments::new(spawner.clone()),
            spawner,
            sandbox,
            variables: Environment::new(variables),
            shells: OnceLock::new(),
            tools: OnceLock::new(),
            find_tools,
        }
    }

    /// Who starts processes.
    #[must_use]
    pub fn spawner(&self) -> &Spawner {
        &self.spawner
    }

    /// Who confines them.
    #[must_use]
    pub fn sandbox(&self) -> &Arc<dyn Sandbox> {
        &self.sandbox
    }

    /// The server's own variables.
    #[must_use]
    pub fn variables(&self) -> &Environment {
        &self.variables
    }

    /// What the variables of commands are made of: the server's own, with the folder of programs in front of `PATH`.
    #[must_use]
    pub fn variables_with_tools(&self) -> Environment {
        let mut variables = self.variables.clone();
        if let Some(tools) = self.tools() {
            variables.prefix_path(tools);
        }
        variables
    }

    /// The shells of the user.
    #[must_use]
    pub fn shells(&self) -> &Shells {
        self.shells.get_or_init(|| Shells::of_user(&self.variables))
    }

    /// What login shells make of variables.
    pub(crate) fn logins(&self) -> &LoginEnvironments {
        &self.logins
    }

    /// The folder of programs that stands in front of `PATH`.
    #[must_use]
    pub fn tools(&self) -> Option<&Path> {
        self.tools.get_or_init(|| (self.find_tools)()).as_deref()
    }

    /// The folder for temporary files that the server was told.
    #[must_use]
    pub fn tmpdir(&self) -> Option<PathBuf> {
        self.variables.get("TMPDIR").map(PathBuf::from)
    }

    /// Makes a command run under these rules, or refuses it when they cannot be kept. One without a sandbox runs below the
    /// supervisor, and is refused here when there is no such program. What stands in front of `PATH` is written by no
    /// confined command.
    #[must_use]
    pub fn confine(&self, mut rules: SandboxSpec) -> Wrap {
        let sandbox = Arc::clone(&self.sandbox);
        if rules.mode == SandboxMode::WorkspaceWrite {
            rules.read_only.extend(self.tools().map(Path::to_owned));
        }
        Arc::new(move |command| {
            if !rules.mode.confines() {
                command.find_program().map_err(|error| WrapError(error.to_string()))?;
            }
            let CommandSpec { argv, arg0: _, cwd, env } = command;
            let mut argv = argv.into_iter().map(OsString::from);
            let Some(program) = argv.next() else { return Err(WrapError("no command was given".to_owned())) };
            let command = codex_sandbox::CommandSpec {
                program,
                args: argv.collect(),
                cwd,
                env: env.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
                attachment: Attachment::Own,
            };
            let prepared = sandbox.prepare(&rules, command).map_err(|error| WrapError(error.to_string()))?;
            let text = |part: OsString| {
                part.into_string().map_err(|part| WrapError(format!("{} is not UTF-8", part.display())))
            };
            let words = std::iter::once(prepared.program.into_os_string()).chain(prepared.args);
            Ok(CommandSpec {
                argv: words.map(text).collect::<Result<_, _>>()?,
                arg0: None,
                cwd: prepared.cwd,
                env: Environment::new(prepared.env),
            })
        })
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Host").field("shells", &self.shells).field("tools", &self.tools).finish_non_exhaustive()
    }
}

/// Which of the server's variables commands get, as configured.
#[must_use]
pub fn environment_policy(config: &Config) -> EnvironmentPolicy {
    let ShellEnvironmentPolicyToml { inherit, ignore_default_excludes, exclude, set, include_only, filters, .. } =
        config.shell_environment_policy.clone();
    let mut policy = EnvironmentPolicy {
        inherit: match inherit {
            None | Some(EnvironmentInherit::All) => Inherit::All,
            Some(EnvironmentInherit::Core) => Inherit::Core,
            Some(EnvironmentInherit::None) => Inherit::None,
        },
        drop_secrets: ignore_default_excludes == Some(false),
        exclude: exclude.unwrap_or_default(),
        set: set.unwrap_or_default().into_iter().map(|(name, value)| (name, value.expose().to_owned())).collect(),
        include_only: include_only.unwrap_or_default(),
    };
    for (pattern, filter) in filters.unwrap_or_default() {
        match filter {
            EnvironmentFilter::Include => policy.include_only.push(pattern),
            EnvironmentFilter::Exclude => policy.exclude.push(pattern),
        }
    }
    policy
}
