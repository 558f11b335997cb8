//! Questions about commands and patches: when one is asked, what it says, and what each answer does.

use codex_app_server_protocol::v2::TurnStatus;
use serde_json::{Value, json};

use crate::acting::{Acted, FREEFORM, OPEN, acts, call, exec, heredoc, messages, patch, refuse_from, turns};

const COMMAND: &str = "item/commandExecution/requestApproval";
const FILES: &str = "item/fileChange/requestApproval";
const REJECTED: &str = r#"exec_command failed: CreateProcess { message: "Rejected(\"rejected by user\")" }"#;
const ADD: &str = "*** Add File: new.txt\n+one\n";

#[tokio::test]
async fn a_command_is_asked_about_shown_and_run() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert!(!acted.file("made").exists(), "nothing runs before the answer");
    assert_eq!(asked.method, COMMAND);
    let params = &asked.params;
    let command = params["command"].as_str().unwrap();
    assert!(command.ends_with("bash -lc 'touch made'"), "{command}");
    assert_eq!(params["kind"], "command");
    assert_eq!((&params["threadId"], &params["turnId"]), (&json!(acted.thread), &json!(turn)));
    assert_eq!((&params["itemId"], &params["environmentId"]), (&json!("call_1"), &json!("local")));
    assert_eq!(params["cwd"], acted.lab.cwd.to_str().unwrap());
    assert_eq!(params["commandActions"], json!([{ "type": "unknown", "command": "touch made" }]));
    assert_eq!(params["proposedExecpolicyAmendment"], json!(["touch", "made"]));
    let amendment = json!({ "acceptWithExecpolicyAmendment": { "execpolicy_amendment": ["touch", "made"] } });
    assert_eq!(params["availableDecisions"], json!(["accept", amendment, "cancel"]));
    assert!(params["startedAtMs"].as_i64().unwrap() > 0);
    assert_eq!(params.get("reason"), None, "the model gave none");
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    assert!(acted.file("made").exists());
    assert_eq!(acted.client.resolved(), [asked.id]);
    let names = acted.client.names();
    let begun = names.iter().position(|name| name.starts_with("status active waiting")).unwrap();
    assert_eq!(
        names[begun..begun + 6],
        [
            "status active waitingOnApproval",
            "item/started commandExecution",
            &format!("? {COMMAND}"),
            "serverRequest/resolved",
            "status active",
            "item/completed commandExecution completed",
        ]
    );
}

#[tokio::test]
async fn a_declined_command_is_an_item_and_the_turn_goes_on() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    acted.decide(&acted.client.asked(0).await, "decline");
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
    assert_eq!(acted.output(), REJECTED);
    assert!(!acted.file("made").exists());
    let item = acted.client.command();
    assert_eq!((&item["status"], &item["exitCode"]), (&json!("declined"), &Value::Null));
    assert_eq!((&item["source"], &item["processId"]), (&json!("agent"), &Value::Null));
    let names = acted.client.names();
    let declined = names.iter().position(|name| name == "item/completed commandExecution declined").unwrap();
    assert_eq!(names[declined - 1..=declined + 1], ["serverRequest/resolved", &names[declined], "status active"]);
}

#[tokio::test]
async fn cancelling_ends_the_turn_and_the_calls_beside() {
    let calls = json!([exec("echo $$; sleep 1000"), call("exec_command", json!({ "cmd": "rm -f x" }))]);
    let config = "approval_policy = 'on-request'\nsandbox_mode = 'danger-full-access'\n";
    let acted = Acted::on(&acts(&[calls]), config).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    acted.client.has_printed("call_1", "\n").await;
    acted.decide(&asked, "cancel");
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Interrupted);
    crate::acting::gone(&acted.client.deltas("call_1")).await;
    for output in acted.outputs() {
        assert!(output.starts_with("Wall time: ") && output.ends_with("aborted by user"), "{output}");
    }
    assert_eq!(acted.outputs().len(), 2);
    let commands = acted.client.completed_items("commandExecution");
    assert_eq!((commands.len(), &commands[0].1["status"]), (1, &json!("declined")));
    assert!(acted.client.texts("agentMessage").is_empty(), "the model is not asked again");
}

