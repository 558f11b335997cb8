//! A provider that only listens: what the model is asked, as it goes over the wire.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::acting::Acted;

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

async fn read(mut stream: TcpStream) -> Value {
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
    let event = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\"}}\n\n";
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{event}", event.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
    serde_json::from_str(&body).unwrap()
}
