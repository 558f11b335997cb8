//! Who is signed in, and what of it reaches the model and the wire.

use codex_app_server_test_support::ModelEndpoint;
use serde_json::{Value, json};

use super::server;

#[tokio::test]
async fn nobody_is_signed_in_at_first() {
    let model = ModelEndpoint::start().await;
    for (builder, needs) in [(server(), true), (server().model(&model), false)] {
        let mut server = builder.start().await;
        let client = server.client().await;
        let answer = client.call("account/read", json!({})).await;
        assert_eq!((&answer["account"], &answer["requiresOpenaiAuth"]), (&Value::Null, &json!(needs)));
        client.ignore_rest();
        drop(client);
        server.finish().await;
    }
}

#[tokio::test]
async fn a_stored_key_is_shown_as_a_kind_and_sent_as_a_bearer() {
    let model = ModelEndpoint::start().await;
    model.say("Signed in");
    let config = format!("model = \"gpt-x\"\nopenai_base_url = \"{}\"\n", model.url());
    let auth = json!({"auth_mode": "apikey", "OPENAI_API_KEY": "sk-sesame-4711"}).to_string();
    let mut server =
        server().file("config.toml", &config).file("auth.json", &auth).env("RUST_LOG", "trace").start().await;
    let client = server.client().await;
    let answer = client.call("account/read", json!({})).await;
    assert_eq!((&answer["account"], &answer["requiresOpenaiAuth"]), (&json!({"type": "apiKey"}), &json!(true)));
    let thread = client.start_thread(json!({})).await;
    let turn = client.run_turn(&thread, "Hi").await;
    assert_eq!(turn["status"], "completed", "{turn}");
    assert_eq!(model.requests()[0].header("authorization"), Some("Bearer sk-sesame-4711"));
    client.call("config/read", json!({"includeLayers": true})).await;
    assert!(!client.finish().await.text().contains("sesame"));
    assert!(!server.stderr().contains("sesame"));
    let kept = std::fs::read_to_string(server.home().codex_home().join("auth.json")).unwrap();
    assert_eq!(kept, auth, "it is never written");
    server.finish().await;
}

#[tokio::test]
async fn a_login_of_another_kind_fails_the_turn_with_the_reason() {
    let model = ModelEndpoint::start().await;
    let config = format!("model = \"gpt-x\"\nopenai_base_url = \"{}\"\n", model.url());
    let auth = json!({"auth_mode": "chatgpt", "tokens": {
        "id_token": "sesame-1", "access_token": "sesame-2", "refresh_token": "sesame-3", "account_id": "a"}});
    let mut server = server().file("config.toml", &config).file("auth.json", &auth.to_string()).start().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    let turn = client.run_turn(&thread, "Hi").await;
    assert_eq!(turn["status"], "failed");
    let message = turn["error"]["message"].as_str().unwrap();
    assert!(message.contains("ChatGPT") && message.contains("does not support yet"), "{message}");
    assert_eq!(model.requests().len(), 0);
    assert!(!client.finish().await.text().contains("sesame"));
    server.finish().await;
}
