//! `command/exec` with streams: output while it comes, input, terminals, ids.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codex_app_server_protocol::RequestId;
use codex_app_server_test_support::TestClient;
use serde_json::{Value, json};

use super::command_exec::{EXEC, script, with};
use super::server;

pub(crate) const DELTA: &str = "command/exec/outputDelta";
const WRITE: &str = "command/exec/write";
const RESIZE: &str = "command/exec/resize";
pub(crate) const TERMINATE: &str = "command/exec/terminate";

pub(crate) fn base64(text: &str) -> String {
    STANDARD.encode(text)
}

pub(crate) fn decoded(delta: &Value) -> String {
    String::from_utf8(STANDARD.decode(delta["deltaBase64"].as_str().unwrap()).unwrap()).unwrap()
}

/// Waits for standard output of a command until it holds all of these texts.
pub(crate) async fn output_with(client: &TestClient, id: &str, texts: &[&str]) -> String {
    let mut output = String::new();
    while !texts.iter().all(|text| output.contains(text)) {
        let its = |params: &Value| params["processId"] == id && params["stream"] == "stdout";
        output += &decoded(&client.note_where(DELTA, its).await);
    }
    output
}

/// Waits for standard output of a command until it holds this text.
async fn output_until(client: &TestClient, id: &str, text: &str) -> String {
    output_with(client, id, &[text]).await
}

/// Starts a command with streams in both directions.
pub(crate) async fn begin(client: &TestClient, id: &str, text: &str, more: Value) -> RequestId {
    let streams = json!({"processId": id, "streamStdin": true, "streamStdoutStderr": true, "disableTimeout": true});
    client.post(EXEC, with(script(text, streams), more)).await
}

/// Starts a command with streams in both directions and waits until it runs. It must print nothing by itself at first.
pub(crate) async fn start(client: &TestClient, id: &str, text: &str, more: Value) -> RequestId {
    let asked = begin(client, id, &format!("echo ready; {text}"), more).await;
    assert_eq!(output_until(client, id, "\n").await.trim_end(), "ready");
    asked
}

async fn write(client: &TestClient, id: &str, text: &str, close: bool) -> Value {
    client.call(WRITE, json!({"processId": id, "deltaBase64": base64(text), "closeStdin": close})).await
}

