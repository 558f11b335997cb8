//! Looking into threads on the wire: pages, matches, timelines, compressed files, and what version 1 asked.

use std::process::Command;
use std::time::{Duration, SystemTime};

use codex_app_server_test_support::{ModelEndpoint, TestClient};
use serde_json::{Value, json};

use super::{GHOST, connected, server};

async fn with_turns(client: &TestClient, model: &ModelEndpoint) -> String {
    let thread = client.start_thread(json!({})).await;
    for turn in ["first", "second"] {
        model.say(&format!("The {turn} needle"));
        client.run_turn(&thread, &format!("Say {turn}")).await;
    }
    client.ignore_rest();
    thread
}

#[tokio::test]
async fn a_thread_is_looked_into_in_every_way() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let client = connected(&mut server).await;
    let thread = with_turns(&client, &model).await;
    let page = client.call("thread/turns/list", json!({"threadId": thread, "limit": 1})).await;
    let turn = page["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(page["data"][0]["itemsView"], "summary");
    let next = json!({"threadId": thread, "cursor": page["nextCursor"], "itemsView": "full"});
    assert_eq!(client.call("thread/turns/list", next).await["data"].as_array().unwrap().len(), 1);
    let items = client.call("thread/items/list", json!({"threadId": thread, "turnId": turn})).await;
    let item = items["data"][1]["item"]["id"].clone();
    let read = json!({"threadId": thread, "turnId": turn, "itemIds": [item]});
    let read = client.call("thread/items/read", read).await;
    assert_eq!(read["data"], json!([items["data"][1]]));
    let found = client.call("thread/searchOccurrences", json!({"threadId": thread, "searchTerm": "NEEDLE"})).await;
    let ranges: Vec<&Value> =
        found["data"].as_array().unwrap().iter().map(|found| &found["snippetMatchRange"]).collect();
    assert_eq!(ranges, [&json!({"start": 10, "end": 16}), &json!({"start": 11, "end": 17})]);
    for (method, params, code, message) in [
        (
            "thread/turns/list",
            json!({"threadId": GHOST}),
            -32600,
            "thread not loaded: 01a1fc94-0000-7000-8000-000000000001",
        ),
        ("thread/items/list", json!({"threadId": GHOST}), -32601, "thread/items/list is not supported yet"),
        ("thread/timeline/list", json!({"threadId": thread, "cursor": "x"}), -32600, "invalid thread timeline cursor"),
        (
            "thread/searchOccurrences",
            json!({"threadId": thread, "searchTerm": " "}),
            -32600,
            "thread/searchOccurrences requires a non-empty searchTerm",
        ),
        (
            "thread/items/read",
            json!({"threadId": thread, "turnId": turn, "itemIds": []}),
            -32600,
            "itemIds must contain 1 to 100 IDs",
        ),
        (
            "thread/items/list",
            json!({"threadId": thread, "cursor": {"type": "item", "itemId": "x"}}),
            -32602,
            "turnId is required when cursor is an item anchor",
        ),
        (
            "thread/items/list",
            json!({"threadId": thread, "turnId": turn, "cursor": {"type": "item", "itemId": "x"}}),
            -32602,
            "cursor.itemId does not identify an item in the requested history scope",
        ),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.message.as_str()), (code, message));
    }
}

