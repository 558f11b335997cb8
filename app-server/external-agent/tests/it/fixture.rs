//! A home, a `CODEX_HOME` and a repository in a temporary folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codex_app_server_protocol::v2::{
    ExternalAgentConfigImportTypeResult as TypeResult, ExternalAgentConfigMigrationItem as MigrationItem,
    ExternalAgentConfigMigrationItemType as ItemType,
};
use codex_config_loader::CodexHome;
use codex_external_agent::{DetectRequest, ImportError, Importer};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The folders of a test.
pub struct Fixture {
    pub root: PathBuf,
    _folder: TempDir,
}

impl Fixture {
    /// An empty home and a repository without files.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in ["user/.codex", "repo/.git"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        Self { root, _folder: folder }
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes a file with JSON.
    pub fn json(&self, path: &str, value: Value) -> &Self {
        self.write(path, value.to_string())
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    pub fn importer(&self) -> Importer {
        Importer::new(Some(self.root.join("user")), CodexHome::new(self.root.join("user/.codex")))
    }

    /// What is offered for the home and the repository.
    pub fn detect(&self) -> Result<Vec<MigrationItem>, ImportError> {
        self.importer().detect(&DetectRequest {
            include_home: true,
            cwds: vec![self.root.join("repo").to_str().unwrap().to_owned()],
            migration_source: None,
        })
    }

    /// Imports everything that is offered.
    pub fn import_all(&self) -> Vec<TypeResult> {
        self.detect().unwrap().iter().map(|item| self.importer().import(item, None)).collect()
    }

    /// Imports one kind of thing from the home, or from the repository.
    pub fn import(&self, kind: ItemType, cwd: Option<&str>) -> TypeResult {
        self.importer().import(&item(kind, cwd.map(|cwd| self.root.join(cwd)).as_deref()), None)
    }

    /// Every file below the root with its content; a link with where it leads.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.root, &mut found);
        found
    }
}

pub fn item(kind: ItemType, cwd: Option<&Path>) -> MigrationItem {
    MigrationItem {
        item_type: kind,
        description: String::new(),
        cwd: cwd.map(|cwd| cwd.to_str().unwrap().into()),
        details: None,
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_symlink() {
            found.insert(path.clone(), fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes());
        } else if kind.is_dir() {
            found.insert(path.clone(), b"a folder".to_vec());
            collect(&path, found);
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

/// The names in the details of an item, whatever their kind.
pub fn names(item: &MigrationItem) -> Vec<String> {
    let details = serde_json::to_value(&item.details).unwrap();
    let lists = details.as_object().into_iter().flat_map(|lists| lists.values());
    let entries = lists.filter_map(Value::as_array).flatten();
    entries.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// A home that has everything that can be imported.
pub fn full_home(fixture: &Fixture, at: &str) {
    let path = |name: &str| format!("{at}/.claude/{name}");
    fixture
        .json(
            &path("settings.json"),
            json!({
                "env": {"A": "1"}, "sandbox": {"enabled": true},
                "hooks": {"Stop": [{"hooks": [{"type": "command", "command": ".claude/hooks/end.sh now"}]}]},
            }),
        )
        .json(&format!("{at}/.mcp.json"), json!({"mcpServers": {"files": {"command": "npx", "args": ["-y"]}}}))
        .write(&path("hooks/end.sh"), "#!/bin/sh\n")
        .write(&path("skills/alpha/SKILL.md"), "---\nname: alpha\n---\nUse Claude.\n")
        .write(&path("skills/alpha/notes.md"), "Claude\n")
        .write(&path("commands/review.md"), "---\ndescription: Reviews\n---\nReview it.\n")
        .write(&path("agents/tester.md"), "---\nname: tester\ndescription: tests\n---\nTest it.\n")
        .write(&path("CLAUDE.md"), "Claude says hi.\n");
}
