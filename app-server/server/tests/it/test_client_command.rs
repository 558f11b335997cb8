//! `test-client`: requests, files of them, and threads while they run.

use std::path::Path;
use std::process::{Output, Stdio};

use codex_app_server_test_support::model::events;
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply, ServerBuilder, TestClient, TestServer};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::raw::run;
use super::server;
use super::stage::exec_with;
use super::try_command::text;

fn command(builder: &ServerBuilder, args: &[&str]) -> Command {
    let mut command = builder.command();
    command.arg("test-client").args(args);
    command
}

async fn testing(builder: &ServerBuilder, args: &[&str]) -> Output {
    run(command(builder, args)).await
}

/// A command on the way, with its standard output line by line.
fn spawned(mut command: Command) -> (Child, tokio::io::Lines<BufReader<tokio::process::ChildStdout>>) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

/// What a command that ends by itself has told, and its status.
async fn ended(mut child: Child) -> (Option<i32>, String) {
    let mut told = String::new();
    let reading = child.stderr.take().unwrap().read_to_string(&mut told).await;
    reading.unwrap();
    let status = timeout(DEADLINE, child.wait()).await.expect("it ends").unwrap();
    (status.code(), told)
}

#[tokio::test]
async fn one_request_is_sent_to_a_server_of_its_own() {
    let builder = server();
    let output = testing(&builder, &["call", "thread/loaded/list"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "{\"data\":[],\"nextCursor\":null}\n");
    let output = testing(&builder, &["call", "thread/list", r#"{"limit": 3}"#]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap()["data"], json!([]));
    let none = testing(&builder, &["call", "configRequirements/read"]).await;
    assert_eq!(none.status.code(), Some(0), "methods without params take none: {}", text(&none.stderr));
}

#[tokio::test]
async fn an_error_goes_to_stderr_and_is_the_status() {
    let builder = server();
    let output = testing(&builder, &["call", "thread/read", r#"{"threadId": "x"}"#]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let told = text(&output.stderr);
    assert!(told.starts_with("error -32600: invalid thread id") && told.contains("data: {"), "{told}");
    let output = testing(&builder, &["call", "thread/read", "{threadId"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the params are no JSON"), "{}", text(&output.stderr));
    for args in [&["call", "x", "--connect", "ftp://there"], &["call", "x", "--connect", "ws://127.0.0.1:1"]] {
        let output = testing(&builder, args).await;
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(args[3]), "{}", text(&output.stderr));
    }
    assert_eq!(testing(&builder, &["call"]).await.status.code(), Some(2));
}

#[tokio::test]
async fn what_single_requests_have_no_use_for_is_refused() {
    let builder = server();
    for flag in [&["--json"][..], &["--approve", "accept"]] {
        for action in [&["call", "thread/loaded/list"][..], &["batch", "-"]] {
            let output = testing(&builder, &[action, flag].concat()).await;
            assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
            assert!(text(&output.stderr).contains("are for turn, watch and rejoin"), "{}", text(&output.stderr));
        }
    }
}

#[tokio::test]
async fn what_is_experimental_is_asked_for() {
    let builder = server();
    let params = r#"{"value": "x"}"#;
    let refused = testing(&builder, &["call", "mock/experimentalMethod", params]).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("requires experimentalApi capability"), "{}", text(&refused.stderr));
    let output = testing(&builder, &["--experimental", "call", "mock/experimentalMethod", params]).await;
    assert_eq!(text(&output.stdout), "{\"echoed\":\"x\"}\n");
}

#[tokio::test]
async fn a_file_of_requests_is_answered_line_by_line_and_its_log_fits_the_schema() {
    let builder = server();
    let requests = "# two that work, one that does not\n\nthread/loaded/list\nthread/list {\"limit\": 1}\nno/such {}\n";
    builder
        .command()
        .as_std()
        .get_current_dir()
        .map(|cwd| std::fs::write(cwd.join("requests"), requests))
        .unwrap()
        .unwrap();
    let output = testing(&builder, &["batch", "requests", "--log", "wire.log"]).await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let answers: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let methods: Vec<_> = answers.iter().map(|answer| answer["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["thread/loaded/list", "thread/list", "no/such"]);
    assert_eq!(answers[0]["result"], json!({"data": [], "nextCursor": null}));
    assert_eq!(answers[2]["error"]["code"], -32600);
    // Standard input serves as well, and without a fault the status is 0.
    let (mut child, mut lines) = spawned(command(&builder, &["batch", "-", "--log", "good.log"]));
    child.stdin.take().unwrap().write_all(b"thread/loaded/list\nthread/list {}\n").await.unwrap();
    assert!(lines.next_line().await.unwrap().unwrap().contains("thread/loaded/list"));
    assert_eq!(ended(child).await.0, Some(0));
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/own");
    let mut check = builder.command();
    check.args(["schema", "check"]).arg(schema).arg("good.log");
    let checked = run(check).await;
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
}

#[tokio::test]
async fn a_new_thread_has_a_turn_and_another_one_later() {
    let model = ModelEndpoint::start().await;
    model.say("First answer");
    model.say("Second answer");
    let builder = server().model(&model);
    let output = testing(&builder, &["turn", "new", "Hello", "--log", "wire.log"]).await;
    let told = text(&output.stderr).to_owned();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "First answer\n"), "{told}");
    let thread = told.lines().find_map(|line| line.strip_prefix("thread: ")).unwrap();
    let output = testing(&builder, &["turn", thread, "Again", "--json"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().all(|line| line["params"]["threadId"] == *thread && line["id"].is_null()), "{lines:?}");
    let last = lines.last().unwrap();
    assert_eq!((&last["method"], &last["params"]["turn"]["status"]), (&json!("turn/completed"), &json!("completed")));
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/own");
    let mut check = builder.command();
    check.args(["schema", "check"]).arg(schema).arg("wire.log");
    let checked = run(check).await;
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
}

#[tokio::test]
async fn a_turn_that_fails_is_the_status() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::status(401).json(json!({"error": {"message": "no such key"}})));
    let output = testing(&server().model(&model), &["turn", "new", "Hello"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no such key"), "{}", text(&output.stderr));
}

/// A running server with a thread that has a turn, and a client of it.
async fn with_thread(model: &ModelEndpoint) -> (TestServer, TestClient, String) {
    model.say("Before");
    let mut running = server().model(model).start_websocket().await;
    let client = running.client().await;
    let thread = client.start_thread(json!({"approvalPolicy": "untrusted", "sandbox": "danger-full-access"})).await;
    client.run_turn(&thread, "Hi").await;
    (running, client, thread)
}

#[tokio::test]
async fn a_running_turn_is_joined_and_shown_from_its_beginning() {
    let model = ModelEndpoint::start().await;
    let (running, client, thread) = with_thread(&model).await;
    let gate = Gate::new();
    let reply = Reply::turn().message_of("msg_1", &["The whole first. "]).event(&events::message_opened("msg_2"));
    let reply = reply.event(&events::text_delta("msg_2", "Half ")).gate(&gate);
    let reply = reply.event(&events::text_delta("msg_2", "a message."));
    let reply = reply.event(&events::item_done(events::message_item("msg_2", "Half a message.")));
    model.push(reply.message_of("msg_3", &["The ", "last."]));
    client.start_turn(&thread, "go on").await;
    gate.reached().await;
    let url = running.url().unwrap().to_owned();
    let builder = server();
    let (child, mut lines) = spawned(command(&builder, &["rejoin", &thread, "--connect", &url]));
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "The whole first. ");
    gate.open();
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "Half a message.");
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "The last.");
    let (status, told) = ended(child).await;
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("> go on") && !told.contains("> Hi"), "{told}");
    let nothing = testing(&builder, &["rejoin", &thread, "--connect", &url]).await;
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("no turn runs"), "{}", text(&nothing.stderr));
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn a_thread_is_watched_until_it_is_idle() {
    let model = ModelEndpoint::start().await;
    let (running, client, thread) = with_thread(&model).await;
    let url = running.url().unwrap().to_owned();
    let builder = server();
    let idle = testing(&builder, &["watch", &thread, "--until-idle", "--connect", &url]).await;
    assert_eq!((idle.status.code(), text(&idle.stdout)), (Some(0), ""));
    let gate = Gate::new();
    model.push(Reply::turn().gate(&gate).message("Watched"));
    client.start_turn(&thread, "go on").await;
    gate.reached().await;
    let args = ["watch", &thread, "--until-idle", "--json", "--connect", &url];
    let (child, mut lines) = spawned(command(&builder, &args));
    // The first line shows that it is subscribed.
    let first: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    assert_eq!(first["params"]["threadId"], *thread);
    gate.open();
    let mut methods = Vec::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["params"]["threadId"], *thread);
        methods.push(line["method"].as_str().unwrap().to_owned());
    }
    assert!(methods.iter().any(|method| method == "item/agentMessage/delta"), "{methods:?}");
    assert!(methods.iter().any(|method| method == "turn/completed"), "{methods:?}");
    assert_eq!(ended(child).await.0, Some(0));
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn a_watcher_leaves_with_ctrl_c_and_the_turn_goes_on() {
    let model = ModelEndpoint::start().await;
    let (running, client, thread) = with_thread(&model).await;
    let gate = Gate::new();
    model.push(Reply::turn().message_of("msg_1", &["Seen"]).gate(&gate).message_of("msg_2", &["Not seen"]));
    client.start_turn(&thread, "go on").await;
    gate.reached().await;
    let url = running.url().unwrap().to_owned();
    let (child, mut lines) = spawned(command(&server(), &["watch", &thread, "--connect", &url]));
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "Seen");
    super::raw::terminate(child.id().unwrap());
    assert_eq!(ended(child).await.0, Some(0));
    gate.open();
    assert_eq!(
        client.note_where("turn/completed", |params| params["turn"]["status"] == "completed").await["threadId"],
        *thread
    );
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn approvals_are_answered_as_told() {
    for (approve, made) in [("accept", true), ("decline", false), ("ask", true)] {
        let model = ModelEndpoint::start().await;
        model.push(exec_with(
            "call_1",
            json!({"cmd": "touch made", "sandbox_permissions": "require_escalated", "justification": "a test"}),
        ));
        model.say("Done");
        let builder = server().model(&model);
        let turning = command(
            &builder,
            &[
                "turn",
                "new",
                "go",
                "--approve",
                approve,
                "-c",
                "approval_policy=on-request",
                "-c",
                "sandbox_mode=read-only",
            ],
        );
        let (mut child, _lines) = spawned(turning);
        // Typed long before it is asked for, where it is asked for.
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"y\n").await.unwrap();
        let (status, told) = ended(child).await;
        assert_eq!(status, Some(0), "{approve}: {told}");
        let cwd = builder.command().as_std().get_current_dir().unwrap().to_owned();
        assert_eq!(cwd.join("made").exists(), made, "{approve}: {told}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_running_server_is_reached_at_its_unix_socket_and_behind_its_token() {
    let running = server().start_listening("unix://").await;
    let beside = || server().env("CODEX_HOME", running.home().codex_home());
    for address in ["unix://", running.url().unwrap()] {
        let builder = beside();
        let output = testing(&builder, &["call", "thread/loaded/list", "--connect", address]).await;
        assert_eq!(text(&output.stdout), "{\"data\":[],\"nextCursor\":null}\n", "{}", text(&output.stderr));
    }
    let token = running.home().codex_home().join("token");
    std::fs::write(&token, "open sesame, and a little more of that\n").unwrap();
    let token = token.to_str().unwrap();
    let args = ["--ws-auth", "capability-token", "--ws-token-file", token];
    let guarded = args.iter().fold(server(), |builder, arg| builder.arg(arg)).start_websocket().await;
    let url = guarded.url().unwrap();
    let builder = server();
    let call = ["call", "thread/loaded/list", "--connect", url];
    let refused = testing(&builder, &call).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("401"), "{}", text(&refused.stderr));
    let output = testing(&builder, &[&call[..], &["--token-file", token]].concat()).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for args in
        [&["call", "x", "--token-file", token][..], &["call", "x", "--connect", "unix://", "--token-file", token]]
    {
        let output = testing(&builder, args).await;
        assert!(text(&output.stderr).contains("token"), "{}", text(&output.stderr));
        assert_eq!(output.status.code(), Some(1));
    }
    running.finish().await;
    guarded.finish().await;
}

#[tokio::test]
async fn extensions_are_asked_for_and_a_key_makes_one_of_two_requests() {
    let builder = server();
    let field = r#"{"limit": 1, "limmit": 2}"#;
    let lenient = testing(&builder, &["call", "thread/list", field]).await;
    assert_eq!(lenient.status.code(), Some(0), "{}", text(&lenient.stderr));
    let strict = testing(&builder, &["call", "thread/list", field, "--extension", "open-app-server/strict"]).await;
    assert_eq!(strict.status.code(), Some(1));
    assert!(text(&strict.stderr).contains("/limmit"), "{}", text(&strict.stderr));
    let limit = |settings: &str| format!("open-app-server/question-limit={settings}");
    for (settings, complaint) in
        [(limit("{\"limitMs\":0}"), "limitMs must be at least 1"), (limit("{"), "the settings of")]
    {
        let output = testing(&builder, &["call", "thread/list", "--extension", &settings]).await;
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(complaint), "{}", text(&output.stderr));
    }
    let mut started = Vec::new();
    for key in ["one", "one", "other"] {
        let output = testing(&builder, &["call", "thread/start", "--key", key]).await;
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        started.push(serde_json::from_slice::<Value>(&output.stdout).unwrap()["thread"]["id"].clone());
    }
    assert!(started[0] == started[1] && started[1] != started[2], "{started:?}");
}

