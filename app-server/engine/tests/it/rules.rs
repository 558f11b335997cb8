//! Rules of commands and the sandbox: what is allowed, forbidden, asked about, confined, tried again.

use codex_app_server_protocol::{ServerNotification, v2};
use serde_json::json;

use crate::acting::{Acted, FREE, OPEN, WORKSPACE, acts, can_confine, exec, outputs, printed, turns};
use crate::harness::{Lab, Options};

/// A thread with a file of rules.
async fn ruled(script: &str, config: &str, policy: v2::AskForApproval, rules: &str) -> Acted {
    let lab = Lab::with(Options { script, config, ..Options::default() });
    std::fs::create_dir(lab.home.join("rules")).unwrap();
    std::fs::write(lab.home.join("rules/mine.rules"), rules).unwrap();
    Acted::start(lab, Some(policy)).await
}

#[tokio::test]
async fn rules_allow_forbid_and_ask() {
    let rules = "prefix_rule(pattern=['echo'], decision='allow')\n\
                 prefix_rule(pattern=['touch', 'made'], decision='prompt', justification='look first')\n\
                 prefix_rule(pattern=['cat'], decision='forbidden', justification='use head')\n";
    let calls = json!([exec("echo hi && echo ho"), exec("echo hi && cat x"), exec("touch made")]);
    let acted = ruled(&acts(&[calls]), OPEN, v2::AskForApproval::Untrusted, rules).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    let reason = asked.params["reason"].as_str().unwrap();
    assert!(reason.ends_with("requires approval: look first"), "{reason}");
    assert_eq!(asked.params["availableDecisions"], json!(["accept", "cancel"]));
    assert_eq!(asked.params["itemId"], "call_3");
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    let outputs = acted.outputs();
    assert_eq!(printed(&outputs[0]), "hi\nho\n");
    assert!(outputs[1].contains("rejected: use head"), "{}", outputs[1]);
    assert_eq!(acted.client.all_asked().len(), 1);
    assert!(acted.file("made").exists());
}

#[tokio::test]
async fn what_must_be_asked_about_is_refused_where_nobody_may_be_asked() {
    let rules = "prefix_rule(pattern=['touch'], decision='prompt')\n";
    let acted = ruled(&acts(&[json!([exec("touch made")])]), OPEN, v2::AskForApproval::Never, rules).await;
    acted.run("go").await;
    assert!(acted.output().contains("approval required by policy, but AskForApproval is set to Never"));
    assert!(!acted.file("made").exists());
}

#[tokio::test]
async fn broken_rules_are_told_and_commands_still_run() {
    let lab = Lab::with(Options { script: &acts(&[json!([exec("echo hi")])]), config: FREE, ..Options::default() });
    std::fs::create_dir(lab.home.join("rules")).unwrap();
    let file = lab.home.join("rules/mine.rules");
    std::fs::write(&file, "prefix_rule(pattern=['echo'], decision='forbidden')\nprefix_rule(pattern=").unwrap();
    let client = lab.client();
    let thread = lab.start(&client).await;
    let warning = client
        .until("configWarning", |event| match event {
            ServerNotification::ConfigWarning(warning) => Some(warning.clone()),
            _ => None,
        })
        .await;
    assert_eq!(warning.summary, "Error parsing rules; custom rules not applied.");
    assert_eq!(warning.path.as_deref(), file.to_str());
    assert_eq!(warning.range.unwrap().start.line, 2);
    let acted = Acted { lab, client, thread };
    acted.run("go").await;
    assert_eq!(printed(&acted.output()), "hi\n");
}

#[tokio::test]
async fn an_amendment_is_written_and_holds_here_and_in_later_threads() {
    let script = turns(&[&[json!([exec("touch one")]), json!([exec("touch one two")]), json!([exec("mkdir three")])]]);
    let acted = Acted::asking(&script, OPEN).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert!(acted.answer(
        &asked,
        json!({ "decision": { "acceptWithExecpolicyAmendment": { "execpolicy_amendment": ["touch", "one"] } } })
    ));
    let other = acted.client.asked(1).await;
    assert!(other.params["command"].as_str().unwrap().contains("mkdir three"), "{:?}", other.params);
    assert!(acted.file("two").exists(), "it begins as what was allowed");
    acted.decide(&other, "decline");
    acted.client.completed(&turn).await;
    let file = acted.lab.home.join("rules/default.rules");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, "prefix_rule(pattern=[\"touch\", \"one\"], decision=\"allow\")\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::remove_file(acted.file("one")).unwrap();
    let approval_policy = Some(v2::AskForApproval::Untrusted);
    let params = v2::ThreadStartParams { approval_policy, ..Default::default() };
    let thread = acted.lab.start_with(&acted.client, params).await.thread.id;
    let turn = acted.lab.turn(&acted.client, &thread, "go").await.unwrap();
    let third = acted.client.asked(2).await;
    assert!(acted.file("one").exists(), "the new thread did not ask");
    assert!(third.params["command"].as_str().unwrap().contains("mkdir three"));
    acted.decide(&third, "cancel");
    acted.client.completed(&turn).await;
}

