//! What is kept beside the threads' files, as clients on the wire see it, and over the end of a server.

use std::fs;

use codex_app_server_test_support::{Gate, ModelEndpoint, Reply, TestClient, TestServer};
use serde_json::{Value, json};

use super::{GHOST, connected, server};

async fn refused(client: &TestClient, method: &str, params: Value) -> (i64, String) {
    let error = client.call_refused(method, params).await;
    (error.code, error.message)
}

async fn done(clients: Vec<TestClient>, server: TestServer) {
    for client in clients {
        client.ignore_rest();
        drop(client.finish().await);
    }
    server.finish().await;
}

/// A thread with one turn.
async fn thread_with_turn(model: &ModelEndpoint, client: &TestClient) -> String {
    model.say("Hello");
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Hi").await;
    thread
}

#[tokio::test]
async fn sections_and_projects_are_shown_with_their_threads() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let (client, other) = (connected(&mut server).await, connected(&mut server).await);
    let thread = thread_with_turn(&model, &client).await;
    let created = client.call("threadSection/create", json!({"name": " Later "})).await;
    assert_eq!(created["section"]["name"], "Later");
    let section = created["section"]["id"].as_str().unwrap();
    client.ignore_rest();
    client.call("thread/section/move", json!({"threadId": thread, "sectionId": section})).await;
    let moved = json!({"threadId": thread, "sectionId": section});
    assert_eq!(client.note("thread/section/changed").await, moved);
    other.until("thread/section/changed").await;

    let project = json!({"name": "P", "roots": [{"path": "/p/q/../."}], "idempotencyKey": "k"});
    let made = client.call("project/create", project).await;
    let project = made["project"]["id"].as_str().unwrap();
    assert_eq!(made["project"]["roots"], json!([{"path": "/p"}]));
    other.until("project/changed").await;
    client.call("thread/metadata/update", json!({"threadId": thread, "projectId": project})).await;
    other.until("thread/project/updated").await;
    for shown in [
        client.call("thread/read", json!({"threadId": thread})).await["thread"].clone(),
        client.call("thread/list", json!({})).await["data"][0].clone(),
        other.call("thread/resume", json!({"threadId": thread, "excludeTurns": true})).await["thread"].clone(),
    ] {
        assert_eq!(shown["section"], json!({"id": section, "name": "Later", "appearance": null}), "{shown}");
        assert!(shown["sectionEnteredAt"].is_i64(), "{shown}");
        assert_eq!(shown["projectId"], project, "{shown}");
    }
    let recent = client.call("project/read", json!({"projectId": project})).await;
    assert!(recent["project"]["recencyAt"].is_i64(), "{recent}");

    other.ignore_rest();
    client.call("project/delete", json!({"projectId": project})).await;
    assert_eq!(other.note("project/changed").await, json!({"projectId": project, "changeType": "deleted"}));
    assert_eq!(other.note("thread/project/updated").await, json!({"threadId": thread, "projectId": null}));
    let start = json!({"projectId": project});
    assert_eq!(refused(&client, "thread/start", start).await, (-32600, format!("project not found: {project}")));
    let ghost = json!({"threadId": GHOST, "sectionId": section});
    assert_eq!(refused(&client, "thread/section/move", ghost).await, (-32600, format!("thread not found: {GHOST}")));
    done(vec![client, other], server).await;
}

#[tokio::test]
async fn what_is_read_and_attached_outlives_the_server_but_not_the_thread() {
    let model = ModelEndpoint::start().await;
    let mut first = server().model(&model).start().await;
    let client = connected(&mut first).await;
    let thread = thread_with_turn(&model, &client).await;
    let unread = client.call("thread/read", json!({"threadId": thread})).await["readState"].clone();
    assert_eq!(unread["firstUnread"]["type"], "turn", "{unread}");
    let mark = |state: &Value, operation: &str| json!({"threadId": thread, "operation": {"type": operation}, "expectedRevision": state["revision"]});
    let read = client.call("thread/readState/update", mark(&unread, "read")).await["readState"].clone();
    assert_eq!(read["firstUnread"], Value::Null);
    client.until("thread/readState/changed").await;
    let conflict = client.call_refused("thread/readState/update", mark(&unread, "unread")).await;
    assert_eq!((conflict.code, conflict.message.as_str()), (-32600, "read state changed"));
    let data = conflict.data.unwrap();
    assert_eq!((&data["reason"], &data["readState"]), (&json!("readStateConflict"), &read));
    let key = json!({"threadId": thread, "attachmentType": "pr", "identityKey": "1"});
    let mut attachment = key.clone();
    attachment["payload"] = json!({"url": "x"});
    let added = client.call("thread/attachment/add", attachment.clone()).await;
    assert_eq!(added["outcome"], "created");
    assert_eq!(client.call("thread/attachment/add", attachment).await["outcome"], "existing");
    let home = first.home().codex_home();
    client.ignore_rest();
    drop(client.finish().await);

    let mut second = server().model(&model).env("CODEX_HOME", &home).start().await;
    let client = connected(&mut second).await;
    assert_eq!(client.call("thread/read", json!({"threadId": thread})).await["readState"], read);
    let listed = client.call("thread/list", json!({})).await;
    assert_eq!(listed["readStates"][&thread], read);
    let attached = client.call("thread/attachment/list", json!({"threadId": thread})).await;
    assert_eq!(attached, json!({"data": [added["attachment"]], "nextCursor": null}));
    let owners = json!({"attachmentType": "pr", "identityKey": "1"});
    let owned = json!({"data": [{"threadId": thread, "archived": false}], "nextCursor": null});
    assert_eq!(client.call("thread/attachmentOwner/list", owners.clone()).await, owned);
    client.call("thread/delete", json!({"threadId": thread})).await;
    assert_eq!(client.call("thread/attachmentOwner/list", owners).await["data"], json!([]));
    assert_eq!(
        refused(&client, "thread/attachment/remove", key).await,
        (-32602, format!("thread not found: {thread}"))
    );
    done(vec![client], second).await;
    first.finish().await;
}

