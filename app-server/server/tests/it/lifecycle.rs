//! The lives of connections, threads, questions and the server itself, side by side over real sockets.

use std::fs::File;

#[cfg(unix)]
use codex_app_server_client::unix;
#[cfg(unix)]
use codex_app_server_client::{Connection, MessageSender, websocket};
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply, TestClient, TestServer};
use serde_json::{Value, json};
use tokio::time::timeout;

#[cfg(unix)]
use super::command_ends::held_up;
#[cfg(unix)]
use super::raw::subscribed;
use super::stage::exec;
use super::websocket::http;
use super::{methods, saying, server};

const APPROVAL: &str = "item/commandExecution/requestApproval";
/// Threads leave memory as soon as nobody listens.
const AT_ONCE: &str = "thread_unload_delay_secs = 0\n";

/// A client that listens to a thread; what it was told so far counts as looked at.
async fn listener(server: &mut TestServer, thread: &str) -> TestClient {
    let client = server.client().await;
    client.call("thread/resume", json!({"threadId": thread})).await;
    client.note("thread/goal/cleared").await;
    client.rest();
    client
}

/// Waits until the server has so many connections.
async fn connections(server: &TestServer, count: usize) {
    let line = format!("app_server_connections_open{{transport=\"websocket\"}} {count}\n");
    let seen = async { while !http(server, "/metrics", "").await.contains(&line) {} };
    timeout(DEADLINE, seen).await.expect("the server notices the end of a connection");
}

#[tokio::test]
async fn what_waits_for_its_turn_is_not_begun_when_its_connection_has_ended() {
    let metrics = "[metrics]\nenabled = true\n";
    let mut server = server().file("app-server.toml", metrics).start_websocket().await;
    let (gone, stays) = (server.client().await, server.client().await);
    // Another process writes to the configuration and holds all others up.
    let home = File::open(server.home().codex_home()).unwrap();
    home.lock().unwrap();
    let write = |value: &str| json!({"keyPath": "model", "value": value, "mergeStrategy": "replace"});
    gone.post("config/value/write", write("begun")).await;
    gone.post("config/value/write", write("waits")).await;
    // Answered out of their order, so both of them have been read.
    gone.call("thread/loaded/list", json!({})).await;
    gone.ignore_rest();
    drop(gone);
    let line = "app_server_requests_queued 0\n";
    let seen = async { while !http(&server, "/metrics", "").await.contains(line) {} };
    timeout(DEADLINE, seen).await.expect("what waits is given up");
    home.unlock().unwrap();
    let read = stays.call("config/read", json!({})).await;
    assert_eq!(read["config"]["model"], "begun");
    let _ = stays.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_listener_that_came_back_is_not_dropped_by_the_end_of_its_older_connection() {
    let model = ModelEndpoint::start().await;
    let settings = "[metrics]\nenabled = true\n";
    let builder = server().model_with(&model, AT_ONCE, "").file("app-server.toml", settings);
    let mut server = builder.start_websocket().await;
    let old = server.client().await;
    let thread = old.start_thread(json!({})).await;
    model.say("Before");
    old.run_turn(&thread, "Hi").await;
    let new = listener(&mut server, &thread).await;
    // Also one that goes and comes on the same connection.
    let of = json!({"threadId": thread});
    let (left, back) = (new.post("thread/unsubscribe", of.clone()).await, new.post("thread/resume", of).await);
    assert_eq!(new.answer(&left).await.unwrap(), json!({"status": "unsubscribed"}));
    new.answer(&back).await.unwrap();
    old.ignore_rest();
    drop(old);
    connections(&server, 1).await;
    model.say("After");
    let completed = new.run_turn(&thread, "Hi again").await;
    assert_eq!(completed["status"], "completed");
    new.ignore_rest();
    let transcript = new.finish().await;
    assert!(!transcript.received().any(|message| message["method"] == "thread/closed"), "somebody listens");
    server.finish().await;
}

#[tokio::test]
async fn an_idle_thread_is_closed_for_all_to_hear_and_resumed_later() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model_with(&model, AT_ONCE, "").start_websocket().await;
    let (client, other) = (server.client().await, server.client().await);
    let thread = client.start_thread(json!({})).await;
    model.say("Before");
    client.run_turn(&thread, "Hi").await;
    other.note("thread/started").await;
    client.call("thread/unsubscribe", json!({"threadId": thread})).await;
    for told in [&client, &other] {
        let messages = told.until("thread/closed").await;
        let [.., status, closed] = &messages[..] else { panic!("{messages:?}") };
        assert_eq!(closed["params"], json!({"threadId": thread}));
        assert_eq!(status["method"], "thread/status/changed");
        assert_eq!(status["params"], json!({"threadId": thread, "status": {"type": "notLoaded"}}));
    }
    assert_eq!(other.call("thread/loaded/list", json!({})).await["data"], json!([]));
    assert!(other.call_refused("turn/start", saying(&thread, "x")).await.message.starts_with("thread not found"));
    let resumed = other.call("thread/resume", json!({"threadId": thread})).await;
    assert_eq!(resumed["thread"]["turns"].as_array().unwrap().len(), 1);
    model.say("After");
    assert_eq!(other.run_turn(&thread, "Hi again").await["status"], "completed");
    for client in [client, other] {
        client.ignore_rest();
        let _ = client.finish().await;
    }
    server.finish().await;
}

