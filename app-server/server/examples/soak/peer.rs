//! One connection, and what it may expect: every request has one answer, every turn one end, cursors only grow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_client::websocket::{self, WebSocketReceiver, WebSocketSender};
use codex_app_server_client::{Connection, Incoming, MessageReceiver, MessageSender};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::load::Ledger;

/// How long an answer may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A connection behind its handshake.
pub(crate) struct Peer {
    sender: WebSocketSender,
    receiver: WebSocketReceiver,
    ledger: Arc<Ledger>,
    next_id: u64,
    /// Requests without an answer.
    open: BTreeMap<u64, &'static str>,
    answers: BTreeMap<u64, Value>,
    /// Questions of the server that nobody has answered.
    pub(crate) questions: Vec<Value>,
    /// Turns whose end was told.
    pub(crate) ended: BTreeSet<String>,
    /// The latest place in each thread.
    pub(crate) cursors: BTreeMap<String, u64>,
}

impl Peer {
    /// A new connection; `places` asks for cursors.
    pub(crate) async fn connect(url: &str, ledger: &Arc<Ledger>, places: bool) -> Self {
        let (sender, receiver) = websocket::connect(url).await.expect("the server takes connections").split();
        ledger.count("connections");
        let mut peer = Self {
            sender,
            receiver,
            ledger: Arc::clone(ledger),
            next_id: 0,
            open: BTreeMap::new(),
            answers: BTreeMap::new(),
            questions: Vec::new(),
            ended: BTreeSet::new(),
            cursors: BTreeMap::new(),
        };
        let mut capabilities = json!({ "experimentalApi": true });
        if places {
            capabilities["extensions"] = json!({ "open-app-server/replay": {} });
        }
        let client = json!({ "name": "soak", "version": "1" });
        peer.call("initialize", json!({ "clientInfo": client, "capabilities": capabilities })).await;
        peer
    }

    /// Sends a request without waiting for its answer.
    pub(crate) async fn post(&mut self, method: &'static str, params: Value) -> u64 {
        self.next_id += 1;
        let id = self.next_id;
        self.open.insert(id, method);
        self.say(json!({ "id": id, "method": method, "params": params })).await;
        id
    }

    /// Sends a request and waits for its answer; null when it was refused.
    pub(crate) async fn call(&mut self, method: &'static str, params: Value) -> Value {
        let id = self.post(method, params).await;
        let end = Instant::now() + PATIENCE;
        while self.open.contains_key(&id) {
            if !self.take(end).await {
                self.ledger.complain(format!("{method} was not answered"));
                return Value::Null;
            }
        }
        self.answers.remove(&id).unwrap_or_default()
    }

    /// Answers a question.
    pub(crate) async fn decide(&mut self, question: &Value) {
        self.ledger.count("approvals answered");
        self.say(json!({ "id": question["id"], "result": { "decision": "accept" } })).await;
    }

    /// Reads what comes in this time.
    pub(crate) async fn read_for(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while self.take(end).await {}
    }

    /// Closes the connection once every request has its answer.
    pub(crate) async fn leave(mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.open.is_empty() {
            if !self.take(end).await {
                let methods: Vec<_> = self.open.values().collect();
                self.ledger.complain(format!("not answered on a living connection: {methods:?}"));
                break;
            }
        }
        let _ = self.sender.close().await;
    }

    /// Breaks off; what of it goes on in the next connection.
    pub(crate) fn gone(self) -> (BTreeMap<String, u64>, BTreeSet<String>) {
        (self.cursors, self.ended)
    }

    async fn say(&mut self, message: Value) {
        // A broken connection shows in what is waited for.
        if self.sender.send(message.to_string()).await.is_ok() {
            let _ = self.sender.flush().await;
        }
    }

    /// Takes the next message; false when none came in time, or never will.
    async fn take(&mut self, end: Instant) -> bool {
        match timeout_at(end, self.receiver.receive()).await {
            Err(_) => false,
            Ok(Some(Ok(Incoming::Line(line)))) => {
                self.look_at(serde_json::from_str(&line).expect("a line is JSON"));
                true
            }
            Ok(Some(Ok(Incoming::Event(_)))) => true,
            Ok(ended) => {
                self.ledger.complain(format!("a connection that reads was ended: {ended:?}"));
                tokio::time::sleep_until(end).await;
                false
            }
        }
    }

    fn look_at(&mut self, mut message: Value) {
        let method = message["method"].as_str().unwrap_or_default().to_owned();
        let params = &message["params"];
        let thread = params["threadId"].as_str().unwrap_or_default();
        if let Some(cursor) = message["cursor"].as_str().and_then(|cursor| cursor.parse().ok()) {
            let before = self.cursors.insert(thread.to_owned(), cursor);
            if before.is_some_and(|before| before >= cursor) {
                self.ledger.complain(format!("cursor {cursor} came after {before:?}"));
            }
        }
        match method.as_str() {
            "" => {
                let id = message["id"].as_u64().unwrap_or_default();
                let Some(method) = self.open.remove(&id) else {
                    return self.ledger.complain(format!("an answer to nothing: {message}"));
                };
                self.ledger.count("requests answered");
                match message.get_mut("result") {
                    Some(result) => _ = self.answers.insert(id, result.take()),
                    None => self.ledger.refused(method, &message["error"]),
                }
            }
            "turn/completed" => {
                let turn = params["turn"]["id"].as_str().unwrap_or_default();
                if !self.ended.insert(turn.to_owned()) {
                    self.ledger.complain(format!("turn {turn} ended twice"));
                }
            }
            "serverRequest/resolved" => {
                let id = params["requestId"].clone();
                self.questions.retain(|question| question["id"] != id);
            }
            _ if message.get("id").is_some() => self.questions.push(message),
            _ => {}
        }
    }
}
