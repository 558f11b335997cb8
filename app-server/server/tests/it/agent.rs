//! A small real job on a copy of a part of this repository: the model searches, reads, patches three files and runs the
//! tests, and clients see every step.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codex_app_server_test_support::model::ModelRequest;
use codex_app_server_test_support::{ModelEndpoint, Reply};
use serde_json::{Value, json};

use super::server;
use super::stage::{Stage, exec, exec_with, items, patch, told};

/// The crates that the job is about, below the root of the repository.
const PART: &str = "utils";

/// What the job searches for: every crate has one such line.
const SEARCHED: &str = "#![forbid(unsafe_code)]";

fn git(cwd: &Path, args: &[&str]) -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
    let mut command = Command::new("git");
    command.args(identity).args(args).current_dir(cwd).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Copies the files of a folder and of those below it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Makes the folder a checkout with one commit.
fn check_out(cwd: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    copy(&root.join(PART), cwd);
    git(cwd, &["init", "-q"]);
    git(cwd, &["add", "-A"]);
    git(cwd, &["commit", "-q", "-m", "As it was"]);
}

/// The compiler beside the cargo that built this test: a user's own would look for its settings in his home.
fn compiler() -> PathBuf {
    Path::new(env!("CARGO")).with_file_name("rustc")
}

/// The output that the model was told of a call.
fn output(request: &ModelRequest, call: &str) -> String {
    let told = told(request, call);
    let (head, output) = told.split_once("\nOutput:\n").unwrap_or_else(|| panic!("no output: {told}"));
    assert!(head.contains("\nProcess exited with code 0\n"), "{told}");
    output.to_owned()
}

/// The part of a patch that changes one of the files that were found: at its very beginning, and further down.
fn change(request: &ModelRequest, number: usize) -> String {
    let found = output(request, "search");
    let file = found.lines().nth(number - 1).unwrap().trim_start_matches("./");
    let read = output(request, &format!("read_{number}"));
    let first = read.lines().next().unwrap();
    assert!(read.lines().any(|line| line == SEARCHED), "{read}");
    format!("*** Update File: {file}\n@@\n-{first}\n+{first} Really.\n@@\n-{SEARCHED}\n+{SEARCHED}\n+// Looked at.")
}

/// What `git diff --full-index` says, without what the diff of a turn leaves out: modes and the names of functions.
fn diff(cwd: &Path) -> String {
    let text = git(cwd, &["diff", "--full-index", "--no-color"]);
    let lines = text.lines().map(|line| match line.strip_prefix("@@ ").and_then(|rest| rest.split_once(" @@")) {
        Some((place, _)) => format!("@@ {place} @@\n"),
        None if line.starts_with("index ") => format!("{}\n", line.trim_end_matches(" 100644")),
        None => format!("{line}\n"),
    });
    lines.collect()
}

#[tokio::test]
async fn a_job_on_a_real_checkout_is_seen_step_by_step() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let params = json!({"approvalPolicy": "on-request", "sandbox": "workspace-write"});
    let stage = Stage::on(model, builder, params).await;
    let cwd = stage.cwd();
    check_out(&cwd);

    let model = &stage.model;
    model.push(exec("search", &format!("grep -rlF '{SEARCHED}' --include=lib.rs . | sort | head -n 3")));
    // What it does next, it takes from what it was told: the first lines of what was found.
    model.push(Reply::computed(|request| {
        let found = output(request, "search");
        (1..).zip(found.lines()).fold(Reply::turn(), |reply, (number, file)| {
            let line = format!("sed -n '1,40p' {file}");
            reply.call(&format!("read_{number}"), "exec_command", &json!({"cmd": line}))
        })
    }));
    // Two files in one patch, then the third: calls of one answer would run side by side.
    for (call, files) in [("patch_1", 1..3), ("patch_2", 3..4)] {
        model.push(Reply::computed(move |request| {
            let changes: Vec<String> = files.clone().map(|number| change(request, number)).collect();
            exec(call, &patch(&changes.join("\n")))
        }));
    }
    model.push(Reply::computed(|request| {
        let found = output(request, "search");
        let file = found.lines().next().unwrap();
        let compiler = compiler();
        let line = format!("{} --edition 2024 --test {file} -o tests && ./tests -q", compiler.display());
        exec_with("test", json!({"cmd": line, "yield_time_ms": 30_000}))
    }));
    // The repository itself is closed: this is asked about.
    let branch = json!({"cmd": "git branch looked-at", "sandbox_permissions": "require_escalated",
        "justification": "Mark the work?"});
    model.push(exec_with("branch", branch));
    model.say("All three are looked at");

    stage.client.start_turn(&stage.thread, "Look at three crates").await;
    let ask = stage.client.asked("item/commandExecution/requestApproval").await;
    assert_eq!((&ask.params["itemId"], &ask.params["reason"]), (&json!("branch"), &json!("Mark the work?")));
    stage.client.reply(&ask, json!({"decision": "accept"})).await;
    let messages = stage.client.until("turn/completed").await;
    let turn = &messages.last().unwrap()["params"]["turn"];
    assert_eq!(turn["status"], "completed", "{turn}");
    let last = stage.model.requests();
    assert!(output(last.last().unwrap(), "test").contains("test result: ok. "));

    let steps = |method: &str, kind: &str| -> Vec<String> {
        items(&messages, method, kind).iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    // Those who read run side by side.
    let commands = ["branch", "read_1", "read_2", "read_3", "search", "test"];
    for method in ["item/started", "item/completed"] {
        assert_eq!(sorted(steps(method, "commandExecution")), commands);
        assert_eq!(steps(method, "fileChange"), ["patch_1", "patch_2"]);
    }
    for kind in ["commandExecution", "fileChange"] {
        for item in items(&messages, "item/completed", kind) {
            assert_eq!(item["status"], "completed", "{item}");
        }
    }
    let changes: usize = items(&messages, "item/completed", "fileChange")
        .iter()
        .map(|item| item["changes"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(changes, 3);
    let actions: Vec<&Value> = items(&messages, "item/completed", "commandExecution")
        .iter()
        .filter(|item| item["id"] == "search" || item["id"] == "read_1")
        .map(|item| &item["commandActions"][0]["type"])
        .collect();
    assert_eq!(actions, ["search", "read"]);

    let diffs: Vec<&Value> = messages.iter().filter(|message| message["method"] == "turn/diff/updated").collect();
    let last = diffs.last().unwrap()["params"]["diff"].as_str().unwrap();
    assert_eq!(last, diff(&cwd));
    assert_eq!(last.matches("diff --git ").count(), 3);
    assert!(git(&cwd, &["branch"]).contains("looked-at"));
    stage.finish().await;
}