#[tokio::test]
async fn an_error_or_nonsense_as_answer_fails_the_command_alone() {
    for nonsense in [None, Some(json!({ "decision": "perhaps" })), Some(json!([]))] {
        let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
        let turn = acted.begin("go").await;
        let asked = acted.client.asked(0).await;
        let counts = match nonsense {
            None => refuse_from(&acted.lab, &acted.client, &asked),
            Some(answer) => acted.answer(&asked, answer),
        };
        assert!(counts, "an answer that is none is an answer");
        assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
        assert_eq!(acted.client.command()["status"], "failed");
        assert!(acted.output().contains("approval request failed"), "{}", acted.output());
        assert!(!acted.file("made").exists());
        assert_eq!(acted.client.resolved(), [asked.id]);
    }
}

#[tokio::test]
async fn what_was_accepted_for_the_thread_is_remembered_and_nothing_else() {
    let again = json!([exec("echo x >> made")]);
    let script = turns(&[
        &[again.clone()],
        &[again.clone(), json!([call("exec_command", json!({ "cmd": "echo x >> made", "workdir": "sub" }))])],
        &[
            json!([call("exec_command", json!({ "cmd": "echo x >> made", "tty": true }))]),
            json!([exec("echo x  >> made")]),
        ],
    ]);
    let acted = Acted::asking(&script, OPEN).await;
    std::fs::create_dir(acted.file("sub")).unwrap();
    let turn = acted.begin("one").await;
    acted.decide(&acted.client.asked(0).await, "acceptForSession");
    acted.client.completed(&turn).await;
    let turn = acted.begin("two").await;
    let other_folder = acted.client.asked(1).await;
    assert_eq!(other_folder.params["cwd"], acted.file("sub").to_str().unwrap());
    assert_eq!(acted.read("made"), "x\nx\n", "the same command ran without a question");
    acted.decide(&other_folder, "decline");
    acted.client.completed(&turn).await;
    let turn = acted.begin("three").await;
    acted.decide(&acted.client.asked(2).await, "decline");
    acted.decide(&acted.client.asked(3).await, "decline");
    acted.client.completed(&turn).await;
    assert_eq!(acted.client.all_asked().len(), 4);
}

#[tokio::test]
async fn dangerous_and_escalated_commands_are_asked_about_or_refused() {
    let escalated = json!([call(
        "exec_command",
        json!({ "cmd": "touch made", "sandbox_permissions": "require_escalated", "justification": "May I?",
                "prefix_rule": ["touch"] })
    )]);
    let read_only = "sandbox_mode = 'read-only'\n";
    let acted = Acted::on(&acts(&[escalated.clone()]), &format!("approval_policy = 'on-request'\n{read_only}")).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert_eq!(asked.params["reason"], "May I?");
    assert_eq!(asked.params["proposedExecpolicyAmendment"], json!(["touch"]));
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    assert!(acted.file("made").exists(), "outside of the sandbox");

    let never = format!("approval_policy = 'never'\n{read_only}");
    let acted = Acted::once(&acts(&[json!([escalated[0], exec("rm -rf x")])]), &never).await;
    let outputs = acted.outputs();
    assert!(outputs[0].starts_with("approval policy is Never; reject command"), "{}", outputs[0]);
    assert!(outputs[1].contains("rm -f style commands are not permitted"), "{}", outputs[1]);
    assert!(acted.client.all_asked().is_empty() && !acted.file("made").exists());

    let granular = "approval_policy = { granular = { sandbox_approval = false, rules = true, mcp_elicitations = true } }\n\
                    sandbox_mode = 'danger-full-access'\n";
    let acted = Acted::on(&acts(&[json!([exec("rm -f x")])]), granular).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert_eq!(asked.params["availableDecisions"], json!(["accept", "cancel"]));
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    assert_eq!(acted.client.command()["exitCode"], 0);
}

#[tokio::test]
async fn a_patch_is_asked_about_shown_and_made() {
    let acted = Acted::asking(&acts(&[json!([patch(ADD)])]), &format!("{FREEFORM}{OPEN}")).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert_eq!(asked.method, FILES);
    assert!(!acted.file("new.txt").exists());
    let params = &asked.params;
    assert_eq!((&params["itemId"], &params["turnId"]), (&json!("call_1"), &json!(turn)));
    assert_eq!((params.get("reason"), params.get("grantRoot")), (Some(&Value::Null), Some(&Value::Null)));
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    assert_eq!(acted.read("new.txt"), "one\n");
    let names = acted.client.names();
    let begun = names.iter().position(|name| name == "item/started fileChange").unwrap();
    assert_eq!(
        names[begun..begun + 7],
        [
            "item/started fileChange",
            "status active waitingOnApproval",
            &format!("? {FILES}"),
            "serverRequest/resolved",
            "status active",
            "item/completed fileChange completed",
            "turn/diff/updated",
        ]
    );
}

