//! One line about a sandbox.

use std::path::Path;

/// Where temporary files lie by convention, and the name that macOS really gives it.
const SLASH_TMP: [&str; 2] = ["/tmp", "/private/tmp"];

/// What commands may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxPolicy<'a> {
    /// Everything: there is no sandbox.
    Disabled,
    /// Whatever a sandbox allows that someone else has set up.
    External {
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Reading only.
    ReadOnly {
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Writing below some folders.
    WorkspaceWrite {
        /// Those folders, as they are shown; none means reading only.
        writable_roots: &'a [WritableRoot<'a>],
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Writing everywhere, within a sandbox that guards the network alone.
    FullWrite {
        /// Whether the network may be used.
        network_access: bool,
    },
}

/// A folder that may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WritableRoot<'a> {
    /// The working folder.
    WorkingFolder,
    /// `/tmp`.
    SlashTmp,
    /// The folder that `TMPDIR` names, whether or not it is known which.
    Tmpdir,
    /// Any folder; one of the above when it is the same.
    Path(&'a Path),
}

/// What a path is compared with to get a shorter name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// The working folder.
    pub cwd: &'a Path,
    /// What `TMPDIR` says, when it is known.
    pub tmpdir: Option<&'a Path>,
}

/// Says in one line what commands may touch.
///
/// The mode comes first, then the folders that may be written, in their order and each once (`workdir` for the working
/// folder, `/tmp` and `$TMPDIR` for those for temporary files, else the path), then whether the network may be used.
pub fn summarize_sandbox(policy: &SandboxPolicy<'_>, surroundings: &Surroundings<'_>) -> String {
    let (mode, network_access) = match policy {
        SandboxPolicy::Disabled | SandboxPolicy::FullWrite { network_access: true } => {
            return "danger-full-access".to_owned();
        }
        // Only the network is left to guard, as in a sandbox that the user knows better than we do.
        SandboxPolicy::FullWrite { network_access: false } => return "external-sandbox".to_owned(),
        SandboxPolicy::External { network_access } => ("external-sandbox".to_owned(), *network_access),
        SandboxPolicy::ReadOnly { network_access } => ("read-only".to_owned(), *network_access),
        SandboxPolicy::WorkspaceWrite { writable_roots: [], network_access } => {
            ("read-only".to_owned(), *network_access)
        }
        SandboxPolicy::WorkspaceWrite { writable_roots, network_access } => {
            let mut labels: Vec<String> = Vec::with_capacity(writable_roots.len());
            for root in *writable_roots {
                let label = label(root, surroundings);
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
            (format!("workspace-write [{}]", labels.join(", ")), *network_access)
        }
    };
    if network_access { format!("{mode} (network access enabled)") } else { mode }
}

fn label(root: &WritableRoot<'_>, surroundings: &Surroundings<'_>) -> String {
    let is_slash_tmp = |path: &Path| SLASH_TMP.iter().any(|known| path == Path::new(known));
    match root {
        WritableRoot::WorkingFolder => "workdir".to_owned(),
        WritableRoot::SlashTmp => SLASH_TMP[0].to_owned(),
        WritableRoot::Tmpdir => "$TMPDIR".to_owned(),
        WritableRoot::Path(path) if *path == surroundings.cwd => label(&WritableRoot::WorkingFolder, surroundings),
        WritableRoot::Path(path) if is_slash_tmp(path) => label(&WritableRoot::SlashTmp, surroundings),
        WritableRoot::Path(path) if surroundings.tmpdir == Some(*path) => label(&WritableRoot::Tmpdir, surroundings),
        WritableRoot::Path(path) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(policy: SandboxPolicy<'_>) -> String {
        let surroundings = Surroundings { cwd: Path::new("/repo"), tmpdir: Some(Path::new("/var/tmp")) };
        summarize_sandbox(&policy, &surroundings)
    }

    fn writing(roots: &[WritableRoot<'_>], network_access: bool) -> String {
        summary(SandboxPolicy::WorkspaceWrite { writable_roots: roots, network_access })
    }

    fn paths(paths: &[&'static str]) -> String {
        let roots: Vec<_> = paths.iter().map(|path| WritableRoot::Path(Path::new(path))).collect();
        writing(&roots, false)
    }

    #[test]
    fn modes_without_folders() {
        for (policy, expected) in [
            (SandboxPolicy::Disabled, "danger-full-access"),
            (SandboxPolicy::FullWrite { network_access: true }, "danger-full-access"),
            (SandboxPolicy::FullWrite { network_access: false }, "external-sandbox"),
            (SandboxPolicy::External { network_access: false }, "external-sandbox"),
            (SandboxPolicy::External { network_access: true }, "external-sandbox (network access enabled)"),
            (SandboxPolicy::ReadOnly { network_access: false }, "read-only"),
            (SandboxPolicy::ReadOnly { network_access: true }, "read-only (network access enabled)"),
        ] {
            assert_eq!(summary(policy), expected);
        }
        assert_eq!(writing(&[], false), "read-only");
        assert_eq!(writing(&[], true), "read-only (network access enabled)");
    }

    #[test]
    fn folders_for_temporary_files_have_names() {
        let usual = [WritableRoot::WorkingFolder, WritableRoot::SlashTmp, WritableRoot::Tmpdir];
        assert_eq!(writing(&usual, false), "workspace-write [workdir, /tmp, $TMPDIR]");
        let data = [&usual[..], &[WritableRoot::Path(Path::new("/data"))]].concat();
        assert_eq!(writing(&data, true), "workspace-write [workdir, /tmp, $TMPDIR, /data] (network access enabled)");
    }

    #[test]
    fn paths_get_the_name_they_have() {
        assert_eq!(paths(&["/repo", "/tmp", "/var/tmp", "/x"]), "workspace-write [workdir, /tmp, $TMPDIR, /x]");
        assert_eq!(paths(&["/private/tmp"]), "workspace-write [/tmp]");
        assert_eq!(paths(&["/var/tmp/"]), "workspace-write [$TMPDIR]");
    }

    #[test]
    fn the_working_folder_is_named_only_when_listed() {
        assert_eq!(paths(&["/data"]), "workspace-write [/data]");
        assert_eq!(paths(&["/repo/below"]), "workspace-write [/repo/below]");
    }

    #[test]
    fn the_working_folder_keeps_its_name_where_it_is_the_temporary_one() {
        let surroundings = Surroundings { cwd: Path::new("/tmp"), tmpdir: Some(Path::new("/tmp")) };
        let roots = [WritableRoot::Path(Path::new("/tmp")), WritableRoot::SlashTmp];
        let policy = SandboxPolicy::WorkspaceWrite { writable_roots: &roots, network_access: false };
        assert_eq!(summarize_sandbox(&policy, &surroundings), "workspace-write [workdir, /tmp]");
    }

    #[test]
    fn each_folder_is_shown_once() {
        let roots = [
            WritableRoot::WorkingFolder,
            WritableRoot::SlashTmp,
            WritableRoot::Path(Path::new("/repo")),
            WritableRoot::Path(Path::new("/private/tmp")),
        ];
        assert_eq!(writing(&roots, false), "workspace-write [workdir, /tmp]");
    }
}
