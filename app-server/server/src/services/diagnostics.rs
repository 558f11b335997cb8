//! `server/diagnostics`: the numbers of the process that a client may want.

use codex_app_server_protocol::{Handle, methods, v2};
use codex_utils_metrics::{Gauge, REQUESTS_IN_FLIGHT, REQUESTS_QUEUED, THREADS_LOADED, process};

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ServerDiagnostics, Reply> for Context {
    async fn handle(self, _: v2::ServerDiagnosticsParams, reply: Reply) {
        let process = v2::ServerDiagnosticsProcess {
            id: std::process::id(),
            resident_memory_bytes: process::resident_bytes(),
            physical_footprint_bytes: None,
        };
        let gauge = |(name, gauge): (&str, &Gauge)| v2::ServerDiagnosticsGauge {
            name: name.to_owned(),
            value: u64::try_from(gauge.get()).unwrap_or_default(),
        };
        // By name; what there is nothing of is left out, as the reference does.
        let gauges = [
            ("app.requests.in_flight", &REQUESTS_IN_FLIGHT),
            ("app.requests.queued", &REQUESTS_QUEUED),
            ("core.threads.live", &THREADS_LOADED),
        ];
        let gauges = gauges.into_iter().map(gauge).filter(|gauge| gauge.value > 0).collect();
        reply.send(Ok(v2::ServerDiagnosticsResponse { process, gauges }));
    }
}
