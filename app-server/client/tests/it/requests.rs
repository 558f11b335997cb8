//! Requests of the server, and notifications.

use std::sync::Arc;

use codex_app_server_client::{ClientOptions, Handlers, NOTICE_LIMIT, ServerRequestHandler, answer};
use codex_app_server_protocol::{RpcError, ServerNotification, ServerRequest, server_methods, v2};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::fake::Fake;

/// Answers the time, never the thread "silent", and panics for the thread "panic".
#[derive(Default)]
struct Clock {
    given_up: Arc<Notify>,
}

struct Tell(Arc<Notify>);

impl Drop for Tell {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl ServerRequestHandler for Clock {
    fn handle(&self, request: ServerRequest) -> BoxFuture<'_, Result<Box<RawValue>, RpcError>> {
        async move {
            let ServerRequest::CurrentTimeRead(params) = &request else {
                return Err(RpcError::internal("only the time"));
            };
            match params.thread_id.as_str() {
                "panic" => panic!("as the test wants it"),
                "silent" => {
                    let _tell = Tell(Arc::clone(&self.given_up));
                    std::future::pending().await
                }
                _ => answer::<server_methods::CurrentTimeRead>(&v2::CurrentTimeReadResponse { current_time_at: 7 }),
            }
        }
        .boxed()
    }
}

fn with_clock() -> (ClientOptions, Arc<Notify>) {
    let clock = Clock::default();
    let given_up = Arc::clone(&clock.given_up);
    (ClientOptions { handler: Arc::new(clock), ..ClientOptions::new("test", "1") }, given_up)
}

fn ask(id: Value, thread: &str) -> Value {
    json!({"method": "currentTime/read", "id": id, "params": {"threadId": thread}})
}