#[tokio::test]
async fn a_patch_that_is_not_accepted_is_not_made() {
    for (answer, output, status) in [
        (Some("decline"), "patch rejected by user", TurnStatus::Completed),
        (None, "approval request failed", TurnStatus::Completed),
        (Some("cancel"), "aborted by user", TurnStatus::Interrupted),
    ] {
        for call in [patch(ADD), heredoc(ADD)] {
            let acted = Acted::asking(&acts(&[json!([call])]), &format!("{FREEFORM}{OPEN}")).await;
            let turn = acted.begin("go").await;
            let asked = acted.client.asked(0).await;
            match answer {
                Some(decision) => acted.decide(&asked, decision),
                None => assert!(refuse_from(&acted.lab, &acted.client, &asked)),
            }
            assert_eq!(acted.client.completed(&turn).await.status, status);
            assert!(acted.output().contains(output), "{}", acted.output());
            assert!(!acted.file("new.txt").exists());
            let items = acted.client.completed_items("fileChange");
            match status {
                TurnStatus::Completed => assert_eq!(items[0].1["status"], "declined"),
                _ => assert!(items.is_empty(), "the end of the turn is the end of the item: {items:?}"),
            }
            assert!(acted.client.diffs().is_empty());
        }
    }
}

#[tokio::test]
async fn patched_files_are_remembered_and_no_others() {
    let update = |from: &str, to: &str| format!("*** Update File: new.txt\n@@\n-{from}\n+{to}\n");
    let beside = format!("{}*** Add File: other.txt\n+x\n", update("two", "three"));
    let answers = [json!([patch(ADD)]), json!([patch(&update("one", "two"))]), json!([patch(&beside)])];
    let acted = Acted::asking(&acts(&answers), &format!("{FREEFORM}{OPEN}")).await;
    let turn = acted.begin("go").await;
    acted.decide(&acted.client.asked(0).await, "acceptForSession");
    let second = acted.client.asked(1).await;
    assert_eq!(acted.read("new.txt"), "two\n", "the same file was patched without a question");
    acted.decide(&second, "decline");
    acted.client.completed(&turn).await;
    assert_eq!(acted.read("new.txt"), "two\n");
}

#[tokio::test]
async fn a_patch_outside_of_the_workspace_is_asked_about() {
    let config = "approval_policy = 'on-request'\nsandbox_mode = 'workspace-write'\n[sandbox_workspace_write]\n\
                  exclude_slash_tmp = true\n";
    let hunks = "*** Add File: ../beside.txt\n+x\n";
    let acted = Acted::on(&acts(&[json!([patch(hunks)])]), &format!("{FREEFORM}{config}")).await;
    let turn = acted.begin("go").await;
    acted.decide(&acted.client.asked(0).await, "accept");
    acted.client.completed(&turn).await;
    assert_eq!(acted.read("../beside.txt"), "x\n");
}

#[tokio::test]
async fn a_reviewer_that_does_not_exist_is_the_user_and_that_is_said_once() {
    let config = format!("approvals_reviewer = 'auto_review'\n{OPEN}");
    let script = turns(&[&[json!([exec("echo 1")]), json!([exec("echo 2")])], &[json!([exec("echo 3")])]]);
    let acted = Acted::asking(&script, &config).await;
    let mut number = 0;
    for count in [2, 1] {
        let turn = acted.begin("go").await;
        for _ in 0..count {
            acted.decide(&acted.client.asked(number).await, "accept");
            number += 1;
        }
        acted.client.completed(&turn).await;
    }
    let warnings: Vec<_> = acted.client.warnings().into_iter().filter(|text| text.contains("review")).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(acted.outputs().len(), 3);
    assert!(messages(&acted.lab.rollout(), "assistant").iter().all(|text| text == "Done."));
}
