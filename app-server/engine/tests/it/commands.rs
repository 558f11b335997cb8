//! `exec_command`: what runs, what it gets, what the model and the clients are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use codex_app_server_protocol::{ServerNotification, v2};
use serde_json::{Value, json};

use crate::acting::{Acted, FREE, acts, call, call_as, exec, heredoc, outputs, printed, turns, until_file};
use crate::harness::{lines, rollouts};

/// The lines that are told of a command, each value replaced by its kind.
fn shape(output: &str) -> String {
    let (head, body) = output.split_once("Output:\n").unwrap_or_else(|| panic!("{output:?}"));
    let line = |line: &str| {
        let (name, value) = line.rsplit_once(' ').unwrap();
        match name {
            "Chunk ID:" if value.len() == 6 && value.chars().all(|digit| digit.is_ascii_hexdigit()) => {
                "Chunk ID: HEX".to_owned()
            }
            "Original token count:" | "Process exited with code" => line.to_owned(),
            _ => match line.strip_prefix("Wall time: ").and_then(|rest| rest.strip_suffix(" seconds")) {
                Some(seconds) if seconds.split_once('.').is_some_and(|(_, digits)| digits.len() == 4) => {
                    "Wall time: SECONDS".to_owned()
                }
                _ => panic!("{line:?}"),
            },
        }
    };
    let lines: Vec<_> = head.lines().map(line).collect();
    format!("{}|{body}", lines.join("|"))
}

/// The completed command of a call.
fn command(acted: &Acted, call_id: &str) -> Value {
    let items = acted.client.completed_items("commandExecution");
    items.into_iter().find(|(_, item)| item["id"] == call_id).unwrap().1
}

#[tokio::test]
async fn a_command_has_pipes_and_no_input_and_is_told_in_order() {
    let acted =
        Acted::once(&acts(&[json!([exec("echo out; echo err >&2; cat; test -t 1 || echo piped")])]), FREE).await;
    assert_eq!(
        shape(&acted.output()),
        "Chunk ID: HEX|Wall time: SECONDS|Process exited with code 0|Original token count: 4|out\nerr\npiped\n"
    );
    let item = acted.client.command();
    assert_eq!(item["id"], "call_1");
    assert_eq!(item["aggregatedOutput"], "out\nerr\npiped\n");
    assert_eq!((&item["status"], &item["exitCode"]), (&json!("completed"), &json!(0)));
    assert_eq!(item["source"], "unifiedExecStartup");
    assert_eq!(item["cwd"], acted.lab.cwd.to_str().unwrap());
    assert!(item["processId"].as_str().unwrap().parse::<i32>().unwrap() >= 1000);
    assert!(item["command"].as_str().unwrap().contains(" -lc "), "{item}");
    assert!(item["startedAtMs"].as_i64() <= item["completedAtMs"].as_i64());
    assert_eq!(
        acted.client.names()[6..],
        [
            "item/completed userMessage",
            "item/started commandExecution",
            "item/completed commandExecution completed",
            "thread/tokenUsage/updated",
            "account/rateLimits/updated",
            "item/started agentMessage",
            "item/agentMessage/delta",
            "item/completed agentMessage",
            "thread/tokenUsage/updated",
            "account/rateLimits/updated",
            "thread/readState/changed",
            "status idle",
            "turn/completed",
        ]
    );
}

#[tokio::test]
async fn what_a_command_does_is_parsed_for_the_client() {
    let acted = Acted::once(&acts(&[json!([exec("cat a.txt"), exec("ls sub"), exec("grep -n x a.txt")])]), FREE).await;
    let actions = |id: &str| command(&acted, id)["commandActions"][0].clone();
    assert_eq!(actions("call_1")["type"], "read");
    assert_eq!(actions("call_1")["path"], acted.file("a.txt").to_str().unwrap());
    assert_eq!((&actions("call_2")["type"], &actions("call_2")["path"]), (&json!("listFiles"), &json!("sub")));
    assert_eq!((&actions("call_3")["type"], &actions("call_3")["query"]), (&json!("search"), &json!("x")));
}

#[tokio::test]
async fn a_terminal_is_one() {
    let calls = json!([call("exec_command", json!({ "cmd": "test -t 0 && test -t 1 && stty size", "tty": true }))]);
    let acted = Acted::once(&acts(&[calls]), FREE).await;
    assert_eq!(printed(&acted.output()).trim_end(), "24 80");
}