#[tokio::test]
async fn an_amendment_that_cannot_be_written_holds_for_the_thread() {
    let acted = Acted::asking(&acts(&[json!([exec("touch one")]), json!([exec("touch two")])]), OPEN).await;
    std::fs::write(acted.lab.home.join("rules"), "no folder").unwrap();
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert!(acted.answer(
        &asked,
        json!({ "decision": { "acceptWithExecpolicyAmendment": { "execpolicy_amendment": ["touch"] } } })
    ));
    assert_eq!(acted.client.completed(&turn).await.status, v2::TurnStatus::Completed);
    assert!(acted.file("one").exists() && acted.file("two").exists());
    assert!(acted.client.warnings().iter().any(|text| text.contains("holds for this thread only")));
}

#[tokio::test]
async fn a_confined_command_writes_inside_and_nowhere_else() {
    if !can_confine() {
        return;
    }
    let script = acts(&[json!([
        exec("echo x > inside && cat inside"),
        exec("echo x > ../outside"),
        exec("mkdir .git"),
        exec("env | grep ^CODEX_SANDBOX"),
    ])]);
    for policy in ["on-request", "never"] {
        let acted = Acted::once(&script, &format!("approval_policy = '{policy}'\n{WORKSPACE}")).await;
        let outputs = acted.outputs();
        assert_eq!(printed(&outputs[0]), "x\n");
        for refused in &outputs[1..3] {
            assert!(!refused.contains("Process exited with code 0"), "{refused}");
        }
        assert!(printed(&outputs[1]).contains("Read-only file system"), "{}", outputs[1]);
        assert!(!acted.file("../outside").exists() && !acted.file(".git").exists());
        assert_eq!(printed(&outputs[3]), "CODEX_SANDBOX_NETWORK_DISABLED=1\n");
        assert!(acted.client.all_asked().is_empty());
        assert_eq!(acted.client.completed_items("commandExecution").len(), 4, "each has its item");
    }
    let acted = Acted::once(&script, "approval_policy = 'on-request'\nsandbox_mode = 'read-only'\n").await;
    assert!(printed(&acted.outputs()[0]).contains("Read-only file system"));
    assert!(!acted.file("inside").exists());
}

#[tokio::test]
async fn a_rule_that_allows_lifts_the_sandbox_for_all_of_a_command_only() {
    if !can_confine() {
        return;
    }
    let rules = "prefix_rule(pattern=['touch'], decision='allow')\n";
    let calls = json!([exec("touch ../free"), exec("touch ../part && mkdir ../confined")]);
    let acted = ruled(&acts(&[calls]), WORKSPACE, v2::AskForApproval::OnRequest, rules).await;
    acted.run("go").await;
    assert!(acted.file("../free").exists());
    assert!(!acted.file("../part").exists() && !acted.file("../confined").exists());
    assert!(acted.client.all_asked().is_empty());
}

#[tokio::test]
async fn a_trusted_user_is_not_asked_twice_after_a_denial() {
    if !can_confine() {
        return;
    }
    let script = acts(&[json!([exec("echo tried; echo x > ../outside && echo made")])]);
    let acted = Acted::asking(&script, WORKSPACE).await;
    let turn = acted.begin("go").await;
    acted.decide(&acted.client.asked(0).await, "accept");
    acted.client.completed(&turn).await;
    assert!(acted.file("../outside").exists());
    assert_eq!(printed(&acted.output()), "tried\nmade\n");
    assert_eq!(acted.client.all_asked().len(), 1);
    let item = acted.client.command();
    assert_eq!((&item["exitCode"], &item["aggregatedOutput"]), (&json!(0), &json!("tried\nmade\n")));
    let names = acted.client.names();
    assert_eq!(names.iter().filter(|name| *name == "item/started commandExecution").count(), 1);
}

