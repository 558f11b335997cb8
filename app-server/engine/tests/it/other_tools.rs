//! Plans, images, questions of the model, modes, and which tools a model is offered.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{self, ModeKind};
use serde_json::{Value, json};

use crate::acting::{Acted, FREE, FREEFORM, acts, call, messages, outputs, refuse_from, turns};
use crate::asked_model::Listener;
use crate::harness::{said, turn_params};

const PLAN_TOOL: &str = "[tools.update_plan]\nenabled = true\n";

/// A turn in a mode.
async fn begin_in(acted: &Acted, mode: ModeKind, instructions: Option<&str>) -> String {
    let settings = v2::Settings {
        model: "mock".to_owned(),
        reasoning_effort: None,
        developer_instructions: instructions.map(str::to_owned),
    };
    let collaboration_mode = Some(v2::CollaborationMode { mode, settings });
    let params = v2::TurnStartParams { input: said("go"), collaboration_mode, ..turn_params(&acted.thread) };
    acted.lab.turn_with(&acted.client, params).await.unwrap()
}

fn plan() -> Value {
    let steps = json!([
        { "step": "look", "status": "completed" },
        { "step": "change", "status": "in_progress" },
        { "step": "test", "status": "pending" },
    ]);
    json!([call("update_plan", json!({ "explanation": "because", "plan": steps }))])
}

#[tokio::test]
async fn a_plan_is_told_and_is_no_item() {
    let acted = Acted::once(&acts(&[plan()]), &format!("{FREE}{PLAN_TOOL}")).await;
    assert_eq!(acted.output(), "Plan updated");
    let updated = acted
        .client
        .until("plan", |event| match event {
            ServerNotification::TurnPlanUpdated(updated) => Some(updated.clone()),
            _ => None,
        })
        .await;
    let updated = serde_json::to_value(updated).unwrap();
    assert_eq!(updated["explanation"], "because");
    assert_eq!(
        updated["plan"],
        json!([
            { "step": "look", "status": "completed" },
            { "step": "change", "status": "inProgress" },
            { "step": "test", "status": "pending" },
        ])
    );
    assert!(acted.client.completed_items("plan").is_empty());
}

#[tokio::test]
async fn a_plan_needs_the_tool_good_arguments_and_another_mode_than_plan() {
    let acted = Acted::once(&acts(&[plan()]), FREE).await;
    assert_eq!(acted.output(), "unsupported call: update_plan");
    let config = format!("{FREE}{PLAN_TOOL}");
    let bad = json!([call("update_plan", json!({ "plan": [{ "step": "x", "status": "done" }] }))]);
    let acted = Acted::once(&acts(&[bad]), &config).await;
    assert!(acted.output().starts_with("failed to parse function arguments: "), "{}", acted.output());
    let acted = Acted::on(&acts(&[plan()]), &config).await;
    let turn = begin_in(&acted, ModeKind::Plan, None).await;
    acted.client.completed(&turn).await;
    assert!(acted.output().ends_with("is not allowed in Plan mode"), "{}", acted.output());
    assert!(!acted.client.names().contains(&"turn/plan/updated".to_owned()));
}

#[tokio::test]
async fn an_image_is_shown_to_the_model_and_as_an_item() {
    let acted = Acted::on(&acts(&[json!([call("view_image", json!({ "path": "a.png" }))])]), FREE).await;
    std::fs::write(acted.file("a.png"), b"\x89PNG rest").unwrap();
    acted.run("go").await;
    let (_, output) = outputs(&acted.lab.rollout()).remove(0);
    assert_eq!(
        output,
        json!([{ "type": "input_image", "image_url": "data:image/png;base64,iVBORyByZXN0", "detail": "high" }])
    );
    let (_, item) = acted.client.completed_items("imageView").remove(0);
    assert_eq!((&item["id"], &item["path"]), (&json!("call_1"), &json!(acted.file("a.png").to_str().unwrap())));
}

