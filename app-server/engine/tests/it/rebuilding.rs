//! Random turns, forks and reverts: what a client saw live, what is read, and what a server finds after a kill are the same.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{self, TurnStatus};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::asked_model::{Provider, Saying, said};
use crate::going_on::{fork_of, plain};
use crate::harness::{Client, Lab, kind};

/// A command that ends once the file `go` is there.
const WAITS: &str = "while [ ! -e go ]; do sleep 0.01; done; rm go";

const PATCH: &str = "rm -f f; apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: f\n+x\n*** End Patch\nEOF\n";

/// What happens to the thread; a number means a turn, counted from the last.
#[derive(Clone, Copy, Debug)]
enum Step {
    Text,
    Commands,
    Patch,
    Failure,
    Interrupt,
    Steer,
    Compact,
    Inject,
    Fork(Option<usize>),
    Revert(usize),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Text),
        1 => Just(Step::Commands),
        1 => Just(Step::Patch),
        1 => Just(Step::Failure),
        1 => Just(Step::Interrupt),
        1 => Just(Step::Steer),
        1 => Just(Step::Compact),
        1 => Just(Step::Inject),
        1 => prop::option::of(0_usize..4).prop_map(Step::Fork),
        2 => (0_usize..4).prop_map(Step::Revert),
        1 => Just(Step::Restart),
    ]
}

/// A turn as a client saw it.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    id: String,
    status: TurnStatus,
    error: Option<v2::TurnError>,
    items: Vec<Value>,
}

fn seen(turns: &[v2::Turn]) -> Vec<Seen> {
    let items = |turn: &v2::Turn| turn.items.iter().map(|item| json!(item)).collect();
    turns
        .iter()
        .map(|turn| Seen { id: turn.id.clone(), status: turn.status, error: turn.error.clone(), items: items(turn) })
        .collect()
}

struct Life {
    provider: Provider,
    lab: Lab,
    client: Arc<Client>,
    thread: String,
    turns: Vec<Seen>,
}

impl Life {
    async fn begin(&self, text: &str) -> String {
        self.lab.turn(&self.client, &self.thread, text).await.unwrap()
    }

    /// Waits until a command of the turn runs.
    async fn command(&self) {
        let is_command = |event: &ServerNotification| match event {
            ServerNotification::ItemStarted(started) => (kind(&started.item) == "commandExecution").then_some(()),
            _ => None,
        };
        self.client.until("command", is_command).await;
    }

    fn nth_last(&self, number: usize) -> Option<String> {
        let index = self.turns.len().checked_sub(number + 1)?;
        Some(self.turns[index].id.clone())
    }

    async fn perform(&mut self, step: Step) {
        let number = self.turns.len();
        let text = format!("say {number}");
        let turn = match step {
            Step::Fork(before) => return self.fork(before).await,
            Step::Revert(before) => {
                let Some(turn) = self.nth_last(before) else { return };
                self.lab.revert(&self.client, &self.thread, &turn).await.unwrap();
                return self.turns.truncate(number - before - 1);
            }
            Step::Inject => {
                let item =
                    json!({ "type": "message", "role": "user", "content": [{ "type": "input_text", "text": "put" }] });
                return self.lab.inject(&self.client, &self.thread, vec![item]).await.unwrap();
            }
            Step::Restart => return self.restart().await,
            Step::Compact => {
                self.provider.say([Saying::Text("the sum")]);
                self.lab.compact(&self.client, &self.thread).await.unwrap();
                let started = |event: &ServerNotification| match event {
                    ServerNotification::TurnStarted(started) => Some(started.turn.id.clone()),
                    _ => None,
                };
                self.client.until("turn/started", started).await
            }
            Step::Text => self.begin(&text).await,
            Step::Commands => {
                self.provider.say([Saying::Command("echo a"), Saying::Command("exit 3"), Saying::Text("done")]);
                self.begin(&text).await
            }
            Step::Patch => {
                self.provider.say([Saying::Command(PATCH), Saying::Text("done")]);
                self.begin(&text).await
            }
            Step::Failure => {
                self.provider.say([Saying::Failure("invalid_prompt")]);
                self.begin(&text).await
            }
            Step::Interrupt => {
                self.provider.say([Saying::Command(WAITS)]);
                let turn = self.begin(&text).await;
                self.command().await;
                self.lab.interrupt(&self.client, &self.thread, &turn).await.unwrap();
                turn
            }
            Step::Steer => {
                self.provider.say([Saying::Command(WAITS), Saying::Text("steered")]);
                let turn = self.begin(&text).await;
                self.command().await;
                self.lab.steer(&self.client, &self.thread, &turn, "more").await.unwrap();
                std::fs::write(self.lab.cwd.join("go"), "").unwrap();
                turn
            }
        };
        let ended = self.client.completed(&turn).await;
        let expected = match step {
            Step::Failure => TurnStatus::Failed,
            Step::Interrupt => TurnStatus::Interrupted,
            _ => TurnStatus::Completed,
        };
        assert_eq!(ended.status, expected, "{step:?}: {:?}", ended.error);
        let items = self.client.events().into_iter().filter_map(|event| match event {
            ServerNotification::ItemCompleted(completed) if completed.turn_id == turn => Some(json!(completed.item)),
            _ => None,
        });
        let items = items.collect();
        self.turns.push(Seen { id: turn, status: ended.status, error: ended.error, items });
    }

