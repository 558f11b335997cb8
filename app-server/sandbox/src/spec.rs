//! The rules of a sandbox as plain values.

use std::path::PathBuf;

/// Names that stay read-only directly inside every writable root, whether they exist yet or not: they hold what other
/// programs run or trust without asking.
pub const PROTECTED_NAMES: [&str; 4] = [".git", ".agents", ".codex", ".aws"];

/// How much of the machine a command may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SandboxMode {
    /// Nothing may be written.
    ReadOnly,
    /// Only the writable roots may be written.
    WorkspaceWrite,
    /// No sandbox. The command still runs below the supervisor.
    DangerFullAccess,
    /// Somebody else already confines the server; as [`SandboxMode::DangerFullAccess`] for this crate.
    External,
}

impl SandboxMode {
    /// Whether this crate has to confine the command.
    pub fn confines(self) -> bool {
        matches!(self, Self::ReadOnly | Self::WorkspaceWrite)
    }
}

/// Which temporary folders are writable roots in [`SandboxMode::WorkspaceWrite`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TempFolders {
    /// Whether `/tmp` is writable.
    pub slash_tmp: bool,
    /// The folder that the variable `TMPDIR` names, when it is to be writable. Ignored when it is not absolute.
    pub tmpdir: Option<PathBuf>,
}

/// What a command may read, write and reach.
///
/// Of two rules for nested paths the deeper one counts; for one path, denied counts before read-only, and that before
/// writable. Paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxSpec {
    /// The mode. All fields but `network`, `read_only` and `denied` have no meaning outside
    /// [`SandboxMode::WorkspaceWrite`], and no field has any without a sandbox.
    pub mode: SandboxMode,
    /// The folder of the workspace: the first writable root. Not necessarily the command's own working folder.
    pub cwd: PathBuf,
    /// Further writable roots, files or folders. Those that do not exist are passed over: nobody may create them there.
    pub writable_roots: Vec<PathBuf>,
    /// Which temporary folders are writable roots too.
    pub temp: TempFolders,
    /// Names that stay read-only directly inside each writable root; see [`PROTECTED_NAMES`].
    pub protected_names: Vec<String>,
    /// Paths that stay read-only although they lie in a writable root, or are readable again below a denied folder.
    pub read_only: Vec<PathBuf>,
    /// Paths that can be neither read nor written. Everything else can be read.
    pub denied: Vec<PathBuf>,
    /// Whether the command may use the network and connect to sockets of other programs.
    pub network: bool,
}

impl SandboxSpec {
    /// Rules with no writable root but `cwd` and `/tmp`, the usual protected names and no network.
    pub fn new(mode: SandboxMode, cwd: PathBuf) -> Self {
        Self {
            mode,
            cwd,
            writable_roots: Vec::new(),
            temp: TempFolders { slash_tmp: true, tmpdir: None },
            protected_names: PROTECTED_NAMES.map(str::to_owned).to_vec(),
            read_only: Vec::new(),
            denied: Vec::new(),
            network: false,
        }
    }

    /// Every root that the mode makes writable, in the order of their mention. Paths are as they were given.
    pub fn writable(&self) -> Vec<PathBuf> {
        if self.mode != SandboxMode::WorkspaceWrite {
            return Vec::new();
        }
        let slash_tmp = self.temp.slash_tmp.then(|| PathBuf::from("/tmp"));
        let tmpdir = self.temp.tmpdir.clone().filter(|folder| folder.is_absolute());
        std::iter::once(self.cwd.clone())
            .chain(self.writable_roots.iter().cloned())
            .chain(slash_tmp)
            .chain(tmpdir)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_workspace_write_has_writable_roots() {
        let mut spec = SandboxSpec::new(SandboxMode::WorkspaceWrite, "/work".into());
        spec.writable_roots = vec!["/more".into()];
        spec.temp.tmpdir = Some("/var/tmp/me".into());
        assert_eq!(spec.writable(), ["/work", "/more", "/tmp", "/var/tmp/me"].map(PathBuf::from));
        spec.temp = TempFolders { slash_tmp: false, tmpdir: Some("relative".into()) };
        assert_eq!(spec.writable(), ["/work", "/more"].map(PathBuf::from));
        spec.mode = SandboxMode::ReadOnly;
        assert!(spec.writable().is_empty());
    }
}
