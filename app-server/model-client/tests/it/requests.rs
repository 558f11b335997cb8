//! What is sent: headers and body, in the reference's order.

use codex_model_client::{MissingEnv, ModelClient, ReasoningOptions, Retry, TextOptions, Wire};
use serde_json::json;

use crate::server::{Reply, Server, drain, failure, raw, request};

fn done() -> Reply {
    Reply::events(&[json!({"type": "response.completed", "response": {"id": "r"}})])
}

#[tokio::test]
async fn headers_and_body_have_the_references_order() {
    let mut server = Server::start(vec![done()]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.base_url.push('/');
    provider.headers = vec![("X-Foo".into(), "bar".into())];
    provider.query_params = vec![("a b".into(), "c&d".into()), ("z".into(), "1".into())];
    provider.bearer = Some("tok".into());
    let mut request = request("Hi");
    request.identity.subagent = Some("review".into());
    request.tools = vec![raw(json!({"type": "function", "name": "f"}))];
    request.parallel_tool_calls = true;
    request.reasoning =
        Some(ReasoningOptions { effort: Some("low".into()), summary: Some("auto".into()), context: None });
    request.service_tier = Some("priority".into());
    request.text = Some(TextOptions { verbosity: Some("low".into()), output_schema: Some(json!({"type": "object"})) });
    request.client_metadata = request.identity.client_metadata("tu-1", "tu-0");
    drain(ModelClient::new(provider).stream(&request).await.unwrap()).await;

    let seen = server.request().await;
    assert_eq!(seen.line, "POST /v1/responses?a+b=c%26d&z=1 HTTP/1.1");
    let host = server.base_url["http://".len()..].trim_end_matches("/v1").to_owned();
    let length = seen.body.len().to_string();
    let expected: Vec<(&str, &str)> = vec![
        ("x-foo", "bar"),
        ("x-codex-beta-features", "remote_compaction_v2"),
        ("x-codex-window-id", "th-1:0"),
        ("x-codex-turn-metadata", r#"{"turn_id":"tu-1"}"#),
        ("x-openai-subagent", "review"),
        ("x-client-request-id", "th-1"),
        ("session-id", "se-1"),
        ("thread-id", "th-1"),
        ("accept", "text/event-stream"),
        ("content-type", "application/json"),
        ("authorization", "Bearer tok"),
        ("originator", "me"),
        ("user-agent", "me/0.169.0"),
        ("host", &host),
        ("content-length", &length),
    ];
    let found: Vec<(&str, &str)> = seen.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(found, expected);
    assert_eq!(
        seen.body,
        concat!(
            r#"{"model":"mock-model","stream":true,"#,
            r#""input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],"#,
            r#""tools":[{"type":"function","name":"f"}],"tool_choice":"auto","parallel_tool_calls":true,"#,
            r#""reasoning":{"effort":"low","summary":"auto"},"store":false,"#,
            r#""include":["reasoning.encrypted_content"],"service_tier":"priority","prompt_cache_key":"th-1","#,
            r#""text":{"verbosity":"low","format":{"type":"json_schema","strict":true,"#,
            r#""schema":{"type":"object"},"name":"codex_output_schema"}},"#,
            r#""client_metadata":{"x-codex-installation-id":"in-1","turn_id":"tu-1","root_turn_id":"tu-0","#,
            r#""session_id":"se-1","x-codex-window-id":"th-1:0","thread_id":"th-1","#,
            r#""x-codex-turn-metadata":"{\"turn_id\":\"tu-1\"}"}}"#
        )
    );
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let mut server = Server::start(vec![done()]).await;
    let mut request = request("Hi");
    request.text = Some(TextOptions::default());
    drain(server.client().stream(&request).await.unwrap()).await;
    let seen = server.request().await;
    assert!(seen.header("authorization").is_none());
    assert!(seen.header("x-openai-subagent").is_none());
    let body = seen.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "model",
            "stream",
            "input",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "store",
            "include",
            "prompt_cache_key",
            "client_metadata"
        ]
    );
    assert_eq!(body["tools"], json!([]));
}

#[tokio::test]
async fn headers_hold_what_no_header_may_hold() {
    let mut server = Server::start(vec![done()]).await;
    let mut request = request("Hi");
    request.identity.turn_metadata = "{\"cwd\":\"/srv/ä😀\n\"}".into();
    drain(server.client().stream(&request).await.unwrap()).await;
    let seen = server.request().await;
    assert_eq!(seen.header("x-codex-turn-metadata"), Some(r#"{"cwd":"/srv/\u00e4\ud83d\ude00\u000a"}"#));
}

#[tokio::test]
async fn a_connection_serves_one_request_after_the_other() {
    let mut server = Server::start(vec![done(), done(), Reply::status("400 Bad Request", "", "no"), done()]).await;
    let client = server.client();
    for _ in 0..4 {
        if let Ok(stream) = client.stream(&request("Hi")).await {
            drain(stream).await;
        }
        assert_eq!(server.request().await.connection, 0);
        // The end of the answer has arrived; the tasks that give the connection back need their turn.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_missing_key_is_told_and_nothing_is_sent() {
    let mut server = Server::start(vec![]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.missing_env = Some(MissingEnv { name: "THE_KEY".into(), instructions: None });
    let error = failure(&ModelClient::new(provider.clone())).await;
    assert_eq!(error.message, "Missing environment variable: `THE_KEY`.");
    assert_eq!(error.retry, Retry::Never);
    provider.missing_env = Some(MissingEnv { name: "THE_KEY".into(), instructions: Some("Ask Bob.".into()) });
    let error = failure(&ModelClient::new(provider)).await;
    assert_eq!(error.message, "Missing environment variable: `THE_KEY`. Ask Bob.");
    server.no_more_requests();
}

#[tokio::test]
async fn a_provider_that_cannot_be_used_says_why() {
    let server = Server::start(vec![]).await;
    for (change, expected) in [
        ("url", "model provider `mock`: base_url is not a valid URL (relative URL without a base)"),
        ("scheme", "model provider `mock`: base_url must begin with http:// or https://"),
        ("name", "model provider `mock`: `bad name` cannot be the name of a header"),
        ("value", "model provider `mock`: the value of the header `x` holds a character that no header may hold"),
        ("key", "model provider `mock`: the key holds a character that no header may hold"),
    ] {
        let mut provider = server.provider(Wire::Responses);
        match change {
            "url" => provider.base_url = "not a url".into(),
            "scheme" => provider.base_url = "ftp://host/v1".into(),
            "name" => provider.headers = vec![("bad name".into(), "v".into())],
            "value" => provider.headers = vec![("x".into(), "sk-secret\n".into())],
            _ => provider.bearer = Some("sk-secret\r\n".into()),
        }
        let error = failure(&ModelClient::new(provider)).await;
        assert_eq!(error.message, expected);
        assert_eq!(error.retry, Retry::Never);
    }
}
