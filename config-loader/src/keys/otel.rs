//! `[otel]`: export of telemetry.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::path::AbsolutePath;
use crate::secret::Secret;

/// `[otel]`: export of telemetry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtelConfigToml {
    /// Results of tools in the log.
    pub tool_result: Option<ToolResultLogConfig>,
    /// Whether every text delta is logged.
    pub log_sse_deltas: Option<bool>,
    /// Whether prompts are logged.
    pub log_user_prompt: Option<bool>,
    /// Whether answers are logged.
    pub log_agent_responses: Option<bool>,
    /// Whether assessments of the automatic reviewer are logged.
    pub log_guardian_assessments: Option<bool>,
    /// Name of the environment, such as `production`.
    pub environment: Option<String>,
    /// Where log events go.
    pub exporter: Option<OtelExporterKind>,
    /// Where traces go.
    pub trace_exporter: Option<OtelExporterKind>,
    /// Where metrics go.
    pub metrics_exporter: Option<OtelExporterKind>,
    /// Attributes of every span.
    pub span_attributes: Option<BTreeMap<String, String>>,
    /// Members of the trace state, by vendor and key.
    pub tracestate: Option<BTreeMap<String, BTreeMap<String, String>>>,
}

/// `[otel.tool_result]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ToolResultLogConfig {
    /// Bytes of a result that are logged.
    pub max_bytes: usize,
}

impl Default for ToolResultLogConfig {
    fn default() -> Self {
        Self { max_bytes: 2048 }
    }
}

/// Where telemetry goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OtelExporterKind {
    /// Nowhere.
    None,
    /// To the service of the program's makers.
    Statsig,
    /// To a collector over HTTP.
    OtlpHttp {
        /// URL of the collector.
        endpoint: String,
        /// Headers of every request.
        #[serde(default)]
        headers: BTreeMap<String, Secret>,
        /// Encoding of the data.
        protocol: OtelHttpProtocol,
        /// TLS towards the collector.
        #[serde(default)]
        tls: Option<OtelTlsConfig>,
    },
    /// To a collector over gRPC.
    OtlpGrpc {
        /// URL of the collector.
        endpoint: String,
        /// Metadata of every request.
        #[serde(default)]
        headers: BTreeMap<String, Secret>,
        /// TLS towards the collector.
        #[serde(default)]
        tls: Option<OtelTlsConfig>,
    },
}

/// Encoding of telemetry over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OtelHttpProtocol {
    /// Protocol buffers.
    Binary,
    /// JSON.
    Json,
}

/// TLS towards a collector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OtelTlsConfig {
    /// Certificate of the authority that is trusted.
    pub ca_certificate: Option<AbsolutePath>,
    /// Certificate of the client.
    pub client_certificate: Option<AbsolutePath>,
    /// Private key of the client.
    pub client_private_key: Option<AbsolutePath>,
}
