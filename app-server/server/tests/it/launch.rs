//! How the process is started, what it prints, and with which code it ends.

use std::path::Path;
use std::process::Output;

use codex_app_server_test_support::{Gate, ModelEndpoint, Reply, ServerBuilder};
use serde_json::{Value, json};

use super::raw::{INITIALIZE, Raw, run, terminate};
use super::{saying, server};

fn with(words: &str) -> ServerBuilder {
    words.split_whitespace().fold(server(), ServerBuilder::arg)
}

async fn output(words: &str) -> Output {
    let builder = with(words);
    run(builder.command()).await
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Starts it, shakes hands, asks for the configuration, ends the input.
async fn config_of(words: &str) -> Value {
    let builder = with(words);
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    let answer = raw.answer().await;
    assert!(answer["result"]["userAgent"].is_string(), "{words}: {answer}");
    raw.send(r#"{"id":1,"method":"config/read","params":{}}"#).await;
    let config = raw.answer().await["result"]["config"].clone();
    assert_eq!(raw.end().await.code(), Some(0), "{words}");
    config
}

#[tokio::test]
async fn every_form_in_which_clients_start_it_works() {
    for words in [
        "",
        "app-server",
        "app-server --listen stdio://",
        "app-server --stdio",
        "--stdio",
        "--listen stdio://",
        "app-server --analytics-default-enabled",
        "app-server --enable apps --disable apps",
        "app-server -c features.no_such_feature=true",
    ] {
        config_of(words).await;
    }
}

#[tokio::test]
async fn overrides_stand_on_either_side_of_the_subcommand() {
    for (words, effort) in [
        ("-c model=m1 app-server --listen stdio://", Value::Null),
        ("--config model=m1 app-server --listen stdio://", Value::Null),
        ("app-server -c model=\"m1\"", Value::Null),
        ("app-server --listen stdio:// --config model=m1", Value::Null),
        ("--config=model=m1 app-server", Value::Null),
        ("-c model=m0 app-server -c model=m1 -c model_reasoning_effort=low", json!("low")),
        ("-c model_reasoning_effort=\"high\" -c model=m1", json!("high")),
    ] {
        let config = config_of(words).await;
        assert_eq!((&config["model"], &config["model_reasoning_effort"]), (&json!("m1"), &effort), "{words}");
    }
}

#[tokio::test]
async fn the_version_comes_first_in_the_form_that_clients_parse() {
    for words in ["--version", "-V", "app-server --version"] {
        let output = output(words).await;
        assert_eq!(output.status.code(), Some(0));
        let mut lines = text(&output.stdout).lines();
        assert_eq!(lines.next(), Some("codex-cli 0.169.0"), "{words}");
        assert!(lines.next().is_some_and(|line| line.starts_with("codex-app-server ")), "{words}");
    }
}

#[tokio::test]
async fn help_goes_to_standard_output() {
    let output = output("--help").await;
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("generate-json-schema"));
}

#[tokio::test]
async fn words_that_are_not_understood_end_with_two() {
    for words in [
        "no-such-word",
        "app-server no-such-word",
        "proxy",
        "app-server proxy",
        "app-server daemon start",
        "exec hello",
        "--no-such-option",
        "try",
        "generate-ts",
    ] {
        let output = output(words).await;
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{words}");
        assert!(!output.stderr.is_empty(), "{words}");
    }
    let known = output("app-server proxy").await;
    assert!(text(&known.stderr).contains("`proxy` is part of codex"), "{}", text(&known.stderr));
}

#[tokio::test]
async fn hardly_any_environment_is_enough() {
    let builder = server();
    for name in ["HOME", "CODEX_HOME"] {
        let mut command = builder.command();
        command.env_clear().env("PATH", "/usr/bin:/bin");
        let home =
            if name == "HOME" { builder_home(&builder).join("user") } else { builder_home(&builder).join("home") };
        command.env(name, &home);
        if name == "HOME" {
            std::fs::create_dir_all(home.join(".codex")).unwrap();
        }
        let mut raw = Raw::spawn(command);
        raw.send(INITIALIZE).await;
        let answer = raw.answer().await;
        let wanted = if name == "HOME" { home.join(".codex") } else { home };
        assert_eq!(answer["result"]["codexHome"], wanted.to_str().unwrap());
        raw.send(r#"{"id":1,"method":"thread/start","params":{}}"#).await;
        assert!(raw.answer().await["result"]["thread"]["id"].is_string());
        assert!(raw.end().await.success());
    }
}

/// The folder that holds the home of a server not yet started.
fn builder_home(builder: &ServerBuilder) -> std::path::PathBuf {
    let command = builder.command();
    let cwd = command.as_std().get_current_dir().map(Path::to_owned);
    cwd.and_then(|cwd| cwd.parent().map(Path::to_owned)).unwrap()
}

#[tokio::test]
async fn a_home_that_is_not_there_ends_the_start() {
    let builder = server().env("CODEX_HOME", "/no/such/folder");
    let output = run(builder.command()).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert!(text(&output.stderr).contains("/no/such/folder"), "{}", text(&output.stderr));
}

/// A server in the middle of a turn that never ends by itself.
async fn in_a_turn(model: &ModelEndpoint, builder: &ServerBuilder) -> Raw {
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("Never"));
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(r#"{"id":1,"method":"thread/start","params":{}}"#).await;
    let thread = raw.answer().await["result"]["thread"]["id"].as_str().unwrap().to_owned();
    raw.send(json!({"id": 2, "method": "turn/start", "params": saying(&thread, "Hi")}).to_string()).await;
    raw.note("turn/started").await;
    gate.reached().await;
    raw
}

#[tokio::test]
async fn the_end_of_the_input_ends_it_also_in_the_middle_of_a_turn() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let raw = in_a_turn(&model, &builder).await;
    assert_eq!(raw.end().await.code(), Some(0));
    model.wait_hang_ups(1).await;
}

#[tokio::test]
async fn who_ended_the_input_is_still_told_how_the_turn_ends() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let mut raw = in_a_turn(&model, &builder).await;
    raw.close_input();
    let completed = raw.note("turn/completed").await;
    assert_eq!(completed["params"]["turn"]["status"], "interrupted");
    assert_eq!(raw.receive().await, None);
    assert_eq!(raw.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_turn_cut_by_sigterm_is_told_as_interrupted() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let mut raw = in_a_turn(&model, &builder).await;
    terminate(raw.id());
    let completed = raw.note("turn/completed").await;
    assert_eq!(completed["params"]["turn"]["status"], "interrupted");
    assert_eq!(raw.receive().await, None);
    assert_eq!(raw.wait().await.code(), Some(0));
}

#[tokio::test]
async fn sigterm_ends_it_while_its_input_is_open() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    terminate(raw.id());
    assert_eq!(raw.wait().await.code(), Some(0));
}

