//! A folder to work in, and how its files are looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codex_apply_patch::{Applied, ApplyError, LocalFiles, Plan, VerifyError, verify};

/// A folder that goes with the test.
pub struct Folder {
    _kept: tempfile::TempDir,
    pub path: PathBuf,
}

impl Folder {
    pub fn new() -> Self {
        let kept = tempfile::tempdir().unwrap();
        let path = kept.path().canonicalize().unwrap();
        Self { _kept: kept, path }
    }

    /// A folder with files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (path, content) in files {
            folder.write(path, content);
        }
        folder
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).unwrap()
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path.join(path).symlink_metadata().is_ok()
    }

    pub fn verify(&self, hunks: &str) -> Result<Plan, VerifyError> {
        verify(&patch(hunks), &self.path, &LocalFiles)
    }

    pub fn apply(&self, hunks: &str) -> Result<Applied, ApplyError> {
        self.verify(hunks).unwrap().apply(&LocalFiles)
    }

    /// All files by path; an empty folder ends with a slash and has no content.
    pub fn files(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        collect(&self.path, &self.path, &mut found);
        found
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Option<Vec<u8>>>) {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    if entries.is_empty() && folder != root {
        found.insert(format!("{}/", folder.strip_prefix(root).unwrap().display()), None);
    }
    for entry in entries {
        if entry.file_type().unwrap().is_dir() {
            collect(root, &entry.path(), found);
        } else {
            let name = entry.path().strip_prefix(root).unwrap().display().to_string();
            found.insert(name, Some(fs::read(entry.path()).unwrap_or_default()));
        }
    }
}

/// The hunks in their frame.
pub fn patch(hunks: &str) -> String {
    let hunks = if hunks.is_empty() { String::new() } else { format!("{hunks}\n") };
    format!("*** Begin Patch\n{hunks}*** End Patch")
}