#[tokio::test]
async fn failures_and_signals_are_told_by_their_code() {
    let acted = Acted::once(&acts(&[json!([exec("echo no; exit 3"), exec("kill -9 $$")])]), FREE).await;
    let outputs = acted.outputs();
    assert!(outputs[0].contains("\nProcess exited with code 3\n") && outputs[0].ends_with("Output:\nno\n"));
    assert!(outputs[1].contains("\nProcess exited with code 137\n"), "{}", outputs[1]);
    let of = |id: &str| command(&acted, id);
    assert_eq!((&of("call_1")["status"], &of("call_1")["exitCode"]), (&json!("failed"), &json!(3)));
    assert_eq!((&of("call_2")["status"], &of("call_2")["exitCode"]), (&json!("failed"), &json!(137)));
    assert_eq!(of("call_2")["aggregatedOutput"], Value::Null);
}

#[tokio::test]
async fn a_folder_is_relative_to_the_turn_and_must_be_there() {
    let calls = json!([
        call("exec_command", json!({ "cmd": "pwd", "workdir": "sub" })),
        call("exec_command", json!({ "cmd": "pwd", "workdir": "none" })),
    ]);
    let acted = Acted::on(&acts(&[calls]), FREE).await;
    std::fs::create_dir(acted.file("sub")).unwrap();
    acted.run("go").await;
    let outputs = acted.outputs();
    assert_eq!(printed(&outputs[0]).trim_end(), acted.file("sub").to_str().unwrap());
    assert!(
        outputs[1].starts_with("exec_command failed: CreateProcess { message: \"Rejected(\\\"Failed to create unified"),
        "{}",
        outputs[1]
    );
    let failed = command(&acted, "call_2");
    assert_eq!((&failed["status"], &failed["exitCode"]), (&json!("failed"), &json!(-1)));
    assert!(failed["aggregatedOutput"].as_str().unwrap().contains("No such file or directory"), "{failed}");
    let names = acted.client.names();
    assert_eq!(names.iter().filter(|name| *name == "item/started commandExecution").count(), 2);
}

#[tokio::test]
async fn an_unknown_shell_is_replaced_and_profiles_can_be_left_out() {
    let calls = json!([
        call("exec_command", json!({ "cmd": "echo $0", "shell": "/no/such/fish" })),
        call(
            "exec_command",
            json!({ "cmd": "shopt -q login_shell || echo no login", "shell": "bash", "login": false })
        ),
    ]);
    let acted = Acted::once(&acts(&[calls]), FREE).await;
    let outputs = acted.outputs();
    assert_eq!(printed(&outputs[0]), "/bin/sh\n");
    assert_eq!(printed(&outputs[1]), "no login\n");
    assert_eq!(command(&acted, "call_1")["command"], "/bin/sh -lc 'echo $0'");
    let plain = command(&acted, "call_2");
    assert!(plain["command"].as_str().unwrap().contains("/bash -c "), "{plain}");
}

#[tokio::test]
async fn login_shells_can_be_forbidden() {
    let calls = json!([call("exec_command", json!({ "cmd": "echo hi", "login": true })), exec("echo hi")]);
    let acted = Acted::once(&acts(&[calls]), &format!("allow_login_shell = false\n{FREE}")).await;
    let outputs = acted.outputs();
    assert!(outputs[0].contains("allow_login_shell") && outputs[0].starts_with("exec_command failed: CreateProcess"));
    assert_eq!(printed(&outputs[1]), "hi\n");
    assert!(acted.client.command()["command"].as_str().unwrap().contains(" -c "));
}

#[tokio::test]
async fn long_output_keeps_its_head_and_tail() {
    let calls =
        json!([call("exec_command", json!({ "cmd": "seq 1 2000", "max_output_tokens": 10 })), exec("seq 1 2000"),]);
    let acted = Acted::once(&acts(&[calls]), &format!("tool_output_token_limit = 20\n{FREE}")).await;
    let outputs = acted.outputs();
    let header = "Warning: truncated output (original token count: 2224)\nTotal output lines: 2000\n\n";
    let cut = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10…2214 tokens truncated…1997\n1998\n1999\n2000\n";
    assert_eq!(printed(&outputs[0]), format!("{header}{cut}"));
    assert!(printed(&outputs[1]).contains("…2204 tokens truncated…"), "the limit of the configuration is 20 tokens");
    let items = acted.client.completed_items("commandExecution");
    let whole: String = (1..=2000).map(|number| format!("{number}\n")).collect();
    assert!(items.iter().all(|(_, item)| item["aggregatedOutput"] == whole), "the item has all of it");
}

