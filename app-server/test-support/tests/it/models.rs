//! The scripted model, spoken to as a server would.

use codex_app_server_test_support::{Gate, ModelEndpoint, Reply};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// One connection to the model.
struct Caller {
    stream: BufReader<TcpStream>,
}

impl Caller {
    async fn new(model: &ModelEndpoint) -> Self {
        let url = model.url();
        let address = url.strip_prefix("http://").unwrap().strip_suffix("/v1").unwrap();
        Self { stream: BufReader::new(TcpStream::connect(address).await.unwrap()) }
    }

    async fn ask(&mut self, path: &str, body: &Value) {
        let body = body.to_string();
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nX-Test: Yes\r\nContent-Length: {}\r\n\r\n", body.len());
        self.stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    /// The status line and the headers.
    async fn head(&mut self) -> Vec<String> {
        let mut head = Vec::new();
        loop {
            match self.line().await {
                line if line.is_empty() => return head,
                line => head.push(line),
            }
        }
    }

    /// The next chunk; empty at the end of the stream, `None` when the connection ended without one.
    async fn chunk(&mut self) -> Option<String> {
        let size = usize::from_str_radix(&self.line().await, 16).ok()?;
        let mut bytes = vec![0; size + 2];
        self.stream.read_exact(&mut bytes).await.unwrap();
        bytes.truncate(size);
        Some(String::from_utf8(bytes).unwrap())
    }
}

#[tokio::test]
async fn a_turn_streams_its_events_and_the_next_request_uses_the_same_connection() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().reasoning(&["Hm"]).message("Hello there").call("c", "exec", &json!({"cmd": "ls"})));
    model.push(Reply::status(429).header("retry-after", "1").json(json!({"error": {"message": "slow down"}})));
    let mut caller = Caller::new(&model).await;
    let input = json!([{"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hi"}]}]);
    caller.ask("/v1/responses?a=b", &json!({"input": input})).await;
    assert_eq!(caller.head().await[0], "HTTP/1.1 200 OK");
    let mut kinds = Vec::new();
    while let Some(chunk) = caller.chunk().await.filter(|chunk| !chunk.is_empty()) {
        let (event, data) = chunk.split_once('\n').unwrap();
        let data: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap().trim_end()).unwrap();
        assert_eq!(event, format!("event: {}", data["type"].as_str().unwrap()));
        kinds.push(data["type"].as_str().unwrap().trim_start_matches("response.").to_owned());
    }
    assert_eq!(
        kinds,
        [
            "created",
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "output_item.done",
            "output_item.added",
            "output_text.delta",
            "output_text.delta",
            "output_item.done",
            "output_item.added",
            "output_item.done",
            "completed"
        ]
    );
    caller.ask("/v1/responses", &json!({})).await;
    let head = caller.head().await;
    assert_eq!(head[0], "HTTP/1.1 429 Too Many Requests");
    assert!(head.contains(&"retry-after: 1".to_owned()), "{head:?}");
    let requests = model.wait_requests(2).await;
    assert_eq!((requests[0].path.as_str(), requests[0].query.as_str()), ("/v1/responses", "a=b"));
    assert_eq!((requests[0].header("x-test"), requests[0].user_texts()), (Some("Yes"), vec!["Hi"]));
}

#[tokio::test]
async fn gates_hold_the_stream_and_cuts_end_it_without_an_end() {
    let model = ModelEndpoint::start().await;
    let gate = Gate::new();
    model.push(Reply::stream().raw("one").gate(&gate).raw("two").cut());
    let mut caller = Caller::new(&model).await;
    caller.ask("/v1/responses", &json!({})).await;
    caller.head().await;
    assert_eq!(caller.chunk().await.unwrap(), "one");
    gate.reached().await;
    gate.open();
    assert_eq!(caller.chunk().await.unwrap(), "two");
    assert_eq!(caller.chunk().await, None);
}

#[tokio::test]
async fn a_server_that_gives_up_is_noticed_at_gates_and_in_silence() {
    let model = ModelEndpoint::start().await;
    for reply in [Reply::stream().raw("one").gate(&Gate::new()), Reply::stream().raw("one").hang()] {
        model.push(reply);
        let mut caller = Caller::new(&model).await;
        caller.ask("/v1/responses", &json!({})).await;
        caller.head().await;
        caller.chunk().await.unwrap();
    }
    model.wait_hang_ups(2).await;
}

#[tokio::test]
async fn what_has_no_script_is_refused_or_falls_back() {
    let model = ModelEndpoint::start().await;
    let mut caller = Caller::new(&model).await;
    for (path, status) in [("/v1/responses", "500"), ("/v1/models", "404")] {
        caller.ask(path, &json!({})).await;
        let head = caller.head().await;
        assert!(head[0].contains(status), "{head:?}");
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        let mut body = vec![0; length];
        caller.stream.read_exact(&mut body).await.unwrap();
    }
    model.fallback(Reply::computed(|request| Reply::status(200).text(request.body["say"].as_str().unwrap())));
    caller.ask("/v1/chat/completions", &json!({"say": "echo"})).await;
    caller.head().await;
    let mut body = [0; 4];
    caller.stream.read_exact(&mut body).await.unwrap();
    assert_eq!(&body, b"echo");
    assert_eq!(model.requests().len(), 2, "other paths are no requests of the model");
}

#[tokio::test]
async fn replies_that_nobody_asked_for_fail_the_test() {
    let left = tokio::spawn(async {
        let model = ModelEndpoint::start().await;
        model.say("unheard");
    });
    assert!(left.await.unwrap_err().is_panic());
    let model = ModelEndpoint::start().await;
    model.say("unheard");
    model.leave_rest();
}
