//! `thread/shellCommand`: commands of the user, in a turn of their own or beside one.

use codex_app_server_protocol::{ServerNotification, v2};
use codex_engine::EngineError;
use serde_json::json;

use crate::acting::{Acted, FREE, acts, call_as, gone, messages, until_file};
use crate::harness::kinds;

async fn shell(acted: &Acted, command: &str, timeout_ms: Option<i64>) -> Result<(), EngineError> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    let params =
        v2::ThreadShellCommandParams { thread_id: acted.thread.clone(), command: command.to_owned(), timeout_ms };
    acted.lab.engine.shell_command(params, Box::new(move |outcome| drop(answer.send(outcome)))).await;
    answered.await.unwrap().map(drop)
}

async fn ended(acted: &Acted) -> v2::Turn {
    acted
        .client
        .until("turn/completed", |event| match event {
            ServerNotification::TurnCompleted(completed) => Some(completed.turn.clone()),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn it_is_a_turn_of_its_own_that_nothing_confines() {
    let acted = Acted::asking(&acts(&[]), "sandbox_mode = 'read-only'\n").await;
    shell(&acted, "echo hello > made; cat made; exit 2", None).await.unwrap();
    let turn = ended(&acted).await;
    assert_eq!(turn.status, v2::TurnStatus::Completed);
    assert_eq!(acted.read("made"), "hello\n");
    let item = acted.client.command();
    assert_eq!((&item["source"], &item["exitCode"]), (&json!("userShell"), &json!(2)));
    assert_eq!((&item["aggregatedOutput"], &item["status"]), (&json!("hello\n"), &json!("failed")));
    assert!(acted.client.all_asked().is_empty());
    assert_eq!(
        acted.client.names()[2..],
        [
            "status active",
            "turn/started",
            "item/started commandExecution",
            "item/commandExecution/outputDelta",
            "item/completed commandExecution failed",
            "status idle",
            "turn/completed",
        ]
    );
    let told = messages(&acted.lab.rollout(), "user");
    assert_eq!(told.len(), 1, "the model was not asked: {told:?}");
    let told = &told[0];
    assert!(
        told.starts_with("<user_shell_command>\n<command>\necho hello > made; cat made; exit 2\n</command>"),
        "{told}"
    );
    assert!(told.contains("Exit code: 2\n") && told.contains("Output:\nhello\n"), "{told}");
    acted.client.names();
    acted.run("and now?").await;
    let lines = acted.lab.rollout();
    let kinds = kinds(&lines);
    assert!(
        kinds.contains(&"turn_context".to_owned()),
        "the model learns its surroundings with its first turn: {kinds:?}"
    );
}

#[tokio::test]
async fn it_runs_beside_a_turn_and_the_model_learns_of_it() {
    let calls = json!([call_as("call", "exec_command", json!({ "cmd": until_file("made") }))]);
    let acted = Acted::on(&acts(&[calls]), FREE).await;
    let turn = acted.begin("go").await;
    acted.client.until("command", |event| (event.method() == "item/started").then_some(())).await;
    shell(&acted, "echo beside; touch made", None).await.unwrap();
    acted.client.completed(&turn).await;
    let commands = acted.client.completed_items("commandExecution");
    assert_eq!(commands.len(), 2);
    assert!(commands.iter().all(|(of, _)| *of == turn), "{commands:?}");
    let user = commands.iter().find(|(_, item)| item["source"] == "userShell").unwrap();
    assert_eq!(user.1["aggregatedOutput"], "beside\n");
    let started = acted.client.names().iter().filter(|name| *name == "turn/started").count();
    assert_eq!(started, 1);
    let told = messages(&acted.lab.rollout(), "user");
    assert!(told.iter().any(|text| text.starts_with("<user_shell_command>") && text.contains("beside")), "{told:?}");
}

#[tokio::test]
async fn it_may_take_only_so_long() {
    let acted = Acted::on(&acts(&[]), FREE).await;
    // Long enough for a shell to start on a busy machine.
    shell(&acted, "echo $$; sleep 1000", Some(3000)).await.unwrap();
    ended(&acted).await;
    let item = acted.client.command();
    assert_eq!((&item["exitCode"], &item["status"]), (&json!(124), &json!("failed")));
    gone(item["aggregatedOutput"].as_str().unwrap()).await;
    assert!(messages(&acted.lab.rollout(), "user")[0].contains("Exit code: 124\n"));
}

#[tokio::test]
async fn an_interrupt_ends_it() {
    let acted = Acted::on(&acts(&[]), FREE).await;
    shell(&acted, "echo $$; sleep 1000", None).await.unwrap();
    let delta = acted
        .client
        .until("output", |event| match event {
            ServerNotification::ItemCommandExecutionOutputDelta(delta) => Some(delta.clone()),
            _ => None,
        })
        .await;
    acted.lab.interrupt(&acted.client, &acted.thread, &delta.turn_id).await.unwrap();
    assert_eq!(ended(&acted).await.status, v2::TurnStatus::Interrupted);
    gone(&delta.delta).await;
    assert!(acted.client.completed_items("commandExecution").is_empty());
}

#[tokio::test]
async fn nonsense_is_refused() {
    let acted = Acted::on(&acts(&[]), FREE).await;
    assert!(shell(&acted, "  ", None).await.is_err());
    assert!(shell(&acted, "ls", Some(-1)).await.is_err());
    assert!(!acted.client.names().contains(&"turn/started".to_owned()));
}
