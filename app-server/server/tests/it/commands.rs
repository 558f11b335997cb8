//! Commands, patches and questions of the model, as one client on stdio sees them.

use std::fs;

use codex_app_server_test_support::{Gate, Reply, ServerAsk, Transcript};
use serde_json::{Value, json};

use super::saying;
use super::stage::{Stage, exec, exec_with, items, patch, session_of, told};

const COMMAND_APPROVAL: &str = "item/commandExecution/requestApproval";
const PATCH_APPROVAL: &str = "item/fileChange/requestApproval";

/// A thread that asks for everything and has no sandbox.
async fn asking() -> Stage {
    Stage::new(json!({"approvalPolicy": "untrusted", "sandbox": "danger-full-access"})).await
}

/// Starts a turn and waits for this question in it.
async fn asked(stage: &Stage, method: &str) -> ServerAsk {
    stage.client.start_turn(&stage.thread, "Go").await;
    stage.client.asked(method).await
}

/// Answers with a decision, and returns the turn when it has ended.
async fn decide(stage: &Stage, ask: &ServerAsk, decision: impl Into<Value>) -> Value {
    stage.client.reply(ask, json!({"decision": decision.into()})).await;
    stage.client.until("turn/completed").await.pop().unwrap()["params"]["turn"].clone()
}

/// The completed items of one type.
fn completed(transcript: &Transcript, kind: &str) -> Vec<Value> {
    let received: Vec<Value> = transcript.received().cloned().collect();
    items(&received, "item/completed", kind).into_iter().cloned().collect()
}

