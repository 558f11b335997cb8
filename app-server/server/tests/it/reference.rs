//! The configuration of generated homes as codex itself reads it. Runs where the variable `CODEX_REFERENCE` names the
//! native binary of codex 0.169.0, and says so where it does not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use codex_app_server_test_support::{TestHome, TestServer};
use serde_json::{Value, json};

use super::server;

/// Homes that are compared.
const HOMES: u64 = 50;

/// Lines that may stand in any layer, by the table they belong to; the first group has no header.
const LINES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "model = \"m1\"",
            "model = \"m2\"",
            "review_model = \"r\"",
            "model_reasoning_effort = \"high\"",
            "model_reasoning_summary = \"concise\"",
            "model_verbosity = \"low\"",
            "model_context_window = 1000",
            "approval_policy = \"never\"",
            "approval_policy = { granular = { sandbox_approval = true, rules = false, mcp_elicitations = true } }",
            "approvals_reviewer = \"guardian_subagent\"",
            "sandbox_mode = \"workspace-write\"",
            "web_search = \"live\"",
            "personality = \"friendly\"",
            "service_tier = \"flex\"",
            "project_doc_fallback_filenames = [\"A.md\", \"B.md\"]",
            "project_doc_max_bytes = 10",
            "notify = [\"a\", \"b\"]",
            "notify = []",
            "log_dir = \"logs/../l\"",
            "sqlite_home = \"~/db\"",
            "forced_chatgpt_workspace_id = [\"w\"]",
            "hide_agent_reasoning = true",
            "file_opener = \"cursor\"",
            "nosuch = { a = 1, b = [true] }",
            "when = 2024-01-02T03:04:05Z",
            "developer_instructions = '''two\nlines'''",
            "responses_api_metadata = { a = \"b\" }",
        ],
    ),
    ("features", &["goals = false", "apps = false", "memories = true", "collab = false", "nosuch = true"]),
    ("history", &["persistence = \"none\"", "max_bytes = 5"]),
    ("sandbox_workspace_write", &["network_access = true", "writable_roots = [\"./rel\", \"/abs\", \"~/x\"]"]),
    (
        "shell_environment_policy",
        &["inherit = \"core\"", "set = { A = \"1\", B = \"2\" }", "experimental_use_profile = true"],
    ),
    (
        "mcp_servers.a",
        &["command = \"c\"\nargs = [\"x\"]", "command = \"d\"\nenv = { K = \"v\" }\nstartup_timeout_sec = 3"],
    ),
    ("mcp_servers.\"b.c\"", &["url = \"http://127.0.0.1:1/mcp\"", "url = \"http://127.0.0.1:2\"\nenabled = false"]),
    ("tui", &["theme = \"t\"", "notifications = [\"a\"]"]),
    ("tools.web_search", &["context_size = \"high\"", "allowed_domains = [\"x.example\"]"]),
    ("agents", &["max_threads = 3", "max_depth = 2"]),
    ("agents.reviewer", &["description = \"d\"\nconfig_file = \"r.toml\""]),
    ("memories", &["no_memories_if_mcp_or_web_search = true", "use_memories = false"]),
    ("desktop", &["a = \"x\"", "\"b c\" = true"]),
    ("projects.\"/elsewhere\"", &["trust_level = \"trusted\""]),
    ("model_providers.mine", &["name = \"Mine\"\nbase_url = \"http://127.0.0.1:1/v1\""]),
    ("notice", &["hide_full_access_warning = true"]),
    ("skills", &["config = [{ path = \"/s/SKILL.md\", enabled = false }]"]),
    ("plugins.\"p@m\"", &["enabled = true"]),
    ("apps._default", &["enabled = false"]),
];

/// Values that make a home wrong; one home in five has one.
const WRONG: &[&str] = &[
    "model = 3",
    "approval_policy = \"sometimes\"",
    "notify = [\"a\", 3]",
    "model = \"a\"\nmodel = \"b\"",
    "history = { persistence = \"maybe\" }",
    "project_doc_max_bytes = -1",
    "features = { goals = \"yes\" }",
    "mcp_servers = { a = { enabled = true } }",
    "profile = \"p\"",
    "model_provider = \"nosuch\"",
    "model = ",
];

/// How the message of a configuration begins whose values have the right types and make no sense.
const MEANING: &str = "-32603 failed to resolve feature override precedence: ";

