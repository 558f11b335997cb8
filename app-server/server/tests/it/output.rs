//! Output of a command that is more than anybody wants to keep.

use codex_app_server_test_support::{DEADLINE, ModelEndpoint};
use serde_json::json;

use super::processes::{peak_memory, until};
use super::raw::{INITIALIZE, Raw};
use super::server;
use super::stage::{exec, told};

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
