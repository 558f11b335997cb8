//! What a request costs within the process, without a wire: `cargo bench -p codex-app-server`.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use codex_app_server::embed::{EmbedOptions, Embedded, EmbeddedEvents};
use codex_app_server_protocol::{ClientRequest, methods, v2};

fn main() {
    divan::main();
}

struct Bench {
    runtime: tokio::runtime::Runtime,
    server: Embedded,
    _events: EmbeddedEvents,
    _home: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let home = tempfile::tempdir().unwrap();
        let options = EmbedOptions::new("bench", "1").home(home.path()).experimental();
        let (server, events, _) = runtime.block_on(Embedded::start(options)).unwrap();
        Self { runtime, server, _events: events, _home: home }
    }
}

fn params() -> v2::ThreadLoadedListParams {
    v2::ThreadLoadedListParams::default()
}

#[divan::bench]
fn thread_loaded_list(bencher: divan::Bencher) {
    let bench = Bench::new();
    bencher.bench_local(|| {
        bench.runtime.block_on(bench.server.request(ClientRequest::ThreadLoadedList(params()))).unwrap()
    });
}

#[divan::bench]
fn thread_loaded_list_with_its_result_decoded(bencher: divan::Bencher) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.runtime.block_on(bench.server.call::<methods::ThreadLoadedList>(params())).unwrap());
}
