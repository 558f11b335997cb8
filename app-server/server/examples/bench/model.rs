//! A model endpoint for measuring: the Responses API over server-sent events, played from the prompt.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// Starts the endpoint; its base URL.
pub(crate) fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    });
    url
}

fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let body = String::from_utf8_lossy(&body);
        // The last prompt decides: history is sent again with every request.
        let count = body.rfind("@@deltas=").map_or(3, |at| {
            body[at + 9..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(3)
        });
        let count = if body.rfind("@@short").unwrap_or(0) > body.rfind("@@deltas=").unwrap_or(0) { 3 } else { count };
        if answer(&mut stream, count).is_err() {
            return;
        }
    }
}

fn answer(stream: &mut TcpStream, count: usize) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")?;
    let mut text = String::new();
    event(&mut text, r#"{"type":"response.created","response":{"id":"r"}}"#);
    event(
        &mut text,
        r#"{"type":"response.output_item.added","item":{"type":"message","role":"assistant","id":"m","content":[]}}"#,
    );
    for _ in 0..count {
        event(
            &mut text,
            r#"{"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"word "}"#,
        );
        if text.len() > 16_384 {
            chunk(stream, &text)?;
            text.clear();
        }
    }
    let all = "word ".repeat(count);
    event(
        &mut text,
        &format!(
            r#"{{"type":"response.output_item.done","item":{{"type":"message","role":"assistant","id":"m","content":[{{"type":"output_text","text":"{all}"}}]}}}}"#
        ),
    );
    event(
        &mut text,
        r#"{"type":"response.completed","response":{"id":"r","usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}"#,
    );
    chunk(stream, &text)?;
    stream.write_all(b"0\r\n\r\n")
}

fn event(text: &mut String, data: &str) {
    let _ = write!(text, "data: {data}\n\n");
}

fn chunk(stream: &mut TcpStream, text: &str) -> std::io::Result<()> {
    stream.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes())
}
