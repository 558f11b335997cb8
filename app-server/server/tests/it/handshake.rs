//! How a connection opens, and what it may ask before and after.

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::{methods, saying, server};

fn info() -> Value {
    json!({"clientInfo": {"name": "test", "title": null, "version": "1.2.3"}})
}

#[tokio::test]
async fn the_answer_says_who_serves_and_where() {
    let mut server = server().start().await;
    let client = server.connect().await;
    let answer = client.call("initialize", info()).await;
    let mut keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["codexHome", "platformFamily", "platformOs", "userAgent"]);
    let agent = answer["userAgent"].as_str().unwrap();
    let (product, rest) = agent.split_once(' ').unwrap();
    assert_eq!(product, "test/0.169.0", "{agent}");
    let (system, terminal) = rest.strip_prefix('(').and_then(|rest| rest.split_once(") ")).unwrap();
    assert!(system.ends_with(&format!("; {}", std::env::consts::ARCH)), "{agent}");
    assert!(terminal.starts_with("xterm ") && terminal.ends_with(" (test; 1.2.3)"), "{agent}");
    assert_eq!(answer["codexHome"], server.home().codex_home().to_str().unwrap());
    client.note("remoteControl/status/changed").await;
    insta::assert_snapshot!(client.finish().await.snapshot());
    server.finish().await;
}

#[tokio::test]
async fn a_name_with_a_slash_goes_through_unchanged() {
    let mut server = server().start().await;
    let client = server.connect().await;
    let info = json!({"clientInfo": {"name": "@scope/name", "version": "2"}, "capabilities": null});
    let answer = client.call("initialize", info).await;
    assert!(answer["userAgent"].as_str().unwrap().starts_with("@scope/name/0.169.0 ("), "{answer}");
    client.ignore_rest();
}