#[tokio::test]
async fn requests_are_answered_under_their_id() {
    let (_client, _notifications, mut fake) = Fake::client(with_clock().0).await;
    fake.send(ask(json!(0), "t")).await;
    assert_eq!(fake.line().await.unwrap(), r#"{"id":0,"result":{"currentTimeAt":7}}"#);
    fake.send(ask(json!("a"), "panic")).await;
    let failed = fake.receive().await;
    assert_eq!((&failed["id"], &failed["error"]["code"]), (&json!("a"), &json!(-32603)));
}

#[tokio::test]
async fn what_nobody_can_answer_is_refused() {
    let (_client, _notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    for (request, code) in [
        (ask(json!(1), "t"), -32601),
        (json!({"method": "attestation/generate", "id": 2, "params": {}}), -32601),
        (json!({"method": "no/such", "id": 3}), -32601),
        (json!({"method": "currentTime/read", "id": 4, "params": {}}), -32600),
    ] {
        fake.send(request.clone()).await;
        let refused = fake.receive().await;
        assert_eq!((&refused["id"], &refused["error"]["code"]), (&request["id"], &json!(code)), "{refused}");
    }
}

#[tokio::test]
async fn each_method_has_a_function_with_its_types() {
    let handlers = Handlers::new().on::<server_methods::CurrentTimeRead, _, _>(|params| async move {
        match params.thread_id.as_str() {
            "t" => Ok(v2::CurrentTimeReadResponse { current_time_at: 9 }),
            other => Err(RpcError::internal(format!("no clock in {other}"))),
        }
    });
    let options = ClientOptions { handler: Arc::new(handlers), ..ClientOptions::new("test", "1") };
    let (_client, _notifications, mut fake) = Fake::client(options).await;
    fake.send(ask(json!(0), "t")).await;
    assert_eq!(fake.line().await.unwrap(), r#"{"id":0,"result":{"currentTimeAt":9}}"#);
    fake.send(ask(json!(1), "x")).await;
    assert_eq!(fake.receive().await["error"]["message"], "no clock in x");
    fake.send(json!({"method": "attestation/generate", "id": 2, "params": {}})).await;
    assert_eq!(fake.receive().await["error"]["code"], -32601);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_sleeps_loses_its_notifications_and_nobody_else_anything() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let sending = tokio::spawn(async move {
        for number in 0..NOTICE_LIMIT + 1000 {
            fake.send_bytes(format!("{{\"method\":\"n\",\"params\":{number}}}\n").as_bytes()).await;
        }
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": 1})).await;
        fake
    });
    assert_eq!(client.call_raw("x", None).await.unwrap().get(), "1");
    assert_eq!((notifications.waiting(), notifications.skipped()), (NOTICE_LIMIT, 1000));
    let mut fake = sending.await.unwrap();
    notifications.next().await.unwrap();
    fake.send(json!({"method": "later"})).await;
    let mut last = notifications.next().await.unwrap();
    for _ in 0..NOTICE_LIMIT - 1 {
        last = notifications.next().await.unwrap();
    }
    assert_eq!((last.method(), notifications.skipped()), ("later", 1000));
}

#[tokio::test]
async fn a_request_resolved_elsewhere_is_given_up() {
    let (options, given_up) = with_clock();
    let (_client, mut notifications, mut fake) = Fake::client(options).await;
    fake.send(ask(json!(0), "silent")).await;
    // Sent again, as to a client that resumes the thread: still one request.
    fake.send(ask(json!(0), "silent")).await;
    fake.send(ask(json!(1), "t")).await;
    assert_eq!(fake.receive().await["id"], 1, "an open request keeps nobody waiting");
    let resolved = json!({"threadId": "t", "requestId": 0});
    fake.send(json!({"method": "serverRequest/resolved", "params": resolved, "emittedAtMs": 1})).await;
    given_up.notified().await;
    assert_eq!(notifications.next().await.unwrap().method(), "serverRequest/resolved");
}

#[tokio::test]
async fn the_end_of_the_connection_gives_up_open_requests() {
    let (options, given_up) = with_clock();
    let (_client, _notifications, mut fake) = Fake::client(options).await;
    fake.send(ask(json!(0), "silent")).await;
    fake.send(ask(json!(1), "t")).await;
    fake.receive().await;
    drop(fake);
    given_up.notified().await;
}

#[tokio::test]
async fn notifications_come_typed_where_there_is_a_type() {
    let (_client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    fake.send(json!({"method": "warning", "params": {"threadId": null, "message": "careful"}, "emittedAtMs": 9})).await;
    fake.send(json!({"method": "warning", "params": {"message": 5}, "emittedAtMs": 10})).await;
    fake.send(json!({"method": "not/known", "params": {"a": 1}})).await;
    let notice = notifications.next().await.unwrap();
    assert!(matches!(notice.body(), Some(ServerNotification::Warning(warning)) if warning.message == "careful"));
    assert_eq!((notice.emitted_at_ms(), notice.unknown_params().is_none()), (Some(9), true));
    let notice = notifications.next().await.unwrap();
    assert_eq!((notice.method(), notice.body(), notice.emitted_at_ms()), ("warning", None, Some(10)));
    let notice = notifications.next().await.unwrap();
    assert_eq!((notice.method(), notice.emitted_at_ms()), ("not/known", None));
    assert_eq!(notice.unknown_params().unwrap().get(), r#"{"a":1}"#);
}

#[tokio::test]
async fn notifications_that_nobody_takes_make_the_reader_wait_and_none_is_lost() {
    let (client, mut notifications, mut fake) = Fake::client(ClientOptions::new("test", "1")).await;
    let extra = 1000;
    let sending = tokio::spawn(async move {
        for number in 0..NOTICE_LIMIT + extra {
            fake.send_bytes(format!("{{\"method\":\"n\",\"params\":{number}}}\n").as_bytes()).await;
        }
        fake
    });
    for number in 0..NOTICE_LIMIT + extra {
        let notice = notifications.next().await.unwrap();
        assert_eq!(notice.unknown_params().unwrap().get(), number.to_string());
        if number == 0 {
            // The writer gets as far as the queue and the pipe reach, then it waits for the first ones to be taken.
            while notifications.waiting() < NOTICE_LIMIT {
                tokio::task::yield_now().await;
            }
            assert!(!sending.is_finished());
        }
    }
    let mut fake = sending.await.unwrap();
    drop(notifications);
    let (answer, ()) = tokio::join!(client.call_raw("x", None), async {
        fake.send(json!({"method": "n"})).await;
        let id = fake.receive().await["id"].clone();
        fake.send(json!({"id": id, "result": 1})).await;
    });
    answer.unwrap();
}
