//! The limits of `app-server.toml` that guard a listener: each one has an end that is told.

use codex_app_server_client::websocket;
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply, TestServer, model::events};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::raw::subscribed;
use super::server;
use super::websocket::{UPGRADE, address, http, http_raw};

/// A server with this in its `[limits]`.
async fn limited(limits: &str) -> TestServer {
    server().file("app-server.toml", &format!("[limits]\n{limits}\n")).start_websocket().await
}

#[tokio::test]
async fn one_connection_too_many_is_told_before_the_upgrade() {
    let mut server = limited("max_connections = 1").await;
    let client = server.client().await;
    let answer = http(&server, "/", UPGRADE).await;
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
    assert!(answer.ends_with("This server takes 1 connections at a time, and has them"), "{answer}");
    assert!(http(&server, "/readyz", "").await.starts_with("HTTP/1.1 200 "));
    client.call("thread/loaded/list", json!({})).await;
    client.ignore_rest();
    let _ = client.finish().await;
    let url = server.url().unwrap().to_owned();
    let free = async {
        while websocket::connect(&url).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, free).await.expect("its place is free again");
    server.finish().await;
}

#[tokio::test]
async fn a_handshake_has_its_time() {
    let server = limited("handshake_timeout_s = 0.1").await;
    let answer = http_raw(&server, "GET / HTTP/1.1\r\nHost: ").await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    server.finish().await;
}

#[cfg(unix)]
#[tokio::test]
async fn requests_in_flight_are_counted_per_connection() {
    let mut server = limited("requests_in_flight = 1").await;
    let (client, other) = (server.client().await, server.client().await);
    let running = client.post("command/exec", json!({"command": ["cat"], "processId": "p", "streamStdin": true})).await;
    let refused = client.call_refused("thread/loaded/list", json!({})).await;
    assert_eq!((refused.code, &*refused.message), (-32001, "Server overloaded; retry later."));
    other.call("thread/loaded/list", json!({})).await;
    let stopped = client.call_refused("command/exec/terminate", json!({"processId": "p"})).await;
    assert_eq!(stopped.code, -32001, "there is no way around it");
    client.ignore_rest();
    drop((client, running));
    let _ = other.finish().await;
    server.finish().await;
}

/// The next frame of the server, a short one: its first byte and what it carries.
async fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let read = async {
        let mut head = [0; 2];
        stream.read_exact(&mut head).await.unwrap();
        let mut payload = vec![0; usize::from(head[1])];
        stream.read_exact(&mut payload).await.unwrap();
        (head[0], payload)
    };
    timeout(DEADLINE, read).await.expect("a frame in time")
}

#[tokio::test]
async fn a_peer_that_answers_no_ping_is_closed() {
    let server = limited("ping_interval_s = 0.2").await;
    let mut stream = TcpStream::connect(address(&server)).await.unwrap();
    stream.write_all(format!("GET / HTTP/1.1\r\n{UPGRADE}\r\n").as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(DEADLINE, stream.read_u8()).await.expect("an answer in time").unwrap());
    }
    assert_eq!(frame(&mut stream).await, (0x89, Vec::new()), "a ping");
    let (kind, payload) = frame(&mut stream).await;
    assert_eq!((kind, &payload[..2]), (0x88, &1011_u16.to_be_bytes()[..]));
    assert_eq!(&payload[2..], b"no answer to a ping within 200ms");
    let mut rest = Vec::new();
    timeout(DEADLINE, stream.read_to_end(&mut rest)).await.expect("the end in time").unwrap();
    assert_eq!(rest, b"");
    server.finish().await;
}

/// More than the sockets between two processes hold, and less than the bound in bytes.
const DELTAS: usize = 80;
const DELTA_BYTES: usize = 1 << 17;

#[tokio::test]
async fn what_waits_for_too_long_ends_a_connection_that_reads_nothing() {
    let model = ModelEndpoint::start().await;
    model.say("Small");
    let gate = Gate::new();
    let text = events::text_delta("msg_1", &"x".repeat(DELTA_BYTES));
    let reply = Reply::turn().event(&events::message_opened("msg_1")).gate(&gate);
    model.push((0..DELTAS).fold(reply, |reply, _| reply.event(&text)));
    let limits = "[limits]\noutbound_hard_bytes = 67108864\noutbound_max_age_s = 0.2\n";
    let builder = server().model(&model).file("app-server.toml", limits);
    let mut server = builder.env("RUST_LOG", "codex_app_server_transport=debug").start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Only threads with a turn are resumed").await;

    let (sender, stuck) = subscribed(websocket::connect(server.url().unwrap()).await.unwrap(), &thread).await;
    client.start_turn(&thread, "Hi").await;
    gate.open();
    let completed = client.note("turn/completed").await;
    assert_eq!(completed["turn"]["status"], "completed", "{}", completed["turn"]["error"]);
    client.ignore_rest();
    let told = async {
        while !server.stderr().contains("too slow: nothing was taken for 200ms while ") {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, told).await.expect("it is given up");
    client.call("thread/loaded/list", json!({})).await;
    drop((client, sender, stuck));
    server.finish().await;
}
