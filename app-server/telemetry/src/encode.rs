//! The messages that are sent, and their two forms on the wire.

use codex_utils_metrics::{Kind, TABLE, Value};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::{
    AggregationTemporality, Gauge, Histogram, HistogramDataPoint, Metric, NumberDataPoint, ResourceMetrics,
    ScopeMetrics, Sum, number_data_point,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use serde::Serialize;

use crate::record::{now, text};
use crate::{Encoding, Settings};

/// Who sends.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    resource: Resource,
    scope: InstrumentationScope,
    /// Since when the numbers are counted.
    since: u64,
}

impl Sender {
    pub(crate) fn new(settings: &Settings) -> Self {
        let attributes = vec![
            text("service.name", &settings.service_name),
            text("service.version", &settings.service_version),
            text("env", &settings.environment),
            text("process.pid", &std::process::id().to_string()),
        ];
        Self {
            resource: Resource { attributes, ..Resource::default() },
            scope: InstrumentationScope {
                name: settings.service_name.clone(),
                version: settings.service_version.clone(),
                ..InstrumentationScope::default()
            },
            since: now(),
        }
    }

    pub(crate) fn spans(&self, spans: Vec<Span>) -> ExportTraceServiceRequest {
        let scope_spans = vec![ScopeSpans { scope: Some(self.scope.clone()), spans, ..ScopeSpans::default() }];
        let resource = Some(self.resource.clone());
        ExportTraceServiceRequest {
            resource_spans: vec![ResourceSpans { resource, scope_spans, ..ResourceSpans::default() }],
        }
    }

    pub(crate) fn logs(&self, log_records: Vec<LogRecord>) -> ExportLogsServiceRequest {
        let scope_logs = vec![ScopeLogs { scope: Some(self.scope.clone()), log_records, ..ScopeLogs::default() }];
        let resource = Some(self.resource.clone());
        ExportLogsServiceRequest {
            resource_logs: vec![ResourceLogs { resource, scope_logs, ..ResourceLogs::default() }],
        }
    }

    /// The whole table as it is now.
    pub(crate) fn metrics(&self) -> ExportMetricsServiceRequest {
        let (since, now) = (self.since, now());
        let metrics = TABLE.iter().map(|row| {
            let (mut numbers, mut histograms) = (Vec::new(), Vec::new());
            row.values(&mut |labels, value| {
                let attributes: Vec<KeyValue> =
                    row.labels.iter().zip(labels).map(|(name, value)| text(name, value)).collect();
                match value {
                    Value::Number(number) => numbers.push(NumberDataPoint {
                        attributes,
                        start_time_unix_nano: since,
                        time_unix_nano: now,
                        value: Some(number_data_point::Value::AsInt(number)),
                        ..NumberDataPoint::default()
                    }),
                    Value::Histogram(histogram) => histograms.push(HistogramDataPoint {
                        attributes,
                        start_time_unix_nano: since,
                        time_unix_nano: now,
                        count: histogram.count(),
                        sum: Some(histogram.sum),
                        bucket_counts: histogram.counts,
                        explicit_bounds: histogram.bounds,
                        ..HistogramDataPoint::default()
                    }),
                }
            });
            let aggregation_temporality = AggregationTemporality::Cumulative.into();
            let data = match row.kind {
                Kind::Counter => Data::Sum(Sum { data_points: numbers, aggregation_temporality, is_monotonic: true }),
                Kind::Gauge => Data::Gauge(Gauge { data_points: numbers }),
                Kind::Histogram => Data::Histogram(Histogram { data_points: histograms, aggregation_temporality }),
            };
            let (name, description) = (row.name.to_owned(), row.help.to_owned());
            Metric { name, description, data: Some(data), ..Metric::default() }
        });
        let scope_metrics = vec![ScopeMetrics {
            scope: Some(self.scope.clone()),
            metrics: metrics.collect(),
            ..ScopeMetrics::default()
        }];
        let resource = Some(self.resource.clone());
        ExportMetricsServiceRequest {
            resource_metrics: vec![ResourceMetrics { resource, scope_metrics, ..ResourceMetrics::default() }],
        }
    }
}

/// A message as bytes.
pub(crate) fn encoded<T: prost::Message + Serialize>(message: &T, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Binary => message.encode_to_vec(),
        // The types of OTLP have no maps and no keys that are not texts, so writing them does not fail.
        Encoding::Json => serde_json::to_vec(message).unwrap_or_default(),
    }
}
