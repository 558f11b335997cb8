//! Reading and writing the configuration over the wire.

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::server;

fn edit(key_path: &str, value: Value) -> Value {
    json!({"keyPath": key_path, "value": value, "mergeStrategy": "replace"})
}

#[tokio::test]
async fn what_one_connection_writes_the_next_thread_of_any_sees() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let writer = server.client().await;
    let other = server.client().await;
    let first = other.call("thread/start", json!({})).await;
    assert_eq!(first["model"], "mock-model");
    let written = writer.call("config/value/write", edit("model", json!("second"))).await;
    assert_eq!((&written["status"], &written["overriddenMetadata"]), (&json!("ok"), &Value::Null));
    let second = other.call("thread/start", json!({})).await;
    assert_eq!(second["model"], "second");
    let read = other.call("config/read", json!({"includeLayers": true})).await;
    assert_eq!(read["layers"][0]["version"], written["version"]);
    for client in [writer, other] {
        client.ignore_rest();
        drop(client);
    }
    server.finish().await;
}

#[tokio::test]
async fn refused_writes_have_the_errors_that_clients_compare() {
    let mut server = server().file("config.toml", "model = \"a\"\n").start().await;
    let client = server.client().await;
    let other_file = json!({"keyPath": "model", "value": "b", "mergeStrategy": "replace", "filePath": "/x"});
    let stale = json!({"edits": [edit("model", json!("b"))], "expectedVersion": "sha256:0"});
    for (method, params, code) in [
        ("config/value/write", edit("model", json!(3)), "configValidationError"),
        ("config/value/write", edit("", json!(3)), "configValidationError"),
        ("config/value/write", other_file, "configLayerReadonly"),
        ("config/batchWrite", stale, "configVersionConflict"),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.data), (-32600, Some(json!({"config_write_error_code": code}))));
    }
    let error = client.call_refused("config/value/write", json!({"keyPath": "model"})).await;
    assert_eq!((error.message.as_str(), error.data), ("Invalid request: missing field `value`", None));
    server.home().write("config.toml", "model = \n");
    let error = client.call_refused("config/value/write", edit("model", json!("b"))).await;
    assert_eq!((error.code, error.data), (-32603, None));
    assert!(error.message.starts_with("failed to load configuration: "), "{}", error.message);
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn a_reload_reaches_loaded_threads() {
    let model = ModelEndpoint::start().await;
    let mut server = server().model_with(&model, "model_context_window = 1000", "").start().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    let mut windows = Vec::new();
    for reload in [None, Some(false), Some(true)] {
        if let Some(reload) = reload {
            let edits = json!({"edits": [edit("model_context_window", json!(2000))], "reloadUserConfig": reload});
            client.call("config/batchWrite", edits).await;
        }
        model.say("Hello");
        client.start_turn(&thread, "Hi").await;
        let usage = client.note("thread/tokenUsage/updated").await;
        windows.push(usage["tokenUsage"]["modelContextWindow"].as_i64().unwrap());
        client.note("turn/completed").await;
    }
    assert_eq!(windows[0], windows[1], "a write alone is for new threads");
    assert_eq!(windows[2], 2 * windows[0]);
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn a_thread_that_may_write_a_repository_trusts_it() {
    let mut server = server().file("config.toml", "model = \"gpt-x\"\nmodel_provider = \"scripted\"\n").start().await;
    let repository = server.home().cwd().join("repository");
    let inner = repository.join("a/b");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::create_dir(repository.join(".git")).unwrap();
    std::fs::write(repository.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    let file = server.home().codex_home().join("config.toml");
    let config = || std::fs::read_to_string(&file).unwrap();
    let before = config();
    let client = server.client().await;
    let start = |params: Value| client.call("thread/start", params);
    start(json!({"cwd": inner, "sandbox": "read-only"})).await;
    start(json!({"sandbox": "workspace-write"})).await;
    start(json!({"cwd": repository.parent().unwrap(), "sandbox": "workspace-write"})).await;
    assert_eq!(config(), before);
    start(json!({"cwd": inner, "sandbox": "workspace-write"})).await;
    let entry = format!("\n[projects.\"{}\"]\ntrust_level = \"trusted\"\n", repository.display());
    assert_eq!(config(), before.clone() + &entry);
    let trusted = start(json!({"cwd": inner})).await;
    assert_eq!(trusted["sandbox"]["type"], "workspaceWrite");
    assert_eq!(config(), before + &entry);
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn features_are_listed_and_switched_for_the_process() {
    let mut server = server().file("config.toml", "[features]\nremote_control = false\n").start().await;
    let client = server.client().await;
    let enabled = |list: &Value, name: &str| {
        let found = list["data"].as_array().unwrap().iter().find(|feature| feature["name"] == name).unwrap();
        found["enabled"].as_bool().unwrap()
    };
    let list = client.call("experimentalFeature/list", json!({})).await;
    assert_eq!((list["data"].as_array().unwrap().len(), enabled(&list, "memories")), (215, false));
    let wanted = json!({"enablement": {"memories": true, "remote_control": true, "apps": false, "nosuch": true}});
    let set = client.call("experimentalFeature/enablement/set", wanted).await;
    assert_eq!(set["enablement"], json!({"memories": true, "remote_control": true}));
    let list = client.call("experimentalFeature/list", json!({})).await;
    assert!(enabled(&list, "memories"));
    assert!(!enabled(&list, "remote_control"), "what is configured wins");
    let read = client.call("config/read", json!({})).await;
    assert_eq!(read["config"]["features"]["memories"], true);

    let page = client.call("experimentalFeature/list", json!({"limit": 2, "cursor": "213"})).await;
    assert_eq!((page["data"].as_array().unwrap().len(), &page["nextCursor"]), (2, &Value::Null));
    let error = client.call_refused("experimentalFeature/list", json!({"cursor": "999"})).await;
    assert_eq!(error.message, "cursor 999 exceeds total feature flags 215");
    let error = client.call_refused("experimentalFeature/list", json!({"threadId": "x"})).await;
    assert!(error.message.starts_with("invalid thread id: "), "{}", error.message);
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn profiles_are_listed_even_beside_a_wrong_value() {
    let text =
        "model = 3\ndefault_permissions = \"p\"\n[permissions.p]\ndescription = \"d\"\nextends = \":read-only\"\n";
    let mut server = server().file("config.toml", text).start().await;
    let client = server.client().await;
    client.note("configWarning").await;
    let list = client.call("permissionProfile/list", json!({})).await;
    let ids: Vec<_> = list["data"].as_array().unwrap().iter().map(|profile| &profile["id"]).collect();
    assert_eq!(ids, [":read-only", ":workspace", ":danger-full-access", "p"]);
    assert_eq!(list["data"][3], json!({"id": "p", "description": "d", "allowed": true}));
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn providers_are_listed_and_edited_without_their_secrets() {
    let text = "model_provider = \"g\"\n[model_providers.g]\nname = \"G\"\nbase_url = \"http://u:sesame@h/v1\"\n\
                [model_providers.t]\nname = \"T\"\nexperimental_bearer_token = \"sesame\"\n";
    let mut server = server().file("config.toml", text).start().await;
    let client = server.client().await;
    let list = client.call("modelProvider/list", json!({})).await;
    assert_eq!((&list["defaultProviderId"], &list["canChangeDefault"]), (&json!("g"), &json!(true)));
    assert_eq!(list["data"][0]["baseUrl"], Value::Null);
    let external = json!({"type": "customGateway", "auth": {"mode": "externallyConfigured", "envKey": null}});
    assert_eq!(list["data"][2]["settings"], external);

    let write = |settings: Value| json!({"settings": settings});
    let new = json!({"type": "customGateway", "name": "My Gateway", "baseUrl": "http://n/v1", "envKey": "KEY"});
    let made = client.call("modelProvider/config/write", write(new.clone())).await;
    assert_eq!(
        made["provider"],
        json!({"id": "my-gateway", "name": "My Gateway", "canEdit": true, "baseUrl": "http://n/v1",
            "settings": {"type": "customGateway", "auth": {"mode": "environmentVariable", "envKey": "KEY"}}})
    );
    let again = client.call("modelProvider/config/write", write(new)).await;
    assert_eq!(again["provider"]["id"], "my-gateway-2");
    let changed = json!({"type": "customGateway", "providerId": "my-gateway", "envKey": null});
    let changed = client.call("modelProvider/config/write", write(changed)).await;
    assert_eq!(changed["provider"]["settings"]["auth"], json!({"mode": "none"}));
    let region = json!({"type": "bedrock", "providerId": "amazon-bedrock", "region": "eu-west-1"});
    let region = client.call("modelProvider/config/write", write(region)).await;
    assert_eq!(region["provider"]["settings"]["region"], "eu-west-1");

    for (settings, code) in [
        (json!({"type": "customGateway", "providerId": "nosuch", "name": "x"}), "configPathNotFound"),
        (json!({"type": "customGateway", "providerId": "openai", "name": "x"}), "configValidationError"),
        (json!({"type": "customGateway", "providerId": "t", "envKey": "K"}), "configValidationError"),
        (json!({"type": "customGateway", "name": "x"}), "configValidationError"),
        (json!({"type": "customGateway", "name": "x", "baseUrl": "http://u:p@h"}), "configValidationError"),
        (json!({"type": "gcp", "providerId": "gcp", "location": " "}), "configValidationError"),
    ] {
        let error = client.call_refused("modelProvider/config/write", write(settings)).await;
        assert_eq!(error.data.unwrap()["config_write_error_code"], code, "{}", error.message);
    }
    assert!(!client.finish().await.text().contains("sesame"));
    let kept = std::fs::read_to_string(server.home().codex_home().join("config.toml")).unwrap();
    assert!(kept.starts_with(text), "{kept}");
    server.finish().await;
}
