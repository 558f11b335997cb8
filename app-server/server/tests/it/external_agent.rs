//! What another agent left is found and taken over, every client is told, and it is remembered.

use std::fs;
use std::path::Path;

use codex_app_server_test_support::{TestClient, TestServer};
use serde_json::{Value, json};

use super::{methods, server};

const DETECT: &str = "externalAgentConfig/detect";
const IMPORT: &str = "externalAgentConfig/import";
const PROGRESS: &str = "externalAgentConfig/import/progress";
const COMPLETED: &str = "externalAgentConfig/import/completed";
const RECORD: &str = "externalAgentConfig/import/recordHistory";
const HISTORIES: &str = "externalAgentConfig/import/readHistories";

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A server whose user has settings, a skill and instructions of the other agent.
fn furnish(server: &TestServer) {
    let home = server.home().user_home();
    write(&home, ".claude/settings.json", &json!({"env": {"TOKEN": "sesame-4711"}}).to_string());
    write(&home, ".claude/skills/alpha/SKILL.md", "---\nname: alpha\ndescription: a\n---\nUse Claude.\n");
    write(&home, ".claude/CLAUDE.md", "Claude says hi.\n");
}

async fn detected(client: &TestClient) -> Vec<Value> {
    let found = client.call(DETECT, json!({"includeHome": true})).await;
    assert_eq!(found["connectors"], json!([]));
    found["items"].as_array().unwrap().clone()
}

/// Imports and returns the id and the messages up to the end of the import.
async fn import(client: &TestClient, items: Value) -> (String, Vec<Value>) {
    let answer = client.call(IMPORT, json!({"migrationItems": items, "providerId": "some-provider"})).await;
    let id = answer["importId"].as_str().unwrap().to_owned();
    let messages = client.until(COMPLETED).await;
    for message in
        messages.iter().filter(|message| message["method"].as_str().is_some_and(|method| method.starts_with(IMPORT)))
    {
        assert_eq!(message["params"]["importId"], *id);
    }
    (id, messages)
}

