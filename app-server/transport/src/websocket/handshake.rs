//! What comes before the frames: an HTTP request that is upgraded, answered or refused.
//!
//! `/readyz` and `/healthz` answer 200 with an empty body, a [`Page`] with its text, every other path upgrades; a request with
//! an `Origin` header comes from a web page, and is refused.

use std::io;

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::server::{Request, create_response, write_response};
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};

/// The longest request that is read, without a body.
const MAX_HEAD_BYTES: usize = 16 << 10;
const MAX_HEADERS: usize = 100;

/// A socket that speaks websocket from here on.
pub(super) struct Upgraded {
    pub(super) socket: TcpStream,
    /// What was read beyond the request.
    pub(super) read_ahead: BytesMut,
}

/// A text that is shown under a path, beside the websocket.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The path, such as `/metrics`.
    pub path: &'static str,
    /// The type of the text.
    pub content_type: &'static str,
    /// Writes the text; must not wait.
    pub write: fn() -> String,
}

/// What to do with a request.
enum Verdict {
    Incomplete,
    Upgrade { head_bytes: usize, response: Vec<u8> },
    Answer(Status, &'static str),
    Show(Page),
}

type Status = &'static str;
const OK: Status = "200 OK";
const BAD_REQUEST: Status = "400 Bad Request";
const FORBIDDEN: Status = "403 Forbidden";
const METHOD_NOT_ALLOWED: Status = "405 Method Not Allowed";
const TOO_LARGE: Status = "431 Request Header Fields Too Large";
const PLAIN: &str = "text/plain; charset=utf-8";

/// Answers one request; the socket comes back if it was upgraded.
pub(super) async fn answer(mut socket: TcpStream, pages: &[Page]) -> io::Result<Option<Upgraded>> {
    let mut head = BytesMut::with_capacity(1024);
    loop {
        if socket.read_buf(&mut head).await? == 0 {
            return Ok(None);
        }
        match judge(&head, pages) {
            Verdict::Incomplete if head.len() < MAX_HEAD_BYTES => {}
            Verdict::Incomplete => return refuse(socket, TOO_LARGE, PLAIN, "The request is too long").await,
            Verdict::Answer(status, body) => return refuse(socket, status, PLAIN, body).await,
            Verdict::Show(page) => return refuse(socket, OK, page.content_type, &(page.write)()).await,
            Verdict::Upgrade { head_bytes, response } => {
                socket.write_all(&response).await?;
                let read_ahead = head.split_off(head_bytes);
                return Ok(Some(Upgraded { socket, read_ahead }));
            }
        }
    }
}

fn judge(head: &[u8], pages: &[Page]) -> Verdict {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let head_bytes = match parsed.parse(head) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) => return Verdict::Incomplete,
        Err(httparse::Error::TooManyHeaders) => return Verdict::Answer(TOO_LARGE, "The request has too many headers"),
        Err(_) => return Verdict::Answer(BAD_REQUEST, ""),
    };
    if parsed.headers.iter().any(|header| header.name.eq_ignore_ascii_case("origin")) {
        return Verdict::Answer(FORBIDDEN, "");
    }
    let path = parsed.path.unwrap_or_default().split('?').next().unwrap_or_default();
    let method = parsed.method.unwrap_or_default();
    if let ("GET", Some(page)) = (method, pages.iter().find(|page| page.path == path)) {
        return Verdict::Show(*page);
    }
    match (method, path) {
        ("GET" | "HEAD", "/readyz" | "/healthz") => Verdict::Answer(OK, ""),
        ("GET", _) => match upgrade(parsed.headers) {
            Some(response) => Verdict::Upgrade { head_bytes, response },
            None => Verdict::Answer(BAD_REQUEST, "This is a websocket; connect with a websocket client"),
        },
        _ => Verdict::Answer(METHOD_NOT_ALLOWED, "Request method must be `GET`"),
    }
}

/// The answer to a request for an upgrade, if it is one.
fn upgrade(headers: &[httparse::Header<'_>]) -> Option<Vec<u8>> {
    let mut request = Request::new(());
    for header in headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        request.headers_mut().append(name, HeaderValue::from_bytes(header.value).ok()?);
    }
    let mut response = Vec::new();
    write_response(&mut response, &create_response(&request).ok()?).ok()?;
    Some(response)
}

/// Answers and ends the connection. What the client still sends is read, lest the answer be lost with a reset.
async fn refuse(mut socket: TcpStream, status: Status, content_type: &str, body: &str) -> io::Result<Option<Upgraded>> {
    let content_type = if body.is_empty() { String::new() } else { format!("content-type: {content_type}\r\n") };
    let length = body.len();
    let response =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\n{content_type}content-length: {length}\r\n\r\n{body}");
    socket.write_all(response.as_bytes()).await?;
    socket.shutdown().await?;
    let mut rest = [0; 1024];
    while socket.read(&mut rest).await? > 0 {}
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPGRADE: &str = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                           Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    fn status(head: &str) -> String {
        let page = Page { path: "/page", content_type: PLAIN, write: || "text".to_owned() };
        match judge(head.as_bytes(), &[page]) {
            Verdict::Show(page) => (page.write)(),
            Verdict::Incomplete => "incomplete".to_owned(),
            Verdict::Upgrade { head_bytes, response } => {
                assert_eq!(head_bytes, head.len());
                String::from_utf8(response).unwrap().chars().skip(9).take(3).collect()
            }
            Verdict::Answer(status, _) => status.chars().take(3).collect(),
        }
    }

    #[test]
    fn requests_are_answered_as_the_reference_does() {
        for (line, headers, expected) in [
            ("GET /readyz HTTP/1.1", "", "200"),
            ("GET /healthz?x=1 HTTP/1.1", "", "200"),
            ("HEAD /readyz HTTP/1.0", "", "200"),
            ("GET /readyz HTTP/1.1", UPGRADE, "200"),
            ("GET /readyz HTTP/1.1", "oRiGiN: null\r\n", "403"),
            ("POST /readyz HTTP/1.1", "Origin: x\r\n", "403"),
            ("POST /readyz HTTP/1.1", "", "405"),
            ("POST / HTTP/1.1", UPGRADE, "405"),
            ("GET / HTTP/1.1", "", "400"),
            ("GET / HTTP/1.1", &UPGRADE.replace("13", "12"), "400"),
            ("GET /any/path HTTP/1.1", UPGRADE, "101"),
            ("GET /page?x HTTP/1.1", "", "text"),
            ("GET /page HTTP/1.1", "Origin: x\r\n", "403"),
            ("POST /page HTTP/1.1", "", "405"),
            ("GET /page/more HTTP/1.1", UPGRADE, "101"),
            ("GET / HTTP/1.1", &format!("{UPGRADE}Origin: http://localhost\r\n"), "403"),
            ("nonsense", "", "400"),
        ] {
            assert_eq!(status(&format!("{line}\r\nHost: x\r\n{headers}\r\n")), expected, "{line} {headers}");
        }
        assert_eq!(status("GET / HTTP/1.1\r\nHost:"), "incomplete");
        let many = "a: b\r\n".repeat(MAX_HEADERS + 1);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{many}\r\n")), "431");
    }
}
