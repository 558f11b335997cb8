//! Random calls and random interrupts: whatever happens, the history fits and everything ends once.

use std::collections::{HashMap, HashSet, VecDeque};

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::TurnStatus;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::acting::{Acted, FREE, FREEFORM, call, exec, heredoc, patch};

/// What a model may do in one call; the number makes it differ from others.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Command,
    FailingCommand,
    SlowCommand,
    Patch,
    PatchInCommand,
    PatchThatDoesNotFit,
    UnknownTool,
    UnknownCustomTool,
    BadArguments,
    UnknownSession,
    NoImage,
}

const DEEDS: [Deed; 11] = [
    Deed::Command,
    Deed::FailingCommand,
    Deed::SlowCommand,
    Deed::Patch,
    Deed::PatchInCommand,
    Deed::PatchThatDoesNotFit,
    Deed::UnknownTool,
    Deed::UnknownCustomTool,
    Deed::BadArguments,
    Deed::UnknownSession,
    Deed::NoImage,
];

impl Deed {
    fn call(self, number: usize) -> Value {
        let hunks = format!("*** Add File: file-{number}\n+x\n");
        match self {
            Self::Command => exec(&format!("echo {number}")),
            Self::FailingCommand => exec("exit 3"),
            Self::SlowCommand => exec("sleep 0.1"),
            Self::Patch => patch(&hunks),
            Self::PatchInCommand => heredoc(&hunks),
            Self::PatchThatDoesNotFit => patch("*** Delete File: none\n"),
            Self::UnknownTool => call("nope", json!({})),
            Self::UnknownCustomTool => json!({ "custom_call": { "name": "nope", "input": "x" } }),
            Self::BadArguments => call("exec_command", json!("{")),
            Self::UnknownSession => call("write_stdin", json!({ "session_id": 7 })),
            Self::NoImage => call("view_image", json!({ "path": "none.png" })),
        }
    }
}

/// A turn: the calls of each of its answers, and after how many events it is interrupted, if it is.
type Turn = (Vec<Vec<Deed>>, Option<usize>);

fn turn() -> impl Strategy<Value = Turn> {
    let calls = prop::collection::vec(prop::sample::select(&DEEDS[..]), 1..5);
    (prop::collection::vec(calls, 1..3), prop::option::of(3_usize..24))
}

fn script(turns: &[Turn]) -> String {
    let mut number = 0;
    let mut call = |deed: &Deed| {
        number += 1;
        deed.call(number)
    };
    // A turn that was interrupted takes its answers with it: each begins with the one that answers its own text.
    let rule = |(index, (answers, _)): (usize, &Turn)| {
        let mut answers = answers.iter().map(|deeds| {
            let items: Vec<_> = deeds.iter().map(&mut call).collect();
            json!({ "items": items, "literal": true })
        });
        let mut first = answers.next().unwrap();
        let then: Vec<_> = answers.chain([json!({ "text": "Done." })]).collect();
        first["when"] = format!("turn {index}").into();
        first["then"] = then.into();
        first
    };
    let answers: Vec<_> = turns.iter().enumerate().map(rule).collect();
    json!({ "answer": answers }).to_string()
}

async fn perform(turns: &[Turn]) {
    let acted = Acted::on(&script(turns), &format!("{FREEFORM}{FREE}")).await;
    let mut statuses = HashMap::new();
    for (index, (_, interrupt)) in turns.iter().enumerate() {
        let before = acted.client.told().len();
        let turn = acted.begin(&format!("turn {index}")).await;
        if let Some(events) = interrupt {
            let enough = |told: &[crate::harness::Told]| {
                let is_over = told.iter().skip(before).any(|told| format!("{told:?}").contains("TurnCompleted"));
                (is_over || told.len() >= before + events).then_some(())
            };
            acted.client.until_told("that much", enough).await;
            // It may have ended already.
            let _ = acted.lab.interrupt(&acted.client, &acted.thread, &turn).await;
        }
        let ended = acted.client.completed(&turn).await;
        if interrupt.is_none() {
            assert_eq!(ended.status, TurnStatus::Completed);
        }
        statuses.insert(turn, ended.status);
    }
    check_history(&acted.lab.rollout());
    check_events(&acted.client.events(), &statuses);
}

/// Every call has one output, right after the items of its answer, in the order of the calls.
fn check_history(lines: &[Value]) {
    let mut open: VecDeque<String> = VecDeque::new();
    let mut seen = HashSet::new();
    let mut answering = false;
    for payload in lines.iter().filter(|line| line["type"] == "response_item").map(|line| &line["payload"]) {
        let id = payload["call_id"].as_str().unwrap_or_default().to_owned();
        match payload["type"].as_str().unwrap() {
            "function_call" | "custom_tool_call" => {
                assert!(!answering || open.is_empty(), "{id} stands between the outputs of an earlier answer");
                assert!(seen.insert(id.clone()), "{id} twice");
                answering = false;
                open.push_back(id);
            }
            "function_call_output" | "custom_tool_call_output" => {
                answering = true;
                assert_eq!(open.pop_front(), Some(id));
            }
            _ => assert!(open.is_empty(), "{open:?} have no output before {payload}"),
        }
    }
    assert!(open.is_empty(), "{open:?} have no output");
}

/// Every turn ends once; every item begins once, and ends once unless its turn was interrupted.
fn check_events(events: &[ServerNotification], statuses: &HashMap<String, TurnStatus>) {
    let (mut ends, mut open, mut seen) = (HashMap::new(), HashMap::new(), HashSet::new());
    let id = |item| serde_json::to_value(item).unwrap()["id"].as_str().unwrap().to_owned();
    for event in events {
        match event {
            ServerNotification::TurnCompleted(completed) => *ends.entry(completed.turn.id.clone()).or_insert(0) += 1,
            ServerNotification::ItemStarted(started) => {
                let id = id(&started.item);
                assert!(!ends.contains_key(&started.turn_id), "{id} begins after the end of its turn");
                assert!(seen.insert(id.clone()), "{id} begins twice");
                open.insert(id, started.turn_id.clone());
            }
            ServerNotification::ItemCompleted(completed) => {
                let id = id(&completed.item);
                assert!(open.remove(&id).is_some(), "{id} ends and is not open");
            }
            _ => {}
        }
    }
    for (item, turn) in open {
        assert_eq!(statuses[&turn], TurnStatus::Interrupted, "{item} never ended");
    }
    for turn in statuses.keys() {
        assert_eq!(ends[turn], 1);
    }
}

#[test]
fn the_history_fits_and_everything_ends_once() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..Default::default() };
    let turns = prop::collection::vec(turn(), 1..4);
    TestRunner::new(config)
        .run(&turns, |turns| {
            runtime.block_on(perform(&turns));
            Ok(())
        })
        .unwrap();
}
