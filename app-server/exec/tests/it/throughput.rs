//! Much output is taken at the speed of the pipe, whoever watches. `cargo bench -p codex-exec` measures it.

use std::time::{Duration, Instant};

use crate::fixture::{Fixture, end_of, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_megabytes_are_taken_quickly_and_not_kept() {
    let fixture = Fixture::new();
    let mut call = fixture.start("head -c 100000000 /dev/zero", false).await;
    let mut watcher = call.take_watcher().unwrap();
    let watching = tokio::spawn(async move { end_of(&mut watcher).await });
    let started = Instant::now();
    let report = within(call.finish(Some(30_000))).await;
    // Far from what a calm machine needs, so that a busy one passes too.
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert_eq!((report.output.total_bytes, report.output.omitted_bytes), (100_000_000, 98_951_424));
    assert_eq!(within(watching).await.unwrap().output.len(), report.output.text.len());
}