#[tokio::test]
async fn a_queue_goes_on_after_a_turn_but_not_after_an_interrupt() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start().await;
    let client = connected(&mut server).await;
    let thread = thread_with_turn(&model, &client).await;
    let add = |text: &str| {
        let input = json!([{"type": "text", "text": text}]);
        json!({"threadId": thread, "input": input, "clientUserMessageId": text})
    };
    let named = json!({"threadId": thread});
    assert_eq!(refused(&client, "thread/queue/start", named.clone()).await, (-32600, "queue is empty".to_owned()));
    for answer in ["one", "two"] {
        model.say(answer);
    }
    client.ignore_rest();
    // Nothing runs, so the first starts at once; the second follows it, or starts when it has ended.
    client.call("thread/queue/add", add("first")).await;
    client.call("thread/queue/add", add("second")).await;
    let mut said = Vec::new();
    for _ in 0..2 {
        let told = client.until("turn/completed").await;
        let users = told.iter().filter(|message| {
            message["method"] == "item/completed" && message["params"]["item"]["type"] == "userMessage"
        });
        said.extend(users.map(|message| message["params"]["item"]["clientId"].clone()));
    }
    assert_eq!(said, ["first", "second"]);
    assert_eq!(client.call("thread/queue/list", named.clone()).await, json!({"data": [], "nextCursor": null}));

    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("never said"));
    client.ignore_rest();
    let turn = client.start_turn(&thread, "Go").await;
    gate.reached().await;
    client.call("thread/queue/add", add("third")).await;
    client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    client.until("turn/completed").await;
    client.call("thread/queue/add", add("fourth")).await;
    let held = client.call("thread/queue/list", named.clone()).await;
    let waiting = held["data"].as_array().unwrap();
    let texts: Vec<_> = waiting.iter().map(|entry| entry["input"][0]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["third", "fourth"]);
    for answer in ["three", "four"] {
        model.say(answer);
    }
    client.call("thread/queue/start", json!({"threadId": thread, "queuedSubmissionId": waiting[1]["id"]})).await;
    client.until("turn/completed").await;
    client.until("turn/completed").await;
    assert_eq!(client.call("thread/queue/list", named.clone()).await["data"], json!([]));
    let ephemeral = client.start_thread(json!({"ephemeral": true})).await;
    assert_eq!(
        refused(&client, "thread/queue/list", json!({"threadId": ephemeral})).await,
        (-32600, format!("ephemeral thread does not support queued submissions: {ephemeral}"))
    );
    done(vec![client], server).await;
}

#[tokio::test]
async fn an_active_goal_goes_on_until_the_model_says_otherwise() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start().await;
    let client = connected(&mut server).await;
    let thread = thread_with_turn(&model, &client).await;
    let named = json!({"threadId": thread});
    assert_eq!(client.call("thread/goal/get", named.clone()).await, json!({"goal": null}));
    let change = json!({"threadId": thread, "status": "active"});
    let nothing = format!("cannot update goal for thread {thread}: no goal exists");
    assert_eq!(refused(&client, "thread/goal/set", change).await, (-32600, nothing));
    client.ignore_rest();
    model.say("not yet");
    model.push(Reply::turn().call("call_1", "update_goal", &json!({"status": "complete"})));
    model.say("all done");
    let goal = json!({"threadId": thread, "objective": " Reach it ", "tokenBudget": 100_000});
    let set = client.call("thread/goal/set", goal).await;
    assert_eq!((&set["goal"]["objective"], &set["goal"]["status"]), (&json!("Reach it"), &json!("active")));
    let first = client.until("turn/completed").await;
    let told = first
        .iter()
        .find(|message| message["method"] == "thread/goal/updated" && !message["params"]["turnId"].is_null());
    assert!(told.is_some_and(|told| told["params"]["goal"]["tokensUsed"].as_i64() > Some(0)), "{first:?}");
    client.until("turn/completed").await;
    let reached = client.call("thread/goal/get", named.clone()).await;
    assert_eq!(reached["goal"]["status"], "complete", "{reached}");
    let requests = model.requests();
    let asked = requests.iter().filter(|request| request.body.to_string().contains("Reach it")).count();
    assert_eq!((requests.len(), asked), (4, 3));
    assert_eq!(client.call("thread/goal/clear", named.clone()).await, json!({"cleared": true}));
    client.until("thread/goal/cleared").await;
    assert_eq!(client.call("thread/goal/clear", named).await, json!({"cleared": false}));
    done(vec![client], server).await;
}

#[tokio::test]
async fn a_broken_database_fails_what_needs_it_and_nothing_else() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start().await;
    let path = server.home().codex_home().join("app-server-state.sqlite");
    fs::write(&path, "this is no database, and never was one; it is long enough to be looked at".repeat(99)).unwrap();
    let client = connected(&mut server).await;
    let thread = thread_with_turn(&model, &client).await;
    let (code, message) = refused(&client, "threadSection/list", json!({})).await;
    assert_eq!(code, -32603);
    assert!(message.contains("app-server-state.sqlite"), "{message}");
    assert_eq!(client.call("thread/list", json!({})).await["data"][0]["id"], thread.as_str());
    assert_eq!(client.call("thread/read", json!({"threadId": thread})).await["thread"]["id"], thread.as_str());
    assert!(fs::read_to_string(&path).unwrap().starts_with("this is no database"));
    done(vec![client], server).await;
}
