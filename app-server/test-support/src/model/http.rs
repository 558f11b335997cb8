//! As much of HTTP/1.1 as a scripted model needs: requests with a length, plain and chunked answers.

use std::io;
use std::sync::Arc;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::reply::{Answer, Ending, Step};
use super::{ModelRequest, Script};

/// Serves connections until it is aborted, and they with it.
pub(super) async fn accept(listener: TcpListener, script: Arc<Script>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        connections.spawn(serve(stream, Arc::clone(&script)));
    }
}

/// Serves one connection until one side ends it.
async fn serve(stream: TcpStream, script: Arc<Script>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    while let Some(request) = read_request(&mut reader).await? {
        match script.take(request).answer {
            Answer::Plain { status, headers, body } => plain(&mut writer, status, &headers, &body).await?,
            Answer::Stream { steps, ending } => {
                let keep = stream_out(&mut reader, &mut writer, steps, ending).await;
                match keep {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(error) => {
                        script.hung_up();
                        return Err(error);
                    }
                }
            }
            Answer::Computed(_) => return Err(io::Error::other("a reply is computed before it is sent")),
        }
    }
    Ok(())
}

async fn plain(writer: &mut OwnedWriteHalf, status: u16, headers: &[(String, String)], body: &str) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} {}\r\ncontent-length: {}\r\n", reason(status), body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    writer.write_all(head.as_bytes()).await?;
    writer.write_all(body.as_bytes()).await
}

/// Sends a stream; true when the connection can take another request. An error means that the peer hung up.
async fn stream_out(
    reader: &mut BufReader<OwnedReadHalf>,
    writer: &mut OwnedWriteHalf,
    steps: Vec<Step>,
    ending: Ending,
) -> io::Result<bool> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    writer.write_all(head.as_bytes()).await?;
    for step in steps {
        match step {
            Step::Bytes(bytes) => chunk(writer, &bytes).await?,
            Step::Gate(gate) => tokio::select! {
                biased;
                () = gate.pass() => {}
                gone = hung_up(reader) => return Err(gone),
            },
        }
    }
    match ending {
        Ending::Completed { response_id, usage } => {
            let event = super::events::completed(&response_id, usage);
            chunk(writer, &format!("event: response.completed\ndata: {event}\n\n")).await?;
        }
        Ending::Closed => {}
        Ending::Cut => return Ok(false),
        Ending::Open => return Err(hung_up(reader).await),
    }
    writer.write_all(b"0\r\n\r\n").await?;
    Ok(true)
}

async fn chunk(writer: &mut OwnedWriteHalf, bytes: &str) -> io::Result<()> {
    if bytes.is_empty() {
        // An empty chunk would be the end.
        return Ok(());
    }
    writer.write_all(format!("{:x}\r\n{bytes}\r\n", bytes.len()).as_bytes()).await
}

/// Waits until the peer closes the connection.
async fn hung_up(reader: &mut BufReader<OwnedReadHalf>) -> io::Error {
    match reader.fill_buf().await {
        Ok(bytes) if !bytes.is_empty() => io::Error::other("the peer spoke in the middle of an answer"),
        Ok(_) => io::Error::new(io::ErrorKind::ConnectionAborted, "the peer hung up"),
        Err(error) => error,
    }
}

/// The next request; `None` when the peer closed the connection instead.
async fn read_request(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<ModelRequest>> {
    let Some(first) = read_line(reader).await? else { return Ok(None) };
    let target = first.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut headers = Vec::new();
    while let Some(line) = read_line(reader).await?.filter(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).await?;
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Ok(Some(ModelRequest { path, query, headers, body }))
}

async fn read_line(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end().to_owned()))
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
