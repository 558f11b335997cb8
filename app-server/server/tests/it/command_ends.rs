//! Commands of clients end with their connection and with the server, whatever they started, and leave nothing behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use codex_app_server_test_support::{DEADLINE, TestClient, TestServer};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;

use super::command_exec::{EXEC, free, script};
use super::command_streams::{DELTA, TERMINATE, begin, decoded, output_with, start};
use super::raw::{INITIALIZE, Raw};
use super::server;

/// A pipe with a name: as long as any process has it open for writing, its reader sees no end.
struct Witness {
    path: PathBuf,
    reader: pipe::Receiver,
    /// Keeps the end away until the command has opened it too.
    _held: fs::File,
}

impl Witness {
    fn new(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let held = fs::File::options().read(true).write(true).open(&path).unwrap();
        let reader = pipe::OpenOptions::new().open_receiver(&path).unwrap();
        Self { path, reader, _held: held }
    }

    /// A script that holds the witness in itself, in a child, and in a child of another session that ignores what it can.
    fn script(&self) -> String {
        format!(
            "exec 3> '{}'; sleep 1000 & setsid sh -c 'trap \"\" HUP INT TERM; echo away; exec sleep 1000' & \
             echo here; wait",
            self.path.display()
        )
    }

    /// Waits until nobody holds it any more.
    async fn all_gone(self) {
        let Self { mut reader, _held: held, .. } = self;
        drop(held);
        let end = tokio::time::timeout(DEADLINE, reader.read(&mut [0; 16])).await;
        assert_eq!(end.expect("something runs on").unwrap(), 0);
    }
}

/// Starts the script in a sandbox or without one, and waits until all of its processes are there.
async fn start_family(client: &TestClient, id: &str, witness: &Witness, policy: &Value) {
    begin(client, id, &witness.script(), json!({ "sandboxPolicy": policy })).await;
    output_with(client, id, &["here", "away"]).await;
}

fn policies() -> [Value; 2] {
    [free(), json!({"type": "workspaceWrite"})]
}

/// The processes that a process has started and not reaped, with their state.
fn children(of: u32) -> Vec<(String, char)> {
    let tasks = fs::read_dir(format!("/proc/{of}/task")).unwrap().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let ids: Vec<String> =
        lists.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    let state = |id: String| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let state = stat.rsplit_once(')')?.1.trim().chars().next()?;
        Some((id, state))
    };
    ids.into_iter().filter_map(state).collect()
}