#[tokio::test]
async fn before_the_handshake_everything_is_refused_but_mistakes_are_told_first() {
    let mut server = server().start().await;
    let client = server.connect().await;
    for method in ["thread/loaded/list", "thread/start", "model/list", "skills/list", "getAuthStatus"] {
        let error = client.call_refused(method, json!({})).await;
        assert_eq!((error.code, error.message.as_str()), (-32600, "Not initialized"), "{method}");
    }
    let error = client.call_refused("turn/start", json!({})).await;
    assert_eq!(error.message, "Invalid request: missing field `threadId`");
    let error = client.call_refused("no/such/method", json!({})).await;
    assert!(
        error.message.starts_with("Invalid request: unknown variant `no/such/method`, expected one of "),
        "{error:?}"
    );
    client.notify("initialized").await;
    assert_eq!(client.call_refused("model/list", json!({})).await.message, "Not initialized");
    client.call("initialize", info()).await;
    client.call("thread/loaded/list", json!({})).await;
    client.note("remoteControl/status/changed").await;
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_second_handshake_changes_nothing() {
    let mut server = server().start().await;
    let client = server.connect().await;
    client.call("initialize", info()).await;
    let again = json!({"clientInfo": {"name": "other", "version": "2"}, "capabilities": {"experimentalApi": true}});
    let error = client.call_refused("initialize", again).await;
    assert_eq!((error.code, error.message.as_str()), (-32600, "Already initialized"));
    let error = client.call_refused("mock/experimentalMethod", json!({})).await;
    assert_eq!(error.message, "mock/experimentalMethod requires experimentalApi capability");
    client.note("remoteControl/status/changed").await;
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn a_handshake_that_fails_can_be_repeated() {
    let mut server = server().start().await;
    let client = server.connect().await;
    let of = |name: Value| json!({"clientInfo": {"name": name, "version": "1"}});
    let capable =
        |capabilities: Value| json!({"clientInfo": {"name": "x", "version": "1"}, "capabilities": capabilities});
    for (params, message) in [
        (Value::Null, "Invalid request: missing field `params`"),
        (json!({}), "Invalid request: missing field `clientInfo`"),
        (json!({"clientInfo": {"name": "x"}}), "Invalid request: missing field `version`"),
        (of(json!(1)), "Invalid request: invalid type: integer `1`, expected a string"),
        (of(json!("bad\nname")), "Invalid clientInfo.name: 'bad\nname'. Must be a valid HTTP header value."),
        (
            capable(json!({"experimentalApi": "yes"})),
            "Invalid request: invalid type: string \"yes\", expected a boolean",
        ),
    ] {
        let error = client.call_refused("initialize", params).await;
        assert_eq!((error.code, error.message.as_str()), (-32600, message));
    }
    client.call("initialize", capable(Value::Null)).await;
    client.call("thread/loaded/list", json!({})).await;
    client.note("remoteControl/status/changed").await;
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn notifications_that_a_client_does_not_want_are_not_sent_to_it() {
    let model = ModelEndpoint::start().await;
    model.say("Hello big world");
    let mut server = server().model(&model).start().await;
    let client = server.connect().await;
    let unwanted = [
        "thread/started",
        "turn/started",
        "item/agentMessage/delta",
        "thread/status/changed",
        "remoteControl/status/changed",
        "no/such/notification",
    ];
    client.initialize_with(json!({"optOutNotificationMethods": unwanted})).await;
    let thread = client.call("thread/start", json!({})).await["thread"]["id"].as_str().unwrap().to_owned();
    client.call("turn/start", saying(&thread, "Hi")).await;
    let messages = client.until("turn/completed").await;
    assert_eq!(
        methods(&messages)
            .into_iter()
            .filter(|method| method.starts_with("item/") || method.starts_with("turn/"))
            .collect::<Vec<_>>(),
        ["item/started", "item/completed", "item/started", "item/completed", "turn/completed"]
    );
    let transcript = client.finish().await;
    let told: Vec<_> = transcript.received().filter_map(|message| message["method"].as_str()).collect();
    assert!(!told.iter().any(|method| unwanted.contains(method)), "{told:?}");
    server.finish().await;
}

#[tokio::test]
async fn experimental_methods_and_fields_need_the_capability() {
    let mut server = server().start().await;
    let client = server.connect().await;
    client.initialize_with(json!({"experimentalApi": false})).await;
    let granular = json!({"granular": {"mcp_elicitations": true, "rules": true, "sandbox_approval": true}});
    for (method, params, what) in [
        ("mock/experimentalMethod", json!({"value": "x"}), "mock/experimentalMethod"),
        ("collaborationMode/list", json!({}), "collaborationMode/list"),
        ("thread/start", json!({"mockExperimentalField": "x"}), "thread/start.mockExperimentalField"),
        ("thread/start", json!({"dynamicTools": []}), "thread/start.dynamicTools"),
        ("thread/start", json!({"approvalPolicy": granular}), "askForApproval.granular"),
        ("process/spawn", json!({"command": ["true"], "processHandle": "p", "cwd": "/"}), "process/spawn"),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.message), (-32600, format!("{what} requires experimentalApi capability")));
    }
    let harmless = json!({"mockExperimentalField": null, "experimentalRawEvents": false, "dynamicTools": null});
    client.start_thread(harmless).await;
    client.note("remoteControl/status/changed").await;
    client.ignore_rest();
}

#[tokio::test]
async fn experimental_methods_and_fields_work_with_the_capability() {
    let mut server = server().start().await;
    let client = server.client().await;
    assert_eq!(client.call("mock/experimentalMethod", json!({"value": "x"})).await, json!({"echoed": "x"}));
    assert_eq!(client.call("mock/experimentalMethod", json!({})).await, json!({"echoed": null}));
    client.call("collaborationMode/list", json!({})).await;
    client.start_thread(json!({"mockExperimentalField": "x", "dynamicTools": []})).await;
    client.ignore_rest();
}

#[tokio::test]
async fn methods_to_come_are_told_apart_from_those_that_do_not_exist() {
    let mut server = server().start().await;
    let client = server.client().await;
    for (method, params) in [
        ("skills/list", json!({})),
        ("fs/readFile", json!({"path": "/etc/hostname"})),
        ("memory/status", json!({})),
        ("getAuthStatus", json!({})),
        ("memory/reset", json!(null)),
        ("account/rateLimits/read", json!(null)),
    ] {
        let error = client.call_refused(method, params).await;
        assert_eq!((error.code, error.message), (-32601, format!("{method} is not supported yet")));
        assert_eq!(error.data, Some(json!({"code": "notSupported", "retryable": false, "subject": method})));
    }
    // Params are looked at first, so a client learns today what will be wrong tomorrow.
    let error = client.call_refused("fs/readFile", json!({"path": "relative"})).await;
    let complaint = "Invalid request: AbsolutePathBuf deserialized without a base path";
    assert_eq!((error.code, error.message.as_str()), (-32600, complaint));
    for method in ["thread/rollback", "Thread/Start", ""] {
        let error = client.call_refused(method, json!({})).await;
        let begin = format!("Invalid request: unknown variant `{method}`, expected one of `initialize`, `");
        assert!(error.code == -32600 && error.message.starts_with(&begin), "{error:?}");
        assert_eq!(error.data, Some(json!({"code": "unknownMethod", "retryable": false, "subject": method})));
    }
    client.note("remoteControl/status/changed").await;
    let _ = client.finish().await;
    server.finish().await;
}
