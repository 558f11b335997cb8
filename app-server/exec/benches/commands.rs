//! What commands cost: one that does nothing, and much output, with the memory it takes. `cargo bench -p codex-exec`.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::sync::Arc;

use codex_exec::{CallReport, CommandSpec, Environment, ExecCommand, Sessions, Spawner};
use divan::counter::BytesCount;

const MUCH: u64 = 100_000_000;

fn main() {
    divan::main();
    println!("most memory of all this: {} MB", peak_kilobytes() / 1000);
}

/// The most memory that this process ever had.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

struct Bench {
    runtime: tokio::runtime::Runtime,
    sessions: Sessions<()>,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { runtime, sessions: Sessions::new(Spawner::new(), Arc::new(|| 7)) }
    }

    fn run(&self, argv: &[&str], tty: bool) -> CallReport {
        let spec = CommandSpec {
            argv: argv.iter().map(ToString::to_string).collect(),
            arg0: None,
            cwd: std::env::temp_dir(),
            env: Environment::new(std::env::vars_os()),
        };
        self.runtime.block_on(async {
            let mut call = self.sessions.start(ExecCommand { spec, wrap: None, tty, tag: () }).await.unwrap();
            let mut watcher = call.take_watcher().unwrap();
            let watching = tokio::spawn(async move { while watcher.next().await.is_some() {} });
            let report = call.finish(Some(30_000)).await;
            watching.await.unwrap();
            report
        })
    }
}

#[divan::bench(args = [false, true])]
fn a_command_that_does_nothing(bencher: divan::Bencher, tty: bool) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.run(&["true"], tty));
}

#[divan::bench]
fn a_shell_that_does_nothing(bencher: divan::Bencher) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.run(&["/bin/bash", "-c", "true"], false));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn a_hundred_megabytes(bencher: divan::Bencher) {
    let bench = Bench::new();
    bencher.counter(BytesCount::new(MUCH)).bench_local(|| {
        let report = bench.run(&["head", "-c", &MUCH.to_string(), "/dev/zero"], false);
        assert_eq!(report.output.total_bytes, MUCH);
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_hundred_megabytes_of_lines_on_a_terminal(bencher: divan::Bencher) {
    let bench = Bench::new();
    bencher.counter(BytesCount::new(MUCH)).bench_local(|| {
        let script = "yes 0123456789012345678901234567890123456789 | head -c 100000000";
        let report = bench.run(&["/bin/bash", "-c", script], true);
        assert!(report.output.total_bytes >= MUCH);
    });
}
