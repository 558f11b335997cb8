//! A fresh home, working folder and user for a server under test.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::ModelEndpoint;
use crate::transcript::Redactions;

/// Folders that a server under test has to itself; they are removed when this is dropped.
#[derive(Debug)]
pub struct TestHome {
    root: PathBuf,
    _folder: TempDir,
}

impl TestHome {
    /// Empty folders, without a configuration.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("server-test-").tempdir().expect("a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("the path of a new folder");
        for name in ["home", "cwd", "user"] {
            fs::create_dir(root.join(name)).expect("a folder in a new folder");
        }
        Self { root, _folder: folder }
    }

    /// `CODEX_HOME`.
    #[must_use]
    pub fn codex_home(&self) -> PathBuf {
        self.root.join("home")
    }

    /// The working folder of the server, for threads too.
    #[must_use]
    pub fn cwd(&self) -> PathBuf {
        self.root.join("cwd")
    }

    /// `HOME`.
    #[must_use]
    pub fn user_home(&self) -> PathBuf {
        self.root.join("user")
    }

    /// Writes a file of `CODEX_HOME`, such as `config.toml`, and the folders above it.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) {
        let path = self.codex_home().join(path);
        fs::create_dir_all(path.parent().expect("a file in the home")).expect("the folders above a file");
        fs::write(path, text).expect("a file in the home");
    }

    /// Writes a `config.toml` that makes this model the default: `top` stands before the first table, `tail` at the end.
    pub fn configure(&self, model: &ModelEndpoint, top: &str, tail: &str) {
        self.write("config.toml", &config_text(&model.url(), top, tail));
    }

    /// What stands for these folders in snapshots.
    #[must_use]
    pub fn redactions(&self) -> Redactions {
        let mut redactions = Redactions::default();
        for (path, name) in [(self.codex_home(), "home"), (self.cwd(), "cwd"), (self.user_home(), "user")] {
            redactions.add(path.to_string_lossy(), name);
        }
        redactions.add(self.root.to_string_lossy(), "root");
        redactions
    }
}

impl Default for TestHome {
    fn default() -> Self {
        Self::new()
    }
}

/// A configuration whose default model is behind this URL: no retries, no approvals, no sandbox.
#[must_use]
pub fn config_text(base_url: &str, top: &str, tail: &str) -> String {
    format!(
        r#"model = "mock-model"
model_provider = "mock"
approval_policy = "never"
sandbox_mode = "danger-full-access"
{top}
[model_providers.mock]
name = "mock"
base_url = "{base_url}"
wire_api = "responses"
requires_openai_auth = false
supports_websockets = false
request_max_retries = 0
stream_max_retries = 0
{tail}
"#
    )
}