#[tokio::test]
async fn a_thread_is_rejoined_behind_a_cursor() {
    let model = ModelEndpoint::start().await;
    model.say("Before");
    let gate = Gate::new();
    let reply = Reply::turn().message_of("msg_1", &["Missed. "]).gate(&gate).message_of("msg_2", &["Live."]);
    model.push(reply);
    let mut running = server().model(&model).start_websocket().await;
    let client = running.connect().await;
    client.initialize_with(json!({"extensions": {"open-app-server/replay": {}}})).await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Hi").await;
    client.start_turn(&thread, "go on").await;
    let started = client.until("item/agentMessage/delta").await;
    let cursor = started.iter().find(|message| message["method"] == "turn/started").unwrap()["cursor"].clone();
    let cursor = cursor.as_str().unwrap();
    gate.reached().await;
    let builder = server();
    let rejoin = ["rejoin", &thread, "--after", cursor, "--connect", running.url().unwrap()];
    let (child, mut lines) = spawned(command(&builder, &rejoin));
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "Missed. ");
    gate.open();
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "Live.");
    let (status, told) = ended(child).await;
    assert_eq!(status, Some(0), "{told}");
    // The turn has ended, and it is shown all the same.
    let output = testing(&builder, &rejoin).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "Missed. \nLive.\n"));
    // Behind its end there is nothing to be shown, which is said.
    let ended = client.until("turn/completed").await;
    let cursor = ended.last().unwrap()["cursor"].as_str().unwrap();
    let output = testing(&builder, &["rejoin", &thread, "--after", cursor, "--connect", running.url().unwrap()]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no turn runs in thread"), "{}", text(&output.stderr));
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

/// The process group of the only child of a process.
#[cfg(target_os = "linux")]
fn group_of_child(parent: u32) -> u32 {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let stats = processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok());
    // Behind the name, which may hold anything: the state, the parent and the group.
    let groups = stats.filter_map(|stat| {
        let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(1).map(|field| field.parse::<u32>());
        (fields.next()?.ok()? == parent).then(|| fields.next()?.ok())?
    });
    let groups: Vec<u32> = groups.collect();
    assert_eq!(groups.len(), 1, "{groups:?}");
    groups[0]
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn ctrl_c_reaches_the_client_and_not_the_server_that_it_has_started() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::turn().message_of("msg_1", &["Seen"]).gate(&gate).message_of("msg_2", &["Not seen"]));
    let builder = server().model(&model);
    let mut turning = command(&builder, &["turn", "new", "go"]);
    turning.process_group(0);
    let (child, mut lines) = spawned(turning);
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "Seen");
    gate.reached().await;
    let client = child.id().unwrap();
    assert_ne!(group_of_child(client), client);
    super::raw::interrupt_group(client);
    let (status, told) = ended(child).await;
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("interrupted") && !told.contains("went away"), "{told}");
}
