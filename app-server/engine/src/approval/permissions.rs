//! Permissions beyond the rules of the sandbox: asked for by the model, granted by the user in whole or in part.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::LegacyAppPathString;
use codex_app_server_protocol::v2::{
    AdditionalFileSystemPermissions, AdditionalNetworkPermissions, AdditionalPermissionProfile, FileSystemAccessMode,
    FileSystemPath, FileSystemSandboxEntry, GrantedPermissionProfile, PermissionGrantScope, RequestPermissionProfile,
};
use codex_sandbox::{SandboxMode, SandboxSpec};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::settings::absolute;

/// What may be done beyond the rules of the sandbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Permissions {
    network: bool,
    read: Vec<PathBuf>,
    write: Vec<PathBuf>,
}

/// What was granted so far, for as long as whoever holds it lives.
#[derive(Debug, Default)]
pub(crate) struct Grants(Mutex<Permissions>);

impl Grants {
    pub(crate) fn add(&self, more: &Permissions) {
        self.lock().add(more);
    }

    /// Lays them over the rules of a sandbox.
    pub(crate) fn widen(&self, rules: &mut SandboxSpec) {
        self.lock().widen(rules);
    }

    fn lock(&self) -> MutexGuard<'_, Permissions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Permissions in the words of the model.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    network: Option<NetworkWish>,
    file_system: Option<FileSystemWish>,
}

#[derive(Debug, Deserialize)]
struct NetworkWish {
    enabled: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct FileSystemWish {
    read: Option<Vec<String>>,
    write: Option<Vec<String>>,
}

impl Wish {
    /// What is wished for; relative paths are seen from `cwd`.
    pub(crate) fn permissions(&self, cwd: &Path) -> Permissions {
        let paths = |paths: Option<&Vec<String>>| {
            paths.into_iter().flatten().map(|path| absolute(cwd, path).as_path().to_owned()).collect()
        };
        let files = self.file_system.as_ref();
        Permissions {
            network: self.network.as_ref().and_then(|network| network.enabled).unwrap_or_default(),
            read: paths(files.and_then(|files| files.read.as_ref())),
            write: paths(files.and_then(|files| files.write.as_ref())),
        }
    }
}

impl Permissions {
    pub(crate) fn is_empty(&self) -> bool {
        !self.network && self.read.is_empty() && self.write.is_empty()
    }

    /// Adds what was granted besides.
    fn add(&mut self, more: &Self) {
        self.network |= more.network;
        self.read.extend(more.read.iter().cloned());
        self.write.extend(more.write.iter().cloned());
    }

    /// What of these a client has granted; nothing that was not asked for.
    pub(crate) fn granted(&self, granted: &GrantedPermissionProfile) -> Self {
        let network = granted.network.as_ref().and_then(|network| network.enabled).unwrap_or_default();
        let mut read = Vec::new();
        let mut write = Vec::new();
        if let Some(files) = &granted.file_system {
            let paths = |paths: &Option<Vec<LegacyAppPathString>>| -> Vec<PathBuf> {
                paths.iter().flatten().map(|path| PathBuf::from(&path.0)).collect()
            };
            read.extend(paths(&files.read));
            write.extend(paths(&files.write));
            for entry in files.entries.iter().flatten() {
                let FileSystemPath::Path { path } = &entry.path else { continue };
                match entry.access {
                    FileSystemAccessMode::Read => read.push(PathBuf::from(&path.0)),
                    FileSystemAccessMode::Write => write.push(PathBuf::from(&path.0)),
                    FileSystemAccessMode::Deny => {}
                }
            }
        }
        let below = |asked: &[PathBuf], path: &PathBuf| asked.iter().any(|root| path.starts_with(root));
        read.retain(|path| below(&self.read, path) || below(&self.write, path));
        write.retain(|path| below(&self.write, path));
        for paths in [&mut read, &mut write] {
            paths.sort();
            paths.dedup();
        }
        Self { network: self.network && network, read, write }
    }

    /// Lays these over the rules of a sandbox.
    pub(crate) fn widen(&self, rules: &mut SandboxSpec) {
        if !rules.mode.confines() {
            return;
        }
        rules.network |= self.network;
        let hidden = |path: &&PathBuf| rules.denied.iter().any(|denied| path.starts_with(denied));
        let readable: Vec<PathBuf> = self.read.iter().filter(hidden).cloned().collect();
        rules.denied.retain(|denied| !readable.contains(denied) && !self.write.contains(denied));
        rules.read_only.extend(readable);
        rules.read_only.retain(|path| !self.write.contains(path));
        let mut write = self.write.iter().cloned();
        if rules.mode == SandboxMode::ReadOnly {
            let Some(first) = write.next() else { return };
            rules.mode = SandboxMode::WorkspaceWrite;
            rules.cwd = first;
            rules.writable_roots.clear();
            rules.temp = codex_sandbox::TempFolders { slash_tmp: false, tmpdir: None };
        }
        rules.writable_roots.extend(write);
    }

