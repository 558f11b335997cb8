//! `try`: a conversation on the terminal.

use std::path::{Path, PathBuf};
use std::process::Output;

use codex_app_server_test_support::{ModelEndpoint, Reply, ServerBuilder};
use serde_json::{Value, json};

use super::raw::run;
use super::server;

/// Runs `try` with these arguments.
pub(super) async fn trying(builder: ServerBuilder, args: &[&str]) -> (Output, ServerBuilder) {
    let builder = args.iter().fold(builder.arg("try"), |builder, arg| builder.arg(*arg));
    (run(builder.command()).await, builder)
}

pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The folders that `try` has made in this one.
fn made_in(folder: &Path) -> Vec<PathBuf> {
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test]
async fn without_a_provider_the_scripted_model_talks_in_a_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (output, builder) = trying(server().env("TMPDIR", folder.path()), &["Hello"]).await;
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(!said.trim().is_empty() && said.ends_with('\n'), "{said}");
    assert!(told.contains("no model provider is configured") && told.contains("> Hello"), "{told}");
    assert!(told.contains("done in ") && told.contains(" tokens in, "), "{told}");
    let [fresh] = made_in(folder.path()).try_into().unwrap();
    assert!(told.contains(&format!("works in a new folder, {};", fresh.display())), "{told}");
    assert!(told.contains(&format!("workdir: {}\n", fresh.display())), "{told}");
    assert!(told.contains("approval: on-request\nsandbox: workspace-write [workdir, "), "{told}");
    drop(builder);
    assert!(fresh.is_dir());
}

#[tokio::test]
async fn the_scripted_model_goes_where_it_is_told_and_does_what_it_is_told() {
    let scripted = || {
        let folder = tempfile::tempdir().unwrap();
        (server().file("config.toml", "model_provider = \"scripted\"\n").env("TMPDIR", folder.path()), folder)
    };
    let (builder, folder) = scripted();
    let (output, builder) = trying(builder, &["-C", ".", "Hello"]).await;
    let told = text(&output.stderr);
    let here = builder.command().as_std().get_current_dir().unwrap().to_owned();
    assert!(told.contains(&format!("workdir: {}\n", here.display())), "{told}");
    assert!(told.contains("sandbox: read-only\n") && !told.contains("new folder"), "{told}");
    assert!(made_in(folder.path()).is_empty());
    let (builder, folder) = scripted();
    let (output, _) = trying(builder, &["-s", "read-only", "Hello"]).await;
    let told = text(&output.stderr);
    assert!(told.contains("sandbox: read-only\n"), "{told}");
    assert_eq!(made_in(folder.path()).len(), 1);
}

#[tokio::test]
async fn two_prompts_are_two_turns_of_one_thread() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().reasoning(&["Let me see"]).message("First answer"));
    model.say("Second answer");
    let (output, _) = trying(server().model(&model), &["one", "two"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "First answer\nSecond answer\n"));
    let told = text(&output.stderr);
    assert!(told.contains("Let me see\n") && told.contains("10 tokens in, 5 out"), "{told}");
    let requests = model.requests();
    let texts = requests[1].user_texts();
    assert_eq!(texts[texts.len() - 2..], ["one", "two"]);
}

#[tokio::test]
async fn the_wire_is_printed_on_demand() {
    let model = ModelEndpoint::start().await;
    model.say("Hello there");
    let (output, _) = trying(server().model(&model), &["--json", "Hi"]).await;
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let methods: Vec<_> = lines.iter().filter_map(|line| line["method"].as_str()).collect();
    for method in
        ["initialize", "initialized", "thread/start", "thread/started", "turn/start", "item/agentMessage/delta"]
    {
        assert!(methods.contains(&method), "{method} of {methods:?}");
    }
    assert_eq!(lines.iter().filter(|line| line["method"] == "turn/completed").count(), 1);
    assert!(lines.iter().any(|line| line["result"]["thread"]["id"].is_string()));
}

