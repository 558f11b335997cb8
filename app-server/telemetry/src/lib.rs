//! Telemetry to a collector: spans, log records and the table of metrics, as OTLP over HTTP.
//!
//! What lives here: the layer that turns spans and events into records ([`layer`]), the tasks that send them, and the forms on
//! the wire. The message types are those of OpenTelemetry itself; everything around them is ours, as that is how it stays
//! small. What must hold: nothing is recorded, started or sent before [`Telemetry::start`]; recording never waits, and what
//! does not fit into a bounded queue is dropped and counted; a collector that is slow, stuck or gone costs telemetry alone;
//! only spans and events of this program's own crates leave it, and none below the level `info`.
#![forbid(unsafe_code)]

mod encode;
mod export;
mod http;
mod layer;
mod record;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use export::Telemetry;
pub use http::StartError;
pub use layer::layer;

/// Records of one kind that wait to be sent; what comes when as many wait is dropped.
pub const QUEUE_RECORDS: usize = 2048;

/// What is exported, and where to.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The name of the service.
    pub service_name: String,
    /// Its version.
    pub service_version: String,
    /// The name of the environment, such as `production`.
    pub environment: String,
    /// Attributes of every span.
    pub span_attributes: BTreeMap<String, String>,
    /// Where spans go.
    pub traces: Option<Target>,
    /// Where log records go.
    pub logs: Option<Target>,
    /// Where metrics go.
    pub metrics: Option<Target>,
}

/// A collector.
#[derive(Clone)]
pub struct Target {
    /// Its URL, used as it is.
    pub endpoint: String,
    /// Headers of every request; they may hold keys.
    pub headers: BTreeMap<String, String>,
    /// How the data is written.
    pub encoding: Encoding,
    /// File with the certificate of the authority that is trusted in place of the system's.
    pub ca_certificate: Option<PathBuf>,
    /// Files with our certificate and its key.
    pub client_identity: Option<(PathBuf, PathBuf)>,
}

/// How data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As JSON.
    Json,
    /// As protocol buffers.
    Binary,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // URL and headers may hold keys.
        f.debug_struct("Target").field("encoding", &self.encoding).finish_non_exhaustive()
    }
}
