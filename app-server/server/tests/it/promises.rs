//! What the sandbox promises, tried by commands of a turn: nobody is asked, so nothing can be talked out of it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::stage::{Stage, items, patch};
use super::{methods, saying, server};

/// A thread that never asks and is under this policy since its first turn.
async fn confined(policy: Value) -> Stage {
    let stage = Stage::new(json!({"approvalPolicy": "never", "sandbox": "read-only"})).await;
    stage.model.say("Ready");
    let mut turn = saying(&stage.thread, "From now on");
    turn["sandboxPolicy"] = policy;
    stage.client.call("turn/start", turn).await;
    stage.client.until("turn/completed").await;
    stage
}

/// The folder for temporary files is not writable: everything of a test lies in it.
fn workspace_write() -> Value {
    json!({"type": "workspaceWrite", "writableRoots": [], "networkAccess": false,
        "excludeTmpdirEnvVar": true, "excludeSlashTmp": true})
}

/// A folder that is none of the thread's.
fn outside(stage: &Stage) -> PathBuf {
    stage.server.home().user_home()
}

/// Runs a command line and tells how it ended; `None`, with a message, where this machine has no sandbox.
async fn run(stage: &Stage, line: &str) -> Option<(i64, String)> {
    ended(&stage.run(line).await)
}

/// How a command ended, from what the model was told of it; as [`run`].
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn ended(told: &str) -> Option<(i64, String)> {
    if ["this host cannot keep the rules of the sandbox", "commands cannot be confined on this system"]
        .iter()
        .any(|lack| told.contains(lack))
    {
        eprintln!("skipped: {told}");
        return None;
    }
    let code = told.lines().find_map(|line| line.strip_prefix("Process exited with code "));
    let code = code.unwrap_or_else(|| panic!("it did not run: {told}")).parse().unwrap();
    let (_, output) = told.split_once("\nOutput:\n").unwrap();
    Some((code, output.to_owned()))
}

fn exists(path: &Path, name: &str) -> bool {
    path.join(name).exists()
}

#[tokio::test]
async fn read_only_lets_nothing_be_written() {
    let stage = confined(json!({"type": "readOnly", "networkAccess": false})).await;
    fs::write(stage.cwd().join("notes"), "as it was").unwrap();
    let line = format!(
        "cat notes && echo; touch new; echo x > notes; touch {}/new; touch /tmp/new",
        outside(&stage).display()
    );
    if let Some((code, output)) = run(&stage, &line).await {
        assert_eq!((code, output.matches("Read-only file system").count()), (1, 4), "{output}");
        assert!(output.starts_with("as it was\n"), "{output}");
        assert!(!exists(&stage.cwd(), "new") && !exists(&outside(&stage), "new"));
        assert_eq!(fs::read_to_string(stage.cwd().join("notes")).unwrap(), "as it was");
    }
    stage.finish().await;
}

#[tokio::test]
async fn workspace_write_lets_the_workspace_be_written_and_nothing_else() {
    let stage = confined(workspace_write()).await;
    fs::create_dir(stage.cwd().join(".git")).unwrap();
    let outside = outside(&stage);
    std::os::unix::fs::symlink(&outside, stage.cwd().join("link")).unwrap();
    let line =
        format!("mkdir made && echo x > made/file; touch {}/new; touch link/new; touch .git/new", outside.display());
    if let Some((code, output)) = run(&stage, &line).await {
        assert_eq!((code, output.matches("Read-only file system").count()), (1, 3), "{output}");
        assert_eq!(fs::read_to_string(stage.cwd().join("made/file")).unwrap(), "x\n");
        assert!(!exists(&outside, "new") && !exists(&stage.cwd(), ".git/new"));
    }
    stage.finish().await;
}

#[tokio::test]
async fn the_network_is_closed_unless_it_is_open() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let line = format!("exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected");
    for policy in [json!({"type": "readOnly", "networkAccess": false}), workspace_write()] {
        let stage = confined(policy).await;
        if let Some((code, output)) = run(&stage, &line).await {
            assert!(code != 0 && !output.contains("connected"), "{output}");
            assert!(listener.accept().is_err(), "somebody connected");
        }
        stage.finish().await;
    }
    let stage = confined(json!({"type": "readOnly", "networkAccess": true})).await;
    if let Some(ended) = run(&stage, &line).await {
        assert_eq!(ended, (0, "connected\n".to_owned()));
        assert!(listener.accept().is_ok());
    }
    stage.finish().await;
}

