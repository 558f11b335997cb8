//! Where spans and events come in: a layer of the process's subscriber that is there from the start and asleep until there is
//! something to export to.

use std::sync::OnceLock;

use codex_utils_metrics::TELEMETRY_DROPPED;
use codex_utils_trace_context::{TraceContext, carried};
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::trace::v1;
use tokio::sync::mpsc;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter, Layer};
use tracing_subscriber::registry::{LookupSpan, Registry};

use crate::record::{Fields, OpenSpan, log_record};

/// Whose spans and events are exported.
const OWN_TARGETS: &str = "codex_";
/// What exporting itself has to say stays here: it would beget itself.
const THIS_CRATE: &str = "codex_telemetry";

/// Where records go. There is one a process, as there is one subscriber.
static SINKS: OnceLock<Sinks> = OnceLock::new();

/// The queues of what is exported.
#[derive(Debug)]
pub(crate) struct Sinks {
    pub(crate) spans: Option<mpsc::Sender<v1::Span>>,
    pub(crate) logs: Option<mpsc::Sender<LogRecord>>,
    /// Attributes of every span.
    pub(crate) attributes: Vec<KeyValue>,
}

/// Wakes the layer up; `false` when it was before.
pub(crate) fn wake(sinks: Sinks) -> bool {
    let woken = SINKS.set(sinks).is_ok();
    // What was not wanted before is asked about again.
    tracing::callsite::rebuild_interest_cache();
    codex_utils_trace_context::read_spans_with(context_of_current_span);
    woken
}

/// The layer. Costs nothing until [`crate::Telemetry::start`].
pub fn layer<S>() -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    Exported.with_filter(Wanted)
}

/// Finds the span that the caller is in, or the next one around it that has a place in a trace.
fn context_of_current_span() -> Option<TraceContext> {
    let span = tracing::Span::current();
    let found = span.with_subscriber(|(id, dispatch)| {
        let registry = dispatch.downcast_ref::<Registry>()?;
        registry.span(id)?.scope().find_map(|span| span.extensions().get::<OpenSpan>().map(|open| open.context.clone()))
    });
    found.flatten()
}

/// Lets through what is exported, nothing before there is something to export to.
struct Wanted;

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    let Some(sinks) = SINKS.get() else { return false };
    let target = metadata.target();
    *metadata.level() <= Level::INFO
        && target.starts_with(OWN_TARGETS)
        && !target.starts_with(THIS_CRATE)
        && (metadata.is_span() || sinks.logs.is_some())
}

impl<S> Filter<S> for Wanted {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        is_wanted(metadata)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(if SINKS.get().is_some() { LevelFilter::INFO } else { LevelFilter::OFF })
    }
}

struct Exported;

impl<S> Layer<S> for Exported
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let parent = span.parent().and_then(|parent| {
            let extensions = parent.extensions();
            extensions.get::<OpenSpan>().map(|open| open.context.clone())
        });
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        // A span without a parent of ours continues what the caller was asked in.
        span.extensions_mut().insert(OpenSpan::begin(parent.or_else(carried), fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(open) = span.extensions_mut().get_mut::<OpenSpan>() {
            values.record(open.fields());
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(logs) = SINKS.get().and_then(|sinks| sinks.logs.as_ref()) else { return };
        let mut fields = Fields::default();
        event.record(&mut fields);
        let place = context.event_span(event).and_then(|span| {
            let extensions = span.extensions();
            extensions.get::<OpenSpan>().map(|open| open.context.clone())
        });
        put(logs, log_record(event.metadata(), fields, place.as_ref()));
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(open) = span.extensions_mut().remove::<OpenSpan>() else { return };
        let Some(sinks) = SINKS.get() else { return };
        if let Some(spans) = sinks.spans.as_ref().filter(|_| open.context.is_sampled()) {
            let mut ended = open.end(span.metadata());
            ended.attributes.extend_from_slice(&sinks.attributes);
            put(spans, ended);
        }
    }
}

fn put<T>(queue: &mpsc::Sender<T>, record: T) {
    if queue.try_send(record).is_err() {
        TELEMETRY_DROPPED.inc();
    }
}