    async fn fork(&mut self, before: Option<usize>) {
        if self.turns.is_empty() {
            return;
        }
        let before_turn_id = before.and_then(|before| self.nth_last(before));
        let left = match &before_turn_id {
            Some(turn) => self.turns.iter().position(|seen| seen.id == *turn).unwrap(),
            None => self.turns.len(),
        };
        let params = v2::ThreadForkParams { before_turn_id, ..fork_of(&self.thread) };
        let forked = self.lab.fork(&self.client, params).await.unwrap();
        self.turns.truncate(left);
        assert_eq!(seen(&forked.thread.turns), self.turns);
        self.thread = forked.thread.id;
    }

    async fn restart(&mut self) {
        if self.turns.is_empty() {
            return;
        }
        let found = self.lab.copied();
        let old = std::mem::replace(&mut self.lab, found);
        old.restarted().await;
        self.client = self.lab.client();
        self.lab.resume(&self.client, &self.thread, true).await.unwrap();
    }

    /// Compares what was seen with what is read, and with what another server finds in a copy of the home.
    async fn check(&self, step: Step) {
        if self.lab.files_of(&self.thread).is_empty() {
            return;
        }
        let read = self.lab.read(&self.client, &self.thread, true).await.unwrap().thread.turns;
        assert_eq!(seen(&read), self.turns, "{step:?}");
        let copy = self.lab.copied();
        let client = copy.client();
        let cold = copy.resume(&client, &self.thread, false).await.unwrap().thread;
        assert_eq!(plain(&cold.turns), plain(&read), "{step:?}");
        copy.engine.shutdown(codex_engine::Shutdown::InterruptNow).await;
    }

    /// The model is told the same by this server and by one that finds the thread.
    async fn check_input(&self) {
        if self.lab.files_of(&self.thread).is_empty() {
            return;
        }
        let copy = self.lab.copied();
        let client = copy.client();
        copy.resume(&client, &self.thread, true).await.unwrap();
        copy.run(&client, &self.thread, "last").await;
        let cold = said(self.provider.input());
        self.lab.run(&self.client, &self.thread, "last").await;
        assert_eq!(cold, said(self.provider.input()));
    }
}

async fn live(steps: &[Step]) {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let mut life = Life { provider, lab, client, thread, turns: Vec::new() };
    for step in steps {
        life.client.names();
        life.perform(*step).await;
        life.check(*step).await;
    }
    life.check_input().await;
}

#[test]
fn what_was_seen_is_what_is_read_and_found_again() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..Default::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&prop::collection::vec(step(), 1..10), |steps| {
            runtime.block_on(live(&steps));
            Ok(())
        })
        .unwrap();
}