#[tokio::test]
async fn who_is_not_initialized_is_told_nothing_and_who_does_not_listen_only_what_is_for_all() {
    let model = ModelEndpoint::start().await;
    model.say("For who listens");
    let mut server = server().model(&model).start_websocket().await;
    let (one, other) = (server.client().await, server.client().await);
    let silent = server.connect().await;
    let thread = one.start_thread(json!({})).await;
    one.run_turn(&thread, "Hi").await;
    one.call("thread/name/set", json!({"threadId": thread, "name": "For all"})).await;
    other.note("thread/name/updated").await;
    let for_all = ["thread/started", "thread/status/changed", "remoteControl/status/changed"];
    for message in other.rest() {
        assert!(for_all.contains(&message["method"].as_str().unwrap()), "{message}");
    }
    assert_eq!(silent.call_refused("thread/loaded/list", json!({})).await.message, "Not initialized");
    assert_eq!(silent.rest(), [Value::Null; 0]);
    one.ignore_rest();
    for client in [one, other, silent] {
        let _ = client.finish().await;
    }
    server.finish().await;
}

#[tokio::test]
async fn equal_ids_on_two_connections_never_mix() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let clients = [server.client().await, server.client().await];
    let threads = [clients[0].start_thread(json!({})).await, clients[1].start_thread(json!({})).await];
    let mut ids = [Vec::new(), Vec::new()];
    for _ in 0..100 {
        for ((client, thread), ids) in clients.iter().zip(&threads).zip(&mut ids) {
            ids.push(client.post("thread/read", json!({"threadId": thread})).await);
        }
    }
    assert_eq!(ids[0], ids[1]);
    for ((client, thread), ids) in clients.iter().zip(&threads).zip(&ids) {
        for id in ids {
            assert_eq!(client.answer(id).await.unwrap()["thread"]["id"], **thread);
        }
    }
    for client in clients {
        client.ignore_rest();
        let _ = client.finish().await;
    }
    server.finish().await;
}

#[tokio::test]
async fn a_question_ends_with_its_turn_for_all_that_were_asked() {
    let model = ModelEndpoint::start().await;
    model.say("Before");
    let mut server = server().model(&model).start_websocket().await;
    let one = server.client().await;
    let thread = one.start_thread(json!({"approvalPolicy": "untrusted"})).await;
    one.run_turn(&thread, "Hi").await;
    let other = listener(&mut server, &thread).await;
    model.push(exec("call_1", "echo ran"));
    let turn = one.start_turn(&thread, "Go").await;
    let (ask, same) = (one.asked(APPROVAL).await, other.asked(APPROVAL).await);
    assert_eq!(ask.id, same.id);
    one.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    for client in [&one, &other] {
        client.note_where("serverRequest/resolved", |params| params["requestId"] == json!(ask.id)).await;
        assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted");
    }
    // Too late for this one; who comes now is not asked.
    one.reply(&ask, json!({"decision": "accept"})).await;
    let third = server.client().await;
    let resumed = third.call("thread/resume", json!({"threadId": thread})).await;
    assert_eq!(resumed["thread"]["status"], json!({"type": "idle"}));
    model.say("After");
    let _ = third.run_turn(&thread, "Hi").await;
    for client in [&one, &other] {
        client.note("turn/completed").await;
    }
    third.ignore_rest();
    assert!(!third.finish().await.received().any(|message| message["method"] == APPROVAL));
    for client in [one, other] {
        client.ignore_rest();
        let _ = client.finish().await;
    }
    server.finish().await;
}

/// The status of a thread as it is read and as it is listed, which is the same.
async fn status(client: &TestClient, thread: &str) -> Value {
    let read = client.call("thread/read", json!({"threadId": thread})).await["thread"]["status"].clone();
    let listed = client.call("thread/list", json!({})).await;
    let row = listed["data"].as_array().unwrap().iter().find(|row| row["id"] == thread).unwrap();
    assert_eq!(read, row["status"]);
    read
}

