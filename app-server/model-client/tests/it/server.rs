//! A tiny HTTP endpoint: one prepared reply a request, byte by byte as the test wants it.

use std::sync::Arc;

use codex_model_client::{
    ModelClient, ModelError, ModelRequest, Provider, RequestIdentity, ResponseEvent, ResponseStream, Wire,
};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// What a request gets.
pub struct Reply {
    bytes: Vec<u8>,
    after: After,
}

#[derive(Clone, Copy, PartialEq)]
enum After {
    /// The connection can take the next request.
    KeepAlive,
    Close,
    /// Nothing more comes, and the connection stays.
    Hold,
}

impl Reply {
    pub fn events(events: &[Value]) -> Self {
        let mut text = String::new();
        for event in events {
            text.push_str(&format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap_or("x")));
        }
        Self::sse(text)
    }

    pub fn sse(text: impl AsRef<[u8]>) -> Self {
        Self::with_headers("", text)
    }

    /// `headers`: lines that end in `\r\n`.
    pub fn with_headers(headers: &str, text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        let mut bytes = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n{headers}transfer-encoding: chunked\r\n\r\n"
        )
        .into_bytes();
        if !text.is_empty() {
            bytes.extend_from_slice(format!("{:x}\r\n", text.len()).as_bytes());
            bytes.extend_from_slice(text);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        Self { bytes, after: After::KeepAlive }
    }

    pub fn status(status: &str, headers: &str, body: &str) -> Self {
        let bytes = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes();
        Self { bytes, after: After::KeepAlive }
    }

    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), after: After::Close }
    }

    /// These bytes, then silence.
    pub fn hold(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), after: After::Hold }
    }
}

pub const OPEN: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

/// A request as it came.
#[derive(Debug)]
pub struct Seen {
    /// Counts connections from 0.
    pub connection: usize,
    pub line: String,
    /// In order, names as sent.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub struct Server {
    pub base_url: String,
    seen: mpsc::UnboundedReceiver<Seen>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (sender, seen) = mpsc::unbounded_channel();
        let replies = Arc::new(tokio::sync::Mutex::new(std::collections::VecDeque::from(replies)));
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                connections.spawn(serve(stream, connection, Arc::clone(&replies), sender.clone()));
            }
        });
        Self { base_url, seen, task }
    }

    pub fn provider(&self, wire: Wire) -> Provider {
        let mut provider = Provider::new("mock", wire, self.base_url.clone());
        provider.request_max_retries = 0;
        provider
    }

    pub fn client(&self) -> ModelClient {
        ModelClient::new(self.provider(Wire::Responses))
    }

    /// The next request that came.
    pub async fn request(&mut self) -> Seen {
        tokio::time::timeout(std::time::Duration::from_secs(10), self.seen.recv())
            .await
            .expect("no request came")
            .unwrap()
    }

    pub fn no_more_requests(&mut self) {
        assert!(self.seen.try_recv().is_err());
    }
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    replies: Arc<tokio::sync::Mutex<std::collections::VecDeque<Reply>>>,
    seen: mpsc::UnboundedSender<Seen>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer, connection).await {
        let _ = seen.send(request);
        let Some(reply) = replies.lock().await.pop_front() else { return };
        if stream.write_all(&reply.bytes).await.is_err() {
            return;
        }
        match reply.after {
            After::KeepAlive => {}
            After::Close => return,
            After::Hold => std::future::pending().await,
        }
    }
}

async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>, connection: usize) -> Option<Seen> {
    let mut more = async |buffer: &mut Vec<u8>| stream.read_buf(buffer).await.is_ok_and(|count| count > 0);
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if !more(buffer).await {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    buffer.drain(..end + 4);
    let mut lines = head.split("\r\n").map(str::to_owned);
    let line = lines.next().unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, length)| length.parse().unwrap());
    while buffer.len() < length {
        if !more(buffer).await {
            return None;
        }
    }
    let body = String::from_utf8(buffer.drain(..length).collect()).unwrap();
    Some(Seen { connection, line, headers, body })
}

pub fn raw(value: Value) -> Arc<RawValue> {
    serde_json::value::to_raw_value(&value).unwrap().into()
}

pub fn user(text: &str) -> Arc<RawValue> {
    raw(serde_json::json!({"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}))
}

pub fn request(text: &str) -> ModelRequest {
    let identity = RequestIdentity {
        thread_id: "th-1".into(),
        session_id: "se-1".into(),
        window_id: "th-1:0".into(),
        turn_metadata: r#"{"turn_id":"tu-1"}"#.into(),
        originator: "me".into(),
        user_agent: "me/0.169.0".into(),
        installation_id: "in-1".into(),
        subagent: None,
        residency: None,
    };
    ModelRequest { model: "mock-model".into(), input: vec![user(text)], identity, ..Default::default() }
}

/// Everything that comes, and the error at the end, if any.
pub async fn drain(mut stream: ResponseStream) -> (Vec<ResponseEvent>, Option<ModelError>) {
    let mut events = Vec::new();
    while let Some(step) = stream.next().await {
        match step {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(stream.next().await.is_none());
                return (events, Some(error));
            }
        }
    }
    (events, None)
}

/// The error that a request ends with, wherever it shows.
pub async fn failure(client: &ModelClient) -> ModelError {
    match client.stream(&request("Hi")).await {
        Err(error) => error,
        Ok(stream) => drain(stream).await.1.expect("an error"),
    }
}

/// Events in short, for comparisons.
pub fn short(events: &[ResponseEvent]) -> Vec<String> {
    events
        .iter()
        .map(|event| match event {
            ResponseEvent::Created => "created".to_owned(),
            ResponseEvent::OutputItemAdded(item) => format!("added {:?}", item.kind),
            ResponseEvent::OutputItemDone(item) => format!("done {:?}", item.kind),
            ResponseEvent::OutputTextDelta { item_id, delta } => format!("text {item_id} {delta:?}"),
            ResponseEvent::ReasoningSummaryPartAdded { item_id, summary_index } => {
                format!("part {item_id} {summary_index}")
            }
            ResponseEvent::ReasoningSummaryTextDelta { item_id, delta, summary_index } => {
                format!("summary {item_id} {summary_index} {delta:?}")
            }
            ResponseEvent::ReasoningTextDelta { item_id, delta, content_index } => {
                format!("reasoning {item_id} {content_index} {delta:?}")
            }
            ResponseEvent::RateLimits(limits) => format!("limits {}", limits.limit_id),
            ResponseEvent::ServerModel(model) => format!("model {model}"),
            ResponseEvent::Completed { response_id, usage, end_turn } => {
                let total = usage.map(|usage| usage.total_tokens);
                format!("completed {response_id} {total:?} {end_turn:?}")
            }
        })
        .collect()
}
