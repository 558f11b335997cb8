//! The archive as clients on the wire see it, and as two servers on one home do.

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::{connected, methods, server};

fn ids(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|thread| thread["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_connection_learns_what_becomes_of_a_thread() {
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let mut server = server().model(&model).start_websocket().await;
    let (first, second) = (connected(&mut server).await, connected(&mut server).await);
    let thread = first.start_thread(json!({})).await;
    first.run_turn(&thread, "Hi").await;
    first.ignore_rest();
    second.until("thread/started").await;
    let params = json!({"threadId": thread});
    assert_eq!(first.call("thread/archive", params.clone()).await, json!({}));
    assert_eq!(first.note("thread/archived").await, params);
    assert_eq!(second.note("thread/archived").await, params);
    assert_eq!(ids(&second.call("thread/list", json!({})).await), Vec::<&str>::new());
    assert_eq!(ids(&second.call("thread/list", json!({"archived": true})).await), [thread.as_str()]);
    let error = first.call_refused("thread/archive", params.clone()).await;
    assert_eq!((error.code, error.message), (-32600, format!("no rollout found for thread id {thread}")));

    let shown = second.call("thread/unarchive", params.clone()).await;
    assert_eq!(shown["thread"]["status"], json!({"type": "notLoaded"}));
    let told = first.until("thread/unarchived").await;
    assert_eq!(methods(&told).last(), Some(&"thread/unarchived"));
    let git = json!({"threadId": thread, "gitInfo": {"branch": "b", "sha": null}});
    let changed = first.call("thread/metadata/update", git).await;
    assert_eq!(changed["thread"]["gitInfo"], json!({"sha": null, "branch": "b", "originUrl": null}));
    first.call("thread/delete", params.clone()).await;
    assert_eq!(second.note("thread/deleted").await, params);
    let error = second.call_refused("thread/unarchive", params).await;
    assert_eq!(error.message, format!("no archived rollout found for thread id {thread}"));
    for client in [first, second] {
        client.ignore_rest();
        drop(client.finish().await);
    }
    server.finish().await;
}

#[tokio::test]
async fn a_thread_that_another_server_writes_stays_where_it_is() {
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let mut writer = server().model(&model).start().await;
    let client = connected(&mut writer).await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Hi").await;
    let home = writer.home().codex_home();
    let mut other = server().env("CODEX_HOME", &home).start().await;
    let visitor = connected(&mut other).await;
    let params = json!({"threadId": thread});
    for method in ["thread/archive", "thread/unarchive", "thread/delete"] {
        let error = visitor.call_refused(method, params.clone()).await;
        assert_eq!(error.message, format!("thread {thread} already has an active writer"), "{method}");
    }
    assert_eq!(ids(&visitor.call("thread/list", json!({})).await), [thread.as_str()]);
    client.call("thread/archive", params.clone()).await;
    visitor.call("thread/unarchive", params).await;
    visitor.note("thread/unarchived").await;
    for client in [client, visitor] {
        client.ignore_rest();
        drop(client.finish().await);
    }
    writer.finish().await;
    other.finish().await;
}
