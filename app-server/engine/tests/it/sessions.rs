//! Commands that run on: writing to them, waiting for them, ending them.

use codex_app_server_protocol::{ServerNotification, v2};
use codex_engine::{EngineError, Shutdown};
use serde_json::json;
use tokio::sync::oneshot;

use crate::acting::{Acted, FREE, call_as, gone, printed, session, turns, typed, until_file};
use crate::harness::{Client, Lab, Options};

fn interactions(client: &Client) -> Vec<v2::TerminalInteractionNotification> {
    let told = client.events().into_iter().filter_map(|event| match event {
        ServerNotification::ItemCommandExecutionTerminalInteraction(told) => Some(told),
        _ => None,
    });
    told.collect()
}

#[tokio::test]
async fn text_reaches_a_terminal_and_is_told() {
    let acted = Acted::on(&typed(), FREE).await;
    let (id, item) = acted.session("read answer; echo \"got $answer\"", true).await;
    let output = acted.does(json!({ "session_id": id, "chars": "forty\n", "yield_time_ms": 20000 })).await;
    assert!(output.contains("\nProcess exited with code 0\n"), "{output}");
    assert_eq!(printed(&output), "forty\r\ngot forty\r\n");
    let told = interactions(&acted.client);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].item_id.as_str(), told[0].stdin.as_str()), (item.as_str(), "forty\n"));
    assert_eq!(told[0].process_id, id.to_string());
    let (turn, done) = acted.client.command_done(&item).await;
    assert_ne!(turn, told[0].turn_id, "the item belongs to the turn that began it, the text to its own");
    assert_eq!(done["aggregatedOutput"], "forty\r\ngot forty\r\n");
    assert_eq!(done["processId"], id.to_string());
    let names = acted.client.names();
    let place = |wanted: &str| names.iter().rposition(|name| name.starts_with(wanted)).unwrap();
    assert!(place("item/commandExecution/terminalInteraction") < place("item/completed commandExecution"), "{names:?}");
    assert!(place("item/completed commandExecution") < place("item/started agentMessage"), "{names:?}");
}

#[tokio::test]
async fn waiting_brings_what_was_printed_since() {
    let acted = Acted::on(&typed(), FREE).await;
    let (id, item) = acted.session(&format!("echo one; {}; echo two; exit 4", until_file("go")), false).await;
    std::fs::write(acted.file("go"), "").unwrap();
    let output = acted.does(json!({ "session_id": id })).await;
    assert!(output.contains("\nProcess exited with code 4\n"), "{output}");
    assert_eq!(printed(&output), "two\n");
    let (_, done) = acted.client.command_done(&item).await;
    assert_eq!(done["aggregatedOutput"], "one\ntwo\n");
    assert_eq!(interactions(&acted.client)[0].stdin, "");
    let again = acted.does(json!({ "session_id": id })).await;
    assert_eq!(again, format!("write_stdin failed: Unknown process id {id}"));
}

#[tokio::test]
async fn a_command_without_a_terminal_takes_the_interrupt_key_alone() {
    let acted = Acted::on(&typed(), FREE).await;
    let (id, _) = acted.session("sleep 1000", false).await;
    assert_eq!(
        acted.does(json!({ "session_id": id, "chars": "text" })).await,
        "write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open"
    );
    let output = acted.does(json!({ "session_id": id, "chars": "\u{3}", "yield_time_ms": 20000 })).await;
    assert!(output.contains("\nProcess exited with code 130\n"), "{output}");
}

#[tokio::test]
async fn the_interrupt_key_reaches_a_terminal() {
    let acted = Acted::on(&typed(), FREE).await;
    let (id, _) = acted.session("trap 'echo caught; exit 7' INT; while :; do sleep 0.05; done", true).await;
    let output = acted.does(json!({ "session_id": id, "chars": "\u{3}", "yield_time_ms": 20000 })).await;
    assert!(output.contains("\nProcess exited with code 7\n") && output.contains("caught"), "{output}");
}

#[tokio::test]
async fn an_unknown_session_is_refused() {
    let acted = Acted::on(&typed(), FREE).await;
    let output = acted.does(json!({ "session_id": 12, "chars": "x" })).await;
    assert_eq!(output, "write_stdin failed: Unknown process id 12");
    assert!(interactions(&acted.client).is_empty());
}

fn list(acted: &Acted, cursor: Option<String>, limit: Option<u32>) -> v2::ThreadBackgroundTerminalsListResponse {
    let (answer, mut answered) = oneshot::channel();
    let params = v2::ThreadBackgroundTerminalsListParams { thread_id: acted.thread.clone(), cursor, limit };
    acted.lab.engine.list_terminals(&params, Box::new(move |outcome| drop(answer.send(outcome))));
    answered.try_recv().unwrap().unwrap()
}

