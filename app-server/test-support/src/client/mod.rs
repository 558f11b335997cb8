//! A client for tests: it reads raw lines, forgets none, and says so when the test did.

mod inbox;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;

use codex_app_server_client::{Connection, MessageSender, Way};
use codex_app_server_protocol::envelope::{self, Inbound};
use codex_app_server_protocol::{RequestId, RpcError};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use inbox::Inbox;

use crate::DEADLINE;
use crate::delivery::{self, KnownFault};
use crate::transcript::{End, Redactions, Transcript};

/// Lines that may wait to be written.
const OUTBOUND_LIMIT: usize = 1024;

/// A connection of a test. Messages are kept in the order of their arrival; a wait takes the first one that fits and was not
/// taken yet, so that the order in a test never hides the order on the wire.
///
/// Dropping it fails the test when a message was never taken, when a request was not answered or when the conversation
/// breaks the delivery contract; [`Self::ignore_rest`] lifts the first two.
#[derive(Debug)]
pub struct TestClient {
    inbox: Arc<Inbox>,
    outbound: Option<mpsc::Sender<String>>,
    last_id: AtomicI64,
    reading: JoinHandle<()>,
    /// Whether every message must fit the schema of the whole wire.
    fits_schema: bool,
}

/// A request of the server.
#[derive(Clone, Debug)]
#[must_use = "the server waits for an answer"]
pub struct ServerAsk {
    /// To be echoed in the answer.
    pub id: RequestId,
    /// What it asks.
    pub params: Value,
}

impl TestClient {
    /// A client on this connection, before the handshake; a server in the same process comes in here.
    pub fn new<C: Connection>(connection: C, redactions: Redactions) -> Self {
        let (mut sender, receiver) = connection.split();
        let inbox = Arc::new(Inbox::new(redactions));
        let reading = tokio::spawn(inbox::read(receiver, Arc::clone(&inbox)));
        let (outbound, mut lines) = mpsc::channel::<String>(OUTBOUND_LIMIT);
        tokio::spawn(async move {
            while let Some(line) = lines.recv().await {
                // A broken connection shows in what the test waits for.
                if sender.send(line).await.is_err() || sender.flush().await.is_err() {
                    break;
                }
            }
            let _ = sender.close().await;
        });
        Self { inbox, outbound: Some(outbound), last_id: AtomicI64::new(0), reading, fits_schema: true }
    }

    /// For a server that is none of ours: what it says need not fit the schema.
    #[must_use]
    pub fn of_any_server(mut self) -> Self {
        self.fits_schema = false;
        self
    }

    // ---- sending

    /// Sends a line as it stands.
    pub async fn send_line(&self, line: impl Into<String>) {
        let line = line.into();
        self.inbox.record(Way::ToServer, line.clone());
        let outbound = self.outbound.as_ref().expect("the connection was closed by the test");
        if timeout(DEADLINE, outbound.send(line)).await.is_err() {
            self.inbox.fail("the server did not read for so long that nothing more can be sent");
        }
    }

    /// Sends a request without waiting for its answer.
    pub async fn post(&self, method: &str, params: Value) -> RequestId {
        let id = RequestId::Integer(self.last_id.fetch_add(1, Ordering::Relaxed) + 1);
        self.send_line(envelope::encode_request(&id, method, &params)).await;
        id
    }

    /// Sends a notification.
    pub async fn notify(&self, method: &str) {
        self.send_line(json!({"method": method}).to_string()).await;
    }

    /// Answers a request of the server with a result.
    pub async fn reply(&self, ask: &ServerAsk, result: Value) {
        self.send_line(envelope::encode_result(&ask.id, &result)).await;
    }

    /// Answers a request of the server with an error.
    pub async fn refuse(&self, ask: &ServerAsk, code: i64, message: &str) {
        let error = RpcError { code, data: None, message: message.to_owned() };
        self.send_line(envelope::encode_error(&ask.id, &error)).await;
    }

    // ---- receiving

    /// Waits for the answer to a request.
    pub async fn answer(&self, id: &RequestId) -> Result<Value, RpcError> {
        let what = format!("the answer to {id:?}");
        let line = self.inbox.take(&what, |said| matches!(said, Inbound::Response { id: its, .. } if its == id)).await;
        match Inbound::parse(line.as_bytes()) {
            Ok(Inbound::Response { outcome, .. }) => {
                outcome.map(|result| serde_json::from_str(result.get()).expect("a result is JSON"))
            }
            _ => self.inbox.fail("an answer that is none"),
        }
    }

    /// Sends a request and waits for its answer.
    pub async fn request(&self, method: &str, params: Value) -> Result<Value, RpcError> {
        let id = self.post(method, params).await;
        self.answer(&id).await
    }

    /// As [`Self::request`], for requests that must succeed.
    pub async fn call(&self, method: &str, params: Value) -> Value {
        match self.request(method, params).await {
            Ok(result) => result,
            Err(error) => self.inbox.fail(&format!("{method} was refused: {error:?}")),
        }
    }

    /// As [`Self::request`], for requests that must be refused.
    pub async fn call_refused(&self, method: &str, params: Value) -> RpcError {
        match self.request(method, params).await {
            Err(error) => error,
            Ok(result) => self.inbox.fail(&format!("{method} was answered: {result}")),
        }
    }

    /// Waits for a notification and returns its params.
    pub async fn note(&self, method: &str) -> Value {
        self.note_where(method, |_| true).await
    }

