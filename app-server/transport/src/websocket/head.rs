//! What a request before the frames comes to: an upgrade, an answer or a refusal. Nothing here waits or writes.
//!
//! `/readyz` and `/healthz` answer 200 with an empty body to anybody, every other path upgrades. What must hold: no web page
//! gets in, neither by its origin nor under a name that it made point here, and nobody without the token that is asked for.

use std::net::IpAddr;

use tokio_tungstenite::tungstenite::handshake::server::{Request, create_response, write_response};
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};

use super::{ListenerSettings, Page};
use crate::ConnectionKind;

/// The longest request that is read, without a body.
pub(super) const MAX_HEAD_BYTES: usize = 16 << 10;
const MAX_HEADERS: usize = 100;

/// What to do with a request.
#[derive(Debug)]
pub(super) enum Verdict {
    /// More of it must be read.
    Incomplete,
    /// It becomes a websocket with this answer; the request is so long.
    Upgrade { head_bytes: usize, response: Vec<u8> },
    /// It gets a page; without its body where only the head was asked for.
    Page { page: Page, is_head: bool },
    /// It gets this status, with a sentence or nothing.
    Answer(Status, String),
}

/// The number and the words of an answer.
pub(super) type Status = &'static str;
const OK: Status = "200 OK";
const BAD_REQUEST: Status = "400 Bad Request";
/// The token is missing or not good.
pub(super) const UNAUTHORIZED: Status = "401 Unauthorized";
const FORBIDDEN: Status = "403 Forbidden";
const METHOD_NOT_ALLOWED: Status = "405 Method Not Allowed";
/// The request did not come in time.
pub(super) const TIMEOUT: Status = "408 Request Timeout";
/// The request is too long.
pub(super) const TOO_LARGE: Status = "431 Request Header Fields Too Large";
/// There are as many connections as there may be.
pub(super) const UNAVAILABLE: Status = "503 Service Unavailable";

/// Judges what has come of a request of this kind of client, at a time in Unix seconds.
pub(super) fn judge(head: &[u8], settings: &ListenerSettings, kind: ConnectionKind, now: i64) -> Verdict {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let refuse = |status, words: &str| Verdict::Answer(status, words.to_owned());
    let head_bytes = match parsed.parse(head) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) => return Verdict::Incomplete,
        Err(httparse::Error::TooManyHeaders) => return refuse(TOO_LARGE, "The request has too many headers"),
        Err(_) => return refuse(BAD_REQUEST, ""),
    };
    let headers = Headers(parsed.headers);
    let (auth, guards_names) = match kind {
        ConnectionKind::WebSocket { .. } => (settings.auth.as_ref(), settings.auth.is_none()),
        // No web page gets here, and the permissions of the file say who does.
        _ => (None, false),
    };
    if kind != ConnectionKind::UnixSocket && headers.all("origin").next().is_some() {
        return refuse(FORBIDDEN, "");
    }
    if guards_names && !headers.all("host").all(is_address_or_localhost) {
        return refuse(FORBIDDEN, "The `Host` of a request must be an IP address or `localhost`");
    }
    let path = parsed.path.unwrap_or_default().split('?').next().unwrap_or_default();
    let method = parsed.method.unwrap_or_default();
    let authorized = || match auth {
        Some(auth) => auth.check(headers.all("authorization"), now),
        None => Ok(()),
    };
    match (method, path) {
        ("GET" | "HEAD", "/readyz" | "/healthz") => return refuse(OK, ""),
        ("GET" | "HEAD", _) => {
            if let Some(page) = settings.pages.find(path) {
                return match authorized() {
                    Ok(()) => Verdict::Page { page, is_head: method == "HEAD" },
                    Err(refusal) => Verdict::Answer(UNAUTHORIZED, refusal.to_string()),
                };
            }
        }
        _ => {}
    }
    if method != "GET" {
        return refuse(METHOD_NOT_ALLOWED, "Request method must be `GET`");
    }
    let Some(response) = upgrade(headers.0) else {
        return refuse(BAD_REQUEST, "This is a websocket; connect with a websocket client");
    };
    match authorized() {
        Ok(()) => Verdict::Upgrade { head_bytes, response },
        Err(refusal) => Verdict::Answer(UNAUTHORIZED, refusal.to_string()),
    }
}

