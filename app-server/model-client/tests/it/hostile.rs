//! Endpoints that are not there, hang, cut off or send garbage.

use std::time::Duration;

use codex_model_client::{ModelClient, ModelErrorKind as Kind, Provider, Retry, Wire};
use serde_json::json;

use crate::server::{OPEN, Reply, Server, drain, failure, request, short};

const STREAM: Retry = Retry::Stream { after: None };

async fn told(replies: Vec<Reply>) -> String {
    let server = Server::start(replies).await;
    let mut provider = server.provider(Wire::Responses);
    provider.stream_idle_timeout = Duration::from_millis(200);
    let error = tokio::time::timeout(Duration::from_secs(10), failure(&ModelClient::new(provider))).await.unwrap();
    assert_eq!((error.kind, error.retry, error.http_status), (Kind::Other, STREAM, None));
    error.message.strip_prefix("stream disconnected before completion: ").unwrap().to_owned()
}

#[tokio::test]
async fn nobody_listens() {
    // A port below 1024 that nothing uses: free ports may be taken by the test next door.
    let mut provider = Provider::new("mock", Wire::Responses, "http://127.0.0.1:1/v1");
    provider.request_max_retries = 0;
    let error = failure(&ModelClient::new(provider)).await;
    assert_eq!(error.message, "Connection failed: error sending request");
    assert_eq!((error.kind, error.retry), (Kind::HttpConnectionFailed, Retry::Network));
}

#[tokio::test]
async fn it_speaks_no_tls() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("https://{}/v1", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    });
    let mut provider = Provider::new("mock", Wire::Responses, base_url);
    provider.request_max_retries = 0;
    assert_eq!(failure(&ModelClient::new(provider)).await.retry, Retry::Network);
    server.await.unwrap();
}

#[tokio::test]
async fn it_closes_without_a_word() {
    assert_eq!(told(vec![Reply::raw("")]).await, "error sending request");
}

#[tokio::test]
async fn it_speaks_something_else() {
    assert_eq!(told(vec![Reply::raw("lorem ipsum\r\n\r\n")]).await, "error sending request");
    assert_eq!(told(vec![Reply::raw(vec![0xff; 4096])]).await, "error sending request");
}

#[tokio::test]
async fn it_accepts_and_never_answers() {
    assert_eq!(told(vec![Reply::hold("")]).await, "idle timeout waiting for SSE");
    assert_eq!(told(vec![Reply::hold("HTTP/1.1 200 OK\r\n")]).await, "idle timeout waiting for SSE");
}

#[tokio::test]
async fn the_stream_falls_silent() {
    let text = format!("{OPEN}data: {{\"type\":\"response.created\"}}\n\n: still here\n\n");
    assert_eq!(told(vec![Reply::hold(text)]).await, "idle timeout waiting for SSE");
}

#[tokio::test]
async fn the_stream_is_cut() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\ndata: {\"type\":";
    assert_eq!(told(vec![Reply::raw(chunked)]).await, "Transport error: network error: error decoding response body");
    let short = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\ndata: {}\n\n";
    assert_eq!(told(vec![Reply::raw(short)]).await, "Transport error: network error: error decoding response body");
    // Even a whole last event does not count without the empty line that ends it.
    let last = format!("{OPEN}data: {{\"type\":\"response.completed\",\"response\":{{\"id\":\"r\"}}}}\n");
    assert_eq!(told(vec![Reply::raw(last)]).await, "stream closed before response.completed");
}

#[tokio::test]
async fn what_came_before_the_cut_is_delivered() {
    let text =
        format!("{OPEN}data: {{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"half\"}}\n\n");
    let server = Server::start(vec![Reply::raw(text)]).await;
    let (events, error) = drain(server.client().stream(&request("Hi")).await.unwrap()).await;
    assert_eq!(short(&events), ["text m \"half\""]);
    assert!(error.is_some());
}

#[tokio::test]
async fn the_stream_is_no_text() {
    let mut bytes = OPEN.as_bytes().to_vec();
    bytes.extend_from_slice(b"data: {\"type\":\"response.output_text.delta\",\"delta\":\"\xff\"}\n\n");
    let message = told(vec![Reply::raw(bytes)]).await;
    assert!(message.starts_with("UTF8 error: invalid utf-8 sequence of 1 bytes"), "{message}");
}

#[tokio::test]
async fn a_refusal_whose_body_never_ends_is_told() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 5000000\r\n\r\n";
    let mut endless = head.as_bytes().to_vec();
    endless.resize(head.len() + 1_000_000, b'y');
    let server = Server::start(vec![Reply::hold(endless)]).await;
    let error = failure(&server.client()).await;
    assert!(error.message.starts_with("unexpected status 404 Not Found: yyy"));
    assert!(error.message.len() < 1200);
}

#[tokio::test]
async fn an_endless_line_is_given_up() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let flood = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 65536]).await;
        stream.write_all(OPEN.as_bytes()).await.unwrap();
        let piece = vec![b'x'; 1024 * 1024];
        let mut written = 0;
        while stream.write_all(&piece).await.is_ok() {
            written += piece.len();
            assert!(written < 256 * 1024 * 1024, "nobody gave up");
        }
    });
    let mut provider = Provider::new("mock", Wire::Responses, base_url);
    provider.request_max_retries = 0;
    let error = failure(&ModelClient::new(provider)).await;
    assert_eq!(error.message, "stream disconnected before completion: an event is longer than 67108864 bytes");
    flood.await.unwrap();
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let (first, rest) = (
        "data: {\"type\":\"response.cre",
        "ated\"}\n\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}\n\n",
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let (go, wait) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 65536]).await;
        stream.write_all(format!("{OPEN}{first}").as_bytes()).await.unwrap();
        wait.await.unwrap();
        stream.write_all(rest.as_bytes()).await.unwrap();
    });
    let client = ModelClient::new(Provider::new("mock", Wire::Responses, base_url));
    let mut stream = client.stream(&request("Hi")).await.unwrap();
    for _ in 0..3 {
        assert!(tokio::time::timeout(Duration::from_millis(20), stream.next()).await.is_err());
    }
    go.send(()).unwrap();
    let (events, error) = drain(stream).await;
    assert_eq!(short(&events), ["created", "completed r None None"]);
    assert_eq!(error, None);
    server.await.unwrap();
}

#[tokio::test]
async fn deep_nesting_is_skipped() {
    let deep = "[".repeat(100_000);
    let text = format!(
        "data: {{\"type\":\"response.output_item.done\",\"item\":{deep}\n\ndata: {{\"type\":\"x\",\"y\":{deep}\n\ndata: {}\n\n",
        json!({"type": "response.completed", "response": {"id": "r"}})
    );
    let server = Server::start(vec![Reply::sse(text)]).await;
    let (events, error) = drain(server.client().stream(&request("Hi")).await.unwrap()).await;
    assert_eq!((short(&events).len(), error), (1, None));
}