#[tokio::test]
async fn the_status_of_a_thread_is_the_same_wherever_it_is_told() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model_with(&model, AT_ONCE, "").start_websocket().await;
    let (client, other) = (server.client().await, server.client().await);
    let thread = client.start_thread(json!({"approvalPolicy": "untrusted"})).await;
    let active = |flags: Value| json!({"type": "active", "activeFlags": flags});
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).call("call_1", "exec_command", &json!({"cmd": "echo ran"})));
    model.push(Reply::failed("invalid_prompt", "not like this"));
    client.start_turn(&thread, "Go").await;
    gate.reached().await;
    let mut seen = vec![status(&client, &thread).await];
    gate.open();
    let ask = client.asked(APPROVAL).await;
    seen.push(status(&client, &thread).await);
    client.reply(&ask, json!({"decision": "accept"})).await;
    client.note("turn/completed").await;
    seen.push(status(&client, &thread).await);
    model.say("Better");
    client.start_turn(&thread, "Again").await;
    client.note("turn/completed").await;
    seen.push(status(&client, &thread).await);
    client.call("thread/unsubscribe", json!({"threadId": thread})).await;
    client.note("thread/closed").await;
    seen.push(status(&client, &thread).await);
    let kinds = ["systemError", "idle", "notLoaded"].map(|kind| json!({"type": kind}));
    assert_eq!(seen, [&[active(json!([])), active(json!(["waitingOnApproval"]))][..], &kinds].concat());
    // All of it was told to everyone, in order.
    let told = other.until("thread/closed").await;
    let told = told.iter().filter(|message| message["method"] == "thread/status/changed");
    let told: Vec<_> = told.map(|message| message["params"]["status"].clone()).collect();
    let mut left = told.iter();
    assert!(seen.iter().all(|status| left.any(|told| told == status)), "{told:?}");
    for client in [client, other] {
        client.ignore_rest();
        let _ = client.finish().await;
    }
    server.finish().await;
}

/// Turn-terminates, at the end of the server: whatever carries the connection, turns that wait for the model and for an
/// answer end once, before the connection does.
#[tokio::test]
async fn turn_terminates() {
    let addresses = [
        "stdio",
        "ws://127.0.0.1:0",
        #[cfg(unix)]
        "unix://",
    ];
    for address in addresses {
        let model = ModelEndpoint::start().await;
        let builder = server().model(&model).file("app-server.toml", "[limits]\nshutdown_drain_s = 0.1\n");
        let mut server = match address {
            "stdio" => builder.start().await,
            address => builder.start_listening(address).await,
        };
        let client = server.client().await;
        let asking = client.start_thread(json!({"approvalPolicy": "untrusted"})).await;
        let running = client.start_thread(json!({})).await;
        model.push(exec("call_1", "echo ran"));
        let asking_turn = client.start_turn(&asking, "Go").await;
        let ask = client.asked(APPROVAL).await;
        let gate = Gate::new();
        model.push(Reply::turn().gate(&gate).message("Never"));
        let running_turn = client.start_turn(&running, "Go").await;
        gate.reached().await;
        server.signal("TERM");
        client.note_where("serverRequest/resolved", |params| params["requestId"] == json!(ask.id)).await;
        client.ended().await;
        for turn in [asking_turn, running_turn] {
            let completed = client.note_where("turn/completed", |params| params["turn"]["id"] == turn).await;
            assert_eq!(completed["turn"]["status"], "interrupted", "{address}");
        }
        assert!(!methods(&client.rest()).contains(&"turn/completed"), "{address}: ended twice");
        assert_eq!(server.wait().await.code(), Some(0), "{address}");
    }
}

/// A connection that asks for a big thread again and again and reads no answer.
#[cfg(unix)]
async fn stuck<C: Connection>(connection: C, thread: &str) -> (C::Sender, C::Receiver) {
    const ASKED: usize = 24;
    let (mut sender, receiver) = subscribed(connection, thread).await;
    for id in 2..ASKED {
        let params = json!({"threadId": thread, "includeTurns": true});
        sender.send(json!({"id": id, "method": "thread/read", "params": params}).to_string()).await.unwrap();
    }
    sender.flush().await.unwrap();
    (sender, receiver)
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_queue_does_not_hold_up_the_end() {
    for address in ["ws://127.0.0.1:0", "unix://"] {
        let model = ModelEndpoint::start().await;
        let limits = "[limits]\nshutdown_drain_s = 0.1\n";
        let mut server = server().model(&model).file("app-server.toml", limits).start_listening(address).await;
        let client = server.client().await;
        let big = client.start_thread(json!({})).await;
        model.say(&"x".repeat(1 << 20));
        client.run_turn(&big, "Hi").await;
        let url = server.url().unwrap().to_owned();
        let held: Box<dyn Send> = match url.strip_prefix("unix://") {
            Some(path) => Box::new(stuck(unix::connect(path.as_ref()).await.unwrap(), &big).await),
            None => Box::new(stuck(websocket::connect(&url).await.unwrap(), &big).await),
        };
        held_up(&server.id().to_string()).await;
        let gate = Gate::new();
        model.push(Reply::turn().gate(&gate).message("Never"));
        client.start_turn(&big, "Go").await;
        gate.reached().await;
        server.signal("TERM");
        assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted", "{address}");
        client.ended().await;
        client.ignore_rest();
        assert_eq!(server.wait().await.code(), Some(0), "{address}");
        drop(held);
    }
}