    fn network_on_wire(&self) -> Option<AdditionalNetworkPermissions> {
        self.network.then_some(AdditionalNetworkPermissions { enabled: Some(true) })
    }

    fn files_on_wire(&self) -> Option<AdditionalFileSystemPermissions> {
        if self.read.is_empty() && self.write.is_empty() {
            return None;
        }
        let wire = |path: &PathBuf| LegacyAppPathString(path.to_string_lossy().into_owned());
        let list = |paths: &[PathBuf]| (!paths.is_empty()).then(|| paths.iter().map(wire).collect());
        let entry =
            |path: &PathBuf, access| FileSystemSandboxEntry { path: FileSystemPath::Path { path: wire(path) }, access };
        let read = self.read.iter().map(|path| entry(path, FileSystemAccessMode::Read));
        let write = self.write.iter().map(|path| entry(path, FileSystemAccessMode::Write));
        Some(AdditionalFileSystemPermissions {
            read: list(&self.read),
            write: list(&self.write),
            glob_scan_max_depth: None,
            entries: Some(read.chain(write).collect()),
        })
    }

    /// As a question of the tool that asks for them.
    pub(crate) fn requested(&self) -> RequestPermissionProfile {
        RequestPermissionProfile { network: self.network_on_wire(), file_system: self.files_on_wire() }
    }

    /// As part of the question about a command.
    pub(crate) fn additional(&self) -> AdditionalPermissionProfile {
        AdditionalPermissionProfile { network: self.network_on_wire(), file_system: self.files_on_wire() }
    }

    /// As the model is told what it got.
    pub(crate) fn told(&self, scope: PermissionGrantScope) -> Value {
        let network = self.network.then(|| json!({ "enabled": true }));
        let mut files = serde_json::Map::new();
        for (name, paths) in [("read", &self.read), ("write", &self.write)] {
            if !paths.is_empty() {
                files.insert(name.to_owned(), json!(paths));
            }
        }
        let file_system = (!files.is_empty()).then_some(files);
        json!({ "permissions": { "network": network, "file_system": file_system }, "scope": scope })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(json: Value) -> Permissions {
        serde_json::from_value::<Wish>(json).unwrap().permissions(Path::new("/proj"))
    }

    #[test]
    fn only_what_was_asked_for_can_be_granted() {
        let asked =
            wish(json!({ "network": { "enabled": true }, "file_system": { "write": ["out"], "read": ["/etc"] } }));
        let grant = |json: Value| asked.granted(&serde_json::from_value(json).unwrap());
        assert!(grant(json!({})).is_empty());
        let more = grant(json!({ "fileSystem": { "write": ["/proj/out/a", "/root"], "read": ["/etc/x", "/home"] } }));
        let expected = Permissions { network: false, read: vec!["/etc/x".into()], write: vec!["/proj/out/a".into()] };
        assert_eq!(more, expected);
        let entry = json!({ "path": { "type": "path", "path": "/proj/out" }, "access": "write" });
        let entries = grant(
            json!({ "network": { "enabled": true }, "fileSystem": { "read": null, "write": null, "entries": [entry] } }),
        );
        assert_eq!(entries, Permissions { network: true, read: vec![], write: vec!["/proj/out".into()] });
        assert_eq!(
            entries.told(PermissionGrantScope::Session).to_string(),
            r#"{"permissions":{"network":{"enabled":true},"file_system":{"write":["/proj/out"]}},"scope":"session"}"#
        );
    }

    #[test]
    fn rules_are_widened_and_never_narrowed() {
        let mut rules = SandboxSpec::new(SandboxMode::ReadOnly, "/proj".into());
        rules.denied = vec!["/secret".into()];
        let grant = wish(json!({ "file_system": { "write": ["/out", "/more"], "read": ["/secret", "/etc"] } }));
        grant.widen(&mut rules);
        assert_eq!(rules.writable(), ["/out", "/more"].map(PathBuf::from));
        assert!(rules.denied.is_empty() && !rules.network);
        let mut free = SandboxSpec::new(SandboxMode::DangerFullAccess, "/proj".into());
        grant.widen(&mut free);
        assert_eq!(free.mode, SandboxMode::DangerFullAccess);
    }
}
