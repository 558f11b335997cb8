//! More than the sandbox gives: asked for by the model, granted for a turn or for the thread, in whole or in part.

use serde_json::{Value, json};

use crate::acting::{Acted, WORKSPACE, acts, call, can_confine, exec, outputs, patch, printed, refuse_from, turns};

const TOOL: &str = "[features]\nrequest_permissions_tool = true\n";
const COMMANDS: &str = "[features]\nexec_permission_approvals = true\n";

fn config(policy: &str, features: &str) -> String {
    format!("approval_policy = {policy}\n{WORKSPACE}{features}")
}

/// A call that asks to write beside the working folder.
fn wish() -> Value {
    let permissions = json!({ "file_system": { "write": ["../beside"] } });
    json!([call("request_permissions", json!({ "reason": "May I?", "permissions": permissions }))])
}

fn write() -> Value {
    json!([exec("echo x >> ../beside/file && echo made")])
}

/// A thread with a folder beside its own, which commands may read and not write.
async fn beside(script: &str, config: &str) -> Acted {
    let acted = Acted::on(script, config).await;
    std::fs::create_dir(acted.file("../beside")).unwrap();
    acted
}

/// The path of that folder.
fn folder(acted: &Acted) -> String {
    acted.lab.cwd.parent().unwrap().join("beside").to_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_granted_holds_for_the_turn_or_for_the_thread() {
    if !can_confine() {
        return;
    }
    let script = turns(&[&[wish(), write()], &[write()]]);
    for (scope, later) in [("turn", false), ("session", true)] {
        let acted = beside(&script, &config("'on-request'", TOOL)).await;
        let turn = acted.begin("one").await;
        let asked = acted.client.asked(0).await;
        assert_eq!(asked.method, "item/permissions/requestApproval");
        let params = &asked.params;
        assert_eq!((&params["reason"], &params["itemId"]), (&json!("May I?"), &json!("call_1")));
        assert_eq!((&params["turnId"], &params["environmentId"]), (&json!(turn), &json!("local")));
        assert_eq!(params["permissions"]["fileSystem"]["write"], json!([folder(&acted)]));
        let granted = json!({ "fileSystem": { "write": [folder(&acted)] } });
        assert!(acted.answer(&asked, json!({ "permissions": granted, "scope": scope })));
        acted.client.completed(&turn).await;
        let outputs = acted.outputs();
        assert_eq!(
            serde_json::from_str::<Value>(&outputs[0]).unwrap(),
            json!({
                "permissions": { "network": null, "file_system": { "write": [folder(&acted)] } },
                "scope": scope,
            })
        );
        assert_eq!(printed(&outputs[1]), "made\n");
        acted.run("two").await;
        assert_eq!(acted.read("../beside/file"), if later { "x\nx\n" } else { "x\n" }, "{scope}");
        assert_eq!(acted.client.all_asked().len(), 1);
        assert_eq!(acted.client.completed_items("commandExecution").len(), 2, "the tool is no item");
    }
}

#[tokio::test]
async fn patches_gain_from_it_too() {
    let answers = [wish(), json!([patch("*** Add File: ../beside/new.txt\n+x\n")])];
    let acted = beside(&acts(&answers), &config("'on-request'", TOOL)).await;
    let turn = acted.begin("go").await;
    let granted = json!({ "fileSystem": { "write": [folder(&acted)] } });
    assert!(acted.answer(&acted.client.asked(0).await, json!({ "permissions": granted })));
    acted.client.completed(&turn).await;
    assert_eq!(acted.read("../beside/new.txt"), "x\n");
    assert_eq!(acted.client.all_asked().len(), 1);
}

#[tokio::test]
async fn nothing_is_granted_that_was_refused_or_not_asked_for() {
    if !can_confine() {
        return;
    }
    let nothing = r#"{"permissions":{"network":null,"file_system":null},"scope":"turn"}"#;
    let script = acts(&[wish(), write()]);
    let more = json!({ "permissions": { "network": { "enabled": true }, "fileSystem": { "write": ["/"] } } });
    for answer in [None, Some(json!({ "permissions": {} })), Some(more)] {
        let acted = beside(&script, &config("'on-request'", TOOL)).await;
        let turn = acted.begin("go").await;
        let asked = acted.client.asked(0).await;
        assert!(match answer {
            None => refuse_from(&acted.lab, &acted.client, &asked),
            Some(answer) => acted.answer(&asked, answer),
        });
        acted.client.completed(&turn).await;
        assert_eq!(acted.outputs()[0], nothing);
        assert!(!acted.file("../beside/file").exists());
    }
    let granular = "{ granular = { sandbox_approval = true, rules = true, mcp_elicitations = true } }";
    for policy in ["'never'", granular] {
        let script = acts(&[wish()]);
        let acted = beside(&script, &config(policy, TOOL)).await;
        acted.run("go").await;
        assert_eq!(acted.output(), nothing);
        assert!(acted.client.all_asked().is_empty());
    }
}

#[tokio::test]
async fn the_tool_needs_its_feature_and_something_to_ask_for() {
    let acted = Acted::once(&acts(&[wish()]), &config("'on-request'", "")).await;
    assert_eq!(acted.output(), "unsupported call: request_permissions");
    let calls = json!([
        call("request_permissions", json!({ "permissions": {} })),
        call("request_permissions", json!({ "permissions": { "network": { "enabled": false } } })),
        call("request_permissions", json!({})),
    ]);
    let acted = Acted::once(&acts(&[calls]), &config("'on-request'", TOOL)).await;
    let outputs = acted.outputs();
    assert_eq!(outputs[0], "request_permissions requires at least one permission");
    assert_eq!(outputs[1], outputs[0]);
    assert!(outputs[2].starts_with("failed to parse function arguments: "), "{}", outputs[2]);
    assert!(acted.client.all_asked().is_empty());
}

/// A command that asks for more than the sandbox gives.
fn command_with_more() -> Value {
    json!([call(
        "exec_command",
        json!({
            "cmd": "echo x > ../beside/file; echo y > ../elsewhere",
            "sandbox_permissions": "with_additional_permissions",
            "additional_permissions": { "file_system": { "write": ["../beside"] } },
            "justification": "May I?",
        })
    )])
}

#[tokio::test]
async fn one_command_may_be_given_more_and_stays_confined() {
    if !can_confine() {
        return;
    }
    let acted = beside(&acts(&[command_with_more(), write()]), &config("'on-request'", COMMANDS)).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    let params = &asked.params;
    assert_eq!((asked.method, &params["reason"]), ("item/commandExecution/requestApproval", &json!("May I?")));
    assert_eq!(params["additionalPermissions"]["fileSystem"]["write"], json!([folder(&acted)]));
    assert_eq!(params["availableDecisions"], json!(["accept", "cancel"]), "no rule could hold it");
    acted.decide(&asked, "accept");
    acted.client.completed(&turn).await;
    assert_eq!(acted.read("../beside/file"), "x\n", "what came after it had no more than before");
    assert!(!acted.file("../elsewhere").exists(), "only what was asked for");
    assert_eq!(outputs(&acted.lab.rollout()).len(), 2);
}

#[tokio::test]
async fn a_command_cannot_have_more_where_nobody_may_be_asked_or_the_feature_is_off() {
    let acted = beside(&acts(&[command_with_more()]), &config("'never'", COMMANDS)).await;
    acted.run("go").await;
    assert!(acted.output().contains("you cannot ask for additional permissions"), "{}", acted.output());
    let acted = beside(&acts(&[command_with_more()]), &config("'on-request'", "")).await;
    acted.run("go").await;
    assert!(acted.output().starts_with("additional permissions are disabled; "), "{}", acted.output());
    assert!(!acted.file("../beside/file").exists());
    assert!(acted.client.completed_items("commandExecution").is_empty() && acted.client.all_asked().is_empty());
}
