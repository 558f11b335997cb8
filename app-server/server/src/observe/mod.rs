//! What can be seen of the process from outside: its log, the spans of requests, what is exported, and its numbers.
//!
//! What must hold: nothing here is on the way of a request unless somebody looks: a span that nobody listens to is not made,
//! numbers are atomic additions. No secret is in a log: what may be one has a type whose debug output hides it.

pub(crate) mod export;
pub(crate) mod log;
pub(crate) mod request;

use codex_app_server_protocol::{ClientRequest, WIRE_VERSION};
use codex_app_server_transport::{ConnectionKind, Page, Pages};
use codex_utils_metrics::{ConnectionLabel, REQUESTS, process, prometheus_text};

/// Where Prometheus asks.
pub(crate) fn metrics_page() -> Pages {
    let numbers = || Page { content_type: "text/plain; version=0.0.4; charset=utf-8", body: prometheus_text() };
    Pages::new(move |path| (path == "/metrics").then(numbers))
}

/// Names what the numbers are about.
pub(crate) fn name_metrics() {
    REQUESTS.name_methods(ClientRequest::ROWS.iter().map(|row| row.name));
    process::name_build(env!("CARGO_PKG_VERSION"), WIRE_VERSION);
}

/// What carries a connection, as numbers and spans say it.
pub(crate) fn transport(kind: ConnectionKind) -> ConnectionLabel {
    match kind {
        ConnectionKind::Stdio => ConnectionLabel::Stdio,
        ConnectionKind::WebSocket { .. } => ConnectionLabel::WebSocket,
        ConnectionKind::UnixSocket => ConnectionLabel::Unix,
        ConnectionKind::InProcess => ConnectionLabel::InProcess,
    }
}
