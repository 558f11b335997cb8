//! A process exports once, so one test goes through all of it: asleep, with a collector that does not answer, with one that does.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::time::Duration;

use codex_telemetry::{Encoding, QUEUE_RECORDS, Settings, Target, Telemetry};
use codex_utils_metrics::TELEMETRY_DROPPED;
use codex_utils_trace_context::{TraceContext, current, outgoing, scope};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tracing::Instrument;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

const PATIENCE: Duration = Duration::from_secs(20);
const UNSAMPLED: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
const SAMPLED: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// The head and the body of one request.
async fn request(socket: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        assert!(timeout(PATIENCE, socket.read_buf(&mut bytes)).await.expect("more of the request").unwrap() > 0);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
        let length: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        if bytes.len() - end - 4 == length {
            return (head, bytes.split_off(end + 4));
        }
    }
}

fn spans(body: &[u8]) -> Vec<Span> {
    let message = ExportTraceServiceRequest::decode(body).unwrap();
    message.resource_spans.into_iter().flat_map(|spans| spans.scope_spans).flat_map(|spans| spans.spans).collect()
}

#[tokio::test]
async fn telemetry_from_sleep_to_the_end() {
    tracing_subscriber::registry().with(codex_telemetry::layer()).init();
    {
        let asleep = tracing::info_span!(target: "codex_test", "asleep").entered();
        assert!(asleep.is_none(), "before it is started not even a span is made");
        assert_eq!(current(), None);
    }

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = Target {
        endpoint: format!("http://{}/any/path?as=given", listener.local_addr().unwrap()),
        headers: BTreeMap::from([("X-Key".to_owned(), "value".to_owned())]),
        encoding: Encoding::Binary,
        ca_certificate: None,
        client_identity: None,
    };
    let settings = Settings {
        service_name: "name".to_owned(),
        span_attributes: BTreeMap::from([("team".to_owned(), "a".to_owned())]),
        traces: Some(target),
        ..Settings::default()
    };
    let telemetry = Telemetry::start(&settings).unwrap();

    // What is of others, too fine, or of a trace that nobody records is left out; what is ours has its place.
    drop(tracing::info_span!(target: "hyper", "of others"));
    drop(tracing::debug_span!(target: "codex_test", "too fine"));
    let quiet = scope(TraceContext::parse(UNSAMPLED, None), async {
        drop(tracing::info_span!(target: "codex_test", parent: None, "not sampled"));
    });
    quiet.await;
    let work = async {
        let span = tracing::info_span!(
            target: "codex_test",
            parent: None,
            "work",
            otel.name = "renamed",
            otel.kind = "client",
            number = 7,
            late = tracing::field::Empty,
            otel.status_code = tracing::field::Empty,
        );
        span.record("late", "value");
        span.record("otel.status_code", "ERROR");
        let inner = async {
            tokio::task::yield_now().await;
            assert_eq!(current(), outgoing(), "a request is made by the span");
            current().unwrap()
        };
        inner.instrument(span).await
    };
    let place = scope(TraceContext::parse(SAMPLED, None), work).await;

    let (mut socket, _) = timeout(PATIENCE, listener.accept()).await.expect("the first request").unwrap();
    let (head, body) = request(&mut socket).await;
    assert!(head.starts_with("post /any/path?as=given http/1.1"), "{head}");
    assert!(head.contains("x-key: value") && head.contains("content-type: application/x-protobuf"), "{head}");
    let [span] = &spans(&body)[..] else { panic_about(&spans(&body)) };
    assert_eq!((span.name.as_str(), span.kind, span.status.as_ref().unwrap().code), ("renamed", 3, 2));
    assert_eq!((&span.trace_id[..], &span.span_id[..]), (&place.trace_id()[..], &place.span_id()[..]));
    assert_eq!(span.parent_span_id, 0xb7ad_6b71_6920_3331_u64.to_be_bytes());
    assert!(span.start_time_unix_nano > 0 && span.start_time_unix_nano <= span.end_time_unix_nano);
    let keys: Vec<_> = span.attributes.iter().map(|attribute| attribute.key.as_str()).collect();
    assert_eq!(keys, ["number", "late", "team"]);

    // The collector has not answered yet: whoever records goes on, and what does not fit is counted.
    let more = QUEUE_RECORDS + 100;
    for _ in 0..more {
        drop(tracing::info_span!(target: "codex_test", "many"));
    }
    assert_eq!(TELEMETRY_DROPPED.get(), 100);

    // Now it answers, and gets all the rest before the end.
    let answering = tokio::spawn(async move {
        let mut got = 0;
        loop {
            socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
            if got == QUEUE_RECORDS {
                return got;
            }
            got += spans(&request(&mut socket).await.1).len();
        }
    });
    telemetry.finish(PATIENCE).await;
    assert_eq!(timeout(PATIENCE, answering).await.expect("all spans").unwrap(), QUEUE_RECORDS);
    assert_eq!(TELEMETRY_DROPPED.get(), 100);
}

fn panic_about(spans: &[Span]) -> ! {
    let names: Vec<_> = spans.iter().map(|span| &span.name).collect();
    unreachable!("one span expected: {names:?}")
}
