//! `command/exec` that answers at its end: what comes back, what it may touch, which variables it gets, what is refused.

use codex_app_server_test_support::TestClient;
use serde_json::{Value, json};

use super::server;

pub(crate) const EXEC: &str = "command/exec";

/// Without a sandbox.
pub(crate) fn free() -> Value {
    json!({"type": "dangerFullAccess"})
}

/// Params that run this script of the shell without a sandbox, with more params.
pub(crate) fn script(text: &str, more: Value) -> Value {
    with(json!({"command": ["sh", "-c", text], "sandboxPolicy": free()}), more)
}

pub(crate) fn with(mut params: Value, more: Value) -> Value {
    let more = more.as_object().cloned().unwrap_or_default();
    params.as_object_mut().unwrap().extend(more);
    params
}

async fn run(client: &TestClient, params: Value) -> (i64, String, String) {
    let answer = client.call(EXEC, params).await;
    let text = |field: &str| answer[field].as_str().unwrap().to_owned();
    (answer["exitCode"].as_i64().unwrap(), text("stdout"), text("stderr"))
}

fn said(code: i64, stdout: &str, stderr: &str) -> (i64, String, String) {
    (code, stdout.to_owned(), stderr.to_owned())
}

#[tokio::test]
async fn the_answer_has_the_exit_code_and_both_outputs() {
    let mut server = server().start().await;
    let client = server.client().await;
    let got = run(&client, script("echo out; echo err >&2; exit 4", json!({}))).await;
    assert_eq!(got, said(4, "out\n", "err\n"));
    // No input.
    assert_eq!(run(&client, script("cat; echo end", json!({}))).await, said(0, "end\n", ""));
    assert_eq!(run(&client, script("kill -9 $$", json!({}))).await, said(137, "", ""));
    for (cap, stdout) in [(4, "0123"), (0, ""), (10, "0123456789")] {
        let got = run(&client, script("printf 0123456789; printf abc >&2", json!({"outputBytesCap": cap}))).await;
        assert_eq!((got.0, got.1.as_str()), (0, stdout));
        assert_eq!(got.2.len(), 3.min(cap));
    }
    let much = script("head -c 1500000 /dev/zero | tr '\\0' x", json!({}));
    assert_eq!(run(&client, much.clone()).await.1.len(), 1_048_576);
    assert_eq!(run(&client, with(much, json!({"disableOutputCap": true}))).await.1.len(), 1_500_000);
    let got = run(&client, script("echo begun; exec sleep 1000", json!({"timeoutMs": 300}))).await;
    assert_eq!(got, said(124, "begun\n", ""));
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn relative_folders_are_relative_to_the_server() {
    let mut server = server().start().await;
    let client = server.client().await;
    let cwd = server.home().cwd();
    std::fs::create_dir(cwd.join("below")).unwrap();
    for (given, folder) in [
        (Value::Null, cwd.clone()),
        (json!(""), cwd.clone()),
        (json!("below"), cwd.join("below")),
        (json!("/"), "/".into()),
    ] {
        let got = run(&client, script("pwd", json!({"cwd": given}))).await;
        assert_eq!(got, said(0, &format!("{}\n", folder.display()), ""));
    }
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn variables_are_those_that_the_configuration_lets_through_and_the_client_changes() {
    let config = "[shell_environment_policy]\nexclude = [\"HIDDEN*\"]\nset = { ADDED = \"1\" }\n";
    let mut server = server().file("config.toml", config).env("HIDDEN_ONE", "x").env("SHOWN", "y").start().await;
    let client = server.client().await;
    let show = |more: Value| script("echo ${HIDDEN_ONE-no} ${SHOWN-no} ${ADDED-no} ${NEW-no}", more);
    assert_eq!(run(&client, show(json!({}))).await.1, "no y 1 no\n");
    let changes = json!({"SHOWN": null, "NEW": "n", "HIDDEN_ONE": "back", "ADDED": null});
    assert_eq!(run(&client, show(json!({ "env": changes }))).await.1, "back no no n\n");
    let marks = "echo ${CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS-no} ${CODEX_SANDBOX_NETWORK_DISABLED-no}";
    assert_eq!(run(&client, script(marks, json!({}))).await.1, "1 no\n");
    for (policy, network) in [
        (json!({"type": "readOnly"}), "1"),
        (json!({"type": "readOnly", "networkAccess": true}), "no"),
        (json!({"type": "externalSandbox", "networkAccess": "restricted"}), "1"),
    ] {
        let got = run(&client, script(marks, json!({ "sandboxPolicy": policy }))).await;
        assert_eq!(got.1, format!("1 {network}\n"), "{policy}");
    }
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn what_it_may_touch_is_asked_for_or_configured() {
    let home = codex_app_server_test_support::TestHome::new();
    // Beside the server's folder, which no rule makes writable but for the whole of /tmp.
    let outside = home.user_home();
    let config = "sandbox_mode = \"workspace-write\"\n[sandbox_workspace_write]\nexclude_slash_tmp = true\n";
    let mut server = server().home(home).file("config.toml", config).start().await;
    let client = server.client().await;
    let tries = format!(
        "try() {{ ( : > \"$2\" ) 2>/dev/null && echo $1; }}; try in a; try out {}/a; \
         mkdir .git 2>/dev/null; try git .git/a; exit 0",
        outside.display()
    );
    let attempt = |more: Value| with(json!({"command": ["sh", "-c", tries]}), more);
    let workspace = json!({"type": "workspaceWrite", "excludeSlashTmp": true});
    let wide = json!({"type": "workspaceWrite", "excludeSlashTmp": true, "writableRoots": [outside]});
    for (more, touched) in [
        (json!({}), "in\n"),
        (json!({ "sandboxPolicy": workspace }), "in\n"),
        (json!({ "sandboxPolicy": wide }), "in\nout\n"),
        (json!({"sandboxPolicy": {"type": "readOnly"}}), ""),
        (json!({"permissionProfile": ":read-only"}), ""),
        (json!({"permissionProfile": ":danger-full-access"}), "in\nout\ngit\n"),
        (json!({"sandboxPolicy": free()}), "in\nout\ngit\n"),
    ] {
        let got = run(&client, attempt(more.clone())).await;
        assert_eq!(got, said(0, touched, ""), "{more}");
    }
    // The workspace of a policy is the server's folder, that of a profile the command's.
    let elsewhere = json!({"command": ["sh", "-c", ": > here && echo yes"], "cwd": outside});
    assert_eq!(run(&client, with(elsewhere.clone(), json!({ "sandboxPolicy": workspace }))).await.1, "");
    assert_eq!(run(&client, with(elsewhere, json!({"permissionProfile": ":workspace"}))).await.1, "yes\n");
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn the_network_is_closed_unless_it_is_asked_for() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut server = server().start().await;
    let client = server.client().await;
    let connect = format!("(: > /dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo connected; exit 0");
    for (policy, output) in [
        (json!({"type": "readOnly"}), ""),
        (json!({"type": "workspaceWrite"}), ""),
        (json!({"type": "readOnly", "networkAccess": true}), "connected\n"),
        (free(), "connected\n"),
    ] {
        let params = json!({"command": ["bash", "-c", connect], "sandboxPolicy": policy});
        assert_eq!(run(&client, params).await, said(0, output, ""), "{policy}");
    }
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn what_cannot_be_run_is_refused_in_the_words_that_clients_know() {
    let mut server = server().start().await;
    let client = server.client().await;
    let of = |command: &[&str], more: Value| with(json!({"command": command, "sandboxPolicy": free()}), more);
    let one = |more: Value| of(&["true"], more);
    std::fs::write(server.home().cwd().join("plain"), "").unwrap();
    let size = json!({"rows": 0, "cols": 1});
    for (params, code, kind, message) in [
        (of(&[], json!({})), -32600, "invalidRequest", "command must not be empty"),
        (
            of(&["no-such-program-here"], json!({})),
            -32603,
            "spawnFailed",
            "failed to spawn command: No such file or directory (os error 2)",
        ),
        (
            of(&["./plain"], json!({})),
            -32603,
            "spawnFailed",
            "failed to spawn command: Permission denied (os error 13)",
        ),
        (one(json!({"cwd": "plain"})), -32603, "spawnFailed", "failed to spawn command: Not a directory (os error 20)"),
        (
            one(json!({"timeoutMs": 1, "disableTimeout": true})),
            -32602,
            "invalidParams",
            "command/exec cannot set both timeoutMs and disableTimeout",
        ),
        (
            one(json!({"outputBytesCap": 1, "disableOutputCap": true})),
            -32602,
            "invalidParams",
            "command/exec cannot set both outputBytesCap and disableOutputCap",
        ),
        (one(json!({"timeoutMs": -5})), -32602, "invalidParams", "command/exec timeoutMs must be non-negative, got -5"),
        (one(json!({ "size": size })), -32602, "invalidParams", "command/exec size requires tty: true"),
        (
            one(json!({"size": size, "tty": true, "processId": "p"})),
            -32602,
            "invalidParams",
            "command/exec size rows and cols must be greater than 0",
        ),
        (
            one(json!({"tty": true})),
            -32600,
            "invalidRequest",
            "command/exec tty or streaming requires a client-supplied processId",
        ),
        (
            one(json!({"permissionProfile": ":read-only"})),
            -32600,
            "invalidRequest",
            "`permissionProfile` cannot be combined with `sandboxPolicy`",
        ),
        (
            json!({"command": ["true"], "permissionProfile": ":nope"}),
            -32600,
            "invalidRequest",
            "invalid permission profile: default_permissions refers to unknown built-in profile `:nope`",
        ),
        (
            json!({"command": ["true"], "permissionProfile": "nope"}),
            -32600,
            "invalidRequest",
            "invalid permission profile: default_permissions requires a `[permissions]` table",
        ),
    ] {
        let error = client.call_refused(EXEC, params.clone()).await;
        let got = (error.code, error.stable_code().unwrap(), error.message.as_str());
        assert_eq!(got, (code, kind, message), "{params}");
    }
    // In a sandbox the program is looked for there.
    let inside = json!({"command": ["no-such-program-here"], "sandboxPolicy": {"type": "readOnly"}});
    let (code, _, stderr) = run(&client, inside).await;
    assert!(code == 127 && stderr.contains("cannot run no-such-program-here"), "{code}: {stderr}");
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_broken_configuration_runs_nothing_in_a_sandbox() {
    let mut server = server().file("config.toml", "model = [").start().await;
    let client = server.client().await;
    let error = client.call_refused(EXEC, script("true", json!({}))).await;
    assert!(error.message.starts_with("failed to load configuration: "), "{}", error.message);
    assert!(error.message.contains("config.toml:1:10"), "{}", error.message);
    let _ = client.finish().await;
    server.finish().await;
}
