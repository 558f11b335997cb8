//! A scripted model behind a real HTTP port: the Responses API over server-sent events, or whatever a test writes.
//!
//! Each request takes the next scripted [`Reply`]. Streams stop at [`Gate`]s, never by the clock.

pub mod events;
mod gate;
mod http;
mod reply;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub use gate::Gate;
pub use reply::Reply;

use crate::DEADLINE;

/// One request that the model received.
#[derive(Clone, Debug)]
pub struct ModelRequest {
    /// The path without its query.
    pub path: String,
    /// The query, without the question mark; empty when there is none.
    pub query: String,
    /// Names in lower case, in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The body; null when it is no JSON.
    pub body: Value,
}

impl ModelRequest {
    /// The first header of this name, which is given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The texts of the user in the request's input, in order.
    #[must_use]
    pub fn user_texts(&self) -> Vec<&str> {
        let input = self.body["input"].as_array().into_iter().flatten();
        input
            .filter(|item| item["role"] == "user")
            .flat_map(|item| item["content"].as_array().into_iter().flatten())
            .filter_map(|part| part["text"].as_str())
            .collect()
    }
}

/// A scripted model on a port of its own; it ends when this is dropped.
///
/// Dropping it fails the test when scripted replies were never asked for, see [`Self::leave_rest`].
#[derive(Debug)]
pub struct ModelEndpoint {
    address: SocketAddr,
    script: Arc<Script>,
    accepting: JoinHandle<()>,
}

/// What the endpoint's tasks share.
#[derive(Debug)]
struct Script {
    state: Mutex<State>,
    /// Changes with every request and every hang-up.
    seen: watch::Sender<Seen>,
}

#[derive(Debug, Default)]
struct State {
    replies: VecDeque<Reply>,
    fallback: Option<Reply>,
    /// Replies by path, for what is no question to the model.
    elsewhere: HashMap<String, Reply>,
    requests: Vec<ModelRequest>,
    may_leave: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    requests: usize,
    hang_ups: usize,
}

impl Script {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request and tells what it is answered with.
    fn take(&self, request: ModelRequest) -> Reply {
        let mut state = self.state();
        let reply = if request.path.ends_with("/responses") || request.path.ends_with("/chat/completions") {
            state.requests.push(request.clone());
            state.replies.pop_front().or_else(|| state.fallback.clone())
        } else if let Some(reply) = state.elsewhere.get(&request.path) {
            Some(reply.clone())
        } else {
            Some(Reply::status(404).json(serde_json::json!({"error": {"message": "not found"}})))
        };
        let count = state.requests.len();
        drop(state);
        self.seen.send_modify(|seen| seen.requests = count);
        let none = || Reply::status(500).json(serde_json::json!({"error": {"message": "no reply scripted"}}));
        reply.unwrap_or_else(none).resolve(&request)
    }

    fn hung_up(&self) {
        self.seen.send_modify(|seen| seen.hang_ups += 1);
    }
}

impl ModelEndpoint {
    /// Listens on a free port of 127.0.0.1.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the address of a listener");
        let script = Arc::new(Script { state: Mutex::default(), seen: watch::Sender::new(Seen::default()) });
        let accepting = tokio::spawn(http::accept(listener, Arc::clone(&script)));
        Self { address, script, accepting }
    }

    /// The base URL for a provider's `base_url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Scripts the reply to the next request that has none yet.
    pub fn push(&self, reply: Reply) {
        self.script.state().replies.push_back(reply);
    }

    /// Scripts a whole response that says this.
    pub fn say(&self, text: &str) {
        self.push(Reply::turn().message(text));
    }

    /// Answers everything that has no reply of its own; without it such requests get status 500.
    pub fn fallback(&self, reply: Reply) {
        self.script.state().fallback = Some(reply);
    }

    /// Answers requests of another path, such as `/v1/models`; without it such requests get status 404. They are not among
    /// the [`Self::requests`].
    pub fn at(&self, path: &str, reply: Reply) {
        self.script.state().elsewhere.insert(path.to_owned(), reply);
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<ModelRequest> {
        self.script.state().requests.clone()
    }

    /// Waits until the model was asked so many times and returns the requests.
    pub async fn wait_requests(&self, count: usize) -> Vec<ModelRequest> {
        self.wait(|seen| seen.requests >= count, &format!("{count} requests of the model")).await;
        self.requests()
    }

    /// Waits until so many streams were given up by the server before their end.
    pub async fn wait_hang_ups(&self, count: usize) {
        self.wait(|seen| seen.hang_ups >= count, &format!("{count} streams given up")).await;
    }

    async fn wait(&self, fits: impl Fn(&Seen) -> bool, what: &str) {
        let mut seen = self.script.seen.subscribe();
        let waited = timeout(DEADLINE, seen.wait_for(|seen| fits(seen))).await;
        assert!(waited.is_ok(), "waited {DEADLINE:?} for {what}; there were {:?}", *self.script.seen.borrow());
    }

    /// Lets the test end although scripted replies were never asked for.
    pub fn leave_rest(&self) {
        self.script.state().may_leave = true;
    }
}

impl Drop for ModelEndpoint {
    fn drop(&mut self) {
        self.accepting.abort();
        let state = self.script.state();
        let (left, may_leave) = (state.replies.len(), state.may_leave);
        drop(state);
        if !std::thread::panicking() && !may_leave {
            assert_eq!(left, 0, "so many scripted replies of the model were never asked for");
        }
    }
}
