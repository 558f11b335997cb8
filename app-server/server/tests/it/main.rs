//! The server as its clients meet it: the real binary, over stdio, websocket and unix socket.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod account;
mod agent;
mod approvals;
mod archive;
mod arg0;
mod bounded;
mod children;
mod cloud;
mod command_ends;
mod command_exec;
mod command_streams;
mod commands;
mod config;
mod config_command;
mod config_crash;
mod cut_connections;
mod doctor_command;
mod dynamic_tools;
mod embed;
mod envelope;
mod extensions;
mod external_agent;
mod handshake;
mod history;
mod kept;
mod launch;
mod lifecycle;
mod limits;
mod models;
mod observe;
mod one_response;
mod oss_command;
mod output;
mod process_spawn;
mod processes;
mod promises;
mod raw;
mod reconnect;
mod reference;
mod reference_threads;
mod requirements;
mod sandbox_command;
mod schema_command;
mod stage;
mod status;
mod test_client_command;
mod threads_command;
#[cfg(unix)]
mod try_at_work;
mod try_command;
mod turns;
#[cfg(unix)]
mod unix_socket;
mod websocket;
mod windows_sandbox;
mod ws_auth;

use codex_app_server_test_support::{ServerBuilder, TestClient, TestServer};
use serde_json::{Value, json};

/// The server under test, with a fresh home.
fn server() -> ServerBuilder {
    TestServer::builder(env!("CARGO_BIN_EXE_codex-app-server"))
}

/// A thread that does not exist.
const GHOST: &str = "01a1fc94-0000-7000-8000-000000000001";

/// A client that may use what is experimental, and hears nothing of remote control.
async fn connected(server: &mut TestServer) -> TestClient {
    let client = server.connect().await;
    let unwanted = ["remoteControl/status/changed"];
    client.initialize_with(json!({"experimentalApi": true, "optOutNotificationMethods": unwanted})).await;
    client
}

/// The params of a `turn/start` or `turn/steer` that says this.
fn saying(thread: &str, text: &str) -> Value {
    json!({"threadId": thread, "input": [{"type": "text", "text": text}]})
}

/// The methods of these messages, in order; answers have none.
fn methods(messages: &[Value]) -> Vec<&str> {
    messages.iter().filter_map(|message| message["method"].as_str()).collect()
}
