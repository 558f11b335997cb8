//! `apply_patch` by name: the program behind the name, and where commands find it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use codex_app_server_test_support::{TestClient, TestServer};
use serde_json::json;

use super::command_exec::{EXEC, script};
use super::server;

const PATCH: &str = "*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch\n";

fn run(program: &Path, folder: &Path, arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_link_and_a_copy_of_that_name_are_the_tool() {
    let folder = tempfile::tempdir().unwrap();
    let binary = env!("CARGO_BIN_EXE_codex-app-server");
    let (link, copy) = (folder.path().join("link/apply_patch"), folder.path().join("copy/apply_patch"));
    for name in [&link, &copy] {
        fs::create_dir(name.parent().unwrap()).unwrap();
    }
    std::os::unix::fs::symlink(binary, &link).unwrap();
    fs::hard_link(binary, &copy).or_else(|_| fs::copy(binary, &copy).map(drop)).unwrap();
    for program in [&link, &copy] {
        let work = tempfile::tempdir().unwrap();
        let output = run(program, work.path(), &[PATCH], "");
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "Success. Updated the following files:\nA new.txt\n");
        assert_eq!(fs::read_to_string(work.path().join("new.txt")).unwrap(), "hello\n");
        let output = run(program, work.path(), &[], &PATCH.replace("new.txt", "other.txt"));
        assert!(output.status.success() && work.path().join("other.txt").exists(), "{output:?}");
        for (arguments, code) in [(&["--help"][..], 1), (&["a", "b"][..], 2), (&[][..], 2)] {
            let output = run(program, work.path(), arguments, "");
            assert_eq!(output.status.code(), Some(code), "{output:?}");
            assert!(!output.stderr.is_empty());
        }
    }
}

/// Runs a script and returns what it printed.
async fn printed(client: &TestClient, text: &str, policy: serde_json::Value) -> String {
    let answer = client.call(EXEC, script(text, json!({ "sandboxPolicy": policy }))).await;
    assert_eq!(answer["exitCode"], 0, "{answer}");
    answer["stdout"].as_str().unwrap().trim_end().to_owned()
}

fn tools(server: &TestServer) -> PathBuf {
    server.home().codex_home().join("tmp/app-server-arg0")
}

#[tokio::test]
async fn every_command_finds_it_first() {
    let mut server = server().start().await;
    let client = server.client().await;
    assert!(!tools(&server).exists(), "made when the first command is started");
    let patch = |name: &str| format!("apply_patch <<'EOF'\n{}EOF", PATCH.replace("new.txt", name));
    for (name, policy) in
        [("free.txt", json!({"type": "dangerFullAccess"})), ("in.txt", json!({"type": "workspaceWrite"}))]
    {
        let output = printed(&client, &patch(name), policy).await;
        assert!(output.ends_with(&format!("A {name}")), "{output}");
        assert!(server.home().cwd().join(name).exists());
    }
    let found = printed(&client, "command -v apply_patch", json!({"type": "readOnly"})).await;
    assert!(Path::new(&found).starts_with(tools(&server)), "{found}");
    let path = printed(&client, "echo $PATH", json!({"type": "dangerFullAccess"})).await;
    assert_eq!(std::env::split_paths(OsStr::new(&path)).next().as_deref(), Path::new(&found).parent());
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn no_confined_command_changes_what_stands_first_in_the_path() {
    let mut server = server().start().await;
    let client = server.client().await;
    let root = server.home().codex_home();
    let tools = printed(&client, "dirname $(command -v apply_patch)", json!({"type": "readOnly"})).await;
    let policy = json!({"type": "workspaceWrite", "writableRoots": [root]});
    let tries = format!(
        "cd {tools}; : > {}/may-write; for try in 'ln -sf /bin/true apply_patch' 'rm apply_patch' ': > git' \
         'mv {tools} {tools}.away' 'mv {0}/tmp {0}/away'; do (eval \"$try\") 2>/dev/null && echo \"$try\"; done; exit 0",
        root.display()
    );
    assert_eq!(printed(&client, &tries, policy).await, "");
    assert!(root.join("may-write").exists());
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn servers_share_it_and_a_home_that_cannot_be_written_has_none() {
    let mut first = server().start().await;
    let client = first.client().await;
    let found = printed(&client, "command -v apply_patch", json!({"type": "dangerFullAccess"})).await;
    let dead = tools(&first).join("dead");
    fs::create_dir(&dead).unwrap();
    std::os::unix::fs::symlink("/nonexistent/program", dead.join("apply_patch")).unwrap();
    // A second server with the same home, while the first one runs.
    let mut second = server().env("CODEX_HOME", first.home().codex_home()).start().await;
    let other = second.client().await;
    assert_eq!(printed(&other, "command -v apply_patch", json!({"type": "dangerFullAccess"})).await, found);
    assert!(!dead.exists() && Path::new(&found).exists());
    for (client, server) in [(client, first), (other, second)] {
        let _ = client.finish().await;
        server.finish().await;
    }

    let mut closed = server().file("tmp", "not a folder").env("RUST_LOG", "warn").start().await;
    let client = closed.client().await;
    assert_eq!(printed(&client, "command -v apply_patch || echo none", json!({"type": "readOnly"})).await, "none");
    let _ = client.finish().await;
    assert!(closed.stderr().contains("commands will not find apply_patch"), "{}", closed.stderr());
    closed.finish().await;
}
