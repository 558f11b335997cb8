//! More output than anybody wants to keep, or takes: of a command, and of the model for a client on stdio that does not read.

use codex_app_server_test_support::{DEADLINE, ModelEndpoint, Reply, ServerBuilder};
use serde_json::json;

use super::command_ends::held_up;
use super::processes::{peak_memory, until};
use super::raw::{INITIALIZE, Raw, terminate};
use super::stage::{exec, told};
use super::{saying, server};

/// Bytes that the command prints.
const PRINTED: usize = 100_000_000;

/// By how much the memory that the server has in use may grow meanwhile, in KiB: far less than what is printed, and enough for
/// what waits for a slow client.
const GROWTH: u64 = 48 << 10;

/// Bytes that a connection holds for a client which does not read, as configured.
const HELD: usize = 4 << 20;

/// Bytes that are under way before and behind that: in pipes, and in the pieces of the command's output that wait for their turn.
const UNDER_WAY: usize = 2 << 20;

/// Runs a turn with such a command. A patient client reads on only when the command has ended. How many bytes it was told of
/// while it ran.
async fn flood(is_patient: bool) -> usize {
    let model = ModelEndpoint::start().await;
    model.push(exec("call_1", &format!("head -c {PRINTED} /dev/zero | tr '\\0' x; touch printed")));
    model.say("Done");
    let limits = format!("[limits]\noutbound_hard_bytes = {HELD}\n");
    let builder = server().model(&model).file("app-server.toml", &limits);
    let mut server = Raw::spawn(builder.command());
    server.send(INITIALIZE).await;
    server.answer().await;
    server.send(json!({"id": 1, "method": "thread/start", "params": {}}).to_string()).await;
    let started = server.answer().await;
    let (thread, cwd) = (&started["result"]["thread"]["id"], started["result"]["cwd"].as_str().unwrap());
    let printed = std::path::Path::new(cwd).join("printed");
    let before = peak_memory(server.id());
    let turn = json!({"threadId": thread, "input": [{"type": "text", "text": "Go"}]});
    server.send(json!({"id": 2, "method": "turn/start", "params": turn}).to_string()).await;
    if is_patient {
        assert!(until(DEADLINE, || printed.exists()).await, "the command waits for its reader");
    }
    let mut streamed = 0;
    let item = loop {
        let message = server.receive().await.expect("the end of the turn");
        let params = &message["params"];
        match message["method"].as_str() {
            Some("item/commandExecution/outputDelta") => streamed += params["delta"].as_str().unwrap().len(),
            Some("item/completed") if params["item"]["type"] == "commandExecution" => break params["item"].clone(),
            _ => {}
        }
    };
    assert_eq!((&item["status"], &item["exitCode"]), (&json!("completed"), &json!(0)));
    let kept = item["aggregatedOutput"].as_str().unwrap();
    assert!(kept.len() < 1_100_000 && kept.contains(" bytes omitted "), "{} bytes kept", kept.len());
    server.note("turn/completed").await;
    let grown = peak_memory(server.id()) - before;
    assert!(grown < GROWTH, "{grown} KiB more in use than {before}");
    let told = told(model.requests().last().unwrap(), "call_1");
    assert!(told.len() < 50_000 && told.contains("Original token count: "), "{} bytes told", told.len());
    assert_eq!(server.end().await.code(), Some(0));
    streamed
}

#[tokio::test]
async fn a_flood_of_output_ends_and_is_not_kept() {
    assert!(flood(false).await <= PRINTED);
}

#[tokio::test]
async fn a_flood_of_output_does_not_wait_for_its_reader() {
    let streamed = flood(true).await;
    assert!(streamed <= HELD + UNDER_WAY, "{streamed} bytes waited");
}

/// Deltas of a long answer of the model: far more than what waits for a client.
const DELTAS: usize = 200;
const DELTA_BYTES: usize = 1 << 17;

/// A client on stdio that has begun a turn with a long answer and reads nothing more, so that the server is held up; and how
/// many KiB more the server has in use since.
async fn held_up_by_its_client() -> (ModelEndpoint, ServerBuilder, Raw, u64) {
    let model = ModelEndpoint::start().await;
    let delta = "x".repeat(DELTA_BYTES);
    model.push(Reply::turn().message_of("msg_1", &[&*delta; DELTAS]));
    let limits = format!("[limits]\noutbound_hard_bytes = {HELD}\n");
    let builder = server().model(&model).file("app-server.toml", &limits);
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(r#"{"id":1,"method":"thread/start","params":{}}"#).await;
    let thread = raw.answer().await["result"]["thread"]["id"].as_str().unwrap().to_owned();
    let before = peak_memory(raw.id());
    raw.send(json!({"id": 2, "method": "turn/start", "params": saying(&thread, "Go")}).to_string()).await;
    raw.note("item/agentMessage/delta").await;
    held_up(&raw.id().to_string()).await;
    let grown = peak_memory(raw.id()) - before;
    (model, builder, raw, grown)
}

#[tokio::test]
async fn a_client_on_stdio_that_reads_late_is_waited_for_and_told_all() {
    let (_model, _builder, mut raw, grown) = held_up_by_its_client().await;
    let (mut length, mut whole) = (DELTA_BYTES, 0);
    loop {
        let message = raw.receive().await.expect("the end of the turn");
        match message["method"].as_str() {
            Some("item/agentMessage/delta") => length += message["params"]["delta"].as_str().unwrap().len(),
            Some("item/completed") => whole += message["params"]["item"]["text"].as_str().map_or(0, str::len),
            Some("turn/completed") => break,
            _ => {}
        }
    }
    assert_eq!((length, whole), (DELTAS * DELTA_BYTES, DELTAS * DELTA_BYTES));
    assert!(grown < (DELTAS * DELTA_BYTES) as u64 >> 10, "{grown} KiB more in use: it was not waited for");
    assert_eq!(raw.end().await.code(), Some(0));
}

#[tokio::test]
async fn a_client_on_stdio_that_reads_nothing_does_not_hold_up_the_end() {
    for by_signal in [true, false] {
        let (_model, _builder, mut raw, _) = held_up_by_its_client().await;
        if by_signal {
            terminate(raw.id());
        } else {
            raw.close_input();
        }
        assert_eq!(raw.wait().await.code(), Some(0));
    }
}
