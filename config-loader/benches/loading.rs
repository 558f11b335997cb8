//! What loading costs: four layers from their files, and answers that are prepared. `cargo bench -p codex-config-loader`.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use codex_config_loader::{CodexHome, ConfigLoader, EnvSnapshot, LoadRequest};
use codex_utils_cli::CliConfigOverrides;
use divan::Bencher;

fn main() {
    divan::main();
}

/// A typical home: what a user has set up over time, below a system's file, a project and a flag.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        let project = home.path("work/app");
        home.write("etc/config.toml", "model_verbosity = \"low\"\n[features]\napps = false\n");
        home.write("home/config.toml", &USER.replace("$PROJECT", project.to_str().unwrap()));
        home.write("work/app/.git/HEAD", "ref: refs/heads/main\n");
        home.write("work/app/.codex/config.toml", "model = \"small\"\n[mcp_servers.docs]\nargs = [\"--project\"]\n");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Writes a file that looks as if it had been there for a while.
    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    }

    fn loader(&self) -> ConfigLoader {
        let flags = CliConfigOverrides { raw: vec!["web_search=live".to_owned()], ..CliConfigOverrides::default() };
        let home = CodexHome::new(self.path("home"));
        let overrides = flags.parse_overrides().unwrap();
        ConfigLoader::with_system_folder(home, overrides, EnvSnapshot::default(), &self.path("etc")).unwrap()
    }
}

const USER: &str = r#"
model = "big"
model_reasoning_effort = "high"
approval_policy = "on-request"
sandbox_mode = "workspace-write"
notify = ["notify-send", "codex"]

[sandbox_workspace_write]
network_access = true
writable_roots = ["~/data"]

[features]
goals = true

[mcp_servers.docs]
command = "docs-server"
args = ["--quiet"]
env = { A = "1", B = "2" }
startup_timeout_sec = 20

[mcp_servers.web]
url = "https://mcp.example/v1"
http_headers = { X-Team = "a" }

[model_providers.local]
name = "Local"
base_url = "http://127.0.0.1:8080/v1"
env_key = "LOCAL_API_KEY"

[shell_environment_policy]
inherit = "core"
set = { EDITOR = "vi" }

[tui]
theme = "dark"
notifications = true

[projects."$PROJECT"]
trust_level = "trusted"
"#;

/// From nothing: files are read, parsed, merged, typed and resolved, for no folder and for the project.
#[divan::bench]
fn load_four_layers_cold(bencher: Bencher<'_, '_>) {
    let home = Home::new();
    let request = LoadRequest { cwd: Some(home.path("work/app")), ..LoadRequest::default() };
    bencher.bench_local(|| home.loader().load(&request).unwrap());
}

/// A new thread with values of its own: nothing prepared helps but the parsed files.
#[divan::bench]
fn load_four_layers_with_overrides(bencher: Bencher<'_, '_>) {
    let home = Home::new();
    let overrides = [("model".to_owned(), "other".into())].into_iter().collect();
    let request = LoadRequest { cwd: Some(home.path("work/app")), overrides };
    let loader = home.loader();
    bencher.bench_local(|| loader.load(&request).unwrap());
}

/// The prepared answer: only the files are looked at.
#[divan::bench(args = [false, true])]
fn read_prepared(bencher: Bencher<'_, '_>, include_layers: bool) {
    let home = Home::new();
    let (loader, cwd) = (home.loader(), home.path("work/app"));
    bencher.bench_local(|| loader.read(Some(Path::new(&cwd)), include_layers).unwrap().json.len());
}

/// The first answer after a file changed.
#[divan::bench]
fn read_after_a_change(bencher: Bencher<'_, '_>) {
    let home = Home::new();
    let (loader, cwd) = (home.loader(), home.path("work/app"));
    let mut number = 0_u32;
    bencher
        .with_inputs(|| {
            number += 1;
            home.write("home/config.toml", &format!("review_model = \"{number}\"\n{}", USER.replace("$PROJECT", "/x")));
        })
        .bench_local_values(|()| loader.read(Some(&cwd), true).unwrap().json.len());
}
