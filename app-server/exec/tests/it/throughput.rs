//! Much output: it is taken at the speed of the pipe and in bounded memory.

use std::fs;
use std::time::{Duration, Instant};

use crate::fixture::{Fixture, within};

/// The most memory this process ever had, in bytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_megabytes_cost_little() {
    let fixture = Fixture::new();
    let mut call = fixture.start("head -c 100000000 /dev/zero", false).await;
    let mut watcher = call.take_watcher().unwrap();
    let watching = tokio::spawn(async move { while watcher.next().await.is_some() {} });
    let (before, started) = (peak(), Instant::now());
    let report = within(call.finish(Some(30_000))).await;
    assert_eq!(report.output.total_bytes, 100_000_000);
    within(watching).await.unwrap();
    // Far from what is measured on a calm machine, so that a busy one passes too.
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert!(peak() - before < 60_000_000, "{} -> {}", before, peak());
}
