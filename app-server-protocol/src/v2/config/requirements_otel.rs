//! Telemetry settings that the requirements of an administrator pin, as `configRequirements/read` shows them. A pinned
//! value overrides the configuration and refuses writes; null leaves the setting to the configuration. Keys here are
//! spelled as in the configuration file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where telemetry goes: a plain name, or an object with one key that names the protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OtelExporter {
    /// Nowhere.
    None,
    /// To Statsig.
    Statsig,
    /// To a collector, by OTLP over HTTP.
    OtlpHttp {
        /// URL of the collector.
        endpoint: String,
        /// Headers of the requests, by name; the names are real, the values are blanked out, as they may hold secrets.
        headers: BTreeMap<String, String>,
        /// How the payload is encoded.
        protocol: OtelHttpProtocol,
        /// Certificates for the connection. Null: none are configured.
        tls: Option<OtelTlsConfig>,
    },
    /// To a collector, by OTLP over gRPC.
    OtlpGrpc {
        /// URL of the collector.
        endpoint: String,
        /// Metadata of the requests, by name; the names are real, the values are blanked out, as they may hold secrets.
        headers: BTreeMap<String, String>,
        /// Certificates for the connection. Null: none are configured.
        tls: Option<OtelTlsConfig>,
    },
}

/// Encoding of OTLP over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OtelHttpProtocol {
    /// Binary protobuf.
    Binary,
    /// JSON.
    Json,
}

/// The pinned telemetry settings; null in a field pins nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtelRequirements {
    /// How much of tool results is logged. Null: not pinned.
    pub tool_result: Option<OtelToolResultLogConfig>,
    /// Whether the deltas of streamed answers are logged. Null: not pinned.
    pub log_sse_deltas: Option<bool>,
    /// Whether the text of user prompts is logged. Null: not pinned.
    pub log_user_prompt: Option<bool>,
    /// Whether the text of the agent's answers is logged. Null: not pinned.
    pub log_agent_responses: Option<bool>,
    /// Whether assessments of the automatic approval reviewer are logged. Null: not pinned.
    pub log_guardian_assessments: Option<bool>,
    /// Name of the deployment that telemetry is marked with. Null: not pinned.
    pub environment: Option<String>,
    /// Where logs go. Null: not pinned.
    pub exporter: Option<OtelExporter>,
    /// Where traces go. Null: not pinned.
    pub trace_exporter: Option<OtelExporter>,
    /// Where metrics go. Null: not pinned.
    pub metrics_exporter: Option<OtelExporter>,
    /// Attributes put on spans, by name. Null: not pinned.
    pub span_attributes: Option<BTreeMap<String, String>>,
    /// Entries of the W3C trace state: by member, then by key. Null: not pinned.
    pub tracestate: Option<BTreeMap<String, BTreeMap<String, String>>>,
}

/// Certificates for the connection to a collector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OtelTlsConfig {
    /// Certificate authority that the collector is checked against. Null: none is configured.
    #[serde(rename = "ca-certificate")]
    pub ca_certificate: Option<String>,
    /// Certificate with which the client identifies itself. Null: none.
    #[serde(rename = "client-certificate")]
    pub client_certificate: Option<String>,
    /// Private key for `client-certificate`; treat it as a secret: never logged. Null: none.
    #[serde(rename = "client-private-key")]
    pub client_private_key: Option<String>,
}

/// How much of tool results is logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtelToolResultLogConfig {
    /// Bytes of a tool result that are logged at most; 2048 where nothing is configured.
    pub max_bytes: usize,
}
