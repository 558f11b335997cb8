//! Many clients at once over websockets, and how the server ends.

use std::process::Stdio;

use codex_app_server_client::{Connection, Incoming, MessageReceiver, MessageSender, websocket};
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply, TestServer, model::events};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::raw::{INITIALIZE, run, subscribed};
use super::{methods, saying, server};

pub(super) fn address(server: &TestServer) -> String {
    server.url().unwrap().strip_prefix("ws://").unwrap().to_owned()
}

/// Sends an HTTP request and returns the answer: all of it, or its head when it is an upgrade.
pub(super) async fn http(server: &TestServer, path: &str, headers: &str) -> String {
    http_raw(server, &format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", address(server))).await
}

/// As [`http`], for a request as it stands.
pub(super) async fn http_raw(server: &TestServer, request: &str) -> String {
    let mut stream = TcpStream::connect(address(server)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = async {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..count]);
            if answer.starts_with(b"HTTP/1.1 101 ") && answer.windows(4).any(|end| end == b"\r\n\r\n") {
                break;
            }
        }
    };
    timeout(DEADLINE, read).await.expect("an answer in time");
    String::from_utf8(answer).unwrap()
}

pub(super) const UPGRADE: &str = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// Waits until the server listens no more: it has taken the signal.
async fn stopped_listening(address: &str) {
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, refused).await.expect("the listener ends");
}

#[tokio::test]
async fn the_address_is_told_and_health_is_answered() {
    let server = server().start_websocket().await;
    assert!(server.stderr().lines().any(|line| line == format!("listening on: {}", server.url().unwrap())));
    for path in ["/readyz", "/healthz"] {
        let answer = http(&server, path, "").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
    }
    let answer = http(&server, "/", UPGRADE).await;
    assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");
    server.finish().await;
}