#[tokio::test]
async fn what_is_no_image_is_told_and_is_no_item() {
    let calls = json!([
        call("view_image", json!({ "path": "none.png" })),
        call("view_image", json!({ "path": "." })),
        call("view_image", json!({ "path": "a.txt" })),
        call("view_image", json!({})),
        call("view_image", json!({ "path": "large.png" })),
    ]);
    let acted = Acted::on(&acts(&[calls]), FREE).await;
    std::fs::write(acted.file("a.txt"), "text").unwrap();
    // A hole takes no room on the disk.
    std::fs::File::create(acted.file("large.png")).unwrap().set_len(1 << 30).unwrap();
    acted.run("go").await;
    let outputs = acted.outputs();
    let file = |name: &str| acted.file(name).display().to_string();
    assert_eq!(
        outputs[0],
        format!("unable to locate image at `{}`: No such file or directory (os error 2)", file("none.png"))
    );
    assert!(outputs[1].starts_with("image path `") && outputs[1].ends_with("` is not a file"), "{}", outputs[1]);
    assert_eq!(outputs[2], "unable to process image: invalid or unsupported image data");
    assert!(outputs[3].starts_with("failed to parse function arguments: missing field `path`"), "{}", outputs[3]);
    assert!(outputs[4].starts_with("unable to process image: it is larger than "), "{}", outputs[4]);
    assert!(acted.client.completed_items("imageView").is_empty());
}

fn question() -> Value {
    let options =
        json!([{ "label": "red", "description": "like fire" }, { "label": "blue", "description": "like ice" }]);
    let question = json!({ "id": "colour", "header": "Colour", "question": "Which one?", "options": options });
    json!([call("request_user_input", json!({ "questions": [question] }))])
}