struct Headers<'a>(&'a [httparse::Header<'a>]);

impl<'a> Headers<'a> {
    /// The values of all headers of this name.
    fn all(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().filter(move |header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
    }
}

/// Whether a `Host` is none that a web page can have had resolved to this machine. Who sends an empty one is no browser.
fn is_address_or_localhost(host: &[u8]) -> bool {
    let Ok(host) = std::str::from_utf8(host.trim_ascii()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(address, _)| address),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    name.is_empty() || name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok()
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

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::super::Pages;
    use super::*;
    use crate::WebSocketAuth;

    const UPGRADE: &str = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                           Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    fn tcp() -> ConnectionKind {
        ConnectionKind::WebSocket { peer: SocketAddr::from(([127, 0, 0, 1], 1)) }
    }

    fn status_for(head: &str, settings: &ListenerSettings, kind: ConnectionKind) -> String {
        match judge(head.as_bytes(), settings, kind, 0) {
            Verdict::Incomplete => "incomplete".to_owned(),
            Verdict::Upgrade { head_bytes, response } => {
                assert_eq!(head_bytes, head.len());
                String::from_utf8(response).unwrap().chars().skip(9).take(3).collect()
            }
            Verdict::Page { page, is_head } => format!("{} {is_head}", page.body),
            Verdict::Answer(status, _) => status.chars().take(3).collect(),
        }
    }

    fn status(head: &str) -> String {
        status_for(head, &ListenerSettings::default(), tcp())
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
            ("GET / HTTP/1.1", &format!("{UPGRADE}Origin: http://localhost\r\n"), "403"),
            ("nonsense", "", "400"),
        ] {
            assert_eq!(status(&format!("{line}\r\nHost: 127.0.0.1\r\n{headers}\r\n")), expected, "{line} {headers}");
        }
        assert_eq!(status("GET / HTTP/1.1\r\nHost:"), "incomplete");
        let many = "a: b\r\n".repeat(MAX_HEADERS + 1);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{many}\r\n")), "431");
    }

    #[test]
    fn a_name_that_a_page_could_own_is_refused_where_nothing_else_guards() {
        let open = ListenerSettings::default();
        let guarded = ListenerSettings { auth: Some(WebSocketAuth::token(b"t")), ..ListenerSettings::default() };
        for (host, is_taken) in [
            ("127.0.0.1", true),
            ("127.0.0.1:4222", true),
            ("[::1]:4222", true),
            ("[::1]", true),
            ("192.168.1.2:80", true),
            ("localhost", true),
            ("LocalHost:4222", true),
            ("", true),
            ("evil.example", false),
            ("evil.example:4222", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("127.0.0.1evil", false),
            ("[evil.example]:1", false),
            ("evil\u{e9}", false),
        ] {
            for line in ["GET / HTTP/1.1", "GET /readyz HTTP/1.1"] {
                let refused = status(&format!("{line}\r\nHost: {host}\r\n{UPGRADE}\r\n")) == "403";
                assert_eq!(refused, !is_taken, "{host}");
                let unix =
                    status_for(&format!("{line}\r\nHost: {host}\r\n{UPGRADE}\r\n"), &open, ConnectionKind::UnixSocket);
                assert_ne!(unix, "403", "{host}");
            }
            let token = format!("GET / HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer t\r\n{UPGRADE}\r\n");
            assert_eq!(status_for(&token, &guarded, tcp()), "101", "{host}");
        }
        assert_eq!(status(&format!("GET / HTTP/1.0\r\n{UPGRADE}\r\n")), "101");
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: [::1]\r\nHost: evil.example\r\n{UPGRADE}\r\n")), "403");
    }

    #[test]
    fn the_token_is_asked_for_at_the_upgrade_and_for_pages() {
        let settings = ListenerSettings {
            auth: Some(WebSocketAuth::token(b"open sesame")),
            pages: Pages::new(|path| {
                (path == "/page").then(|| Page { content_type: "text/plain", body: "words".to_owned() })
            }),
            ..ListenerSettings::default()
        };
        let good = "Authorization: Bearer open sesame\r\n";
        for (line, headers, expected) in [
            ("GET / HTTP/1.1", UPGRADE.to_owned(), "401"),
            ("GET / HTTP/1.1", format!("{UPGRADE}Authorization: Bearer x\r\n"), "401"),
            ("GET / HTTP/1.1", format!("{UPGRADE}{good}"), "101"),
            ("GET / HTTP/1.1", format!("{UPGRADE}{good}{good}"), "401"),
            ("GET / HTTP/1.1", format!("{UPGRADE}{good}Origin: x\r\n"), "403"),
            ("GET /readyz HTTP/1.1", String::new(), "200"),
            ("GET /page?x HTTP/1.1", String::new(), "401"),
            ("GET /page?x HTTP/1.1", good.to_owned(), "words false"),
            ("HEAD /page HTTP/1.1", good.to_owned(), "words true"),
            ("POST /page HTTP/1.1", good.to_owned(), "405"),
        ] {
            let head = format!("{line}\r\nHost: example.org\r\n{headers}\r\n");
            assert_eq!(status_for(&head, &settings, tcp()), expected, "{line} {headers}");
        }
        let without = format!("GET / HTTP/1.1\r\nOrigin: x\r\n{UPGRADE}\r\n");
        assert_eq!(status_for(&without, &settings, ConnectionKind::UnixSocket), "101");
    }
}