fn terminate(acted: &Acted, process_id: &str) -> Result<bool, EngineError> {
    let (answer, mut answered) = oneshot::channel();
    let (thread_id, process_id) = (acted.thread.clone(), process_id.to_owned());
    let params = v2::ThreadBackgroundTerminalsTerminateParams { thread_id, process_id };
    acted.lab.engine.terminate_terminal(&params, Box::new(move |outcome| drop(answer.send(outcome))));
    answered.try_recv().unwrap().map(|response| response.terminated)
}

#[tokio::test]
async fn terminals_are_listed_and_ended_one_by_one_or_all() {
    let acted = Acted::on(&typed(), FREE).await;
    assert!(list(&acted, None, None).data.is_empty());
    let mut sessions = Vec::new();
    for number in 0..3 {
        sessions.push(acted.session(&format!("echo $$; sleep 1{number}00"), false).await);
    }
    let listed = list(&acted, None, None).data;
    assert_eq!(listed.len(), 3);
    let (id, item) = &sessions[1];
    let second = listed.iter().find(|terminal| terminal.item_id == *item).unwrap();
    assert_eq!((second.process_id.as_str(), second.command.as_str()), (&*id.to_string(), "echo $$; sleep 1100"));
    assert_eq!(second.cwd.0, acted.lab.cwd.to_str().unwrap());
    let page = list(&acted, None, Some(2));
    assert_eq!(page.data.len(), 2);
    assert_eq!(list(&acted, page.next_cursor, Some(2)).data, listed[2..]);

    assert!(terminate(&acted, &id.to_string()).unwrap());
    let (_, ended) = acted.client.command_done(item).await;
    assert_eq!(ended["status"], "failed");
    gone(ended["aggregatedOutput"].as_str().unwrap()).await;
    assert!(!terminate(&acted, &id.to_string()).unwrap(), "it is gone");
    assert!(terminate(&acted, "x").is_err());
    assert_eq!(list(&acted, None, None).data.len(), 2);

    let (answer, mut answered) = oneshot::channel();
    let params = v2::ThreadBackgroundTerminalsCleanParams { thread_id: acted.thread.clone() };
    acted.lab.engine.clean_terminals(&params, Box::new(move |outcome| drop(answer.send(outcome))));
    answered.try_recv().unwrap().unwrap();
    assert!(list(&acted, None, None).data.is_empty());
    for index in [0, 2] {
        let (_, ended) = acted.client.command_done(&sessions[index].1).await;
        gone(ended["aggregatedOutput"].as_str().unwrap()).await;
    }
}

#[tokio::test]
async fn ending_the_engine_ends_the_commands() {
    let acted = Acted::on(&typed(), FREE).await;
    let output = acted.does(json!({ "cmd": "echo $$; sleep 1000", "yield_time_ms": 250 })).await;
    session(&output);
    acted.lab.engine.shutdown(Shutdown::InterruptNow).await;
    gone(printed(&output)).await;
}

#[tokio::test]
async fn a_thread_that_leaves_memory_ends_its_commands() {
    let config = format!("thread_unload_delay_secs = 1\n{FREE}");
    let lab = Lab::with(Options { script: &typed(), config: &config, ..Options::default() });
    let (client, witness) = (lab.client(), lab.client());
    let thread = lab.start(&client).await;
    let acted = Acted { lab, client, thread };
    let output = acted.does(json!({ "cmd": "echo $$; sleep 1000", "yield_time_ms": 250 })).await;
    acted.lab.engine.drop_subscriber(acted.client.id);
    witness.until("thread/closed", |event| (event.method() == "thread/closed").then_some(())).await;
    gone(printed(&output)).await;
}

#[tokio::test]
async fn an_interrupt_spares_what_was_told_to_run_on() {
    let spared = json!([call_as("spared", "exec_command", json!({ "cmd": until_file("go"), "yield_time_ms": 250 }))]);
    let running = json!([call_as("ended", "exec_command", json!({ "cmd": "echo $$; sleep 1000" }))]);
    let acted = Acted::on(&turns(&[&[spared, running]]), FREE).await;
    let turn = acted.begin("go").await;
    acted.client.has_printed("ended", "\n").await;
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    acted.client.completed(&turn).await;
    gone(&acted.client.deltas("ended")).await;
    assert_eq!(list(&acted, None, None).data.len(), 1);
    std::fs::write(acted.file("go"), "").unwrap();
    assert_eq!(acted.client.command_done("spared").await.1["exitCode"], 0);
    let commands = acted.client.completed_items("commandExecution");
    assert_eq!(commands.len(), 1, "what was interrupted has no end: {commands:?}");
}