#[tokio::test]
async fn the_user_is_asked_in_plan_mode() {
    let acted = Acted::on(&acts(&[question()]), FREE).await;
    let turn = begin_in(&acted, ModeKind::Plan, None).await;
    let asked = acted.client.asked(0).await;
    assert_eq!(asked.method, "item/tool/requestUserInput");
    let params = &asked.params;
    assert_eq!((&params["itemId"], &params["turnId"]), (&json!("call_1"), &json!(turn)));
    assert_eq!((&params["isBlocking"], params.get("autoResolutionMs")), (&json!(true), Some(&Value::Null)));
    let question = &params["questions"][0];
    assert_eq!((&question["isOther"], &question["isSecret"]), (&json!(true), &json!(false)));
    assert_eq!(question["options"][1], json!({ "label": "blue", "description": "like ice" }));
    assert!(acted.answer(&asked, json!({ "answers": { "colour": { "answers": ["blue"] } } })));
    acted.client.completed(&turn).await;
    assert_eq!(acted.output(), r#"{"answers":{"colour":{"answers":["blue"]}}}"#);
    let names = acted.client.names();
    let waiting = names.iter().position(|name| name == "status active waitingOnUserInput").unwrap();
    assert_eq!(
        names[waiting + 1..waiting + 4],
        ["? item/tool/requestUserInput", "serverRequest/resolved", "status active"]
    );
    assert_eq!(
        names.iter().filter(|name| name.starts_with("item/started")).count(),
        2,
        "no item of its own: {names:?}"
    );
}

#[tokio::test]
async fn a_user_who_refuses_has_not_answered() {
    let acted = Acted::on(&acts(&[question()]), FREE).await;
    let turn = begin_in(&acted, ModeKind::Plan, None).await;
    assert!(refuse_from(&acted.lab, &acted.client, &acted.client.asked(0).await));
    acted.client.completed(&turn).await;
    assert_eq!(acted.output(), r#"{"answers":{}}"#);
}

#[tokio::test]
async fn the_user_is_asked_nothing_in_default_mode_or_without_choices() {
    let acted = Acted::once(&acts(&[question()]), FREE).await;
    assert_eq!(acted.output(), "request_user_input is unavailable in Default mode");
    let bare = json!({ "id": "x", "header": "X", "question": "What?", "options": [] });
    let acted = Acted::on(&acts(&[json!([call("request_user_input", json!({ "questions": [bare] }))])]), FREE).await;
    let turn = begin_in(&acted, ModeKind::Plan, None).await;
    acted.client.completed(&turn).await;
    assert_eq!(acted.output(), "request_user_input requires non-empty options for every question");
    assert!(acted.client.all_asked().is_empty());
}

#[tokio::test]
async fn a_mode_is_told_to_the_model_when_it_changes() {
    let acted = Acted::on(&turns(&[&[], &[], &[], &[]]), FREE).await;
    let told = || -> Vec<String> {
        let texts = messages(&acted.lab.rollout(), "developer");
        texts.into_iter().filter(|text| text.starts_with("<collaboration_mode>")).collect()
    };
    acted.run("plain").await;
    assert!(told().is_empty());
    for (mode, instructions, count) in
        [(ModeKind::Plan, Some("Only plan."), 1), (ModeKind::Plan, Some("Only plan."), 1), (ModeKind::Default, None, 2)]
    {
        let turn = begin_in(&acted, mode, instructions).await;
        acted.client.completed(&turn).await;
        assert_eq!(told().len(), count, "{:?}", told());
    }
    assert_eq!(told()[0], "<collaboration_mode>Only plan.</collaboration_mode>");
    assert!(told()[1].contains("Default mode"), "{}", told()[1]);
}

/// The names, or else the kinds, of the tools that a model is offered.
async fn offered(config: &str) -> Vec<String> {
    let request = Listener::asked(config).await;
    let tools = request["tools"].as_array().unwrap().clone();
    tools.iter().map(|tool| tool["name"].as_str().or(tool["type"].as_str()).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_model_is_offered_what_it_and_the_configuration_can() {
    let goals = ["get_goal", "create_goal", "update_goal"];
    let with_goals = |before: &[&'static str]| [before, &goals, &["web_search"]].concat();
    let all = with_goals(&["exec_command", "write_stdin", "request_user_input", "view_image"]);
    assert_eq!(offered("model = 'nobody-knows'\n").await, all);
    let without = "model = 'nobody-knows'\nfeatures.goals = false\n";
    assert_eq!(
        offered(without).await,
        ["exec_command", "write_stdin", "request_user_input", "view_image", "web_search"]
    );
    let with_plan = format!("{FREEFORM}tools.update_plan.enabled = true\n");
    let planned = ["exec_command", "write_stdin", "update_plan", "request_user_input", "apply_patch", "view_image"];
    assert_eq!(offered(&with_plan).await, with_goals(&planned));
    let blind =
        "features.goals = false\nmodel_catalog_json = 'models.json'\nmodel = 'blind'\nweb_search = 'disabled'\n";
    assert_eq!(offered(blind).await, ["exec_command", "write_stdin", "request_user_input"]);
}

#[tokio::test]
async fn the_search_is_live_where_it_may_be() {
    for (config, live) in [
        ("", false),
        ("web_search = 'cached'\nsandbox_mode = 'danger-full-access'\n", false),
        ("web_search = 'live'\n", true),
        ("sandbox_mode = 'danger-full-access'\n", true),
    ] {
        let request = Listener::asked(config).await;
        let search = request["tools"].as_array().unwrap().iter().find(|tool| tool["type"] == "web_search").cloned();
        assert_eq!(search.unwrap()["external_web_access"], live, "{config}");
    }
}

#[tokio::test]
async fn tools_are_described_in_the_form_that_models_know() {
    let request = Listener::asked(FREEFORM).await;
    let tools = request["tools"].as_array().unwrap();
    let tool = |name: &str| tools.iter().find(|tool| tool["name"] == name).unwrap();
    let exec = tool("exec_command");
    assert_eq!((&exec["type"], &exec["strict"]), (&json!("function"), &json!(false)));
    assert_eq!(exec["parameters"]["required"], json!(["cmd"]));
    assert_eq!(exec["parameters"]["additionalProperties"], false);
    let names: Vec<_> = exec["parameters"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "cmd",
            "workdir",
            "shell",
            "login",
            "tty",
            "yield_time_ms",
            "max_output_tokens",
            "sandbox_permissions",
            "justification",
            "prefix_rule",
        ]
    );
    let patch = tool("apply_patch");
    assert_eq!((&patch["type"], &patch["format"]["syntax"]), (&json!("custom"), &json!("lark")));
    assert!(patch["format"]["definition"].as_str().unwrap().contains("*** Begin Patch"));
}
