//! The load of a round: drivers that keep a thread's turns going, visitors that come and go, and the ledger of both.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::Random;
use super::peer::{PATIENCE, Peer};
use super::server::Server;

/// Threads that stream turns; each has a driver.
const THREADS: u64 = 50;
/// Connections at a time beside those of the drivers.
const VISITORS: u64 = 150;
/// What a command prints for one who does not read: more than sockets hold, so that it is cut off.
const FLOOD: u64 = 20_000_000;

/// What happened in a round.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Every thread, with the turns that were accepted.
    turns: Mutex<BTreeMap<String, Vec<String>>>,
    complaints: Mutex<Vec<String>>,
    counts: Mutex<BTreeMap<String, u64>>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ledger {
    pub(crate) fn count(&self, what: &str) {
        *held(&self.counts).entry(what.to_owned()).or_default() += 1;
    }

    pub(crate) fn complain(&self, what: String) {
        held(&self.complaints).push(what);
    }

    pub(crate) fn complaints(&self) -> Vec<String> {
        held(&self.complaints).clone()
    }

    /// An error is an answer; one of the server's own is a fault.
    pub(crate) fn refused(&self, method: &str, error: &Value) {
        self.count(&format!("{method} refused"));
        if error["code"] == -32603 {
            self.complain(format!("{method}: {error}"));
        }
    }

    pub(crate) fn summary(&self) -> String {
        let counts = held(&self.counts);
        counts.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }

    fn thread(&self, random: &mut Random) -> Option<String> {
        let turns = held(&self.turns);
        let at = usize::try_from(random.below(turns.len().max(1) as u64)).unwrap_or(0);
        turns.keys().nth(at).cloned()
    }

    /// Looks whether every turn that was accepted is stored with its end.
    pub(crate) async fn look_up_turns(self: &Arc<Self>, url: &str) {
        let mut peer = Peer::connect(url, self, false).await;
        let turns = held(&self.turns).clone();
        for (thread, accepted) in turns {
            let read = peer.call("thread/read", json!({ "threadId": thread, "includeTurns": true })).await;
            let stored = read["thread"]["turns"].as_array().cloned().unwrap_or_default();
            for turn in &accepted {
                let found: Vec<_> = stored.iter().filter(|stored| stored["id"] == turn.as_str()).collect();
                if found.len() != 1 || found[0]["status"] == "inProgress" {
                    self.complain(format!("turn {turn} stands as {found:?}"));
                }
            }
        }
        peer.leave().await;
    }

    /// Deletes the threads of the round, so that the next one finds what this one has found.
    pub(crate) async fn delete_threads(self: &Arc<Self>, url: &str) {
        let mut peer = Peer::connect(url, self, false).await;
        let threads: Vec<String> = held(&self.turns).keys().cloned().collect();
        for thread in threads {
            peer.call("thread/delete", json!({ "threadId": thread })).await;
        }
        peer.leave().await;
    }
}

/// Puts the load on the server, and waits until all its clients are gone.
pub(crate) async fn run(server: &Server, ledger: &Arc<Ledger>, seed: u64, time: Duration) {
    let end = Instant::now() + time;
    let mut clients = JoinSet::new();
    for at in 0..THREADS {
        let random = Random::new(seed * 1000 + at);
        clients.spawn(drive(server.url().to_owned(), Arc::clone(ledger), random, end));
    }
    for at in 0..VISITORS {
        let random = Random::new(seed * 1000 + THREADS + at);
        clients.spawn(visit(server.url().to_owned(), Arc::clone(ledger), random, end));
    }
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client does not panic");
    }
}