/// A small generator that gives the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A file with some lines of some tables.
    fn file(&mut self) -> String {
        let mut text = String::new();
        for (table, lines) in LINES {
            let is_root = table.is_empty();
            if !is_root && self.below(4) != 0 {
                continue;
            }
            if !is_root {
                let _ = write!(text, "\n[{table}]");
            }
            let mut seen = Vec::new();
            for _ in 0..if is_root { 6 } else { 1 } {
                let line = *self.pick(lines);
                let key = line.split(" = ").next();
                if !seen.contains(&key) {
                    seen.push(key);
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
        text + "\n"
    }
}

/// Writes a home, a project below its working folder, and gives the arguments to start with.
fn generate(seed: u64, home: &TestHome) -> Vec<String> {
    let mut random = Random(seed * 7919 + 17);
    let mut user = random.file();
    if random.below(5) == 0 {
        user = format!("{}\n{user}", random.pick(WRONG));
    }
    let project = home.cwd().join("project");
    let inner = project.join("inner");
    std::fs::create_dir_all(project.join(".git")).unwrap();
    // One repository in four is none: it has no HEAD.
    if random.below(4) != 0 {
        std::fs::write(project.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    }
    for folder in [&project, &inner] {
        if random.below(3) != 0 {
            let dot_codex = folder.join(".codex");
            std::fs::create_dir_all(&dot_codex).unwrap();
            std::fs::write(dot_codex.join("config.toml"), random.file()).unwrap();
        }
    }
    std::fs::create_dir_all(&inner).unwrap();
    if let Some(level) = [None, Some("trusted"), Some("trusted"), Some("untrusted")][random.below(4)] {
        let _ = write!(user, "\n[projects.\"{}\"]\ntrust_level = \"{level}\"\n", project.display());
    }
    home.write("config.toml", &user);
    let flags = ["model=flag", "features.goals=true", "mcp_servers.a.command=\"f\"", "tui.theme=x", "notify=[\"z\"]"];
    let mut arguments = Vec::new();
    for _ in 0..random.below(3) {
        arguments.extend(["-c".to_owned(), (*random.pick(&flags)).to_owned()]);
    }
    arguments
}

/// What a server says about the configuration of the inner folder, and of none.
async fn answers(binary: Option<&Path>, home: TestHome, arguments: &[String]) -> (Vec<Value>, TestHome) {
    let root = home.cwd().parent().unwrap().display().to_string();
    let inner = home.cwd().join("project/inner");
    let builder = match binary {
        Some(path) => TestServer::builder(path).arg("app-server"),
        None => server(),
    };
    let path = home.codex_home();
    let builder = arguments.iter().fold(builder, |builder, argument| builder.arg(argument));
    let mut server = builder.env("CODEX_HOME", &path).env("HOME", home.user_home()).start().await;
    let client = server.connect().await.of_any_server();
    client.initialize().await;
    let mut answers = Vec::new();
    for params in [json!({"includeLayers": true, "cwd": inner}), json!({"includeLayers": true})] {
        let answer = match client.request("config/read", params).await {
            Ok(result) => result,
            Err(error) => json!({"error": format!("{} {}", error.code, error.message)}),
        };
        answers.push(serde_json::from_str(&answer.to_string().replace(&root, "$ROOT")).unwrap());
    }
    client.ignore_rest();
    drop(client);
    server.finish().await;
    (answers, home)
}

fn by_importance<'a>(keys: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut keys: Vec<&String> = keys.collect();
    keys.sort_by_key(|key| matches!(key.as_str(), "version" | "origins"));
    keys
}

/// The first place where two values differ.
fn difference(ours: &Value, theirs: &Value, at: &str) -> Option<String> {
    match (ours, theirs) {
        // Versions and origins follow from the values: those come first.
        (Value::Object(a), Value::Object(b)) => by_importance(a.keys().chain(b.keys())).into_iter().find_map(|key| {
            let get = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or_default();
            difference(&get(a), &get(b), &format!("{at}/{key}"))
        }),
        // The reason why a project is not used is in words of our own, as is what makes no sense.
        _ if at.ends_with("/disabledReason") => None,
        (Value::String(a), Value::String(b)) if a.starts_with(MEANING) && b.starts_with(MEANING) => None,
        _ if ours == theirs => None,
        _ => match (ours.as_array(), theirs.as_array()) {
            (Some(a), Some(b)) if a.len() == b.len() => {
                let pairs = a.iter().zip(b).enumerate();
                pairs.into_iter().find_map(|(index, (a, b))| difference(a, b, &format!("{at}/{index}")))
            }
            _ => Some(format!("{at}\n  ours {ours}\n  codex {theirs}")),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn generated_homes_are_read_as_codex_reads_them() {
    let Some(binary) = std::env::var_os("CODEX_REFERENCE").map(PathBuf::from) else {
        eprintln!("skipped: CODEX_REFERENCE does not name the binary of codex 0.169.0");
        return;
    };
    let mut differences = Vec::new();
    for seed in 0..HOMES {
        let home = TestHome::new();
        let arguments = generate(seed, &home);
        let project = home.cwd().join("project");
        let files = [home.codex_home(), project.join(".codex"), project.join("inner/.codex")];
        let texts = files.map(|folder| std::fs::read_to_string(folder.join("config.toml")).unwrap_or_default());
        let (theirs, home) = answers(Some(&binary), home, &arguments).await;
        let (ours, _home) = answers(None, home, &arguments).await;
        for (ours, theirs) in ours.iter().zip(&theirs) {
            if let Some(difference) = difference(ours, theirs, "") {
                differences.push(format!("home {seed} {arguments:?}\n{difference}\n{}", texts.join("\n== ")));
                break;
            }
        }
    }
    assert!(differences.is_empty(), "{} of {HOMES} differ\n{}", differences.len(), differences.join("\n----\n"));
}