#[tokio::test]
async fn what_is_found_is_imported_and_then_no_longer_found() {
    let mut server = server().env("RUST_LOG", "trace").start().await;
    furnish(&server);
    let client = server.client().await;
    assert_eq!(client.call(DETECT, json!({})).await, json!({"items": [], "connectors": []}));
    let items = detected(&client).await;
    let kinds: Vec<_> = items.iter().map(|item| item["itemType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["CONFIG", "SKILLS", "AGENTS_MD"]);
    assert_eq!(items[1]["details"]["skills"], json!([{"name": "alpha"}]));
    let (user, home) = (server.home().user_home(), server.home().codex_home());
    let text = format!("Migrate {} to {}", user.join(".claude/CLAUDE.md").display(), home.join("AGENTS.md").display());
    assert_eq!((&items[2]["description"], &items[2]["cwd"]), (&json!(text), &Value::Null));
    client.rest();

    let (id, messages) = import(&client, json!(items)).await;
    assert_eq!(methods(&messages), [PROGRESS, PROGRESS, PROGRESS, COMPLETED]);
    for (message, item) in messages.iter().zip(&items) {
        let results = message["params"]["itemTypeResults"].as_array().unwrap();
        assert_eq!((results.len(), &results[0]["itemType"]), (1, &item["itemType"]));
    }
    let totals = &messages[3]["params"]["itemTypeResults"];
    assert_eq!(totals[1]["successes"][0]["target"], "alpha");
    assert!(totals.as_array().unwrap().iter().all(|total| total["failures"] == json!([])), "{totals}");
    assert_eq!(fs::read_to_string(home.join("AGENTS.md")).unwrap(), "Codex says hi.\n");
    let skill = home.parent().unwrap().join(".agents/skills/alpha/SKILL.md");
    assert!(fs::read_to_string(skill).unwrap().ends_with("Use Codex.\n"));
    let config = client.call("config/read", json!({})).await;
    assert_eq!(config["config"]["shell_environment_policy"]["set"]["TOKEN"], "sesame-4711");

    assert_eq!(detected(&client).await, Vec::<Value>::new());
    let (second, messages) = import(&client, json!(items)).await;
    assert_ne!(second, id);
    let totals = messages.last().unwrap()["params"]["itemTypeResults"].as_array().unwrap();
    assert!(totals.iter().all(|total| total["successes"] == json!([]) && total["failures"] == json!([])), "{totals:?}");

    let histories = client.call(HISTORIES, json!(null)).await;
    let ids: Vec<_> = histories["data"].as_array().unwrap().iter().map(|import| &import["importId"]).collect();
    assert_eq!(ids, [&json!(second), &json!(id)]);
    assert_eq!(histories["data"][1]["providerId"], "some-provider");
    assert_eq!(histories["data"][1]["successes"].as_array().unwrap().len(), 3);
    let _ = client.finish().await;
    assert!(!server.stderr().contains("sesame"));
    server.finish().await;
}

#[tokio::test]
async fn every_client_is_told() {
    let mut server = server().start_websocket().await;
    furnish(&server);
    let (client, other) = (server.client().await, server.client().await);
    let items = detected(&client).await;
    let (id, _) = import(&client, json!(items)).await;
    assert_eq!(other.note_where(COMPLETED, |params| params["importId"] == *id).await["importId"], id);
    let told = other.rest();
    assert_eq!(methods(&told).iter().filter(|method| **method == PROGRESS).count(), 3);
    for client in [client, other] {
        let _ = client.finish().await;
    }
    server.finish().await;
}

#[tokio::test]
async fn imports_run_one_after_the_other() {
    let mut server = server().start().await;
    furnish(&server);
    let client = server.client().await;
    let items = detected(&client).await;
    client.rest();
    let params = json!({ "migrationItems": items });
    let asked = [client.post(IMPORT, params.clone()).await, client.post(IMPORT, params).await];
    let mut ids = Vec::new();
    for ask in &asked {
        ids.push(client.answer(ask).await.unwrap()["importId"].clone());
    }
    let first = client.until(COMPLETED).await;
    let second = client.until(COMPLETED).await;
    for (messages, imported, id) in [(first, 3, &ids[0]), (second, 0, &ids[1])] {
        assert_eq!(methods(&messages), [PROGRESS, PROGRESS, PROGRESS, COMPLETED]);
        assert!(messages.iter().all(|message| message["params"]["importId"] == *id), "{messages:?}");
        let totals = messages[3]["params"]["itemTypeResults"].as_array().unwrap();
        let done: usize = totals.iter().map(|total| total["successes"].as_array().unwrap().len()).sum();
        assert_eq!(done, imported);
    }
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn what_cannot_be_imported_says_why() {
    let mut server = server().start().await;
    write(&server.home().user_home(), ".claude/settings.json", "{\"sesame\"");
    let client = server.client().await;
    let error = client.call_refused(DETECT, json!({"includeHome": true})).await;
    assert_eq!((error.code, error.stable_code()), (-32603, Some("ioFailed")));
    assert!(error.message.contains("settings.json: ") && !error.message.contains("sesame"), "{}", error.message);
    let item = |kind: &str| json!({"itemType": kind, "description": "", "cwd": null, "details": null});
    let (_, messages) = import(&client, json!([item("PLUGINS"), item("CONFIG")])).await;
    let failures: Vec<_> = messages.iter().rev().skip(1).take(2).rev().collect();
    let failure = &failures[0]["params"]["itemTypeResults"][0]["failures"][0];
    assert_eq!((&failure["itemType"], &failure["subErrorType"]), (&json!("PLUGINS"), &json!("not_supported")));
    assert!(failure["message"].as_str().unwrap().ends_with("not supported yet"), "{failure}");
    let failure = &failures[1]["params"]["itemTypeResults"][0]["failures"][0];
    assert_eq!(failure["errorType"], "external_agent_config_import_error");
    assert_eq!(failure["message"], error.message);
    let unknown = client.call_refused(IMPORT, json!({"migrationItems": [item("OTHER")]})).await;
    assert!(unknown.message.starts_with("Invalid request: unknown variant `OTHER`"), "{}", unknown.message);
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn an_empty_import_has_an_id_and_nothing_else() {
    let mut server = server().start().await;
    let client = server.client().await;
    let answer = client.call(IMPORT, json!({"migrationItems": []})).await;
    assert!(answer["importId"].is_string());
    let histories = client.call(HISTORIES, json!(null)).await;
    assert_eq!(histories, json!({"data": [], "connectors": []}));
    let conversation = client.finish().await.text();
    assert!(!conversation.contains(COMPLETED), "{conversation}");
    server.finish().await;
}

#[tokio::test]
async fn imports_done_elsewhere_are_remembered_over_a_restart() {
    let mut first = server().start().await;
    let client = first.client().await;
    let success = json!({"itemType": "SKILLS", "cwd": "/x", "source": "s", "target": "t", "title": "T"});
    let failure = json!({
        "itemType": "CONFIG", "errorType": "e", "subErrorType": null, "failureStage": "f", "message": "m", "cwd": null, "source": "z"
    });
    let results = json!([
        {"itemType": "SKILLS", "successes": [success], "failures": []},
        {"itemType": "CONFIG", "successes": [], "failures": [failure]},
    ]);
    let answer = client.call(RECORD, json!({"providerId": "p", "itemTypeResults": results})).await;
    let histories = client.call(HISTORIES, json!(null)).await;
    let entry = &histories["data"][0];
    assert_eq!((&entry["importId"], &entry["providerId"]), (&answer["importId"], &json!("p")));
    assert_eq!((&entry["successes"], &entry["failures"]), (&json!([success]), &json!([failure])));
    assert!(entry["completedAtMs"].as_i64().unwrap() > 0);
    let _ = client.finish().await;
    let file = fs::read(first.home().codex_home().join("app-server-imports.json")).unwrap();
    first.finish().await;

    let mut second = server().file("app-server-imports.json", std::str::from_utf8(&file).unwrap()).start().await;
    let client = second.client().await;
    assert_eq!(client.call(HISTORIES, json!(null)).await, histories);
    second.home().write("app-server-imports.json", "{");
    let error = client.call_refused(HISTORIES, json!(null)).await;
    assert!(error.message.contains("app-server-imports.json: not a history of imports"), "{}", error.message);
    assert_eq!(error.stable_code(), Some("ioFailed"));
    let _ = client.finish().await;
    second.finish().await;
}