#[tokio::test]
async fn what_a_browser_sends_is_refused() {
    let server = server().start_websocket().await;
    for path in ["/", "/readyz", "/healthz"] {
        for headers in ["", UPGRADE] {
            let answer = http(&server, path, &format!("Origin: http://example.org\r\n{headers}")).await;
            assert!(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{path}: {answer}");
        }
    }
    server.finish().await;
}

#[tokio::test]
async fn a_name_that_a_page_made_point_here_is_refused() {
    let server = server().start_websocket().await;
    for (host, status) in [
        ("Host: rebound.example\r\n", "403 Forbidden"),
        ("Host: rebound.example:4222\r\n", "403 Forbidden"),
        ("Host: localhost:4222\r\n", "101 "),
        ("Host: [::1]:4222\r\n", "101 "),
        ("", "101 "),
    ] {
        let answer = http_raw(&server, &format!("GET /rpc HTTP/1.1\r\n{host}{UPGRADE}\r\n")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
        assert_eq!(answer.ends_with("must be an IP address or `localhost`"), status.starts_with("403"), "{answer}");
    }
    server.finish().await;
}

#[tokio::test]
async fn bytes_that_are_no_http_end_only_their_own_connection() {
    let mut server = server().start_websocket().await;
    let mut stream = TcpStream::connect(address(&server)).await.unwrap();
    stream.write_all(b"\x16\x03\x01\x00\xff garbage\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    // Whether it is closed or reset is the same.
    let _ = timeout(DEADLINE, stream.read_to_end(&mut rest)).await.expect("the server closes it");
    let silent = TcpStream::connect(address(&server)).await.unwrap();
    let client = server.client().await;
    client.call("thread/loaded/list", json!({})).await;
    client.ignore_rest();
    drop((client, silent));
    server.finish().await;
}

#[tokio::test]
async fn connections_know_nothing_of_each_other() {
    let model = ModelEndpoint::start().await;
    model.say("Only for one");
    let mut server = server().model(&model).start_websocket().await;
    let (one, other) = (server.client().await, server.connect().await);
    assert_eq!(other.call_refused("thread/loaded/list", json!({})).await.message, "Not initialized");
    other.initialize_with(json!({})).await;
    let refused = other.call_refused("mock/experimentalMethod", json!({})).await;
    assert_eq!(refused.message, "mock/experimentalMethod requires experimentalApi capability");
    one.call("mock/experimentalMethod", json!({})).await;
    let thread = one.start_thread(json!({})).await;
    one.run_turn(&thread, "Hi").await;
    assert_eq!(other.call("thread/loaded/list", json!({})).await["data"], json!([thread]));
    let told = other.rest();
    let turns: Vec<_> =
        methods(&told).into_iter().filter(|name| name.starts_with("turn/") || name.starts_with("item/")).collect();
    assert_eq!(turns, [""; 0]);
    assert!(methods(&told).contains(&"thread/started"), "a new thread is told to all");
    let _ = (one.finish().await, other.finish().await);
    server.finish().await;
}

#[tokio::test]
async fn a_second_subscriber_gets_what_the_first_one_gets() {
    let model = ModelEndpoint::start().await;
    model.say("Before");
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("For both of you"));
    let mut server = server().model(&model).start_websocket().await;
    let (one, other) = (server.client().await, server.client().await);
    let thread = one.start_thread(json!({})).await;
    one.run_turn(&thread, "Hi").await;
    one.start_turn(&thread, "again").await;
    gate.reached().await;
    let resumed = other.call("thread/resume", json!({"threadId": thread})).await;
    let turns = resumed["thread"]["turns"].as_array().unwrap();
    assert_eq!(turns.iter().map(|turn| &turn["status"]).collect::<Vec<_>>(), ["completed", "inProgress"]);
    other.note("thread/goal/cleared").await;
    let _ = (one.rest(), other.rest());
    gate.open();
    let (first, second) = (one.until("turn/completed").await, other.until("turn/completed").await);
    let bodies = |messages: Vec<Value>| -> Vec<Value> {
        messages.into_iter().filter(|message| message["method"] != "thread/goal/cleared").collect()
    };
    assert_eq!(bodies(first), bodies(second));
    let status = other.call("thread/unsubscribe", json!({"threadId": thread})).await;
    assert_eq!(status, json!({"status": "unsubscribed"}));
    let status = other.call("thread/unsubscribe", json!({"threadId": thread})).await;
    assert_eq!(status, json!({"status": "notSubscribed"}));
    let _ = (one.finish().await, other.finish().await);
    server.finish().await;
}

#[tokio::test]
async fn a_turn_goes_on_when_its_client_vanishes() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("Nobody there"));
    let mut server = server().model(&model).start_websocket().await;
    let (gone, other) = (server.client().await, server.client().await);
    let thread = gone.start_thread(json!({})).await;
    gone.start_turn(&thread, "Hi").await;
    gate.reached().await;
    gone.ignore_rest();
    drop(gone);
    let resumed = other.call("thread/resume", json!({"threadId": thread})).await;
    assert_eq!(resumed["thread"]["turns"][0]["status"], "inProgress");
    gate.open();
    let completed = other.note("turn/completed").await;
    assert_eq!(completed["turn"]["items"][0]["text"], "Nobody there");
    other.snapshot();
    let _ = other.finish().await;
    server.finish().await;
}

/// The deltas of the big turn below: far more than the sockets between two processes hold.
const BIG_DELTAS: usize = 48;
const BIG_BYTES: usize = 1 << 19;

#[tokio::test]
async fn slow_is_local() {
    let model = ModelEndpoint::start().await;
    model.say("Small");
    let delta = "x".repeat(BIG_BYTES);
    let (added, text) = (events::message_opened("msg_1"), events::text_delta("msg_1", &delta));
    let gates: Vec<Gate> = (0..BIG_DELTAS).map(|_| Gate::new()).collect();
    let reply = gates.iter().fold(Reply::turn().event(&added), |reply, gate| reply.gate(gate).event(&text));
    model.push(reply);
    let limits = "[limits]\noutbound_soft_bytes = 262144\noutbound_hard_bytes = 2097152\n";
    let mut server = server().model(&model).file("app-server.toml", limits).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Only threads with a turn are resumed").await;

    let (_sender, mut stuck) = subscribed(websocket::connect(server.url().unwrap()).await.unwrap(), &thread).await;

    client.start_turn(&thread, "Hi").await;
    for gate in &gates {
        gate.open();
        client.note("item/agentMessage/delta").await;
    }
    let completed = client.note("turn/completed").await;
    assert_eq!(completed["turn"]["status"], "completed", "{}", completed["turn"]["error"]);
    client.ignore_rest();

    let mut last = String::new();
    let drained = async {
        while let Some(Ok(incoming)) = stuck.receive().await {
            last = match incoming {
                Incoming::Line(line) => line,
                Incoming::Event(event) => event.line().to_owned(),
            };
        }
    };
    timeout(DEADLINE, drained).await.expect("the server has ended the connection");
    assert!(!last.contains("turn/completed"), "it was cut off before the end of the turn");
    client.call("thread/loaded/list", json!({})).await;
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn a_listener_for_everybody_is_refused() {
    for listen in ["ws://0.0.0.0:0", "ws://[::]:0"] {
        let builder = server().arg("--listen").arg(listen);
        let output = run(builder.command()).await;
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        let address = listen.strip_prefix("ws://").unwrap();
        let expected =
            format!("Error: refusing to start non-loopback websocket listener {address} without auth; configure");
        assert!(stderr.starts_with(&expected), "{stderr}");
        assert_eq!(output.stdout, b"");
    }
}

#[tokio::test]
async fn an_address_that_is_none_or_taken_is_refused() {
    let held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = format!("ws://{}", held.local_addr().unwrap());
    for (listen, status) in [("nonsense", 2), ("ws://localhost:0", 2), ("ftp://127.0.0.1:1", 2), (taken.as_str(), 1)] {
        let builder = server().arg("--listen").arg(listen);
        let output = run(builder.command()).await;
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{listen}: {stderr}");
        assert!(stderr.contains(listen.trim_start_matches("ws://")), "{listen}: {stderr}");
        assert_eq!(stderr.contains("; expected `"), status == 2, "{stderr}");
    }
}

#[tokio::test]
async fn nowhere_is_no_place_to_listen() {
    let builder = server().arg("--listen").arg("off");
    let output = run(builder.command()).await;
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, "Error: no transport configured; use --listen or enable remote control\n");
}

