//! A provider that only listens: what the model is asked, as it goes over the wire.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::acting::Acted;
use crate::harness::{Lab, Options};

/// A provider that answers every request with nothing, and keeps it.
pub(crate) struct Listener {
    requests: Arc<Mutex<Vec<Value>>>,
    pub(crate) config: String,
}

impl Listener {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let request = read(stream).await;
                kept.lock().unwrap().push(request);
            }
        });
        let config = format!(
            "model_provider = 'listener'\n[model_providers.listener]\nname = 'listener'\nbase_url = '{url}'\nwire_api = \
             'responses'\n"
        );
        Self { requests, config }
    }

    /// What the model is asked in a turn under these settings.
    pub(crate) async fn asked(config: &str) -> Value {
        let listener = Self::start().await;
        let acted = Acted::on("", &format!("{config}{}", listener.config)).await;
        acted.run("hi").await;
        let mut requests = listener.requests.lock().unwrap();
        assert_eq!(requests.len(), 1);
        requests.remove(0)
    }
}

/// What the provider says to a request, in place of nothing.
pub(crate) enum Saying {
    Text(&'static str),
    /// A command line that is to run.
    Command(&'static str),
    /// A text, and that so many tokens were used.
    Used(&'static str, i64),
    CommandUsed(&'static str, i64),
    Failure(&'static str),
}

impl Saying {
    fn events(self, number: usize) -> String {
        let (item, used) = match self {
            Self::Failure(code) => {
                let error = json!({ "code": code, "message": "no" });
                let response = json!({ "id": "resp", "error": error });
                return sse(&[json!({ "type": "response.failed", "response": response })]);
            }
            Self::Text(text) => (message(number, text), 10),
            Self::Used(text, used) => (message(number, text), used),
            Self::Command(line) => (command(number, line), 10),
            Self::CommandUsed(line, used) => (command(number, line), used),
        };
        let usage = json!({ "input_tokens": used - 1, "output_tokens": 1, "total_tokens": used });
        let response = json!({ "id": format!("resp_{number}"), "usage": usage });
        sse(&[
            json!({ "type": "response.output_item.done", "output_index": 0, "item": item }),
            json!({ "type": "response.completed", "response": response }),
        ])
    }
}

fn sse(events: &[Value]) -> String {
    events.iter().map(|event| format!("data: {event}\n\n")).collect()
}

fn message(number: usize, text: &str) -> Value {
    let content = json!([{ "type": "output_text", "text": text }]);
    json!({ "type": "message", "id": format!("msg_{number}"), "role": "assistant", "content": content })
}

fn command(number: usize, line: &str) -> Value {
    let arguments = json!({ "cmd": line }).to_string();
    json!({ "type": "function_call", "name": "exec_command", "call_id": format!("call_{number}"), "arguments": arguments })
}

/// A provider that says what it was given, and outlives engines. What it was asked is kept.
pub(crate) struct Provider {
    requests: Arc<Mutex<Vec<Value>>>,
    sayings: Arc<Mutex<VecDeque<Saying>>>,
    config: String,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let sayings: Arc<Mutex<VecDeque<Saying>>> = Arc::default();
        let (kept, queue) = (Arc::clone(&requests), Arc::clone(&sayings));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = request(&mut stream).await;
                let number = {
                    let mut requests = kept.lock().unwrap();
                    requests.push(request);
                    requests.len()
                };
                let saying = queue.lock().unwrap().pop_front().unwrap_or(Saying::Text("ok"));
                answer(&mut stream, &saying.events(number)).await;
            }
        });
        let config = "model_provider = 'listener'\nmodel = 'm'\nsandbox_mode = 'danger-full-access'\napproval_policy = 'never'\n";
        let provider = format!(
            "[model_providers.listener]\nname = 'listener'\nbase_url = '{url}'\nwire_api = 'responses'\n\
             request_max_retries = 0\nstream_max_retries = 0\n"
        );
        Self { requests, sayings, config: format!("{config}{{more}}\n{provider}") }
    }

    /// A lab on this provider, with more of config.toml.
    pub(crate) fn lab(&self, config: &str) -> Lab {
        Lab::with(Options { config: &self.config.replace("{more}", config), ..Options::default() })
    }

    /// What is said next, and after that.
    pub(crate) fn say(&self, sayings: impl IntoIterator<Item = Saying>) {
        self.sayings.lock().unwrap().extend(sayings);
    }

    /// The input of the last request without the base prompt, in short.
    pub(crate) fn input(&self) -> Vec<String> {
        self.inputs().pop().unwrap()
    }

    /// The same of all requests.
    pub(crate) fn inputs(&self) -> Vec<Vec<String>> {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .map(|request| request["input"].as_array().unwrap().iter().skip(1).map(short).collect())
            .collect()
    }

    /// What of the last input is no word about the surroundings.
    pub(crate) fn said(&self) -> Vec<String> {
        said(self.input())
    }
}

/// What of an input is no word about the surroundings.
pub(crate) fn said(mut input: Vec<String>) -> Vec<String> {
    input.retain(|item| !item.starts_with("developer ") && !item.starts_with("user <environment"));
    input
}

/// The role or the type of an item, and the first of its text.
fn short(item: &Value) -> String {
    let text = item["content"][0]["text"].as_str().unwrap_or_default();
    let text = text.lines().next().unwrap_or_default();
    match item["role"].as_str() {
        Some(role) => format!("{role} {text}"),
        None => item["type"].as_str().unwrap().to_owned(),
    }
}

async fn read(mut stream: TcpStream) -> Value {
    let request = request(&mut stream).await;
    answer(&mut stream, "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\"}}\n\n").await;
    request
}

async fn request(stream: &mut TcpStream) -> Value {
    let mut bytes = Vec::new();
    let body = loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap() {
                break body.to_owned();
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the request ends too early");
    };
    serde_json::from_str(&body).unwrap()
}

async fn answer(stream: &mut TcpStream, events: &str) {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{events}", events.len());
    // An interrupted turn does not listen any more.
    let _ = stream.write_all(answer.as_bytes()).await;
}
