//! A look at the server process itself: how much memory it takes and how busy it is. Experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure as it stands at the moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServerDiagnosticsGauge {
    /// Dotted name of the figure, such as `app.requests.in_flight`, `app.requests.queued` or `core.threads.live`.
    pub name: String,
    /// Its value when it was read.
    pub value: u64,
}

/// Params of `server/diagnostics`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServerDiagnosticsParams {}

/// The server process, as the operating system sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerDiagnosticsProcess {
    /// Process id of the server.
    pub id: u32,
    /// Memory held in RAM, in bytes; null when unknown.
    pub resident_memory_bytes: Option<u64>,
    /// Physical footprint, in bytes; null where the system does not tell it.
    pub physical_footprint_bytes: Option<u64>,
}

/// Result of `server/diagnostics`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServerDiagnosticsResponse {
    /// The server process.
    pub process: ServerDiagnosticsProcess,
    /// Figures about load; clients should pass over names they do not know.
    pub gauges: Vec<ServerDiagnosticsGauge>,
}