#[tokio::test]
async fn sigterm_lets_a_running_turn_finish() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("To the end"));
    let mut server = server().model(&model).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    gate.reached().await;
    server.signal("TERM");
    stopped_listening(&address(&server)).await;
    gate.open();
    let completed = client.note("turn/completed").await;
    assert_eq!(completed["turn"]["items"][0]["text"], "To the end");
    client.ended().await;
    client.ignore_rest();
    assert_eq!(server.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_draining_server_takes_nothing_new() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("To the end"));
    let mut server = server().model(&model).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    let idle = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    gate.reached().await;
    server.signal("TERM");
    stopped_listening(&address(&server)).await;
    // The listener ends just before everything else hears of it.
    let mut refused = client.request("thread/name/set", json!({"threadId": idle, "name": "x"})).await.err();
    while refused.is_none() {
        refused = client.request("thread/start", json!({})).await.err();
    }
    let refused = refused.unwrap();
    assert_eq!((refused.code, refused.data.unwrap()["code"].clone()), (-32001, json!("shuttingDown")));
    assert_eq!(client.call_refused("turn/start", saying(&idle, "x")).await.code, -32001);
    assert_eq!(client.call_refused("command/exec", json!({"command": ["true"]})).await.code, -32001);
    gate.open();
    client.note("turn/completed").await;
    client.ended().await;
    client.ignore_rest();
    assert_eq!(server.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_second_sigterm_ends_at_once() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().events(&events::message("msg_1", &["Never ", "ends"])).hang());
    let mut server = server().model(&model).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    client.note("item/agentMessage/delta").await;
    client.ignore_rest();
    server.signal("TERM");
    stopped_listening(&address(&server)).await;
    server.signal("TERM");
    assert_eq!(server.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_drain_ends_at_its_limit() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().hang());
    let settings = "[limits]\nshutdown_drain_s = 0\n";
    let mut server = server().model(&model).file("app-server.toml", settings).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    client.start_turn(&thread, "Hi").await;
    model.wait_requests(1).await;
    server.signal("TERM");
    assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted");
    client.ended().await;
    client.ignore_rest();
    assert_eq!(server.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_listening_server_does_not_care_about_its_standard_input() {
    let builder = server().arg("--listen").arg("ws://127.0.0.1:0");
    let mut command = builder.command();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(child.stderr.take().unwrap()));
    let url = loop {
        let line = timeout(DEADLINE, lines.next_line()).await.expect("a line in time").unwrap().unwrap();
        if let Some(url) = line.strip_prefix("listening on: ") {
            break url.to_owned();
        }
    };
    let (mut sender, mut receiver) = websocket::connect(&url).await.unwrap().split();
    sender.send(INITIALIZE.to_owned()).await.unwrap();
    sender.flush().await.unwrap();
    assert!(timeout(DEADLINE, receiver.receive()).await.expect("an answer in time").is_some());
    super::raw::terminate(child.id().unwrap());
    let output = timeout(DEADLINE, child.wait_with_output()).await.expect("it ends").unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}
