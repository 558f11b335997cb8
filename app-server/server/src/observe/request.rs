//! One request as it is seen: its span, its place in a trace, and what is counted of it.

use std::pin::Pin;
use std::time::Instant;

use codex_app_server_protocol::{ClientRequest, RequestId};
use codex_utils_metrics::{Held, MethodStats, REQUESTS, REQUESTS_IN_FLIGHT};
use codex_utils_trace_context::{TraceContext, scope, sync_scope};
use serde::Deserialize;
use serde_json::value::RawValue;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::connections::Session;

/// What is counted of a request until it is answered.
#[derive(Debug)]
pub(crate) struct Counted {
    stats: &'static MethodStats,
    began: Instant,
    _in_flight: Held,
}

impl Counted {
    /// From now on.
    pub(crate) fn begin(method: &str) -> Self {
        let stats = REQUESTS.of(ClientRequest::place(method));
        Self { stats, began: Instant::now(), _in_flight: REQUESTS_IN_FLIGHT.hold() }
    }

    /// It is being answered, and in flight no more.
    pub(crate) fn answered(self, is_ok: bool) {
        if is_ok { &self.stats.ok } else { &self.stats.error }.inc();
        self.stats.latency.observe(self.began.elapsed());
    }
}

/// The field `trace` of a request.
#[derive(Deserialize)]
struct TraceField {
    traceparent: Option<String>,
    tracestate: Option<String>,
}

/// Where a client says that its request stands. What is malformed counts as not said.
pub(crate) fn trace_of(field: &RawValue) -> Option<TraceContext> {
    let TraceField { traceparent, tracestate } = serde_json::from_str(field.get()).ok()?;
    TraceContext::parse(&traceparent?, tracestate.as_deref())
}

/// What a request is about, where its params say so.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Subject {
    thread_id: Option<String>,
    turn_id: Option<String>,
}

/// The span of a request; one of its own trace, or of the client's.
pub(crate) fn span(
    session: &Session,
    id: &RequestId,
    method: &str,
    params: Option<&RawValue>,
    trace: Option<&TraceContext>,
) -> Span {
    if !tracing::span_enabled!(tracing::Level::INFO) {
        return Span::none();
    }
    let client = session.client();
    let subject: Subject = params.and_then(|params| serde_json::from_str(params.get()).ok()).unwrap_or_default();
    sync_scope(trace.cloned(), || {
        tracing::info_span!(
            parent: None,
            "app_server.request",
            otel.kind = "server",
            otel.name = method,
            otel.status_code = Empty,
            rpc.system = "jsonrpc",
            rpc.method = method,
            rpc.transport = session.transport_name(),
            rpc.request_id = %id,
            app_server.connection_id = session.connection().0,
            app_server.api_version = "v2",
            app_server.client_name = client.map(|client| client.name.as_str()),
            app_server.client_version = client.map(|client| client.version.as_str()),
            thread.id = subject.thread_id,
            turn.id = subject.turn_id,
        )
    })
}

/// Says in the present request's span who the client is, once that is known.
pub(crate) fn record_client(name: &str, version: &str) {
    Span::current().record("app_server.client_name", name).record("app_server.client_version", version);
}

/// The work of a request, within its span and trace where it has them.
pub(crate) fn followed<'a>(
    work: impl Future<Output = ()> + Send + 'a,
    span: Span,
    trace: Option<TraceContext>,
) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
    if span.is_none() && trace.is_none() {
        return Box::pin(work);
    }
    Box::pin(scope(trace, work).instrument(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_that_is_malformed_counts_as_none() {
        let trace = |json: &str| trace_of(&RawValue::from_string(json.to_owned()).unwrap());
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let read = trace(&format!(r#"{{"traceparent":"{parent}","tracestate":"a=1","more":1}}"#)).unwrap();
        assert_eq!((read.traceparent().as_str(), read.tracestate()), (parent, Some("a=1")));
        assert!(trace(&format!(r#"{{"traceparent":"{parent}","tracestate":null}}"#)).is_some());
        for bad in ["null", "{}", r#"{"traceparent":null}"#, r#"{"traceparent":5}"#, r#"{"traceparent":"00-x"}"#] {
            assert!(trace(bad).is_none(), "{bad}");
        }
    }
}
