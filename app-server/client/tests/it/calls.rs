//! Calls, their answers, and the ways in which they end without one.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use codex_app_server_client::{Client, ClientError, ClientOptions, Way};
use codex_app_server_protocol::{methods, v2};
use serde_json::json;
use tokio::time::timeout;

use crate::fake::{Fake, greeting};

fn options() -> ClientOptions {
    ClientOptions::new("test", "1")
}

fn loaded() -> v2::ThreadLoadedListParams {
    serde_json::from_value(json!({})).unwrap()
}

#[tokio::test]
async fn the_handshake_reads_as_clients_of_the_reference_write_it() {
    let (connection, mut fake) = Fake::connection();
    let connecting = tokio::spawn(Client::connect(connection, options()));
    assert_eq!(
        fake.line().await.unwrap(),
        r#"{"method":"initialize","id":1,"params":{"clientInfo":{"name":"test","title":null,"version":"1"},"capabilities":null}}"#
    );
    fake.send(json!({"id": 1, "result": greeting()})).await;
    assert_eq!(fake.line().await.unwrap(), r#"{"method":"initialized"}"#);
    let (_client, _, server) = connecting.await.unwrap().unwrap();
    assert_eq!(server.user_agent, "fake/1");
}

#[tokio::test]
async fn a_refused_handshake_is_the_error_of_connect() {
    let (connection, mut fake) = Fake::connection();
    let connecting = tokio::spawn(Client::connect(connection, options()));
    fake.receive().await;
    fake.send(json!({"id": 1, "error": {"code": -32600, "message": "Already initialized"}})).await;
    let error = connecting.await.unwrap().unwrap_err();
    assert!(matches!(&error, ClientError::Rpc(rpc) if rpc.code == -32600), "{error:?}");
    assert_eq!(fake.line().await, None, "the connection is closed");
}

#[tokio::test]
async fn answers_find_their_calls_in_any_order() {
    let (client, _notifications, mut fake) = Fake::client(options()).await;
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.call::<methods::ThreadLoadedList>(loaded()).await }
    });
    let first_id = fake.receive().await["id"].clone();
    let second = tokio::spawn(async move { client.call_raw("no/types", None).await });
    let asked = fake.receive().await;
    assert_eq!((asked["method"].as_str(), &asked["params"]), (Some("no/types"), &json!(null)));
    fake.send(json!({"id": asked["id"], "result": {"later": true}})).await;
    fake.send(json!({"id": first_id, "result": {"data": ["a"], "nextCursor": null}})).await;
    assert_eq!(first.await.unwrap().unwrap().data, ["a"]);
    assert_eq!(second.await.unwrap().unwrap().get(), r#"{"later":true}"#);
}

#[tokio::test]
async fn refusals_and_wrong_shapes_are_told_apart() {
    let (client, _notifications, mut fake) = Fake::client(options()).await;
    let (refused, ()) = tokio::join!(client.call::<methods::ThreadLoadedList>(loaded()), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "error": {"code": -32001, "message": "later"}})).await;
    });
    assert!(matches!(refused, Err(ClientError::Rpc(error)) if error.code == -32001 && error.message == "later"));
    let (misshapen, ()) = tokio::join!(client.call::<methods::ThreadLoadedList>(loaded()), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": {"data": 5}})).await;
    });
    let error = misshapen.unwrap_err();
    assert!(matches!(&error, ClientError::Protocol(text) if text.contains("thread/loaded/list")), "{error}");
}

#[tokio::test]
async fn a_call_that_takes_too_long_ends_and_its_late_answer_disturbs_nobody() {
    let options = ClientOptions { request_timeout: Some(Duration::from_secs(1)), ..options() };
    let (client, _notifications, mut fake) = Fake::client(options).await;
    let error = client.call::<methods::ThreadLoadedList>(loaded()).await.unwrap_err();
    assert!(matches!(&error, ClientError::Timeout { method, .. } if method == "thread/loaded/list"), "{error}");
    let late = fake.receive().await["id"].clone();
    fake.send(json!({"id": late, "result": {"data": ["late"], "nextCursor": null}})).await;
    let (answer, ()) = tokio::join!(client.call::<methods::ThreadLoadedList>(loaded()), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": {"data": ["own"], "nextCursor": null}})).await;
    });
    assert_eq!(answer.unwrap().data, ["own"]);
}