#[tokio::test]
async fn full_access_is_full_access() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let stage = confined(json!({"type": "dangerFullAccess"})).await;
    let outside = outside(&stage);
    let line = format!("touch {}/new && exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected", outside.display());
    assert_eq!(run(&stage, &line).await, Some((0, "connected\n".to_owned())));
    assert!(exists(&outside, "new"));
    stage.finish().await;
}

#[tokio::test]
async fn patches_are_held_to_the_same_rules() {
    let stage = confined(workspace_write()).await;
    let outside = outside(&stage).join("new");
    for path in [outside.to_str().unwrap(), ".git/new", "link/new"] {
        let told = stage.run(&patch(&format!("*** Add File: {path}\n+x"))).await;
        // A link to the outside that is made later is as good as one that was there.
        if path == ".git/new" {
            std::os::unix::fs::symlink(outside.parent().unwrap(), stage.cwd().join("link")).unwrap();
        }
        let rejected = "patch rejected: writing outside of the project; rejected by user approval settings";
        assert_eq!(told, rejected, "{path}");
    }
    assert!(!outside.exists() && !exists(&stage.cwd(), ".git"));
    stage.finish().await;
}

#[tokio::test]
async fn what_the_user_allowed_runs_free_when_the_sandbox_stops_it() {
    let stage = Stage::new(json!({"approvalPolicy": "untrusted", "sandbox": "read-only"})).await;
    stage.script("call_1", "touch made && echo made it");
    stage.client.start_turn(&stage.thread, "Go").await;
    let ask = stage.client.asked("item/commandExecution/requestApproval").await;
    stage.client.reply(&ask, json!({"decision": "accept"})).await;
    let messages = stage.client.until("turn/completed").await;
    if let Some(ended) = ended(&stage.told("call_1")) {
        assert_eq!(ended, (0, "made it\n".to_owned()));
        assert!(exists(&stage.cwd(), "made"));
        let items = items(&messages, "item/completed", "commandExecution");
        assert_eq!((items.len(), &items[0]["status"]), (1, &json!("completed")));
        assert!(!methods(&messages).contains(&"item/commandExecution/requestApproval"), "asked twice");
    }
    stage.finish().await;
}

/// A thread under a permission profile of the configuration.
async fn with_profile(tail: &str) -> Stage {
    let model = ModelEndpoint::start().await;
    let builder = server().model_with(&model, "", tail);
    Stage::on(model, builder, json!({"approvalPolicy": "never", "permissions": "guarded"})).await
}

#[tokio::test]
async fn a_profile_keeps_a_path_from_being_read() {
    let stage = with_profile(
        "[permissions.guarded]\nextends = \":workspace\"\n\
         [permissions.guarded.filesystem]\n\"~/secret\" = \"deny\"\n\":slash_tmp\" = \"read\"\n",
    )
    .await;
    let secret = outside(&stage).join("secret");
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("key"), "hidden").unwrap();
    fs::write(outside(&stage).join("open"), "shown").unwrap();
    let line = "echo x > made; cat ~/open && echo; cat ~/secret/key; ls ~/secret; touch ~/secret/new; touch ~/new; \
                echo $CODEX_PERMISSION_PROFILE";
    if let Some((code, output)) = run(&stage, line).await {
        assert_eq!(code, 0, "{output}");
        assert!(output.starts_with("shown\n") && output.ends_with("guarded\n"), "{output}");
        assert!(!output.contains("hidden") && !output.lines().any(|line| line == "key"), "{output}");
        assert_eq!(fs::read_to_string(stage.cwd().join("made")).unwrap(), "x\n");
        assert!(!secret.join("new").exists() && !exists(&outside(&stage), "new"));
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_profile_that_cannot_be_kept_lets_nothing_run() {
    let stage = with_profile(
        "[permissions.guarded]\nextends = \":workspace\"\n[permissions.guarded.filesystem]\n\"/**/key\" = \"deny\"\n",
    )
    .await;
    let told = stage.run("touch made").await;
    for part in ["exec_command failed: ", "permission profile `guarded`", "`/**/key`", "patterns are not supported"] {
        assert!(told.contains(part), "{told}");
    }
    let told = stage.run(&patch("*** Add File: made\n+x")).await;
    assert!(told.starts_with("patch rejected: ") && told.contains("`/**/key`"), "{told}");
    assert!(!exists(&stage.cwd(), "made"));
    stage.finish().await;
}
