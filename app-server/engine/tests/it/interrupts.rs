//! Turns that are stopped or steered while their calls run.

use codex_app_server_protocol::v2::TurnStatus;
use serde_json::json;

use crate::acting::{Acted, FREE, FREEFORM, acts, call_as, exec, gone, messages, outputs, patch, turns, until_file};
use crate::harness::kinds;

#[tokio::test]
async fn an_interrupt_ends_the_command_and_answers_its_call() {
    let calls = json!([exec("echo quick"), call_as("slow", "exec_command", json!({ "cmd": "echo $$; sleep 1000" }))]);
    let acted = Acted::on(&turns(&[&[calls], &[]]), FREE).await;
    let turn = acted.begin("go").await;
    acted.client.has_printed("slow", "\n").await;
    acted.client.command_done("call_1").await;
    let pid = acted.client.deltas("slow");
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    let ended = acted.client.completed(&turn).await;
    assert_eq!(ended.status, TurnStatus::Interrupted);
    gone(&pid).await;
    let outputs = acted.outputs();
    assert!(outputs[0].ends_with("Output:\nquick\n"), "{}", outputs[0]);
    let (wall, aborted) = outputs[1].split_once('\n').unwrap();
    assert_eq!(aborted, "aborted by user");
    let seconds: f64 = wall.strip_prefix("Wall time: ").unwrap().strip_suffix(" seconds").unwrap().parse().unwrap();
    assert!(seconds > 0.0);
    assert_eq!(acted.client.completed_items("commandExecution").len(), 1, "the interrupted one has no end");
    let names = acted.client.names();
    assert_eq!(names[names.len() - 2..], ["status idle", "turn/completed"]);
    let told = messages(&acted.lab.rollout(), "user");
    assert!(told.last().unwrap().starts_with("<turn_aborted>"), "{told:?}");
    acted.run("again").await;
    assert_eq!(acted.client.texts("agentMessage"), ["Done."], "the thread works on");
}

#[tokio::test]
async fn an_interrupted_custom_call_is_answered_in_its_own_words() {
    let calls = json!([exec("sleep 1000"), patch("*** Add File: new.txt\n+x\n")]);
    let acted = Acted::on(&acts(&[calls]), &format!("{FREEFORM}{FREE}")).await;
    let turn = acted.begin("go").await;
    acted.client.until("command", |event| (event.method() == "item/started").then_some(())).await;
    acted.client.until_told("the command", |told| format!("{told:?}").contains("CommandExecution").then_some(())).await;
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    acted.client.completed(&turn).await;
    let outputs = acted.outputs();
    assert!(outputs[1].starts_with("aborted by user after ") && outputs[1].ends_with('s'), "{}", outputs[1]);
    assert!(!acted.file("new.txt").exists(), "it waited for the command before it");
}

#[tokio::test]
async fn a_running_command_is_not_cut_by_a_steer() {
    let calls = json!([call_as(
        "slow",
        "exec_command",
        json!({ "cmd": format!("echo begun; {}; echo whole", until_file("go")) })
    )]);
    let acted = Acted::on(&acts(&[calls]), FREE).await;
    let turn = acted.begin("one").await;
    acted.client.has_printed("slow", "begun").await;
    acted.lab.steer(&acted.client, &acted.thread, &turn, "two").await.unwrap();
    assert!(acted.client.completed_items("commandExecution").is_empty());
    std::fs::write(acted.file("go"), "").unwrap();
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
    assert!(acted.output().ends_with("Output:\nbegun\nwhole\n"), "{}", acted.output());
    let lines = acted.lab.rollout();
    let kinds = kinds(&lines);
    let output = kinds.iter().position(|kind| kind == "function_call_output").unwrap();
    let said = kinds.iter().rposition(|kind| kind == "user").unwrap();
    assert!(output < said, "the model gets the output before the text: {kinds:?}");
    let names = acted.client.names();
    let done = names.iter().position(|name| name.starts_with("item/completed commandExecution")).unwrap();
    let told = names.iter().rposition(|name| name == "item/started userMessage").unwrap();
    let answer = names.iter().position(|name| name == "item/started agentMessage").unwrap();
    assert!(done < told && told < answer, "{names:?}");
}

#[tokio::test]
async fn a_broken_answer_still_has_its_calls_answered() {
    let broken = json!({ "items": [exec("echo hi")], "end": "cut" });
    let script = json!({ "answer": [broken, { "text": "Done." }] }).to_string();
    let acted = Acted::once(&script, FREE).await;
    let outputs = outputs(&acted.lab.rollout());
    assert_eq!(outputs.len(), 1);
    assert!(outputs[0].1.as_str().unwrap().ends_with("Output:\nhi\n"));
    assert_eq!(acted.client.texts("agentMessage"), ["Done."]);
}
