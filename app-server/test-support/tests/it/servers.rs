//! The server under test, played by a shell script.

use codex_app_server_test_support::{ModelEndpoint, ServerBuilder, TestServer};
use serde_json::json;

fn shell(script: &str) -> ServerBuilder {
    TestServer::builder("/bin/sh").arg("-c").arg(script)
}

#[tokio::test]
async fn a_server_gets_a_home_of_its_own_and_ends_with_its_input() {
    let model = ModelEndpoint::start().await;
    let script = r#"
        echo "started in $PWD" >&2
        while read -r line; do
            url=$(grep base_url "$CODEX_HOME/config.toml" | cut -d'"' -f2)
            echo "{\"id\":1,\"result\":{\"url\":\"$url\",\"home\":\"$HOME\",\"extra\":\"$EXTRA\",\"cargo\":\"$CARGO\"}}"
        done
    "#;
    let mut server = shell(script).model(&model).env("EXTRA", "more").start().await;
    let client = server.connect().await;
    let answer = client.call("x", json!({})).await;
    assert_eq!(answer["url"], model.url());
    assert_eq!(answer["home"], server.home().user_home().to_str().unwrap());
    assert_eq!((&answer["extra"], &answer["cargo"]), (&json!("more"), &json!("")));
    let snapshot = client.finish().await.snapshot();
    assert!(snapshot.contains(r#""url":"http://127.0.0.1:[port]/v1","home":"[user]""#), "{snapshot}");
    server.finish().await;
}

#[tokio::test]
async fn an_end_with_another_code_fails_the_test_and_shows_standard_error() {
    let ended = tokio::spawn(shell("echo broken >&2; exit 3").start().await.finish()).await;
    let panic = ended.unwrap_err().into_panic();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("3"), "{text}");
}

#[tokio::test]
async fn the_address_is_read_from_standard_error_and_sigterm_ends_the_server() {
    let script =
        "trap 'exit 0' TERM; echo title >&2; echo 'listening on: ws://127.0.0.1:9' >&2; while :; do sleep 0.05; done";
    let server = shell(script).start_websocket().await;
    assert_eq!(server.url(), Some("ws://127.0.0.1:9"));
    assert!(server.stderr().starts_with("title\n"));
    server.finish().await;
}

#[tokio::test]
async fn a_server_is_killed_when_it_is_dropped() {
    let script = r#"trap '' TERM; echo '{"method":"up","params":{},"emittedAtMs":1}'; read -r line; read -r line"#;
    let mut server = shell(script).start().await;
    let client = server.connect().await.of_any_server();
    client.note("up").await;
    drop(server);
    // The pipe is closed with the process that held it.
    assert!(!client.ended().await.is_empty());
}
