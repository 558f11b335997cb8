//! Scratch.
#![allow(clippy::all, clippy::unwrap_used, clippy::print_stdout, missing_docs)]
use codex_model_client::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
fn cpu() -> f64 { let s = std::fs::read_to_string("/proc/self/stat").unwrap(); let f: Vec<&str> = s.rsplit(") ").next().unwrap().split(' ').collect(); (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0 }
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port: u16 = std::env::args().nth(1).unwrap().parse().unwrap();
    if std::env::args().nth(2).is_some() {
        let l = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let mut t = String::new();
        for i in 0..1_000_000 { t.push_str(&format!("event: response.output_text.delta\ndata: {{\"type\": \"response.output_text.delta\", \"item_id\": \"msg_1\", \"output_index\": 0, \"content_index\": 0, \"delta\": \" word{}\"}}\n\n", i % 100)); }
        t.push_str("data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}\n\n");
        loop { let (mut s, _) = l.accept().await.unwrap(); let _ = s.read(&mut [0; 65536]).await; s.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").await.unwrap(); let _ = s.write_all(t.as_bytes()).await; }
    }
    let c = ModelClient::new(Provider::new("m", Wire::Responses, format!("http://127.0.0.1:{port}/v1")));
    let t0 = std::time::Instant::now();
    let mut s = c.stream(&ModelRequest::default()).await.unwrap();
    println!("first {:?}", t0.elapsed());
    let (a, t, mut n, mut b) = (cpu(), std::time::Instant::now(), 0, 0);
    while let Some(e) = s.next().await { if let ResponseEvent::OutputTextDelta { delta, .. } = e.unwrap() { n += 1; b += delta.len(); } }
    println!("{n} {b} wall {:?} cpu/delta {:.3} us", t.elapsed(), (cpu() - a) * 1e6 / n as f64);
    // parser alone
    let line = b"event: response.output_text.delta\ndata: {\"type\": \"response.output_text.delta\", \"item_id\": \"msg_1\", \"output_index\": 0, \"content_index\": 0, \"delta\": \" word1\"}\n\n".repeat(400);
    let mut p = sse::SseParser::default(); let t = std::time::Instant::now(); let mut k = 0;
    for _ in 0..1000 { p.push(&line, |d| k += d.len()).unwrap(); }
    println!("parser alone {:?} per event ({k})", t.elapsed() / 400_000);
    let sc = scripted::Script::new(vec![scripted::Answer { repeat: Some(1_000_000), ..scripted::Answer::text("tick") }]);
    let c = ModelClient::new(Provider::scripted(Some(std::sync::Arc::new(sc))));
    let mut s = c.stream(&ModelRequest::default()).await.unwrap();
    let (t, mut n) = (std::time::Instant::now(), 0);
    while let Some(e) = s.next().await { e.unwrap(); n += 1; }
    println!("scripted {n} {:?} each", t.elapsed() / n);
    let t = std::time::Instant::now(); let _ = catalog::Catalog::builtin(); println!("catalog {:?}", t.elapsed());
    println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