#[tokio::test]
async fn requests_before_the_end_of_the_input_are_answered() {
    let builder = server();
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    for id in 1..=50 {
        raw.send(format!(r#"{{"id":{id},"method":"model/list","params":{{}}}}"#)).await;
    }
    raw.close_input();
    for id in 0..=50 {
        assert_eq!(raw.answer().await["id"], id);
    }
    assert_eq!(raw.wait().await.code(), Some(0));
}

#[tokio::test]
async fn slow_requests_before_the_end_of_the_input_are_answered_too() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    for (id, method) in (1..).zip(["thread/start", "thread/list", "config/read", "thread/start", "thread/list"]) {
        raw.send(json!({"id": id, "method": method, "params": {}}).to_string()).await;
    }
    raw.close_input();
    let mut answered = Vec::new();
    while let Some(message) = raw.receive().await {
        answered.extend(message["id"].as_i64());
    }
    answered.sort_unstable();
    assert_eq!(answered, [0, 1, 2, 3, 4, 5]);
    assert_eq!(raw.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_broken_configuration_is_told_and_refuses_only_new_threads() {
    let mut server = server().file("config.toml", "model = \"a\"\nmodel_provider = = 1\n").start().await;
    let client = server.client().await;
    let path = server.home().codex_home().join("config.toml");
    let place = format!("{}:2:18", path.display());
    let warning = client.note("configWarning").await;
    assert_eq!(warning["path"], path.to_str().unwrap());
    assert_eq!(warning["range"]["start"], json!({"line": 2, "column": 18}));
    let error = client.call_refused("thread/start", json!({})).await;
    assert_eq!(error.code, -32600);
    assert!(error.message.contains(&place), "{}", error.message);
    assert_eq!(error.data, None, "as clients know it");
    client.call("thread/loaded/list", json!({})).await;
    client.call("model/list", json!({})).await;
    // Repaired, it is used without a restart.
    server.home().write("config.toml", "model = \"a\"\n");
    client.call("thread/start", json!({})).await;
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

#[tokio::test]
async fn settings_of_the_server_that_are_broken_are_told() {
    let mut server = server().file("app-server.toml", "[limits]\nmax_line_bytes = \"many\"\n").start().await;
    let client = server.client().await;
    let warning = client.note("configWarning").await;
    assert_eq!(warning["summary"], "Invalid app-server.toml; using defaults.");
    client.call("thread/start", json!({})).await;
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path.to_str().unwrap().to_owned());
        }
    }
    files
}

#[tokio::test]
async fn schemas_and_types_are_written() {
    let folder = tempfile::tempdir().unwrap();
    for (words, name, wanted) in [
        ("app-server generate-json-schema", "stable", "ClientRequest.json"),
        ("generate-json-schema --experimental", "experimental", "ServerNotification.json"),
        ("generate-ts", "ts", "ClientRequest.ts"),
    ] {
        let out = folder.path().join(name).join("new");
        let output = output(&format!("{words} --out {}", out.display())).await;
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""), "{}", text(&output.stderr));
        assert!(out.join(wanted).is_file(), "{words}");
        assert!(out.join("v2").is_dir(), "{words}");
        for file in files_below(&out) {
            let content = std::fs::read_to_string(&file).unwrap();
            if file.ends_with(".json") {
                assert!(serde_json::from_str::<Value>(&content).is_ok(), "{file}");
            }
            let gated = content.contains("mock/experimentalMethod");
            assert!(name == "experimental" || !gated, "{file} is experimental");
        }
    }
    let experimental = folder.path().join("experimental/new/ClientRequest.json");
    assert!(std::fs::read_to_string(experimental).unwrap().contains("mock/experimentalMethod"));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let output = output("generate-ts --out /dev/null/x").await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/dev/null/x"), "{}", text(&output.stderr));
}
