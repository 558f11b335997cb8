//! `[otel]`: telemetry settings that are demanded one by one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::secret::Secret;

/// What stands in an answer in place of a header's value.
const REDACTED: &str = "[redacted]";

/// `[otel]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Otel {
    pub tool_result: Option<ToolResult>,
    pub log_sse_deltas: Option<bool>,
    pub log_user_prompt: Option<bool>,
    pub log_agent_responses: Option<bool>,
    pub log_guardian_assessments: Option<bool>,
    pub environment: Option<String>,
    pub exporter: Option<Exporter>,
    pub trace_exporter: Option<Exporter>,
    pub metrics_exporter: Option<Exporter>,
    pub span_attributes: Option<BTreeMap<String, String>>,
    pub tracestate: Option<BTreeMap<String, BTreeMap<String, String>>>,
}

/// `[otel.tool_result]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ToolResult {
    pub max_bytes: usize,
}

impl Default for ToolResult {
    fn default() -> Self {
        Self { max_bytes: 2048 }
    }
}

/// Where telemetry goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Exporter {
    None,
    Statsig,
    OtlpHttp {
        endpoint: String,
        #[serde(default, serialize_with = "redacted")]
        headers: BTreeMap<String, Secret>,
        protocol: Protocol,
        tls: Option<Tls>,
    },
    OtlpGrpc {
        endpoint: String,
        #[serde(default, serialize_with = "redacted")]
        headers: BTreeMap<String, Secret>,
        tls: Option<Tls>,
    },
}

/// Encoding of OTLP over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Protocol {
    Binary,
    Json,
}

/// Certificates for the connection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Tls {
    pub ca_certificate: Option<String>,
    pub client_certificate: Option<String>,
    pub client_private_key: Option<String>,
}

/// Writes the names of headers without their values.
fn redacted<S: Serializer>(headers: &BTreeMap<String, Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.keys().map(|name| (name, REDACTED)))
}