#[tokio::test]
async fn a_denial_is_asked_about_where_the_policy_says_so() {
    if !can_confine() {
        return;
    }
    let config = format!(
        "approval_policy = {{ granular = {{ sandbox_approval = true, rules = true, mcp_elicitations = true }} }}\n{WORKSPACE}"
    );
    for (decision, made) in [("accept", true), ("decline", false)] {
        let acted = Acted::on(&acts(&[json!([exec("echo x > ../outside")])]), &config).await;
        let turn = acted.begin("go").await;
        let asked = acted.client.asked(0).await;
        assert_eq!(asked.params["reason"], "command failed; retry without sandbox?");
        assert!(!acted.file("../outside").exists());
        acted.decide(&asked, decision);
        acted.client.completed(&turn).await;
        assert_eq!(acted.file("../outside").exists(), made);
        let item = acted.client.command();
        assert_eq!(item["status"], if made { "completed" } else { "declined" });
        let names = acted.client.names();
        assert_eq!(names.iter().filter(|name| *name == "item/started commandExecution").count(), 1, "{names:?}");
        assert_eq!(outputs(&acted.lab.rollout()).len(), 1);
    }
}

/// A command outside of the sandbox that waits for a line, and a line for it.
fn escaped_and_written() -> String {
    let escaped = json!([{ "name": "exec_command", "arguments": json!({
        "cmd": "read line; echo \"got $line\"", "tty": true, "yield_time_ms": 250,
        "sandbox_permissions": "require_escalated", "justification": "May I?",
    }) }]);
    let write = json!([{ "name": "write_stdin", "call_id": "write", "arguments": "{{input}}" }]);
    let then = json!([{ "text": "Done." }]);
    let answers = json!([
        { "when": "begin", "calls": escaped, "then": then },
        { "when": "session_id", "calls": write, "then": then },
    ]);
    json!({ "answer": answers }).to_string()
}

#[tokio::test]
async fn text_for_a_command_outside_of_the_sandbox_is_asked_about() {
    let config = format!("approval_policy = 'on-request'\n{WORKSPACE}");
    for (answer, told) in [("decline", "write_stdin rejected: rejected by user"), ("accept", "got yes")] {
        let acted = Acted::on(&escaped_and_written(), &config).await;
        let turn = acted.begin("begin").await;
        let first = acted.client.asked(0).await;
        let item = first.params["itemId"].as_str().unwrap().to_owned();
        acted.decide(&first, "accept");
        acted.client.completed(&turn).await;
        let id = crate::acting::session(&acted.output());
        let write = json!({ "session_id": id, "chars": "yes\n", "yield_time_ms": 20000 });
        let turn = acted.begin(&write.to_string()).await;
        let asked = acted.client.asked(1).await;
        let params = &asked.params;
        assert_eq!((&params["kind"], &params["approvalId"]), (&json!("writeStdin"), &json!("write")));
        assert_eq!(params["itemId"], item);
        assert_eq!(params["command"], format!("write_stdin --session-id {id} 'yes\n'"));
        assert_eq!(params["availableDecisions"], json!(["accept", "cancel"]));
        acted.decide(&asked, answer);
        acted.client.completed(&turn).await;
        let output = acted.outputs().pop().unwrap();
        assert!(output.contains(told), "{output}");
    }
}

#[tokio::test]
async fn waiting_for_such_a_command_needs_no_question() {
    let config = format!("approval_policy = 'on-request'\n{WORKSPACE}");
    let acted = Acted::on(&escaped_and_written(), &config).await;
    let turn = acted.begin("begin").await;
    acted.decide(&acted.client.asked(0).await, "accept");
    acted.client.completed(&turn).await;
    let id = crate::acting::session(&acted.output());
    // An answer to the wait: the command ends.
    let waiting = acted.begin(&json!({ "session_id": id }).to_string()).await;
    let (answer, answered) = tokio::sync::oneshot::channel();
    let params = v2::ThreadBackgroundTerminalsCleanParams { thread_id: acted.thread.clone() };
    acted.lab.engine.clean_terminals(&params, Box::new(move |outcome| drop(answer.send(outcome))));
    answered.await.unwrap().unwrap();
    acted.client.completed(&waiting).await;
    assert_eq!(acted.client.all_asked().len(), 1);
}

#[tokio::test]
async fn a_sandbox_that_cannot_be_kept_is_an_error_and_nothing_runs() {
    let config = "approval_policy = 'never'\ndefault_permissions = 'mine'\n\
                  [permissions.mine.filesystem]\n':root' = 'read'\n'/x/*/secret' = 'deny'\n";
    let acted = Acted::once(&acts(&[json!([exec("touch made")])]), config).await;
    let output = acted.output();
    assert!(output.starts_with("exec_command failed: CreateProcess") && output.contains("/x/*/secret"), "{output}");
    assert!(!acted.file("made").exists());
}