#[tokio::test]
async fn the_end_of_the_server_ends_open_and_later_calls() {
    let (client, mut notifications, mut fake) = Fake::client(options()).await;
    let open = tokio::spawn({
        let client = client.clone();
        async move { client.call::<methods::ThreadLoadedList>(loaded()).await }
    });
    fake.receive().await;
    drop(fake);
    for ended in [open.await.unwrap(), client.call::<methods::ThreadLoadedList>(loaded()).await] {
        assert!(matches!(&ended, Err(ClientError::Closed { reason, .. }) if !reason.is_empty()), "{ended:?}");
    }
    assert!(notifications.next().await.is_none());
    assert!(!client.closed().await.is_empty());
}

#[tokio::test]
async fn lines_that_are_no_messages_are_passed_over() {
    let (client, _notifications, mut fake) = Fake::client(options()).await;
    let (answer, ()) = tokio::join!(client.call_raw("x", None), async {
        let id = fake.receive().await["id"].clone();
        for noise in [&b"log: starting\n"[..], b"\xff\xfe\n", b"\n", b"{}\n", b"[1]\n", b"{\"id\":77,\"result\":1}\n"] {
            fake.send_bytes(noise).await;
        }
        fake.send(json!({"id": id, "result": 1})).await;
    });
    assert_eq!(answer.unwrap().get(), "1");
}

#[tokio::test]
async fn closing_says_what_was_said_before_and_waits_for_the_end() {
    let (client, _notifications, mut fake) = Fake::client(options()).await;
    let mut asking = Box::pin(client.call_raw("last/words", None));
    let sent = poll_fn(|context| Poll::Ready(asking.as_mut().poll(context).is_pending())).await;
    assert!(sent, "the call waits for its answer");
    let closing = tokio::spawn(client.clone().close());
    assert_eq!(fake.receive().await["method"], "last/words");
    assert_eq!(fake.line().await, None);
    drop(fake);
    closing.await.unwrap().unwrap();
    assert!(matches!(asking.await, Err(ClientError::Closed { .. })));
}

#[tokio::test(start_paused = true)]
async fn closing_ends_open_calls_of_a_server_that_does_not_end() {
    let (client, mut notifications, mut fake) = Fake::client(options()).await;
    let open = tokio::spawn({
        let client = client.clone();
        async move { client.call_raw("x", None).await }
    });
    assert_eq!(fake.receive().await["method"], "x");
    let closed = client.clone().close().await;
    assert!(matches!(closed, Err(ClientError::Timeout { .. })), "{closed:?}");
    let ended = timeout(Duration::from_secs(60), open).await.expect("it ends").unwrap();
    assert!(matches!(ended, Err(ClientError::Closed { unsent: false, .. })), "{ended:?}");
    assert!(client.closed().await.contains("did not end it"));
    assert!(notifications.next().await.is_none());
    assert_eq!(fake.line().await, None);
}

#[tokio::test]
async fn the_connection_ends_with_its_last_client() {
    let (client, _notifications, mut fake) = Fake::client(options()).await;
    let clone = client.clone();
    drop(client);
    let (answer, ()) = tokio::join!(clone.call_raw("x", None), async {
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": 1})).await;
    });
    answer.unwrap();
    drop(clone);
    assert_eq!(fake.line().await, None);
}

#[tokio::test]
async fn the_tap_sees_every_message_both_ways() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let tap = {
        let seen = Arc::clone(&seen);
        Arc::new(move |way: Way, line: &str| seen.lock().unwrap().push((way, line.to_owned())))
    };
    let (client, mut notifications, mut fake) =
        Fake::client(ClientOptions { tap: Some(tap), ..ClientOptions::new("test", "1") }).await;
    fake.send(json!({"method": "told", "params": {}, "emittedAtMs": 5})).await;
    notifications.next().await.unwrap();
    drop(client);
    let seen = seen.lock().unwrap();
    let ways: Vec<_> = seen.iter().map(|(way, _)| *way).collect();
    assert_eq!(ways, [Way::ToServer, Way::FromServer, Way::ToServer, Way::FromServer]);
    assert_eq!(seen[3].1, r#"{"method":"told","params":{},"emittedAtMs":5}"#);
}