#[tokio::test]
async fn a_command_succeeds_and_another_one_fails() {
    let stage = Stage::new(json!({})).await;
    stage.model.push(exec("call_1", "printf 'hello\\n'"));
    stage.model.push(exec("call_2", "echo no >&2; exit 3"));
    stage.model.say("Done");
    assert_eq!(stage.turn().await["status"], "completed");
    let told = [stage.told("call_1"), stage.told("call_2")];
    for (told, end) in told.iter().zip([
        "\nProcess exited with code 0\nOriginal token count: 2\nOutput:\nhello\n",
        "\nProcess exited with code 3\nOriginal token count: 1\nOutput:\nno\n",
    ]) {
        assert!(told.starts_with("Chunk ID: ") && told.contains("\nWall time: ") && told.ends_with(end), "{told}");
    }
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn output_is_told_while_the_command_runs() {
    let stage = Stage::new(json!({})).await;
    stage.script("call_1", "mkfifo go; echo one; read line < go; echo $line; exit 4");
    stage.client.start_turn(&stage.thread, "Go").await;
    let delta = stage.client.note("item/commandExecution/outputDelta").await;
    assert_eq!(delta["delta"], "one\n");
    fs::write(stage.cwd().join("go"), "two\n").unwrap();
    stage.client.until("turn/completed").await;
    assert!(stage.told("call_1").ends_with("\nOutput:\none\ntwo\n"));
    insta::assert_snapshot!(stage.ended_with_output().await);
}

#[tokio::test]
async fn a_command_is_accepted() {
    let stage = asking().await;
    stage.script("call_1", "cat notes.txt");
    fs::write(stage.cwd().join("notes.txt"), "remember\n").unwrap();
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    assert_eq!(decide(&stage, &ask, "accept").await["status"], "completed");
    assert!(stage.told("call_1").ends_with("\nOutput:\nremember\n"));
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_command_is_declined() {
    let stage = asking().await;
    stage.script("call_1", "touch made");
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    assert_eq!(decide(&stage, &ask, "decline").await["status"], "completed");
    assert_eq!(
        stage.told("call_1"),
        "exec_command failed: CreateProcess { message: \"Rejected(\\\"rejected by user\\\")\" }"
    );
    assert!(!stage.cwd().join("made").exists());
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_command_is_cancelled_and_the_turn_with_it() {
    let stage = asking().await;
    stage.model.push(exec("call_1", "touch made"));
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    assert_eq!(decide(&stage, &ask, "cancel").await["status"], "interrupted");
    assert!(!stage.cwd().join("made").exists());
    assert_eq!(stage.model.requests().len(), 1, "the model is not asked again");
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_command_is_accepted_for_the_thread() {
    let stage = asking().await;
    for call in ["call_1", "call_2"] {
        stage.model.push(exec(call, "echo x >> made"));
    }
    stage.model.push(exec("call_3", "echo y >> made"));
    stage.model.say("Done");
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    stage.client.reply(&ask, json!({"decision": "acceptForSession"})).await;
    // The next question is about the third call: the second is the same command.
    let other = stage.client.asked(COMMAND_APPROVAL).await;
    assert_eq!((&ask.params["itemId"], &other.params["itemId"]), (&json!("call_1"), &json!("call_3")));
    assert_eq!(decide(&stage, &other, "decline").await["status"], "completed");
    assert_eq!(fs::read_to_string(stage.cwd().join("made")).unwrap(), "x\nx\n");
    stage.finish().await;
}

#[tokio::test]
async fn an_accepted_rule_holds_for_later_servers_too() {
    let stage = asking().await;
    stage.script("call_1", "touch made");
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    let proposed = &ask.params["proposedExecpolicyAmendment"];
    assert_eq!(*proposed, json!(["touch", "made"]));
    let decision = json!({"acceptWithExecpolicyAmendment": {"execpolicy_amendment": proposed}});
    assert_eq!(ask.params["availableDecisions"], json!(["accept", decision, "cancel"]));
    assert_eq!(decide(&stage, &ask, decision).await["status"], "completed");
    stage.script("call_2", "touch made");
    assert_eq!(stage.turn().await["status"], "completed");
    let rules = fs::read_to_string(stage.server.home().codex_home().join("rules/default.rules")).unwrap();
    assert_eq!(rules, "prefix_rule(pattern=[\"touch\", \"made\"], decision=\"allow\")\n");
    let items = completed(&stage.finish().await, "commandExecution");
    assert_eq!(items.iter().map(|item| &item["status"]).collect::<Vec<_>>(), ["completed", "completed"]);
}

#[tokio::test]
async fn an_answer_that_is_none_fails_the_command_and_not_the_turn() {
    let stage = asking().await;
    for call in ["call_1", "call_2"] {
        stage.model.push(exec(call, "touch made"));
    }
    stage.model.say("Done");
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    stage.client.refuse(&ask, -32000, "no user here").await;
    let ask = stage.client.asked(COMMAND_APPROVAL).await;
    assert_eq!(decide(&stage, &ask, "perhaps").await["status"], "completed");
    assert!(!stage.cwd().join("made").exists());
    let items = completed(&stage.finish().await, "commandExecution");
    assert_eq!(items.iter().map(|item| &item["status"]).collect::<Vec<_>>(), ["failed", "failed"]);
}

#[tokio::test]
async fn a_patch_is_accepted_and_shown_as_a_diff() {
    let stage = asking().await;
    fs::write(stage.cwd().join("list.txt"), "one\ntwo\nthree\n").unwrap();
    stage.script(
        "call_1",
        &patch("*** Update File: list.txt\n@@\n one\n-two\n+2\n three\n*** Add File: new/file.txt\n+hello"),
    );
    let ask = asked(&stage, PATCH_APPROVAL).await;
    assert_eq!(fs::read_to_string(stage.cwd().join("list.txt")).unwrap(), "one\ntwo\nthree\n");
    assert_eq!(decide(&stage, &ask, "accept").await["status"], "completed");
    assert_eq!(fs::read_to_string(stage.cwd().join("list.txt")).unwrap(), "one\n2\nthree\n");
    assert_eq!(fs::read_to_string(stage.cwd().join("new/file.txt")).unwrap(), "hello\n");
    let told = stage.told("call_1");
    assert!(told.contains("Success. Updated the following files:\nA new/file.txt\nM list.txt\n"), "{told}");
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_patch_is_declined_and_one_is_cancelled() {
    let stage = asking().await;
    let lines = patch("*** Add File: made\n+x");
    stage.model.push(exec("call_1", &lines));
    stage.model.push(exec("call_2", &lines));
    let ask = asked(&stage, PATCH_APPROVAL).await;
    stage.client.reply(&ask, json!({"decision": "decline"})).await;
    let ask = stage.client.asked(PATCH_APPROVAL).await;
    assert_eq!(stage.told("call_1"), "patch rejected by user");
    assert_eq!(decide(&stage, &ask, "cancel").await["status"], "interrupted");
    assert!(!stage.cwd().join("made").exists());
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_patch_that_does_not_fit_has_no_item() {
    let stage = Stage::new(json!({})).await;
    fs::write(stage.cwd().join("list.txt"), "one\n").unwrap();
    let told = stage.run(&patch("*** Update File: list.txt\n@@\n-two\n+2")).await;
    assert!(told.starts_with("apply_patch verification failed: "), "{told}");
    assert_eq!(fs::read_to_string(stage.cwd().join("list.txt")).unwrap(), "one\n");
    let transcript = stage.finish().await;
    assert_eq!(completed(&transcript, "fileChange"), [] as [Value; 0]);
    assert_eq!(completed(&transcript, "commandExecution"), [] as [Value; 0]);
}

#[tokio::test]
async fn a_turn_is_interrupted_while_a_question_is_open() {
    let stage = asking().await;
    stage.model.push(exec("call_1", "touch made"));
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    let interrupt = json!({"threadId": stage.thread, "turnId": ask.params["turnId"]});
    assert_eq!(stage.client.call("turn/interrupt", interrupt).await, json!({}));
    stage.client.note("serverRequest/resolved").await;
    let completed = stage.client.note("turn/completed").await;
    assert_eq!(completed["turn"]["status"], "interrupted");
    // What comes too late changes nothing.
    stage.client.reply(&ask, json!({"decision": "accept"})).await;
    stage.model.say("Next");
    assert_eq!(stage.turn().await["status"], "completed");
    assert!(!stage.cwd().join("made").exists());
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn the_user_is_asked_while_a_plan_is_made() {
    let stage = Stage::new(json!({})).await;
    let questions = json!({"questions": [{"id": "colour", "header": "Colour", "question": "Which colour?",
        "options": [{"label": "Red", "description": "Warm"}, {"label": "Blue", "description": "Cold"}]}]});
    stage.model.push(Reply::turn().call("call_1", "request_user_input", &questions));
    stage.model.say("Blue then");
    let mut turn = saying(&stage.thread, "Plan");
    let settings = json!({"model": "mock-model", "reasoning_effort": null, "developer_instructions": null});
    turn["collaborationMode"] = json!({"mode": "plan", "settings": settings});
    stage.client.call("turn/start", turn).await;
    let ask = stage.client.asked("item/tool/requestUserInput").await;
    stage.client.reply(&ask, json!({"answers": {"colour": {"answers": ["Blue"]}}})).await;
    stage.client.until("turn/completed").await;
    assert_eq!(stage.told("call_1"), r#"{"answers":{"colour":{"answers":["Blue"]}}}"#);
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn calls_that_make_no_sense_are_told_to_the_model_only() {
    let stage = Stage::new(json!({})).await;
    stage.model.push(
        Reply::turn()
            .call("call_1", "exec_command", &json!({"command": "ls"}))
            .call("call_2", "exec_command", &json!({"cmd": "ls", "yield_time_ms": "soon"}))
            .call("call_3", "write_stdin", &json!({"session_id": 7, "chars": "x"}))
            .call("call_4", "request_user_input", &json!({"questions": []}))
            .call("call_5", "shell", &json!({"command": ["ls"]}))
            .custom_call("call_6", "apply_patch", "*** Begin Patch\n*** End Patch"),
    );
    stage.model.say("Sorry");
    assert_eq!(stage.turn().await["status"], "completed");
    let expected = [
        "failed to parse function arguments: missing field `cmd`",
        "failed to parse function arguments: invalid type: string \"soon\", expected u64",
        "write_stdin failed: Unknown process id 7",
        "request_user_input is unavailable in Default mode",
        "unsupported call: shell",
        "unsupported custom tool call: apply_patch",
    ];
    for (number, expected) in (1..).zip(expected) {
        let told = stage.told(&format!("call_{number}"));
        assert!(told.starts_with(expected), "{told}");
    }
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_session_is_written_to() {
    let stage = Stage::new(json!({})).await;
    let line = "stty -echo; echo ready; read line; test \"$line\" = hello && exit 7";
    stage.model.push(exec_with("call_1", json!({"cmd": line, "tty": true, "yield_time_ms": 250})));
    let gate = Gate::new();
    let held = gate.clone();
    stage.model.push(Reply::computed(move |request| {
        let write = json!({"session_id": session_of(request, "call_1"), "chars": "hello\n", "yield_time_ms": 30_000});
        Reply::turn().gate(&held).call("call_2", "write_stdin", &write)
    }));
    stage.model.say("Done");
    stage.client.start_turn(&stage.thread, "Go").await;
    let delta = stage.client.note("item/commandExecution/outputDelta").await;
    assert_eq!(delta["delta"], "ready\r\n");
    gate.open();
    stage.client.until("turn/completed").await;
    assert!(stage.told("call_2").contains("\nProcess exited with code 7\n"), "{}", stage.told("call_2"));
    insta::assert_snapshot!(stage.ended_with_output().await);
}

#[tokio::test]
async fn text_for_a_command_outside_of_the_sandbox_is_asked_about() {
    let stage = Stage::new(json!({"approvalPolicy": "on-request", "sandbox": "read-only"})).await;
    let free = json!({"cmd": "stty -echo; read line; exit 7", "tty": true, "yield_time_ms": 250,
        "sandbox_permissions": "require_escalated", "justification": "May it?"});
    stage.model.push(exec_with("call_1", free));
    for call in ["call_2", "call_3"] {
        stage.model.push(Reply::computed(move |request| {
            let write =
                json!({"session_id": session_of(request, "call_1"), "chars": "hello\n", "yield_time_ms": 30_000});
            Reply::turn().call(call, "write_stdin", &write)
        }));
    }
    stage.model.say("Done");
    let ask = asked(&stage, COMMAND_APPROVAL).await;
    assert_eq!((&ask.params["kind"], &ask.params["reason"]), (&json!("command"), &json!("May it?")));
    stage.client.reply(&ask, json!({"decision": "accept"})).await;
    let first = stage.client.asked(COMMAND_APPROVAL).await;
    let key =
        |ask: &ServerAsk| [&ask.params["kind"], &ask.params["itemId"], &ask.params["approvalId"]].map(Value::clone);
    assert_eq!(key(&first), ["writeStdin", "call_1", "call_2"].map(Value::from));
    stage.client.reply(&first, json!({"decision": "decline"})).await;
    let second = stage.client.asked(COMMAND_APPROVAL).await;
    assert_eq!(stage.told("call_2"), "write_stdin rejected: rejected by user");
    assert_eq!(key(&second), ["writeStdin", "call_1", "call_3"].map(Value::from));
    assert_eq!(decide(&stage, &second, "accept").await["status"], "completed");
    assert!(stage.told("call_3").contains("\nProcess exited with code 7\n"), "{}", stage.told("call_3"));
    let transcript = stage.finish().await;
    assert_eq!(completed(&transcript, "commandExecution").len(), 1);
}

#[tokio::test]
async fn the_user_runs_a_command_and_the_model_learns_of_it() {
    let stage = Stage::new(json!({"sandbox": "read-only"})).await;
    stage
        .client
        .call("thread/shellCommand", json!({"threadId": stage.thread, "command": "echo mine > made; echo ran"}))
        .await;
    stage.client.until("turn/completed").await;
    assert_eq!(fs::read_to_string(stage.cwd().join("made")).unwrap(), "mine\n");
    assert_eq!(stage.model.requests().len(), 0, "the model is not asked");
    stage.model.say("I see");
    stage.turn().await;
    let requests = stage.model.requests();
    let texts = requests[0].user_texts();
    let note = texts.iter().find(|text| text.starts_with("<user_shell_command>")).unwrap();
    assert!(note.contains("echo mine > made; echo ran") && note.contains("ran\n"), "{note}");
    insta::assert_snapshot!(stage.ended().await);
}

#[tokio::test]
async fn a_session_is_listed_and_ended_by_the_client() {
    let stage = Stage::new(json!({})).await;
    let sleep = |call| exec_with(call, json!({"cmd": "exec sleep 1000", "yield_time_ms": 250}));
    stage.model.push(sleep("call_1"));
    stage.model.push(sleep("call_2"));
    stage.model.say("They run");
    stage.turn().await;
    let thread = json!({"threadId": stage.thread});
    let listed = stage.client.call("thread/backgroundTerminals/list", thread.clone()).await;
    let terminals = listed["data"].as_array().unwrap();
    let first = terminals.iter().find(|terminal| terminal["itemId"] == "call_1").unwrap();
    assert_eq!((terminals.len(), &first["command"]), (2, &json!("exec sleep 1000")));
    let one = json!({"threadId": stage.thread, "processId": first["processId"]});
    for terminated in [true, false] {
        let answer = stage.client.call("thread/backgroundTerminals/terminate", one.clone()).await;
        assert_eq!(answer, json!({"terminated": terminated}));
    }
    let ended = stage.client.note("item/completed").await;
    assert_eq!((&ended["item"]["id"], &ended["item"]["status"]), (&json!("call_1"), &json!("failed")));
    stage.client.call("thread/backgroundTerminals/clean", thread.clone()).await;
    assert_eq!(stage.client.note("item/completed").await["item"]["id"], "call_2");
    assert_eq!(stage.client.call("thread/backgroundTerminals/list", thread).await["data"], json!([]));
    stage.finish().await;
}

#[tokio::test]
async fn two_calls_of_one_answer_run_side_by_side_and_are_answered_in_order() {
    let stage = Stage::new(json!({})).await;
    // The first ends only after the second has begun.
    let first = json!({"cmd": "mkfifo pipe; cat pipe"});
    let second = json!({"cmd": "until test -p pipe; do sleep 0.01; done; echo from the second > pipe; echo wrote"});
    stage.model.push(Reply::turn().call("call_1", "exec_command", &first).call("call_2", "exec_command", &second));
    stage.model.say("Done");
    assert_eq!(stage.turn().await["status"], "completed");
    let requests = stage.model.requests();
    let input = requests[1].body["input"].as_array().unwrap();
    let answers: Vec<_> = input.iter().filter(|item| item["type"] == "function_call_output").collect();
    assert_eq!(answers.iter().map(|item| &item["call_id"]).collect::<Vec<_>>(), ["call_1", "call_2"]);
    assert!(told(&requests[1], "call_1").ends_with("\nOutput:\nfrom the second\n"));
    assert!(told(&requests[1], "call_2").ends_with("\nOutput:\nwrote\n"));
    stage.finish().await;
}