#[tokio::test]
async fn a_command_knows_where_it_comes_from_and_writes_plain_text() {
    let acted =
        Acted::once(&acts(&[json!([call_as("the-call", "exec_command", json!({ "cmd": "env" }))])]), FREE).await;
    let output = acted.output();
    let lines: Vec<&str> = printed(&output).lines().collect();
    for expected in [
        &format!("CODEX_THREAD_ID={}", acted.thread),
        &format!("CODEX_SESSION_ID={}", acted.thread),
        "CODEX_TOOL_CALL_ID=the-call",
        "CODEX_VERSION=0.169.0",
        "CODEX_CI=1",
        "CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS=1",
        "NO_COLOR=1",
        "GIT_PAGER=cat",
        "OF_THE_SERVER=kept",
    ] {
        assert!(lines.contains(&expected), "{expected} is missing: {output}");
    }
    assert!(!output.contains("CODEX_SANDBOX_NETWORK_DISABLED"), "the network is open");
}

#[tokio::test]
async fn the_policy_of_the_configuration_chooses_the_variables() {
    let policy = "[shell_environment_policy]\ninherit = 'core'\nset = { MINE = 'yes', NO_COLOR = '0' }\n";
    let acted = Acted::once(&acts(&[json!([exec("env")])]), &format!("{FREE}{policy}")).await;
    let output = acted.output();
    let lines: Vec<&str> = printed(&output).lines().collect();
    assert!(lines.contains(&"MINE=yes") && lines.contains(&"NO_COLOR=0"), "{output}");
    assert!(!output.contains("OF_THE_SERVER"), "{output}");
    assert!(lines.iter().any(|line| line.starts_with("PATH=")), "{output}");
}

#[tokio::test]
async fn what_is_no_call_of_a_tool_is_answered_without_an_item() {
    let calls = json!([
        call("exec_command", json!("{ no json")),
        call("exec_command", json!({ "command": "ls" })),
        call("write_stdin", json!({ "session_id": "x" })),
        call("shell", json!({ "command": ["ls"] })),
        { "call": { "name": "exec_command", "namespace": "mcp__x__", "arguments": { "cmd": "ls" } } },
        { "custom_call": { "name": "exec_command", "input": "ls" } },
        call("exec_command", json!({ "cmd": "ls", "sandbox_permissions": "with_additional_permissions" })),
    ]);
    let acted = Acted::once(&acts(&[calls]), FREE).await;
    let outputs = acted.outputs();
    for output in &outputs[..3] {
        assert!(output.starts_with("failed to parse function arguments: "), "{output}");
    }
    assert!(outputs[1].contains("missing field `cmd`"));
    assert_eq!(outputs[3], "unsupported call: shell");
    assert_eq!(outputs[4], "unsupported call: mcp__x__exec_command");
    assert_eq!(outputs[5], "unsupported custom tool call: exec_command");
    assert!(outputs[6].starts_with("additional permissions are disabled; "), "{}", outputs[6]);
    assert!(acted.client.completed_items("commandExecution").is_empty());
    assert!(!acted.client.names().contains(&"item/started commandExecution".to_owned()));
}

#[tokio::test]
async fn output_is_told_while_it_comes_and_once_more_at_the_end() {
    let cmd = format!("echo first; {}; echo second", until_file("go"));
    let acted = Acted::on(&acts(&[json!([exec(&cmd)])]), FREE).await;
    let turn = acted.begin("go").await;
    acted.client.has_printed("call_1", "first\n").await;
    assert!(acted.client.completed_items("commandExecution").is_empty());
    std::fs::write(acted.file("go"), "").unwrap();
    acted.client.completed(&turn).await;
    assert_eq!(acted.client.deltas("call_1"), "first\nsecond\n");
    assert_eq!(acted.client.command()["aggregatedOutput"], "first\nsecond\n");
    let names = acted.client.names();
    let last_delta = names.iter().rposition(|name| name == "item/commandExecution/outputDelta").unwrap();
    let completed = names.iter().position(|name| name.starts_with("item/completed commandExecution")).unwrap();
    assert!(last_delta < completed, "{names:?}");
}