#[tokio::test]
async fn a_running_server_is_used() {
    let model = ModelEndpoint::start().await;
    model.say("From over there");
    let mut running = server().model(&model).start_websocket().await;
    let url = running.url().unwrap().to_owned();
    let (output, builder) = trying(server(), &["--connect", &url, "Hi"]).await;
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(0), "From over there\n"),
        "{}",
        text(&output.stderr)
    );
    let client = running.client().await;
    let listed = client.call("thread/list", json!({})).await;
    let cwd = builder.command().as_std().get_current_dir().unwrap().to_owned();
    assert_eq!(listed["data"][0]["cwd"], cwd.to_str().unwrap());
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", gone.local_addr().unwrap());
    drop(gone);
    let (output, _) = trying(server(), &["--connect", &url, "Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert!(text(&output.stderr).contains(&format!("no server answers at {url}")), "{}", text(&output.stderr));
}

#[tokio::test]
async fn a_provider_that_fails_ends_it_with_the_reason() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::status(401).json(json!({"error": {"message": "no such key"}})));
    let (output, _) = trying(server().model(&model), &["one", "two"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let told = text(&output.stderr);
    assert!(told.contains("the turn failed after ") && told.contains("no such key"), "{told}");
    assert!(!told.contains("> two"), "{told}");
    assert_eq!(model.requests().len(), 1);
}

#[tokio::test]
async fn a_broken_configuration_ends_it_with_the_place() {
    let (output, _) = trying(server().file("config.toml", "model = = 1\n"), &["Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert!(text(&output.stderr).contains("config.toml:1:9"), "{}", text(&output.stderr));
}

#[tokio::test]
async fn model_and_folder_are_taken_from_the_command_line() {
    let model = ModelEndpoint::start().await;
    model.say("Here");
    let folder = tempfile::tempdir().unwrap();
    let path = std::fs::canonicalize(folder.path()).unwrap();
    let path = path.to_str().unwrap();
    let (output, _) = trying(server().model(&model), &["-m", "gpt-x", "-C", path, "Hi"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let requests = model.requests();
    assert_eq!(requests[0].body["model"], "gpt-x");
    assert!(requests[0].body["input"].to_string().contains(path));
}

#[tokio::test]
async fn a_recording_replays_the_conversation() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().reasoning(&["Let me see"]).message("What {{was}} said \"once\"\nis said 'again' é"));
    model.push(Reply::turn().call("call_1", "no_such_tool", &json!({"a": [1, null]})));
    model.say("And the end");
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script.toml");
    let script = script.to_str().unwrap();
    let (first, _) = trying(server().model(&model), &["--record", script, "one", "two"]).await;
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert!(text(&first.stdout).ends_with("And the end\n"));
    let replaying = server()
        .file("config.toml", "model_provider = \"scripted\"\n")
        .file("app-server.toml", &format!("[scripted]\nscript = \"{script}\"\n"));
    let (second, _) = trying(replaying, &["-C", ".", "one", "two"]).await;
    assert_eq!(second.status.code(), Some(0), "{}", text(&second.stderr));
    assert_eq!(text(&second.stdout), text(&first.stdout));
}

#[tokio::test]
async fn the_wire_is_printed_of_a_failure_too_and_the_code_tells() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::failed("invalid_prompt", "not like this"));
    let (output, _) = trying(server().model(&model), &["--json", "Hi"]).await;
    assert_eq!(output.status.code(), Some(1));
    let last = text(&output.stdout).lines().rfind(|line| line.contains("turn/completed")).unwrap();
    assert!(last.contains("not like this"), "{last}");
}

#[tokio::test]
async fn a_provider_that_does_not_exist_is_told() {
    let (output, _) = trying(server().file("config.toml", "model_provider = \"nobody\"\n"), &["Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert!(text(&output.stderr).contains("Model provider `nobody` not found"), "{}", text(&output.stderr));
}

#[tokio::test]
async fn a_recording_that_cannot_be_written_is_told_after_the_conversation() {
    let model = ModelEndpoint::start().await;
    model.say("Said anyway");
    let (output, _) = trying(server().model(&model), &["--record", "/no/such/folder/script.toml", "Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), "Said anyway\n"));
    assert!(text(&output.stderr).contains("/no/such/folder/script.toml"), "{}", text(&output.stderr));
}

#[tokio::test]
async fn a_script_that_is_broken_is_told_with_the_place() {
    let builder = server()
        .file("config.toml", "model_provider = \"scripted\"\n")
        .file("app-server.toml", "[scripted]\nscript = \"script.toml\"\n")
        .file("script.toml", "[[answer]]\ntext = 'x'\nnonsense = 1\n");
    let (output, _) = trying(builder, &["-C", ".", "Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let told = text(&output.stderr);
    assert!(told.contains("script.toml") && told.contains("nonsense"), "{told}");
}

/// A provider without a word about approvals or the sandbox.
const PROVIDER: &str = "[model_providers.mock]\nname = \"mock\"\nrequest_max_retries = 0\nstream_max_retries = 0\n";

/// A server on this model whose configuration begins with `top`.
fn on_model(model: &ModelEndpoint, top: &str) -> ServerBuilder {
    let url = model.url();
    server().file(
        "config.toml",
        &format!("model = \"m\"\nmodel_provider = \"mock\"\n{top}{PROVIDER}base_url = \"{url}\"\n"),
    )
}

#[tokio::test]
async fn the_header_tells_what_it_runs_on_and_what_it_may_do() {
    let model = ModelEndpoint::start().await;
    model.say("Here");
    let (output, builder) = trying(on_model(&model, ""), &["Hi"]).await;
    let told = text(&output.stderr);
    let command = builder.command();
    let header = format!(
        "workdir: {}\nmodel: m\nprovider: mock\napproval: on-request\nsandbox: read-only\n> Hi\n",
        command.as_std().get_current_dir().unwrap().display()
    );
    assert!(told.contains(&header), "{told}");
}

#[tokio::test]
async fn sandbox_and_approvals_are_taken_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let top = format!("[sandbox_workspace_write]\nnetwork_access = true\nwritable_roots = [\"{root}\"]\n");
    let roots = format!("[workdir, /tmp, $TMPDIR, {root}]");
    let writing = format!("workspace-write {roots}");
    let networking = format!("{writing} (network access enabled)");
    for (flags, approval, sandbox) in [
        (&["-s", "danger-full-access", "-a", "never"][..], "never", "danger-full-access"),
        (&["--sandbox", "workspace-write"], "on-request", &networking),
        (&["--ask-for-approval", "never"], "never", "read-only"),
        (&["--preset", "read-only"], "on-request", "read-only"),
        // A preset brings its own word about the network.
        (&["--preset", "auto"], "on-request", &writing),
        (&["--preset", "full-access"], "never", "danger-full-access"),
    ] {
        let model = ModelEndpoint::start().await;
        model.say("Here");
        let args = [flags, &["Hi"]].concat();
        let (output, _) = trying(on_model(&model, &top), &args).await;
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        let expected = format!("approval: {approval}\nsandbox: {sandbox}\n> Hi\n");
        assert!(told.contains(&expected), "{flags:?}: {told}");
    }
}
