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
        let prompt = body.rfind("@@").map_or("", |at| &body[at + 2..]);
        let said = prompt.split('"').next().unwrap_or_default();
        let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
        let answered = prompt.contains("function_call_output");
        let written = match said.split_once('=') {
            Some(("exec", calls)) if !answered => {
                let (count, command) = calls.split_once(':').unwrap_or(("1", calls));
                call(&mut stream, number(count).unwrap_or(1), command)
            }
            Some(("deltas", count)) => answer(&mut stream, number(count).unwrap_or(3)),
            _ => answer(&mut stream, 3),
        };
        if written.is_err() {
            return;
        }
    }
}

/// Calls `exec_command` so many times; `command` is escaped for JSON already, as it was in the prompt.
fn call(stream: &mut TcpStream, count: usize, command: &str) -> std::io::Result<()> {
    stream.write_all(HEAD)?;
    let mut text = String::new();
    event(&mut text, r#"{"type":"response.created","response":{"id":"r"}}"#);
    for number in 0..count {
        // Arguments are JSON inside of JSON.
        let command = command.replace('\\', "\\\\");
        event(
            &mut text,
            &format!(
                r#"{{"type":"response.output_item.done","item":{{"type":"function_call","id":"f{number}","call_id":"c{number}","name":"exec_command","arguments":"{{\"cmd\":\"{command}\",\"yield_time_ms\":30000}}"}}}}"#
            ),
        );
    }
    event(
        &mut text,
        r#"{"type":"response.completed","response":{"id":"r","usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}"#,
    );
    chunk(stream, &text)?;
    stream.write_all(b"0\r\n\r\n")
}

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

fn answer(stream: &mut TcpStream, count: usize) -> std::io::Result<()> {
    stream.write_all(HEAD)?;
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