/// Keeps turns going in a thread, and breaks off in the middle of some.
async fn drive(url: String, ledger: Arc<Ledger>, mut random: Random, end: Instant) {
    let mut peer = Peer::connect(&url, &ledger, true).await;
    let started = peer.call("thread/start", json!({ "approvalPolicy": "untrusted" })).await;
    let thread = started["thread"]["id"].as_str().unwrap_or_default().to_owned();
    while Instant::now() < end {
        let text = ["talk", "act"][usize::from(random.below(3) == 0)];
        let params = json!({ "threadId": thread, "input": [{ "type": "text", "text": text }] });
        let accepted = peer.call("turn/start", params).await;
        let Some(turn) = accepted["turn"]["id"].as_str().map(str::to_owned) else { break };
        held(&ledger.turns).entry(thread.clone()).or_default().push(turn.clone());
        ledger.count("turns");
        let is_cut = random.below(8) == 0;
        if random.below(4) == 0 {
            peer.read_for(Duration::from_millis(random.below(1500))).await;
            let (places, ended) = peer.gone();
            ledger.count("broken off by the driver");
            peer = Peer::connect(&url, &ledger, true).await;
            (peer.cursors, peer.ended) = (places, ended);
            come_back(&mut peer, &ledger, &thread, &turn).await;
        }
        if is_cut {
            peer.read_for(Duration::from_millis(random.below(1500))).await;
            if !peer.ended.contains(&turn) {
                peer.call("turn/interrupt", json!({ "threadId": thread, "turnId": turn })).await;
            }
        }
        let patience = Instant::now() + PATIENCE;
        while !peer.ended.contains(&turn) {
            peer.read_for(Duration::from_millis(200 + random.below(400))).await;
            if let Some(question) = peer.questions.pop() {
                peer.decide(&question).await;
            }
            if Instant::now() > patience {
                ledger.complain(format!("turn {turn} does not end"));
                return;
            }
        }
    }
    peer.leave().await;
}

/// Listens to a thread again, by replay, and finds out whether a turn has ended meanwhile.
async fn come_back(peer: &mut Peer, ledger: &Ledger, thread: &str, turn: &str) {
    let after = peer.cursors.get(thread).map(u64::to_string);
    let answer = peer.call("ext/thread/replay", json!({ "threadId": thread, "after": after })).await;
    ledger.count(&format!("came back: {}", answer["outcome"].as_str().unwrap_or("refused")));
    let turns = answer["snapshot"]["thread"]["turns"].as_array().cloned().unwrap_or_default();
    let stored = turns.iter().find(|stored| stored["id"] == turn);
    if stored.is_some_and(|stored| stored["status"] != "inProgress") {
        peer.ended.insert(turn.to_owned());
    }
}

/// Comes, does something, and goes in one of many ways, again and again.
async fn visit(url: String, ledger: Arc<Ledger>, mut random: Random, end: Instant) {
    while Instant::now() < end {
        let mut peer = Peer::connect(&url, &ledger, random.below(2) == 0).await;
        for _ in 0..random.below(6) {
            act(&mut peer, &ledger, &mut random).await;
            peer.read_for(Duration::from_millis(random.below(600))).await;
            if let Some(question) = peer.questions.pop()
                && random.below(2) == 0
            {
                peer.decide(&question).await;
            }
        }
        match random.below(4) {
            0 => {
                ledger.count("broken off");
                let command = json!({ "command": ["sleep", "600"], "processId": "p", "disableTimeout": true });
                if random.below(3) == 0 {
                    peer.post("command/exec", command).await;
                }
                act(&mut peer, &ledger, &mut random).await;
                drop(peer);
            }
            1 => {
                ledger.count("stalled");
                if random.below(12) == 0 {
                    peer.post("command/exec", flood()).await;
                    sleep(Duration::from_secs(5)).await;
                }
                sleep(Duration::from_millis(500 + random.below(2500))).await;
                drop(peer);
            }
            _ => {
                ledger.count("left");
                peer.leave().await;
            }
        }
    }
}

/// A command that prints more than a client that does not read can be told.
fn flood() -> Value {
    json!({ "command": ["head", "-c", FLOOD.to_string(), "/dev/zero"], "processId": "flood",
        "streamStdoutStderr": true, "disableOutputCap": true, "disableTimeout": true })
}

/// One request, or a few.
async fn act(peer: &mut Peer, ledger: &Ledger, random: &mut Random) {
    let Some(thread) = ledger.thread(random) else { return };
    let of = json!({ "threadId": thread });
    match random.below(10) {
        0..=2 => _ = peer.post("thread/resume", of).await,
        3 => _ = peer.post("thread/read", json!({ "threadId": thread, "includeTurns": true })).await,
        4 => _ = peer.post("thread/unsubscribe", of).await,
        5 => _ = peer.post("thread/list", json!({ "limit": 10 })).await,
        6 => _ = peer.post("thread/turns/list", json!({ "threadId": thread, "limit": 3 })).await,
        7 => _ = peer.post("config/read", json!({})).await,
        8 => _ = peer.post("command/exec", json!({ "command": ["true"] })).await,
        _ => {
            for _ in 0..5 {
                peer.post("thread/loaded/list", json!({})).await;
            }
        }
    }
}
