//! The tasks that send: one for each kind of telemetry, from a bounded queue, in batches.

use std::sync::Arc;
use std::time::Duration;

use codex_utils_metrics::TELEMETRY_DROPPED;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::encode::{Sender, encoded};
use crate::http::{Collector, StartError};
use crate::layer::{Sinks, wake};
use crate::record::text;
use crate::{QUEUE_RECORDS, Settings, Target};

/// Records that are sent in one request.
const BATCH: usize = 512;
/// How long the first record of a batch waits for more.
const BATCH_TIME: Duration = Duration::from_secs(1);
/// How often metrics are sent.
const METRICS_TIME: Duration = Duration::from_secs(60);

/// Telemetry that is being exported.
#[derive(Debug)]
pub struct Telemetry {
    closing: CancellationToken,
    tasks: JoinSet<()>,
}

impl Telemetry {
    /// Exports from now on. Must be called within a runtime, once in a process.
    ///
    /// # Errors
    /// When a collector cannot be used or the process exports already; then nothing more is exported.
    pub fn start(settings: &Settings) -> Result<Self, StartError> {
        let collector =
            |signal, target: &Option<Target>| target.as_ref().map(|target| Collector::new(signal, target)).transpose();
        let traces = collector("traces", &settings.traces)?;
        let logs = collector("logs", &settings.logs)?;
        let metrics = collector("metrics", &settings.metrics)?;
        let sender = Arc::new(Sender::new(settings));
        let closing = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let spans = traces.map(|collector| {
            let (queue, records) = mpsc::channel(QUEUE_RECORDS);
            let sender = Arc::clone(&sender);
            tasks.spawn(export(records, collector, closing.clone(), move |spans| sender.spans(spans)));
            queue
        });
        let logs = logs.map(|collector| {
            let (queue, records) = mpsc::channel(QUEUE_RECORDS);
            let sender = Arc::clone(&sender);
            tasks.spawn(export(records, collector, closing.clone(), move |records| sender.logs(records)));
            queue
        });
        if let Some(collector) = metrics {
            tasks.spawn(export_metrics(sender, collector, closing.clone()));
        }
        if spans.is_some() || logs.is_some() {
            let attributes = settings.span_attributes.iter().map(|(key, value)| text(key, value)).collect();
            if !wake(Sinks { spans, logs, attributes }) {
                return Err(StartError::Started);
            }
        }
        Ok(Self { closing, tasks })
    }

    /// Sends what waits and ends, within a limit; what is left then is given up.
    pub async fn finish(mut self, limit: Duration) {
        self.closing.cancel();
        let ended = timeout(limit, async { while self.tasks.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::warn!("the collector did not take the last telemetry in time");
        }
    }
}

/// Sends records until the end, then those that are left.
async fn export<T, M: prost::Message + Serialize>(
    mut queue: mpsc::Receiver<T>,
    collector: Collector,
    closing: CancellationToken,
    message: impl Fn(Vec<T>) -> M,
) {
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        tokio::select! {
            _ = queue.recv_many(&mut batch, BATCH) => {}
            () = closing.cancelled() => {}
        }
        let pause = sleep(BATCH_TIME);
        tokio::pin!(pause);
        while batch.len() < BATCH && !closing.is_cancelled() {
            let room = BATCH - batch.len();
            tokio::select! {
                _ = queue.recv_many(&mut batch, room) => {}
                () = &mut pause => break,
                () = closing.cancelled() => break,
            }
        }
        while batch.len() < BATCH
            && let Ok(record) = queue.try_recv()
        {
            batch.push(record);
        }
        if batch.is_empty() {
            // Only at the end: before it there was something to wait for.
            return;
        }
        let count = batch.len() as u64;
        if !collector.send(encoded(&message(batch), collector.encoding)).await {
            TELEMETRY_DROPPED.add(count);
        }
    }
}

/// Sends the table now and then, and once more at the end.
async fn export_metrics(sender: Arc<Sender>, collector: Collector, closing: CancellationToken) {
    let mut ticks = interval(METRICS_TIME);
    ticks.tick().await;
    loop {
        let is_last = tokio::select! {
            _ = ticks.tick() => false,
            () = closing.cancelled() => true,
        };
        collector.send(encoded(&sender.metrics(), collector.encoding)).await;
        if is_last {
            return;
        }
    }
}