#[tokio::test]
async fn output_comes_while_the_command_runs_and_not_again() {
    let mut server = server().start().await;
    let client = server.client().await;
    let asked = start(&client, "p", "echo oops >&2; read line; echo got $line; cat >/dev/null", json!({})).await;
    let oops = client.note_where(DELTA, |params| params["stream"] == "stderr").await;
    assert_eq!((decoded(&oops).as_str(), &oops["capReached"]), ("oops\n", &json!(false)));
    assert_eq!(write(&client, "p", "hello\n", false).await, json!({}));
    assert_eq!(output_until(&client, "p", "\n").await, "got hello\n");
    assert_eq!(client.call(WRITE, json!({"processId": "p", "closeStdin": true})).await, json!({}));
    assert_eq!(client.answer(&asked).await.unwrap(), json!({"exitCode": 0, "stdout": "", "stderr": ""}));
    let error = client.call_refused(WRITE, json!({"processId": "p", "deltaBase64": ""})).await;
    assert_eq!((error.code, error.stable_code()), (-32600, Some("processNotFound")));
    assert_eq!(error.message, "no active command/exec for process id \"p\"");
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn the_delta_that_reaches_the_cap_is_the_last() {
    let mut server = server().start().await;
    let client = server.client().await;
    let streams = json!({"processId": "p", "streamStdoutStderr": true, "outputBytesCap": 5});
    let asked = client.post(EXEC, script("printf 0123456789; printf abc; printf def >&2", streams)).await;
    client.answer(&asked).await.unwrap();
    let mut stdout = Vec::new();
    for message in client.rest() {
        if message["method"] == DELTA && message["params"]["stream"] == "stdout" {
            stdout.push((decoded(&message["params"]), message["params"]["capReached"].as_bool().unwrap()));
        }
    }
    let text: String = stdout.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!((text.as_str(), stdout.iter().filter(|(_, reached)| *reached).count()), ("01234", 1));
    assert!(stdout.last().unwrap().1);
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_terminal_has_a_size_and_gets_another() {
    let mut server = server().start().await;
    let client = server.client().await;
    for policy in [json!({"type": "dangerFullAccess"}), json!({"type": "readOnly"})] {
        let terminal = json!({"tty": true, "streamStdin": false, "streamStdoutStderr": false, "sandboxPolicy": policy});
        let sized = with(terminal, json!({"size": {"rows": 5, "cols": 7}}));
        let text = "stty -echo size; tty >/dev/null && echo tty; read a; stty size; read b; exit 3";
        let asked = begin(&client, "t", text, sized).await;
        assert_eq!(output_until(&client, "t", "tty").await.replace('\r', "").trim(), "5 7\ntty", "{policy}");
        let size = json!({"processId": "t", "size": {"rows": 40, "cols": 100}});
        assert_eq!(client.call(RESIZE, size).await, json!({}));
        write(&client, "t", "\n", false).await;
        assert_eq!(output_until(&client, "t", "100").await.trim(), "40 100", "{policy}");
        write(&client, "t", "\n", false).await;
        assert_eq!(client.answer(&asked).await.unwrap(), json!({"exitCode": 3, "stdout": "", "stderr": ""}));
    }
    // Everything that was not looked at is the end of a line.
    client.rest();
    let asked = start(&client, "t", "exec sleep 1000", json!({"tty": true})).await;
    client.call(TERMINATE, json!({"processId": "t"})).await;
    assert_eq!(client.answer(&asked).await.unwrap()["exitCode"], 1);
    client.rest();
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn an_end_overtakes_a_write_that_nobody_reads() {
    let mut server = server().start().await;
    let client = server.client().await;
    let asked = start(&client, "p", "exec sleep 1000", json!({})).await;
    let much = json!({"processId": "p", "deltaBase64": base64(&"x".repeat(4_000_000))});
    let writes = [client.post(WRITE, much.clone()).await, client.post(WRITE, much).await];
    assert_eq!(client.call(TERMINATE, json!({"processId": "p"})).await, json!({}));
    assert_eq!(client.answer(&asked).await.unwrap()["exitCode"], 137);
    for write in &writes {
        let error = client.answer(write).await.unwrap_err();
        let known = ["command/exec \"p\" is no longer running", "stdin is already closed"];
        assert!(known.contains(&error.message.as_str()), "{}", error.message);
    }
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn requests_may_be_sent_before_the_command_runs() {
    let mut server = server().start().await;
    let client = server.client().await;
    let params = script("cat", json!({"processId": "p", "streamStdin": true}));
    let asked = client.post(EXEC, params).await;
    let mut writes = Vec::new();
    for (text, close) in [("a", false), ("b", false), ("c", true)] {
        let write = json!({"processId": "p", "deltaBase64": base64(text), "closeStdin": close});
        writes.push(client.post(WRITE, write).await);
    }
    for write in &writes {
        client.answer(write).await.unwrap();
    }
    assert_eq!(client.answer(&asked).await.unwrap()["stdout"], "abc");
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn what_a_command_does_not_have_is_refused() {
    let mut server = server().start().await;
    let client = server.client().await;
    let asked = start(&client, "p", "exec sleep 1000", json!({"streamStdin": false})).await;
    let size = |rows: u16| json!({"processId": "p", "size": {"rows": rows, "cols": 1}});
    for (method, params, code, message) in [
        (WRITE, json!({"processId": "p"}), -32602, "command/exec/write requires deltaBase64 or closeStdin"),
        (
            WRITE,
            json!({"processId": "p", "deltaBase64": "***"}),
            -32602,
            "invalid deltaBase64: Invalid symbol 42, offset 0.",
        ),
        (
            WRITE,
            json!({"processId": "p", "closeStdin": true}),
            -32600,
            "stdin streaming is not enabled for this command/exec",
        ),
        (RESIZE, size(0), -32602, "command/exec size rows and cols must be greater than 0"),
        (RESIZE, size(1), -32600, "failed to resize PTY: process is not attached to a PTY"),
        (EXEC, script("true", json!({"processId": "p"})), -32600, "duplicate active command/exec process id: \"p\""),
        (TERMINATE, json!({"processId": "q"}), -32600, "no active command/exec for process id \"q\""),
        // A process is something else.
        ("process/kill", json!({"processHandle": "p"}), -32600, "no active process for process handle \"p\""),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.message.as_str()), (code, message));
    }
    let duplicate = client.call_refused(EXEC, script("true", json!({"processId": "p"}))).await;
    assert_eq!(duplicate.stable_code(), Some("duplicateId"));
    client.call(TERMINATE, json!({"processId": "p"})).await;
    assert_eq!(client.answer(&asked).await.unwrap()["exitCode"], 137);
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn connections_have_their_own_commands() {
    let mut server = server().start_websocket().await;
    let (one, two) = (server.client().await, server.client().await);
    let first = start(&one, "p", "cat", json!({})).await;
    let second = start(&two, "p", "cat", json!({})).await;
    // A write of one that nobody reads holds the other one up in nothing.
    let stuck = start(&one, "stuck", "exec sleep 1000", json!({})).await;
    let much = json!({"processId": "stuck", "deltaBase64": base64(&"x".repeat(4_000_000))});
    let writing = one.post(WRITE, much).await;
    let other = start(&two, "stuck", "cat", json!({})).await;
    write(&two, "stuck", "two\n", true).await;
    assert_eq!(output_until(&two, "stuck", "\n").await, "two\n");
    write(&two, "p", "of two", true).await;
    assert_eq!(output_until(&two, "p", "two").await, "of two");
    for asked in [&second, &other] {
        assert_eq!(two.answer(asked).await.unwrap()["exitCode"], 0);
    }
    write(&one, "p", "of one", true).await;
    assert_eq!(output_until(&one, "p", "one").await, "of one");
    one.answer(&first).await.unwrap();
    one.call(TERMINATE, json!({"processId": "stuck"})).await;
    one.answer(&stuck).await.unwrap();
    one.answer(&writing).await.unwrap_err();
    for client in [one, two] {
        let _ = client.finish().await;
    }
    server.finish().await;
}