/// Waits until the server has no children any more, dead or alive. A zombie makes no event, so it is looked for.
async fn no_children(server: &TestServer) {
    let since = Instant::now();
    loop {
        let left = children(server.id());
        if left.is_empty() {
            return;
        }
        assert!(since.elapsed() < DEADLINE, "the server has left {left:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn the_end_of_a_connection_kills_all_that_it_started_and_nothing_else() {
    let mut server = server().start_websocket().await;
    let folder = server.home().cwd();
    let stays = server.client().await;
    let kept = start(&stays, "p", "read line", json!({})).await;
    for (number, policy) in policies().iter().enumerate() {
        let leaves = server.client().await;
        let exec = Witness::new(&folder, &format!("exec-{number}"));
        start_family(&leaves, "p", &exec, policy).await;
        let spawned = Witness::new(&folder, &format!("spawned-{number}"));
        let process = json!({
            "processHandle": "h", "command": ["sh", "-c", spawned.script()], "cwd": "/",
            "streamStdoutStderr": true, "timeoutMs": null
        });
        leaves.call("process/spawn", process).await;
        let mut output = String::new();
        while !(output.contains("here") && output.contains("away")) {
            output += &decoded(&leaves.note("process/outputDelta").await);
        }
        leaves.ignore_rest();
        drop(leaves);
        exec.all_gone().await;
        spawned.all_gone().await;
    }
    let write = json!({"processId": "p", "closeStdin": true});
    assert_eq!(stays.call("command/exec/write", write).await, json!({}));
    assert_eq!(stays.answer(&kept).await.unwrap()["exitCode"], 1);
    no_children(&server).await;
    let _ = stays.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_command_ends_with_all_that_it_started() {
    let mut server = server().start().await;
    let client = server.client().await;
    let folder = server.home().cwd();
    for (number, policy) in policies().iter().enumerate() {
        let witness = Witness::new(&folder, &format!("terminated-{number}"));
        start_family(&client, "p", &witness, policy).await;
        client.call(TERMINATE, json!({"processId": "p"})).await;
        witness.all_gone().await;

        let witness = Witness::new(&folder, &format!("timed-out-{number}"));
        let limited = script(&witness.script(), json!({"sandboxPolicy": policy, "timeoutMs": 1500}));
        assert_eq!(client.call(EXEC, limited).await["exitCode"], 124);
        witness.all_gone().await;

        let witness = Witness::new(&folder, &format!("exited-{number}"));
        let text = witness.script().replace("; wait", "; exit 3");
        let left = client.call(EXEC, script(&text, json!({ "sandboxPolicy": policy }))).await;
        assert_eq!(left["exitCode"], 3);
        witness.all_gone().await;
    }
    no_children(&server).await;
    client.rest();
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn no_orphans() {
    for signal in ["KILL", "TERM"] {
        let mut server = server().start().await;
        let folder = server.home().cwd();
        let client = server.client().await;
        let mut witnesses = Vec::new();
        for (number, policy) in policies().iter().enumerate() {
            let witness = Witness::new(&folder, &format!("witness-{number}"));
            start_family(&client, &format!("p{number}"), &witness, policy).await;
            witnesses.push(witness);
        }
        server.signal(signal);
        let status = server.wait().await;
        assert_eq!(status.success(), signal == "TERM", "{status}");
        for witness in witnesses {
            witness.all_gone().await;
        }
        client.ignore_rest();
    }
}

#[tokio::test]
async fn the_end_of_the_input_lets_a_short_command_answer_and_kills_a_long_one() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    let ask = |id: i64, text: &str| json!({"id": id, "method": EXEC, "params": script(text, json!({}))}).to_string();
    raw.send(ask(1, "echo done")).await;
    raw.close_input();
    assert_eq!(raw.answer().await["result"]["stdout"], "done\n");
    assert_eq!(raw.wait().await.code(), Some(0));

    let mut raw = Raw::spawn(builder.command());
    let witness = Witness::new(&builder_folder(&builder), "long");
    raw.send(INITIALIZE).await;
    raw.answer().await;
    let streams = json!({"processId": "p", "streamStdoutStderr": true, "disableTimeout": true});
    let long = json!({"id": 1, "method": EXEC, "params": script(&witness.script(), streams)});
    raw.send(long.to_string()).await;
    raw.note(DELTA).await;
    assert_eq!(raw.end().await.code(), Some(0));
    witness.all_gone().await;
}

/// The working folder of a server not yet started.
fn builder_folder(builder: &codex_app_server_test_support::ServerBuilder) -> PathBuf {
    builder.command().as_std().get_current_dir().unwrap().to_owned()
}

/// Waits until a process writes nothing any more because nobody takes it: it is there, and its count of bytes stands still.
pub(super) async fn held_up(process: &str) {
    let written = || {
        let io = fs::read_to_string(format!("/proc/{process}/io")).expect("the process was not held up");
        io.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap().to_owned()
    };
    let (mut last, mut still, since) = (written(), 0, Instant::now());
    while still < 40 {
        assert!(since.elapsed() < DEADLINE, "the process goes on and on");
        tokio::time::sleep(Duration::from_millis(5)).await;
        let now = written();
        still = if now == last { still + 1 } else { 0 };
        last = now;
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_holds_its_command_up_and_loses_nothing() {
    const LENGTH: usize = 8_000_000;
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    let streams =
        json!({"processId": "p", "streamStdoutStderr": true, "disableOutputCap": true, "disableTimeout": true});
    let text = format!("echo $$ >&2; exec head -c {LENGTH} /dev/zero");
    let ask = json!({"id": 1, "method": EXEC, "params": script(&text, streams)});
    raw.send(ask.to_string()).await;
    let mut length = 0;
    loop {
        let message = raw.receive().await.unwrap();
        let params = &message["params"];
        if params["stream"] == "stderr" {
            held_up(decoded(params).trim()).await;
        } else if message["method"] == DELTA {
            length += decoded(params).len();
        } else if message["id"] == 1 {
            assert_eq!(message["result"]["exitCode"], 0);
            break;
        }
    }
    assert_eq!(length, LENGTH);
    assert!(raw.end().await.success());
}