#[tokio::test]
async fn a_timeline_tells_turns_and_items_in_their_order() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let client = connected(&mut server).await;
    let thread = with_turns(&client, &model).await;
    let timeline = client.call("thread/timeline/list", json!({"threadId": thread, "limit": 4})).await;
    let entries = timeline["data"].as_array().unwrap();
    let kinds: Vec<&str> = entries.iter().map(|entry| entry["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["turnStarted", "item", "item", "turnCompleted"]);
    let (started, ended) = (&entries[0], &entries[3]);
    assert_eq!(started["turnId"], entries[1]["turnId"]);
    assert!(started["startedAt"].is_u64() && ended["durationMs"].is_u64() && ended["completedAt"].is_u64());
    let page = client.call("thread/timeline/list", json!({"threadId": thread, "cursor": timeline["nextCursor"]})).await;
    assert_eq!((page["data"].as_array().unwrap().len(), &page["nextCursor"]), (4, &Value::Null));
}

#[tokio::test]
async fn unused_threads_are_compressed_and_go_on_when_resumed() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let client = connected(&mut server).await;
    let thread = with_turns(&client, &model).await;
    let path = client.call("thread/read", json!({"threadId": thread})).await["thread"]["path"].clone();
    let path = std::path::PathBuf::from(path.as_str().unwrap());
    // The server that wrote it is gone, so its lock is free.
    let copy = GHOST;
    let other = path.with_file_name(path.file_name().unwrap().to_str().unwrap().replace(&thread, copy));
    std::fs::write(&other, std::fs::read_to_string(&path).unwrap().replace(&thread, copy)).unwrap();
    let old = SystemTime::now() - Duration::from_secs(8 * 24 * 60 * 60);
    std::fs::File::options().write(true).open(&other).unwrap().set_modified(old).unwrap();
    assert_eq!(client.call("rollout/compress", Value::Null).await, json!({}));
    let packed = other.with_extension("jsonl.zst");
    for _ in 0..1000 {
        // Each answer means that the server has done something meanwhile.
        client.call("thread/loaded/list", json!({})).await;
        if packed.exists() && !other.exists() {
            break;
        }
    }
    assert!(packed.exists() && !other.exists() && path.exists());
    let read = client.call("thread/turns/list", json!({"threadId": copy})).await;
    assert_eq!(read["data"].as_array().unwrap().len(), 2);
    let resumed = client.call("thread/resume", json!({"threadId": copy, "excludeTurns": true})).await;
    assert_eq!(resumed["thread"]["path"], json!(other));
    assert!(!packed.exists() && other.exists());
    model.say("Again");
    client.run_turn(copy, "More").await;
    let read = client.call("thread/turns/list", json!({"threadId": copy})).await;
    assert_eq!(read["data"].as_array().unwrap().len(), 3);
    client.ignore_rest();
}

#[tokio::test]
async fn old_clients_get_summaries_and_diffs() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let client = connected(&mut server).await;
    let thread = with_turns(&client, &model).await;
    let summary = client.call("getConversationSummary", json!({"conversationId": thread})).await;
    assert_eq!((&summary["summary"]["preview"], &summary["summary"]["gitInfo"]), (&json!("Say first"), &Value::Null));
    let path = summary["summary"]["path"].clone();
    assert_eq!(client.call("getConversationSummary", json!({"rolloutPath": path})).await, summary);
    let error = client.call_refused("getConversationSummary", json!({"conversationId": GHOST})).await;
    assert_eq!(error.message, format!("no rollout found for conversation id {GHOST}"));
    let error = client.call_refused("getConversationSummary", json!({"rolloutPath": "/nope.jsonl"})).await;
    assert_eq!(error.message, "failed to resolve rollout path `/nope.jsonl`: file does not exist");

    let tree = tempfile::tempdir().unwrap();
    let (here, origin) = (tree.path().join("here"), tree.path().join("origin"));
    std::fs::create_dir(&here).unwrap();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]);
        let done = command.args(arguments).current_dir(&here).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    };
    let error = client.call_refused("gitDiffToRemote", json!({"cwd": here})).await;
    assert_eq!(error.message, format!("failed to compute git diff to remote for cwd: {:?}", here.to_str().unwrap()));
    git(&["init", "-q"]);
    std::fs::write(here.join("a"), "1\n").unwrap();
    git(&["add", "."]);
    git(&["commit", "-qm", "x"]);
    assert_eq!(client.call_refused("gitDiffToRemote", json!({"cwd": here})).await.code, -32600);
    git(&["init", "-q", "--bare", origin.to_str().unwrap()]);
    git(&["remote", "add", "origin", origin.to_str().unwrap()]);
    git(&["push", "-q", "-u", "origin", "HEAD:main"]);
    let shared = git(&["rev-parse", "HEAD"]);
    assert_eq!(client.call("gitDiffToRemote", json!({"cwd": here})).await, json!({"sha": shared, "diff": ""}));
    std::fs::write(here.join("a"), "2\n").unwrap();
    git(&["commit", "-qam", "y"]);
    std::fs::write(here.join(".gitignore"), "ignored\n").unwrap();
    std::fs::write(here.join("ignored"), "n\n").unwrap();
    std::fs::write(here.join("new file"), "bin\0x").unwrap();
    let diff = client.call("gitDiffToRemote", json!({"cwd": here})).await;
    assert_eq!(diff["sha"], json!(shared));
    let diff = diff["diff"].as_str().unwrap();
    let files: Vec<&str> = diff.lines().filter(|line| line.starts_with("diff --git")).collect();
    assert_eq!(
        files,
        ["diff --git a/a b/a", "diff --git a/.gitignore b/.gitignore", "diff --git a/new file b/new file"]
    );
    assert!(diff.contains("\n-1\n+2\n") && diff.contains("GIT binary patch"), "{diff}");
}