    /// Waits for a notification whose params fit.
    pub async fn note_where(&self, method: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let line = self
            .inbox
            .take(method, |said| match said {
                Inbound::Notification { method: its, params } => its == method && fits(&to_value(*params)),
                _ => false,
            })
            .await;
        params_of(&line)
    }

    /// Takes everything that was not taken yet, up to the first notification of this method, for which it waits: whole
    /// messages, the last one being that notification.
    pub async fn until(&self, method: &str) -> Vec<Value> {
        let its = |said: &Inbound<'_>| matches!(said, Inbound::Notification { method: its, .. } if its == method);
        self.inbox.take_until(method, its).await
    }

    /// Waits for a request of the server.
    pub async fn asked(&self, method: &str) -> ServerAsk {
        let its = |said: &Inbound<'_>| matches!(said, Inbound::Request { method: its, .. } if its == method);
        let line = self.inbox.take(&format!("the request {method}"), its).await;
        match Inbound::parse(line.as_bytes()) {
            Ok(Inbound::Request { id, .. }) => ServerAsk { id, params: params_of(&line) },
            _ => self.inbox.fail("a request that is none"),
        }
    }

    /// Takes everything that has come and was not taken yet: whole messages.
    pub fn rest(&self) -> Vec<Value> {
        self.inbox.take_rest()
    }

    /// Waits until the server has ended the connection and tells how, as the connection reports it.
    pub async fn ended(&self) -> String {
        self.inbox.ended().await
    }

    // ---- what most tests begin with

    /// The handshake with `experimentalApi`; returns what the server answered.
    pub async fn initialize(&self) -> Value {
        self.initialize_with(json!({"experimentalApi": true})).await
    }

    /// The handshake with these capabilities.
    pub async fn initialize_with(&self, capabilities: Value) -> Value {
        let client = json!({"name": "test", "title": "Test", "version": "1.0.0"});
        let params = json!({"clientInfo": client, "capabilities": capabilities});
        let answer = self.call("initialize", params).await;
        self.notify("initialized").await;
        answer
    }

    /// Starts a thread, waits for `thread/started` and returns the thread's id.
    pub async fn start_thread(&self, params: Value) -> String {
        let answer = self.call("thread/start", params).await;
        let id = answer["thread"]["id"].as_str().unwrap_or_default().to_owned();
        self.note_where("thread/started", |params| params["thread"]["id"] == *id).await;
        id
    }

    /// Starts a turn with this text and returns its id.
    pub async fn start_turn(&self, thread: &str, text: &str) -> String {
        let input = json!([{"type": "text", "text": text}]);
        let answer = self.call("turn/start", json!({"threadId": thread, "input": input})).await;
        answer["turn"]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Runs a turn to its end and returns the turn of `turn/completed`. All messages of the turn count as looked at.
    pub async fn run_turn(&self, thread: &str, text: &str) -> Value {
        self.start_turn(thread, text).await;
        let mut messages = self.until("turn/completed").await;
        messages.pop().map(|last| last["params"]["turn"].clone()).unwrap_or_default()
    }

    // ---- the conversation

    /// What was said so far; all of it counts as looked at.
    pub fn transcript(&self) -> Transcript {
        self.inbox.take_rest();
        self.inbox.transcript()
    }

    /// The normalised text of what was said so far; all of it counts as looked at.
    pub fn snapshot(&self) -> String {
        self.transcript().snapshot()
    }

    /// Lets the test end although messages were not taken or requests not answered.
    pub fn ignore_rest(&self) {
        self.inbox.ignore_rest();
    }

    /// Lets this fault of the reference pass, where ours copies it.
    pub fn allow(&self, fault: KnownFault) {
        self.inbox.allow(fault);
    }

    /// Waits for the answers to all requests, closes the connection, waits until the server has ended it, checks the delivery
    /// contract and returns the whole conversation; all of it counts as looked at.
    #[must_use = "messages that nobody looked at are in here"]
    pub async fn finish(mut self) -> Transcript {
        let since = Instant::now();
        self.inbox.all_answered(since).await;
        self.outbound = None;
        self.inbox.closing();
        self.inbox.ended().await;
        self.transcript()
    }
}

impl Drop for TestClient {
    fn drop(&mut self) {
        self.reading.abort();
        if std::thread::panicking() {
            return;
        }
        let transcript = self.inbox.transcript();
        keep(&transcript);
        let checked = delivery::check_but(&transcript, &self.inbox.faults());
        let fits = || if self.fits_schema { delivery::fits_schema(&transcript) } else { Ok(()) };
        if let Err(violations) = checked.and_then(|()| fits()) {
            let list: Vec<_> = violations.iter().map(ToString::to_string).collect();
            self.inbox.fail(&format!("the delivery contract is broken:\n{}", list.join("\n")));
        }
        let unread = self.inbox.unread();
        if transcript.end == End::Whole && !unread.is_empty() {
            self.inbox.fail(&format!("the test never looked at:\n{}", unread.join("\n")));
        }
    }
}

/// Writes the conversation as a wire log into the folder that `WIRE_LOG_DIR` names, if it names one: the tests of generated
/// clients decode what the whole suite has said.
fn keep(transcript: &Transcript) {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if let Some(folder) = std::env::var_os("WIRE_LOG_DIR") {
        let name = format!("{}-{}.log", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(&folder).join(name);
        if let Err(error) = std::fs::write(&path, transcript.text()) {
            panic!("{}: {error}", path.display());
        }
    }
}

fn to_value(raw: Option<&serde_json::value::RawValue>) -> Value {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

fn params_of(line: &str) -> Value {
    serde_json::from_str::<Value>(line).map(|mut message| message["params"].take()).unwrap_or_default()
}
