//! What commands may do, from a sandbox policy of the wire or a permission profile of the configuration: the rules that
//! the sandbox keeps, and that patches are held against.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codex_app_server_protocol::v2::{NetworkAccess, SandboxPolicy};
use codex_config_loader::{
    BUILT_IN_PROFILES, Bounds, Config, DANGER_FULL_ACCESS_PROFILE, FileAccess, FilesystemPermissionToml, NotAllowed,
    PermissionProfileToml, READ_ONLY_PROFILE, SandboxMode as ModeToml, WORKSPACE_PROFILE,
};
use codex_sandbox::{SandboxMode, SandboxSpec, TempFolders};

use crate::settings::sandbox as on_wire;

use crate::settings::without_dots;

/// Profiles that may stand behind one another with `extends`.
const MAX_DEPTH: usize = 32;

/// The folders that rules speak of by name.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    /// Folders that the thread works in; the first one is where commands are at home.
    pub roots: Vec<PathBuf>,
    /// The folder for temporary files, when one is configured.
    pub tmpdir: Option<PathBuf>,
    /// The user's home.
    pub home: Option<&'a Path>,
}

/// Why a profile cannot be kept, so that its commands are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfinementError {
    /// There is no such profile.
    #[error("unknown permission profile `{0}`; the configuration has none of this name")]
    UnknownProfile(String),
    /// A path of the profile is not understood.
    #[error("permission profile `{profile}` has the path `{path}`, which cannot be kept yet: {reason}")]
    Path {
        /// The profile.
        profile: String,
        /// Its path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Checks a policy that a client asks for against what requirements allow: its mode, and the built-in profile that does the
/// same.
///
/// # Errors
/// When it is not allowed.
pub fn check_policy(policy: &SandboxPolicy, bounds: &Bounds) -> Result<(), NotAllowed> {
    let (mode, profile) = match policy {
        SandboxPolicy::ReadOnly { .. } => (ModeToml::ReadOnly, READ_ONLY_PROFILE),
        SandboxPolicy::WorkspaceWrite { .. } => (ModeToml::WorkspaceWrite, WORKSPACE_PROFILE),
        // Whatever limits the commands from outside, nothing here does.
        SandboxPolicy::DangerFullAccess | SandboxPolicy::ExternalSandbox { .. } => {
            (ModeToml::DangerFullAccess, DANGER_FULL_ACCESS_PROFILE)
        }
    };
    bounds.check_sandbox_mode(mode)?;
    bounds.check_profile(profile)
}

/// The rules of a policy.
#[must_use]
pub fn rules_of_policy(policy: &SandboxPolicy, places: &Places<'_>) -> SandboxSpec {
    let rules = |mode, network| SandboxSpec { network, ..empty(mode, places) };
    match policy {
        SandboxPolicy::DangerFullAccess => rules(SandboxMode::DangerFullAccess, true),
        SandboxPolicy::ExternalSandbox { network_access } => {
            rules(SandboxMode::External, *network_access == NetworkAccess::Enabled)
        }
        SandboxPolicy::ReadOnly { network_access } => rules(SandboxMode::ReadOnly, *network_access),
        SandboxPolicy::WorkspaceWrite {
            writable_roots,
            network_access,
            exclude_tmpdir_env_var,
            exclude_slash_tmp,
            ..
        } => {
            let mut rules = rules(SandboxMode::WorkspaceWrite, *network_access);
            rules.writable_roots = places.roots.iter().skip(1).cloned().collect();
            rules.writable_roots.extend(writable_roots.iter().map(|root| root.as_path().to_owned()));
            rules.temp = TempFolders {
                slash_tmp: !exclude_slash_tmp,
                tmpdir: places.tmpdir.clone().filter(|_| !exclude_tmpdir_env_var),
            };
            rules
        }
    }
}

/// The rules of a configuration, given the mode that a request names: of the profile in effect, else of the sandbox mode.
///
/// # Errors
/// When the profile has a path that cannot be kept.
pub fn rules_of_config(
    config: &Config,
    mode: Option<ModeToml>,
    places: &Places<'_>,
) -> Result<SandboxSpec, ConfinementError> {
    let resolved = config.approval_and_sandbox(None, mode);
    match &resolved.active_permission_profile {
        Some(profile) => rules_of_profile(&profile.id, &config.permissions.profiles, places),
        None => Ok(rules_of_policy(&on_wire(&resolved.sandbox), places)),
    }
}

/// The rules of a profile: of the built-in one at its root, and what it and those between add.
///
/// # Errors
/// When there is no such profile, or it has a path that cannot be kept.
pub fn rules_of_profile(
    id: &str,
    profiles: &BTreeMap<String, PermissionProfileToml>,
    places: &Places<'_>,
) -> Result<SandboxSpec, ConfinementError> {
    let mut chain = Vec::new();
    let mut base = Some(id);
    while let Some(id) = base.filter(|_| chain.len() < MAX_DEPTH) {
        let Some(profile) = profiles.get(id) else { break };
        chain.push((id, profile));
        base = profile.extends.as_deref();
    }
    let base = base.unwrap_or_default();
    if !base.is_empty() && !BUILT_IN_PROFILES.contains(&base) {
        return Err(ConfinementError::UnknownProfile(base.to_owned()));
    }
    let policy = match base {
        DANGER_FULL_ACCESS_PROFILE if chain.iter().all(|(_, profile)| !narrows(profile)) => {
            return Ok(rules_of_policy(&SandboxPolicy::DangerFullAccess, places));
        }
        WORKSPACE_PROFILE => SandboxPolicy::WorkspaceWrite {
            writable_roots: Vec::new(),
            network_access: false,
            exclude_tmpdir_env_var: false,
            exclude_slash_tmp: false,
        },
        _ => SandboxPolicy::ReadOnly { network_access: false },
    };
    let mut rules = rules_of_policy(&policy, places);
    let mut entries = BTreeMap::new();
    if base == DANGER_FULL_ACCESS_PROFILE {
        rules.network = true;
        entries.insert(PathBuf::from("/"), FileAccess::Write);
    }
    for (id, profile) in chain.iter().rev() {
        if let Some(enabled) = profile.network.as_ref().and_then(|network| network.enabled) {
            rules.network = enabled;
        }
        for (path, permission) in profile.filesystem.iter().flat_map(|files| &files.entries) {
            add(&mut entries, id, path, permission, places)?;
        }
    }
    take(&mut rules, entries);
    Ok(rules)
}

/// Whether a profile takes something away from full access.
fn narrows(profile: &PermissionProfileToml) -> bool {
    profile.filesystem.is_some() || profile.network.as_ref().is_some_and(|network| network.enabled == Some(false))
}

/// Rules of a mode that allow nothing more than the mode itself.
fn empty(mode: SandboxMode, places: &Places<'_>) -> SandboxSpec {
    let cwd = places.roots.first().cloned().unwrap_or_else(|| PathBuf::from("/"));
    SandboxSpec { temp: TempFolders { slash_tmp: false, tmpdir: None }, ..SandboxSpec::new(mode, cwd) }
}

/// Adds what a profile says about one path.
fn add(
    entries: &mut BTreeMap<PathBuf, FileAccess>,
    profile: &str,
    path: &str,
    permission: &FilesystemPermissionToml,
    places: &Places<'_>,
) -> Result<(), ConfinementError> {
    let unkept =
        |path: &str, reason| ConfinementError::Path { profile: profile.to_owned(), path: path.to_owned(), reason };
    let bases = match path {
        ":root" => vec![PathBuf::from("/")],
        ":slash_tmp" => vec![PathBuf::from("/tmp")],
        ":tmpdir" => places.tmpdir.clone().into_iter().collect(),
        ":workspace_roots" | ":project_roots" | ":cwd" => places.roots.clone(),
        _ => match (path.strip_prefix("~/"), places.home) {
            _ if has_pattern(path) => return Err(unkept(path, "patterns are not supported")),
            _ if path.starts_with(':') => return Err(unkept(path, "this name is not known")),
            (Some(below), Some(home)) => vec![home.join(below)],
            (Some(_), None) => return Err(unkept(path, "the home of the user is not known")),
            (None, _) if Path::new(path).is_absolute() => vec![PathBuf::from(path)],
            (None, _) => return Err(unkept(path, "it is not absolute")),
        },
    };
    for base in bases {
        match permission {
            FilesystemPermissionToml::Access(access) => {
                entries.insert(without_dots(&base), *access);
            }
            FilesystemPermissionToml::Scoped(scoped) => {
                for (below, access) in scoped {
                    if has_pattern(below) {
                        return Err(unkept(&format!("{path} {below}"), "patterns are not supported"));
                    }
                    entries.insert(without_dots(&base.join(below.trim_start_matches('/'))), *access);
                }
            }
        }
    }
    Ok(())
}

fn has_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// Puts the entries into the rules.
fn take(rules: &mut SandboxSpec, entries: BTreeMap<PathBuf, FileAccess>) {
    let mut writable = rules.writable();
    for (path, access) in entries {
        match access {
            FileAccess::Write => {
                if !writable.contains(&path) {
                    writable.push(path);
                }
            }
            FileAccess::Read => {
                writable.retain(|root| *root != path);
                rules.read_only.push(path);
            }
            FileAccess::Deny => {
                writable.retain(|root| *root != path);
                rules.denied.push(path);
            }
        }
    }
    rules.temp = TempFolders { slash_tmp: false, tmpdir: None };
    let mut writable = writable.into_iter();
    match writable.next() {
        Some(first) => {
            rules.mode = SandboxMode::WorkspaceWrite;
            rules.cwd = first;
            rules.writable_roots = writable.collect();
        }
        None => {
            rules.mode = SandboxMode::ReadOnly;
            rules.writable_roots = Vec::new();
        }
    }
}

/// Whether a file may be written under these rules. The path holds no links; those of the rules are followed. Waits for the
/// disk.
pub(crate) fn may_write(rules: &SandboxSpec, path: &Path) -> bool {
    if !rules.mode.confines() {
        return true;
    }
    let real = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let roots: Vec<PathBuf> = rules.writable().iter().map(real).collect();
    let protected = roots.iter().flat_map(|root| rules.protected_names.iter().map(|name| root.join(name)));
    let closed: Vec<PathBuf> = rules.read_only.iter().chain(&rules.denied).map(real).chain(protected).collect();
    let deepest = |folders: &[PathBuf]| {
        folders.iter().filter(|folder| path.starts_with(folder)).map(|folder| folder.components().count()).max()
    };
    // Of two rules the deeper one counts, and of two for one path the narrower one.
    match (deepest(&roots), deepest(&closed)) {
        (Some(open), Some(closed)) => open > closed,
        (open, _) => open.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places<'static> {
        Places {
            roots: vec!["/proj".into(), "/more".into()],
            tmpdir: Some("/var/tmp/me".into()),
            home: Some(Path::new("/users/me")),
        }
    }

    fn profiles(text: &str) -> BTreeMap<String, PermissionProfileToml> {
        serde_json::from_str(text).unwrap()
    }

    fn workspace_write(exclude: bool) -> SandboxPolicy {
        SandboxPolicy::WorkspaceWrite {
            writable_roots: vec![],
            network_access: false,
            exclude_tmpdir_env_var: exclude,
            exclude_slash_tmp: exclude,
        }
    }

    #[test]
    fn policies_become_rules() {
        let rules = rules_of_policy(&workspace_write(false), &places());
        assert_eq!(rules.writable(), ["/proj", "/more", "/tmp", "/var/tmp/me"].map(PathBuf::from));
        assert!(!rules.network);
        assert_eq!(
            rules_of_policy(&workspace_write(true), &places()).writable(),
            ["/proj", "/more"].map(PathBuf::from)
        );
        let rules = rules_of_policy(&SandboxPolicy::ReadOnly { network_access: true }, &places());
        assert!(rules.network && rules.writable().is_empty() && rules.mode.confines());
        assert!(!rules_of_policy(&SandboxPolicy::DangerFullAccess, &places()).mode.confines());
    }

    #[test]
    fn a_profile_adds_to_what_it_builds_on() {
        let profiles = profiles(
            r#"{"base": {"extends": ":workspace", "filesystem": {"~/notes": "write", ":workspace_roots": {"secret": "deny"}}},
                "mine": {"extends": "base", "network": {"enabled": true}, "filesystem": {"/tmp": "read"}}}"#,
        );
        let rules = rules_of_profile("mine", &profiles, &places()).unwrap();
        assert_eq!(rules.writable(), ["/proj", "/more", "/var/tmp/me", "/users/me/notes"].map(PathBuf::from));
        assert_eq!(rules.denied, ["/more/secret", "/proj/secret"].map(PathBuf::from));
        assert_eq!(rules.read_only, [PathBuf::from("/tmp")]);
        assert!(rules.network);
    }

    #[test]
    fn a_profile_of_its_own_begins_with_reading() {
        let profiles = profiles(r#"{"mine": {"filesystem": {":root": "read", "/data/../out": "write"}}}"#);
        let rules = rules_of_profile("mine", &profiles, &places()).unwrap();
        assert_eq!(rules.writable(), [PathBuf::from("/out")]);
        let full = rules_of_profile(DANGER_FULL_ACCESS_PROFILE, &profiles, &places()).unwrap();
        assert_eq!(full.mode, SandboxMode::DangerFullAccess);
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        for path in ["**/x", ":other", "relative"] {
            let profiles = profiles(&format!(r#"{{"mine": {{"filesystem": {{"{path}": "deny"}}}}}}"#));
            let error = rules_of_profile("mine", &profiles, &places()).unwrap_err().to_string();
            assert!(error.contains(&format!("`{path}`")), "{error}");
        }
        assert!(rules_of_profile("none", &profiles("{}"), &places()).is_err());
    }

    #[test]
    fn the_deeper_rule_says_whether_a_file_may_be_written() {
        let mut rules = rules_of_policy(&workspace_write(true), &places());
        rules.read_only = vec!["/proj/vendor".into()];
        rules.writable_roots.push("/proj/vendor/mine".into());
        for (path, may) in [
            ("/proj/a", true),
            ("/proj/.git/config", false),
            ("/proj/sub/.git/config", true),
            ("/proj/vendor/a", false),
            ("/proj/vendor/mine/a", true),
            ("/more/x", true),
            ("/projects", false),
            ("/etc/passwd", false),
        ] {
            assert_eq!(may_write(&rules, Path::new(path)), may, "{path}");
        }
        assert!(may_write(&rules_of_policy(&SandboxPolicy::DangerFullAccess, &places()), Path::new("/etc/x")));
    }
}