#[tokio::test]
async fn commands_of_one_answer_run_side_by_side_and_are_answered_in_their_order() {
    let first = format!("{}; echo first", until_file("go"));
    let acted = Acted::on(&acts(&[json!([exec(&first), exec("echo second")])]), FREE).await;
    let turn = acted.begin("go").await;
    acted.client.command_done("call_2").await;
    std::fs::write(acted.file("go"), "").unwrap();
    acted.client.completed(&turn).await;
    let outputs = outputs(&acted.lab.rollout());
    let told: Vec<_> = outputs.iter().map(|(id, output)| (id.as_str(), printed(output.as_str().unwrap()))).collect();
    assert_eq!(told, [("call_1", "first\n"), ("call_2", "second\n")]);
    let ends: Vec<_> = acted.client.completed_items("commandExecution").into_iter().map(|(_, item)| item).collect();
    assert_eq!((&ends[0]["id"], &ends[1]["id"]), (&json!("call_2"), &json!("call_1")), "as they ended");
}

#[tokio::test]
async fn the_end_of_a_command_is_told_before_the_model_is_asked_again() {
    let acted = Acted::once(&acts(&[json!([exec("echo 1")]), json!([exec("echo 2")])]), FREE).await;
    let names = acted.client.names();
    let acting: Vec<_> =
        names.iter().filter(|name| name.contains("commandExecution") || name.contains("tokenUsage")).collect();
    let one =
        ["item/started commandExecution", "item/completed commandExecution completed", "thread/tokenUsage/updated"];
    assert_eq!(acting, [&one[..], &one[..], &one[2..]].concat());
}

#[tokio::test]
async fn a_session_that_outlives_its_turn_completes_as_part_of_it() {
    let late = format!("echo begun; {}; echo late", until_file("first"));
    let second = until_file("second");
    let script = turns(&[
        &[json!([call_as("late", "exec_command", json!({ "cmd": late, "yield_time_ms": 250 }))])],
        &[json!([call_as("next", "exec_command", json!({ "cmd": second }))])],
    ]);
    let acted = Acted::on(&script, FREE).await;
    let first = acted.run("one").await;
    assert!(acted.output().contains("Process running with session ID "));
    assert!(acted.client.completed_items("commandExecution").is_empty());
    let second = acted.begin("two").await;
    acted
        .client
        .until_told("second command", |told| {
            let text = format!("{told:?}");
            (text.matches("\"next\"").count() > 0).then_some(())
        })
        .await;
    std::fs::write(acted.file("first"), "").unwrap();
    let (turn, item) = acted.client.command_done("late").await;
    assert_eq!(turn, first.id);
    assert_eq!((&item["aggregatedOutput"], &item["status"]), (&json!("begun\nlate\n"), &json!("completed")));
    let read = acted.lab.read(&acted.client, &acted.thread, true).await.unwrap().thread;
    let ids = |turn: &v2::Turn| -> Vec<String> {
        let items = turn.items.iter().map(|item| serde_json::to_value(item).unwrap()["type"].to_string());
        items.collect()
    };
    assert_eq!(ids(&read.turns[1]), ["\"userMessage\""], "the running turn has no part in it");
    std::fs::write(acted.file("second"), "").unwrap();
    acted.client.completed(&second).await;
    let read = acted.lab.read(&acted.client, &acted.thread, true).await.unwrap().thread;
    assert_eq!(ids(&read.turns[0]), ["\"userMessage\"", "\"agentMessage\"", "\"commandExecution\""]);
    assert_eq!(ids(&read.turns[1]), ["\"userMessage\"", "\"commandExecution\"", "\"agentMessage\""]);
}

#[tokio::test]
async fn what_is_announced_is_in_the_file_before() {
    let calls = json!([exec("echo hi"), heredoc("*** Add File: new.txt\n+x\n"), exec("exit 1")]);
    let acted = Acted::on(&acts(&[calls]), FREE).await;
    let looked = Arc::new(AtomicUsize::new(0));
    let (seen, sessions) = (looked.clone(), acted.lab.home.join("sessions"));
    acted.client.on_event(move |event| {
        let ServerNotification::ItemCompleted(completed) = &event.body else { return };
        let item = serde_json::to_value(&completed.item).unwrap();
        if item["status"].is_null() {
            return;
        }
        let lines = lines(&rollouts(&sessions)[0]);
        let written = lines.iter().map(|line| &line["payload"]["item"]).find(|written| written["id"] == item["id"]);
        assert!(written.is_some(), "{item} is not in the file");
        seen.fetch_add(1, Ordering::SeqCst);
    });
    acted.run("go").await;
    assert_eq!(looked.load(Ordering::SeqCst), 3);
}
