//! What is recorded, from the fields of spans and events.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use codex_utils_trace_context::TraceContext;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, SeverityNumber};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{Span, Status};
use tracing::field::{Field, Visit};
use tracing::{Level, Metadata};

/// The longest text of an attribute, in bytes; a longer one is cut.
const ATTRIBUTE_BYTES: usize = 4096;

/// A span that is open.
#[derive(Debug)]
pub(crate) struct OpenSpan {
    pub(crate) context: TraceContext,
    parent: Option<[u8; 8]>,
    began: u64,
    fields: Fields,
}

/// Fields as attributes; those that say something about the span itself apart.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    attributes: Vec<KeyValue>,
    message: Option<String>,
    name: Option<String>,
    kind: Option<SpanKind>,
    failed: bool,
}

impl OpenSpan {
    /// One that begins now, below its parent.
    pub(crate) fn begin(parent: Option<TraceContext>, fields: Fields) -> Self {
        let (context, parent) = match parent {
            Some(parent) => (parent.child(), Some(*parent.span_id())),
            None => (TraceContext::root(), None),
        };
        Self { context, parent, began: now(), fields }
    }

    pub(crate) fn fields(&mut self) -> &mut Fields {
        &mut self.fields
    }

    /// The span, ending now.
    pub(crate) fn end(self, metadata: &Metadata<'_>) -> Span {
        let Self { context, parent, began, fields } = self;
        Span {
            trace_id: context.trace_id().to_vec(),
            span_id: context.span_id().to_vec(),
            trace_state: context.tracestate().unwrap_or_default().to_owned(),
            parent_span_id: parent.map(Vec::from).unwrap_or_default(),
            flags: u32::from(context.flags()),
            name: fields.name.unwrap_or_else(|| metadata.name().to_owned()),
            kind: fields.kind.unwrap_or(SpanKind::Internal).into(),
            start_time_unix_nano: began,
            end_time_unix_nano: now(),
            attributes: fields.attributes,
            status: fields.failed.then(|| Status { code: StatusCode::Error.into(), ..Status::default() }),
            ..Span::default()
        }
    }
}

/// The record of an event.
pub(crate) fn log_record(metadata: &Metadata<'_>, fields: Fields, context: Option<&TraceContext>) -> LogRecord {
    let Fields { mut attributes, message, .. } = fields;
    attributes.push(text("target", metadata.target()));
    let (severity, now) = (severity(*metadata.level()), now());
    LogRecord {
        time_unix_nano: now,
        observed_time_unix_nano: now,
        severity_number: severity.into(),
        severity_text: metadata.level().to_string(),
        body: message.map(|message| AnyValue { value: Some(Value::StringValue(message)) }),
        attributes,
        trace_id: context.map(|context| context.trace_id().to_vec()).unwrap_or_default(),
        span_id: context.map(|context| context.span_id().to_vec()).unwrap_or_default(),
        flags: context.map(|context| u32::from(context.flags())).unwrap_or_default(),
        ..LogRecord::default()
    }
}

fn severity(level: Level) -> SeverityNumber {
    match level {
        Level::ERROR => SeverityNumber::Error,
        Level::WARN => SeverityNumber::Warn,
        Level::INFO => SeverityNumber::Info,
        Level::DEBUG => SeverityNumber::Debug,
        Level::TRACE => SeverityNumber::Trace,
    }
}

/// An attribute that is a text.
pub(crate) fn text(key: &str, value: &str) -> KeyValue {
    attribute(key, Value::StringValue(cut(value.to_owned())))
}

fn attribute(key: &str, value: Value) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(AnyValue { value: Some(value) }), ..KeyValue::default() }
}

fn cut(mut text: String) -> String {
    if text.len() > ATTRIBUTE_BYTES {
        text.truncate(text.floor_char_boundary(ATTRIBUTE_BYTES));
    }
    text
}

/// Now, in nanoseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        let key = field.name();
        self.attributes.retain(|attribute| attribute.key != key);
        self.attributes.push(attribute(key, value));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.message = Some(cut(value.to_owned())),
            "otel.name" => self.name = Some(cut(value.to_owned())),
            "otel.kind" => {
                self.kind = match value {
                    "server" => Some(SpanKind::Server),
                    "client" => Some(SpanKind::Client),
                    _ => None,
                }
            }
            "otel.status_code" => self.failed = value == "ERROR",
            _ => self.put(field, Value::StringValue(cut(value.to_owned()))),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, Value::BoolValue(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, Value::IntValue(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, Value::IntValue(i64::try_from(value).unwrap_or(i64::MAX)));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, Value::DoubleValue(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(ATTRIBUTE_BYTES);
        let cut = cut(long.clone());
        assert_eq!(cut.len(), ATTRIBUTE_BYTES);
        assert!(long.starts_with(&cut));
    }
}
