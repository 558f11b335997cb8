//! `try --oss`: a model server on this machine is found, gets the model, and answers.

use codex_app_server_test_support::{ModelEndpoint, Reply, ServerBuilder};
use serde_json::json;

use super::server;
use super::try_command::{text, trying};

/// Where providers on this machine are looked for.
fn on(builder: ServerBuilder, model: &ModelEndpoint) -> ServerBuilder {
    builder.env("CODEX_OSS_BASE_URL", model.url())
}

fn json(body: serde_json::Value) -> Reply {
    Reply::status(200).json(body)
}

/// An Ollama that lists these models.
async fn ollama(models: &[&str]) -> ModelEndpoint {
    let model = ModelEndpoint::start().await;
    model.at("/v1/models", json(json!({"object": "list", "data": null})));
    model.at("/api/version", json(json!({"version": "0.20.1"})));
    let names: Vec<_> = models.iter().map(|name| json!({"name": name})).collect();
    model.at("/api/tags", json(json!({"models": names})));
    model
}

async fn lmstudio(models: &[&str]) -> ModelEndpoint {
    let model = ModelEndpoint::start().await;
    let ids: Vec<_> = models.iter().map(|id| json!({"id": id})).collect();
    model.at("/v1/models", json(json!({"data": ids})));
    model
}

#[tokio::test]
async fn the_provider_that_runs_answers_with_its_default_model() {
    for (endpoint, provider, slug) in [
        (ollama(&["gpt-oss:20b"]).await, "ollama", "gpt-oss:20b"),
        (lmstudio(&["openai/gpt-oss-20b"]).await, "lmstudio", "openai/gpt-oss-20b"),
    ] {
        endpoint.say("From this machine");
        let (output, _) = trying(on(server(), &endpoint), &["--oss", "Hi"]).await;
        let told = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "From this machine\n"), "{told}");
        assert!(told.contains(&format!("model: {slug}\nprovider: {provider}\n")), "{told}");
        assert!(!told.contains("is missing") && !told.contains("scripted"), "{told}");
        assert_eq!(endpoint.requests()[0].body["model"], slug);
    }
}

#[tokio::test]
async fn a_missing_model_is_pulled_first() {
    let endpoint = ollama(&["other"]).await;
    let lines = [
        r#"{"status":"pulling manifest"}"#,
        r#"{"status":"pulling a","digest":"a","total":2000000000,"completed":1000000000}"#,
        r#"{"status":"success"}"#,
    ];
    endpoint.at("/api/pull", Reply::status(200).text(&lines.join("\n")));
    endpoint.say("Got it");
    let builder = server().file("config.toml", "model = \"configured\"\noss_provider = \"ollama\"\n");
    let (output, _) = trying(on(builder, &endpoint), &["--oss", "-m", "small", "Hi"]).await;
    let told = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "Got it\n"), "{told}");
    let mut rest = told;
    for part in [
        "the model `small` of Ollama is missing: downloading it\n",
        "  pulling manifest\n",
        "  1.00 GB of 2.00 GB after ",
        "the model `small` of Ollama is there after ",
        "model: small\n",
    ] {
        let found = rest.find(part);
        assert!(found.is_some(), "{part} in {told}");
        rest = &rest[found.unwrap()..];
    }
    assert_eq!(endpoint.requests()[0].body["model"], "small");
}

/// What a setup that fails says.
async fn refused(builder: ServerBuilder, args: &[&str]) -> String {
    let (output, _) = trying(builder, args).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    text(&output.stderr).to_owned()
}

#[tokio::test]
async fn a_pull_that_fails_ends_it_with_the_reason() {
    let endpoint = ollama(&[]).await;
    endpoint.at("/api/pull", json(json!({"error": "file does not exist"})));
    let told = refused(on(server(), &endpoint), &["--oss", "-m", "nosuch", "Hi"]).await;
    let error = "Error: OSS setup failed: the model `nosuch` could not be pulled: file does not exist\n";
    assert!(told.contains(error), "{told}");
}

#[tokio::test]
async fn the_configured_provider_is_asked_and_no_other() {
    let endpoint = ollama(&["gpt-oss:20b"]).await;
    let builder = on(server(), &endpoint).file("config.toml", "oss_provider = \"lmstudio\"\n");
    let told = refused(builder, &["--oss", "Hi"]).await;
    assert!(told.contains("is not LM Studio: its answer has no list of models"), "{told}");
    let told = refused(on(server(), &endpoint), &["-c", "oss_provider=other", "--oss", "Hi"]).await;
    assert!(told.contains("Error: OSS setup failed: `other` is no provider of open models"), "{told}");
    let told = refused(on(server(), &endpoint), &["-c", "oss_provider=ollama-chat", "--oss", "Hi"]).await;
    assert!(told.contains("`ollama`"), "{told}");
}

#[tokio::test]
async fn a_model_that_lmstudio_lacks_is_downloaded_by_its_program() {
    let endpoint = lmstudio(&[]).await;
    // A PATH without programs, and a HOME without LM Studio.
    let told = refused(on(server(), &endpoint).env("PATH", "/nowhere"), &["--oss", "Hi"]).await;
    assert!(told.contains("does not have the model `openai/gpt-oss-20b`") && told.contains("`lms`"), "{told}");
}

#[tokio::test]
async fn when_nobody_runs_both_are_named() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = gone.local_addr().unwrap().port().to_string();
    drop(gone);
    let told = refused(server().env("CODEX_OSS_PORT", &port), &["--oss", "Hi"]).await;
    for part in ["Error: OSS setup failed: neither", "`ollama serve`", "`lms server start`", &port] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
