//! `process/*`: processes without a sandbox, told of by notifications.

use codex_app_server_test_support::TestClient;
use serde_json::{Value, json};

use super::command_exec::with;
use super::command_streams::{base64, decoded};
use super::server;

const SPAWN: &str = "process/spawn";
const DELTA: &str = "process/outputDelta";
const EXITED: &str = "process/exited";
const WRITE: &str = "process/writeStdin";
const RESIZE: &str = "process/resizePty";
const KILL: &str = "process/kill";

fn process(handle: &str, text: &str, more: Value) -> Value {
    with(json!({"processHandle": handle, "command": ["sh", "-c", text], "cwd": "/"}), more)
}

async fn exited(client: &TestClient, handle: &str) -> Value {
    client.note_where(EXITED, |params| params["processHandle"] == handle).await
}

/// Waits for output until it holds this text.
async fn output_until(client: &TestClient, text: &str) -> String {
    let mut output = String::new();
    while !output.contains(text) {
        output += &decoded(&client.note(DELTA).await);
    }
    output
}

#[tokio::test]
async fn the_exit_tells_what_was_kept() {
    let config = "[shell_environment_policy]\nexclude = [\"SHOWN\"]\nset = { ADDED = \"1\" }\n";
    let mut server = server().file("config.toml", config).env("SHOWN", "y").start().await;
    let client = server.client().await;
    // The policy for commands of the model does not count here.
    let text = "pwd; echo ${SHOWN-no} ${ADDED-no} ${NEW-no}; echo err >&2; exit 5";
    let answer = client.call(SPAWN, process("h", text, json!({"env": {"NEW": "n"}, "outputBytesCap": 6}))).await;
    assert_eq!(answer, json!({}));
    let expected = json!({
        "processHandle": "h", "exitCode": 5, "outputDrainTimedOut": false,
        "stdout": "/\ny no", "stdoutCapReached": true, "stderr": "err\n", "stderrCapReached": false
    });
    assert_eq!(exited(&client, "h").await, expected);
    // The handle is free again.
    client.call(SPAWN, process("h", "exec sleep 1000", json!({"timeoutMs": 100}))).await;
    assert_eq!(exited(&client, "h").await["exitCode"], 124);
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn streams_go_both_ways_and_a_kill_ends_it() {
    let mut server = server().start().await;
    let client = server.client().await;
    let streams = json!({"streamStdin": true, "streamStdoutStderr": true, "timeoutMs": null, "outputBytesCap": null});
    client.call(SPAWN, process("h", "read line; echo got $line; cat; exec sleep 1000", streams)).await;
    client.call(WRITE, json!({"processHandle": "h", "deltaBase64": base64("hello\nrest"), "closeStdin": true})).await;
    assert_eq!(output_until(&client, "rest").await, "got hello\nrest");
    assert_eq!(client.call(KILL, json!({"processHandle": "h"})).await, json!({}));
    let end = exited(&client, "h").await;
    assert_eq!((&end["exitCode"], &end["stdout"]), (&json!(137), &json!("")));

    client.call(SPAWN, process("t", "stty -echo size; read a; stty size; read a", json!({"tty": true}))).await;
    assert_eq!(output_until(&client, "\n").await.trim(), "24 80");
    let size = json!({"processHandle": "t", "size": {"rows": 9, "cols": 11}});
    assert_eq!(client.call(RESIZE, size).await, json!({}));
    client.call(WRITE, json!({"processHandle": "t", "deltaBase64": base64("\n")})).await;
    assert_eq!(output_until(&client, "11").await.trim(), "9 11");
    client.call(KILL, json!({"processHandle": "t"})).await;
    assert_eq!(exited(&client, "t").await["exitCode"], 1);
    client.rest();
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_the_words_that_clients_know() {
    let mut server = server().start().await;
    let client = server.client().await;
    client.call(SPAWN, process("h", "exec sleep 1000", json!({"timeoutMs": null}))).await;
    let program = |name: &str| json!({"processHandle": "x", "command": [name], "cwd": "/"});
    let size = |rows: u16| json!({"processHandle": "h", "size": {"rows": rows, "cols": 1}});
    for (method, params, code, message) in [
        (SPAWN, process("h", "true", json!({})), -32600, "duplicate active process handle: \"h\""),
        (SPAWN, process("", "true", json!({})), -32600, "processHandle must not be empty"),
        (SPAWN, process("x", "", json!({"command": []})), -32600, "command must not be empty"),
        (SPAWN, program("no-such-program"), -32603, "failed to spawn process: No such file or directory (os error 2)"),
        (
            SPAWN,
            process("x", "true", json!({"cwd": "/nonexistent"})),
            -32603,
            "failed to spawn process: No such file or directory (os error 2)",
        ),
        (
            SPAWN,
            process("x", "true", json!({"cwd": "relative"})),
            -32600,
            "Invalid request: AbsolutePathBuf deserialized without a base path",
        ),
        (
            SPAWN,
            process("x", "true", json!({"timeoutMs": -3})),
            -32602,
            "process/spawn timeoutMs must be non-negative, got -3",
        ),
        (
            SPAWN,
            process("x", "true", json!({"size": {"rows": 1, "cols": 1}})),
            -32602,
            "process/spawn size requires tty: true",
        ),
        (WRITE, json!({"processHandle": "h"}), -32602, "process/writeStdin requires deltaBase64 or closeStdin"),
        (
            WRITE,
            json!({"processHandle": "h", "closeStdin": true}),
            -32600,
            "stdin streaming is not enabled for this process",
        ),
        (
            WRITE,
            json!({"processHandle": "h", "deltaBase64": "x"}),
            -32602,
            "invalid deltaBase64: Invalid input length: 1",
        ),
        (RESIZE, size(0), -32602, "process size rows and cols must be greater than 0"),
        (RESIZE, size(1), -32600, "failed to resize PTY: process is not attached to a PTY"),
        (KILL, json!({"processHandle": "q"}), -32600, "no active process for process handle \"q\""),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.message.as_str()), (code, message));
    }
    client.call(KILL, json!({"processHandle": "h"})).await;
    assert_eq!(exited(&client, "h").await["exitCode"], 137);
    let _ = client.finish().await;
    server.finish().await;
}
